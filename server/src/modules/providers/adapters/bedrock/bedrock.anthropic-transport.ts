/**
 * Carries Anthropic's Messages wire over `invoke`: what a Messages client sends becomes an invocation of the model it names, and the
 * answer becomes what the client expects, its stream re-framed from binary messages to server-sent events. Claude's own features that
 * Converse does not name (betas, server-side tools, documents by text) so stay as their makers wrote them.
 */
import {
  HttpClientError,
  type BufferedResponse,
  type HttpClient,
  type OutboundRequest,
  type ResponseHeaders,
  type ResponseReceiver,
} from '../../../../kernel/http-client/index.ts';
import type { JsonObject, ProviderErrorClass } from '../../contract.ts';
import { parseExactJson } from '../../shared/exact-json.ts';
import { arrayOf, countOf, objectOf, parseJson, stringOf } from '../../shared/json.ts';
import { classOf, readStatusError, readStreamError, withoutToken, type WireError } from './bedrock.errors.ts';
import { EventStreamDecoder, EventStreamError, type EventStreamMessage } from './bedrock.event-stream.ts';
import { controlUrlOf, modelUrlOf } from './bedrock.exchange.ts';

const MESSAGES_PATH = '/v1/messages';
const COUNT_PATH = '/v1/messages/count_tokens';
const MODELS_PATH = '/v1/models';
const ANTHROPIC_VERSION = 'bedrock-2023-05-31';
const EVENT_STREAM_TYPE = 'application/vnd.amazon.eventstream';
/** Of Anthropic's own API; here the version stands in the body and the credentials are AWS'. */
const DROPPED_HEADERS: ReadonlySet<string> = new Set(['x-api-key', 'anthropic-version', 'anthropic-beta', 'accept']);
const COUNTED_OUTPUT_TOKENS = 1024;
const MAX_ERROR_BYTES = 1024 * 1024;

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
 * A client for an Anthropic adapter whose base URL is `baseUrl`. `client` authorises for AWS. A request that the wire does not know is
 * passed on as it is. Closing it closes nothing.
 */
export function createAnthropicTransport(client: HttpClient, baseUrl: string): HttpClient {
  return {
    send: async (request) => toAnthropicResponse(await client.send(toInvocation(request, baseUrl)), new URL(request.url).pathname),
    stream: (request, receiver) => runStream(client, toInvocation(request, baseUrl), receiver),
    close: () => Promise.resolve(),
  };
}

async function runStream(client: HttpClient, request: OutboundRequest, receiver: ResponseReceiver): Promise<void> {
  const reframing = new ReframingReceiver(receiver);
  await client.stream(request, reframing);
  await reframing.finish();
}

function toInvocation(request: OutboundRequest, baseUrl: string): OutboundRequest {
  const { pathname } = new URL(request.url);
  if (pathname.endsWith(MODELS_PATH)) return { ...request, url: `${controlUrlOf(baseUrl)}/foundation-models?byProvider=anthropic` };
  const isCounting = pathname.endsWith(COUNT_PATH);
  const body = objectOf(parseExactJson(String(request.body ?? '{}')));
  const model = stringOf(body?.['model']);
  if (body === null || model === null || !(isCounting || pathname.endsWith(MESSAGES_PATH))) return request;
  const { model: _model, stream, ...rest } = body;
  const native = JSON.stringify({
    ...(isCounting ? toBound(rest) : {}),
    ...rest,
    anthropic_version: ANTHROPIC_VERSION,
    ...toBetas(request.headers['anthropic-beta']),
  });
  const isStream = stream === true;
  const action = isCounting ? 'count-tokens' : isStream ? 'invoke-with-response-stream' : 'invoke';
  const kept = Object.entries(request.headers).filter(([name]) => !DROPPED_HEADERS.has(name));
  return {
    ...request,
    url: modelUrlOf(baseUrl, model, action),
    headers: { ...Object.fromEntries(kept), accept: isStream ? EVENT_STREAM_TYPE : 'application/json' },
    body: isCounting ? JSON.stringify({ input: { invokeModel: { body: Buffer.from(native).toString('base64') } } }) : native,
  };
}

function toBetas(header: string | undefined): JsonObject {
  if (header === undefined || header === '') return {};
  return { anthropic_beta: header.split(',').map((name) => name.trim()) };
}

/** An invocation to be counted demands a bound on its output, above its thinking budget; it has no bearing on the count. */
function toBound(body: JsonObject): JsonObject {
  return { max_tokens: (countOf(objectOf(body['thinking'])?.['budget_tokens']) ?? 0) + COUNTED_OUTPUT_TOKENS };
}

function toAnthropicResponse(response: BufferedResponse, pathname: string): BufferedResponse {
  const { status, body } = response;
  const headers = toAnthropicHeaders(response.headers);
  if (status !== 200) return { status, headers, body: toErrorBody(status, headers, body) };
  const answer = pathname.endsWith(MESSAGES_PATH) ? null : objectOf(parseJson(body.toString('utf8')));
  const converted = pathname.endsWith(COUNT_PATH) ? toCount(answer) : toModels(answer);
  return { status, headers, body: converted === null ? body : Buffer.from(JSON.stringify(converted)) };
}

