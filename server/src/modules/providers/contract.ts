/**
 * The provider contract: what a completion is, independent of any vendor, and what an adapter owes us.
 * Adapters import this file, `shared/` and themselves.
 */
import type { Confidential } from '../../kernel/crypto/index.ts';

// ---------------------------------------------------------------- request

export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };
export type JsonObject = { readonly [key: string]: JsonValue };

/** One completion, as a caller asked for it. What we do not understand is kept in `extra` and passed on where the wire allows. */
export interface CompletionRequest {
  readonly messages: readonly Message[];
  readonly tools?: readonly ToolDefinition[];
  readonly toolChoice?: ToolChoice;
  readonly parallelToolCalls?: boolean;
  readonly responseFormat?: ResponseFormat;
  readonly maxOutputTokens?: number;
  readonly temperature?: number;
  readonly topP?: number;
  readonly topK?: number;
  readonly frequencyPenalty?: number;
  readonly presencePenalty?: number;
  readonly stop?: readonly string[];
  readonly seed?: number;
  /** How many alternative answers; OpenAI's `n`. */
  readonly choiceCount?: number;
  readonly logprobs?: { readonly topCount: number };
  readonly reasoning?: { readonly effort?: 'none' | 'minimal' | 'low' | 'medium' | 'high' | 'xhigh'; readonly budgetTokens?: number };
  /** The caller's own id of the end user, for the provider's abuse detection. */
  readonly endUserId?: string;
  /** Parameters of the door's dialect that have no neutral name, verbatim. */
  readonly extra?: JsonObject;
}

export type Message =
  | { readonly role: 'system' | 'developer'; readonly content: readonly ContentPart[]; readonly name?: string; readonly extra?: JsonObject }
  | { readonly role: 'user'; readonly content: readonly ContentPart[]; readonly name?: string; readonly extra?: JsonObject }
  | {
      readonly role: 'assistant';
      readonly content: readonly ContentPart[];
      readonly toolCalls?: readonly ToolCall[];
      readonly refusal?: string;
      readonly reasoning?: readonly ReasoningPart[];
      readonly name?: string;
      readonly extra?: JsonObject;
    }
  | {
      readonly role: 'tool';
      readonly toolCallId: string;
      readonly content: readonly ContentPart[];
      readonly isError?: boolean;
      readonly extra?: JsonObject;
    };

export type ContentPart =
  /** `extra` keeps vendor marks such as Anthropic's `cache_control`. */
  | { readonly type: 'text'; readonly text: string; readonly extra?: JsonObject }
  | { readonly type: 'image'; readonly source: MediaSource; readonly detail?: 'auto' | 'low' | 'high'; readonly extra?: JsonObject }
  | { readonly type: 'document'; readonly source: MediaSource; readonly name?: string; readonly extra?: JsonObject }
  | { readonly type: 'audio'; readonly data: string; readonly format: string; readonly extra?: JsonObject };

export type MediaSource =
  | { readonly kind: 'url'; readonly url: string }
  /** `data` is base64. */
  | { readonly kind: 'data'; readonly mediaType: string; readonly data: string }
  | { readonly kind: 'file'; readonly fileId: string }
  | { readonly kind: 'text'; readonly text: string };

/** A model's reasoning. `signature` and `redactedData` are opaque and must reach the same vendor again unchanged in tool loops. */
export interface ReasoningPart {
  readonly text: string;
  readonly signature?: string;
  readonly redactedData?: string;
}

export interface ToolDefinition {
  readonly name: string;
  readonly description?: string;
  /** JSON Schema of the arguments. */
  readonly parameters?: JsonObject;
  readonly strict?: boolean;
  readonly extra?: JsonObject;
}

export type ToolChoice = { readonly mode: 'auto' | 'none' | 'required' } | { readonly mode: 'tool'; readonly name: string };

export interface ToolCall {
  readonly id: string;
  readonly name: string;
  /** JSON text, exactly as the model wrote it; may be invalid JSON. An empty string means no arguments. */
  readonly argumentsText: string;
  readonly extra?: JsonObject;
}

