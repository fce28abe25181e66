/**
 * OpenAI's Responses API beside the chat wire of the same provider. Calls of this dialect pass through as they came; others go out over it
 * where the settings say so, such as for models that are served nowhere else, and over chat completions where they do not.
 */
import type { BufferedResponse } from '../../../../kernel/http-client/index.ts';
import type {
  CompletionResult,
  Dialect,
  Provider,
  ProviderCall,
  RelayOutcome,
  RelaySink,
  StreamPart,
  StreamSink,
  UpstreamResponse,
} from '../../contract.ts';
import { countOf, objectOf, parseJson } from '../../shared/json.ts';
import {
  deliver,
  fromErrorResponse,
  fromTransportError,
  isTransport,
  malformed,
  runStream,
  StreamLane,
  toOutboundRequest,
  toParts,
  toUpstreamResponse,
  type LaneReader,
  type Outgoing,
  type StreamedDocument,
} from '../openai-compatible/index.ts';
import { relayAsChat } from './responses.as-chat.ts';
import { ResponsesRelayReader, type RelayPiece } from './responses.relay.ts';
import { toCountBody, toResponsesBody } from './responses.request.ts';
import { toResult } from './responses.response.ts';
import { isServedByResponsesOnly, RESPONSES_DIALECT, type ResponsesSettings } from './responses.settings.ts';
import { ResponsesStreamReader } from './responses.stream.ts';
import { INPUT_TOKENS_PATH, RESPONSES_PATH } from './responses.wire.ts';

export { toResponsesAnswer } from './responses.door-answer.ts';
export { toItemId, toListedItems, toResponseBase, type ResponseFacts } from './responses.door-base.ts';
export { ResponseEventEncoder, type ResponseEventOptions } from './responses.door-events.ts';
export { toEventText, toReplayedEvents } from './responses.door-replay.ts';
export { fromResponsesBody } from './responses.door-request.ts';
export { isForeignReasoning, toPortableItems } from './responses.door-portable.ts';
export { choicesOfRecordedEvents, choicesOfRecordedResponse } from './responses.recorded.ts';
export type { ResponsesSettings } from './responses.settings.ts';

/** The last event of a stream repeats all of the answer, images included. */
const MAX_EVENT_BYTES = 32 * 1024 * 1024;

/** `chat` with the Responses API of the same provider beside it. Owns no connection: closing it closes `chat`. */
export function withResponsesApi(chat: Provider, settings: ResponsesSettings): Provider {
  const provider: Provider = new ResponsesProvider(chat, settings);
  const others = Object.fromEntries(
    OTHER_OPERATIONS.flatMap((name) => {
      const operation = chat[name] as ((...parameters: unknown[]) => unknown) | undefined;
      return operation === undefined ? [] : [[name, operation.bind(chat)]];
    }),
  );
  return Object.assign(provider, others);
}

type OptionalOperation = { [Name in keyof Provider]-?: undefined extends Provider[Name] ? Name : never }[keyof Provider];

/** What a provider may do beside chat is `chat`'s to do. A new operation of the contract must be decided about here. */
const OTHERS: Readonly<Record<Exclude<OptionalOperation, 'relay' | 'countTokens'>, true>> = {
  embed: true,
  rerank: true,
  listModels: true,
  moderate: true,
  makeImages: true,
  synthesizeSpeech: true,
  transcribe: true,
};
const OTHER_OPERATIONS = Object.keys(OTHERS) as (keyof typeof OTHERS)[];

class ResponsesProvider implements Provider {
  readonly id: string;
  readonly displayName: string;
  readonly capabilities: Provider['capabilities'];
  readonly dialects: readonly Dialect[];
  readonly countTokens?: NonNullable<Provider['countTokens']>;
  readonly #chat: Provider;
  readonly #settings: ResponsesSettings;
  readonly #translates: (model: string) => boolean;

  constructor(chat: Provider, settings: ResponsesSettings) {
    this.#chat = chat;
    this.#settings = { ...settings, baseUrl: settings.responses.baseUrl ?? settings.baseUrl };
    this.#translates = settings.responses.translates ?? isServedByResponsesOnly;
    this.id = chat.id;
    this.displayName = chat.displayName;
    this.capabilities = chat.capabilities;
    this.dialects = [...chat.dialects, RESPONSES_DIALECT];
    if (settings.responses.countsTokens === true) this.countTokens = (call) => this.#countTokens(call);
  }

