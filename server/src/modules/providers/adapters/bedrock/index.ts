/**
 * Amazon Bedrock's runtime as a provider, over its Converse API: one wire for the models of every maker. It translates our completions to
 * it and back, signs what it sends, and keeps what has no neutral name in `extra`. It never retries and adds no default that the wire does
 * not demand. Beside it: a client that authorises other wires behind the same account, and one that carries Anthropic's over `invoke`.
 */
import { systemClock, type Clock } from '../../../../kernel/clock/index.ts';
import type { BufferedResponse, HttpClient, OutboundRequest, ResponseHeaders } from '../../../../kernel/http-client/index.ts';
import type {
  CallContext,
  CompletionResult,
  DiscoveredModel,
  EmbeddingsRequest,
  EmbeddingsResult,
  JsonObject,
  Provider,
  ProviderCall,
  ProviderError,
  RerankRequest,
  RerankResult,
  StreamSink,
  UpstreamResponse,
} from '../../contract.ts';
import { toDataFailure, toMalformedFailure, toStatusFailure, toTransportFailure } from '../../shared/failure.ts';
import { countOf, objectOf, parseJson } from '../../shared/json.ts';
import { toStreamParts } from '../../shared/result-parts.ts';
import { deliver } from '../../shared/wire-client.ts';
import { BEDROCK_CAPABILITIES } from './bedrock.capabilities.ts';
import { toConverseRequest, toCountBody, type ConverseRequest } from './bedrock.converse.ts';
import { createAwsHttpClient } from './bedrock.credentials.ts';
import { FOUNDATION_MODELS_PATH, readAllModels } from './bedrock.discovery.ts';
import { inputTokensOf, toEmbeddingsPlan } from './bedrock.embeddings.ts';
import { readStatusError, readStreamError, toErrorFacts, withoutToken } from './bedrock.errors.ts';
import {
  controlRequestOf,
  modelRequestOf,
  SIGNING_SERVICE,
  toUpstreamResponse,
  type BedrockSettings,
  type ModelAction,
} from './bedrock.exchange.ts';
import { toRerankBody, toRerankResult } from './bedrock.rerank.ts';
import { parseAnswer, toCompletionResult } from './bedrock.response.ts';
import type { StreamOptions } from './bedrock.stream.ts';
import { runStream, type StreamedDocument } from './bedrock.streaming.ts';
import { toInputUsage } from './bedrock.usage.ts';

export { createAnthropicTransport } from './bedrock.anthropic-transport.ts';
export { BEDROCK_CAPABILITIES } from './bedrock.capabilities.ts';
export { createAwsHttpClient, type AwsCredentials } from './bedrock.credentials.ts';
export { createOpenAiTransport, isOpenAiModel } from './bedrock.openai-transport.ts';
export { SIGNING_SERVICE, type BedrockSettings } from './bedrock.exchange.ts';

const PROBE_TIMEOUT_MS = 10_000;
const DISCOVERY_TIMEOUT_MS = 30_000;

/** A provider over `settings`; opens nothing until it is called. Its `close` leaves the shared http client open. */
export function createBedrockProvider(settings: BedrockSettings): Provider {
  return new BedrockProvider(settings);
}

class BedrockProvider implements Provider {
  readonly id: string;
  readonly displayName: string;
  readonly capabilities = BEDROCK_CAPABILITIES;
  readonly dialects = [] as const;
  readonly #settings: BedrockSettings;
  readonly #client: HttpClient;
  readonly #clock: Pick<Clock, 'nowMs'>;

  constructor(settings: BedrockSettings) {
    this.#settings = settings;
    this.id = settings.id;
    this.displayName = settings.displayName;
    const clock = settings.clock ?? systemClock;
    const scope = { region: settings.region, service: SIGNING_SERVICE };
    this.#client = createAwsHttpClient(settings.httpClient, settings.credentials, scope, clock);
    this.#clock = clock;
  }

  async complete(call: ProviderCall): Promise<CompletionResult> {
    const request = toConverseRequest(call.request(), call.model);
    const { response, upstream } = await this.#ask(call.model, 'converse', request.body, call.context);
    return this.#toResult(response.body, upstream, request);
  }

