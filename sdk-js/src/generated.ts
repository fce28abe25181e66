/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
// Generated from sdk-js/operations by `npm run codegen`. Do not edit.
import { OperationDocument } from './document.ts';
import { Operations } from './operations.ts';
import type { RequestOptions, Succeeded, SubscribeOptions } from './operations.ts';
/** What the model answered before. */
export type AssistantMessageInput = {
  /** The answer; may be omitted or null when it consisted of tool calls. */
  content?: MessageContentInput | null | undefined;
  /** Reasoning it returned; must be given back unchanged in tool loops of models that sign it. At most 512 parts. */
  reasoning?: Array<ReasoningPartInput> | null | undefined;
  /** Refusal it returned. */
  refusal?: string | null | undefined;
  /** Tool calls it asked for, in order; at most 512. */
  toolCalls?: Array<ToolCallInput> | null | undefined;
};

/** Class of a provider's failure. */
export const AttemptErrorClass = {
  /** The provider refused our credential. */
  AUTH: 'AUTH',
  /** Content policy. */
  BLOCKED: 'BLOCKED',
  /** Cancelled by us or the caller. */
  CANCELLED: 'CANCELLED',
  /** The provider does not accept the request. */
  INVALID: 'INVALID',
  /** The answer made no sense. */
  MALFORMED: 'MALFORMED',
  /** The provider does not know the model. */
  NOT_FOUND: 'NOT_FOUND',
  /** The provider has too much to do. */
  OVERLOADED: 'OVERLOADED',
  /** The account's quota or balance is used up. */
  QUOTA: 'QUOTA',
  /** Too many requests for now. */
  RATE_LIMIT: 'RATE_LIMIT',
  /** No answer in time. */
  TIMEOUT: 'TIMEOUT',
  /** The prompt is longer than the context. */
  TOO_LONG: 'TOO_LONG',
  /** The connection failed or broke. */
  TRANSPORT: 'TRANSPORT'
} as const;

export type AttemptErrorClass = typeof AttemptErrorClass[keyof typeof AttemptErrorClass];
/** Sound in a message. */
export type AudioPartInput = {
  /** Base64 of the sound. */
  data: string;
  /** Format, such as `wav` or `mp3`. */
  format: string;
};

/** How an amount was found. */
export const Basis = {
  /** Told by the provider. */
  ACTUAL: 'ACTUAL',
  /** Counted by us, because the provider could not tell. */
  ESTIMATED: 'ESTIMATED',
  /** Nothing was consumed. */
  VOID: 'VOID'
} as const;

export type Basis = typeof Basis[keyof typeof Basis];
/** What to complete, and within which bounds. What the model's provider cannot do is answered with a warning. */
export type CompletionCreateInput = {
  /** Milliseconds for the whole call; the server's limit when omitted, null or larger. */
  deadlineMs?: number | null | undefined;
  /** Makes repeating safe for 24 hours: the same key with the same input returns the first result; with another input it is a conflict. 1 to 255 characters. */
  idempotencyKey?: string | null | undefined;
  /** Whether several tools may be called in one answer; the provider's default when omitted or null. */
  isParallelToolCallsAllowed?: boolean | null | undefined;
  /** Most that this call may cost, in USD. It is refused before anything is spent when its upper bound is larger, or its price is unknown. */
  maxCostUsd?: string | null | undefined;
  /** Conversation so far, oldest first; 1 to 10,000 messages. */
  messages: Array<MessageInput>;
  /** Caller's labels, kept with the record and returned; a JSON object of at most 16 KiB. */
  metadata?: unknown;
  /** Name of the model, such as `openai/gpt-4.1-mini` or `local/echo`. */
  model: string;
  /** Sampling and length; the provider's defaults for what is omitted or null. */
  options?: CompletionOptionsInput | null | undefined;
  /** Form of the answer; text when omitted or null. */
  responseFormat?: ResponseFormatInput | null | undefined;
  /** Whether and which tool the model must call; the provider's default when omitted or null. */
  toolChoice?: ToolChoiceInput | null | undefined;
  /** Functions that the model may ask for; at most 512. */
  tools?: Array<ToolInput> | null | undefined;
};

/** Door that a completion came through. */
export const CompletionDoor = {
  /** The Anthropic wire. */
  ANTHROPIC: 'ANTHROPIC',
  /** The Gemini wire. */
  GEMINI: 'GEMINI',
  /** GraphQL, over whichever transport. */
  GRAPHQL: 'GRAPHQL',
  /** The Ollama wire. */
  OLLAMA: 'OLLAMA',
  /** The OpenAI wire. */
  OPENAI: 'OPENAI'
} as const;

export type CompletionDoor = typeof CompletionDoor[keyof typeof CompletionDoor];
/** Conditions on completions; all given ones must hold. */
export type CompletionFilter = {
  /** Door it came through. */
  door?: CompletionDoor | null | undefined;
  /** Name of the model that was asked for. */
  model?: string | null | undefined;
  /** How it ended. */
  outcome?: CompletionOutcome | null | undefined;
  /** Name of the provider that served it. */
  provider?: string | null | undefined;
  /** Started at this instant or later. */
  startedFrom?: string | null | undefined;
  /** Started before this instant. */
  startedTo?: string | null | undefined;
  /** Where it stands. */
  status?: CompletionStatus | null | undefined;
};

/** What was asked for. */
export const CompletionOperation = {
  /** An answer to messages. */
  CHAT: 'CHAT',
  /** Vectors of texts. */
  EMBEDDINGS: 'EMBEDDINGS',
  /** Images made or changed. */
  IMAGE: 'IMAGE',
  /** Verdicts on content. */
  MODERATION: 'MODERATION',
  /** Documents in the order of their relevance. */
  RERANK: 'RERANK',
  /** Text spoken. */
  SPEECH: 'SPEECH',
  /** Speech written down. */
  TRANSCRIPTION: 'TRANSCRIPTION'
} as const;

export type CompletionOperation = typeof CompletionOperation[keyof typeof CompletionOperation];
/** Sampling and length. Everything omitted or null is left to the provider; we add no default. */
export type CompletionOptionsInput = {
  /** Number of alternative answers, 1 to 128. */
  choiceCount?: number | null | undefined;
  /** Caller's own id of the end user, for the provider's abuse detection. */
  endUserId?: string | null | undefined;
  /** Penalty on frequent tokens, -2 to 2. */
  frequencyPenalty?: number | null | undefined;
  /** Most tokens the answer may have, reasoning included; 1 or more. */
  maxOutputTokens?: number | null | undefined;
  /** Penalty on tokens that occurred, -2 to 2. */
  presencePenalty?: number | null | undefined;
  /** Parameters of the provider's wire that have no name here, passed on as they are; a JSON object. */
  providerOptions?: unknown;
  /** Tokens the model may think with, for providers that take a number. */
  reasoningBudgetTokens?: number | null | undefined;
  /** How hard to think; the model's default when omitted or null. */
  reasoningEffort?: ReasoningEffort | null | undefined;
  /** Seed for repeatable sampling, where the provider offers it. */
  seed?: number | null | undefined;
  /** Texts that end the answer; at most 16. */
  stop?: Array<string> | null | undefined;
  /** Randomness, 0 to 2. */
  temperature?: number | null | undefined;
  /** Sampling among the k likeliest tokens. */
  topK?: number | null | undefined;
  /** Number of likeliest tokens to report with log probabilities, 0 to 20; none are reported when omitted or null. */
  topLogprobs?: number | null | undefined;
  /** Nucleus sampling, 0 to 1. */
  topP?: number | null | undefined;
};

/** How a completion or an attempt ended. */
export const CompletionOutcome = {
  /** The caller left or cancelled. */
  CANCELLED: 'CANCELLED',
  /** With an error. */
  FAILED: 'FAILED',
  /** Its process died. */
  ORPHANED: 'ORPHANED',
  /** With an answer. */
  SUCCEEDED: 'SUCCEEDED'
} as const;

export type CompletionOutcome = typeof CompletionOutcome[keyof typeof CompletionOutcome];
/** Where a completion stands. */
export const CompletionStatus = {
  /** Its process died; closed afterwards from the last checkpoint. */
  ABANDONED: 'ABANDONED',
  /** Being worked on. */
  IN_FLIGHT: 'IN_FLIGHT',
  /** Ended while its process lived. */
  SETTLED: 'SETTLED'
} as const;

export type CompletionStatus = typeof CompletionStatus[keyof typeof CompletionStatus];
/** What to complete as a stream, and within which bounds. */
export type CompletionStreamInput = {
  /** Milliseconds for the whole call; the server's limit when omitted, null or larger. */
  deadlineMs?: number | null | undefined;
  /** Whether several tools may be called in one answer; the provider's default when omitted or null. */
  isParallelToolCallsAllowed?: boolean | null | undefined;
  /** Most that this call may cost, in USD. It is refused before anything is spent when its upper bound is larger, or its price is unknown. */
  maxCostUsd?: string | null | undefined;
  /** Conversation so far, oldest first; 1 to 10,000 messages. */
  messages: Array<MessageInput>;
  /** Caller's labels, kept with the record and returned; a JSON object of at most 16 KiB. */
  metadata?: unknown;
  /** Name of the model, such as `openai/gpt-4.1-mini` or `local/echo`. */
  model: string;
  /** What becomes of the provider call when the subscriber leaves. */
  onDisconnect?: DisconnectPolicy;
  /** Sampling and length; the provider's defaults for what is omitted or null. */
  options?: CompletionOptionsInput | null | undefined;
  /** Form of the answer; text when omitted or null. */
  responseFormat?: ResponseFormatInput | null | undefined;
  /** Whether and which tool the model must call; the provider's default when omitted or null. */
  toolChoice?: ToolChoiceInput | null | undefined;
  /** Functions that the model may ask for; at most 512. */
  tools?: Array<ToolInput> | null | undefined;
};

/** Which calls to price again. */
export type CompletionsRerateInput = {
  /** Start of the range of start times, inclusive; the first record when omitted or null. */
  from?: string | null | undefined;
  /** Whether only to tell what would change. */
  isDryRun?: boolean;
  /** Only attempts at this model, `<provider>/<model>`; at every model when omitted or null. */
  model?: string | null | undefined;
  /** End of the range of start times, exclusive; now when omitted or null. */
  to?: string | null | undefined;
};

/** A piece of content; exactly one member. */
export type ContentPartInput =
  {   /** Sound. */
  audio: AudioPartInput; document?: never; image?: never; text?: never; }
  |  { audio?: never;   /** A document. */
  document: DocumentPartInput; image?: never; text?: never; }
  |  { audio?: never; document?: never;   /** An image. */
  image: ImagePartInput; text?: never; }
  |  { audio?: never; document?: never; image?: never;   /** Text. */
  text: TextPartInput; };

/** What becomes of a running stream whose subscriber has left. */
export const DisconnectPolicy = {
  /** Stop the provider call; what was produced is settled, counted by tokenizer and flagged `ESTIMATED`. */
  CANCEL: 'CANCEL',
  /** Let the provider finish; the record then holds the whole answer and the true usage. */
  FINISH: 'FINISH'
} as const;

export type DisconnectPolicy = typeof DisconnectPolicy[keyof typeof DisconnectPolicy];
/** A document in a message. */
export type DocumentPartInput = {
  /** File name. */
  name?: string | null | undefined;
  /** Where the document is. */
  source: MediaSourceInput;
};

/** Texts to turn into vectors. */
export type EmbeddingsCreateInput = {
  /** Milliseconds for the whole call; the server's limit when omitted, null or larger. */
  deadlineMs?: number | null | undefined;
  /** Numbers in each vector; the model's own when omitted or null. */
  dimensions?: number | null | undefined;
  /** Most that this call may cost, in USD. It is refused before anything is spent when its upper bound is larger, or its price is unknown. */
  maxCostUsd?: string | null | undefined;
  /** Caller's labels, kept with the record and returned; a JSON object of at most 16 KiB. */
  metadata?: unknown;
  /** Name of the model, such as `openai/text-embedding-3-small`. */
  model: string;
  /** Parameters of the provider that have no name here; a JSON object. */
  providerOptions?: unknown;
  /** The texts, 1 to 2,048. */
  texts: Array<string>;
};

/** Why an answer ended. */
export const FinishReason = {
  /** The provider's content filter cut it. */
  CONTENT_FILTER: 'CONTENT_FILTER',
  /** The provider reported an error in the middle. */
  ERROR: 'ERROR',
  /** The length limit was reached. */
  LENGTH: 'LENGTH',
  /** Another reason; the provider's own word is in `rawFinishReason`. */
  OTHER: 'OTHER',
  /** The model refused. */
  REFUSAL: 'REFUSAL',
  /** The model was done, or a stop text came. */
  STOP: 'STOP',
  /** The model asks for tool calls. */
  TOOL_CALLS: 'TOOL_CALLS'
} as const;

export type FinishReason = typeof FinishReason[keyof typeof FinishReason];
/** Images to make. */
export type ImageCreateInput = {
  /** How many, 1 to 20; the provider's default when omitted or null. */
  count?: number | null | undefined;
  /** Milliseconds for the whole call; the server's limit when omitted, null or larger. */
  deadlineMs?: number | null | undefined;
  /** Where it is transparent the first source may be changed; everywhere when omitted or null. */
  mask?: MediaFileInput | null | undefined;
  /** Most that this call may cost, in USD. It is refused before anything is spent when its upper bound is larger, or its price is unknown. */
  maxCostUsd?: string | null | undefined;
  /** Caller's labels, kept with the record and returned; a JSON object of at most 16 KiB. */
  metadata?: unknown;
  /** Name of the model, such as `openai/gpt-image-1`. */
  model: string;
  /** What they show. */
  prompt: string;
  /** Parameters of the provider that have no name here; a JSON object. */
  providerOptions?: unknown;
  /** The provider's word, such as `high`; its default when omitted or null. */
  quality?: string | null | undefined;
  /** Such as `1024x1024`; the provider's default when omitted or null. */
  size?: string | null | undefined;
  /** Images to start from, at most 32; the call then changes images instead of making new ones. */
  sources?: Array<MediaFileInput> | null | undefined;
};

/** How closely a model looks at an image. */
export const ImageDetail = {
  /** The provider decides. */
  AUTO: 'AUTO',
  /** Fine and dear. */
  HIGH: 'HIGH',
  /** Coarse and cheap. */
  LOW: 'LOW'
} as const;

export type ImageDetail = typeof ImageDetail[keyof typeof ImageDetail];
/** An image in a message. */
export type ImagePartInput = {
  /** How closely the model looks; the provider's default when omitted or null. */
  detail?: ImageDetail | null | undefined;
  /** Where the image is. */
  source: MediaSourceInput;
};

/** A JSON schema that the answer must keep to. */
export type JsonSchemaInput = {
  /** What the answer is for, for the model. */
  description?: string | null | undefined;
  /** Whether the provider should enforce the schema. */
  isStrict?: boolean | null | undefined;
  /** Name of the schema, 1 to 64 letters, digits, `_` or `-`. */
  name: string;
  /** The JSON Schema. */
  schema: unknown;
};