export type ResponseFormat =
  | { readonly type: 'text' }
  | { readonly type: 'json-object' }
  | {
      readonly type: 'json-schema';
      readonly name: string;
      readonly schema: JsonObject;
      readonly strict?: boolean;
      readonly description?: string;
    };

// ---------------------------------------------------------------- answer

/** Why a choice ended. `rawFinishReason` beside it keeps the vendor's word. */
export type FinishReason = 'stop' | 'length' | 'tool-calls' | 'content-filter' | 'refusal' | 'error' | 'other';

export interface Choice {
  readonly index: number;
  readonly text: string;
  readonly reasoning: readonly ReasoningPart[];
  readonly refusal: string | null;
  readonly toolCalls: readonly ToolCall[];
  readonly logprobs: JsonValue;
  readonly finishReason: FinishReason;
  readonly rawFinishReason: string | null;
  /** Fields of the vendor's message that have no neutral name (annotations, citations, audio, …). */
  readonly extra: JsonObject;
  /** Fields of the vendor's choice beside its message that have no neutral name (content filter results, native finish reason, …). */
  readonly choiceExtra?: JsonObject;
}

/**
 * Token counts in disjoint buckets: they sum to `totalTokens`, by one rule per provider (its `*.usage.ts` says which).
 * Every bucket is a non-negative integer.
 */
export interface Usage {
  /** Input that was neither read from nor written to a prompt cache, text only. */
  readonly inputTokens: number;
  readonly cachedReadTokens: number;
  readonly cacheWriteTokens: number;
  /** How many of `cacheWriteTokens` are kept for an hour, which has a price of its own: no bucket beside the others. Left out: none. */
  readonly cacheWriteHourTokens?: number;
  /** Output that is neither reasoning nor audio. */
  readonly outputTokens: number;
  readonly reasoningTokens: number;
  readonly audioInputTokens: number;
  readonly audioOutputTokens: number;
  readonly imageInputTokens: number;
  readonly totalTokens: number;
  /** What is charged by the piece beside tokens, as far as the provider counts it. */
  readonly units?: UsageUnits;
  /** The vendor's usage object as it came. */
  readonly raw: JsonValue;
}

/** Countable things that are no tokens; whole numbers, left out where there are none. */
export interface UsageUnits {
  /** Images that were made. */
  readonly images?: number;
  /** Search units, as rerankers and web searches are charged. */
  readonly searches?: number;
  /** Seconds of sound, begun ones whole. */
  readonly audioSeconds?: number;
  /** Characters that were spoken. */
  readonly characters?: number;
}

/** What the provider's HTTP answer told beside the body. */
export interface UpstreamResponse {
  readonly httpStatus: number;
  readonly requestId: string | null;
  /** Rate-limit and processing headers worth passing on, lower-case names. Never cookies or keys. */
  readonly headers: Readonly<Record<string, string>>;
  /** What is left of the provider's rate limits; left out when the answer tells nothing of them. */
  readonly headroom?: RateLimitHeadroom;
}

/** What a provider still takes before it limits our rate, as its answer tells. */
export interface RateLimitHeadroom {
  readonly requests?: RateLimitWindow;
  readonly tokens?: RateLimitWindow;
}

export interface RateLimitWindow {
  /** Null when the answer does not tell it. */
  readonly limit: number | null;
  readonly remaining: number;
  /** Milliseconds from the answer until the whole limit is there again; null when the answer does not tell. */
  readonly resetMs: number | null;
}

export interface CompletionResult {
  readonly id: string | null;
  /** The model the provider says it used. */
  readonly model: string | null;
  readonly createdAtSeconds: number | null;
  readonly choices: readonly Choice[];
  /** Null when the provider told none; the caller of the adapter then estimates. */
  readonly usage: Usage | null;
  readonly serviceTier: string | null;
  readonly systemFingerprint: string | null;
  /** Fields of the vendor's answer beside its choices that have no neutral name (citations, prompt filter results, …). */
  readonly extra?: JsonObject;
  readonly upstream: UpstreamResponse;
  /** What the provider could not do of what was asked, one sentence each. */
  readonly warnings: readonly string[];
  /** The answer's body as it came, when the provider speaks this dialect: a door of the same dialect passes it on untouched. */
  readonly wire: { readonly dialect: Dialect; readonly body: Buffer } | null;
}