  async stream(call: ProviderCall, sink: StreamSink): Promise<void> {
    const request = toConverseRequest(call.request(), call.model);
    const outbound = modelRequestOf(this.#settings, call.model, 'converse-stream', request.body, call.context);
    const document = await this.#runStream(outbound, sink, request);
    if (document === null) return;
    const result = this.#toResult(document.body, document.upstream, request);
    await deliver(toStreamParts(result), (part) => sink.part(part));
  }

  async countTokens(call: ProviderCall): Promise<number> {
    const body = toCountBody(toConverseRequest(call.request(), call.model));
    const { response, upstream } = await this.#ask(call.model, 'count-tokens', body, call.context);
    const text = response.body.toString('utf8');
    const count = countOf(objectOf(parseJson(text))?.['inputTokens']);
    if (count === null) throw toMalformedFailure(this.displayName, upstream, 'the body is not a count of tokens', text);
    return count;
  }

  /** Texts go one after the other where a model takes one a request: a quota is shared, and an error stops the rest. */
  async embed(model: string, request: EmbeddingsRequest, context: CallContext): Promise<EmbeddingsResult> {
    const plan = toEmbeddingsPlan(request, model);
    const vectors: (readonly number[])[] = [];
    const startedAtMs = this.#clock.nowMs();
    let inputTokens: number | null = 0;
    let last: UpstreamResponse = { httpStatus: 200, requestId: null, headers: {} };
    for (const body of plan.bodies) {
      // The bound is on all of them together.
      const remainingMs = context.remainingMs - (this.#clock.nowMs() - startedAtMs);
      const { response, upstream } = await this.#ask(model, 'invoke', body, { ...context, remainingMs });
      const text = response.body.toString('utf8');
      const answer = objectOf(parseJson(text));
      const found = answer === null ? null : plan.vectorsOf(answer);
      if (answer === null || found === null) throw toMalformedFailure(this.displayName, upstream, 'the body holds no embeddings', text);
      vectors.push(...found);
      const told = inputTokensOf(answer, response.headers);
      inputTokens = told === null || inputTokens === null ? null : inputTokens + told;
      last = upstream;
    }
    if (vectors.length !== request.inputs.length)
      throw toMalformedFailure(this.displayName, last, `it has ${vectors.length} vectors for ${request.inputs.length} inputs`);
    const usage = inputTokens === null ? null : toInputUsage(inputTokens, { inputTokens });
    return { model: null, vectors, usage, upstream: last, warnings: plan.warnings };
  }

  async rerank(model: string, request: RerankRequest, context: CallContext): Promise<RerankResult> {
    const { body, warnings } = toRerankBody(model, request);
    const { response, upstream } = await this.#ask(model, 'invoke', body, context);
    const text = response.body.toString('utf8');
    const result = toRerankResult(objectOf(parseJson(text)) ?? {}, request, upstream, warnings);
    if (result === null) throw toMalformedFailure(this.displayName, upstream, 'its results are not rows about the documents', text);
    return result;
  }

  listModels(signal: AbortSignal): Promise<readonly DiscoveredModel[]> {
    return readAllModels({
      readPage: async (path) => {
        const { response } = await this.#send(controlRequestOf(this.#settings, path, signal, DISCOVERY_TIMEOUT_MS));
        return response.body.toString('utf8');
      },
      malformed: (text) => toMalformedFailure(this.displayName, null, 'the body is not a list of models', text),
    });
  }

  async probe(signal: AbortSignal): Promise<void> {
    await this.#send(controlRequestOf(this.#settings, FOUNDATION_MODELS_PATH, signal, PROBE_TIMEOUT_MS));
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  #ask(
    model: string,
    action: ModelAction,
    body: JsonObject,
    context: CallContext,
  ): Promise<{ response: BufferedResponse; upstream: UpstreamResponse }> {
    return this.#send(modelRequestOf(this.#settings, model, action, body, context));
  }

  /** Sends and buffers; rejects with `ProviderError` for every status but 200. */
  async #send(request: OutboundRequest): Promise<{ response: BufferedResponse; upstream: UpstreamResponse }> {
    let response: BufferedResponse;
    try {
      response = await this.#client.send(request);
    } catch (error) {
      throw toTransportFailure(this.displayName, error);
    }
    const upstream = toUpstreamResponse(response.status, response.headers);
    if (response.status === 200) return { response, upstream };
    throw this.#toStatusError(upstream, response.headers, response.body);
  }

  async #runStream(outbound: OutboundRequest, sink: StreamSink, request: ConverseRequest): Promise<StreamedDocument | null> {
    let document: StreamedDocument | null;
    try {
      document = await runStream(this.#client, outbound, sink, (upstream) => this.#streamOptions(upstream, request));
    } catch (error) {
      throw toTransportFailure(this.displayName, error);
    }
    if (document === null || document.upstream.httpStatus === 200) return document;
    throw this.#toStatusError(document.upstream, document.headers, document.body);
  }

  #streamOptions(upstream: UpstreamResponse, { warnings, reading }: ConverseRequest): StreamOptions {
    return {
      upstream,
      warnings,
      reading,
      toStreamError: (message) =>
        toDataFailure(this.displayName, upstream, message.payload.toString('utf8'), toErrorFacts(null, readStreamError(message))),
      toMalformedError: (detail) => toMalformedFailure(this.displayName, upstream, detail),
    };
  }

  #toStatusError(upstream: UpstreamResponse, headers: ResponseHeaders, body: Buffer): ProviderError {
    const text = withoutToken(body.toString('utf8'));
    const facts = toErrorFacts(upstream.httpStatus, readStatusError(headers, text));
    return toStatusFailure(this.displayName, upstream, headers, text, facts, this.#clock.nowMs());
  }

  #toResult(body: Buffer, upstream: UpstreamResponse, { warnings, reading }: ConverseRequest): CompletionResult {
    const text = body.toString('utf8');
    const answer = parseAnswer(text);
    const result = answer === null ? null : toCompletionResult(answer, upstream, warnings, reading);
    if (result === null) throw toMalformedFailure(this.displayName, upstream, 'the body is not a message', text);
    return result;
  }
}