/** Bytes of a medium. */
export type MediaDataInput = {
  /** Base64 of the bytes. */
  data: string;
  /** Media type, such as `image/png`. */
  mediaType: string;
};

/** A file that is sent along. The whole request is bounded by the server's limit on bodies. */
export type MediaFileInput = {
  /** Base64 of the bytes. */
  data: string;
  /** Media type, such as `image/png`. */
  mediaType: string;
  /** File name. */
  name: string;
};

/** Where a medium is; exactly one member. */
export type MediaSourceInput =
  {   /** The bytes. */
  data: MediaDataInput; fileId?: never; url?: never; }
  |  { data?: never;   /** Id of a file at the provider. */
  fileId: string; url?: never; }
  |  { data?: never; fileId?: never;   /** Address that the provider fetches. */
  url: string; };

/** Content of a message; exactly one member. */
export type MessageContentInput =
  {   /** Text, images, documents and sound, in order; 1 to 1,000 parts. */
  parts: Array<ContentPartInput>; text?: never; }
  |  { parts?: never;   /** Plain text. */
  text: string; };

/** One message; exactly one member. */
export type MessageInput =
  {   /** What the model answered before. */
  assistant: AssistantMessageInput; developer?: never; system?: never; tool?: never; user?: never; }
  |  { assistant?: never;   /** Instructions by the developer, for models that tell them apart from `system`. */
  developer: SystemMessageInput; system?: never; tool?: never; user?: never; }
  |  { assistant?: never; developer?: never;   /** Instructions that rank above the user's. */
  system: SystemMessageInput; tool?: never; user?: never; }
  |  { assistant?: never; developer?: never; system?: never;   /** Result of a tool call. */
  tool: ToolMessageInput; user?: never; }
  |  { assistant?: never; developer?: never; system?: never; tool?: never;   /** What a person or program asks. */
  user: UserMessageInput; };

/** A form that content has. */
export const Modality = {
  /** Sound. */
  AUDIO: 'AUDIO',
  /** Images. */
  IMAGE: 'IMAGE',
  /** PDF documents. */
  PDF: 'PDF',
  /** Written text. */
  TEXT: 'TEXT',
  /** Moving images. */
  VIDEO: 'VIDEO'
} as const;

export type Modality = typeof Modality[keyof typeof Modality];
/** What a model can do. */
export const ModelAbility = {
  /** Reads or writes sound. */
  AUDIO: 'AUDIO',
  /** Reads documents. */
  DOCUMENTS: 'DOCUMENTS',
  /** Thinks before it answers. */
  REASONING: 'REASONING',
  /** Keeps to a JSON schema. */
  STRUCTURED_OUTPUT: 'STRUCTURED_OUTPUT',
  /** Calls tools. */
  TOOLS: 'TOOLS',
  /** Reads images. */
  VISION: 'VISION'
} as const;

export type ModelAbility = typeof ModelAbility[keyof typeof ModelAbility];
/** A name for models. */
export type ModelAliasCreateInput = {
  /** 1 to 100 letters, digits and `. _ : @ -`; it wins over a model of the same bare name. */
  name: string;
  /** 1 to 8 names of models, best first; not of aliases. */
  targets: Array<string>;
};

/** Which alias to delete. */
export type ModelAliasDeleteInput = {
  /** The alias. */
  aliasId: string | number;
};

/** What an alias is to stand for. */
export type ModelAliasUpdateInput = {
  /** The alias. */
  aliasId: string | number;
  /** 1 to 8 names of models, best first; not of aliases. */
  targets: Array<string>;
};

/** Rates of a whole call whose input is larger than a size. */
export type ModelContextTierInput = {
  /** Input, all buckets together, above which these rates hold; 1 or more. */
  aboveInputTokens: number;
  /** What tokens cost then. */
  rates: ModelRatesInput;
};

/** Conditions on models; all given ones must hold. */
export type ModelFilter = {
  /** Abilities that it must have, all of these. At most 16. */
  abilities?: Array<ModelAbility> | null | undefined;
  /** What it must read, all of these. At most 8. */
  inputModalities?: Array<Modality> | null | undefined;
  /** Whether the model can be called now. */
  isAvailable?: boolean | null | undefined;
  /** Whether its vendor has announced its end. */
  isDeprecated?: boolean | null | undefined;
  /** What it is for; any of these. At most 16. */
  kinds?: Array<ModelKind> | null | undefined;
  /** Most that a million input tokens may cost, in USD; models without a known price are left out. */
  maxInputUsdPerMillion?: string | null | undefined;
  /** Most that a million output tokens may cost, in USD; models without a known price are left out. */
  maxOutputUsdPerMillion?: string | null | undefined;
  /** Least context size in tokens; models of unknown size are left out. */
  minContextTokens?: number | null | undefined;
  /** What it must write, all of these. At most 8. */
  outputModalities?: Array<Modality> | null | undefined;
  /** Name of the provider, such as `openai`. */
  provider?: string | null | undefined;
  /** Words that the name, display name, provider, family, kind or an ability begins with, in any order and case; every one must be found. At most 200 characters. */
  search?: string | null | undefined;
};

/** What a model is for. */
export const ModelKind = {
  /** Answers messages. */
  CHAT: 'CHAT',
  /** Turns texts into vectors. */
  EMBEDDING: 'EMBEDDING',
  /** Makes images. */
  IMAGE: 'IMAGE',
  /** Judges whether content is harmful. */
  MODERATION: 'MODERATION',
  /** Orders documents by how well they answer a question. */
  RERANK: 'RERANK',
  /** Speaks text. */
  SPEECH: 'SPEECH',
  /** Writes down what is said. */
  TRANSCRIPTION: 'TRANSCRIPTION'
} as const;

export type ModelKind = typeof ModelKind[keyof typeof ModelKind];
/** USD for a piece, with at most nine decimals; unknown when omitted or null. */
export type ModelPieceRatesInput = {
  /** A second of sound. */
  perAudioSecondUsd?: string | null | undefined;
  /** A character that is spoken. */
  perCharacterUsd?: string | null | undefined;
  /** An image that is made. */
  perImageUsd?: string | null | undefined;
  /** A search unit. */
  perSearchUsd?: string | null | undefined;
};

/** What a model costs. */
export type ModelPriceInput = {
  /** Rates of a whole call whose input is larger than a size; at most 8, of different sizes. */
  contextTiers?: Array<ModelContextTierInput> | null | undefined;
  /** What is charged by the piece; nothing is when omitted or null. */
  pieces?: ModelPieceRatesInput | null | undefined;
  /** What tokens cost. */
  rates: ModelRatesInput;
  /** Rates at service tiers other than the usual one; at most 8, of different names. The cost of one that is not here is unknown. */
  serviceTiers?: Array<ModelServiceTierInput> | null | undefined;
};

/** A price from a date on. */
export type ModelPriceSetInput = {
  /** From when on it applies; may lie in the past, at most ten years in the future. */
  effectiveFrom: string;
  /**
   * Name of the model, `<provider>/<model>`; the catalogue need not know it. `<provider>/*` stands for every model of a provider that has no
   * price of its own, such as those of your own machine. 3 to 512 characters.
   */
  model: string;
  /** What it costs. Null: from then on what comes with the server counts again. */
  price?: ModelPriceInput | null | undefined;
  /** Where the figures come from, such as a contract or a page; 1 to 500 characters. */
  source: string;
};

/** USD for a million tokens of each bucket, with at most nine decimals. Write "0" for what is free. */
export type ModelRatesInput = {
  /** Tokens of sound that is read; unknown when omitted or null. */
  audioInputUsdPerMillion?: string | null | undefined;
  /** Tokens of sound that is written; unknown when omitted or null. */
  audioOutputUsdPerMillion?: string | null | undefined;
  /** Input tokens written to a prompt cache that keeps them for an hour; unknown when omitted or null. */
  cacheWriteHourUsdPerMillion?: string | null | undefined;
  /** Input tokens written to the prompt cache; as input when omitted or null. */
  cacheWriteUsdPerMillion?: string | null | undefined;
  /** Input tokens read from the prompt cache; as input when omitted or null. */
  cachedReadUsdPerMillion?: string | null | undefined;
  /** Tokens of images that are read; as input when omitted or null. */
  imageInputUsdPerMillion?: string | null | undefined;
  /** Input tokens. */
  inputUsdPerMillion: string;
  /** Output tokens. */
  outputUsdPerMillion: string;
  /** Reasoning tokens; as output when omitted or null. */
  reasoningUsdPerMillion?: string | null | undefined;
};

/** Rates at a service tier. */
export type ModelServiceTierInput = {
  /** Rates of a whole call whose input is larger than a size; at most 8, of different sizes. */
  contextTiers?: Array<ModelContextTierInput> | null | undefined;
  /** The provider's word for it, such as `flex` or `priority`; 1 to 64 characters. */
  name: string;
  /** What tokens cost there. */
  rates: ModelRatesInput;
};

/** Content to judge. */
export type ModerationCreateInput = {
  /** Milliseconds for the whole call; the server's limit when omitted, null or larger. */
  deadlineMs?: number | null | undefined;
  /** Most that this call may cost, in USD. It is refused before anything is spent when its upper bound is larger, or its price is unknown. */
  maxCostUsd?: string | null | undefined;
  /** Caller's labels, kept with the record and returned; a JSON object of at most 16 KiB. */
  metadata?: unknown;
  /** Name of the model, such as `openai/omni-moderation-latest`. */
  model: string;
  /** Parameters of the provider that have no name here; a JSON object. */
  providerOptions?: unknown;
  /** The texts, 1 to 2,048. */
  texts: Array<string>;
};

/** What to connect. */
export type ProviderAccountConnectInput = {
  /** Where requests go: HTTPS on the public internet, or an origin that the operator allowed. Default or null: the vendor's usual place. */
  baseUrl?: string | null | undefined;
  /** Name of its first credential, for people. Default: `first`. */
  credentialName?: string | null | undefined;
  /** Name for people. Default: the vendor's. */
  displayName?: string | null | undefined;
  /** Headers to send with every request. */
  headers?: Array<ProviderHeaderInput> | null | undefined;
  /** Models to name with the account; others can be called all the same. */
  models?: Array<string> | null | undefined;
  /** The part of a model's name before the slash. Default: the vendor's name. The name of one vendor cannot be given to an account at another. */
  name?: string | null | undefined;
  /** Secrets of its first credential. Left out for providers that need none. */
  secrets?: Array<ProviderSecretInput> | null | undefined;
  /** Settings that are no secrets. */
  settings?: Array<ProviderSettingInput> | null | undefined;
  /** Kind of provider, as `providerVendors` has it. */
  vendor: string;
};

/** Which account to delete. */
export type ProviderAccountDeleteInput = {
  /** The account. */
  accountId: string | number;
};

/** Which account to disable. */
export type ProviderAccountDisableInput = {
  /** The account. */
  accountId: string | number;
};

/** Which account to enable. */
export type ProviderAccountEnableInput = {
  /** The account. */
  accountId: string | number;
};

/** Where an account or alias is written down. Of accounts with one name the project's own counts, then the file's, then the environment's. */
export const ProviderAccountSource = {
  /** Environment variables of the server; read-only here, shared by all projects. */
  ENVIRONMENT: 'ENVIRONMENT',
  /** The file that `ANTIPHON_PROVIDERS_FILE` names; read-only here, shared by all projects. */
  FILE: 'FILE',
  /** Connected through this API, for one project. */
  MANAGED: 'MANAGED'
} as const;

export type ProviderAccountSource = typeof ProviderAccountSource[keyof typeof ProviderAccountSource];
/** What to try. */
export type ProviderAccountTestInput = {
  /** The account; also one that is read-only. */
  accountId: string | number;
  /** One credential of it. Default: each of them. */
  credentialId?: string | number | null | undefined;
};

/** What to change in an account. What is left out stays; a list takes the place of the one before. */
export type ProviderAccountUpdateInput = {
  /** The account. */
  accountId: string | number;
  /** Where requests go; null: the vendor's usual place. Needs `secrets`: a credential is never sent to a place that it was not given for. */
  baseUrl?: string | null | undefined;
  /** Name for people; null: the vendor's. */
  displayName?: string | null | undefined;
  /** Headers to send with every request; null: none. */
  headers?: Array<ProviderHeaderInput> | null | undefined;
  /** Models to name with the account; null: none. */
  models?: Array<string> | null | undefined;
  /** Secrets of one credential that takes the place of all it has, at once. Null: the credentials stay. */
  secrets?: Array<ProviderSecretInput> | null | undefined;
  /** Settings that are no secrets; null: none. Need `secrets` when they change, as `baseUrl` does. */
  settings?: Array<ProviderSettingInput> | null | undefined;
};

/** What to add to an account. */
export type ProviderCredentialAddInput = {
  /** The account. */
  accountId: string | number;
  /** Name for people. */
  name: string;
  /** Its secrets. */
  secrets: Array<ProviderSecretInput>;
};

/** Which credential to delete. */
export type ProviderCredentialDeleteInput = {
  /** The credential. */
  credentialId: string | number;
};

/** Which credential to disable. */
export type ProviderCredentialDisableInput = {
  /** The credential. */
  credentialId: string | number;
};

/** Which credential to enable. */
export type ProviderCredentialEnableInput = {
  /** The credential. */
  credentialId: string | number;
};

/** What to put in the place of a credential. */
export type ProviderCredentialRotateInput = {
  /** The credential to replace. */
  credentialId: string | number;
  /** Name of the new one, for people. Default: that of the old one. */
  name?: string | null | undefined;
  /** How long the old one stays beside it, in seconds, 0 to 2592000. Default 3600; 0 deletes it at once. */
  overlapSeconds?: number | null | undefined;
  /** Secrets of the new one. */
  secrets: Array<ProviderSecretInput>;
};

/** What becomes of a credential. */
export const ProviderCredentialStatus = {
  /** Calls use it. */
  ACTIVE: 'ACTIVE',
  /** Calls do not use it until it is enabled. */
  DISABLED: 'DISABLED',
  /** Calls fall back on it until it goes. */
  RETIRING: 'RETIRING',
  /** It cannot be used; `problem` says why. */
  UNUSABLE: 'UNUSABLE'
} as const;

export type ProviderCredentialStatus = typeof ProviderCredentialStatus[keyof typeof ProviderCredentialStatus];
/** A header to send with every request of an account, for gateways in front of the provider. */
export type ProviderHeaderInput = {
  /** Name. Headers of the connection (`host` and its like) and those that carry the credential cannot be set. */
  name: string;
  /** Value. It is sealed like a secret and never shown again. */
  value: string;
};

/** Where to look for models. */
export type ProviderModelsDiscoverInput = {
  /** The account; also one that is read-only. */
  accountId: string | number;
};

/** A secret to give to a credential. It is sealed at once and never shown again. */
export type ProviderSecretInput = {
  /** Name, as `providerVendors` has it, such as `apiKey`. */
  name: string;
  /** The secret itself. Send it as a variable, so that it does not stand in the text of an operation. */
  value: string;
};

