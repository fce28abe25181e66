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
import { EventCutter, EventTooLargeError } from '../../shared/event-cutter.ts';
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
import { fromErrorResponse, fromTransportError, malformed } from './openai.errors.ts';
import { deliver, runStream, toOutboundRequest, toUpstreamResponse, type Outgoing, type StreamedDocument } from './openai.exchange.ts';
import { imagePath, toImageBody, toImageForm, toImageResult } from './openai.images.ts';
import { toChatBody } from './openai.messages.ts';
import { MODERATIONS_PATH, toModerationBody, toModerationResult } from './openai.moderation.ts';
import { toParts } from './openai.parts.ts';
import { OpenAiRelayReader, type RelayPiece } from './openai.relay.ts';
import { toRerankBody, toRerankResult } from './openai.rerank.ts';
import { toResult } from './openai.response.ts';
import { OPENAI_DIALECT, type OpenAiCompatibleSettings } from './openai.settings.ts';
import { OpenAiStreamReader } from './openai.stream.ts';
import { CHAT_PATH, EMBEDDINGS_PATH, MODELS_PATH } from './openai.wire.ts';

export { toOpenAiChatResponse, type AnswerIdentity } from './openai.answer.ts';
export { COMPATIBLE_CAPABILITIES, COMPATIBLE_WIRE, OPENAI_CAPABILITIES, OPENAI_WIRE } from './openai.capabilities.ts';
export { OpenAiChunkEncoder, type ChunkEncoderOptions } from './openai.chunk-encoder.ts';
export { fromOpenAiEmbeddingsBody, toOpenAiEmbeddingsResponse } from './openai.embeddings-door.ts';
export { fromErrorData, fromErrorResponse, fromTransportError, malformed } from './openai.errors.ts';
export { deliver, runStream, toOutboundRequest, toUpstreamResponse, type Outgoing, type StreamedDocument } from './openai.exchange.ts';
export { toParts } from './openai.parts.ts';
export { choicesOfRecordedAnswer, choicesOfRecordedStream } from './openai.recorded.ts';
export { refuse } from './openai.request-errors.ts';
export { fromModerationBody, toModerationResponse } from './openai.moderation.ts';
export { fromOpenAiChatBody } from './openai.request.ts';
export type { OpenAiCompatibleSettings, OpenAiWireRules } from './openai.settings.ts';

