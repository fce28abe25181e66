import { AntiphonError } from '../../../../kernel/errors/index.ts';

/** A refusal of one parameter in the words of the OpenAI dialect. */
export function refuse(param: string, why: string): AntiphonError {
  return new AntiphonError('INVALID_INPUT', `Invalid \`${param}\`: it ${why}.`, {
    param,
    path: param.split(/[.[\]]+/).filter((step) => step !== ''),
  });
}
