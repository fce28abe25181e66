/**
 * Google's Gemini models as a provider, over the Gemini API or over Vertex AI. It translates our completions to `generateContent` and
 * back, keeps what has no neutral name, and passes calls of the same dialect on as they are. It never retries and adds no default.
 * Also the translations that the Gemini door needs: its requests into the neutral form, and neutral answers back.
 */
import type { BufferedResponse, OutboundRequest } from '../../../../kernel/http-client/index.ts';
import { MAX_DISCOVERED_MODELS } from '../../contract.ts';
import type {
  CallContext,
  CompletionResult,
  DiscoveredModel,
  EmbeddingsRequest,
  EmbeddingsResult,
  ImageRequest,
  ImageResult,
  Provider,
  ProviderCall,
  RelayOutcome,
  RelaySink,
  StreamSink,
  UpstreamResponse,
} from '../../contract.ts';
import { countOf, stringOf } from '../../shared/json.ts';
import type { AnswerOptions } from './gemini.answer-reader.ts';
import { GEMINI_CAPABILITIES } from './gemini.capabilities.ts';
import { readEmbeddings, toEmbeddingsBatches, toEmbeddingsUsage, type EmbeddedBatch } from './gemini.embeddings.ts';
import {
  toBlockedError,
  toEventError,
  toMalformedError,
  toRefusal,
  toStatusError,
  toTransportError,
  type ErrorContext,
} from './gemini.errors.ts';
import { toImageBody, toImageResult } from './gemini.images.ts';
import { modelPathOf, modelsRequestOf, toOutboundRequest, toUpstreamResponse, type Method } from './gemini.exchange.ts';
import { readModels } from './gemini.models.ts';
import { toCountBody, toGenerateRequest, toVerbatimRequest, type GenerateRequest } from './gemini.request.ts';
import { toCompletionResult } from './gemini.response.ts';
import type { GeminiSettings } from './gemini.settings.ts';
import { isEventTooLarge, runStream, type EventTaker } from './gemini.streaming.ts';
import { PartsTaker, RelayTaker } from './gemini.takers.ts';
import { Warnings } from '../../shared/warnings.ts';
import { parseAnswer, parseObject, WARNED_AS, type GeminiFlavour } from './gemini.wire.ts';

export { createGoogleHttpClient } from './gemini.http-client.ts';
export { createVertexAnthropicTransport } from './gemini.anthropic-transport.ts';
export { GEMINI_CAPABILITIES } from './gemini.capabilities.ts';
export { GeminiChunkEncoder, type GeminiChunkEncoderOptions } from './gemini.chunk-encoder.ts';
export { toGeminiResponse, type GeminiAnswerIdentity } from './gemini.door-answer.ts';
export { GeminiListFraming } from './gemini.door-framing.ts';
export { fromGeminiBody } from './gemini.door-request.ts';
export { choicesOfRecordedChunks, choicesOfRecordedContent } from './gemini.recorded.ts';
export { accessTokenCredential, apiKeyCredential, type GeminiSettings, type GoogleCredential } from './gemini.settings.ts';
export { parseServiceAccount, serviceAccountCredential, type ServiceAccount } from './gemini.service-account.ts';
export type { GeminiFlavour } from './gemini.wire.ts';

/** Completes "<provider> …": what is no name of a model here. */
const NO_MODEL: Readonly<Record<GeminiFlavour, string>> = {
  gemini: 'has no model of that name',
  vertex:
    'has no model of that name on this wire: it serves Claude as google-vertex-anthropic, models of other makers as google-vertex-openai',
};
const PROBE_TIMEOUT_MS = 10_000;
const LIST_TIMEOUT_MS = 30_000;
const MODELS_PAGE_SIZE = 1000;
const MAX_MODEL_PAGES = 5;
const DEFAULT_PROBE_MODEL = 'gemini-2.5-flash';

/** A provider over `settings`; opens nothing until it is called. Its `close` leaves the shared http client open. */
export function createGeminiProvider(settings: GeminiSettings): Provider {
  return new GeminiProvider(settings);
}

class GeminiProvider implements Provider {
  readonly id: string;
  readonly displayName: string;
  readonly capabilities = GEMINI_CAPABILITIES;
  readonly dialects = ['gemini'] as const;
  /** A project of Vertex AI has no list of models that calls could write. */
  readonly listModels?: (signal: AbortSignal) => Promise<readonly DiscoveredModel[]>;
  readonly #settings: GeminiSettings;
  readonly #errors: ErrorContext;

