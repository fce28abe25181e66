/**
 * Any provider that speaks the OpenAI wire, made from data. Also the translations that the OpenAI door needs: its requests into the
 * neutral form, and neutral answers back.
 */
import type { BufferedResponse } from '../../../../kernel/http-client/index.ts';
import type {
  CompletionResult,
  DiscoveredModel,
  EmbeddingsRequest,
  EmbeddingsResult,
  CallContext,
  ImageRequest,
  ImageResult,
  ModerationRequest,
  ModerationResult,
  Provider,
  ProviderCall,
  RelayOutcome,
  RelaySink,
  RerankRequest,
  RerankResult,
  SpeechRequest,
  SpeechResult,
  StreamPart,
  StreamSink,
  TranscriptionRequest,
  TranscriptionResult,
  UpstreamResponse,
} from '../../contract.ts';
import { toDiscoveredModels } from '../../shared/discovered-models.ts';
import { parseJson } from '../../shared/json.ts';
import { encodeForm } from '../../shared/multipart-form.ts';
import {
  SPEECH_PATH,
  toSpeechBody,
  toSpeechResult,
  toTranscriptionForm,
  toTranscriptionResult,
  transcriptionPath,
} from './openai.audio.ts';
import { OpenAiChunkEncoder } from './openai.chunk-encoder.ts';
import { toEmbeddings, toEmbeddingsBody } from './openai.embeddings.ts';
import { fromErrorResponse, fromTransportError, isTransport, malformed } from './openai.errors.ts';
import {
  deliver,
  pathOf,
  runStream,
  toOutboundRequest,
  toUpstreamResponse,
  type Outgoing,
  type StreamedDocument,
} from './openai.exchange.ts';
import { imagePath, toImageBody, toImageForm, toImageResult } from './openai.images.ts';
import { toChatBody } from './openai.messages.ts';
import { MODERATIONS_PATH, toModerationBody, toModerationResult } from './openai.moderation.ts';
import { toParts } from './openai.parts.ts';
import { OpenAiRelayReader, type RelayPiece } from './openai.relay.ts';
import { toRerankBody, toRerankResult } from './openai.rerank.ts';
import { toResult } from './openai.response.ts';
import { OPENAI_DIALECT, type OpenAiCompatibleSettings } from './openai.settings.ts';
import { StreamLane, type LaneReader } from './openai.stream-lane.ts';
import { OpenAiStreamReader } from './openai.stream.ts';
import { isSignOfLife, probeRequestOf } from './openai.probe.ts';

export { toOpenAiChatResponse, type AnswerIdentity } from './openai.answer.ts';
export { COMPATIBLE_CAPABILITIES, COMPATIBLE_WIRE, OPENAI_CAPABILITIES, OPENAI_WIRE } from './openai.capabilities.ts';
export { OpenAiChunkEncoder, type ChunkEncoderOptions } from './openai.chunk-encoder.ts';
export { fromOpenAiEmbeddingsBody, toOpenAiEmbeddingsResponse } from './openai.embeddings-door.ts';
export { fromErrorData, fromErrorResponse, fromTransportError, isTransport, malformed } from './openai.errors.ts';
export { deliver, runStream, toOutboundRequest, toUpstreamResponse, type Outgoing, type StreamedDocument } from './openai.exchange.ts';
export { toParts } from './openai.parts.ts';
export { choicesOfRecordedAnswer, choicesOfRecordedStream } from './openai.recorded.ts';
export { refuse } from './openai.request-errors.ts';
export { fromModerationBody, toModerationResponse } from './openai.moderation.ts';
export { fromOpenAiChatBody } from './openai.request.ts';
export { fromOpenAiTextBody, OpenAiTextChunkEncoder, toOpenAiTextResponse, type TextRequest } from './openai.text-door.ts';
export type { OpenAiCompatibleSettings, OpenAiWireRules } from './openai.settings.ts';
export { StreamLane, type LaneReader } from './openai.stream-lane.ts';

const DISCOVERY_TIMEOUT_MS = 30_000;

/** A provider of the OpenAI wire. Owns no connection: closing it closes nothing. */
export function createOpenAiCompatibleProvider(settings: OpenAiCompatibleSettings): Provider {
  return new OpenAiCompatibleProvider(settings);
}

class OpenAiCompatibleProvider implements Provider {
  readonly id: string;
  readonly displayName: string;
  readonly capabilities: Provider['capabilities'];
  readonly dialects = [OPENAI_DIALECT];
  readonly rerank?: NonNullable<Provider['rerank']>;
  readonly moderate?: NonNullable<Provider['moderate']>;
  readonly makeImages?: NonNullable<Provider['makeImages']>;
  readonly synthesizeSpeech?: NonNullable<Provider['synthesizeSpeech']>;
  readonly transcribe?: NonNullable<Provider['transcribe']>;
  readonly #settings: OpenAiCompatibleSettings;

