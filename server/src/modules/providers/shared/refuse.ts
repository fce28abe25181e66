import { AntiphonError } from '../../../kernel/errors/index.ts';

/** A refusal of one parameter of a door's request; `why` completes "it …", such as "must be a string". */
export function refuse(param: string, why: string): AntiphonError {
  return new AntiphonError('INVALID_INPUT', `Invalid \`${param}\`: it ${why}.`, {
    param,
    path: param.split(/[.[\]]+/).filter((step) => step !== ''),
  });
}
