/**
 * Ollama's own wire (`/api/chat`, `/api/embed`) as a provider, and the translations that a door of that dialect needs. It tells more than
 * the server's OpenAI face: thinking on and off, options such as the context size, durations. It never retries and adds nothing the
 * caller did not ask for.
 */
import type {
  CallContext,
  CompletionResult,
  DiscoveredModel,
  EmbeddingsRequest,
  EmbeddingsResult,
  Provider,
  ProviderCall,
  StreamSink,
} from '../../contract.ts';
import { toDataFailure } from '../../shared/failure.ts';
import { objectOf, parseJson, stringOf } from '../../shared/json.ts';
import { LineCutter } from '../../shared/line-cutter.ts';
import { toStreamParts } from '../../shared/result-parts.ts';
import { deliver, WireClient, type Answer } from '../../shared/wire-client.ts';
import { OLLAMA_CAPABILITIES } from './ollama.capabilities.ts';
import { toEmbedBody, toVectors } from './ollama.embeddings.ts';
import { readError } from './ollama.errors.ts';
import { postRequestOf, tagsRequestOf, toUpstream, type OllamaSettings } from './ollama.exchange.ts';
import { toChatBody } from './ollama.messages.ts';
import { toInstalledModels } from './ollama.models.ts';
import { parseAnswer, toCompletionResult } from './ollama.response.ts';
import { OllamaStreamTranslator } from './ollama.stream.ts';
import { toUsage } from './ollama.usage.ts';

export { OLLAMA_CAPABILITIES } from './ollama.capabilities.ts';
export {
  OllamaChunkEncoder,
  toOllamaChatResponse,
  toOllamaEmbedResponse,
  toOllamaErrorLine,
  type OllamaAnswerOptions,
} from './ollama.door-answer.ts';
export { fromOllamaChatBody, fromOllamaEmbedBody, fromOllamaGenerateBody } from './ollama.door-request.ts';
export type { OllamaSettings } from './ollama.exchange.ts';

const LIST_TIMEOUT_MS = 10_000;
/** Errors within an answer come after a status that was good: as those of a failing server they are worth another try elsewhere. */
const STATUS_OF_DATA_ERRORS = 500;

/** A provider over `settings`; opens nothing until it is called. Its `close` leaves the shared http client open. */
export function createOllamaProvider(settings: OllamaSettings): Provider {
  return new OllamaProvider(settings);
}

class OllamaProvider implements Provider {
  readonly id: string;
  readonly displayName: string;
  readonly capabilities = OLLAMA_CAPABILITIES;
  readonly dialects = [];
  readonly #settings: OllamaSettings;
  readonly #wire: WireClient;

  constructor(settings: OllamaSettings) {
    this.#settings = settings;
    this.id = settings.id;
    this.displayName = settings.displayName;
    this.#wire = new WireClient(settings, { toUpstream, readError });
  }

  async complete(call: ProviderCall): Promise<CompletionResult> {
    const { body, warnings } = toChatBody(call.request(), call.model, false);
    return this.#toResult(await this.#wire.send(postRequestOf(this.#settings, '/api/chat', body, call.context)), warnings);
  }

  async stream(call: ProviderCall, sink: StreamSink): Promise<void> {
    const { body, warnings } = toChatBody(call.request(), call.model, true);
    const request = postRequestOf(this.#settings, '/api/chat', body, call.context, true);
    const document = await this.#wire.stream(request, sink, new LineCutter(), (upstream) => {
      return new OllamaStreamTranslator({
        upstream,
        warnings,
        toDataError: (text) => toDataFailure(this.displayName, upstream, text, readError(STATUS_OF_DATA_ERRORS, text)),
        toMalformedError: (detail) => this.#wire.malformed(upstream, detail),
      });
    });
    if (document !== null) await deliver(toStreamParts(this.#toResult(document, warnings)), (part) => sink.part(part));
  }

  async embed(model: string, request: EmbeddingsRequest, context: CallContext): Promise<EmbeddingsResult> {
    const { body, warnings } = toEmbedBody(model, request);
    const { upstream, body: bytes } = await this.#wire.send(postRequestOf(this.#settings, '/api/embed', body, context));
    const text = bytes.toString('utf8');
    const answer = objectOf(parseJson(text));
    const vectors = toVectors(answer?.['embeddings'], request.inputs.length);
    if (answer === null || vectors === null)
      throw this.#wire.malformed(upstream, `it has not one vector for each of ${request.inputs.length} inputs`, text);
    return { model: stringOf(answer['model']), vectors, usage: toUsage(answer), upstream, warnings };
  }

  async probe(signal: AbortSignal): Promise<void> {
    await this.#wire.send(tagsRequestOf(this.#settings, signal, LIST_TIMEOUT_MS));
  }

  async listModels(signal: AbortSignal): Promise<readonly DiscoveredModel[]> {
    const { upstream, body } = await this.#wire.send(tagsRequestOf(this.#settings, signal, LIST_TIMEOUT_MS));
    const text = body.toString('utf8');
    const models = toInstalledModels(objectOf(parseJson(text)));
    if (models === null) throw this.#wire.malformed(upstream, 'the body is no list of models', text);
    return models;
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  #toResult({ upstream, body }: Answer, warnings: readonly string[]): CompletionResult {
    const text = body.toString('utf8');
    const answer = parseAnswer(text);
    if (answer?.['error'] != null) throw toDataFailure(this.displayName, upstream, text, readError(STATUS_OF_DATA_ERRORS, text));
    const result = answer === null ? null : toCompletionResult(answer, upstream, warnings);
    if (result === null) throw this.#wire.malformed(upstream, 'the body holds no message', text);
    return result;
  }
}