/** A setting to give to an account. */
export type ProviderSettingInput = {
  /** Name, as `providerVendors` has it. */
  name: string;
  /** Value. */
  value: string;
};

/** How hard a model thinks. */
export const ReasoningEffort = {
  /** Much. */
  HIGH: 'HIGH',
  /** Little. */
  LOW: 'LOW',
  /** Moderately. */
  MEDIUM: 'MEDIUM',
  /** As little as it can. */
  MINIMAL: 'MINIMAL',
  /** Not at all. */
  NONE: 'NONE',
  /** As much as it can. */
  XHIGH: 'XHIGH'
} as const;

export type ReasoningEffort = typeof ReasoningEffort[keyof typeof ReasoningEffort];
/** Reasoning that a model returned. */
export type ReasoningPartInput = {
  /** Opaque data of withheld reasoning. */
  redactedData?: string | null | undefined;
  /** Opaque signature that came with it. */
  signature?: string | null | undefined;
  /** The text; empty when it was withheld. */
  text: string;
};

/** Documents to rank. */
export type RerankCreateInput = {
  /** Milliseconds for the whole call; the server's limit when omitted, null or larger. */
  deadlineMs?: number | null | undefined;
  /** Texts of the documents, 1 to 10,000. */
  documents: Array<string>;
  /** Most that this call may cost, in USD. It is refused before anything is spent when its upper bound is larger, or its price is unknown. */
  maxCostUsd?: string | null | undefined;
  /** Caller's labels, kept with the record and returned; a JSON object of at most 16 KiB. */
  metadata?: unknown;
  /** Name of the model, such as `cohere/rerank-v3.5`. */
  model: string;
  /** Parameters of the provider that have no name here; a JSON object. */
  providerOptions?: unknown;
  /** What they should be relevant to. */
  query: string;
  /** How many of the best are given; all when omitted or null. */
  topN?: number | null | undefined;
};

/** Form of an answer; exactly one member. */
export type ResponseFormatInput =
  {   /** Any JSON object, when true. */
  jsonObject: boolean; jsonSchema?: never; }
  |  { jsonObject?: never;   /** JSON that keeps to a schema. */
  jsonSchema: JsonSchemaInput; };

/** Permission that a key or session can hold. */
export const Scope = {
  /** Read counts and sums of the ledger. */
  ACCOUNTING_READ: 'ACCOUNTING_READ',
  /** Read completions, their inputs and outputs. */
  COMPLETIONS_READ: 'COMPLETIONS_READ',
  /** Make completions. */
  COMPLETIONS_WRITE: 'COMPLETIONS_WRITE',
  /** Read the catalogue of models and their prices. */
  MODELS_READ: 'MODELS_READ',
  /** Set prices of models for the whole installation, and price calls again. */
  PRICES_WRITE: 'PRICES_WRITE',
  /** Read which providers are connected, and how; never a credential. */
  PROVIDERS_READ: 'PROVIDERS_READ',
  /** Connect providers, change and delete them and their credentials, and name aliases of models. */
  PROVIDERS_WRITE: 'PROVIDERS_WRITE',
  /** Read the schema by introspection. */
  SCHEMA_READ: 'SCHEMA_READ'
} as const;

export type Scope = typeof Scope[keyof typeof Scope];
/** Text to speak. */
export type SpeechCreateInput = {
  /** Milliseconds for the whole call; the server's limit when omitted, null or larger. */
  deadlineMs?: number | null | undefined;
  /** Such as `mp3`, `opus` or `wav`; the provider's default when omitted or null. */
  format?: string | null | undefined;
  /** Most that this call may cost, in USD. It is refused before anything is spent when its upper bound is larger, or its price is unknown. */
  maxCostUsd?: string | null | undefined;
  /** Caller's labels, kept with the record and returned; a JSON object of at most 16 KiB. */
  metadata?: unknown;
  /** Name of the model, such as `openai/gpt-4o-mini-tts`. */
  model: string;
  /** Parameters of the provider that have no name here; a JSON object. */
  providerOptions?: unknown;
  /** Speed, 1 is natural; the provider's default when omitted or null. */
  speed?: number | null | undefined;
  /** The text. */
  text: string;
  /** The provider's name of the voice, such as `alloy`. */
  voice: string;
};

/** Instructions to the model. */
export type SystemMessageInput = {
  /** The instructions. */
  content: MessageContentInput;
  /** Name of the author, for models that tell authors apart. */
  name?: string | null | undefined;
};

/** Text in a message. */
export type TextPartInput = {
  /** Vendor marks on this part, such as Anthropic's `cache_control`; a JSON object. */
  providerOptions?: unknown;
  /** The text. */
  text: string;
};

/** A tool call that a model asked for. */
export type ToolCallInput = {
  /** Arguments as the model wrote them, JSON text. */
  argumentsText: string;
  /** Id that the model gave it. */
  id: string;
  /** Name of the tool. */
  name: string;
};

/** Whether and which tool must be called; exactly one member. */
export type ToolChoiceInput =
  {   /** The model decides, may not, or must call some tool. */
  mode: ToolChoiceMode; tool?: never; }
  |  { mode?: never;   /** Name of the tool it must call. */
  tool: string; };

/** Freedom of the model to call tools. */
export const ToolChoiceMode = {
  /** The model decides. */
  AUTO: 'AUTO',
  /** No tool may be called. */
  NONE: 'NONE',
  /** Some tool must be called. */
  REQUIRED: 'REQUIRED'
} as const;

export type ToolChoiceMode = typeof ToolChoiceMode[keyof typeof ToolChoiceMode];
/** A function that the model may ask for. */
export type ToolInput = {
  /** What it does, for the model. */
  description?: string | null | undefined;
  /** Whether the provider should hold the model to the schema. */
  isStrict?: boolean | null | undefined;
  /** Name, 1 to 128 characters. */
  name: string;
  /** JSON Schema of its arguments; none when omitted or null. */
  parameters?: unknown;
};

/** Result of a tool call. */
export type ToolMessageInput = {
  /** The result. */
  content: MessageContentInput;
  /** Whether the tool failed. */
  isError?: boolean | null | undefined;
  /** Id of the call that this answers. */
  toolCallId: string;
};

/** Speech to write down. */
export type TranscriptionCreateInput = {
  /** The recording. */
  audio: MediaFileInput;
  /** Milliseconds for the whole call; the server's limit when omitted, null or larger. */
  deadlineMs?: number | null | undefined;
  /** Whether the text is to be in English instead of the language spoken. */
  isTranslation?: boolean;
  /** ISO 639-1 code of the language spoken; the model finds out when omitted or null. */
  language?: string | null | undefined;
  /** Most that this call may cost, in USD. It is refused before anything is spent when its upper bound is larger, or its price is unknown. */
  maxCostUsd?: string | null | undefined;
  /** Caller's labels, kept with the record and returned; a JSON object of at most 16 KiB. */
  metadata?: unknown;
  /** Name of the model, such as `openai/gpt-4o-transcribe`. */
  model: string;
  /** Words that help the model, such as names. */
  prompt?: string | null | undefined;
  /** Parameters of the provider that have no name here; a JSON object. */
  providerOptions?: unknown;
  /** Sampling temperature, 0 to 1; the provider's default when omitted or null. */
  temperature?: number | null | undefined;
};

/** What a person or program asks. */
export type UserMessageInput = {
  /** The question. */
  content: MessageContentInput;
  /** Name of the author, for models that tell authors apart. */
  name?: string | null | undefined;
};

export type CompletionCreateMutationVariables = Exact<{
  input: CompletionCreateInput;
}>;


export type CompletionCreateMutation = { completionCreate: { completion: CompletionDetailsFragment | null, errors: Array<
      | CompletionProblem_ConflictError_Fragment
      | CompletionProblem_ContentBlockedError_Fragment
      | CompletionProblem_ContextTooLongError_Fragment
      | CompletionProblem_InvalidInputError_Fragment
      | CompletionProblem_NoRouteError_Fragment
      | CompletionProblem_NotFoundError_Fragment
      | CompletionProblem_ProviderFailedError_Fragment
      | CompletionProblem_QuotaExceededError_Fragment
      | CompletionProblem_TimeoutError_Fragment
    > } };

export type CompletionStreamSubscriptionVariables = Exact<{
  input: CompletionStreamInput;
}>;


export type CompletionStreamSubscription = { completionStream:
    | { __typename: 'CompletionChoiceFinished', sequence: number, choice: number, finishReason: FinishReason, rawFinishReason: string | null }
    | { __typename: 'CompletionExtra', sequence: number, choice: number, extra: unknown }
    | { __typename: 'CompletionFailed', sequence: number, failedCompletion: CompletionSummaryFragment | null, error:
        | CompletionProblem_ConflictError_Fragment
        | CompletionProblem_ContentBlockedError_Fragment
        | CompletionProblem_ContextTooLongError_Fragment
        | CompletionProblem_InvalidInputError_Fragment
        | CompletionProblem_NoRouteError_Fragment
        | CompletionProblem_NotFoundError_Fragment
        | CompletionProblem_ProviderFailedError_Fragment
        | CompletionProblem_QuotaExceededError_Fragment
        | CompletionProblem_TimeoutError_Fragment
       }
    | { __typename: 'CompletionFinished', sequence: number, completion: CompletionDetailsFragment }
    | { __typename: 'CompletionLogprobs', sequence: number, choice: number, logprobs: unknown }
    | { __typename: 'CompletionReasoningDelta', sequence: number, choice: number, text: string }
    | { __typename: 'CompletionReasoningEnded', sequence: number, choice: number, signature: string | null, redactedData: string | null }
    | { __typename: 'CompletionRefusalDelta', sequence: number, choice: number, text: string }
    | { __typename: 'CompletionStarted', sequence: number, completionId: string, model: string, warnings: Array<string> }
    | { __typename: 'CompletionTextDelta', sequence: number, choice: number, text: string }
    | { __typename: 'CompletionToolCallDelta', sequence: number, choice: number, index: number, argumentsText: string }
    | { __typename: 'CompletionToolCallStarted', sequence: number, choice: number, index: number, toolCallId: string, name: string }
   };

export type CompletionQueryVariables = Exact<{
  id: string | number;
}>;


export type CompletionQuery = { completion: (
    { input: { body: unknown, format: string, sizeBytes: number } | null }
    & CompletionDetailsFragment
  ) | null };

export type CompletionsQueryVariables = Exact<{
  filter?: CompletionFilter | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
}>;


export type CompletionsQuery = { completions: { nodes: Array<CompletionSummaryFragment>, pageInfo: PageFragment } };

export type EmbeddingsCreateMutationVariables = Exact<{
  input: EmbeddingsCreateInput;
}>;


export type EmbeddingsCreateMutation = { embeddingsCreate: { completion: CompletionDetailsFragment | null, embeddings: Array<{ index: number, vector: Array<number> }> | null, errors: Array<
      | CompletionProblem_ConflictError_Fragment
      | CompletionProblem_ContentBlockedError_Fragment
      | CompletionProblem_ContextTooLongError_Fragment
      | CompletionProblem_InvalidInputError_Fragment
      | CompletionProblem_NoRouteError_Fragment
      | CompletionProblem_NotFoundError_Fragment
      | CompletionProblem_ProviderFailedError_Fragment
      | CompletionProblem_QuotaExceededError_Fragment
      | CompletionProblem_TimeoutError_Fragment
    > } };

export type PageFragment = { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null };

export type UsageDetailsFragment = { inputTokens: number, cachedReadTokens: number, cacheWriteTokens: number, outputTokens: number, reasoningTokens: number, audioInputTokens: number, audioOutputTokens: number, imageInputTokens: number, totalTokens: number, basis: Basis };

export type CompletionSummaryFragment = { id: string, status: CompletionStatus, outcome: CompletionOutcome | null, door: CompletionDoor, operation: CompletionOperation, isStreaming: boolean, requestedModel: string, startedAt: string, settledAt: string | null, finishReason: FinishReason | null, warnings: Array<string>, metadata: unknown, model: { id: string, name: string } | null, usage: UsageDetailsFragment | null, cost: { amountUsd: string | null, basis: Basis, reservedUsd: string | null, adjustmentUsd: string | null } | null, timing: { timeToFirstTokenMs: number | null, durationMs: number, overheadMs: number | null } | null, failure: { code: string, message: string } | null };

export type CompletionDetailsFragment = (
  { attempts: Array<{ id: string, ordinal: number, providerName: string, modelName: string, startedAt: string, settledAt: string | null, outcome: CompletionOutcome | null, errorClass: AttemptErrorClass | null, httpStatus: number | null, upstreamRequestId: string | null, timeToFirstTokenMs: number | null, durationMs: number | null, usage: UsageDetailsFragment | null, cost: { amountUsd: string | null, priceVersion: string | null } | null }>, output: { text: string, choices: Array<{ index: number, text: string, refusal: string | null, logprobs: unknown, finishReason: FinishReason, rawFinishReason: string | null, extra: unknown, reasoning: Array<{ text: string, signature: string | null, redactedData: string | null }>, toolCalls: Array<{ id: string, name: string, argumentsText: string }> }> } | null }
  & CompletionSummaryFragment
);

type CompletionProblem_ConflictError_Fragment = { __typename: 'ConflictError', message: string, code: string, path: Array<string> | null };

type CompletionProblem_ContentBlockedError_Fragment = { __typename: 'ContentBlockedError', message: string, code: string, path: Array<string> | null };

type CompletionProblem_ContextTooLongError_Fragment = { __typename: 'ContextTooLongError', message: string, code: string, path: Array<string> | null };

type CompletionProblem_InvalidInputError_Fragment = { __typename: 'InvalidInputError', message: string, code: string, path: Array<string> | null };

type CompletionProblem_NoRouteError_Fragment = { __typename: 'NoRouteError', message: string, code: string, path: Array<string> | null, reasons: Array<string>, isRetryable: boolean };

type CompletionProblem_NotFoundError_Fragment = { __typename: 'NotFoundError', message: string, code: string, path: Array<string> | null };

type CompletionProblem_ProviderFailedError_Fragment = { __typename: 'ProviderFailedError', message: string, code: string, path: Array<string> | null, isRetryable: boolean, attempts: Array<AttemptProblemFragment> };

type CompletionProblem_QuotaExceededError_Fragment = { __typename: 'QuotaExceededError', message: string, code: string, path: Array<string> | null };

type CompletionProblem_TimeoutError_Fragment = { __typename: 'TimeoutError', message: string, code: string, path: Array<string> | null, attempts: Array<AttemptProblemFragment> };

export type CompletionProblemFragment =
  | CompletionProblem_ConflictError_Fragment
  | CompletionProblem_ContentBlockedError_Fragment
  | CompletionProblem_ContextTooLongError_Fragment
  | CompletionProblem_InvalidInputError_Fragment
  | CompletionProblem_NoRouteError_Fragment
  | CompletionProblem_NotFoundError_Fragment
  | CompletionProblem_ProviderFailedError_Fragment
  | CompletionProblem_QuotaExceededError_Fragment
  | CompletionProblem_TimeoutError_Fragment