function toCount(answer: JsonObject | null): JsonObject | null {
  const count = countOf(answer?.['inputTokens']);
  return count === null ? null : { input_tokens: count };
}

function toModels(answer: JsonObject | null): JsonObject | null {
  const items = answer?.['modelSummaries'];
  if (!Array.isArray(items)) return null;
  const models = arrayOf(items).map((item) => ({
    type: 'model',
    id: stringOf(objectOf(item)?.['modelId']) ?? '',
    display_name: stringOf(objectOf(item)?.['modelName']) ?? '',
  }));
  return { data: models, has_more: false };
}

function toAnthropicHeaders(headers: ResponseHeaders): ResponseHeaders {
  const requestId = headers['x-amzn-requestid'];
  return requestId === undefined ? headers : { ...headers, 'request-id': requestId };
}

function toErrorBody(status: number, headers: ResponseHeaders, body: Buffer): Buffer {
  const error = readStatusError(headers, withoutToken(body.toString('utf8')));
  return Buffer.from(JSON.stringify(toErrorEvent(status, error)));
}

function toErrorEvent(status: number | null, error: WireError): JsonObject {
  const type = TYPE_BY_CLASS[classOf(status, error)] ?? 'api_error';
  return { type: 'error', error: { type, message: error.message ?? error.type ?? 'no reason was given' } };
}

/** Turns binary messages into server-sent events; errors and whole documents are collected and passed on at the end. */
class ReframingReceiver implements ResponseReceiver {
  readonly #receiver: ResponseReceiver;
  readonly #decoder = new EventStreamDecoder();
  #document: { status: number; headers: ResponseHeaders; chunks: Buffer[]; sizeBytes: number } | null = null;
  #isStream = false;

  constructor(receiver: ResponseReceiver) {
    this.#receiver = receiver;
  }

  onHead(status: number, headers: ResponseHeaders): void {
    const forwarded = toAnthropicHeaders(headers);
    if (status !== 200) this.#document = { status, headers, chunks: [], sizeBytes: 0 };
    this.#isStream = headers['content-type']?.startsWith(EVENT_STREAM_TYPE) === true;
    this.#receiver.onHead(status, this.#isStream ? { ...forwarded, 'content-type': 'text/event-stream' } : forwarded);
  }

  onData(chunk: Buffer): void | Promise<void> {
    if (this.#document !== null) {
      if (this.#document.sizeBytes < MAX_ERROR_BYTES) this.#document.chunks.push(chunk);
      this.#document.sizeBytes += chunk.length;
      return undefined;
    }
    if (!this.#isStream) return this.#receiver.onData(chunk);
    const messages: EventStreamMessage[] = [];
    let damage: EventStreamError | null = null;
    try {
      this.#decoder.push(chunk, messages);
    } catch (error) {
      if (!(error instanceof EventStreamError)) throw error;
      damage = error;
    }
    const waiting = messages.length === 0 ? undefined : this.#receiver.onData(Buffer.concat(messages.map(toServerSentEvent)));
    if (damage === null) return waiting;
    const failure = toProtocolError(damage.message);
    if (waiting === undefined) throw failure;
    return waiting.then(() => {
      throw failure;
    });
  }

  async finish(): Promise<void> {
    if (this.#document !== null) {
      const { status, headers, chunks } = this.#document;
      await this.#receiver.onData(toErrorBody(status, headers, Buffer.concat(chunks)));
    } else if (this.#decoder.hasRest) throw toProtocolError('the stream ended within a message');
  }
}

function toProtocolError(detail: string): HttpClientError {
  return new HttpClientError('protocol', `The event stream is broken: ${detail}.`, { phase: 'body' });
}

function toServerSentEvent(message: EventStreamMessage): Buffer {
  if (message.headers[':message-type'] !== 'event') return frame('error', JSON.stringify(toErrorEvent(null, readStreamError(message))));
  const bytes = stringOf(objectOf(parseJson(message.payload.toString('utf8')))?.['bytes']);
  const data = bytes === null ? '' : Buffer.from(bytes, 'base64').toString('utf8');
  return frame(typeOf(data), data);
}

/** The type of an event, which its maker writes first; only another order is worth parsing for it. */
function typeOf(data: string): string {
  return /^\{"type":"([a-z_]{1,64})"/.exec(data)?.[1] ?? stringOf(objectOf(parseJson(data))?.['type']) ?? 'message';
}

/** JSON holds no line end outside its strings here; one of a pretty printer would cut the data, so it goes. */
function frame(type: string, data: string): Buffer {
  return Buffer.from(`event: ${type}\ndata: ${data.replace(/[\r\n]+/g, ' ')}\n\n`);
}
