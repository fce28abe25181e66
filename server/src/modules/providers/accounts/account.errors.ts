import { AntiphonError } from '../../../kernel/errors/index.ts';

/** One thing that is wrong with an input; the path begins inside of it, such as `['settings', '0', 'name']`. */
export interface InputProblem {
  readonly path: readonly string[];
  readonly message: string;
}

/** Everything that is wrong with an input at once. */
export class InvalidAccountError extends AntiphonError {
  readonly problems: readonly InputProblem[];

  /** `problems` has at least one; paths are below `input`. */
  constructor(problems: readonly InputProblem[]) {
    const [first] = problems;
    if (first === undefined) throw new Error('an input without problems is not invalid');
    super('INVALID_INPUT', first.message, { path: ['input', ...first.path] });
    this.name = 'InvalidAccountError';
    this.problems = problems.map(({ path, message }) => ({ path: ['input', ...path], message }));
  }
}

/** Throws when there are any. */
export function refuseIfAny(problems: readonly InputProblem[]): void {
  if (problems.length > 0) throw new InvalidAccountError(problems);
}

export function notFound(what: 'account' | 'credential' | 'alias', path: string): AntiphonError {
  const names = { account: 'provider account', credential: 'credential', alias: 'model alias' } as const;
  return new AntiphonError('NOT_FOUND', `There is no such ${names[what]} in this project.`, { resource: 'other', path: ['input', path] });
}

export function conflict(message: string, ...path: readonly string[]): AntiphonError {
  return new AntiphonError('CONFLICT', message, { path: ['input', ...path] });
}

/** What belongs to the environment or the file is changed there. */
export function readOnly(source: 'ENVIRONMENT' | 'FILE', path: string): AntiphonError {
  const place = source === 'FILE' ? 'the file that ANTIPHON_PROVIDERS_FILE names' : 'the environment';
  return conflict(
    `This is written in ${place} and is changed there. Connect an account of your own to use another one in this project.`,
    path,
  );
}
