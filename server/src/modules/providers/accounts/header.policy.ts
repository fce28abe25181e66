import type { InputProblem } from './account.errors.ts';

const MAX_HEADERS = 20;
const MAX_VALUE_LENGTH = 4096;
const NAME = /^[a-z0-9!#$%&'*+.^_`|~-]{1,100}$/;
const VALUE = /^[\x20-\x7e]+$/;

/** Headers of the connection itself and those that decide how a message is read: a caller could smuggle another request with them. */
const OF_THE_CONNECTION: ReadonlySet<string> = new Set([
  'host',
  'connection',
  'content-length',
  'content-encoding',
  'content-type',
  'transfer-encoding',
  'accept-encoding',
  'expect',
  'keep-alive',
  'te',
  'trailer',
  'upgrade',
  'via',
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'cookie',
  'http2-settings',
]);

/** The vendor's credential goes into these; a second one would win or lose silently. */
const OF_THE_CREDENTIAL: ReadonlySet<string> = new Set(['authorization', 'x-api-key', 'api-key', 'x-goog-api-key', 'x-amz-security-token']);

export interface HeaderInput {
  readonly name: string;
  readonly value: string;
}

/** What is wrong with headers that somebody wants sent with every request. Values are never repeated. */
export function problemsOfHeaders(headers: readonly HeaderInput[]): InputProblem[] {
  if (headers.length > MAX_HEADERS) return [{ path: ['headers'], message: `An account has at most ${MAX_HEADERS} headers of its own.` }];
  const seen = new Set<string>();
  return headers.flatMap(({ name: written, value }, index) => {
    const name = written.toLowerCase();
    const problem = problemOf(name, value, seen.has(name));
    seen.add(name);
    return problem === null ? [] : [{ path: ['headers', String(index), problem.field], message: problem.message }];
  });
}

function problemOf(name: string, value: string, isRepeated: boolean): { field: string; message: string } | null {
  const ofName = (message: string): { field: string; message: string } => ({ field: 'name', message });
  if (!NAME.test(name)) return ofName('This is no name of a header.');
  if (isRepeated) return ofName(`The header ${name} is given twice.`);
  if (OF_THE_CONNECTION.has(name) || name.startsWith('proxy-') || name.startsWith('sec-'))
    return ofName(`The header ${name} belongs to the connection and cannot be set.`);
  if (OF_THE_CREDENTIAL.has(name)) return ofName(`The header ${name} carries the credential. Give the key as a credential of the account.`);
  if (!VALUE.test(value) || value.length > MAX_VALUE_LENGTH)
    return { field: 'value', message: `The value of ${name} must be 1 to ${MAX_VALUE_LENGTH} printable ASCII characters.` };
  return null;
}
