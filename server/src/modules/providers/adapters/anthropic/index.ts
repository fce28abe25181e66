/**
 * Anthropic's Messages API as a provider. It translates our completions to that wire and back, keeps what has no neutral name in
 * `extra`, and passes calls of the same dialect on as they are. It never retries and adds nothing but `max_tokens`, which the wire demands.
 */
import { systemClock } from '../../../../kernel/clock/index.ts';
import type { BufferedResponse, OutboundRequest } from '../../../../kernel/http-client/index.ts';
import type {
  CompletionResult,
  DiscoveredModel,
  Provider,
  ProviderCall,
  RelayOutcome,
  RelaySink,
  StreamSink,
  UpstreamResponse,
} from '../../contract.ts';
import { countOf } from '../../shared/json.ts';
import { ANTHROPIC_CAPABILITIES } from './anthropic.capabilities.ts';
import { toCountBody } from './anthropic.count-tokens.ts';
import { readAllModels } from './anthropic.discovery.ts';
import { toEventError, toMalformedError, toStatusError, toTransportError, type ErrorContext } from './anthropic.errors.ts';
import {
  countRequestOf,
  messagesRequestOf,
  modelsRequestOf,
  probeRequestOf,
  toUpstreamResponse,
  type AnthropicSettings,
} from './anthropic.exchange.ts';
import { toMessagesRequest, toVerbatimRequest, type MessagesRequest } from './anthropic.messages.ts';
import { parseMessage, toCompletionResult } from './anthropic.response.ts';
import { PartsTaker, RelayTaker, type OptionsOf } from './anthropic.takers.ts';
import { deliver, isEventTooLarge, runStream, type EventTaker, type StreamedDocument } from './anthropic.streaming.ts';
import { relayDocument } from './anthropic.document.ts';
import { toStreamParts } from './anthropic.parts.ts';

export type { AnthropicSettings } from './anthropic.exchange.ts';
export { ANTHROPIC_CAPABILITIES } from './anthropic.capabilities.ts';
export { MessagesEventEncoder } from './anthropic.door-events.ts';
export { fromMessagesBody } from './anthropic.door-request.ts';
export { toMessagesResponse, type MessageIdentity } from './anthropic.door-response.ts';
export { choicesOfRecordedEvents, choicesOfRecordedMessage } from './anthropic.recorded.ts';

const PROBE_TIMEOUT_MS = 10_000;
const DISCOVERY_TIMEOUT_MS = 30_000;

/** A provider over `settings`; opens nothing until it is called. Its `close` leaves the shared http client open. */
export function createAnthropicProvider(settings: AnthropicSettings): Provider {
  return new AnthropicProvider(settings);
}

class AnthropicProvider implements Provider {
  readonly id: string;
  readonly displayName: string;
  readonly capabilities = ANTHROPIC_CAPABILITIES;
  readonly dialects = ['anthropic'] as const;
  readonly #settings: AnthropicSettings;
  readonly #errors: ErrorContext;

  constructor(settings: AnthropicSettings) {
    this.#settings = settings;
    this.id = settings.id;
    this.displayName = settings.displayName;
    const clock = settings.clock ?? systemClock;
    this.#errors = { displayName: settings.displayName, nowMs: () => clock.nowMs() };
  }

  async complete(call: ProviderCall): Promise<CompletionResult> {
    const request = this.#toRequest(call, false);
    const response = await this.#send(messagesRequestOf(this.#settings, request, call.context, false));
    const upstream = toUpstreamResponse(response.status, response.headers);
    return this.#toResult(response.body, upstream, request.warnings);
  }

