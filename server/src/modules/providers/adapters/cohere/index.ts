/**
 * Cohere's v2 API as a provider: chat, embeddings and reranking. It keeps citations and tool plans in `extra`, counts what is billed, and
 * never retries. What it adds because the wire demands it (`input_type` of embeddings) it says in a warning.
 */
import type {
  CallContext,
  CompletionResult,
  DiscoveredModel,
  EmbeddingsRequest,
  EmbeddingsResult,
  Provider,
  ProviderCall,
  RerankRequest,
  RerankResult,
  StreamSink,
} from '../../contract.ts';
import { EventCutter } from '../../shared/event-cutter.ts';
import { toDataFailure } from '../../shared/failure.ts';
import { objectOf, parseJson } from '../../shared/json.ts';
import { toStreamParts } from '../../shared/result-parts.ts';
import { deliver, WireClient, type Answer } from '../../shared/wire-client.ts';
import { COHERE_CAPABILITIES } from './cohere.capabilities.ts';
import { toEmbedBody, toVectors } from './cohere.embeddings.ts';
import { readError } from './cohere.errors.ts';
import { modelsRequestOf, postRequestOf, toUpstream, type CohereSettings } from './cohere.exchange.ts';
import { toChatBody } from './cohere.messages.ts';
import { toListedModels } from './cohere.models.ts';
import { toRerankBody, toRerankResult } from './cohere.rerank.ts';
import { toCompletionResult } from './cohere.response.ts';
import { CohereStreamTranslator } from './cohere.stream.ts';
import { toEmbeddingUsage } from './cohere.usage.ts';

export { COHERE_CAPABILITIES } from './cohere.capabilities.ts';
export type { CohereSettings } from './cohere.exchange.ts';

const LIST_TIMEOUT_MS = 10_000;
const LIST_PAGE_SIZE = 1000;
/** Errors within an answer come after a status that was good: as those of a failing server they are worth another try elsewhere. */
const STATUS_OF_DATA_ERRORS = 500;

/** A provider over `settings`; opens nothing until it is called. Its `close` leaves the shared http client open. */
export function createCohereProvider(settings: CohereSettings): Provider {
  return new CohereProvider(settings);
}

class CohereProvider implements Provider {
  readonly id: string;
  readonly displayName: string;
  readonly capabilities = COHERE_CAPABILITIES;
  readonly dialects = [];
  readonly #settings: CohereSettings;
  readonly #wire: WireClient;

  constructor(settings: CohereSettings) {
    this.#settings = settings;
    this.id = settings.id;
    this.displayName = settings.displayName;
    this.#wire = new WireClient(settings, { toUpstream, readError });
  }

  async complete(call: ProviderCall): Promise<CompletionResult> {
    const { body, warnings } = toChatBody(call.request(), call.model, false);
    return this.#toResult(await this.#wire.send(postRequestOf(this.#settings, '/v2/chat', body, call.context)), warnings);
  }

  async stream(call: ProviderCall, sink: StreamSink): Promise<void> {
    const { body, warnings } = toChatBody(call.request(), call.model, true);
    const request = postRequestOf(this.#settings, '/v2/chat', body, call.context, true);
    const document = await this.#wire.stream(request, sink, new EventCutter(), (upstream) => {
      return new CohereStreamTranslator({
        upstream,
        warnings,
        toDataError: (text) => toDataFailure(this.displayName, upstream, text, readError(STATUS_OF_DATA_ERRORS, text)),
        toMalformedError: (detail) => this.#wire.malformed(upstream, detail),
      });
    });
    if (document !== null) await deliver(toStreamParts(this.#toResult(document, warnings)), (part) => sink.part(part));
  }

  async embed(model: string, request: EmbeddingsRequest, context: CallContext): Promise<EmbeddingsResult> {
    const { body, warnings } = toEmbedBody(model, request, this.#settings.embeddingEncoding ?? 'float');
    const { upstream, body: bytes } = await this.#wire.send(postRequestOf(this.#settings, '/v2/embed', body, context));
    const text = bytes.toString('utf8');
    const answer = objectOf(parseJson(text));
    const vectors = toVectors(answer?.['embeddings'], request.inputs.length);
    if (vectors === null) throw this.#wire.malformed(upstream, `it has not one vector for each of ${request.inputs.length} inputs`, text);
    return { model: null, vectors, usage: toEmbeddingUsage(objectOf(answer?.['meta'])), upstream, warnings };
  }

  async rerank(model: string, request: RerankRequest, context: CallContext): Promise<RerankResult> {
    const { body, warnings } = toRerankBody(model, request);
    const { upstream, body: bytes } = await this.#wire.send(postRequestOf(this.#settings, '/v2/rerank', body, context));
    const text = bytes.toString('utf8');
    const result = toRerankResult(objectOf(parseJson(text)), request, upstream, warnings);
    if (result === null) throw this.#wire.malformed(upstream, 'its results are not rows about the documents', text);
    return result;
  }

  async listModels(signal: AbortSignal): Promise<readonly DiscoveredModel[]> {
    const { upstream, body } = await this.#wire.send(modelsRequestOf(this.#settings, LIST_PAGE_SIZE, signal, LIST_TIMEOUT_MS));
    const text = body.toString('utf8');
    const models = toListedModels(objectOf(parseJson(text)));
    if (models === null) throw this.#wire.malformed(upstream, 'the body is no list of models', text);
    return models;
  }

  async probe(signal: AbortSignal): Promise<void> {
    await this.#wire.send(modelsRequestOf(this.#settings, 1, signal, LIST_TIMEOUT_MS));
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  #toResult({ upstream, body }: Answer, warnings: readonly string[]): CompletionResult {
    const text = body.toString('utf8');
    const answer = objectOf(parseJson(text));
    const result = answer === null ? null : toCompletionResult(answer, upstream, warnings);
    if (result === null) throw this.#wire.malformed(upstream, 'the body holds no message', text);
    return result;
  }
}