  constructor(settings: GeminiSettings) {
    this.#settings = settings;
    this.id = settings.id;
    this.displayName = settings.displayName;
    if (settings.flavour === 'gemini') this.listModels = (signal) => this.#listModels(signal);
    this.#errors = { displayName: settings.displayName, nowMs: () => settings.clock.nowMs() };
  }

  async complete(call: ProviderCall): Promise<CompletionResult> {
    return this.#generate(call.model, this.#toRequest(call), call.context);
  }

  async stream(call: ProviderCall, sink: StreamSink): Promise<void> {
    const request = this.#toRequest(call);
    await this.#runStream(call, request, new PartsTaker(sink, (upstream) => this.#optionsOf(upstream, request.warnings, call.context)));
  }

  async relay(call: ProviderCall, sink: RelaySink): Promise<RelayOutcome> {
    const request = this.#toRequest(call);
    const taker = new RelayTaker(sink, (upstream) => this.#optionsOf(upstream, request.warnings, call.context));
    await this.#runStream(call, request, taker);
    const { outcome } = taker;
    if (outcome === null) throw toMalformedError(this.#errors, null, 'the answer had no head');
    return outcome;
  }

  async embed(model: string, request: EmbeddingsRequest, context: CallContext): Promise<EmbeddingsResult> {
    const warnings = new Warnings(WARNED_AS);
    const batches = toEmbeddingsBatches(request, this.#modelPath(model), this.#settings.flavour, warnings);
    if (batches === null) throw toRefusal(this.#errors, 'invalid', 'takes text for embeddings, no token ids', 'input');
    const embedded: EmbeddedBatch[] = [];
    let upstream: UpstreamResponse = { httpStatus: 200, requestId: null, headers: {} };
    for (const batch of batches) {
      const response = await this.#post(model, batch.method, batch.body, context);
      upstream = toUpstreamResponse(response.status, response.headers);
      const text = response.body.toString('utf8');
      const read = readEmbeddings(parseObject(text), batch);
      if (read === null)
        throw toMalformedError(this.#errors, upstream, `it has not one vector for each of ${batch.inputCount} inputs`, text);
      if (read.isTruncated) warnings.add('An input was longer than the model takes: its end was left out.');
      embedded.push(read);
    }
    const vectors = embedded.flatMap((batch) => batch.vectors);
    return { model: null, vectors, usage: toEmbeddingsUsage(embedded), upstream, warnings: warnings.list() };
  }

  async #listModels(signal: AbortSignal): Promise<readonly DiscoveredModel[]> {
    const models = new Map<string, DiscoveredModel>();
    let token: string | null = null;
    for (let page = 0; page < MAX_MODEL_PAGES && models.size < MAX_DISCOVERED_MODELS; page += 1) {
      const of = { size: MODELS_PAGE_SIZE, token };
      const response = await this.#send(() => modelsRequestOf(this.#settings, of, signal, LIST_TIMEOUT_MS));
      const text = response.body.toString('utf8');
      const body = parseObject(text);
      const upstream = toUpstreamResponse(response.status, response.headers);
      if (!Array.isArray(body?.['models'])) throw toMalformedError(this.#errors, upstream, 'the body is no list of models', text);
      for (const model of readModels(body)) if (models.size < MAX_DISCOVERED_MODELS) models.set(model.model, model);
      token = stringOf(body['nextPageToken']);
      if (token === null || token === '') break;
    }
    return [...models.values()];
  }

  async makeImages(model: string, request: ImageRequest, context: CallContext): Promise<ImageResult> {
    if (request.mode === 'variation')
      throw toRefusal(this.#errors, 'invalid', 'makes no variations without a prompt: ask for an edit', 'image');
    const warnings = new Warnings(WARNED_AS);
    const body = toImageBody(request, warnings);
    const result = await this.#generate(model, { body, warnings: warnings.list() }, context);
    const made = toImageResult(result);
    if (made !== null) return made;
    const [choice] = result.choices;
    const reason = choice?.rawFinishReason ?? 'no reason told';
    if (choice?.finishReason === 'content-filter') throw toBlockedError(this.#errors, result.upstream, { blockReason: reason });
    throw toMalformedError(this.#errors, result.upstream, `it holds no image (${reason})`);
  }

  async countTokens(call: ProviderCall): Promise<number> {
    const body = toCountBody(this.#toRequest(call), this.#modelPath(call.model), this.#settings.flavour);
    return this.#count(call.model, body, call.context);
  }

  async probe(signal: AbortSignal): Promise<void> {
    if (this.#settings.flavour === 'gemini') {
      await this.#send(() => modelsRequestOf(this.#settings, { size: 1, token: null }, signal, PROBE_TIMEOUT_MS));
      return;
    }
    const contents = [{ role: 'user', parts: [{ text: 'Hello' }] }];
    const context = { attemptId: 'probe', signal, remainingMs: PROBE_TIMEOUT_MS, traceHeaders: {} };
    await this.#count(this.#settings.probeModel ?? DEFAULT_PROBE_MODEL, { contents }, context);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  async #generate(model: string, { body, warnings }: GenerateRequest, context: CallContext): Promise<CompletionResult> {
    const response = await this.#post(model, 'generateContent', body, context);
    const upstream = toUpstreamResponse(response.status, response.headers);
    const text = response.body.toString('utf8');
    const answer = parseAnswer(text);
    if (answer === null) throw toMalformedError(this.#errors, upstream, 'the body is not a JSON object', text);
    return toCompletionResult(answer, this.#optionsOf(upstream, warnings, context), response.body);
  }

  #toRequest(call: ProviderCall): GenerateRequest {
    if (call.wire?.dialect === 'gemini') return toVerbatimRequest(call.wire.body);
    return toGenerateRequest(call.request(), call.model, this.#settings.flavour);
  }

  #modelPath(model: string): string {
    const path = modelPathOf(this.#settings, model);
    if (path === null) throw toRefusal(this.#errors, 'not-found', NO_MODEL[this.#settings.flavour], 'model');
    return path;
  }

  async #count(model: string, body: GenerateRequest['body'], context: CallContext): Promise<number> {
    const response = await this.#post(model, 'countTokens', body, context);
    const text = response.body.toString('utf8');
    const count = countOf(parseObject(text)?.['totalTokens']);
    if (count !== null) return count;
    const upstream = toUpstreamResponse(response.status, response.headers);
    throw toMalformedError(this.#errors, upstream, 'the body has no count of tokens', text);
  }

  #post(model: string, method: Method, body: GenerateRequest['body'], context: CallContext): Promise<BufferedResponse> {
    const modelPath = this.#modelPath(model);
    return this.#send(() => toOutboundRequest(this.#settings, { modelPath, method, body, context }));
  }

  /** Sends and buffers; rejects with `ProviderError` for every status but 200. */
  async #send(toRequest: () => Promise<OutboundRequest>): Promise<BufferedResponse> {
    const request = await toRequest();
    let response: BufferedResponse;
    try {
      response = await this.#settings.httpClient.send(request);
    } catch (error) {
      throw toTransportError(this.#errors, error);
    }
    if (response.status === 200) return response;
    throw this.#refused(toUpstreamResponse(response.status, response.headers), response.headers, response.body);
  }

  async #runStream(call: ProviderCall, { body }: GenerateRequest, taker: EventTaker): Promise<void> {
    const outgoing = { modelPath: this.#modelPath(call.model), method: 'streamGenerateContent' as const, body, context: call.context };
    const request = await toOutboundRequest(this.#settings, outgoing);
    try {
      const refusal = await runStream(this.#settings.httpClient, request, taker);
      if (refusal !== null) throw this.#refused(refusal.upstream, refusal.headers, refusal.body);
    } catch (error) {
      if (isEventTooLarge(error)) throw toMalformedError(this.#errors, null, 'an event of the stream is too large');
      throw toTransportError(this.#errors, error);
    }
  }

  #refused(upstream: UpstreamResponse, headers: BufferedResponse['headers'], body: Buffer): Error {
    if (upstream.httpStatus === 401) this.#settings.credential.discard();
    return toStatusError(this.#errors, upstream, headers, body.toString('utf8'));
  }

  #optionsOf(upstream: UpstreamResponse, warnings: readonly string[], context: CallContext): AnswerOptions {
    return {
      upstream,
      warnings,
      flavour: this.#settings.flavour,
      attemptId: context.attemptId,
      toEventError: (event) => toEventError(this.#errors, upstream, event),
      toBlockedError: (feedback) => toBlockedError(this.#errors, upstream, feedback),
      toMalformedError: (detail) => toMalformedError(this.#errors, upstream, detail),
    };
  }
}