const PROBE_TIMEOUT_MS = 10_000;
const DISCOVERY_TIMEOUT_MS = 30_000;
const BLANK_LINE = Buffer.from('\n\n');

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
    const { upstream, response } = await this.#send({ ...chat(call), body, accept: 'application/json' });
    return toResult(this.#settings, upstream, response.body, warnings);
  }

  async stream(call: ProviderCall, sink: StreamSink): Promise<void> {
    const { body, warnings } = toChatBody(this.#settings, call, true);
    const give = (part: StreamPart): void | Promise<void> => sink.part(part);
    const makeReader = (upstream: UpstreamResponse): OpenAiStreamReader => new OpenAiStreamReader(this.#settings, upstream, warnings);
    const lane = new StreamLane<StreamPart, OpenAiStreamReader>(this.displayName, makeReader, give);
    const document = await this.#runStream({ ...chat(call), body, accept: 'text/event-stream' }, lane);
    if (document !== null) {
      await deliver(toParts(this.#resultOf(document, warnings)), give);
      return;
    }
    await lane.finish((reader, parts) => reader.finish(parts));
  }

  async relay(call: ProviderCall, sink: RelaySink): Promise<RelayOutcome> {
    const { body } = toChatBody(this.#settings, call, true);
    let hasStarted = false;
    const give = (piece: RelayPiece): void | Promise<void> => {
      // Started with the first event only: an error in its place can still be retried elsewhere.
      if (!hasStarted && lane.upstream !== null) sink.start(lane.upstream);
      hasStarted = true;
      return sink.events(piece.bytes, piece.facts);
    };
    const makeReader = (upstream: UpstreamResponse): OpenAiRelayReader => new OpenAiRelayReader(this.#settings, upstream);
    const lane = new StreamLane<RelayPiece, OpenAiRelayReader>(this.displayName, makeReader, give);
    const document = await this.#runStream({ ...chat(call), body, accept: 'text/event-stream' }, lane);
    if (document !== null) return relayDocument(this.#resultOf(document, []), call.model, sink);
    await lane.finish();
    return lane.reader.outcome();
  }

  async embed(model: string, request: EmbeddingsRequest, context: CallContext): Promise<EmbeddingsResult> {
    const body = toEmbeddingsBody(this.#settings, model, request);
    const { upstream, response } = await this.#send({ ...post(EMBEDDINGS_PATH, context), body });
    return toEmbeddings(this.#settings, upstream, response.body, request.inputs.length);
  }

  async listModels(signal: AbortSignal): Promise<readonly DiscoveredModel[]> {
    const { upstream, response } = await this.#send({
      method: 'GET',
      path: MODELS_PATH,
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
    await this.#send({ method: 'GET', path: MODELS_PATH, accept: 'application/json', signal, remainingMs: PROBE_TIMEOUT_MS });
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

  async #send(outgoing: Outgoing): Promise<{ upstream: UpstreamResponse; response: BufferedResponse }> {
    let response: BufferedResponse;
    try {
      response = await this.#settings.httpClient.send(toOutboundRequest(this.#settings, outgoing));
    } catch (error) {
      throw fromTransportError(this.displayName, error, null);
    }
    const upstream = toUpstreamResponse(response.status, response.headers);
    if (response.status < 200 || response.status >= 300)
      throw fromErrorResponse(this.displayName, upstream, response.body, response.headers, this.#settings.clock.nowMs());
    return { upstream, response };
  }

  async #runStream<Item, Reader extends LaneReader<Item>>(
    outgoing: Outgoing,
    lane: StreamLane<Item, Reader>,
  ): Promise<StreamedDocument | null> {
    try {
      return await runStream(this.#settings.httpClient, toOutboundRequest(this.#settings, outgoing), lane);
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

function chat(call: ProviderCall): Pick<Outgoing, 'method' | 'path' | 'signal' | 'remainingMs' | 'context'> {
  return { method: 'POST', path: CHAT_PATH, signal: call.context.signal, remainingMs: call.context.remainingMs, context: call.context };
}

/** Whether the connection failed below HTTP, and not because we gave up. */
export function isTransport(error: unknown): boolean {
  return error instanceof Error && error.name === 'HttpClientError' && (error as { kind?: unknown }).kind !== 'aborted';
}

export interface LaneReader<Item> {
  readonly hasEnded: boolean;
  read(events: Buffer, items: Item[]): void;
}

/** Bytes → whole events → items → sink, in order, waiting where the sink asks for it. */
export class StreamLane<Item, Reader extends LaneReader<Item>> {
  upstream: UpstreamResponse | null = null;
  readonly #displayName: string;
  readonly #makeReader: (upstream: UpstreamResponse) => Reader;
  readonly #give: (item: Item) => void | Promise<void>;
  readonly #cutter = new EventCutter();
  #reader: Reader | null = null;

  constructor(displayName: string, makeReader: (upstream: UpstreamResponse) => Reader, give: (item: Item) => void | Promise<void>) {
    this.#displayName = displayName;
    this.#makeReader = makeReader;
    this.#give = give;
  }

  get hasEnded(): boolean {
    return this.#reader?.hasEnded ?? false;
  }

  get reader(): Reader {
    if (this.#reader === null) throw malformed(this.#displayName, this.upstream, 'the answer had no head');
    return this.#reader;
  }

  onStart(upstream: UpstreamResponse): void {
    this.upstream = upstream;
    this.#reader = this.#makeReader(upstream);
  }

  onData(chunk: Buffer): void | Promise<void> {
    const events = this.#cut(chunk);
    return events === null ? undefined : this.#pass(events);
  }

  /** Passes on an event that lacks its blank line, then what `close` adds. */
  async finish(close?: (reader: Reader, items: Item[]) => void): Promise<void> {
    const rest = this.#cutter.finish();
    if (rest !== null && rest.toString('utf8').trim() !== '') await this.#pass(Buffer.concat([rest, BLANK_LINE]));
    const items: Item[] = [];
    close?.(this.reader, items);
    await deliver(items, this.#give);
  }

  #cut(chunk: Buffer): Buffer | null {
    try {
      return this.#cutter.push(chunk);
    } catch (error) {
      if (error instanceof EventTooLargeError) throw malformed(this.#displayName, this.upstream, 'an event of its stream never ends');
      throw error;
    }
  }

  /** What came before a broken event is given first. */
  #pass(events: Buffer): void | Promise<void> {
    const items: Item[] = [];
    let failure: { readonly error: unknown } | null = null;
    try {
      this.reader.read(events, items);
    } catch (error) {
      failure = { error };
    }
    const wait = deliver(items, this.#give);
    if (failure === null) return wait;
    const { error } = failure;
    if (wait === undefined) throw error;
    return wait.then(() => {
      throw error;
    });
  }
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
  };
}

function splitEnd(text: string): readonly [usageEvent: string, endEvent: string] {
  const at = text.lastIndexOf('data: ');
  return [text.slice(0, at), text.slice(at)];
}