/** A wire that doors and providers may share: OpenAI's chat completions, its Responses API, Anthropic's Messages, Gemini's generateContent. */
export type Dialect = 'openai' | 'openai-responses' | 'anthropic' | 'gemini';

/** One step of a streamed answer, in order. */
export type StreamPart =
  /** First part of every stream. */
  | {
      readonly type: 'response-start';
      readonly id: string | null;
      readonly model: string | null;
      readonly createdAtSeconds: number | null;
      readonly systemFingerprint: string | null;
      readonly serviceTier: string | null;
      readonly upstream: UpstreamResponse;
      readonly warnings: readonly string[];
    }
  | { readonly type: 'text-delta'; readonly choice: number; readonly text: string }
  | { readonly type: 'reasoning-delta'; readonly choice: number; readonly text: string }
  /** Closes the current reasoning part: its signature, or the opaque data of a redacted one. */
  | { readonly type: 'reasoning-end'; readonly choice: number; readonly signature?: string; readonly redactedData?: string }
  | { readonly type: 'refusal-delta'; readonly choice: number; readonly text: string }
  | {
      readonly type: 'tool-call-start';
      readonly choice: number;
      readonly index: number;
      readonly id: string;
      readonly name: string;
      readonly extra?: JsonObject;
    }
  | { readonly type: 'tool-call-delta'; readonly choice: number; readonly index: number; readonly argumentsText: string }
  | { readonly type: 'logprobs'; readonly choice: number; readonly logprobs: JsonValue }
  /** Vendor fields that have no neutral name: of the delta (default), of the choice beside it, or of the whole answer (then `choice` is 0). */
  | { readonly type: 'extra'; readonly choice: number; readonly extra: JsonObject; readonly scope?: 'message' | 'choice' | 'response' }
  | {
      readonly type: 'choice-finish';
      readonly choice: number;
      readonly finishReason: FinishReason;
      readonly rawFinishReason: string | null;
    }
  /** May come more than once; the last one counts. */
  | { readonly type: 'usage'; readonly usage: Usage };

/**
 * Receives a stream. A returned promise means "wait until I can take more": the adapter pauses the socket.
 * A sink that throws ends the exchange with that error.
 */
export interface StreamSink {
  part(part: StreamPart): void | Promise<void>;
}

/** Receives a stream of the same dialect as whole events (ending in a blank line), byte for byte, in the order they came. */
export interface RelaySink {
  start(upstream: UpstreamResponse): void;
  /** `facts` says what the adapter saw in these bytes while looking for what we must know. */
  events(bytes: Buffer, facts: RelayFacts): void | Promise<void>;
}

export interface RelayFacts {
  /** The bytes hold the first output (text, reasoning, tool call or refusal) of the stream or more of it: nothing may be retried from here. */
  readonly hasOutput: boolean;
  /** The bytes hold the event that carries usage and no choices; a caller that did not ask for it must not see it. */
  readonly isUsageEvent: boolean;
  /** The bytes are the end marker (`data: [DONE]`). */
  readonly isEnd: boolean;
}

export interface RelayOutcome {
  readonly usage: Usage | null;
  readonly finishReasons: readonly {
    readonly choice: number;
    readonly finishReason: FinishReason;
    readonly rawFinishReason: string | null;
  }[];
  readonly model: string | null;
  readonly id: string | null;
  /** What the provider could not do of what was asked, one sentence each; left out when there is nothing to say. */
  readonly warnings?: readonly string[];
  /** The service tier that the provider says it used, where it says so. */
  readonly serviceTier?: string | null;
}

// ---------------------------------------------------------------- embeddings

export interface EmbeddingsRequest {
  readonly inputs: readonly (string | readonly number[])[];
  readonly dimensions?: number;
  readonly endUserId?: string;
  readonly extra?: JsonObject;
}

export interface EmbeddingsResult {
  readonly model: string | null;
  /** One vector an input, in order. */
  readonly vectors: readonly (readonly number[])[];
  readonly usage: Usage | null;
  readonly upstream: UpstreamResponse;
  readonly warnings: readonly string[];
}