  constructor(settings: OpenAiCompatibleSettings) {
    this.#settings = settings;
    this.id = settings.id;
    this.displayName = settings.displayName;
    this.capabilities = settings.capabilities;
    const { rerankPath } = settings;
    if (rerankPath !== undefined) this.rerank = (model, request, context) => this.#rerank(rerankPath, model, request, context);
    const tasks = settings.tasks ?? [];
    if (tasks.includes('moderation')) this.moderate = (model, request, context) => this.#moderate(model, request, context);
    if (tasks.includes('image')) this.makeImages = (model, request, context) => this.#makeImages(model, request, context);
    if (tasks.includes('speech')) this.synthesizeSpeech = (model, request, context) => this.#synthesizeSpeech(model, request, context);
    if (tasks.includes('transcription')) this.transcribe = (model, request, context) => this.#transcribe(model, request, context);
  }

  async complete(call: ProviderCall): Promise<CompletionResult> {
    const { body, warnings } = toChatBody(this.#settings, call, false);
    const { upstream, response } = await this.#send({ ...this.#chat(call), body, accept: 'application/json' });
    return toResult(this.#settings, upstream, response.body, warnings);
  }

  async stream(call: ProviderCall, sink: StreamSink): Promise<void> {
    const { body, warnings } = toChatBody(this.#settings, call, true);
    const give = (part: StreamPart): void | Promise<void> => sink.part(part);
    const makeReader = (upstream: UpstreamResponse): OpenAiStreamReader => new OpenAiStreamReader(this.#settings, upstream, warnings);
    const lane = new StreamLane<StreamPart, OpenAiStreamReader>(this.displayName, makeReader, give);
    const document = await this.#runStream({ ...this.#chat(call), body, accept: 'text/event-stream' }, lane);
    if (document !== null) {
      await deliver(toParts(this.#resultOf(document, warnings)), give);
      return;
    }
    await lane.finish((reader, parts) => reader.finish(parts));
  }

  async relay(call: ProviderCall, sink: RelaySink): Promise<RelayOutcome> {
    const { body, warnings } = toChatBody(this.#settings, call, true);
    let hasStarted = false;
    const give = (piece: RelayPiece): void | Promise<void> => {
      // Started with the first event only: an error in its place can still be retried elsewhere.
      if (!hasStarted && lane.upstream !== null) sink.start(lane.upstream);
      hasStarted = true;
      return sink.events(piece.bytes, piece.facts);
    };
    const makeReader = (upstream: UpstreamResponse): OpenAiRelayReader => new OpenAiRelayReader(this.#settings, upstream);
    const lane = new StreamLane<RelayPiece, OpenAiRelayReader>(this.displayName, makeReader, give);
    const document = await this.#runStream({ ...this.#chat(call), body, accept: 'text/event-stream' }, lane);
    if (document !== null) return relayDocument(this.#resultOf(document, warnings), call.model, sink);
    await lane.finish();
    return withWarnings(lane.reader.outcome(), warnings);
  }

  async embed(model: string, request: EmbeddingsRequest, context: CallContext): Promise<EmbeddingsResult> {
    const body = toEmbeddingsBody(this.#settings, model, request);
    const { upstream, response } = await this.#send({ ...post(pathOf(this.#settings, 'embeddings', model), context), body });
    return toEmbeddings(this.#settings, upstream, response.body, request.inputs.length);
  }

  async listModels(signal: AbortSignal): Promise<readonly DiscoveredModel[]> {
    const { upstream, response } = await this.#send({
      method: 'GET',
      path: pathOf(this.#settings, 'models'),
      accept: 'application/json',
      signal,
      remainingMs: DISCOVERY_TIMEOUT_MS,
    });
    const text = response.body.toString('utf8');
    const models = toDiscoveredModels(parseJson(text));
    if (models === null) throw malformed(this.displayName, upstream, 'the body is not a list of models', text);
    return models;
  }

  async probe(signal: AbortSignal): Promise<void> {
    try {
      const { upstream, response } = await this.#send(probeRequestOf(this.#settings, signal));
      // A page of HTML with status 200 is what stands at a base URL that is not the API's.
      const text = response.body.toString('utf8');
      if (parseJson(text) === undefined) throw malformed(this.displayName, upstream, 'the body is no JSON', text);
    } catch (error) {
      if (!isSignOfLife(this.#settings, error)) throw error;
    }
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  async #rerank(path: string, model: string, request: RerankRequest, context: CallContext): Promise<RerankResult> {
    const { body, warnings } = toRerankBody(model, request);
    const { upstream, response } = await this.#send({ ...post(path, context), body });
    return toRerankResult(this.#settings, upstream, response.body, request, warnings);
  }

  async #moderate(model: string, request: ModerationRequest, context: CallContext): Promise<ModerationResult> {
    const body = toModerationBody(model, request);
    const { upstream, response } = await this.#send({ ...post(MODERATIONS_PATH, context), body });
    return toModerationResult(this.#settings, upstream, response.body);
  }

  async #makeImages(model: string, request: ImageRequest, context: CallContext): Promise<ImageResult> {
    const content =
      request.mode === 'generate' ? { body: toImageBody(model, request) } : { form: await encodeForm(toImageForm(model, request)) };
    const { upstream, response } = await this.#send({ ...post(imagePath(request), context), ...content });
    return toImageResult(this.#settings, upstream, response.body);
  }

  async #synthesizeSpeech(model: string, request: SpeechRequest, context: CallContext): Promise<SpeechResult> {
    const body = toSpeechBody(model, request);
    const { upstream, response } = await this.#send({ ...post(SPEECH_PATH, context), body, accept: '*/*' });
    return toSpeechResult(this.#settings, { upstream, headers: response.headers, body: response.body }, request);
  }

  async #transcribe(model: string, request: TranscriptionRequest, context: CallContext): Promise<TranscriptionResult> {
    const form = await encodeForm(toTranscriptionForm(model, request));
    const { upstream, response } = await this.#send({ ...post(transcriptionPath(request), context), form, accept: '*/*' });
    return toTranscriptionResult(this.#settings, { upstream, headers: response.headers, body: response.body });
  }

  #chat({ model, context }: ProviderCall): ReturnType<typeof post> {
    return post(pathOf(this.#settings, 'chat', model), context);
  }

  async #send(outgoing: Outgoing): Promise<{ upstream: UpstreamResponse; response: BufferedResponse }> {
    let response: BufferedResponse;
    try {
      response = await this.#settings.httpClient.send(toOutboundRequest(this.#settings, outgoing));
    } catch (error) {
      throw fromTransportError(this.displayName, error, null);
    }
    const upstream = toUpstreamResponse(this.#settings, response.status, response.headers);
    if (response.status < 200 || response.status >= 300)
      throw fromErrorResponse(this.displayName, upstream, response.body, response.headers, this.#settings.clock.nowMs());
    return { upstream, response };
  }

  async #runStream<Item, Reader extends LaneReader<Item>>(
    outgoing: Outgoing,
    lane: StreamLane<Item, Reader>,
  ): Promise<StreamedDocument | null> {
    try {
      return await runStream(this.#settings.httpClient, this.#settings, toOutboundRequest(this.#settings, outgoing), lane);
    } catch (error) {
      // The answer was complete: a connection that breaks after its end took nothing away.
      if (lane.hasEnded && isTransport(error)) return null;
      throw fromTransportError(this.displayName, error, lane.upstream);
    }
  }

  /** The result in a streamed call's answer that was no stream: throws when it is an error. */
  #resultOf(document: StreamedDocument, warnings: readonly string[]): CompletionResult {
    const { upstream, headers, body } = document;
    if (upstream.httpStatus < 200 || upstream.httpStatus >= 300)
      throw fromErrorResponse(this.displayName, upstream, body, headers, this.#settings.clock.nowMs());
    return toResult(this.#settings, upstream, body, warnings);
  }
}

function post(path: string, context: CallContext): Pick<Outgoing, 'method' | 'path' | 'accept' | 'signal' | 'remainingMs' | 'context'> {
  const { signal, remainingMs } = context;
  return { method: 'POST', path, accept: 'application/json', signal, remainingMs, context };
}

function withWarnings(outcome: RelayOutcome, warnings: readonly string[]): RelayOutcome {
  return warnings.length === 0 ? outcome : { ...outcome, warnings };
}

/** A whole answer in the clothes of a stream. */
async function relayDocument(result: CompletionResult, model: string, sink: RelaySink): Promise<RelayOutcome> {
  const encoder = new OpenAiChunkEncoder({
    id: result.id ?? 'chatcmpl-0',
    model: result.model ?? model,
    createdAtSeconds: result.createdAtSeconds ?? 0,
    includeUsage: true,
  });
  const text = toParts(result)
    .map((part) => encoder.encode(part))
    .join('');
  const [usageEvent, endEvent] = splitEnd(encoder.end());
  sink.start(result.upstream);
  await sink.events(Buffer.from(text), { hasOutput: true, isUsageEvent: false, isEnd: false });
  if (usageEvent !== '') await sink.events(Buffer.from(usageEvent), { hasOutput: true, isUsageEvent: true, isEnd: false });
  await sink.events(Buffer.from(endEvent), { hasOutput: true, isUsageEvent: false, isEnd: true });
  return {
    usage: result.usage,
    finishReasons: result.choices.map(({ index, finishReason, rawFinishReason }) => ({ choice: index, finishReason, rawFinishReason })),
    model: result.model,
    id: result.id,
    ...(result.warnings.length === 0 ? {} : { warnings: result.warnings }),
  };
}

function splitEnd(text: string): readonly [usageEvent: string, endEvent: string] {
  const at = text.lastIndexOf('data: ');
  return [text.slice(0, at), text.slice(at)];
}