;

export type AttemptProblemFragment = { attemptId: string, providerId: string, modelId: string, errorClass: AttemptErrorClass | null, httpStatus: number | null };

export type ImageCreateMutationVariables = Exact<{
  input: ImageCreateInput;
}>;


export type ImageCreateMutation = { imageCreate: { completion: CompletionDetailsFragment | null, images: Array<{ url: string | null, base64: string | null, revisedPrompt: string | null }> | null, errors: Array<
      | CompletionProblem_ConflictError_Fragment
      | CompletionProblem_ContentBlockedError_Fragment
      | CompletionProblem_ContextTooLongError_Fragment
      | CompletionProblem_InvalidInputError_Fragment
      | CompletionProblem_NoRouteError_Fragment
      | CompletionProblem_NotFoundError_Fragment
      | CompletionProblem_ProviderFailedError_Fragment
      | CompletionProblem_QuotaExceededError_Fragment
      | CompletionProblem_TimeoutError_Fragment
    > } };

export type ModelAliasesQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
}>;


export type ModelAliasesQuery = { modelAliases: { totalCount: number, nodes: Array<ModelAliasDetailsFragment>, pageInfo: PageFragment } };

export type ModelAliasCreateMutationVariables = Exact<{
  input: ModelAliasCreateInput;
}>;


export type ModelAliasCreateMutation = { modelAliasCreate: { alias: ModelAliasDetailsFragment | null, errors: Array<
      | ProviderAccountProblem_ConflictError_Fragment
      | ProviderAccountProblem_InvalidInputError_Fragment
      | ProviderAccountProblem_NotFoundError_Fragment
    > } };

export type ModelAliasUpdateMutationVariables = Exact<{
  input: ModelAliasUpdateInput;
}>;


export type ModelAliasUpdateMutation = { modelAliasUpdate: { alias: ModelAliasDetailsFragment | null, errors: Array<
      | ProviderAccountProblem_ConflictError_Fragment
      | ProviderAccountProblem_InvalidInputError_Fragment
      | ProviderAccountProblem_NotFoundError_Fragment
    > } };

export type ModelAliasDeleteMutationVariables = Exact<{
  input: ModelAliasDeleteInput;
}>;


export type ModelAliasDeleteMutation = { modelAliasDelete: { alias: ModelAliasDetailsFragment | null, errors: Array<
      | ProviderAccountProblem_ConflictError_Fragment
      | ProviderAccountProblem_InvalidInputError_Fragment
      | ProviderAccountProblem_NotFoundError_Fragment
    > } };

export type ModelAliasDetailsFragment = { id: string, name: string, targets: Array<string>, source: ProviderAccountSource, createdAt: string | null, updatedAt: string | null };

export type ModelsQueryVariables = Exact<{
  filter?: ModelFilter | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
}>;


export type ModelsQuery = { models: { totalCount: number, nodes: Array<ModelDetailsFragment>, pageInfo: PageFragment } };

export type ProvidersQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
}>;


export type ProvidersQuery = { providers: { totalCount: number, nodes: Array<ProviderDetailsFragment>, pageInfo: PageFragment } };

export type ModelDetailsFragment = { id: string, name: string, displayName: string, family: string | null, knowledgeUntil: string | null, releasedAt: string | null, contextTokens: number | null, maxInputTokens: number | null, maxOutputTokens: number | null, kind: ModelKind, inputModalities: Array<Modality>, outputModalities: Array<Modality>, hasOpenWeights: boolean | null, isDeprecated: boolean, isAvailable: boolean, unavailableReason: string | null, provider: { id: string, name: string }, capabilities: { hasVision: boolean, hasDocuments: boolean, hasAudio: boolean, hasTools: boolean, hasStructuredOutput: boolean, hasReasoning: boolean }, price: { version: string, effectiveFrom: string, source: string, inputUsdPerMillion: string, outputUsdPerMillion: string, cachedReadUsdPerMillion: string | null, cacheWriteUsdPerMillion: string | null, reasoningUsdPerMillion: string | null, cacheWriteHourUsdPerMillion: string | null, audioInputUsdPerMillion: string | null, audioOutputUsdPerMillion: string | null, imageInputUsdPerMillion: string | null, perImageUsd: string | null, perSearchUsd: string | null, perAudioSecondUsd: string | null, perCharacterUsd: string | null, contextTiers: Array<{ aboveInputTokens: number, inputUsdPerMillion: string, outputUsdPerMillion: string, cachedReadUsdPerMillion: string | null, cacheWriteUsdPerMillion: string | null }>, serviceTiers: Array<{ name: string, inputUsdPerMillion: string, outputUsdPerMillion: string, cachedReadUsdPerMillion: string | null, cacheWriteUsdPerMillion: string | null }> } | null };

export type ProviderDetailsFragment = { id: string, name: string, displayName: string, isConnected: boolean, connectHint: string | null, capabilities: { hasStreaming: boolean, hasTools: boolean, hasVision: boolean, hasDocuments: boolean, hasStructuredOutput: boolean, hasReasoning: boolean, hasLogprobs: boolean, hasMultipleChoices: boolean, hasEmbeddings: boolean } };

export type ModerationCreateMutationVariables = Exact<{
  input: ModerationCreateInput;
}>;


export type ModerationCreateMutation = { moderationCreate: { completion: CompletionDetailsFragment | null, verdicts: Array<{ isFlagged: boolean, categories: Array<{ name: string, isFlagged: boolean | null, score: number | null }> }> | null, errors: Array<
      | CompletionProblem_ConflictError_Fragment
      | CompletionProblem_ContentBlockedError_Fragment
      | CompletionProblem_ContextTooLongError_Fragment
      | CompletionProblem_InvalidInputError_Fragment
      | CompletionProblem_NoRouteError_Fragment
      | CompletionProblem_NotFoundError_Fragment
      | CompletionProblem_ProviderFailedError_Fragment
      | CompletionProblem_QuotaExceededError_Fragment
      | CompletionProblem_TimeoutError_Fragment
    > } };

export type ModelPricesQueryVariables = Exact<{
  model?: string | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
}>;


export type ModelPricesQuery = { modelPrices: { totalCount: number, nodes: Array<ModelPriceVersionDetailsFragment>, pageInfo: PageFragment } };

export type ModelPriceSetMutationVariables = Exact<{
  input: ModelPriceSetInput;
}>;


export type ModelPriceSetMutation = { modelPriceSet: { price: ModelPriceVersionDetailsFragment | null, errors: Array<
      | ModelPriceProblem_ConflictError_Fragment
      | ModelPriceProblem_InvalidInputError_Fragment
      | ModelPriceProblem_NotFoundError_Fragment
    > } };

export type CompletionsRerateMutationVariables = Exact<{
  input: CompletionsRerateInput;
}>;


export type CompletionsRerateMutation = { completionsRerate: { rerating: ReratingDetailsFragment | null, errors: Array<
      | ReratingProblem_ConflictError_Fragment
      | ReratingProblem_InvalidInputError_Fragment
      | ReratingProblem_NotFoundError_Fragment
    > } };

export type ReratingQueryVariables = Exact<{
  id: string | number;
}>;


export type ReratingQuery = { rerating: ReratingDetailsFragment | null };

export type ModelPriceVersionDetailsFragment = { id: string, modelName: string, version: string, effectiveFrom: string, source: string, setAt: string, price: { version: string, inputUsdPerMillion: string, outputUsdPerMillion: string, cachedReadUsdPerMillion: string | null, cacheWriteUsdPerMillion: string | null, cacheWriteHourUsdPerMillion: string | null, reasoningUsdPerMillion: string | null, audioInputUsdPerMillion: string | null, audioOutputUsdPerMillion: string | null, imageInputUsdPerMillion: string | null, perImageUsd: string | null, perSearchUsd: string | null, perAudioSecondUsd: string | null, perCharacterUsd: string | null } | null };

export type ReratingDetailsFragment = { id: string, isDryRun: boolean, isFinished: boolean, examinedAttempts: string, changedAttempts: string, unpricedAttempts: string, differenceUsd: string, createdAt: string, finishedAt: string | null, differences: Array<{ modelName: string, previousPriceVersion: string | null, priceVersion: string, attempts: string, differenceUsd: string }> };

type ModelPriceProblem_ConflictError_Fragment = { __typename: 'ConflictError', message: string, code: string, path: Array<string> | null };

type ModelPriceProblem_InvalidInputError_Fragment = { __typename: 'InvalidInputError', message: string, code: string, path: Array<string> | null };

type ModelPriceProblem_NotFoundError_Fragment = { __typename: 'NotFoundError', message: string, code: string, path: Array<string> | null };

export type ModelPriceProblemFragment =
  | ModelPriceProblem_ConflictError_Fragment
  | ModelPriceProblem_InvalidInputError_Fragment
  | ModelPriceProblem_NotFoundError_Fragment
;

type ReratingProblem_ConflictError_Fragment = { __typename: 'ConflictError', message: string, code: string, path: Array<string> | null };

type ReratingProblem_InvalidInputError_Fragment = { __typename: 'InvalidInputError', message: string, code: string, path: Array<string> | null };

type ReratingProblem_NotFoundError_Fragment = { __typename: 'NotFoundError', message: string, code: string, path: Array<string> | null };

export type ReratingProblemFragment =
  | ReratingProblem_ConflictError_Fragment
  | ReratingProblem_InvalidInputError_Fragment
  | ReratingProblem_NotFoundError_Fragment
;

export type ProviderVendorsQueryVariables = Exact<{ [key: string]: never; }>;


export type ProviderVendorsQuery = { providerVendors: Array<{ name: string, displayName: string, defaultBaseUrl: string | null, baseUrlEndsBefore: string | null, settings: Array<{ name: string, description: string, isSecret: boolean, isRequired: boolean }> }> };

export type ProviderAccountsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
}>;


export type ProviderAccountsQuery = { providerAccounts: { totalCount: number, nodes: Array<ProviderAccountDetailsFragment>, pageInfo: PageFragment } };

export type ProviderDiscoveredModelsQueryVariables = Exact<{
  accountId: string | number;
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
}>;


export type ProviderDiscoveredModelsQuery = { providerDiscoveredModels: { totalCount: number, nodes: Array<{ name: string, displayName: string | null, createdAt: string | null, contextTokens: number | null, maxOutputTokens: number | null }>, pageInfo: PageFragment } | null };

export type ProviderAccountConnectMutationVariables = Exact<{
  input: ProviderAccountConnectInput;
}>;


export type ProviderAccountConnectMutation = { providerAccountConnect: { account: ProviderAccountDetailsFragment | null, errors: Array<
      | ProviderAccountProblem_ConflictError_Fragment
      | ProviderAccountProblem_InvalidInputError_Fragment
      | ProviderAccountProblem_NotFoundError_Fragment
    > } };

export type ProviderAccountUpdateMutationVariables = Exact<{
  input: ProviderAccountUpdateInput;
}>;


export type ProviderAccountUpdateMutation = { providerAccountUpdate: { account: ProviderAccountDetailsFragment | null, errors: Array<
      | ProviderAccountProblem_ConflictError_Fragment
      | ProviderAccountProblem_InvalidInputError_Fragment
      | ProviderAccountProblem_NotFoundError_Fragment
    > } };

export type ProviderAccountTestMutationVariables = Exact<{
  input: ProviderAccountTestInput;
}>;


export type ProviderAccountTestMutation = { providerAccountTest: { tests: Array<{ isWorking: boolean, errorClass: AttemptErrorClass | null, httpStatus: number | null, message: string | null, durationMs: number, credential: { id: string, name: string } }> | null, errors: Array<
      | ProviderAccountProblem_ConflictError_Fragment
      | ProviderAccountProblem_InvalidInputError_Fragment
      | ProviderAccountProblem_NotFoundError_Fragment
    > } };

export type ProviderAccountEnableMutationVariables = Exact<{
  input: ProviderAccountEnableInput;
}>;


export type ProviderAccountEnableMutation = { providerAccountEnable: { account: ProviderAccountDetailsFragment | null, errors: Array<
      | ProviderAccountProblem_ConflictError_Fragment
      | ProviderAccountProblem_InvalidInputError_Fragment
      | ProviderAccountProblem_NotFoundError_Fragment
    > } };

export type ProviderAccountDisableMutationVariables = Exact<{
  input: ProviderAccountDisableInput;
}>;


export type ProviderAccountDisableMutation = { providerAccountDisable: { account: ProviderAccountDetailsFragment | null, errors: Array<
      | ProviderAccountProblem_ConflictError_Fragment
      | ProviderAccountProblem_InvalidInputError_Fragment
      | ProviderAccountProblem_NotFoundError_Fragment
    > } };

export type ProviderAccountDeleteMutationVariables = Exact<{
  input: ProviderAccountDeleteInput;
}>;


export type ProviderAccountDeleteMutation = { providerAccountDelete: { account: { id: string, name: string } | null, errors: Array<
      | ProviderAccountProblem_ConflictError_Fragment
      | ProviderAccountProblem_InvalidInputError_Fragment
      | ProviderAccountProblem_NotFoundError_Fragment
    > } };

export type ProviderModelsDiscoverMutationVariables = Exact<{
  input: ProviderModelsDiscoverInput;
}>;


export type ProviderModelsDiscoverMutation = { providerModelsDiscover: { account: ProviderAccountDetailsFragment | null, errors: Array<
      | { __typename: 'ConflictError', message: string, code: string, path: Array<string> | null }
      | { __typename: 'InvalidInputError', message: string, code: string, path: Array<string> | null }
      | { __typename: 'NotFoundError', message: string, code: string, path: Array<string> | null }
      | { __typename: 'ProviderFailedError', message: string, code: string, path: Array<string> | null }
    > } };

export type ProviderCredentialAddMutationVariables = Exact<{
  input: ProviderCredentialAddInput;
}>;


export type ProviderCredentialAddMutation = { providerCredentialAdd: { credential: ProviderCredentialDetailsFragment | null, errors: Array<
      | ProviderAccountProblem_ConflictError_Fragment
      | ProviderAccountProblem_InvalidInputError_Fragment
      | ProviderAccountProblem_NotFoundError_Fragment
    > } };

export type ProviderCredentialRotateMutationVariables = Exact<{
  input: ProviderCredentialRotateInput;
}>;


export type ProviderCredentialRotateMutation = { providerCredentialRotate: { credential: ProviderCredentialDetailsFragment | null, account: ProviderAccountDetailsFragment | null, errors: Array<
      | ProviderAccountProblem_ConflictError_Fragment
      | ProviderAccountProblem_InvalidInputError_Fragment
      | ProviderAccountProblem_NotFoundError_Fragment
    > } };

export type ProviderCredentialEnableMutationVariables = Exact<{
  input: ProviderCredentialEnableInput;
}>;


