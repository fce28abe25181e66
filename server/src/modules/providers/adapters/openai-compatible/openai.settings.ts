import type { Clock } from '../../../../kernel/clock/index.ts';
import type { Secret } from '../../../../kernel/crypto/index.ts';
import type { HttpClient } from '../../../../kernel/http-client/index.ts';
import type { Dialect, ProviderCapabilities } from '../../contract.ts';
import type { RateLimitRules } from '../../shared/rate-limits.ts';

/** A provider that speaks the OpenAI wire, as data. */
export interface OpenAiCompatibleSettings {
  readonly id: string;
  readonly displayName: string;
  /** Ends before `/chat/completions`, without a slash at the end. */
  readonly baseUrl: string;
  /** Null: no credential is sent. */
  readonly apiKey: Secret | null;
  /** How the key is sent; default `authorization: Bearer <key>`. An empty scheme sends the bare key. */
  readonly authorization?: { readonly header: string; readonly scheme: string };
  /** Sent with every request, lower-case names. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Header that carries our attempt id upstream; default `x-request-id`. */
  readonly requestIdHeader?: string;
  /** Headers that carry the provider's own id of a request, best first; others are looked at after them. */
  readonly answerIdHeaders?: readonly string[];
  readonly paths?: OpenAiPaths;
  /**
   * How the probe asks: by the list of models (default), or by a request without messages where there is no list or everybody may read
   * it; to be refused as invalid is a sign of life there, and to be refused for the key is not.
   */
  readonly probe?: 'models' | 'refusal';
  /** Default: OpenAI's headers, with times as they can be understood. */
  readonly rateLimits?: RateLimitRules;
  readonly capabilities: ProviderCapabilities;
  /** Operations beside chat and embeddings that it serves at OpenAI's paths; default none. */
  readonly tasks?: readonly ('moderation' | 'image' | 'speech' | 'transcription')[];
  readonly wire: OpenAiWireRules;
  /** Where documents are ranked, such as `/rerank` (the form of Jina, llama.cpp, vLLM, OpenRouter); left out: nowhere. */
  readonly rerankPath?: string;
  /** `operator` when the base URL was written by the operator; anything else is `public`. */
  readonly egress: 'public' | 'operator';
  /** Default 10 s. */
  readonly connectTimeoutMs?: number;
  /** Longest silence within a stream; default 5 min, as long as models may think without a word. */
  readonly idleTimeoutMs?: number;
  readonly httpClient: HttpClient;
  readonly clock: Clock;
}

/** Where a provider's paths depart from OpenAI's. `{model}` stands for the model's name, escaped. */
export interface OpenAiPaths {
  readonly chat?: string;
  readonly embeddings?: string;
  readonly models?: string;
  /** What the probe reads; default: the list of models. */
  readonly probe?: string;
  /** Added to every URL, without the question mark. */
  readonly query?: string;
}

/** Where a provider departs from OpenAI's own wire. */
export interface OpenAiWireRules {
  /** OpenAI's own reasoning models refuse `max_tokens`; most others know only that. */
  readonly maxOutputTokensName: 'max_completion_tokens' | 'max_tokens';
  /** Parameters spelled otherwise: OpenAI's name → theirs. Applied to every body. */
  readonly renamedParameters?: Readonly<Record<string, string>>;
  /** Whether messages may carry Anthropic's `cache_control`; left out: they are sent without, with a warning. */
  readonly takesCacheMarks?: boolean;
  /** Whether tool calls may carry `extra_content`, where Gemini's signatures stand; OpenAI and most others refuse it. */
  readonly takesCallSignatures?: boolean;
  /** Parameters that the provider refuses or ignores: left out of every body, with a warning when they ask for something. */
  readonly unsupportedParameters?: readonly string[];
  /** The same for fields of messages; results of tools may have them. */
  readonly unsupportedMessageFields?: readonly string[];
  /** The word for a tool choice that demands some call; default `required`. */
  readonly requiredToolChoice?: 'required' | 'any';
  /** Beginnings of names of models that refuse to be asked for reasoning; left out: every model may be asked. */
  readonly modelsWithoutReasoning?: readonly string[];
  /** How neutral requests ask for reasoning; default `effort`. */
  readonly reasoningRequest?: ReasoningRequest;
  /** Field of an assistant message that takes earlier reasoning back; null where the provider takes none. */
  readonly reasoningField: 'reasoning_content' | 'reasoning' | null;
  /**
   * For a provider that takes signed reasoning back in `reasoning_details`: the word for its form, by the beginning of the model's name.
   * Left out: it takes none.
   */
  readonly reasoningDetailFormats?: Readonly<Record<string, string>>;
  /** How to make it tell usage in streams: by `stream_options.include_usage`, or it always does (and may refuse the option). */
  readonly streamUsage: 'stream-options' | 'always';
  /**
   * Whether `completion_tokens` count reasoning: `within` (OpenAI), `beside` (xAI), or `by-total` where we cannot know
   * the server: it is beside when prompt + completion + reasoning is the total that the answer itself names, and what the total holds
   * beyond prompt and completion is reasoning that is not told otherwise (Gemini's thoughts).
   */
  readonly reasoningTokens: 'within' | 'beside' | 'by-total';
  /**
   * Encoding of embeddings. `base64` is asked for and costs a fifth of the parsing; `float` is what comes unasked; `signed-bytes` comes
   * unasked too, as base64 of one signed byte a dimension (Perplexity).
   */
  readonly embeddingEncoding: 'base64' | 'float' | 'signed-bytes';
}

/**
 * `effort`: `reasoning_effort`. `effort-or-off`: the same, and `thinking: {type: "disabled"}` for none. `thinking`: `thinking: {type}`.
 * `enable-thinking`: `enable_thinking` and `thinking_budget`. `effort-or-budget`: `reasoning_effort`, and `reasoning: {max_tokens}` for a
 * budget. `none`: it cannot be asked for.
 */
export type ReasoningRequest = 'effort' | 'effort-or-off' | 'thinking' | 'enable-thinking' | 'effort-or-budget' | 'none';

export const OPENAI_DIALECT: Dialect = 'openai';