  async complete(call: ProviderCall): Promise<CompletionResult> {
    if (!this.#goesOverResponses(call)) return this.#chat.complete(call);
    const { body, warnings } = this.#toBody(call, false);
    const { upstream, response } = await this.#send(this.#toOutgoing(call, { body, accept: 'application/json' }));
    return toResult(this.displayName, upstream, response.body, warnings);
  }

  async stream(call: ProviderCall, sink: StreamSink): Promise<void> {
    if (!this.#goesOverResponses(call)) return this.#chat.stream(call, sink);
    const { body, warnings } = this.#toBody(call, true);
    const give = (part: StreamPart): void | Promise<void> => sink.part(part);
    const { displayName } = this;
    const makeReader = (upstream: UpstreamResponse): ResponsesStreamReader =>
      new ResponsesStreamReader({ displayName, upstream, warnings });
    const lane = new StreamLane<StreamPart, ResponsesStreamReader>(displayName, makeReader, give, MAX_EVENT_BYTES);
    const document = await this.#runStream(this.#toOutgoing(call, { body, accept: 'text/event-stream' }), lane);
    if (document === null) await lane.finish((reader) => reader.finish());
    else await deliver(toParts(this.#resultOf(document, warnings)), give);
  }

  async relay(call: ProviderCall, sink: RelaySink): Promise<RelayOutcome> {
    if (!this.#goesOverResponses(call)) return this.#relayChat(call, sink);
    if (call.wire?.dialect !== RESPONSES_DIALECT) return relayAsChat((parts) => this.stream(call, parts), call, sink);
    let hasStarted = false;
    const give = (piece: RelayPiece): void | Promise<void> => {
      // Started with the first event only: an error in its place can still be retried elsewhere.
      if (!hasStarted && lane.upstream !== null) sink.start(lane.upstream);
      hasStarted = true;
      return sink.events(piece.bytes, piece.facts);
    };
    const makeReader = (upstream: UpstreamResponse): ResponsesRelayReader => new ResponsesRelayReader(this.displayName, upstream);
    const lane = new StreamLane<RelayPiece, ResponsesRelayReader>(this.displayName, makeReader, give, MAX_EVENT_BYTES);
    const { body } = this.#toBody(call, true);
    const document = await this.#runStream(this.#toOutgoing(call, { body, accept: 'text/event-stream' }), lane);
    if (document !== null) {
      this.#resultOf(document, []);
      throw malformed(this.displayName, document.upstream, 'a stream was asked for and one document came');
    }
    await lane.finish();
    return lane.reader.outcome();
  }

  probe(signal: AbortSignal): Promise<void> {
    return this.#chat.probe(signal);
  }

  close(): Promise<void> {
    return this.#chat.close();
  }

  async #countTokens(call: ProviderCall): Promise<number> {
    const { body } = this.#toBody(call, false);
    const path = (this.#settings.responses.path ?? RESPONSES_PATH).replace(/(?=\?|$)/, INPUT_TOKENS_PATH.slice(RESPONSES_PATH.length));
    const outgoing = this.#toOutgoing(call, { body: toCountBody(body), accept: 'application/json' });
    const { upstream, response } = await this.#send({ ...outgoing, path });
    const text = response.body.toString('utf8');
    const count = countOf(objectOf(parseJson(text))?.['input_tokens']);
    if (count === null) throw malformed(this.displayName, upstream, 'the body has no count of tokens', text);
    return count;
  }

  #goesOverResponses(call: ProviderCall): boolean {
    return call.wire?.dialect === RESPONSES_DIALECT || this.#translates(call.model);
  }

  #relayChat(call: ProviderCall, sink: RelaySink): Promise<RelayOutcome> {
    if (this.#chat.relay === undefined) throw new Error(`${this.id} does not relay`);
    return this.#chat.relay(call, sink);
  }

  #toBody(call: ProviderCall, isStream: boolean): ReturnType<typeof toResponsesBody> {
    return toResponsesBody(this.displayName, call, isStream, isServedByResponsesOnly(call.model));
  }

  #toOutgoing({ context }: ProviderCall, rest: Pick<Outgoing, 'body' | 'accept'>): Outgoing {
    const path = this.#settings.responses.path ?? RESPONSES_PATH;
    return { method: 'POST', path, signal: context.signal, remainingMs: context.remainingMs, context, ...rest };
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
  #resultOf({ upstream, headers, body }: StreamedDocument, warnings: readonly string[]): CompletionResult {
    if (upstream.httpStatus < 200 || upstream.httpStatus >= 300)
      throw fromErrorResponse(this.displayName, upstream, body, headers, this.#settings.clock.nowMs());
    return toResult(this.displayName, upstream, body, warnings);
  }
}