export type ProviderCredentialEnableMutation = { providerCredentialEnable: { credential: ProviderCredentialDetailsFragment | null, errors: Array<
      | ProviderAccountProblem_ConflictError_Fragment
      | ProviderAccountProblem_InvalidInputError_Fragment
      | ProviderAccountProblem_NotFoundError_Fragment
    > } };

export type ProviderCredentialDisableMutationVariables = Exact<{
  input: ProviderCredentialDisableInput;
}>;


export type ProviderCredentialDisableMutation = { providerCredentialDisable: { credential: ProviderCredentialDetailsFragment | null, errors: Array<
      | ProviderAccountProblem_ConflictError_Fragment
      | ProviderAccountProblem_InvalidInputError_Fragment
      | ProviderAccountProblem_NotFoundError_Fragment
    > } };

export type ProviderCredentialDeleteMutationVariables = Exact<{
  input: ProviderCredentialDeleteInput;
}>;


export type ProviderCredentialDeleteMutation = { providerCredentialDelete: { account: ProviderAccountDetailsFragment | null, errors: Array<
      | ProviderAccountProblem_ConflictError_Fragment
      | ProviderAccountProblem_InvalidInputError_Fragment
      | ProviderAccountProblem_NotFoundError_Fragment
    > } };

export type ProviderAccountDetailsFragment = { id: string, name: string, displayName: string, source: ProviderAccountSource, isReadOnly: boolean, isEnabled: boolean, isOverridden: boolean, baseUrl: string | null, headerNames: Array<string>, models: Array<string>, problem: string | null, createdAt: string | null, updatedAt: string | null, vendor: { name: string, displayName: string } | null, settings: Array<{ name: string, value: string }>, credentials: Array<ProviderCredentialDetailsFragment>, discovery: { discoveredAt: string, modelCount: number } | null };

export type ProviderCredentialDetailsFragment = { id: string, name: string, hint: string | null, status: ProviderCredentialStatus, createdAt: string | null, retiresAt: string | null, problem: string | null, health: { lastSuccessAt: string | null, lastFailureAt: string | null, lastFailureClass: AttemptErrorClass | null, lastFailureHttpStatus: number | null, restsUntilAt: string | null, headroom: { reportedAt: string, requests: ProviderHeadroomWindowDetailsFragment | null, tokens: ProviderHeadroomWindowDetailsFragment | null } | null } };

export type ProviderHeadroomWindowDetailsFragment = { limit: string | null, remaining: string | null, resetsAt: string | null };

type ProviderAccountProblem_ConflictError_Fragment = { __typename: 'ConflictError', message: string, code: string, path: Array<string> | null };

type ProviderAccountProblem_InvalidInputError_Fragment = { __typename: 'InvalidInputError', message: string, code: string, path: Array<string> | null };

type ProviderAccountProblem_NotFoundError_Fragment = { __typename: 'NotFoundError', message: string, code: string, path: Array<string> | null };

export type ProviderAccountProblemFragment =
  | ProviderAccountProblem_ConflictError_Fragment
  | ProviderAccountProblem_InvalidInputError_Fragment
  | ProviderAccountProblem_NotFoundError_Fragment
;

export type RerankCreateMutationVariables = Exact<{
  input: RerankCreateInput;
}>;


export type RerankCreateMutation = { rerankCreate: { completion: CompletionDetailsFragment | null, documents: Array<{ index: number, score: number }> | null, errors: Array<
      | CompletionProblem_ConflictError_Fragment
      | CompletionProblem_ContentBlockedError_Fragment
      | CompletionProblem_ContextTooLongError_Fragment
      | CompletionProblem_InvalidInputError_Fragment
      | CompletionProblem_NoRouteError_Fragment
      | CompletionProblem_NotFoundError_Fragment
      | CompletionProblem_ProviderFailedError_Fragment
      | CompletionProblem_QuotaExceededError_Fragment
      | CompletionProblem_TimeoutError_Fragment
    > } };

export type SpeechCreateMutationVariables = Exact<{
  input: SpeechCreateInput;
}>;


export type SpeechCreateMutation = { speechCreate: { completion: CompletionDetailsFragment | null, speech: { mediaType: string, base64: string } | null, errors: Array<
      | CompletionProblem_ConflictError_Fragment
      | CompletionProblem_ContentBlockedError_Fragment
      | CompletionProblem_ContextTooLongError_Fragment
      | CompletionProblem_InvalidInputError_Fragment
      | CompletionProblem_NoRouteError_Fragment
      | CompletionProblem_NotFoundError_Fragment
      | CompletionProblem_ProviderFailedError_Fragment
      | CompletionProblem_QuotaExceededError_Fragment
      | CompletionProblem_TimeoutError_Fragment
    > } };

export type TranscriptionCreateMutationVariables = Exact<{
  input: TranscriptionCreateInput;
}>;


export type TranscriptionCreateMutation = { transcriptionCreate: { completion: CompletionDetailsFragment | null, transcription: { text: string, language: string | null, durationSeconds: number | null } | null, errors: Array<
      | CompletionProblem_ConflictError_Fragment
      | CompletionProblem_ContentBlockedError_Fragment
      | CompletionProblem_ContextTooLongError_Fragment
      | CompletionProblem_InvalidInputError_Fragment
      | CompletionProblem_NoRouteError_Fragment
      | CompletionProblem_NotFoundError_Fragment
      | CompletionProblem_ProviderFailedError_Fragment
      | CompletionProblem_QuotaExceededError_Fragment
      | CompletionProblem_TimeoutError_Fragment
    > } };

export type ViewerQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewerQuery = { viewer: { scopes: Array<Scope>, organization: { id: string, name: string, createdAt: string }, project: { id: string, name: string, createdAt: string }, apiKey: { id: string, name: string, displayPrefix: string, scopes: Array<Scope>, requestsPerMinute: number | null, concurrency: number | null, createdAt: string, expiresAt: string | null } | null } };

export type AccountingQueryVariables = Exact<{
  from?: string | null | undefined;
  to?: string | null | undefined;
}>;


export type AccountingQuery = { accounting: { started: string, settled: string, abandoned: string, inFlight: string, unexplained: string, refused: string, pendingInJournal: string, isBalanced: boolean, requestCostUsd: string, requestAdjustmentUsd: string, attemptCostUsd: string, unpricedRequests: string } };

export type NodeQueryVariables = Exact<{
  id: string | number;
}>;


export type NodeQuery = { node:
    | { __typename: 'ApiKey', name: string, displayPrefix: string, scopes: Array<Scope>, createdAt: string, expiresAt: string | null, id: string }
    | { __typename: 'Attempt', id: string }
    | (
      { __typename: 'Completion', id: string }
      & CompletionSummaryFragment
    )
    | (
      { __typename: 'Model', id: string }
      & ModelDetailsFragment
    )
    | { __typename: 'ModelAlias', id: string }
    | { __typename: 'ModelPriceVersion', id: string }
    | { __typename: 'Organization', name: string, createdAt: string, id: string }
    | { __typename: 'Project', name: string, createdAt: string, id: string }
    | (
      { __typename: 'Provider', id: string }
      & ProviderDetailsFragment
    )
    | { __typename: 'ProviderAccount', id: string }
    | { __typename: 'ProviderCredential', id: string }
    | { __typename: 'Rerating', id: string }
   | null };

export const AccountingDocument = new OperationDocument<AccountingQuery, AccountingQueryVariables>(
  "Accounting",
  "query Accounting($from:DateTime$to:DateTime){accounting(from:$from to:$to){started settled abandoned inFlight unexplained refused pendingInJournal isBalanced requestCostUsd requestAdjustmentUsd attemptCostUsd unpricedRequests}}",
);

export const CompletionDocument = new OperationDocument<CompletionQuery, CompletionQueryVariables>(
  "Completion",
  "query Completion($id:ID!){completion(id:$id){...CompletionDetails input{body format sizeBytes}}}fragment CompletionDetails on Completion{...CompletionSummary attempts{id ordinal providerName modelName startedAt settledAt outcome errorClass httpStatus upstreamRequestId usage{...UsageDetails}cost{amountUsd priceVersion}timeToFirstTokenMs durationMs}output{text choices{index text refusal reasoning{text signature redactedData}toolCalls{id name argumentsText}logprobs finishReason rawFinishReason extra}}}fragment CompletionSummary on Completion{id status outcome door operation isStreaming requestedModel model{id name}startedAt settledAt finishReason usage{...UsageDetails}cost{amountUsd basis reservedUsd adjustmentUsd}timing{timeToFirstTokenMs durationMs overheadMs}failure{code message}warnings metadata}fragment UsageDetails on Usage{inputTokens cachedReadTokens cacheWriteTokens outputTokens reasoningTokens audioInputTokens audioOutputTokens imageInputTokens totalTokens basis}",
);

export const CompletionCreateDocument = new OperationDocument<CompletionCreateMutation, CompletionCreateMutationVariables>(
  "CompletionCreate",
  "mutation CompletionCreate($input:CompletionCreateInput!){completionCreate(input:$input){completion{...CompletionDetails}errors{...CompletionProblem}}}fragment CompletionDetails on Completion{...CompletionSummary attempts{id ordinal providerName modelName startedAt settledAt outcome errorClass httpStatus upstreamRequestId usage{...UsageDetails}cost{amountUsd priceVersion}timeToFirstTokenMs durationMs}output{text choices{index text refusal reasoning{text signature redactedData}toolCalls{id name argumentsText}logprobs finishReason rawFinishReason extra}}}fragment CompletionSummary on Completion{id status outcome door operation isStreaming requestedModel model{id name}startedAt settledAt finishReason usage{...UsageDetails}cost{amountUsd basis reservedUsd adjustmentUsd}timing{timeToFirstTokenMs durationMs overheadMs}failure{code message}warnings metadata}fragment UsageDetails on Usage{inputTokens cachedReadTokens cacheWriteTokens outputTokens reasoningTokens audioInputTokens audioOutputTokens imageInputTokens totalTokens basis}fragment CompletionProblem on CompletionError{__typename ...on UserError{message code path}...on NoRouteError{reasons isRetryable}...on ProviderFailedError{isRetryable attempts{...AttemptProblem}}...on TimeoutError{attempts{...AttemptProblem}}}fragment AttemptProblem on AttemptSummary{attemptId providerId modelId errorClass httpStatus}",
);

export const CompletionStreamDocument = new OperationDocument<CompletionStreamSubscription, CompletionStreamSubscriptionVariables>(
  "CompletionStream",
  "subscription CompletionStream($input:CompletionStreamInput!){completionStream(input:$input){__typename ...on CompletionStarted{sequence completionId model warnings}...on CompletionTextDelta{sequence choice text}...on CompletionReasoningDelta{sequence choice text}...on CompletionReasoningEnded{sequence choice signature redactedData}...on CompletionRefusalDelta{sequence choice text}...on CompletionToolCallStarted{sequence choice index toolCallId name}...on CompletionToolCallDelta{sequence choice index argumentsText}...on CompletionLogprobs{sequence choice logprobs}...on CompletionExtra{sequence choice extra}...on CompletionChoiceFinished{sequence choice finishReason rawFinishReason}...on CompletionFinished{sequence completion{...CompletionDetails}}...on CompletionFailed{sequence failedCompletion{...CompletionSummary}error{...CompletionProblem}}}}fragment CompletionDetails on Completion{...CompletionSummary attempts{id ordinal providerName modelName startedAt settledAt outcome errorClass httpStatus upstreamRequestId usage{...UsageDetails}cost{amountUsd priceVersion}timeToFirstTokenMs durationMs}output{text choices{index text refusal reasoning{text signature redactedData}toolCalls{id name argumentsText}logprobs finishReason rawFinishReason extra}}}fragment CompletionSummary on Completion{id status outcome door operation isStreaming requestedModel model{id name}startedAt settledAt finishReason usage{...UsageDetails}cost{amountUsd basis reservedUsd adjustmentUsd}timing{timeToFirstTokenMs durationMs overheadMs}failure{code message}warnings metadata}fragment UsageDetails on Usage{inputTokens cachedReadTokens cacheWriteTokens outputTokens reasoningTokens audioInputTokens audioOutputTokens imageInputTokens totalTokens basis}fragment CompletionProblem on CompletionError{__typename ...on UserError{message code path}...on NoRouteError{reasons isRetryable}...on ProviderFailedError{isRetryable attempts{...AttemptProblem}}...on TimeoutError{attempts{...AttemptProblem}}}fragment AttemptProblem on AttemptSummary{attemptId providerId modelId errorClass httpStatus}",
);

export const CompletionsDocument = new OperationDocument<CompletionsQuery, CompletionsQueryVariables>(
  "Completions",
  "query Completions($filter:CompletionFilter$first:Int$after:String$last:Int$before:String){completions(filter:$filter first:$first after:$after last:$last before:$before){nodes{...CompletionSummary}pageInfo{...Page}}}fragment CompletionSummary on Completion{id status outcome door operation isStreaming requestedModel model{id name}startedAt settledAt finishReason usage{...UsageDetails}cost{amountUsd basis reservedUsd adjustmentUsd}timing{timeToFirstTokenMs durationMs overheadMs}failure{code message}warnings metadata}fragment UsageDetails on Usage{inputTokens cachedReadTokens cacheWriteTokens outputTokens reasoningTokens audioInputTokens audioOutputTokens imageInputTokens totalTokens basis}fragment Page on PageInfo{hasNextPage hasPreviousPage startCursor endCursor}",
);

export const CompletionsRerateDocument = new OperationDocument<CompletionsRerateMutation, CompletionsRerateMutationVariables>(
  "CompletionsRerate",
  "mutation CompletionsRerate($input:CompletionsRerateInput!){completionsRerate(input:$input){rerating{...ReratingDetails}errors{...ReratingProblem}}}fragment ReratingDetails on Rerating{id isDryRun isFinished examinedAttempts changedAttempts unpricedAttempts differenceUsd differences{modelName previousPriceVersion priceVersion attempts differenceUsd}createdAt finishedAt}fragment ReratingProblem on CompletionsRerateError{__typename ...on UserError{message code path}}",
);

export const EmbeddingsCreateDocument = new OperationDocument<EmbeddingsCreateMutation, EmbeddingsCreateMutationVariables>(
  "EmbeddingsCreate",
  "mutation EmbeddingsCreate($input:EmbeddingsCreateInput!){embeddingsCreate(input:$input){completion{...CompletionDetails}embeddings{index vector}errors{...CompletionProblem}}}fragment CompletionDetails on Completion{...CompletionSummary attempts{id ordinal providerName modelName startedAt settledAt outcome errorClass httpStatus upstreamRequestId usage{...UsageDetails}cost{amountUsd priceVersion}timeToFirstTokenMs durationMs}output{text choices{index text refusal reasoning{text signature redactedData}toolCalls{id name argumentsText}logprobs finishReason rawFinishReason extra}}}fragment CompletionSummary on Completion{id status outcome door operation isStreaming requestedModel model{id name}startedAt settledAt finishReason usage{...UsageDetails}cost{amountUsd basis reservedUsd adjustmentUsd}timing{timeToFirstTokenMs durationMs overheadMs}failure{code message}warnings metadata}fragment UsageDetails on Usage{inputTokens cachedReadTokens cacheWriteTokens outputTokens reasoningTokens audioInputTokens audioOutputTokens imageInputTokens totalTokens basis}fragment CompletionProblem on CompletionError{__typename ...on UserError{message code path}...on NoRouteError{reasons isRetryable}...on ProviderFailedError{isRetryable attempts{...AttemptProblem}}...on TimeoutError{attempts{...AttemptProblem}}}fragment AttemptProblem on AttemptSummary{attemptId providerId modelId errorClass httpStatus}",
);

