import { readTextWithin } from './bounded-body.ts';
import { AntiphonError, CancelledError, ConnectionError, TimeoutError, codeOfStatus, createError } from './errors.ts';
import { dataOfResult, isGraphqlResult } from './graphql-result.ts';
import type { ResultOrigin } from './graphql-result.ts';
import type { ClientSettings } from './settings.ts';
import { SDK_VERSION } from './version.ts';

/** Larger answers are refused rather than held in memory. */
const MAX_BODY_BYTES = 64 * 1024 * 1024;

/** An operation as it is sent. */
export interface OperationRequest {
  readonly query: string;
  readonly variables: object;
}

/** Sends a query or mutation and returns its data. */
export async function executeOverHttp(
  settings: ClientSettings,
  request: OperationRequest,
  signal: AbortSignal | undefined,
  timeoutMs: number,
): Promise<unknown> {
  const timeout = new AbortController();
  const timer = setTimeout(() => timeout.abort(), timeoutMs);
  const either = signal === undefined ? timeout.signal : AbortSignal.any([signal, timeout.signal]);
  try {
    const response = await post(
      settings,
      settings.graphqlUrl,
      request,
      'application/graphql-response+json, application/json;q=0.9',
      either,
    );
    return dataOfResult(await readResult(response), originOf(response));
  } catch (error) {
    if (timeout.signal.aborted && signal?.aborted !== true) {
      throw new TimeoutError(`There was no answer within ${timeoutMs} ms. Pass a larger timeoutMs, or a deadlineMs in the input.`, {
        code: 'TIMEOUT',
        cause: error,
      });
    }
    throw toTransportError(error, settings, signal);
  } finally {
    clearTimeout(timer);
  }
}

/** Posts an operation; the caller reads the response. */
export function post(
  settings: ClientSettings,
  url: string,
  request: OperationRequest,
  accept: string,
  signal?: AbortSignal,
): Promise<Response> {
  return settings.fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept, authorization: `Bearer ${settings.apiKey}`, ...identity() },
    body: JSON.stringify(request),
    redirect: 'error',
    ...(signal === undefined ? {} : { signal }),
  });
}

/** The GraphQL result in a response. Throws when there is none, with what the status says. */
export async function readResult(response: Response): Promise<Record<string, unknown>> {
  const text = await readTextWithin(response, MAX_BODY_BYTES);
  const result = parseJson(text);
  if (isGraphqlResult(result)) return result;
  const { requestId, retryAfterMs } = originOf(response);
  if (response.ok) {
    throw new ConnectionError(`${response.url} did not answer with a GraphQL result. Check that baseUrl is that of an Antiphon server.`, {
      code: 'CONNECTION',
      requestId,
    });
  }
  throw createError(codeOfStatus(response.status), `The server answered with status ${response.status}.`, { requestId, retryAfterMs });
}

/** What the response's head says about it. */
export function originOf(response: Response): ResultOrigin & { requestId: string | null; retryAfterMs: number | null } {
  const retryAfterMs = Number(response.headers.get('retry-after-ms') ?? Number(response.headers.get('retry-after') ?? Number.NaN) * 1000);
  return {
    requestId: response.headers.get('x-request-id'),
    retryAfterMs: Number.isFinite(retryAfterMs) ? retryAfterMs : null,
    status: response.status,
  };
}

/** Our own errors unchanged; an abort as `CancelledError`; anything else as `ConnectionError`. */
export function toTransportError(error: unknown, settings: ClientSettings, signal: AbortSignal | undefined): AntiphonError {
  if (error instanceof AntiphonError) return error;
  if (signal?.aborted === true) return new CancelledError('The call was cancelled.', { code: 'CANCELLED', cause: error });
  const reason = error instanceof Error ? (error.cause instanceof Error ? error.cause.message : error.message) : String(error);
  return new ConnectionError(
    `The connection to ${new URL(settings.graphqlUrl).origin} failed: ${reason}. Check that the server runs there.`,
    {
      code: 'CONNECTION',
      cause: error,
    },
  );
}

/** Browsers send their own name; a header of ours would only cost a preflight. */
function identity(): Record<string, string> {
  const version = globalThis.process?.versions?.node;
  return version === undefined ? {} : { 'user-agent': `antiphon-js/${SDK_VERSION} (node ${version})` };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