// ---------------------------------------------------------------- rerank

/** Documents in the order of their relevance to a query. */
export interface RerankRequest {
  readonly query: string;
  /** Texts, or objects such as `{ "text": …, "title": … }`; what a provider can take of an object is told in a warning. */
  readonly documents: readonly (string | JsonObject)[];
  /** How many of the best are given; left out: all. */
  readonly topN?: number;
  /** Whether results repeat their document. */
  readonly returnDocuments?: boolean;
  readonly extra?: JsonObject;
}

export interface RerankResult {
  readonly id: string | null;
  readonly model: string | null;
  /** Best first; `score` is the provider's own and comparable within one answer only. */
  readonly results: readonly RerankedDocument[];
  /** Token counts where the provider tells any. */
  readonly usage: Usage | null;
  /** Units that are billed instead of tokens, where the provider bills so. */
  readonly searchUnits: number | null;
  /** The vendor's usage object as it came. */
  readonly rawUsage: JsonValue;
  readonly upstream: UpstreamResponse;
  readonly warnings: readonly string[];
}

export interface RerankedDocument {
  /** Position in the request's `documents`. */
  readonly index: number;
  readonly score: number;
  /** As it was given; null when it was not asked for. */
  readonly document: string | JsonObject | null;
}

// ---------------------------------------------------------------- discovery

/** A list of models is read up to here; what comes after is left out. */
export const MAX_DISCOVERED_MODELS = 5000;

/** A model as its provider lists it. What the provider does not tell is null. */
export interface DiscoveredModel {
  /** The provider's own name of it, as calls must write it. */
  readonly model: string;
  readonly displayName: string | null;
  readonly createdAtSeconds: number | null;
  readonly contextTokens: number | null;
  readonly maxOutputTokens: number | null;
}

// ---------------------------------------------------------------- moderation

/** What is judged: texts, or parts such as `{ "type": "image_url", … }` in the form of the OpenAI wire. */
export interface ModerationRequest {
  readonly inputs: readonly (string | JsonObject)[];
  readonly extra?: JsonObject;
}

export interface ModerationResult {
  readonly id: string | null;
  readonly model: string | null;
  /** One verdict an input, in order; one for all where the inputs are parts of one message. */
  readonly verdicts: readonly ModerationVerdict[];
  readonly usage: Usage | null;
  readonly upstream: UpstreamResponse;
  readonly warnings: readonly string[];
}

export interface ModerationVerdict {
  readonly isFlagged: boolean;
  /** The vendor's names of categories → whether it applies. */
  readonly categories: Readonly<Record<string, boolean>>;
  /** The vendor's names of categories → how sure it is, 0 to 1. */
  readonly scores: Readonly<Record<string, number>>;
  readonly extra: JsonObject;
}

// ---------------------------------------------------------------- images

/** Images made from a prompt, or from images and a prompt (`edit`), or from one image alone (`variation`). */
export interface ImageRequest {
  readonly mode: 'generate' | 'edit' | 'variation';
  /** Empty for a variation. */
  readonly prompt: string;
  /** Sources of an edit or a variation; empty otherwise. */
  readonly sources: readonly MediaFile[];
  /** Where it is transparent, an edit may change the image. */
  readonly mask?: MediaFile;
  readonly count?: number;
  /** Such as `1024x1024`. */
  readonly size?: string;
  readonly quality?: string;
  readonly responseFormat?: 'url' | 'base64';
  readonly endUserId?: string;
  readonly extra?: JsonObject;
}

/** A file that a caller sent along. */
export interface MediaFile {
  readonly name: string;
  readonly mediaType: string;
  readonly data: Buffer;
}

export interface ImageResult {
  readonly model: string | null;
  readonly createdAtSeconds: number | null;
  readonly images: readonly MadeImage[];
  readonly usage: Usage | null;
  /** Fields of the vendor's answer that have no neutral name. */
  readonly extra: JsonObject;
  readonly upstream: UpstreamResponse;
  readonly warnings: readonly string[];
}