export const ImageCreateDocument = new OperationDocument<ImageCreateMutation, ImageCreateMutationVariables>(
  "ImageCreate",
  "mutation ImageCreate($input:ImageCreateInput!){imageCreate(input:$input){completion{...CompletionDetails}images{url base64 revisedPrompt}errors{...CompletionProblem}}}fragment CompletionDetails on Completion{...CompletionSummary attempts{id ordinal providerName modelName startedAt settledAt outcome errorClass httpStatus upstreamRequestId usage{...UsageDetails}cost{amountUsd priceVersion}timeToFirstTokenMs durationMs}output{text choices{index text refusal reasoning{text signature redactedData}toolCalls{id name argumentsText}logprobs finishReason rawFinishReason extra}}}fragment CompletionSummary on Completion{id status outcome door operation isStreaming requestedModel model{id name}startedAt settledAt finishReason usage{...UsageDetails}cost{amountUsd basis reservedUsd adjustmentUsd}timing{timeToFirstTokenMs durationMs overheadMs}failure{code message}warnings metadata}fragment UsageDetails on Usage{inputTokens cachedReadTokens cacheWriteTokens outputTokens reasoningTokens audioInputTokens audioOutputTokens imageInputTokens totalTokens basis}fragment CompletionProblem on CompletionError{__typename ...on UserError{message code path}...on NoRouteError{reasons isRetryable}...on ProviderFailedError{isRetryable attempts{...AttemptProblem}}...on TimeoutError{attempts{...AttemptProblem}}}fragment AttemptProblem on AttemptSummary{attemptId providerId modelId errorClass httpStatus}",
);

export const ModelAliasCreateDocument = new OperationDocument<ModelAliasCreateMutation, ModelAliasCreateMutationVariables>(
  "ModelAliasCreate",
  "mutation ModelAliasCreate($input:ModelAliasCreateInput!){modelAliasCreate(input:$input){alias{...ModelAliasDetails}errors{...ProviderAccountProblem}}}fragment ModelAliasDetails on ModelAlias{id name targets source createdAt updatedAt}fragment ProviderAccountProblem on ProviderAccountError{__typename ...on UserError{message code path}}",
);

export const ModelAliasDeleteDocument = new OperationDocument<ModelAliasDeleteMutation, ModelAliasDeleteMutationVariables>(
  "ModelAliasDelete",
  "mutation ModelAliasDelete($input:ModelAliasDeleteInput!){modelAliasDelete(input:$input){alias{...ModelAliasDetails}errors{...ProviderAccountProblem}}}fragment ModelAliasDetails on ModelAlias{id name targets source createdAt updatedAt}fragment ProviderAccountProblem on ProviderAccountError{__typename ...on UserError{message code path}}",
);

export const ModelAliasUpdateDocument = new OperationDocument<ModelAliasUpdateMutation, ModelAliasUpdateMutationVariables>(
  "ModelAliasUpdate",
  "mutation ModelAliasUpdate($input:ModelAliasUpdateInput!){modelAliasUpdate(input:$input){alias{...ModelAliasDetails}errors{...ProviderAccountProblem}}}fragment ModelAliasDetails on ModelAlias{id name targets source createdAt updatedAt}fragment ProviderAccountProblem on ProviderAccountError{__typename ...on UserError{message code path}}",
);

export const ModelAliasesDocument = new OperationDocument<ModelAliasesQuery, ModelAliasesQueryVariables>(
  "ModelAliases",
  "query ModelAliases($first:Int$after:String$last:Int$before:String){modelAliases(first:$first after:$after last:$last before:$before){nodes{...ModelAliasDetails}pageInfo{...Page}totalCount}}fragment ModelAliasDetails on ModelAlias{id name targets source createdAt updatedAt}fragment Page on PageInfo{hasNextPage hasPreviousPage startCursor endCursor}",
);

export const ModelPriceSetDocument = new OperationDocument<ModelPriceSetMutation, ModelPriceSetMutationVariables>(
  "ModelPriceSet",
  "mutation ModelPriceSet($input:ModelPriceSetInput!){modelPriceSet(input:$input){price{...ModelPriceVersionDetails}errors{...ModelPriceProblem}}}fragment ModelPriceVersionDetails on ModelPriceVersion{id modelName version effectiveFrom source price{version inputUsdPerMillion outputUsdPerMillion cachedReadUsdPerMillion cacheWriteUsdPerMillion cacheWriteHourUsdPerMillion reasoningUsdPerMillion audioInputUsdPerMillion audioOutputUsdPerMillion imageInputUsdPerMillion perImageUsd perSearchUsd perAudioSecondUsd perCharacterUsd}setAt}fragment ModelPriceProblem on ModelPriceSetError{__typename ...on UserError{message code path}}",
);

export const ModelPricesDocument = new OperationDocument<ModelPricesQuery, ModelPricesQueryVariables>(
  "ModelPrices",
  "query ModelPrices($model:String$first:Int$after:String$last:Int$before:String){modelPrices(model:$model first:$first after:$after last:$last before:$before){nodes{...ModelPriceVersionDetails}pageInfo{...Page}totalCount}}fragment ModelPriceVersionDetails on ModelPriceVersion{id modelName version effectiveFrom source price{version inputUsdPerMillion outputUsdPerMillion cachedReadUsdPerMillion cacheWriteUsdPerMillion cacheWriteHourUsdPerMillion reasoningUsdPerMillion audioInputUsdPerMillion audioOutputUsdPerMillion imageInputUsdPerMillion perImageUsd perSearchUsd perAudioSecondUsd perCharacterUsd}setAt}fragment Page on PageInfo{hasNextPage hasPreviousPage startCursor endCursor}",
);

export const ModelsDocument = new OperationDocument<ModelsQuery, ModelsQueryVariables>(
  "Models",
  "query Models($filter:ModelFilter$first:Int$after:String$last:Int$before:String){models(filter:$filter first:$first after:$after last:$last before:$before){nodes{...ModelDetails}pageInfo{...Page}totalCount}}fragment ModelDetails on Model{id name displayName provider{id name}family knowledgeUntil releasedAt contextTokens maxInputTokens maxOutputTokens kind inputModalities outputModalities hasOpenWeights isDeprecated capabilities{hasVision hasDocuments hasAudio hasTools hasStructuredOutput hasReasoning}price{version effectiveFrom source inputUsdPerMillion outputUsdPerMillion cachedReadUsdPerMillion cacheWriteUsdPerMillion reasoningUsdPerMillion cacheWriteHourUsdPerMillion audioInputUsdPerMillion audioOutputUsdPerMillion imageInputUsdPerMillion perImageUsd perSearchUsd perAudioSecondUsd perCharacterUsd contextTiers{aboveInputTokens inputUsdPerMillion outputUsdPerMillion cachedReadUsdPerMillion cacheWriteUsdPerMillion}serviceTiers{name inputUsdPerMillion outputUsdPerMillion cachedReadUsdPerMillion cacheWriteUsdPerMillion}}isAvailable unavailableReason}fragment Page on PageInfo{hasNextPage hasPreviousPage startCursor endCursor}",
);

export const ModerationCreateDocument = new OperationDocument<ModerationCreateMutation, ModerationCreateMutationVariables>(
  "ModerationCreate",
  "mutation ModerationCreate($input:ModerationCreateInput!){moderationCreate(input:$input){completion{...CompletionDetails}verdicts{isFlagged categories{name isFlagged score}}errors{...CompletionProblem}}}fragment CompletionDetails on Completion{...CompletionSummary attempts{id ordinal providerName modelName startedAt settledAt outcome errorClass httpStatus upstreamRequestId usage{...UsageDetails}cost{amountUsd priceVersion}timeToFirstTokenMs durationMs}output{text choices{index text refusal reasoning{text signature redactedData}toolCalls{id name argumentsText}logprobs finishReason rawFinishReason extra}}}fragment CompletionSummary on Completion{id status outcome door operation isStreaming requestedModel model{id name}startedAt settledAt finishReason usage{...UsageDetails}cost{amountUsd basis reservedUsd adjustmentUsd}timing{timeToFirstTokenMs durationMs overheadMs}failure{code message}warnings metadata}fragment UsageDetails on Usage{inputTokens cachedReadTokens cacheWriteTokens outputTokens reasoningTokens audioInputTokens audioOutputTokens imageInputTokens totalTokens basis}fragment CompletionProblem on CompletionError{__typename ...on UserError{message code path}...on NoRouteError{reasons isRetryable}...on ProviderFailedError{isRetryable attempts{...AttemptProblem}}...on TimeoutError{attempts{...AttemptProblem}}}fragment AttemptProblem on AttemptSummary{attemptId providerId modelId errorClass httpStatus}",
);

export const NodeDocument = new OperationDocument<NodeQuery, NodeQueryVariables>(
  "Node",
  "query Node($id:ID!){node(id:$id){__typename id ...on Completion{...CompletionSummary}...on Model{...ModelDetails}...on Provider{...ProviderDetails}...on Organization{name createdAt}...on Project{name createdAt}...on ApiKey{name displayPrefix scopes createdAt expiresAt}}}fragment CompletionSummary on Completion{id status outcome door operation isStreaming requestedModel model{id name}startedAt settledAt finishReason usage{...UsageDetails}cost{amountUsd basis reservedUsd adjustmentUsd}timing{timeToFirstTokenMs durationMs overheadMs}failure{code message}warnings metadata}fragment UsageDetails on Usage{inputTokens cachedReadTokens cacheWriteTokens outputTokens reasoningTokens audioInputTokens audioOutputTokens imageInputTokens totalTokens basis}fragment ModelDetails on Model{id name displayName provider{id name}family knowledgeUntil releasedAt contextTokens maxInputTokens maxOutputTokens kind inputModalities outputModalities hasOpenWeights isDeprecated capabilities{hasVision hasDocuments hasAudio hasTools hasStructuredOutput hasReasoning}price{version effectiveFrom source inputUsdPerMillion outputUsdPerMillion cachedReadUsdPerMillion cacheWriteUsdPerMillion reasoningUsdPerMillion cacheWriteHourUsdPerMillion audioInputUsdPerMillion audioOutputUsdPerMillion imageInputUsdPerMillion perImageUsd perSearchUsd perAudioSecondUsd perCharacterUsd contextTiers{aboveInputTokens inputUsdPerMillion outputUsdPerMillion cachedReadUsdPerMillion cacheWriteUsdPerMillion}serviceTiers{name inputUsdPerMillion outputUsdPerMillion cachedReadUsdPerMillion cacheWriteUsdPerMillion}}isAvailable unavailableReason}fragment ProviderDetails on Provider{id name displayName isConnected connectHint capabilities{hasStreaming hasTools hasVision hasDocuments hasStructuredOutput hasReasoning hasLogprobs hasMultipleChoices hasEmbeddings}}",
);

export const ProviderAccountConnectDocument = new OperationDocument<ProviderAccountConnectMutation, ProviderAccountConnectMutationVariables>(
  "ProviderAccountConnect",
  "mutation ProviderAccountConnect($input:ProviderAccountConnectInput!){providerAccountConnect(input:$input){account{...ProviderAccountDetails}errors{...ProviderAccountProblem}}}fragment ProviderAccountDetails on ProviderAccount{id name displayName vendor{name displayName}source isReadOnly isEnabled isOverridden baseUrl settings{name value}headerNames models credentials{...ProviderCredentialDetails}discovery{discoveredAt modelCount}problem createdAt updatedAt}fragment ProviderCredentialDetails on ProviderCredential{id name hint status createdAt retiresAt problem health{lastSuccessAt lastFailureAt lastFailureClass lastFailureHttpStatus restsUntilAt headroom{reportedAt requests{...ProviderHeadroomWindowDetails}tokens{...ProviderHeadroomWindowDetails}}}}fragment ProviderHeadroomWindowDetails on ProviderHeadroomWindow{limit remaining resetsAt}fragment ProviderAccountProblem on ProviderAccountError{__typename ...on UserError{message code path}}",
);

export const ProviderAccountDeleteDocument = new OperationDocument<ProviderAccountDeleteMutation, ProviderAccountDeleteMutationVariables>(
  "ProviderAccountDelete",
  "mutation ProviderAccountDelete($input:ProviderAccountDeleteInput!){providerAccountDelete(input:$input){account{id name}errors{...ProviderAccountProblem}}}fragment ProviderAccountProblem on ProviderAccountError{__typename ...on UserError{message code path}}",
);

export const ProviderAccountDisableDocument = new OperationDocument<ProviderAccountDisableMutation, ProviderAccountDisableMutationVariables>(
  "ProviderAccountDisable",
  "mutation ProviderAccountDisable($input:ProviderAccountDisableInput!){providerAccountDisable(input:$input){account{...ProviderAccountDetails}errors{...ProviderAccountProblem}}}fragment ProviderAccountDetails on ProviderAccount{id name displayName vendor{name displayName}source isReadOnly isEnabled isOverridden baseUrl settings{name value}headerNames models credentials{...ProviderCredentialDetails}discovery{discoveredAt modelCount}problem createdAt updatedAt}fragment ProviderCredentialDetails on ProviderCredential{id name hint status createdAt retiresAt problem health{lastSuccessAt lastFailureAt lastFailureClass lastFailureHttpStatus restsUntilAt headroom{reportedAt requests{...ProviderHeadroomWindowDetails}tokens{...ProviderHeadroomWindowDetails}}}}fragment ProviderHeadroomWindowDetails on ProviderHeadroomWindow{limit remaining resetsAt}fragment ProviderAccountProblem on ProviderAccountError{__typename ...on UserError{message code path}}",
);

export const ProviderAccountEnableDocument = new OperationDocument<ProviderAccountEnableMutation, ProviderAccountEnableMutationVariables>(
  "ProviderAccountEnable",
  "mutation ProviderAccountEnable($input:ProviderAccountEnableInput!){providerAccountEnable(input:$input){account{...ProviderAccountDetails}errors{...ProviderAccountProblem}}}fragment ProviderAccountDetails on ProviderAccount{id name displayName vendor{name displayName}source isReadOnly isEnabled isOverridden baseUrl settings{name value}headerNames models credentials{...ProviderCredentialDetails}discovery{discoveredAt modelCount}problem createdAt updatedAt}fragment ProviderCredentialDetails on ProviderCredential{id name hint status createdAt retiresAt problem health{lastSuccessAt lastFailureAt lastFailureClass lastFailureHttpStatus restsUntilAt headroom{reportedAt requests{...ProviderHeadroomWindowDetails}tokens{...ProviderHeadroomWindowDetails}}}}fragment ProviderHeadroomWindowDetails on ProviderHeadroomWindow{limit remaining resetsAt}fragment ProviderAccountProblem on ProviderAccountError{__typename ...on UserError{message code path}}",
);

