import { ProviderError, type ProviderErrorClass } from '../../contract.ts';

export const SCRIPTED_MESSAGE = 'The echo was told to fail.';

/** The status that a provider would answer a failure of this class with; null where there is no answer. */
const STATUS: Readonly<Record<ProviderErrorClass, number | null>> = {
  auth: 401,
  'rate-limit': 429,
  quota: 429,
  overloaded: 503,
  invalid: 400,
  'too-long': 400,
  blocked: 400,
  'not-found': 404,
  timeout: null,
  transport: null,
  malformed: 200,
  cancelled: null,
};

const CALLERS_OWN: ReadonlySet<ProviderErrorClass> = new Set(['invalid', 'too-long', 'blocked', 'not-found']);

export function scriptedError(errorClass: ProviderErrorClass): ProviderError {
  return new ProviderError(errorClass, `The local echo failed as scripted (${errorClass}).`, {
    httpStatus: STATUS[errorClass],
    retryAfterMs: errorClass === 'rate-limit' ? 1000 : null,
    callerMessage: CALLERS_OWN.has(errorClass) ? SCRIPTED_MESSAGE : null,
  });
}

export function cancelled(reason: unknown): ProviderError {
  return new ProviderError('cancelled', 'The call to the local echo was cancelled.', { cause: reason });
}

export function unknownModel(model: string): ProviderError {
  const message = `The local echo has one model, \`echo\`; it has none named ${JSON.stringify(model.slice(0, 200))}.`;
  return new ProviderError('not-found', message, { callerMessage: message, param: 'model' });
}