/** Exactly one of `url` and `base64` is there. */
export interface MadeImage {
  readonly url: string | null;
  readonly base64: string | null;
  readonly revisedPrompt: string | null;
}

// ---------------------------------------------------------------- audio

export interface SpeechRequest {
  readonly text: string;
  readonly voice: string;
  /** Such as `mp3`, `opus`, `wav`, `pcm`; the provider's default when left out. */
  readonly format?: string;
  readonly speed?: number;
  readonly extra?: JsonObject;
}

export interface SpeechResult {
  readonly model: string | null;
  readonly audio: Buffer;
  readonly mediaType: string;
  readonly usage: Usage | null;
  readonly upstream: UpstreamResponse;
  readonly warnings: readonly string[];
}

export interface TranscriptionRequest {
  readonly audio: MediaFile;
  /** Into English instead of the language spoken. */
  readonly isTranslation: boolean;
  /** ISO 639-1. */
  readonly language?: string;
  readonly prompt?: string;
  /** The provider's own word: `json`, `text`, `srt`, `verbose_json`, `vtt`, …; its default when left out. */
  readonly responseFormat?: string;
  readonly temperature?: number;
  /** Further fields of the form, as text; a list repeats its field. */
  readonly extra?: JsonObject;
}

export interface TranscriptionResult {
  readonly model: string | null;
  readonly text: string;
  readonly language: string | null;
  readonly durationSeconds: number | null;
  /** The body as it came, in the format that was asked for. */
  readonly body: { readonly mediaType: string; readonly text: string };
  readonly usage: Usage | null;
  readonly upstream: UpstreamResponse;
  readonly warnings: readonly string[];
}

// ---------------------------------------------------------------- tasks

/** Operations beside chat: what goes in. */
export interface TaskRequests {
  readonly embeddings: EmbeddingsRequest;
  readonly rerank: RerankRequest;
  readonly moderation: ModerationRequest;
  readonly image: ImageRequest;
  readonly speech: SpeechRequest;
  readonly transcription: TranscriptionRequest;
}

/** Operations beside chat: what comes out. */
export interface TaskResults {
  readonly embeddings: EmbeddingsResult;
  readonly rerank: RerankResult;
  readonly moderation: ModerationResult;
  readonly image: ImageResult;
  readonly speech: SpeechResult;
  readonly transcription: TranscriptionResult;
}

export type TaskKind = keyof TaskRequests;

export type Task = { [Kind in TaskKind]: { readonly kind: Kind; readonly request: TaskRequests[Kind] } }[TaskKind];

// ---------------------------------------------------------------- provider

/**
 * A call as the pipeline hands it to an adapter. `request()` is computed at most once and only when asked for:
 * same-dialect calls never build it.
 */
export interface ProviderCall {
  /** The provider's own name of the model, e.g. `gpt-4.1-mini`. */
  readonly model: string;
  request(): CompletionRequest;
  /** The body as the door received it, already parsed, when door and provider may share a dialect. Never mutated. */
  readonly wire: { readonly dialect: Dialect; readonly body: JsonObject } | null;
  readonly context: CallContext;
}

export interface CallContext {
  /** Our id of the attempt, sent upstream as `x-request-id` where the provider allows. */
  readonly attemptId: string;
  readonly signal: AbortSignal;
  /** Milliseconds left for the whole call. */
  readonly remainingMs: number;
  /** `traceparent`, `tracestate` of the caller, passed on. */
  readonly traceHeaders: Readonly<Record<string, string>>;
}