export const ProviderAccountTestDocument = new OperationDocument<ProviderAccountTestMutation, ProviderAccountTestMutationVariables>(
  "ProviderAccountTest",
  "mutation ProviderAccountTest($input:ProviderAccountTestInput!){providerAccountTest(input:$input){tests{credential{id name}isWorking errorClass httpStatus message durationMs}errors{...ProviderAccountProblem}}}fragment ProviderAccountProblem on ProviderAccountError{__typename ...on UserError{message code path}}",
);

export const ProviderAccountUpdateDocument = new OperationDocument<ProviderAccountUpdateMutation, ProviderAccountUpdateMutationVariables>(
  "ProviderAccountUpdate",
  "mutation ProviderAccountUpdate($input:ProviderAccountUpdateInput!){providerAccountUpdate(input:$input){account{...ProviderAccountDetails}errors{...ProviderAccountProblem}}}fragment ProviderAccountDetails on ProviderAccount{id name displayName vendor{name displayName}source isReadOnly isEnabled isOverridden baseUrl settings{name value}headerNames models credentials{...ProviderCredentialDetails}discovery{discoveredAt modelCount}problem createdAt updatedAt}fragment ProviderCredentialDetails on ProviderCredential{id name hint status createdAt retiresAt problem health{lastSuccessAt lastFailureAt lastFailureClass lastFailureHttpStatus restsUntilAt headroom{reportedAt requests{...ProviderHeadroomWindowDetails}tokens{...ProviderHeadroomWindowDetails}}}}fragment ProviderHeadroomWindowDetails on ProviderHeadroomWindow{limit remaining resetsAt}fragment ProviderAccountProblem on ProviderAccountError{__typename ...on UserError{message code path}}",
);

export const ProviderAccountsDocument = new OperationDocument<ProviderAccountsQuery, ProviderAccountsQueryVariables>(
  "ProviderAccounts",
  "query ProviderAccounts($first:Int$after:String$last:Int$before:String){providerAccounts(first:$first after:$after last:$last before:$before){nodes{...ProviderAccountDetails}pageInfo{...Page}totalCount}}fragment ProviderAccountDetails on ProviderAccount{id name displayName vendor{name displayName}source isReadOnly isEnabled isOverridden baseUrl settings{name value}headerNames models credentials{...ProviderCredentialDetails}discovery{discoveredAt modelCount}problem createdAt updatedAt}fragment ProviderCredentialDetails on ProviderCredential{id name hint status createdAt retiresAt problem health{lastSuccessAt lastFailureAt lastFailureClass lastFailureHttpStatus restsUntilAt headroom{reportedAt requests{...ProviderHeadroomWindowDetails}tokens{...ProviderHeadroomWindowDetails}}}}fragment ProviderHeadroomWindowDetails on ProviderHeadroomWindow{limit remaining resetsAt}fragment Page on PageInfo{hasNextPage hasPreviousPage startCursor endCursor}",
);

export const ProviderCredentialAddDocument = new OperationDocument<ProviderCredentialAddMutation, ProviderCredentialAddMutationVariables>(
  "ProviderCredentialAdd",
  "mutation ProviderCredentialAdd($input:ProviderCredentialAddInput!){providerCredentialAdd(input:$input){credential{...ProviderCredentialDetails}errors{...ProviderAccountProblem}}}fragment ProviderCredentialDetails on ProviderCredential{id name hint status createdAt retiresAt problem health{lastSuccessAt lastFailureAt lastFailureClass lastFailureHttpStatus restsUntilAt headroom{reportedAt requests{...ProviderHeadroomWindowDetails}tokens{...ProviderHeadroomWindowDetails}}}}fragment ProviderHeadroomWindowDetails on ProviderHeadroomWindow{limit remaining resetsAt}fragment ProviderAccountProblem on ProviderAccountError{__typename ...on UserError{message code path}}",
);

export const ProviderCredentialDeleteDocument = new OperationDocument<ProviderCredentialDeleteMutation, ProviderCredentialDeleteMutationVariables>(
  "ProviderCredentialDelete",
  "mutation ProviderCredentialDelete($input:ProviderCredentialDeleteInput!){providerCredentialDelete(input:$input){account{...ProviderAccountDetails}errors{...ProviderAccountProblem}}}fragment ProviderAccountDetails on ProviderAccount{id name displayName vendor{name displayName}source isReadOnly isEnabled isOverridden baseUrl settings{name value}headerNames models credentials{...ProviderCredentialDetails}discovery{discoveredAt modelCount}problem createdAt updatedAt}fragment ProviderCredentialDetails on ProviderCredential{id name hint status createdAt retiresAt problem health{lastSuccessAt lastFailureAt lastFailureClass lastFailureHttpStatus restsUntilAt headroom{reportedAt requests{...ProviderHeadroomWindowDetails}tokens{...ProviderHeadroomWindowDetails}}}}fragment ProviderHeadroomWindowDetails on ProviderHeadroomWindow{limit remaining resetsAt}fragment ProviderAccountProblem on ProviderAccountError{__typename ...on UserError{message code path}}",
);

export const ProviderCredentialDisableDocument = new OperationDocument<ProviderCredentialDisableMutation, ProviderCredentialDisableMutationVariables>(
  "ProviderCredentialDisable",
  "mutation ProviderCredentialDisable($input:ProviderCredentialDisableInput!){providerCredentialDisable(input:$input){credential{...ProviderCredentialDetails}errors{...ProviderAccountProblem}}}fragment ProviderCredentialDetails on ProviderCredential{id name hint status createdAt retiresAt problem health{lastSuccessAt lastFailureAt lastFailureClass lastFailureHttpStatus restsUntilAt headroom{reportedAt requests{...ProviderHeadroomWindowDetails}tokens{...ProviderHeadroomWindowDetails}}}}fragment ProviderHeadroomWindowDetails on ProviderHeadroomWindow{limit remaining resetsAt}fragment ProviderAccountProblem on ProviderAccountError{__typename ...on UserError{message code path}}",
);

export const ProviderCredentialEnableDocument = new OperationDocument<ProviderCredentialEnableMutation, ProviderCredentialEnableMutationVariables>(
  "ProviderCredentialEnable",
  "mutation ProviderCredentialEnable($input:ProviderCredentialEnableInput!){providerCredentialEnable(input:$input){credential{...ProviderCredentialDetails}errors{...ProviderAccountProblem}}}fragment ProviderCredentialDetails on ProviderCredential{id name hint status createdAt retiresAt problem health{lastSuccessAt lastFailureAt lastFailureClass lastFailureHttpStatus restsUntilAt headroom{reportedAt requests{...ProviderHeadroomWindowDetails}tokens{...ProviderHeadroomWindowDetails}}}}fragment ProviderHeadroomWindowDetails on ProviderHeadroomWindow{limit remaining resetsAt}fragment ProviderAccountProblem on ProviderAccountError{__typename ...on UserError{message code path}}",
);

export const ProviderCredentialRotateDocument = new OperationDocument<ProviderCredentialRotateMutation, ProviderCredentialRotateMutationVariables>(
  "ProviderCredentialRotate",
  "mutation ProviderCredentialRotate($input:ProviderCredentialRotateInput!){providerCredentialRotate(input:$input){credential{...ProviderCredentialDetails}account{...ProviderAccountDetails}errors{...ProviderAccountProblem}}}fragment ProviderCredentialDetails on ProviderCredential{id name hint status createdAt retiresAt problem health{lastSuccessAt lastFailureAt lastFailureClass lastFailureHttpStatus restsUntilAt headroom{reportedAt requests{...ProviderHeadroomWindowDetails}tokens{...ProviderHeadroomWindowDetails}}}}fragment ProviderHeadroomWindowDetails on ProviderHeadroomWindow{limit remaining resetsAt}fragment ProviderAccountDetails on ProviderAccount{id name displayName vendor{name displayName}source isReadOnly isEnabled isOverridden baseUrl settings{name value}headerNames models credentials{...ProviderCredentialDetails}discovery{discoveredAt modelCount}problem createdAt updatedAt}fragment ProviderAccountProblem on ProviderAccountError{__typename ...on UserError{message code path}}",
);

export const ProviderDiscoveredModelsDocument = new OperationDocument<ProviderDiscoveredModelsQuery, ProviderDiscoveredModelsQueryVariables>(
  "ProviderDiscoveredModels",
  "query ProviderDiscoveredModels($accountId:ID!$first:Int$after:String$last:Int$before:String){providerDiscoveredModels(accountId:$accountId first:$first after:$after last:$last before:$before){nodes{name displayName createdAt contextTokens maxOutputTokens}pageInfo{...Page}totalCount}}fragment Page on PageInfo{hasNextPage hasPreviousPage startCursor endCursor}",
);

export const ProviderModelsDiscoverDocument = new OperationDocument<ProviderModelsDiscoverMutation, ProviderModelsDiscoverMutationVariables>(
  "ProviderModelsDiscover",
  "mutation ProviderModelsDiscover($input:ProviderModelsDiscoverInput!){providerModelsDiscover(input:$input){account{...ProviderAccountDetails}errors{__typename ...on UserError{message code path}}}}fragment ProviderAccountDetails on ProviderAccount{id name displayName vendor{name displayName}source isReadOnly isEnabled isOverridden baseUrl settings{name value}headerNames models credentials{...ProviderCredentialDetails}discovery{discoveredAt modelCount}problem createdAt updatedAt}fragment ProviderCredentialDetails on ProviderCredential{id name hint status createdAt retiresAt problem health{lastSuccessAt lastFailureAt lastFailureClass lastFailureHttpStatus restsUntilAt headroom{reportedAt requests{...ProviderHeadroomWindowDetails}tokens{...ProviderHeadroomWindowDetails}}}}fragment ProviderHeadroomWindowDetails on ProviderHeadroomWindow{limit remaining resetsAt}",
);

export const ProviderVendorsDocument = new OperationDocument<ProviderVendorsQuery, ProviderVendorsQueryVariables>(
  "ProviderVendors",
  "query ProviderVendors{providerVendors{name displayName defaultBaseUrl baseUrlEndsBefore settings{name description isSecret isRequired}}}",
);

export const ProvidersDocument = new OperationDocument<ProvidersQuery, ProvidersQueryVariables>(
  "Providers",
  "query Providers($first:Int$after:String$last:Int$before:String){providers(first:$first after:$after last:$last before:$before){nodes{...ProviderDetails}pageInfo{...Page}totalCount}}fragment ProviderDetails on Provider{id name displayName isConnected connectHint capabilities{hasStreaming hasTools hasVision hasDocuments hasStructuredOutput hasReasoning hasLogprobs hasMultipleChoices hasEmbeddings}}fragment Page on PageInfo{hasNextPage hasPreviousPage startCursor endCursor}",
);

export const RerankCreateDocument = new OperationDocument<RerankCreateMutation, RerankCreateMutationVariables>(
  "RerankCreate",
  "mutation RerankCreate($input:RerankCreateInput!){rerankCreate(input:$input){completion{...CompletionDetails}documents{index score}errors{...CompletionProblem}}}fragment CompletionDetails on Completion{...CompletionSummary attempts{id ordinal providerName modelName startedAt settledAt outcome errorClass httpStatus upstreamRequestId usage{...UsageDetails}cost{amountUsd priceVersion}timeToFirstTokenMs durationMs}output{text choices{index text refusal reasoning{text signature redactedData}toolCalls{id name argumentsText}logprobs finishReason rawFinishReason extra}}}fragment CompletionSummary on Completion{id status outcome door operation isStreaming requestedModel model{id name}startedAt settledAt finishReason usage{...UsageDetails}cost{amountUsd basis reservedUsd adjustmentUsd}timing{timeToFirstTokenMs durationMs overheadMs}failure{code message}warnings metadata}fragment UsageDetails on Usage{inputTokens cachedReadTokens cacheWriteTokens outputTokens reasoningTokens audioInputTokens audioOutputTokens imageInputTokens totalTokens basis}fragment CompletionProblem on CompletionError{__typename ...on UserError{message code path}...on NoRouteError{reasons isRetryable}...on ProviderFailedError{isRetryable attempts{...AttemptProblem}}...on TimeoutError{attempts{...AttemptProblem}}}fragment AttemptProblem on AttemptSummary{attemptId providerId modelId errorClass httpStatus}",
);

export const ReratingDocument = new OperationDocument<ReratingQuery, ReratingQueryVariables>(
  "Rerating",
  "query Rerating($id:ID!){rerating(id:$id){...ReratingDetails}}fragment ReratingDetails on Rerating{id isDryRun isFinished examinedAttempts changedAttempts unpricedAttempts differenceUsd differences{modelName previousPriceVersion priceVersion attempts differenceUsd}createdAt finishedAt}",
);

export const SpeechCreateDocument = new OperationDocument<SpeechCreateMutation, SpeechCreateMutationVariables>(
  "SpeechCreate",
  "mutation SpeechCreate($input:SpeechCreateInput!){speechCreate(input:$input){completion{...CompletionDetails}speech{mediaType base64}errors{...CompletionProblem}}}fragment CompletionDetails on Completion{...CompletionSummary attempts{id ordinal providerName modelName startedAt settledAt outcome errorClass httpStatus upstreamRequestId usage{...UsageDetails}cost{amountUsd priceVersion}timeToFirstTokenMs durationMs}output{text choices{index text refusal reasoning{text signature redactedData}toolCalls{id name argumentsText}logprobs finishReason rawFinishReason extra}}}fragment CompletionSummary on Completion{id status outcome door operation isStreaming requestedModel model{id name}startedAt settledAt finishReason usage{...UsageDetails}cost{amountUsd basis reservedUsd adjustmentUsd}timing{timeToFirstTokenMs durationMs overheadMs}failure{code message}warnings metadata}fragment UsageDetails on Usage{inputTokens cachedReadTokens cacheWriteTokens outputTokens reasoningTokens audioInputTokens audioOutputTokens imageInputTokens totalTokens basis}fragment CompletionProblem on CompletionError{__typename ...on UserError{message code path}...on NoRouteError{reasons isRetryable}...on ProviderFailedError{isRetryable attempts{...AttemptProblem}}...on TimeoutError{attempts{...AttemptProblem}}}fragment AttemptProblem on AttemptSummary{attemptId providerId modelId errorClass httpStatus}",
);

