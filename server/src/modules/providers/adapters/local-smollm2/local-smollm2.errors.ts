import { ProviderError } from '../../contract.ts';

/** The caller left (`cancelled`), or the call ran out of time (`timeout`). */
export function toAbortError(signal: AbortSignal): ProviderError {
  const reason: unknown = signal.reason;
  if (reason instanceof ProviderError) return reason;
  const isTimeout = reason instanceof Error && reason.name === 'TimeoutError';
  return isTimeout
    ? new ProviderError('timeout', 'The local model did not finish in the time the call had.', { cause: reason })
    : new ProviderError('cancelled', 'The call to the local model was cancelled.', { cause: reason });
}

export function tooLongError(inputTokens: number, contextTokens: number): ProviderError {
  const sentence = `The prompt has ${inputTokens} tokens; the context of the local model holds ${contextTokens} with the answer. Shorten the messages.`;
  return new ProviderError('too-long', sentence, { callerMessage: sentence, param: 'messages' });
}

export function invalidError(sentence: string, param: string): ProviderError {
  return new ProviderError('invalid', sentence, { callerMessage: sentence, param });
}
