import { HttpClientError } from '../../kernel/http-client/index.ts';

/** Adapters wrap a failure once or twice. */
const MOST_CAUSES = 5;

/** Whether the request of a failed exchange had gone out, at least in part: the provider may have acted on it. */
export function wasRequestSent(error: Error): boolean {
  let { cause } = error;
  for (let depth = 0; depth < MOST_CAUSES && cause instanceof Error; depth += 1, cause = cause.cause)
    if (cause instanceof HttpClientError) return cause.phase === 'headers' || cause.phase === 'body';
  return false;
}
