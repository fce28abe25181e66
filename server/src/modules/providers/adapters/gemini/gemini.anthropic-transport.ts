/**
 * Carries Anthropic's Messages wire over Vertex AI, which serves Claude as it is: what a Messages client sends becomes a `rawPredict` of
 * the model it names, and the answer passes as it came. Only refusals of Vertex AI itself are put into Anthropic's words.
 */
import type {
  BufferedResponse,
  HttpClient,
  OutboundRequest,
  ResponseHeaders,
  ResponseReceiver,
} from '../../../../kernel/http-client/index.ts';
import type { JsonObject, ProviderErrorClass } from '../../contract.ts';
import { parseExactJson } from '../../shared/exact-json.ts';
import { objectOf, stringOf } from '../../shared/json.ts';
import { classify } from './gemini.error-classes.ts';
import { readError, retryDelayMsOf } from './gemini.error-details.ts';
import { modelPathOf } from './gemini.exchange.ts';
import { parseAnswer } from './gemini.wire.ts';

const MESSAGES_PATH = '/v1/messages';
const COUNT_PATH = '/v1/messages/count_tokens';
/** Vertex AI counts for all of Claude's models under this name; the body says which one. */
const COUNTING_MODEL = 'count-tokens';
const ANTHROPIC_VERSION = 'vertex-2023-10-16';
/** Of Anthropic's own API; here the version stands in the body and the credentials are Google's. */
const DROPPED_HEADERS: ReadonlySet<string> = new Set(['x-api-key', 'anthropic-version']);
const MAX_REFUSAL_BYTES = 1024 * 1024;

/** Anthropic's words for our classes, so that its readers come to the same class. */
const TYPE_BY_CLASS: Readonly<Partial<Record<ProviderErrorClass, string>>> = {
  auth: 'authentication_error',
  'rate-limit': 'rate_limit_error',
  quota: 'billing_error',
  overloaded: 'overloaded_error',
  invalid: 'invalid_request_error',
  blocked: 'invalid_request_error',
  'too-long': 'request_too_large',
  'not-found': 'not_found_error',
  timeout: 'timeout_error',
};

/**
 * A client for an Anthropic adapter whose base URL is `baseUrl`, with project and location. `client` proves who we are. A request that
 * this wire does not know, such as a list of models, is passed on as it is. Closing it closes nothing.
 */
export function createVertexAnthropicTransport(client: HttpClient, baseUrl: string): HttpClient {
  return {
    send: async (request) => toAnthropicResponse(await client.send(toPrediction(request, baseUrl))),
    stream: async (request, receiver) => {
      const refusals = new RefusalReceiver(receiver);
      await client.stream(toPrediction(request, baseUrl), refusals);
      await refusals.finish();
    },
    close: () => Promise.resolve(),
  };
}

function toPrediction(request: OutboundRequest, baseUrl: string): OutboundRequest {
  const headers = Object.fromEntries(Object.entries(request.headers).filter(([name]) => !DROPPED_HEADERS.has(name)));
  const { pathname } = new URL(request.url);
  const isCounting = pathname.endsWith(COUNT_PATH);
  const body = objectOf(parseExactJson(String(request.body ?? '{}')));
  const model = stringOf(body?.['model']);
  const name = isCounting ? COUNTING_MODEL : model;
  const path = name === null ? null : modelPathOf({ flavour: 'vertex' }, name.includes('/') ? name : `publishers/anthropic/models/${name}`);
  if (body === null || path === null || !(isCounting || pathname.endsWith(MESSAGES_PATH))) return { ...request, headers };
  const { model: _model, ...rest } = body;
  const method = body['stream'] === true ? 'streamRawPredict' : 'rawPredict';
  const native: JsonObject = { ...rest, anthropic_version: ANTHROPIC_VERSION, ...(isCounting && model !== null ? { model } : {}) };
  return { ...request, url: `${baseUrl}/${path}:${method}`, headers, body: JSON.stringify(native) };
}

function toAnthropicResponse(response: BufferedResponse): BufferedResponse {
  const { status, headers, body } = response;
  const refusal = status === 200 ? null : toAnthropicRefusal(status, body);
  return refusal === null ? response : { status, headers: withWait(headers, refusal.waitMs), body: refusal.body };
}

interface Refusal {
  readonly body: Buffer;
  readonly waitMs: number | null;
}

/** Null for a refusal that is in Anthropic's own form already, or in none. */
function toAnthropicRefusal(status: number, body: Buffer): Refusal | null {
  const answer = parseAnswer(body.toString('utf8'));
  if (answer === null || answer['type'] === 'error') return null;
  const error = readError(answer);
  const type = TYPE_BY_CLASS[classify(status, error)] ?? 'api_error';
  const written = { type: 'error', error: { type, message: error.message ?? '' } };
  return { body: Buffer.from(JSON.stringify(written)), waitMs: retryDelayMsOf(error) };
}

function withWait(headers: ResponseHeaders, waitMs: number | null): ResponseHeaders {
  return waitMs === null || headers['retry-after'] !== undefined
    ? headers
    : { ...headers, 'retry-after': String(Math.ceil(waitMs / 1000)) };
}

/** Passes a stream on untouched and holds a refusal until it is whole. */
class RefusalReceiver implements ResponseReceiver {
  readonly #inner: ResponseReceiver;
  #refusal: { readonly status: number; readonly headers: ResponseHeaders; readonly chunks: Buffer[]; sizeBytes: number } | null = null;

  constructor(inner: ResponseReceiver) {
    this.#inner = inner;
  }

  onHead(status: number, headers: ResponseHeaders): void {
    if (status === 200) this.#inner.onHead(status, headers);
    else this.#refusal = { status, headers, chunks: [], sizeBytes: 0 };
  }

  onData(chunk: Buffer): void | Promise<void> {
    if (this.#refusal === null) return this.#inner.onData(chunk);
    if (this.#refusal.sizeBytes < MAX_REFUSAL_BYTES) this.#refusal.chunks.push(chunk);
    this.#refusal.sizeBytes += chunk.length;
  }

  async finish(): Promise<void> {
    if (this.#refusal === null) return;
    const { status, headers, chunks } = this.#refusal;
    const body = Buffer.concat(chunks);
    const refusal = toAnthropicRefusal(status, body);
    this.#inner.onHead(status, refusal === null ? headers : withWait(headers, refusal.waitMs));
    await this.#inner.onData(refusal?.body ?? body);
  }
}
