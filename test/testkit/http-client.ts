import { systemClock } from '../../server/src/kernel/clock/index.ts';
import {
  createHttpClient,
  HttpClientError,
  type HttpClientOptions,
  type ObservableHttpClient,
  type OutboundRequest,
  type OutboundTimeouts,
} from '../../server/src/kernel/http-client/index.ts';
import { createLogger } from '../../server/src/kernel/telemetry/index.ts';

/** Long enough that no test meets them by accident. */
export const GENEROUS_TIMEOUTS: OutboundTimeouts = { connectMs: 20_000, headersMs: 20_000, idleMs: 20_000, totalMs: 25_000 };

/** The real client, closed at the end of the `await using` block. */
export function openHttpClient(options: Partial<HttpClientOptions> = {}): ObservableHttpClient & AsyncDisposable {
  const client = createHttpClient({ log: createLogger({ level: 'silent' }), clock: systemClock, ...options });
  return Object.assign(client, { [Symbol.asyncDispose]: () => client.close() });
}

/** A GET with generous deadlines that an operator wrote, unless `overrides` say otherwise. */
export function getRequest(url: string, overrides: Partial<OutboundRequest> = {}): OutboundRequest {
  return { method: 'GET', url, headers: {}, timeouts: GENEROUS_TIMEOUTS, egress: 'operator', ...overrides };
}

/** The failure of `call`; rejects when it succeeds or fails with anything but an `HttpClientError`. */
export async function httpFailureOf(call: Promise<unknown>): Promise<HttpClientError> {
  const outcome = await call.then(
    () => null,
    (error: unknown) => error,
  );
  if (outcome instanceof HttpClientError) return outcome;
  throw outcome instanceof Error ? outcome : new Error('a failure was expected', { cause: outcome });
}
