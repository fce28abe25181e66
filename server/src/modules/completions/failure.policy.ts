import { AntiphonError, type AttemptSummary } from '../../kernel/errors/index.ts';
import { ProviderError, wasRequestSent, type ProviderErrorClass } from '../providers/index.ts';

/** The class an attempt is recorded with; null where the fault is ours, which no provider's class describes. */
export function errorClassOf(error: ProviderError | AntiphonError): ProviderErrorClass | null {
  if (!(error instanceof AntiphonError)) return error.errorClass;
  switch (error.code) {
    case 'INVALID_INPUT':
      return 'invalid';
    case 'CONTEXT_TOO_LONG':
      return 'too-long';
    case 'CONTENT_BLOCKED':
      return 'blocked';
    default:
      return null;
  }
}

/** Whether another candidate may do better: the fault lies with the provider or our account there, not with the call. */
export function mayAnotherCandidateServe(errorClass: ProviderErrorClass): boolean {
  switch (errorClass) {
    case 'auth':
    case 'rate-limit':
    case 'quota':
    case 'overloaded':
    case 'not-found':
    case 'timeout':
    case 'transport':
    case 'malformed':
      return true;
    case 'invalid':
    case 'too-long':
    case 'blocked':
    case 'cancelled':
      return false;
  }
}

/**
 * Whether it was we who stopped waiting (the caller left, or time was up) after the request had gone out. The provider works on it all
 * the same and may charge for what it read. A connection that broke by itself says nothing about that.
 */
export function isLeftUnanswered(error: ProviderError | AntiphonError): boolean {
  const isOurStop = error instanceof ProviderError && (error.errorClass === 'cancelled' || error.errorClass === 'timeout');
  return isOurStop && wasRequestSent(error);
}

const PROVIDERS_WORDS = ' The provider says: ';

/** A message as it is kept where payloads are not: a provider's own words may repeat what it was sent. */
export function withoutProvidersWords(message: string): string {
  const [ours = message] = message.split(PROVIDERS_WORDS, 1);
  return ours;
}

/**
 * What the caller is told of a provider's failure. The provider's own words are shown only where they explain the caller's own
 * input, and never when they are about our account.
 */
export function toCallerError(failure: ProviderError, attempts: readonly AttemptSummary[], completionId: string): AntiphonError {
  const details = { attempts, completionId, cause: failure };
  const explained = failure.callerMessage === null ? '' : `${PROVIDERS_WORDS}${failure.callerMessage}`;
  switch (failure.errorClass) {
    case 'invalid':
      return new AntiphonError('INVALID_INPUT', `The provider does not accept this request.${explained}`, {
        ...details,
        ...(failure.param === null ? {} : { param: failure.param }),
      });
    case 'too-long':
      return new AntiphonError(
        'CONTEXT_TOO_LONG',
        `The input is longer than the model's context. Shorten it or choose a model with a larger one.${explained}`,
        {
          ...details,
          path: ['input', 'messages'],
          param: 'messages',
        },
      );
    case 'blocked':
      return new AntiphonError('CONTENT_BLOCKED', `The provider's content policy blocked this call.${explained}`, details);
    case 'not-found':
      return new AntiphonError(
        'NOT_FOUND',
        'The provider does not know this model, or our account there may not use it. Choose another model.',
        {
          ...details,
          resource: 'model',
          path: ['input', 'model'],
          param: 'model',
        },
      );
    case 'rate-limit':
      return new AntiphonError('RATE_LIMITED', 'The provider limits our calls for now. Wait and try again.', {
        ...details,
        ...(failure.retryAfterMs === null ? {} : { retryAfterMs: failure.retryAfterMs }),
      });
    case 'timeout':
      return new AntiphonError(
        'TIMEOUT',
        'The provider did not answer in time. Try again, allow more time or choose another model.',
        details,
      );
    case 'cancelled':
      return new AntiphonError('CANCELLED', 'The call was cancelled.', details);
    case 'auth':
    case 'quota':
      return new AntiphonError(
        'PROVIDER_FAILED',
        "The provider refuses this installation's own account. Whoever runs it must look at that provider's credential and balance.",
        details,
      );
    case 'overloaded':
      return new AntiphonError('PROVIDER_FAILED', 'The provider is overloaded. Try again shortly or choose another model.', {
        ...details,
        ...(failure.retryAfterMs === null ? {} : { retryAfterMs: failure.retryAfterMs }),
      });
    case 'transport':
      return new AntiphonError(
        'PROVIDER_FAILED',
        'The connection to the provider failed or broke. Try again or choose another model.',
        details,
      );
    case 'malformed':
      return new AntiphonError(
        'PROVIDER_FAILED',
        'The provider sent an answer that makes no sense. Try again or choose another model.',
        details,
      );
  }
}