  async stream(call: ProviderCall, sink: StreamSink): Promise<void> {
    const request = this.#toRequest(call, true);
    const taker = new PartsTaker(sink, this.#streamOptions(request.warnings));
    const document = await this.#runStream(messagesRequestOf(this.#settings, request, call.context, true), taker);
    if (document === null) return;
    const result = this.#toResult(document.body, document.upstream, request.warnings);
    await deliver(toStreamParts(result), (part) => sink.part(part));
  }

  async relay(call: ProviderCall, sink: RelaySink): Promise<RelayOutcome> {
    const { model } = call;
    const request = this.#toRequest(call, true);
    const taker = new RelayTaker(sink, this.#streamOptions(request.warnings));
    const document = await this.#runStream(messagesRequestOf(this.#settings, request, call.context, true), taker);
    const { outcome } = taker;
    if (outcome !== null) return outcome;
    if (document === null) throw toMalformedError(this.#errors, null, 'a stream was asked for and nothing came');
    return relayDocument(this.#toResult(document.body, document.upstream, request.warnings), model, sink);
  }

  async countTokens(call: ProviderCall): Promise<number> {
    const request = toCountBody(this.#toRequest(call, false));
    const response = await this.#send(countRequestOf(this.#settings, request, call.context));
    const text = response.body.toString('utf8');
    const count = countOf(parseMessage(text)?.['input_tokens']);
    if (count !== null) return count;
    const upstream = toUpstreamResponse(response.status, response.headers);
    throw toMalformedError(this.#errors, upstream, 'the body has no count of tokens', text);
  }

  listModels(signal: AbortSignal): Promise<readonly DiscoveredModel[]> {
    return readAllModels({
      readPage: async (afterId) => {
        const response = await this.#send(modelsRequestOf(this.#settings, signal, DISCOVERY_TIMEOUT_MS, afterId));
        return response.body.toString('utf8');
      },
      malformed: (text) => toMalformedError(this.#errors, null, 'the body is not a list of models', text),
    });
  }

  async probe(signal: AbortSignal): Promise<void> {
    await this.#send(probeRequestOf(this.#settings, signal, PROBE_TIMEOUT_MS));
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  #toRequest(call: ProviderCall, isStream: boolean): MessagesRequest {
    const { model } = call;
    if (call.wire?.dialect === 'anthropic') return toVerbatimRequest(call.wire.body, { model, isStream });
    const modelMaxOutputTokens = this.#settings.maxOutputTokensOf?.(model) ?? null;
    return toMessagesRequest(call.request(), { model, isStream, modelMaxOutputTokens });
  }

  /** Sends and buffers; rejects with `ProviderError` for every status but 200. */
  async #send(request: OutboundRequest): Promise<BufferedResponse> {
    let response: BufferedResponse;
    try {
      response = await this.#settings.httpClient.send(request);
    } catch (error) {
      throw toTransportError(this.#errors, error);
    }
    if (response.status === 200) return response;
    const upstream = toUpstreamResponse(response.status, response.headers);
    throw toStatusError(this.#errors, upstream, response.headers, response.body.toString('utf8'));
  }

  async #runStream(request: OutboundRequest, taker: EventTaker): Promise<StreamedDocument | null> {
    let document: StreamedDocument | null;
    try {
      document = await runStream(this.#settings.httpClient, request, taker);
    } catch (error) {
      if (isEventTooLarge(error)) throw toMalformedError(this.#errors, null, 'an event of the stream is too large');
      throw toTransportError(this.#errors, error);
    }
    if (document === null || document.upstream.httpStatus === 200) return document;
    throw toStatusError(this.#errors, document.upstream, document.headers, document.body.toString('utf8'));
  }

  #streamOptions(warnings: readonly string[]): OptionsOf {
    return (upstream) => ({
      upstream,
      warnings,
      toEventError: (event) => toEventError(this.#errors, upstream, event),
      toMalformedError: (detail) => toMalformedError(this.#errors, upstream, detail),
    });
  }

  #toResult(body: Buffer, upstream: UpstreamResponse, warnings: readonly string[]): CompletionResult {
    const text = body.toString('utf8');
    const message = parseMessage(text);
    if (message?.['type'] === 'error') throw toEventError(this.#errors, upstream, message);
    const result = message === null ? null : toCompletionResult(message, upstream, warnings, body);
    if (result === null) throw toMalformedError(this.#errors, upstream, 'the body is not a message', text);
    return result;
  }
}