export const TranscriptionCreateDocument = new OperationDocument<TranscriptionCreateMutation, TranscriptionCreateMutationVariables>(
  "TranscriptionCreate",
  "mutation TranscriptionCreate($input:TranscriptionCreateInput!){transcriptionCreate(input:$input){completion{...CompletionDetails}transcription{text language durationSeconds}errors{...CompletionProblem}}}fragment CompletionDetails on Completion{...CompletionSummary attempts{id ordinal providerName modelName startedAt settledAt outcome errorClass httpStatus upstreamRequestId usage{...UsageDetails}cost{amountUsd priceVersion}timeToFirstTokenMs durationMs}output{text choices{index text refusal reasoning{text signature redactedData}toolCalls{id name argumentsText}logprobs finishReason rawFinishReason extra}}}fragment CompletionSummary on Completion{id status outcome door operation isStreaming requestedModel model{id name}startedAt settledAt finishReason usage{...UsageDetails}cost{amountUsd basis reservedUsd adjustmentUsd}timing{timeToFirstTokenMs durationMs overheadMs}failure{code message}warnings metadata}fragment UsageDetails on Usage{inputTokens cachedReadTokens cacheWriteTokens outputTokens reasoningTokens audioInputTokens audioOutputTokens imageInputTokens totalTokens basis}fragment CompletionProblem on CompletionError{__typename ...on UserError{message code path}...on NoRouteError{reasons isRetryable}...on ProviderFailedError{isRetryable attempts{...AttemptProblem}}...on TimeoutError{attempts{...AttemptProblem}}}fragment AttemptProblem on AttemptSummary{attemptId providerId modelId errorClass httpStatus}",
);

export const ViewerDocument = new OperationDocument<ViewerQuery, ViewerQueryVariables>(
  "Viewer",
  "query Viewer{viewer{organization{id name createdAt}project{id name createdAt}apiKey{id name displayPrefix scopes requestsPerMinute concurrency createdAt expiresAt}scopes}}",
);

/** One method for each operation in sdk-js/operations. */

export abstract class GeneratedOperations extends Operations {
  /** Proof of accounting for the caller's organization: every request that started is settled, abandoned or in flight. */
  accounting(variables: AccountingQueryVariables = {}, options: RequestOptions = {}): Promise<AccountingQuery['accounting']> {
    return this.queryField(AccountingDocument, variables, 'accounting', options);
  }

  /** One completion of the caller's project; null when there is none with this id. */
  completion(variables: CompletionQueryVariables, options: RequestOptions = {}): Promise<CompletionQuery['completion']> {
    return this.queryField(CompletionDocument, variables, 'completion', options);
  }

  /** Sends messages to a model and waits for the whole answer. The answer is returned after its record is durable.
   * Safe to repeat with an `idempotencyKey`; otherwise each call is made and paid. */
  completionCreate(variables: CompletionCreateMutationVariables, options: RequestOptions = {}): Promise<Succeeded<CompletionCreateMutation['completionCreate']>> {
    return this.mutateField(CompletionCreateDocument, variables, 'completionCreate', options);
  }

  /** Sends messages to a model and delivers the answer as it is made: `CompletionStarted`, then parts, then exactly one of
   * `CompletionFinished` and `CompletionFailed`, which comes after the record is durable. Leaving ends the provider call unless `onDisconnect` says otherwise. */
  completionStream(variables: CompletionStreamSubscriptionVariables, options: SubscribeOptions = {}): AsyncGenerator<CompletionStreamSubscription['completionStream'], void, undefined> {
    return this.subscribeField(CompletionStreamDocument, variables, 'completionStream', options);
  }

  /** Completions of the caller's project, newest first. Failed, cancelled and running ones are in it too. */
  completions(variables: CompletionsQueryVariables = {}, options: RequestOptions = {}): Promise<CompletionsQuery['completions']> {
    return this.queryField(CompletionsDocument, variables, 'completions', options);
  }

  /** Prices calls of the caller's organization again that were settled before their price was known or right, and writes the differences
   * beside them. Works in the background and goes on after a restart; safe to repeat. With `isDryRun` nothing is written but what would be. */
  completionsRerate(variables: CompletionsRerateMutationVariables, options: RequestOptions = {}): Promise<Succeeded<CompletionsRerateMutation['completionsRerate']>> {
    return this.mutateField(CompletionsRerateDocument, variables, 'completionsRerate', options);
  }

  /** Turns texts into vectors. Each call is made and paid; repeating it is harmless but for its cost. */
  embeddingsCreate(variables: EmbeddingsCreateMutationVariables, options: RequestOptions = {}): Promise<Succeeded<EmbeddingsCreateMutation['embeddingsCreate']>> {
    return this.mutateField(EmbeddingsCreateDocument, variables, 'embeddingsCreate', options);
  }

  /** Has images made from a prompt, or changed. */
  imageCreate(variables: ImageCreateMutationVariables, options: RequestOptions = {}): Promise<Succeeded<ImageCreateMutation['imageCreate']>> {
    return this.mutateField(ImageCreateDocument, variables, 'imageCreate', options);
  }

  /** Names one or more models. A name of the providers file is replaced for this project. */
  modelAliasCreate(variables: ModelAliasCreateMutationVariables, options: RequestOptions = {}): Promise<Succeeded<ModelAliasCreateMutation['modelAliasCreate']>> {
    return this.mutateField(ModelAliasCreateDocument, variables, 'modelAliasCreate', options);
  }

  /** Deletes an alias, for good. */
  modelAliasDelete(variables: ModelAliasDeleteMutationVariables, options: RequestOptions = {}): Promise<Succeeded<ModelAliasDeleteMutation['modelAliasDelete']>> {
    return this.mutateField(ModelAliasDeleteDocument, variables, 'modelAliasDelete', options);
  }

  /** Lets an alias stand for other models. */
  modelAliasUpdate(variables: ModelAliasUpdateMutationVariables, options: RequestOptions = {}): Promise<Succeeded<ModelAliasUpdateMutation['modelAliasUpdate']>> {
    return this.mutateField(ModelAliasUpdateDocument, variables, 'modelAliasUpdate', options);
  }

  /** Names that stand for models in the caller's project, by name. */
  modelAliases(variables: ModelAliasesQueryVariables = {}, options: RequestOptions = {}): Promise<ModelAliasesQuery['modelAliases']> {
    return this.queryField(ModelAliasesDocument, variables, 'modelAliases', options);
  }

  /** Sets a price from a date on, for the whole installation and before what comes with the server. What was set is never changed: another
   * version follows it. Calls that were settled before keep their cost until they are priced again by `completionsRerate`. */
  modelPriceSet(variables: ModelPriceSetMutationVariables, options: RequestOptions = {}): Promise<Succeeded<ModelPriceSetMutation['modelPriceSet']>> {
    return this.mutateField(ModelPriceSetDocument, variables, 'modelPriceSet', options);
  }

  /** Prices that were set on this installation, the last one set first. Those that come with the server are not among them. */
  modelPrices(variables: ModelPricesQueryVariables = {}, options: RequestOptions = {}): Promise<ModelPricesQuery['modelPrices']> {
    return this.queryField(ModelPricesDocument, variables, 'modelPrices', options);
  }

  /** Models in the catalogue: by id, or best match first when `filter.search` is given, then by id. */
  models(variables: ModelsQueryVariables = {}, options: RequestOptions = {}): Promise<ModelsQuery['models']> {
    return this.queryField(ModelsDocument, variables, 'models', options);
  }

  /** Has content judged. */
  moderationCreate(variables: ModerationCreateMutationVariables, options: RequestOptions = {}): Promise<Succeeded<ModerationCreateMutation['moderationCreate']>> {
    return this.mutateField(ModerationCreateDocument, variables, 'moderationCreate', options);
  }

  /** Any entity by its id; null when it does not exist or belongs to somebody else. */
  node(variables: NodeQueryVariables, options: RequestOptions = {}): Promise<NodeQuery['node']> {
    return this.queryField(NodeDocument, variables, 'node', options);
  }

  /** Connects an account at a provider for the caller's project. Sends nothing to the provider; `providerAccountTest` does. */
  providerAccountConnect(variables: ProviderAccountConnectMutationVariables, options: RequestOptions = {}): Promise<Succeeded<ProviderAccountConnectMutation['providerAccountConnect']>> {
    return this.mutateField(ProviderAccountConnectDocument, variables, 'providerAccountConnect', options);
  }

  /** Deletes an account with its credentials, for good. Calls in flight end as they began. */
  providerAccountDelete(variables: ProviderAccountDeleteMutationVariables, options: RequestOptions = {}): Promise<Succeeded<ProviderAccountDeleteMutation['providerAccountDelete']>> {
    return this.mutateField(ProviderAccountDeleteDocument, variables, 'providerAccountDelete', options);
  }

  /** Stops calls to an account at once; those in flight end as they began. The account keeps its name: calls to it are refused and go to no shared account of the same name. */
  providerAccountDisable(variables: ProviderAccountDisableMutationVariables, options: RequestOptions = {}): Promise<Succeeded<ProviderAccountDisableMutation['providerAccountDisable']>> {
    return this.mutateField(ProviderAccountDisableDocument, variables, 'providerAccountDisable', options);
  }

  /** Lets calls go to an account again. */
  providerAccountEnable(variables: ProviderAccountEnableMutationVariables, options: RequestOptions = {}): Promise<Succeeded<ProviderAccountEnableMutation['providerAccountEnable']>> {
    return this.mutateField(ProviderAccountEnableDocument, variables, 'providerAccountEnable', options);
  }

  /** Tries the credentials of an account by the provider's cheapest call. That one does not work is a result, not an error. */
  providerAccountTest(variables: ProviderAccountTestMutationVariables, options: RequestOptions = {}): Promise<Succeeded<ProviderAccountTestMutation['providerAccountTest']>> {
    return this.mutateField(ProviderAccountTestDocument, variables, 'providerAccountTest', options);
  }

  /** Changes an account. What is left out stays as it is. Calls in flight end as they began. */
  providerAccountUpdate(variables: ProviderAccountUpdateMutationVariables, options: RequestOptions = {}): Promise<Succeeded<ProviderAccountUpdateMutation['providerAccountUpdate']>> {
    return this.mutateField(ProviderAccountUpdateDocument, variables, 'providerAccountUpdate', options);
  }

  /** Accounts at providers that the caller's project can call: its own, and those that all projects share. By name, its own first. */
  providerAccounts(variables: ProviderAccountsQueryVariables = {}, options: RequestOptions = {}): Promise<ProviderAccountsQuery['providerAccounts']> {
    return this.queryField(ProviderAccountsDocument, variables, 'providerAccounts', options);
  }

  /** Adds a credential to an account; its credentials share the calls. */
  providerCredentialAdd(variables: ProviderCredentialAddMutationVariables, options: RequestOptions = {}): Promise<Succeeded<ProviderCredentialAddMutation['providerCredentialAdd']>> {
    return this.mutateField(ProviderCredentialAddDocument, variables, 'providerCredentialAdd', options);
  }

  /** Deletes a credential, for good. Calls in flight end as they began. */
  providerCredentialDelete(variables: ProviderCredentialDeleteMutationVariables, options: RequestOptions = {}): Promise<Succeeded<ProviderCredentialDeleteMutation['providerCredentialDelete']>> {
    return this.mutateField(ProviderCredentialDeleteDocument, variables, 'providerCredentialDelete', options);
  }

  /** Stops the use of a credential at once; calls in flight end as they began. */
  providerCredentialDisable(variables: ProviderCredentialDisableMutationVariables, options: RequestOptions = {}): Promise<Succeeded<ProviderCredentialDisableMutation['providerCredentialDisable']>> {
    return this.mutateField(ProviderCredentialDisableDocument, variables, 'providerCredentialDisable', options);
  }

  /** Lets calls use a credential again. */
  providerCredentialEnable(variables: ProviderCredentialEnableMutationVariables, options: RequestOptions = {}): Promise<Succeeded<ProviderCredentialEnableMutation['providerCredentialEnable']>> {
    return this.mutateField(ProviderCredentialEnableDocument, variables, 'providerCredentialEnable', options);
  }

  /** Puts a new credential in the place of another. New calls take the new one; the old one serves when the new one is refused, until the overlap is over, and is then deleted. No call fails. */
  providerCredentialRotate(variables: ProviderCredentialRotateMutationVariables, options: RequestOptions = {}): Promise<Succeeded<ProviderCredentialRotateMutation['providerCredentialRotate']>> {
    return this.mutateField(ProviderCredentialRotateDocument, variables, 'providerCredentialRotate', options);
  }

  /** Models that the provider of an account listed when it was last asked, by name; null when there is no such account, or it was never asked. */
  providerDiscoveredModels(variables: ProviderDiscoveredModelsQueryVariables, options: RequestOptions = {}): Promise<ProviderDiscoveredModelsQuery['providerDiscoveredModels']> {
    return this.queryField(ProviderDiscoveredModelsDocument, variables, 'providerDiscoveredModels', options);
  }

  /** Asks the provider of an account for its models and keeps the list in the place of the one before. */
  providerModelsDiscover(variables: ProviderModelsDiscoverMutationVariables, options: RequestOptions = {}): Promise<Succeeded<ProviderModelsDiscoverMutation['providerModelsDiscover']>> {
    return this.mutateField(ProviderModelsDiscoverDocument, variables, 'providerModelsDiscover', options);
  }

  /** Kinds of providers that can be connected, by name, with what each asks for. */
  providerVendors(options: RequestOptions = {}): Promise<ProviderVendorsQuery['providerVendors']> {
    return this.queryField(ProviderVendorsDocument, {}, 'providerVendors', options);
  }

  /** Providers that this installation knows, by id. */
  providers(variables: ProvidersQueryVariables = {}, options: RequestOptions = {}): Promise<ProvidersQuery['providers']> {
    return this.queryField(ProvidersDocument, variables, 'providers', options);
  }

  /** Puts documents in the order of their relevance to a query. */
  rerankCreate(variables: RerankCreateMutationVariables, options: RequestOptions = {}): Promise<Succeeded<RerankCreateMutation['rerankCreate']>> {
    return this.mutateField(RerankCreateDocument, variables, 'rerankCreate', options);
  }

  /** A pass over the organization's calls that prices them again; null when there is none with this id. */
  rerating(variables: ReratingQueryVariables, options: RequestOptions = {}): Promise<ReratingQuery['rerating']> {
    return this.queryField(ReratingDocument, variables, 'rerating', options);
  }

  /** Has text spoken. */
  speechCreate(variables: SpeechCreateMutationVariables, options: RequestOptions = {}): Promise<Succeeded<SpeechCreateMutation['speechCreate']>> {
    return this.mutateField(SpeechCreateDocument, variables, 'speechCreate', options);
  }

  /** Has speech written down. */
  transcriptionCreate(variables: TranscriptionCreateMutationVariables, options: RequestOptions = {}): Promise<Succeeded<TranscriptionCreateMutation['transcriptionCreate']>> {
    return this.mutateField(TranscriptionCreateDocument, variables, 'transcriptionCreate', options);
  }

  /** Who is asking, by the credential that was sent. */
  viewer(options: RequestOptions = {}): Promise<ViewerQuery['viewer']> {
    return this.queryField(ViewerDocument, {}, 'viewer', options);
  }
}