export interface Provider {
  /** Stable id, the part of a model id before the slash: `openai`, `anthropic`, `compatible`, `local`. */
  readonly id: string;
  readonly displayName: string;
  readonly capabilities: ProviderCapabilities;
  /** The dialects this provider speaks on its own wire: a call that came in one of them goes out as it came. Empty: it always translates. */
  readonly dialects: readonly Dialect[];
  complete(call: ProviderCall): Promise<CompletionResult>;
  /** Resolves after the last part; rejects with `ProviderError`. Always ends every choice with `choice-finish`. */
  stream(call: ProviderCall, sink: StreamSink): Promise<void>;
  /** Byte pass-through; present when `dialects` is not empty; asked only for calls whose wire is one of them. */
  relay?(call: ProviderCall, sink: RelaySink): Promise<RelayOutcome>;
  embed?(model: string, request: EmbeddingsRequest, context: CallContext): Promise<EmbeddingsResult>;
  /** How many input tokens the call would have, as the provider counts them; produces no output. Present where the vendor has such an endpoint. */
  countTokens?(call: ProviderCall): Promise<number>;
  /** Present where the provider ranks documents; rejects with `ProviderError`. */
  rerank?(model: string, request: RerankRequest, context: CallContext): Promise<RerankResult>;
  /** The models the account may use, as the provider lists them, at most `MAX_DISCOVERED_MODELS`. Present where it has such a list. */
  listModels?(signal: AbortSignal): Promise<readonly DiscoveredModel[]>;
  moderate?(model: string, request: ModerationRequest, context: CallContext): Promise<ModerationResult>;
  makeImages?(model: string, request: ImageRequest, context: CallContext): Promise<ImageResult>;
  synthesizeSpeech?(model: string, request: SpeechRequest, context: CallContext): Promise<SpeechResult>;
  transcribe?(model: string, request: TranscriptionRequest, context: CallContext): Promise<TranscriptionResult>;
  /** Cheapest call that tells whether the provider answers; rejects with `ProviderError`. */
  probe(signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

/** Data, read by routing, by validation and by the conformance suite. */
export interface ProviderCapabilities {
  readonly streaming: boolean;
  readonly tools: boolean;
  readonly parallelTools: boolean;
  readonly streamedToolArguments: boolean;
  readonly structuredOutput: 'json-schema' | 'json-object' | 'none';
  readonly vision: boolean;
  readonly documents: boolean;
  readonly audio: boolean;
  readonly reasoning: boolean;
  readonly logprobs: boolean;
  readonly multipleChoices: boolean;
  readonly seed: boolean;
  readonly embeddings: boolean;
  readonly promptCache: 'automatic' | 'marked' | 'none';
}

// ---------------------------------------------------------------- errors

/** The closed set that routing understands; decided on the body as well as the status. */
export type ProviderErrorClass =
  | 'auth'
  | 'rate-limit'
  | 'quota'
  | 'overloaded'
  | 'invalid'
  | 'too-long'
  | 'blocked'
  | 'not-found'
  | 'timeout'
  | 'transport'
  | 'malformed'
  | 'cancelled';

/** A failed exchange with a provider. Its message is ours; the upstream's text stays in `upstreamBody`. */
export class ProviderError extends Error {
  readonly errorClass: ProviderErrorClass;
  readonly httpStatus: number | null;
  readonly retryAfterMs: number | null;
  readonly upstream: UpstreamResponse | null;
  /** For audit; never shown to a caller or a log. */
  readonly upstreamBody: Confidential<string> | null;
  /** What the caller did wrong in a sentence that is safe to show (class `invalid`, `too-long`, `blocked`), scrubbed of keys; null otherwise. */
  readonly callerMessage: string | null;
  /** Parameter the provider objects to, where it says so. */
  readonly param: string | null;

  constructor(
    errorClass: ProviderErrorClass,
    message: string,
    details: {
      httpStatus?: number | null;
      retryAfterMs?: number | null;
      upstream?: UpstreamResponse | null;
      upstreamBody?: Confidential<string> | null;
      callerMessage?: string | null;
      param?: string | null;
      cause?: unknown;
    } = {},
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'ProviderError';
    this.errorClass = errorClass;
    this.httpStatus = details.httpStatus ?? null;
    this.retryAfterMs = details.retryAfterMs ?? null;
    this.upstream = details.upstream ?? null;
    this.upstreamBody = details.upstreamBody ?? null;
    this.callerMessage = details.callerMessage ?? null;
    this.param = details.param ?? null;
  }

  /** For whoever knows what must not be shown: the error stays the same but for these words. */
  rewriteCallerMessage(rewrite: (message: string) => string): void {
    if (this.callerMessage !== null) Object.assign(this, { callerMessage: rewrite(this.callerMessage) });
  }
}
