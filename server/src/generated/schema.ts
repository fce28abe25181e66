// Generated from schema/ by `npm run codegen`. Do not edit.
import 'reflect-metadata';
import * as TG from 'type-graphql';
import * as S from "../kernel/graphql-sdl/scalars.ts";
import { nameOfType, operation, subscription } from "../kernel/graphql-sdl/sdl-runtime.ts";
export const AttemptErrorClass = {
  AUTH: "AUTH",
  BLOCKED: "BLOCKED",
  CANCELLED: "CANCELLED",
  INVALID: "INVALID",
  MALFORMED: "MALFORMED",
  NOT_FOUND: "NOT_FOUND",
  OVERLOADED: "OVERLOADED",
  QUOTA: "QUOTA",
  RATE_LIMIT: "RATE_LIMIT",
  TIMEOUT: "TIMEOUT",
  TOO_LONG: "TOO_LONG",
  TRANSPORT: "TRANSPORT",
} as const;
export type AttemptErrorClass = (typeof AttemptErrorClass)[keyof typeof AttemptErrorClass];
TG.registerEnumType(AttemptErrorClass, {
  name: "AttemptErrorClass",
  description: "Class of a provider's failure.",
  valuesConfig: {
    AUTH: { description: "The provider refused our credential." },
    BLOCKED: { description: "Content policy." },
    CANCELLED: { description: "Cancelled by us or the caller." },
    INVALID: { description: "The provider does not accept the request." },
    MALFORMED: { description: "The answer made no sense." },
    NOT_FOUND: { description: "The provider does not know the model." },
    OVERLOADED: { description: "The provider has too much to do." },
    QUOTA: { description: "The account's quota or balance is used up." },
    RATE_LIMIT: { description: "Too many requests for now." },
    TIMEOUT: { description: "No answer in time." },
    TOO_LONG: { description: "The prompt is longer than the context." },
    TRANSPORT: { description: "The connection failed or broke." },
  },
});

export const Basis = {
  ACTUAL: "ACTUAL",
  ESTIMATED: "ESTIMATED",
  VOID: "VOID",
} as const;
export type Basis = (typeof Basis)[keyof typeof Basis];
TG.registerEnumType(Basis, {
  name: "Basis",
  description: "How an amount was found.",
  valuesConfig: {
    ACTUAL: { description: "Told by the provider." },
    ESTIMATED: { description: "Counted by us, because the provider could not tell." },
    VOID: { description: "Nothing was consumed." },
  },
});

export const CompletionDoor = {
  ANTHROPIC: "ANTHROPIC",
  GEMINI: "GEMINI",
  GRAPHQL: "GRAPHQL",
  OLLAMA: "OLLAMA",
  OPENAI: "OPENAI",
} as const;
export type CompletionDoor = (typeof CompletionDoor)[keyof typeof CompletionDoor];
TG.registerEnumType(CompletionDoor, {
  name: "CompletionDoor",
  description: "Door that a completion came through.",
  valuesConfig: {
    ANTHROPIC: { description: "The Anthropic wire." },
    GEMINI: { description: "The Gemini wire." },
    GRAPHQL: { description: "GraphQL, over whichever transport." },
    OLLAMA: { description: "The Ollama wire." },
    OPENAI: { description: "The OpenAI wire." },
  },
});

export const CompletionOperation = {
  CHAT: "CHAT",
  EMBEDDINGS: "EMBEDDINGS",
  IMAGE: "IMAGE",
  MODERATION: "MODERATION",
  RERANK: "RERANK",
  SPEECH: "SPEECH",
  TRANSCRIPTION: "TRANSCRIPTION",
} as const;
export type CompletionOperation = (typeof CompletionOperation)[keyof typeof CompletionOperation];
TG.registerEnumType(CompletionOperation, {
  name: "CompletionOperation",
  description: "What was asked for.",
  valuesConfig: {
    CHAT: { description: "An answer to messages." },
    EMBEDDINGS: { description: "Vectors of texts." },
    IMAGE: { description: "Images made or changed." },
    MODERATION: { description: "Verdicts on content." },
    RERANK: { description: "Documents in the order of their relevance." },
    SPEECH: { description: "Text spoken." },
    TRANSCRIPTION: { description: "Speech written down." },
  },
});

export const CompletionOutcome = {
  CANCELLED: "CANCELLED",
  FAILED: "FAILED",
  ORPHANED: "ORPHANED",
  SUCCEEDED: "SUCCEEDED",
} as const;
export type CompletionOutcome = (typeof CompletionOutcome)[keyof typeof CompletionOutcome];
TG.registerEnumType(CompletionOutcome, {
  name: "CompletionOutcome",
  description: "How a completion or an attempt ended.",
  valuesConfig: {
    CANCELLED: { description: "The caller left or cancelled." },
    FAILED: { description: "With an error." },
    ORPHANED: { description: "Its process died." },
    SUCCEEDED: { description: "With an answer." },
  },
});

export const CompletionStatus = {
  ABANDONED: "ABANDONED",
  IN_FLIGHT: "IN_FLIGHT",
  SETTLED: "SETTLED",
} as const;
export type CompletionStatus = (typeof CompletionStatus)[keyof typeof CompletionStatus];
TG.registerEnumType(CompletionStatus, {
  name: "CompletionStatus",
  description: "Where a completion stands.",
  valuesConfig: {
    ABANDONED: { description: "Its process died; closed afterwards from the last checkpoint." },
    IN_FLIGHT: { description: "Being worked on." },
    SETTLED: { description: "Ended while its process lived." },
  },
});

export const DisconnectPolicy = {
  CANCEL: "CANCEL",
  FINISH: "FINISH",
} as const;
export type DisconnectPolicy = (typeof DisconnectPolicy)[keyof typeof DisconnectPolicy];
TG.registerEnumType(DisconnectPolicy, {
  name: "DisconnectPolicy",
  description: "What becomes of a running stream whose subscriber has left.",
  valuesConfig: {
    CANCEL: { description: "Stop the provider call; what was produced is settled, counted by tokenizer and flagged `ESTIMATED`." },
    FINISH: { description: "Let the provider finish; the record then holds the whole answer and the true usage." },
  },
});

export const FinishReason = {
  CONTENT_FILTER: "CONTENT_FILTER",
  ERROR: "ERROR",
  LENGTH: "LENGTH",
  OTHER: "OTHER",
  REFUSAL: "REFUSAL",
  STOP: "STOP",
  TOOL_CALLS: "TOOL_CALLS",
} as const;
export type FinishReason = (typeof FinishReason)[keyof typeof FinishReason];
TG.registerEnumType(FinishReason, {
  name: "FinishReason",
  description: "Why an answer ended.",
  valuesConfig: {
    CONTENT_FILTER: { description: "The provider's content filter cut it." },
    ERROR: { description: "The provider reported an error in the middle." },
    LENGTH: { description: "The length limit was reached." },
    OTHER: { description: "Another reason; the provider's own word is in `rawFinishReason`." },
    REFUSAL: { description: "The model refused." },
    STOP: { description: "The model was done, or a stop text came." },
    TOOL_CALLS: { description: "The model asks for tool calls." },
  },
});

export const ImageDetail = {
  AUTO: "AUTO",
  HIGH: "HIGH",
  LOW: "LOW",
} as const;
export type ImageDetail = (typeof ImageDetail)[keyof typeof ImageDetail];
TG.registerEnumType(ImageDetail, {
  name: "ImageDetail",
  description: "How closely a model looks at an image.",
  valuesConfig: {
    AUTO: { description: "The provider decides." },
    HIGH: { description: "Fine and dear." },
    LOW: { description: "Coarse and cheap." },
  },
});

export const Modality = {
  AUDIO: "AUDIO",
  IMAGE: "IMAGE",
  PDF: "PDF",
  TEXT: "TEXT",
  VIDEO: "VIDEO",
} as const;
export type Modality = (typeof Modality)[keyof typeof Modality];
TG.registerEnumType(Modality, {
  name: "Modality",
  description: "A form that content has.",
  valuesConfig: {
    AUDIO: { description: "Sound." },
    IMAGE: { description: "Images." },
    PDF: { description: "PDF documents." },
    TEXT: { description: "Written text." },
    VIDEO: { description: "Moving images." },
  },
});

export const ModelAbility = {
  AUDIO: "AUDIO",
  DOCUMENTS: "DOCUMENTS",
  REASONING: "REASONING",
  STRUCTURED_OUTPUT: "STRUCTURED_OUTPUT",
  TOOLS: "TOOLS",
  VISION: "VISION",
} as const;
export type ModelAbility = (typeof ModelAbility)[keyof typeof ModelAbility];
TG.registerEnumType(ModelAbility, {
  name: "ModelAbility",
  description: "What a model can do.",
  valuesConfig: {
    AUDIO: { description: "Reads or writes sound." },
    DOCUMENTS: { description: "Reads documents." },
    REASONING: { description: "Thinks before it answers." },
    STRUCTURED_OUTPUT: { description: "Keeps to a JSON schema." },
    TOOLS: { description: "Calls tools." },
    VISION: { description: "Reads images." },
  },
});

export const ModelKind = {
  CHAT: "CHAT",
  EMBEDDING: "EMBEDDING",
  IMAGE: "IMAGE",
  MODERATION: "MODERATION",
  RERANK: "RERANK",
  SPEECH: "SPEECH",
  TRANSCRIPTION: "TRANSCRIPTION",
} as const;
export type ModelKind = (typeof ModelKind)[keyof typeof ModelKind];
TG.registerEnumType(ModelKind, {
  name: "ModelKind",
  description: "What a model is for.",
  valuesConfig: {
    CHAT: { description: "Answers messages." },
    EMBEDDING: { description: "Turns texts into vectors." },
    IMAGE: { description: "Makes images." },
    MODERATION: { description: "Judges whether content is harmful." },
    RERANK: { description: "Orders documents by how well they answer a question." },
    SPEECH: { description: "Speaks text." },
    TRANSCRIPTION: { description: "Writes down what is said." },
  },
});

export const ProviderAccountSource = {
  ENVIRONMENT: "ENVIRONMENT",
  FILE: "FILE",
  MANAGED: "MANAGED",
} as const;
export type ProviderAccountSource = (typeof ProviderAccountSource)[keyof typeof ProviderAccountSource];
TG.registerEnumType(ProviderAccountSource, {
  name: "ProviderAccountSource",
  description: "Where an account or alias is written down. Of accounts with one name the project's own counts, then the file's, then the environment's.",
  valuesConfig: {
    ENVIRONMENT: { description: "Environment variables of the server; read-only here, shared by all projects." },
    FILE: { description: "The file that `ANTIPHON_PROVIDERS_FILE` names; read-only here, shared by all projects." },
    MANAGED: { description: "Connected through this API, for one project." },
  },
});

export const ProviderCredentialStatus = {
  ACTIVE: "ACTIVE",
  DISABLED: "DISABLED",
  RETIRING: "RETIRING",
  UNUSABLE: "UNUSABLE",
} as const;
export type ProviderCredentialStatus = (typeof ProviderCredentialStatus)[keyof typeof ProviderCredentialStatus];
TG.registerEnumType(ProviderCredentialStatus, {
  name: "ProviderCredentialStatus",
  description: "What becomes of a credential.",
  valuesConfig: {
    ACTIVE: { description: "Calls use it." },
    DISABLED: { description: "Calls do not use it until it is enabled." },
    RETIRING: { description: "Calls fall back on it until it goes." },
    UNUSABLE: { description: "It cannot be used; `problem` says why." },
  },
});

export const ReasoningEffort = {
  HIGH: "HIGH",
  LOW: "LOW",
  MEDIUM: "MEDIUM",
  MINIMAL: "MINIMAL",
  NONE: "NONE",
  XHIGH: "XHIGH",
} as const;
export type ReasoningEffort = (typeof ReasoningEffort)[keyof typeof ReasoningEffort];
TG.registerEnumType(ReasoningEffort, {
  name: "ReasoningEffort",
  description: "How hard a model thinks.",
  valuesConfig: {
    HIGH: { description: "Much." },
    LOW: { description: "Little." },
    MEDIUM: { description: "Moderately." },
    MINIMAL: { description: "As little as it can." },
    NONE: { description: "Not at all." },
    XHIGH: { description: "As much as it can." },
  },
});

export const Scope = {
  ACCOUNTING_READ: "ACCOUNTING_READ",
  COMPLETIONS_READ: "COMPLETIONS_READ",
  COMPLETIONS_WRITE: "COMPLETIONS_WRITE",
  MODELS_READ: "MODELS_READ",
  PRICES_WRITE: "PRICES_WRITE",
  PROVIDERS_READ: "PROVIDERS_READ",
  PROVIDERS_WRITE: "PROVIDERS_WRITE",
  SCHEMA_READ: "SCHEMA_READ",
} as const;
export type Scope = (typeof Scope)[keyof typeof Scope];
TG.registerEnumType(Scope, {
  name: "Scope",
  description: "Permission that a key or session can hold.",
  valuesConfig: {
    ACCOUNTING_READ: { description: "Read counts and sums of the ledger." },
    COMPLETIONS_READ: { description: "Read completions, their inputs and outputs." },
    COMPLETIONS_WRITE: { description: "Make completions." },
    MODELS_READ: { description: "Read the catalogue of models and their prices." },
    PRICES_WRITE: { description: "Set prices of models for the whole installation, and price calls again." },
    PROVIDERS_READ: { description: "Read which providers are connected, and how; never a credential." },
    PROVIDERS_WRITE: { description: "Connect providers, change and delete them and their credentials, and name aliases of models." },
    SCHEMA_READ: { description: "Read the schema by introspection." },
  },
});

export const ToolChoiceMode = {
  AUTO: "AUTO",
  NONE: "NONE",
  REQUIRED: "REQUIRED",
} as const;
export type ToolChoiceMode = (typeof ToolChoiceMode)[keyof typeof ToolChoiceMode];
TG.registerEnumType(ToolChoiceMode, {
  name: "ToolChoiceMode",
  description: "Freedom of the model to call tools.",
  valuesConfig: {
    AUTO: { description: "The model decides." },
    NONE: { description: "No tool may be called." },
    REQUIRED: { description: "Some tool must be called." },
  },
});

@TG.InterfaceType("Node", { description: "An entity with an id that is unique over the whole graph and never changes.", resolveType: nameOfType })
export abstract class Node {
  @TG.Field(() => TG.ID, { description: "Opaque id; keep it, do not take it apart." })
  id!: string;
}
export type NodeObject =
  | (ApiKey & { __typename: "ApiKey" })
  | (Attempt & { __typename: "Attempt" })
  | (Completion & { __typename: "Completion" })
  | (Model & { __typename: "Model" })
  | (ModelAlias & { __typename: "ModelAlias" })
  | (ModelPriceVersion & { __typename: "ModelPriceVersion" })
  | (Organization & { __typename: "Organization" })
  | (Project & { __typename: "Project" })
  | (Provider & { __typename: "Provider" })
  | (ProviderAccount & { __typename: "ProviderAccount" })
  | (ProviderCredential & { __typename: "ProviderCredential" })
  | (Rerating & { __typename: "Rerating" });

@TG.InterfaceType("UserError", { description: "A failure that the caller can do something about. The message says what was wrong and what to do.", resolveType: nameOfType })
export abstract class UserError {
  @TG.Field(() => String, { description: "Machine-readable kind; equal to the code in the error catalogue of the documentation." })
  code!: string;
  @TG.Field(() => String, { description: "Sentence for a person." })
  message!: string;
  @TG.Directive("@listSize(assumedSize: 8)")
  @TG.Field(() => [String], { nullable: true, description: "Input path of the offending value, outermost first; null where no single value is to blame." })
  path?: ReadonlyArray<string> | null | undefined;
}
export type UserErrorObject =
  | (ConflictError & { __typename: "ConflictError" })
  | (ContentBlockedError & { __typename: "ContentBlockedError" })
  | (ContextTooLongError & { __typename: "ContextTooLongError" })
  | (InvalidInputError & { __typename: "InvalidInputError" })
  | (NoRouteError & { __typename: "NoRouteError" })
  | (NotFoundError & { __typename: "NotFoundError" })
  | (ProviderFailedError & { __typename: "ProviderFailedError" })
  | (QuotaExceededError & { __typename: "QuotaExceededError" })
  | (TimeoutError & { __typename: "TimeoutError" });

@TG.ObjectType("Accounting", { description: "Counts and sums over one consistent snapshot of the ledger.", simpleResolvers: true })
export class Accounting {
  declare __typename?: "Accounting";
  @TG.Field(() => S.BigInt, { description: "Requests whose process died; closed from their last checkpoint and flagged `ESTIMATED`." })
  abandoned!: S.BigIntOutput;
  @TG.Field(() => S.Decimal, { description: "Sum over attempts, in USD." })
  attemptCostUsd!: S.DecimalOutput;
  @TG.Field(() => S.BigInt, { description: "Requests that a living process is working on." })
  inFlight!: S.BigIntOutput;
  @TG.Field(() => Boolean, { description: "Whether `started = settled + abandoned + inFlight`, nothing is unexplained, and both sums of money are equal." })
  isBalanced!: boolean;
  @TG.Field(() => S.BigInt, { description: "Records safe in the local journal that PostgreSQL does not hold yet." })
  pendingInJournal!: S.BigIntOutput;
  @TG.Field(() => S.BigInt, { description: "Calls turned away before they became a request: malformed, too large, wrong key. Not part of `started`." })
  refused!: S.BigIntOutput;
  @TG.Field(() => S.Decimal, { description: "The part of `requestCostUsd` that pricing calls again has added, in USD; negative when calls became cheaper." })
  requestAdjustmentUsd!: S.DecimalOutput;
  @TG.Field(() => S.Decimal, { description: "Sum over requests, in USD." })
  requestCostUsd!: S.DecimalOutput;
  @TG.Field(() => S.BigInt, { description: "Requests that ended while their process lived: answered, failed or cancelled." })
  settled!: S.BigIntOutput;
  @TG.Field(() => S.BigInt, { description: "Requests that started." })
  started!: S.BigIntOutput;
  @TG.Field(() => S.BigInt, { description: "Records that fit none of these, or two of them. Anything but 0 is a fault of ours." })
  unexplained!: S.BigIntOutput;
  @TG.Field(() => S.BigInt, { description: "Requests that used tokens whose price is unknown; they are in no sum." })
  unpricedRequests!: S.BigIntOutput;
}

@TG.ObjectType("ApiKey", { implements: [Node], description: "A credential for programs. The secret itself is shown once, when it is made, and is not kept.", simpleResolvers: true })
export class ApiKey implements Node {
  declare __typename?: "ApiKey";
  @TG.Field(() => TG.Int, { nullable: true, description: "Calls it may have in flight; null means the server's default." })
  concurrency?: number | null | undefined;
  @TG.Field(() => S.DateTime, { description: "When it was made." })
  createdAt!: S.DateTimeOutput;
  @TG.Field(() => String, { description: "First characters of the secret, enough to recognise it." })
  displayPrefix!: string;
  @TG.Field(() => S.DateTime, { nullable: true, description: "When it stops working; null means never." })
  expiresAt?: S.DateTimeOutput | null | undefined;
  @TG.Field(() => TG.ID, { description: "Opaque id." })
  id!: string;
  @TG.Field(() => String, { description: "Display name." })
  name!: string;
  @TG.Field(() => TG.Int, { nullable: true, description: "Requests a minute it may make; null means the server's default." })
  requestsPerMinute?: number | null | undefined;
  @TG.Directive("@listSize(assumedSize: 7)")
  @TG.Field(() => [Scope], { description: "Permissions it holds. At most one of each." })
  scopes!: ReadonlyArray<Scope>;
}

@TG.ObjectType("Attempt", { implements: [Node], description: "One call to a provider.", simpleResolvers: true })
export class Attempt implements Node {
  declare __typename?: "Attempt";
  @TG.Field(() => AttemptCost, { nullable: true, description: "What it cost; null while it runs." })
  cost?: AttemptCost | null | undefined;
  @TG.Field(() => TG.Float, { nullable: true, description: "From its beginning to its end; null while it runs." })
  durationMs?: number | null | undefined;
  @TG.Field(() => AttemptErrorClass, { nullable: true, description: "Class of the failure; null when it did not fail." })
  errorClass?: AttemptErrorClass | null | undefined;
  @TG.Field(() => TG.Int, { nullable: true, description: "HTTP status of the provider's answer; null when there was none." })
  httpStatus?: number | null | undefined;
  @TG.Field(() => TG.ID, { description: "Opaque id." })
  id!: string;
  @TG.Field(() => String, { description: "Model that was called, by its name in the catalogue." })
  modelName!: string;
  @TG.Field(() => TG.Int, { description: "1 for the first." })
  ordinal!: number;
  @TG.Field(() => CompletionOutcome, { nullable: true, description: "How it ended; null while it runs." })
  outcome?: CompletionOutcome | null | undefined;
  @TG.Field(() => String, { description: "Provider that was called." })
  providerName!: string;
  @TG.Field(() => S.DateTime, { nullable: true, description: "When it ended; null while it runs." })
  settledAt?: S.DateTimeOutput | null | undefined;
  @TG.Field(() => S.DateTime, { description: "When it began." })
  startedAt!: S.DateTimeOutput;
  @TG.Field(() => TG.Float, { nullable: true, description: "From its beginning to the first output; null when there was none." })
  timeToFirstTokenMs?: number | null | undefined;
  @TG.Field(() => String, { nullable: true, description: "The provider's own id of the request; null when it gave none." })
  upstreamRequestId?: string | null | undefined;
  @TG.Field(() => Usage, { nullable: true, description: "Tokens by bucket; null while it runs." })
  usage?: Usage | null | undefined;
}

@TG.ObjectType("AttemptCost", { description: "Money for one attempt.", simpleResolvers: true })
export class AttemptCost {
  declare __typename?: "AttemptCost";
  @TG.Field(() => S.Decimal, { nullable: true, description: "Amount in USD with nine decimals; null when the price is unknown." })
  amountUsd?: S.DecimalOutput | null | undefined;
  @TG.Field(() => String, { nullable: true, description: "Version of the price it was computed with; null when unknown." })
  priceVersion?: string | null | undefined;
}

@TG.ObjectType("AttemptSummary", { description: "One call to a provider, as far as an error tells of it.", simpleResolvers: true })
export class AttemptSummary {
  declare __typename?: "AttemptSummary";
  @TG.Field(() => TG.ID, { description: "Id of the attempt." })
  attemptId!: string;
  @TG.Field(() => AttemptErrorClass, { nullable: true, description: "Class of the failure; null when it did not fail." })
  errorClass?: AttemptErrorClass | null | undefined;
  @TG.Field(() => TG.Int, { nullable: true, description: "HTTP status of the provider's answer; null when there was none." })
  httpStatus?: number | null | undefined;
  @TG.Field(() => String, { description: "Model in the catalogue, such as `openai/gpt-4.1-mini`." })
  modelId!: string;
  @TG.Field(() => String, { description: "Provider that was called, such as `openai`." })
  providerId!: string;
}

@TG.ObjectType("Completion", { implements: [Node], description: "The record of one call for a completion.", simpleResolvers: true })
export class Completion implements Node {
  declare __typename?: "Completion";
  @TG.Directive("@listSize(assumedSize: 16)")
  @TG.Field(() => [Attempt], { description: "Calls to providers, in order; at most 16." })
  attempts?: ReadonlyArray<Attempt> | undefined;
  @TG.Field(() => Cost, { nullable: true, description: "What it cost, summed over its attempts; null while it runs." })
  cost?: Cost | null | undefined;
  @TG.Field(() => CompletionDoor, { description: "Door it came through." })
  door!: CompletionDoor;
  @TG.Field(() => CompletionFailure, { nullable: true, description: "Why it failed; null unless it did." })
  failure?: CompletionFailure | null | undefined;
  @TG.Field(() => FinishReason, { nullable: true, description: "Why the first choice ended; null while it runs or when it failed." })
  finishReason?: FinishReason | null | undefined;
  @TG.Field(() => TG.ID, { description: "Opaque id; also the `x-request-id` of the REST doors." })
  id!: string;
  @TG.Directive("@cost(weight: 2)")
  @TG.Field(() => CompletionInput, { nullable: true, description: "What went in; null when payloads are not recorded or it was larger than the limit." })
  input?: CompletionInput | null | undefined;
  @TG.Field(() => Boolean, { description: "Whether the answer was streamed." })
  isStreaming!: boolean;
  @TG.Field(() => S.JSON, { nullable: true, description: "Caller's labels; null when none were given." })
  metadata?: S.JSONOutput | null | undefined;
  @TG.Field(() => Model, { nullable: true, description: "Model that served it; null while none has, or when it has left the catalogue." })
  model?: Model | null | undefined;
  @TG.Field(() => CompletionOperation, { description: "What was asked for." })
  operation!: CompletionOperation;
  @TG.Field(() => CompletionOutcome, { nullable: true, description: "How it ended; null while it runs." })
  outcome?: CompletionOutcome | null | undefined;
  @TG.Directive("@cost(weight: 2)")
  @TG.Field(() => CompletionOutput, { nullable: true, description: "What came out; null while it runs, when there was nothing, or when payloads are not recorded." })
  output?: CompletionOutput | null | undefined;
  @TG.Field(() => String, { description: "Name of the model as the caller wrote it." })
  requestedModel!: string;
  @TG.Field(() => S.DateTime, { nullable: true, description: "When it ended; null while it runs." })
  settledAt?: S.DateTimeOutput | null | undefined;
  @TG.Field(() => S.DateTime, { description: "When it was taken in." })
  startedAt!: S.DateTimeOutput;
  @TG.Field(() => CompletionStatus, { description: "Where it stands." })
  status!: CompletionStatus;
  @TG.Field(() => CompletionTiming, { nullable: true, description: "How long it took; null while it runs." })
  timing?: CompletionTiming | null | undefined;
  @TG.Field(() => Usage, { nullable: true, description: "Tokens by bucket, summed over its attempts; null while it runs." })
  usage?: Usage | null | undefined;
  @TG.Directive("@listSize(assumedSize: 64)")
  @TG.Field(() => [String], { description: "What the provider could not do of what was asked, one sentence each; at most 64." })
  warnings!: ReadonlyArray<string>;
}

@TG.ObjectType("CompletionChoice", { description: "One alternative answer.", simpleResolvers: true })
export class CompletionChoice {
  declare __typename?: "CompletionChoice";
  @TG.Field(() => S.JSON, { description: "Fields of the provider's message that have no name here, such as citations; an empty object when there are none." })
  extra!: S.JSONOutput;
  @TG.Field(() => FinishReason, { description: "Why it ended." })
  finishReason!: FinishReason;
  @TG.Field(() => TG.Int, { description: "Position among the choices, from 0." })
  index!: number;
  @TG.Field(() => S.JSON, { nullable: true, description: "Log probabilities in the provider's form; null when not asked for." })
  logprobs?: S.JSONOutput | null | undefined;
  @TG.Field(() => String, { nullable: true, description: "The provider's own word for it; null when it gave none." })
  rawFinishReason?: string | null | undefined;
  @TG.Directive("@listSize(assumedSize: 4)")
  @TG.Field(() => [ReasoningPart], { description: "Reasoning, in order; give it back unchanged in tool loops. At most 512 parts." })
  reasoning!: ReadonlyArray<ReasoningPart>;
  @TG.Field(() => String, { nullable: true, description: "Why the model did not answer; null when it did." })
  refusal?: string | null | undefined;
  @TG.Field(() => String, { description: "The text." })
  text!: string;
  @TG.Directive("@listSize(assumedSize: 8)")
  @TG.Field(() => [ToolCall], { description: "Tool calls it asks for, in order; at most 512." })
  toolCalls!: ReadonlyArray<ToolCall>;
}

@TG.ObjectType("CompletionChoiceFinished", { description: "A choice is complete.", simpleResolvers: true })
export class CompletionChoiceFinished {
  declare __typename?: "CompletionChoiceFinished";
  @TG.Field(() => TG.Int, { description: "Choice that is complete." })
  choice!: number;
  @TG.Field(() => FinishReason, { description: "Why it ended." })
  finishReason!: FinishReason;
  @TG.Field(() => String, { nullable: true, description: "The provider's own word for it; null when it gave none." })
  rawFinishReason?: string | null | undefined;
  @TG.Field(() => TG.Int, { description: "Position in the stream." })
  sequence!: number;
}

@TG.ObjectType("CompletionConnection", { description: "A page of completions.", simpleResolvers: true })
export class CompletionConnection {
  declare __typename?: "CompletionConnection";
  @TG.Field(() => [CompletionEdge], { description: "Completions with their cursors." })
  edges!: ReadonlyArray<CompletionEdge>;
  @TG.Field(() => [Completion], { description: "The completions alone." })
  nodes!: ReadonlyArray<Completion>;
  @TG.Field(() => PageInfo, { description: "Where the page stands." })
  pageInfo!: PageInfo;
}

@TG.ObjectType("CompletionCreatePayload", { description: "Outcome of `completionCreate`.", simpleResolvers: true })
export class CompletionCreatePayload {
  declare __typename?: "CompletionCreatePayload";
  @TG.Field(() => Completion, { nullable: true, description: "The completion; also present when it failed after it was recorded. Null when it was refused before." })
  completion?: Completion | null | undefined;
  @TG.Directive("@listSize(assumedSize: 1)")
  @TG.Field(() => [CompletionError], { description: "What went wrong; empty when it succeeded. At most one." })
  errors!: ReadonlyArray<CompletionError>;
}

@TG.ObjectType("CompletionEdge", { description: "A completion in a page.", simpleResolvers: true })
export class CompletionEdge {
  declare __typename?: "CompletionEdge";
  @TG.Field(() => String, { description: "Position in the list." })
  cursor!: string;
  @TG.Field(() => Completion, { description: "The completion." })
  node!: Completion;
}

@TG.ObjectType("CompletionExtra", { description: "Fields of the provider's stream that have no name here.", simpleResolvers: true })
export class CompletionExtra {
  declare __typename?: "CompletionExtra";
  @TG.Field(() => TG.Int, { description: "Choice it belongs to." })
  choice!: number;
  @TG.Field(() => S.JSON, { description: "The fields; a JSON object." })
  extra!: S.JSONOutput;
  @TG.Field(() => TG.Int, { description: "Position in the stream." })
  sequence!: number;
}

@TG.ObjectType("CompletionFailed", { description: "The answer ended with a failure; what was delivered before is recorded and counted. Last event.", simpleResolvers: true })
export class CompletionFailed {
  declare __typename?: "CompletionFailed";
  @TG.Field(() => CompletionError, { description: "What went wrong." })
  error!: CompletionError;
  @TG.Field(() => Completion, { nullable: true, description: "The record; null when it was refused before one was made." })
  failedCompletion?: Completion | null | undefined;
  @TG.Field(() => TG.Int, { description: "Position in the stream." })
  sequence!: number;
}

@TG.ObjectType("CompletionFailure", { description: "Why a completion failed.", simpleResolvers: true })
export class CompletionFailure {
  declare __typename?: "CompletionFailure";
  @TG.Field(() => String, { description: "Machine-readable kind; equal to the code in the error catalogue of the documentation." })
  code!: string;
  @TG.Field(() => String, { description: "Sentence that the caller was told." })
  message!: string;
}

@TG.ObjectType("CompletionFinished", { description: "The whole answer was delivered, metered and recorded. Last event.", simpleResolvers: true })
export class CompletionFinished {
  declare __typename?: "CompletionFinished";
  @TG.Field(() => Completion, { description: "The record, with usage and cost." })
  completion!: Completion;
  @TG.Field(() => TG.Int, { description: "Position in the stream." })
  sequence!: number;
}

@TG.ObjectType("CompletionInput", { description: "What went in.", simpleResolvers: true })
export class CompletionInput {
  declare __typename?: "CompletionInput";
  @TG.Field(() => S.JSON, { description: "The request's body in the form it was recorded: our own or the wire's it came on." })
  body!: S.JSONOutput;
  @TG.Field(() => String, { description: "Name of that form, such as `antiphon` or `openai-chat`." })
  format!: string;
  @TG.Field(() => TG.Int, { description: "Size in bytes." })
  sizeBytes!: number;
}

@TG.ObjectType("CompletionLogprobs", { description: "Log probabilities of the last delta.", simpleResolvers: true })
export class CompletionLogprobs {
  declare __typename?: "CompletionLogprobs";
  @TG.Field(() => TG.Int, { description: "Choice it belongs to." })
  choice!: number;
  @TG.Field(() => S.JSON, { description: "Log probabilities in the provider's form." })
  logprobs!: S.JSONOutput;
  @TG.Field(() => TG.Int, { description: "Position in the stream." })
  sequence!: number;
}

@TG.ObjectType("CompletionOutput", { description: "What came out.", simpleResolvers: true })
export class CompletionOutput {
  declare __typename?: "CompletionOutput";
  @TG.Directive("@listSize(assumedSize: 4)")
  @TG.Field(() => [CompletionChoice], { description: "Alternative answers; at most 128." })
  choices!: ReadonlyArray<CompletionChoice>;
  @TG.Field(() => String, { description: "Text of the first choice; empty when it consists of tool calls." })
  text!: string;
}

@TG.ObjectType("CompletionReasoningDelta", { description: "More reasoning.", simpleResolvers: true })
export class CompletionReasoningDelta {
  declare __typename?: "CompletionReasoningDelta";
  @TG.Field(() => TG.Int, { description: "Choice it belongs to." })
  choice!: number;
  @TG.Field(() => TG.Int, { description: "Position in the stream." })
  sequence!: number;
  @TG.Field(() => String, { description: "The text to append." })
  text!: string;
}

@TG.ObjectType("CompletionReasoningEnded", { description: "A part of the reasoning is complete.", simpleResolvers: true })
export class CompletionReasoningEnded {
  declare __typename?: "CompletionReasoningEnded";
  @TG.Field(() => TG.Int, { description: "Choice it belongs to." })
  choice!: number;
  @TG.Field(() => String, { nullable: true, description: "Opaque data of withheld reasoning; null otherwise." })
  redactedData?: string | null | undefined;
  @TG.Field(() => TG.Int, { description: "Position in the stream." })
  sequence!: number;
  @TG.Field(() => String, { nullable: true, description: "Opaque signature; null when the provider gave none." })
  signature?: string | null | undefined;
}

@TG.ObjectType("CompletionRefusalDelta", { description: "More of a refusal.", simpleResolvers: true })
export class CompletionRefusalDelta {
  declare __typename?: "CompletionRefusalDelta";
  @TG.Field(() => TG.Int, { description: "Choice it belongs to." })
  choice!: number;
  @TG.Field(() => TG.Int, { description: "Position in the stream." })
  sequence!: number;
  @TG.Field(() => String, { description: "The text to append." })
  text!: string;
}

@TG.ObjectType("CompletionStarted", { description: "The provider has begun to answer and the start is recorded.", simpleResolvers: true })
export class CompletionStarted {
  declare __typename?: "CompletionStarted";
  @TG.Field(() => TG.ID, { description: "Id of the completion." })
  completionId!: string;
  @TG.Field(() => String, { description: "Name of the model that answers, as in the catalogue." })
  model!: string;
  @TG.Field(() => TG.Int, { description: "Position in the stream." })
  sequence!: number;
  @TG.Directive("@listSize(assumedSize: 64)")
  @TG.Field(() => [String], { description: "What the provider could not do of what was asked; at most 64." })
  warnings!: ReadonlyArray<string>;
}

@TG.ObjectType("CompletionTextDelta", { description: "More text.", simpleResolvers: true })
export class CompletionTextDelta {
  declare __typename?: "CompletionTextDelta";
  @TG.Field(() => TG.Int, { description: "Choice it belongs to." })
  choice!: number;
  @TG.Field(() => TG.Int, { description: "Position in the stream." })
  sequence!: number;
  @TG.Field(() => String, { description: "The text to append." })
  text!: string;
}

@TG.ObjectType("CompletionTiming", { description: "Durations in milliseconds.", simpleResolvers: true })
export class CompletionTiming {
  declare __typename?: "CompletionTiming";
  @TG.Field(() => TG.Float, { description: "From taking it in to the end." })
  durationMs!: number;
  @TG.Field(() => TG.Float, { nullable: true, description: "Our own share: everything but waiting for providers; null when unknown." })
  overheadMs?: number | null | undefined;
  @TG.Field(() => TG.Float, { nullable: true, description: "From taking it in to the first output; null when there was none." })
  timeToFirstTokenMs?: number | null | undefined;
}

@TG.ObjectType("CompletionToolCallDelta", { description: "More of a tool call's arguments.", simpleResolvers: true })
export class CompletionToolCallDelta {
  declare __typename?: "CompletionToolCallDelta";
  @TG.Field(() => String, { description: "JSON text to append." })
  argumentsText!: string;
  @TG.Field(() => TG.Int, { description: "Choice it belongs to." })
  choice!: number;
  @TG.Field(() => TG.Int, { description: "Position among the choice's tool calls, from 0." })
  index!: number;
  @TG.Field(() => TG.Int, { description: "Position in the stream." })
  sequence!: number;
}

@TG.ObjectType("CompletionToolCallStarted", { description: "The model begins to ask for a tool call.", simpleResolvers: true })
export class CompletionToolCallStarted {
  declare __typename?: "CompletionToolCallStarted";
  @TG.Field(() => TG.Int, { description: "Choice it belongs to." })
  choice!: number;
  @TG.Field(() => TG.Int, { description: "Position among the choice's tool calls, from 0." })
  index!: number;
  @TG.Field(() => String, { description: "Name of the tool." })
  name!: string;
  @TG.Field(() => TG.Int, { description: "Position in the stream." })
  sequence!: number;
  @TG.Field(() => String, { description: "Id that the answer must quote." })
  toolCallId!: string;
}

@TG.ObjectType("CompletionsReratePayload", { description: "What came of the order to price calls again.", simpleResolvers: true })
export class CompletionsReratePayload {
  declare __typename?: "CompletionsReratePayload";
  @TG.Directive("@listSize(assumedSize: 1)")
  @TG.Field(() => [CompletionsRerateError], { description: "What went wrong; empty when it succeeded. At most one." })
  errors!: ReadonlyArray<CompletionsRerateError>;
  @TG.Field(() => Rerating, { nullable: true, description: "The pass, which has just begun; null when it was refused." })
  rerating?: Rerating | null | undefined;
}

@TG.ObjectType("ConflictError", { implements: [UserError], description: "The act contradicts the present state, such as an idempotency key used for another input. Repeating it unchanged cannot succeed.", simpleResolvers: true })
export class ConflictError implements UserError {
  declare __typename?: "ConflictError";
  @TG.Field(() => String, { description: "Always `CONFLICT`." })
  code!: string;
  @TG.Field(() => String, { description: "Sentence for a person." })
  message!: string;
  @TG.Directive("@listSize(assumedSize: 8)")
  @TG.Field(() => [String], { nullable: true, description: "Input path of the contradicting value." })
  path?: ReadonlyArray<string> | null | undefined;
}

@TG.ObjectType("ContentBlockedError", { implements: [UserError], description: "The prompt or the answer was blocked by the provider's content policy.", simpleResolvers: true })
export class ContentBlockedError implements UserError {
  declare __typename?: "ContentBlockedError";
  @TG.Field(() => String, { description: "Always `CONTENT_BLOCKED`." })
  code!: string;
  @TG.Field(() => String, { description: "Sentence for a person." })
  message!: string;
  @TG.Directive("@listSize(assumedSize: 8)")
  @TG.Field(() => [String], { nullable: true, description: "Null: the provider does not say where." })
  path?: ReadonlyArray<string> | null | undefined;
}

@TG.ObjectType("ContextTooLongError", { implements: [UserError], description: "The prompt is longer than the model's context.", simpleResolvers: true })
export class ContextTooLongError implements UserError {
  declare __typename?: "ContextTooLongError";
  @TG.Field(() => String, { description: "Always `CONTEXT_TOO_LONG`." })
  code!: string;
  @TG.Field(() => String, { description: "Sentence for a person." })
  message!: string;
  @TG.Directive("@listSize(assumedSize: 8)")
  @TG.Field(() => [String], { nullable: true, description: "Input path of the messages." })
  path?: ReadonlyArray<string> | null | undefined;
}

@TG.ObjectType("Cost", { description: "Money for a completion or an attempt.", simpleResolvers: true })
export class Cost {
  declare __typename?: "Cost";
  @TG.Field(() => S.Decimal, { nullable: true, description: "The part of the amount that pricing the call again has added, in USD; negative when it became cheaper, null when it was never changed." })
  adjustmentUsd?: S.DecimalOutput | null | undefined;
  @TG.Field(() => S.Decimal, { nullable: true, description: "Amount in USD with nine decimals; null when the price is unknown, which never means free." })
  amountUsd?: S.DecimalOutput | null | undefined;
  @TG.Field(() => Basis, { description: "How the tokens behind it were found." })
  basis!: Basis;
  @TG.Field(() => S.Decimal, { nullable: true, description: "Upper bound that was reserved before the call, in USD; null when the price was unknown." })
  reservedUsd?: S.DecimalOutput | null | undefined;
}

@TG.ObjectType("Embedding", { description: "A text as a vector.", simpleResolvers: true })
export class Embedding {
  declare __typename?: "Embedding";
  @TG.Field(() => TG.Int, { description: "Position of the text." })
  index!: number;
  @TG.Directive("@listSize(assumedSize: 10)")
  @TG.Field(() => [TG.Float], { description: "The numbers, at most a few thousand." })
  vector!: ReadonlyArray<number>;
}

@TG.ObjectType("EmbeddingsCreatePayload", { description: "Vectors, and the record of the call.", simpleResolvers: true })
export class EmbeddingsCreatePayload {
  declare __typename?: "EmbeddingsCreatePayload";
  @TG.Field(() => Completion, { nullable: true, description: "The record of the call; also present when it failed after it was recorded. Null when it was refused before." })
  completion?: Completion | null | undefined;
  @TG.Directive("@listSize(assumedSize: 20)")
  @TG.Field(() => [Embedding], { nullable: true, description: "One for each text, in order, at most 2,048; null when the call failed." })
  embeddings?: ReadonlyArray<Embedding> | null | undefined;
  @TG.Directive("@listSize(assumedSize: 1)")
  @TG.Field(() => [CompletionError], { description: "What went wrong; empty when it succeeded. At most one." })
  errors!: ReadonlyArray<CompletionError>;
}

@TG.ObjectType("GeneratedImage", { description: "An image that a model made. Exactly one of `url` and `base64` is there.", simpleResolvers: true })
export class GeneratedImage {
  declare __typename?: "GeneratedImage";
  @TG.Field(() => String, { nullable: true, description: "Base64 of the bytes; null when an address came." })
  base64?: string | null | undefined;
  @TG.Field(() => String, { nullable: true, description: "The prompt that was used instead; null when it was used as it is." })
  revisedPrompt?: string | null | undefined;
  @TG.Field(() => String, { nullable: true, description: "Address at the provider, for a while; null when the bytes came." })
  url?: string | null | undefined;
}

@TG.ObjectType("ImageCreatePayload", { description: "Images, and the record of the call.", simpleResolvers: true })
export class ImageCreatePayload {
  declare __typename?: "ImageCreatePayload";
  @TG.Field(() => Completion, { nullable: true, description: "The record of the call; also present when it failed after it was recorded. Null when it was refused before." })
  completion?: Completion | null | undefined;
  @TG.Directive("@listSize(assumedSize: 1)")
  @TG.Field(() => [CompletionError], { description: "What went wrong; empty when it succeeded. At most one." })
  errors!: ReadonlyArray<CompletionError>;
  @TG.Directive("@listSize(assumedSize: 4)")
  @TG.Field(() => [GeneratedImage], { nullable: true, description: "The images, at most 20; null when the call failed." })
  images?: ReadonlyArray<GeneratedImage> | null | undefined;
}

@TG.ObjectType("InvalidInputError", { implements: [UserError], description: "Input that breaks a rule the schema cannot express.", simpleResolvers: true })
export class InvalidInputError implements UserError {
  declare __typename?: "InvalidInputError";
  @TG.Field(() => String, { description: "Always `INVALID_INPUT`." })
  code!: string;
  @TG.Field(() => String, { description: "Sentence for a person." })
  message!: string;
  @TG.Directive("@listSize(assumedSize: 8)")
  @TG.Field(() => [String], { nullable: true, description: "Input path of the offending value." })
  path?: ReadonlyArray<string> | null | undefined;
}

@TG.ObjectType("Model", { implements: [Node], description: "A model as one provider serves it.", simpleResolvers: true })
export class Model implements Node {
  declare __typename?: "Model";
  @TG.Field(() => ModelCapabilities, { description: "Abilities that callers choose by." })
  capabilities!: ModelCapabilities;
  @TG.Field(() => TG.Int, { nullable: true, description: "Tokens that input and output may have together; null where unknown." })
  contextTokens?: number | null | undefined;
  @TG.Field(() => String, { description: "Name for people." })
  displayName!: string;
  @TG.Field(() => String, { nullable: true, description: "Line of models that it belongs to, such as `gpt-mini`; null where unknown." })
  family?: string | null | undefined;
  @TG.Field(() => Boolean, { nullable: true, description: "Whether anybody may run it; null where unknown." })
  hasOpenWeights?: boolean | null | undefined;
  @TG.Field(() => TG.ID, { description: "Opaque id." })
  id!: string;
  @TG.Directive("@listSize(assumedSize: 8)")
  @TG.Field(() => [Modality], { description: "What it reads; empty where unknown, at most 8." })
  inputModalities!: ReadonlyArray<Modality>;
  @TG.Field(() => Boolean, { description: "Whether it can be called now." })
  isAvailable!: boolean;
  @TG.Field(() => Boolean, { description: "Whether its vendor has announced its end." })
  isDeprecated!: boolean;
  @TG.Field(() => ModelKind, { description: "What it is for." })
  kind!: ModelKind;
  @TG.Field(() => String, { nullable: true, description: "Date or month until which it knows the world; null where unknown." })
  knowledgeUntil?: string | null | undefined;
  @TG.Field(() => TG.Int, { nullable: true, description: "Tokens that the input may have; null where only the context bounds it." })
  maxInputTokens?: number | null | undefined;
  @TG.Field(() => TG.Int, { nullable: true, description: "Tokens that the output may have; null where unknown." })
  maxOutputTokens?: number | null | undefined;
  @TG.Field(() => String, { description: "Name to call it by, such as `openai/gpt-4.1-mini`." })
  name!: string;
  @TG.Directive("@listSize(assumedSize: 8)")
  @TG.Field(() => [Modality], { description: "What it writes; empty where unknown, at most 8." })
  outputModalities!: ReadonlyArray<Modality>;
  @TG.Field(() => ModelPrice, { nullable: true, description: "Price in force now; null where none is known, which never means free." })
  price?: ModelPrice | null | undefined;
  @TG.Field(() => Provider, { description: "Who serves it." })
  provider!: Provider;
  @TG.Field(() => S.DateTime, { nullable: true, description: "When it came out; null where unknown." })
  releasedAt?: S.DateTimeOutput | null | undefined;
  @TG.Field(() => String, { nullable: true, description: "What would make it available; null when it is." })
  unavailableReason?: string | null | undefined;
}

@TG.ObjectType("ModelAlias", { implements: [Node], description: "A name that stands for one or more models, best first. Calls write it in the place of a model's name.", simpleResolvers: true })
export class ModelAlias implements Node {
  declare __typename?: "ModelAlias";
  @TG.Field(() => S.DateTime, { nullable: true, description: "When it was made; null for aliases of the file." })
  createdAt?: S.DateTimeOutput | null | undefined;
  @TG.Field(() => TG.ID, { description: "Opaque id." })
  id!: string;
  @TG.Field(() => String, { description: "Name; without a slash, so that it is never taken for a provider's model." })
  name!: string;
  @TG.Field(() => ProviderAccountSource, { description: "Where it is written down." })
  source!: ProviderAccountSource;
  @TG.Directive("@listSize(assumedSize: 8)")
  @TG.Field(() => [String], { description: "Names of models, best first; the next is tried when one cannot serve." })
  targets!: ReadonlyArray<string>;
  @TG.Field(() => S.DateTime, { nullable: true, description: "When it was last changed; null for aliases of the file." })
  updatedAt?: S.DateTimeOutput | null | undefined;
}

@TG.ObjectType("ModelAliasConnection", { description: "A page of aliases.", simpleResolvers: true })
export class ModelAliasConnection {
  declare __typename?: "ModelAliasConnection";
  @TG.Field(() => [ModelAliasEdge], { description: "Aliases with their cursors." })
  edges!: ReadonlyArray<ModelAliasEdge>;
  @TG.Field(() => [ModelAlias], { description: "The aliases alone." })
  nodes!: ReadonlyArray<ModelAlias>;
  @TG.Field(() => PageInfo, { description: "Where the page stands." })
  pageInfo!: PageInfo;
  @TG.Field(() => TG.Int, { description: "Number of aliases." })
  totalCount!: number;
}

@TG.ObjectType("ModelAliasCreatePayload", { description: "What came of `modelAliasCreate`.", simpleResolvers: true })
export class ModelAliasCreatePayload {
  declare __typename?: "ModelAliasCreatePayload";
  @TG.Field(() => ModelAlias, { nullable: true, description: "The alias. Null when it was not done." })
  alias?: ModelAlias | null | undefined;
  @TG.Directive("@listSize(assumedSize: 16)")
  @TG.Field(() => [ProviderAccountError], { description: "Why it was not done; empty when it was." })
  errors!: ReadonlyArray<ProviderAccountError>;
}

@TG.ObjectType("ModelAliasDeletePayload", { description: "What came of `modelAliasDelete`.", simpleResolvers: true })
export class ModelAliasDeletePayload {
  declare __typename?: "ModelAliasDeletePayload";
  @TG.Field(() => ModelAlias, { nullable: true, description: "The alias as it was. Null when it was not done." })
  alias?: ModelAlias | null | undefined;
  @TG.Directive("@listSize(assumedSize: 16)")
  @TG.Field(() => [ProviderAccountError], { description: "Why it was not done; empty when it was." })
  errors!: ReadonlyArray<ProviderAccountError>;
}

@TG.ObjectType("ModelAliasEdge", { description: "An alias in a page.", simpleResolvers: true })
export class ModelAliasEdge {
  declare __typename?: "ModelAliasEdge";
  @TG.Field(() => String, { description: "Position in the list." })
  cursor!: string;
  @TG.Field(() => ModelAlias, { description: "The alias." })
  node!: ModelAlias;
}

@TG.ObjectType("ModelAliasUpdatePayload", { description: "What came of `modelAliasUpdate`.", simpleResolvers: true })
export class ModelAliasUpdatePayload {
  declare __typename?: "ModelAliasUpdatePayload";
  @TG.Field(() => ModelAlias, { nullable: true, description: "The alias as it is now. Null when it was not done." })
  alias?: ModelAlias | null | undefined;
  @TG.Directive("@listSize(assumedSize: 16)")
  @TG.Field(() => [ProviderAccountError], { description: "Why it was not done; empty when it was." })
  errors!: ReadonlyArray<ProviderAccountError>;
}

@TG.ObjectType("ModelCapabilities", { description: "Abilities of a model.", simpleResolvers: true })
export class ModelCapabilities {
  declare __typename?: "ModelCapabilities";
  @TG.Field(() => Boolean, { description: "Reads or writes sound." })
  hasAudio!: boolean;
  @TG.Field(() => Boolean, { description: "Reads documents." })
  hasDocuments!: boolean;
  @TG.Field(() => Boolean, { description: "Thinks before it answers." })
  hasReasoning!: boolean;
  @TG.Field(() => Boolean, { description: "Keeps to a JSON schema." })
  hasStructuredOutput!: boolean;
  @TG.Field(() => Boolean, { description: "Calls tools." })
  hasTools!: boolean;
  @TG.Field(() => Boolean, { description: "Reads images." })
  hasVision!: boolean;
}

@TG.ObjectType("ModelConnection", { description: "A page of models.", simpleResolvers: true })
export class ModelConnection {
  declare __typename?: "ModelConnection";
  @TG.Field(() => [ModelEdge], { description: "Models with their cursors." })
  edges!: ReadonlyArray<ModelEdge>;
  @TG.Field(() => [Model], { description: "The models alone." })
  nodes!: ReadonlyArray<Model>;
  @TG.Field(() => PageInfo, { description: "Where the page stands." })
  pageInfo!: PageInfo;
  @TG.Field(() => TG.Int, { description: "Number of models that match the filter." })
  totalCount!: number;
}

@TG.ObjectType("ModelEdge", { description: "A model in a page.", simpleResolvers: true })
export class ModelEdge {
  declare __typename?: "ModelEdge";
  @TG.Field(() => String, { description: "Position in the list." })
  cursor!: string;
  @TG.Field(() => Model, { description: "The model." })
  node!: Model;
}

@TG.ObjectType("ModelPrice", { description: "Prices in force from a date on, in USD for a million tokens of each bucket. A bucket without a price is billed as the note beside it says.", simpleResolvers: true })
export class ModelPrice {
  declare __typename?: "ModelPrice";
  @TG.Field(() => S.Decimal, { nullable: true, description: "Tokens of sound that is read; null: unknown." })
  audioInputUsdPerMillion?: S.DecimalOutput | null | undefined;
  @TG.Field(() => S.Decimal, { nullable: true, description: "Tokens of sound that is written; null: unknown." })
  audioOutputUsdPerMillion?: S.DecimalOutput | null | undefined;
  @TG.Field(() => S.Decimal, { nullable: true, description: "Input tokens written to a prompt cache that keeps them for an hour; null: unknown." })
  cacheWriteHourUsdPerMillion?: S.DecimalOutput | null | undefined;
  @TG.Field(() => S.Decimal, { nullable: true, description: "Input tokens written to the prompt cache; null: as input." })
  cacheWriteUsdPerMillion?: S.DecimalOutput | null | undefined;
  @TG.Field(() => S.Decimal, { nullable: true, description: "Input tokens read from the prompt cache; null: as input." })
  cachedReadUsdPerMillion?: S.DecimalOutput | null | undefined;
  @TG.Directive("@listSize(assumedSize: 8)")
  @TG.Field(() => [ModelPriceTier], { description: "Rates of a whole call whose input is larger than a size, ascending; at most 8." })
  contextTiers!: ReadonlyArray<ModelPriceTier>;
  @TG.Field(() => S.DateTime, { description: "From when on it applies." })
  effectiveFrom!: S.DateTimeOutput;
  @TG.Field(() => S.Decimal, { nullable: true, description: "Tokens of images that are read; null: as input." })
  imageInputUsdPerMillion?: S.DecimalOutput | null | undefined;
  @TG.Field(() => S.Decimal, { description: "Input tokens." })
  inputUsdPerMillion!: S.DecimalOutput;
  @TG.Field(() => S.Decimal, { description: "Output tokens." })
  outputUsdPerMillion!: S.DecimalOutput;
  @TG.Field(() => S.Decimal, { nullable: true, description: "A second of sound; null: not charged by the piece, or unknown." })
  perAudioSecondUsd?: S.DecimalOutput | null | undefined;
  @TG.Field(() => S.Decimal, { nullable: true, description: "A character that is spoken; null: not charged by the piece, or unknown." })
  perCharacterUsd?: S.DecimalOutput | null | undefined;
  @TG.Field(() => S.Decimal, { nullable: true, description: "An image that is made; null: not charged by the piece, or unknown." })
  perImageUsd?: S.DecimalOutput | null | undefined;
  @TG.Field(() => S.Decimal, { nullable: true, description: "A search unit, as rerankers charge; null: not charged by the piece, or unknown." })
  perSearchUsd?: S.DecimalOutput | null | undefined;
  @TG.Field(() => S.Decimal, { nullable: true, description: "Reasoning tokens; null: as output." })
  reasoningUsdPerMillion?: S.DecimalOutput | null | undefined;
  @TG.Directive("@listSize(assumedSize: 8)")
  @TG.Field(() => [ModelServiceTier], { description: "Rates at service tiers other than the usual one, as far as they are known; at most 8. The cost of a tier that is not here is unknown." })
  serviceTiers!: ReadonlyArray<ModelServiceTier>;
  @TG.Field(() => String, { description: "Where the figures come from." })
  source!: string;
  @TG.Field(() => String, { description: "Stable name of this version, which every amount quotes." })
  version!: string;
}

@TG.ObjectType("ModelPriceSetPayload", { description: "What came of setting a price.", simpleResolvers: true })
export class ModelPriceSetPayload {
  declare __typename?: "ModelPriceSetPayload";
  @TG.Directive("@listSize(assumedSize: 1)")
  @TG.Field(() => [ModelPriceSetError], { description: "What went wrong; empty when it succeeded. At most one." })
  errors!: ReadonlyArray<ModelPriceSetError>;
  @TG.Field(() => ModelPriceVersion, { nullable: true, description: "The price as it was set; null when it was refused." })
  price?: ModelPriceVersion | null | undefined;
}

@TG.ObjectType("ModelPriceTier", { description: "Rates that hold for a whole call when its input is larger than a size, in USD for a million tokens; null as in `ModelPrice`.", simpleResolvers: true })
export class ModelPriceTier {
  declare __typename?: "ModelPriceTier";
  @TG.Field(() => TG.Int, { description: "Input, all buckets together, above which these rates hold." })
  aboveInputTokens!: number;
  @TG.Field(() => S.Decimal, { nullable: true, description: "Input tokens written to the prompt cache." })
  cacheWriteUsdPerMillion?: S.DecimalOutput | null | undefined;
  @TG.Field(() => S.Decimal, { nullable: true, description: "Input tokens read from the prompt cache." })
  cachedReadUsdPerMillion?: S.DecimalOutput | null | undefined;
  @TG.Field(() => S.Decimal, { description: "Input tokens." })
  inputUsdPerMillion!: S.DecimalOutput;
  @TG.Field(() => S.Decimal, { description: "Output tokens." })
  outputUsdPerMillion!: S.DecimalOutput;
}

@TG.ObjectType("ModelPriceVersion", { implements: [Node], description: "A price that was set on this installation; it never changes.", simpleResolvers: true })
export class ModelPriceVersion implements Node {
  declare __typename?: "ModelPriceVersion";
  @TG.Field(() => S.DateTime, { description: "From when on it applies." })
  effectiveFrom!: S.DateTimeOutput;
  @TG.Field(() => TG.ID, { description: "Opaque id." })
  id!: string;
  @TG.Field(() => String, { description: "Name of the model, `<provider>/<model>`." })
  modelName!: string;
  @TG.Field(() => ModelPrice, { nullable: true, description: "What the model costs; null when from then on what comes with the server counts again." })
  price?: ModelPrice | null | undefined;
  @TG.Field(() => S.DateTime, { description: "When it was set." })
  setAt!: S.DateTimeOutput;
  @TG.Field(() => String, { description: "Where the figures come from." })
  source!: string;
  @TG.Field(() => String, { description: "Stable name of this version, which every amount quotes." })
  version!: string;
}

@TG.ObjectType("ModelPriceVersionConnection", { description: "A page of prices that were set.", simpleResolvers: true })
export class ModelPriceVersionConnection {
  declare __typename?: "ModelPriceVersionConnection";
  @TG.Field(() => [ModelPriceVersionEdge], { description: "Prices with their cursors." })
  edges!: ReadonlyArray<ModelPriceVersionEdge>;
  @TG.Field(() => [ModelPriceVersion], { description: "The prices alone." })
  nodes!: ReadonlyArray<ModelPriceVersion>;
  @TG.Field(() => PageInfo, { description: "Where the page stands." })
  pageInfo!: PageInfo;
  @TG.Field(() => TG.Int, { description: "Number of prices that were set." })
  totalCount!: number;
}

@TG.ObjectType("ModelPriceVersionEdge", { description: "A price in a page.", simpleResolvers: true })
export class ModelPriceVersionEdge {
  declare __typename?: "ModelPriceVersionEdge";
  @TG.Field(() => String, { description: "Position in the list." })
  cursor!: string;
  @TG.Field(() => ModelPriceVersion, { description: "The price." })
  node!: ModelPriceVersion;
}

@TG.ObjectType("ModelServiceTier", { description: "Rates at one service tier, in USD for a million tokens; null as in `ModelPrice`.", simpleResolvers: true })
export class ModelServiceTier {
  declare __typename?: "ModelServiceTier";
  @TG.Field(() => S.Decimal, { nullable: true, description: "Input tokens written to the prompt cache." })
  cacheWriteUsdPerMillion?: S.DecimalOutput | null | undefined;
  @TG.Field(() => S.Decimal, { nullable: true, description: "Input tokens read from the prompt cache." })
  cachedReadUsdPerMillion?: S.DecimalOutput | null | undefined;
  @TG.Field(() => S.Decimal, { description: "Input tokens." })
  inputUsdPerMillion!: S.DecimalOutput;
  @TG.Field(() => String, { description: "The provider's word for it, such as `flex` or `priority`." })
  name!: string;
  @TG.Field(() => S.Decimal, { description: "Output tokens." })
  outputUsdPerMillion!: S.DecimalOutput;
}

@TG.ObjectType("ModerationCategory", { description: "A category of content.", simpleResolvers: true })
export class ModerationCategory {
  declare __typename?: "ModerationCategory";
  @TG.Field(() => Boolean, { nullable: true, description: "Whether it applies; null where the vendor gives scores only." })
  isFlagged?: boolean | null | undefined;
  @TG.Field(() => String, { description: "The vendor's name of it, such as `violence`." })
  name!: string;
  @TG.Field(() => TG.Float, { nullable: true, description: "How sure the model is, 0 to 1; null where the vendor tells none." })
  score?: number | null | undefined;
}

@TG.ObjectType("ModerationCreatePayload", { description: "Verdicts, and the record of the call.", simpleResolvers: true })
export class ModerationCreatePayload {
  declare __typename?: "ModerationCreatePayload";
  @TG.Field(() => Completion, { nullable: true, description: "The record of the call; also present when it failed after it was recorded. Null when it was refused before." })
  completion?: Completion | null | undefined;
  @TG.Directive("@listSize(assumedSize: 1)")
  @TG.Field(() => [CompletionError], { description: "What went wrong; empty when it succeeded. At most one." })
  errors!: ReadonlyArray<CompletionError>;
  @TG.Directive("@listSize(assumedSize: 20)")
  @TG.Field(() => [ModerationVerdict], { nullable: true, description: "One for each text, in order, at most 2,048; null when the call failed." })
  verdicts?: ReadonlyArray<ModerationVerdict> | null | undefined;
}

@TG.ObjectType("ModerationVerdict", { description: "What a model makes of a text.", simpleResolvers: true })
export class ModerationVerdict {
  declare __typename?: "ModerationVerdict";
  @TG.Directive("@listSize(assumedSize: 20)")
  @TG.Field(() => [ModerationCategory], { description: "The vendor's categories, a few dozen." })
  categories!: ReadonlyArray<ModerationCategory>;
  @TG.Field(() => Boolean, { description: "Whether any category applies." })
  isFlagged!: boolean;
}

@TG.ObjectType("NoRouteError", { implements: [UserError], description: "The model exists, but nothing that serves it can be used now.", simpleResolvers: true })
export class NoRouteError implements UserError {
  declare __typename?: "NoRouteError";
  @TG.Field(() => String, { description: "Always `NO_ROUTE`." })
  code!: string;
  @TG.Field(() => Boolean, { description: "Whether the same call may succeed later." })
  isRetryable!: boolean;
  @TG.Field(() => String, { description: "Sentence for a person." })
  message!: string;
  @TG.Directive("@listSize(assumedSize: 8)")
  @TG.Field(() => [String], { nullable: true, description: "Input path of the model." })
  path?: ReadonlyArray<string> | null | undefined;
  @TG.Directive("@listSize(assumedSize: 16)")
  @TG.Field(() => [String], { description: "Why each candidate was left out, one sentence each." })
  reasons!: ReadonlyArray<string>;
}

@TG.ObjectType("NotFoundError", { implements: [UserError], description: "Something named in the input does not exist, or is not yours.", simpleResolvers: true })
export class NotFoundError implements UserError {
  declare __typename?: "NotFoundError";
  @TG.Field(() => String, { description: "Always `NOT_FOUND`." })
  code!: string;
  @TG.Field(() => String, { description: "Sentence for a person." })
  message!: string;
  @TG.Directive("@listSize(assumedSize: 8)")
  @TG.Field(() => [String], { nullable: true, description: "Input path of the name." })
  path?: ReadonlyArray<string> | null | undefined;
}

@TG.ObjectType("Organization", { implements: [Node], description: "A paying tenant.", simpleResolvers: true })
export class Organization implements Node {
  declare __typename?: "Organization";
  @TG.Field(() => S.DateTime, { description: "When it was made." })
  createdAt!: S.DateTimeOutput;
  @TG.Field(() => TG.ID, { description: "Opaque id." })
  id!: string;
  @TG.Field(() => String, { description: "Display name." })
  name!: string;
}

@TG.ObjectType("PageInfo", { description: "Where a page of a connection stands.", simpleResolvers: true })
export class PageInfo {
  declare __typename?: "PageInfo";
  @TG.Field(() => String, { nullable: true, description: "Cursor of the last edge; null on an empty page." })
  endCursor?: string | null | undefined;
  @TG.Field(() => Boolean, { description: "Whether there are edges after the last one here." })
  hasNextPage!: boolean;
  @TG.Field(() => Boolean, { description: "Whether there are edges before the first one here." })
  hasPreviousPage!: boolean;
  @TG.Field(() => String, { nullable: true, description: "Cursor of the first edge; null on an empty page." })
  startCursor?: string | null | undefined;
}

@TG.ObjectType("Project", { implements: [Node], description: "A unit of work inside an organization; keys and completions belong to one.", simpleResolvers: true })
export class Project implements Node {
  declare __typename?: "Project";
  @TG.Field(() => S.DateTime, { description: "When it was made." })
  createdAt!: S.DateTimeOutput;
  @TG.Field(() => TG.ID, { description: "Opaque id." })
  id!: string;
  @TG.Field(() => String, { description: "Display name." })
  name!: string;
}

@TG.ObjectType("Provider", { implements: [Node], description: "Somebody who serves models.", simpleResolvers: true })
export class Provider implements Node {
  declare __typename?: "Provider";
  @TG.Field(() => ProviderCapabilities, { description: "Abilities of its interface." })
  capabilities!: ProviderCapabilities;
  @TG.Field(() => String, { nullable: true, description: "What would connect it, such as the variable to set; null when it is connected." })
  connectHint?: string | null | undefined;
  @TG.Field(() => String, { description: "Name for people." })
  displayName!: string;
  @TG.Field(() => TG.ID, { description: "Opaque id." })
  id!: string;
  @TG.Field(() => Boolean, { description: "Whether calls can be sent to it." })
  isConnected!: boolean;
  @TG.Field(() => String, { description: "Stable name, the part of a model's name before the slash." })
  name!: string;
}

@TG.ObjectType("ProviderAccount", { implements: [Node], description: "An account at a provider, with the credentials that calls to it use.", simpleResolvers: true })
export class ProviderAccount implements Node {
  declare __typename?: "ProviderAccount";
  @TG.Field(() => String, { nullable: true, description: "Where its requests go; null when it has none." })
  baseUrl?: string | null | undefined;
  @TG.Field(() => S.DateTime, { nullable: true, description: "When it was connected; null for accounts of the environment and of the file." })
  createdAt?: S.DateTimeOutput | null | undefined;
  @TG.Directive("@listSize(assumedSize: 20)")
  @TG.Field(() => [ProviderCredential], { description: "Its credentials, newest first." })
  credentials!: ReadonlyArray<ProviderCredential>;
  @TG.Field(() => ProviderDiscovery, { nullable: true, description: "What the provider listed when it was last asked; null when it never was." })
  discovery?: ProviderDiscovery | null | undefined;
  @TG.Field(() => String, { description: "Name for people." })
  displayName!: string;
  @TG.Directive("@listSize(assumedSize: 20)")
  @TG.Field(() => [String], { description: "Names of the headers that are sent with every request, in lower case. Their values are never shown." })
  headerNames!: ReadonlyArray<string>;
  @TG.Field(() => TG.ID, { description: "Opaque id." })
  id!: string;
  @TG.Field(() => Boolean, { description: "Whether calls may go to it." })
  isEnabled!: boolean;
  @TG.Field(() => Boolean, { description: "Whether another account of the same name is called in its place, by the order of the sources." })
  isOverridden!: boolean;
  @TG.Field(() => Boolean, { description: "Whether it is changed elsewhere than here." })
  isReadOnly!: boolean;
  @TG.Directive("@listSize(assumedSize: 100)")
  @TG.Field(() => [String], { description: "Models that were named with it; others can be called all the same." })
  models!: ReadonlyArray<string>;
  @TG.Field(() => String, { description: "The part of a model's name before the slash, such as `openai`." })
  name!: string;
  @TG.Field(() => String, { nullable: true, description: "Why it cannot be called, for people; null when nothing is known to be in the way." })
  problem?: string | null | undefined;
  @TG.Directive("@listSize(assumedSize: 8)")
  @TG.Field(() => [ProviderSettingValue], { description: "Settings that are no secrets." })
  settings!: ReadonlyArray<ProviderSettingValue>;
  @TG.Field(() => ProviderAccountSource, { description: "Where it is written down." })
  source!: ProviderAccountSource;
  @TG.Field(() => S.DateTime, { nullable: true, description: "When it was last changed; null for accounts of the environment and of the file." })
  updatedAt?: S.DateTimeOutput | null | undefined;
  @TG.Field(() => ProviderVendor, { nullable: true, description: "Kind of provider; null when this server does not know it any more." })
  vendor?: ProviderVendor | null | undefined;
}

@TG.ObjectType("ProviderAccountConnectPayload", { description: "What came of `providerAccountConnect`.", simpleResolvers: true })
export class ProviderAccountConnectPayload {
  declare __typename?: "ProviderAccountConnectPayload";
  @TG.Field(() => ProviderAccount, { nullable: true, description: "The account, connected. Null when it was not done." })
  account?: ProviderAccount | null | undefined;
  @TG.Directive("@listSize(assumedSize: 16)")
  @TG.Field(() => [ProviderAccountError], { description: "Why it was not done; empty when it was." })
  errors!: ReadonlyArray<ProviderAccountError>;
}

@TG.ObjectType("ProviderAccountConnection", { description: "A page of accounts.", simpleResolvers: true })
export class ProviderAccountConnection {
  declare __typename?: "ProviderAccountConnection";
  @TG.Field(() => [ProviderAccountEdge], { description: "Accounts with their cursors." })
  edges!: ReadonlyArray<ProviderAccountEdge>;
  @TG.Field(() => [ProviderAccount], { description: "The accounts alone." })
  nodes!: ReadonlyArray<ProviderAccount>;
  @TG.Field(() => PageInfo, { description: "Where the page stands." })
  pageInfo!: PageInfo;
  @TG.Field(() => TG.Int, { description: "Number of accounts." })
  totalCount!: number;
}

@TG.ObjectType("ProviderAccountDeletePayload", { description: "What came of `providerAccountDelete`.", simpleResolvers: true })
export class ProviderAccountDeletePayload {
  declare __typename?: "ProviderAccountDeletePayload";
  @TG.Field(() => ProviderAccount, { nullable: true, description: "The account as it was. Null when it was not done." })
  account?: ProviderAccount | null | undefined;
  @TG.Directive("@listSize(assumedSize: 16)")
  @TG.Field(() => [ProviderAccountError], { description: "Why it was not done; empty when it was." })
  errors!: ReadonlyArray<ProviderAccountError>;
}

@TG.ObjectType("ProviderAccountDisablePayload", { description: "What came of `providerAccountDisable`.", simpleResolvers: true })
export class ProviderAccountDisablePayload {
  declare __typename?: "ProviderAccountDisablePayload";
  @TG.Field(() => ProviderAccount, { nullable: true, description: "The account as it is now. Null when it was not done." })
  account?: ProviderAccount | null | undefined;
  @TG.Directive("@listSize(assumedSize: 16)")
  @TG.Field(() => [ProviderAccountError], { description: "Why it was not done; empty when it was." })
  errors!: ReadonlyArray<ProviderAccountError>;
}

@TG.ObjectType("ProviderAccountEdge", { description: "An account in a page.", simpleResolvers: true })
export class ProviderAccountEdge {
  declare __typename?: "ProviderAccountEdge";
  @TG.Field(() => String, { description: "Position in the list." })
  cursor!: string;
  @TG.Field(() => ProviderAccount, { description: "The account." })
  node!: ProviderAccount;
}

@TG.ObjectType("ProviderAccountEnablePayload", { description: "What came of `providerAccountEnable`.", simpleResolvers: true })
export class ProviderAccountEnablePayload {
  declare __typename?: "ProviderAccountEnablePayload";
  @TG.Field(() => ProviderAccount, { nullable: true, description: "The account as it is now. Null when it was not done." })
  account?: ProviderAccount | null | undefined;
  @TG.Directive("@listSize(assumedSize: 16)")
  @TG.Field(() => [ProviderAccountError], { description: "Why it was not done; empty when it was." })
  errors!: ReadonlyArray<ProviderAccountError>;
}

@TG.ObjectType("ProviderAccountTestPayload", { description: "What came of `providerAccountTest`.", simpleResolvers: true })
export class ProviderAccountTestPayload {
  declare __typename?: "ProviderAccountTestPayload";
  @TG.Field(() => ProviderAccount, { nullable: true, description: "The account; null when nothing was tried." })
  account?: ProviderAccount | null | undefined;
  @TG.Directive("@listSize(assumedSize: 16)")
  @TG.Field(() => [ProviderAccountError], { description: "Why it was not done; empty when it was." })
  errors!: ReadonlyArray<ProviderAccountError>;
  @TG.Directive("@listSize(assumedSize: 20)")
  @TG.Field(() => [ProviderCredentialTest], { nullable: true, description: "How each credential did; null when nothing was tried." })
  tests?: ReadonlyArray<ProviderCredentialTest> | null | undefined;
}

@TG.ObjectType("ProviderAccountUpdatePayload", { description: "What came of `providerAccountUpdate`.", simpleResolvers: true })
export class ProviderAccountUpdatePayload {
  declare __typename?: "ProviderAccountUpdatePayload";
  @TG.Field(() => ProviderAccount, { nullable: true, description: "The account as it is now. Null when it was not done." })
  account?: ProviderAccount | null | undefined;
  @TG.Directive("@listSize(assumedSize: 16)")
  @TG.Field(() => [ProviderAccountError], { description: "Why it was not done; empty when it was." })
  errors!: ReadonlyArray<ProviderAccountError>;
}

@TG.ObjectType("ProviderCapabilities", { description: "Abilities of a provider's interface; a model of it may have fewer.", simpleResolvers: true })
export class ProviderCapabilities {
  declare __typename?: "ProviderCapabilities";
  @TG.Field(() => Boolean, { description: "Takes documents." })
  hasDocuments!: boolean;
  @TG.Field(() => Boolean, { description: "Makes embeddings." })
  hasEmbeddings!: boolean;
  @TG.Field(() => Boolean, { description: "Returns log probabilities." })
  hasLogprobs!: boolean;
  @TG.Field(() => Boolean, { description: "Gives several answers to one call." })
  hasMultipleChoices!: boolean;
  @TG.Field(() => Boolean, { description: "Returns reasoning." })
  hasReasoning!: boolean;
  @TG.Field(() => Boolean, { description: "Streams answers." })
  hasStreaming!: boolean;
  @TG.Field(() => Boolean, { description: "Keeps to a JSON schema." })
  hasStructuredOutput!: boolean;
  @TG.Field(() => Boolean, { description: "Takes tool definitions." })
  hasTools!: boolean;
  @TG.Field(() => Boolean, { description: "Takes images." })
  hasVision!: boolean;
}

@TG.ObjectType("ProviderConnection", { description: "A page of providers.", simpleResolvers: true })
export class ProviderConnection {
  declare __typename?: "ProviderConnection";
  @TG.Field(() => [ProviderEdge], { description: "Providers with their cursors." })
  edges!: ReadonlyArray<ProviderEdge>;
  @TG.Field(() => [Provider], { description: "The providers alone." })
  nodes!: ReadonlyArray<Provider>;
  @TG.Field(() => PageInfo, { description: "Where the page stands." })
  pageInfo!: PageInfo;
  @TG.Field(() => TG.Int, { description: "Number of providers." })
  totalCount!: number;
}

@TG.ObjectType("ProviderCredential", { implements: [Node], description: "A credential of an account. Its secrets are sealed and never shown again.", simpleResolvers: true })
export class ProviderCredential implements Node {
  declare __typename?: "ProviderCredential";
  @TG.Field(() => S.DateTime, { nullable: true, description: "When it was given; null for accounts of the environment and of the file." })
  createdAt?: S.DateTimeOutput | null | undefined;
  @TG.Field(() => ProviderCredentialHealth, { description: "What the process that answers has seen of it since it started. Other processes have seen other calls." })
  health!: ProviderCredentialHealth;
  @TG.Field(() => String, { nullable: true, description: "Last characters of the secret, enough to recognise it; null where they would tell too much, and for the environment's." })
  hint?: string | null | undefined;
  @TG.Field(() => TG.ID, { description: "Opaque id." })
  id!: string;
  @TG.Field(() => String, { description: "Name for people." })
  name!: string;
  @TG.Field(() => String, { nullable: true, description: "Why it cannot be used, for people; null when nothing is known to be in the way." })
  problem?: string | null | undefined;
  @TG.Field(() => S.DateTime, { nullable: true, description: "When it goes, since another one takes its place; null: it stays." })
  retiresAt?: S.DateTimeOutput | null | undefined;
  @TG.Field(() => ProviderCredentialStatus, { description: "What becomes of it." })
  status!: ProviderCredentialStatus;
}

@TG.ObjectType("ProviderCredentialAddPayload", { description: "What came of `providerCredentialAdd`.", simpleResolvers: true })
export class ProviderCredentialAddPayload {
  declare __typename?: "ProviderCredentialAddPayload";
  @TG.Field(() => ProviderAccount, { nullable: true, description: "The account that it belongs to, as it is now. Null when it was not done." })
  account?: ProviderAccount | null | undefined;
  @TG.Field(() => ProviderCredential, { nullable: true, description: "The credential. Null when it was not done." })
  credential?: ProviderCredential | null | undefined;
  @TG.Directive("@listSize(assumedSize: 16)")
  @TG.Field(() => [ProviderAccountError], { description: "Why it was not done; empty when it was." })
  errors!: ReadonlyArray<ProviderAccountError>;
}

@TG.ObjectType("ProviderCredentialDeletePayload", { description: "What came of `providerCredentialDelete`.", simpleResolvers: true })
export class ProviderCredentialDeletePayload {
  declare __typename?: "ProviderCredentialDeletePayload";
  @TG.Field(() => ProviderAccount, { nullable: true, description: "The account without it. Null when it was not done." })
  account?: ProviderAccount | null | undefined;
  @TG.Directive("@listSize(assumedSize: 16)")
  @TG.Field(() => [ProviderAccountError], { description: "Why it was not done; empty when it was." })
  errors!: ReadonlyArray<ProviderAccountError>;
}

@TG.ObjectType("ProviderCredentialDisablePayload", { description: "What came of `providerCredentialDisable`.", simpleResolvers: true })
export class ProviderCredentialDisablePayload {
  declare __typename?: "ProviderCredentialDisablePayload";
  @TG.Field(() => ProviderAccount, { nullable: true, description: "The account that it belongs to, as it is now. Null when it was not done." })
  account?: ProviderAccount | null | undefined;
  @TG.Field(() => ProviderCredential, { nullable: true, description: "The credential as it is now. Null when it was not done." })
  credential?: ProviderCredential | null | undefined;
  @TG.Directive("@listSize(assumedSize: 16)")
  @TG.Field(() => [ProviderAccountError], { description: "Why it was not done; empty when it was." })
  errors!: ReadonlyArray<ProviderAccountError>;
}

@TG.ObjectType("ProviderCredentialEnablePayload", { description: "What came of `providerCredentialEnable`.", simpleResolvers: true })
export class ProviderCredentialEnablePayload {
  declare __typename?: "ProviderCredentialEnablePayload";
  @TG.Field(() => ProviderAccount, { nullable: true, description: "The account that it belongs to, as it is now. Null when it was not done." })
  account?: ProviderAccount | null | undefined;
  @TG.Field(() => ProviderCredential, { nullable: true, description: "The credential as it is now. Null when it was not done." })
  credential?: ProviderCredential | null | undefined;
  @TG.Directive("@listSize(assumedSize: 16)")
  @TG.Field(() => [ProviderAccountError], { description: "Why it was not done; empty when it was." })
  errors!: ReadonlyArray<ProviderAccountError>;
}

@TG.ObjectType("ProviderCredentialHealth", { description: "How a credential has fared in one process.", simpleResolvers: true })
export class ProviderCredentialHealth {
  declare __typename?: "ProviderCredentialHealth";
  @TG.Field(() => ProviderHeadroom, { nullable: true, description: "What the provider said was left of its rate limits; null when it has not said." })
  headroom?: ProviderHeadroom | null | undefined;
  @TG.Field(() => S.DateTime, { nullable: true, description: "When a call with it last failed for a reason that is not the call's own; null: not yet." })
  lastFailureAt?: S.DateTimeOutput | null | undefined;
  @TG.Field(() => AttemptErrorClass, { nullable: true, description: "Class of that failure." })
  lastFailureClass?: AttemptErrorClass | null | undefined;
  @TG.Field(() => TG.Int, { nullable: true, description: "HTTP status of that failure; null when there was no answer." })
  lastFailureHttpStatus?: number | null | undefined;
  @TG.Field(() => S.DateTime, { nullable: true, description: "When a call with it last succeeded; null: not yet." })
  lastSuccessAt?: S.DateTimeOutput | null | undefined;
  @TG.Field(() => S.DateTime, { nullable: true, description: "Until when other credentials are preferred, after it was refused or limited; null: they are not." })
  restsUntilAt?: S.DateTimeOutput | null | undefined;
}

@TG.ObjectType("ProviderCredentialRotatePayload", { description: "What came of `providerCredentialRotate`.", simpleResolvers: true })
export class ProviderCredentialRotatePayload {
  declare __typename?: "ProviderCredentialRotatePayload";
  @TG.Field(() => ProviderAccount, { nullable: true, description: "The account that it belongs to, as it is now. Null when it was not done." })
  account?: ProviderAccount | null | undefined;
  @TG.Field(() => ProviderCredential, { nullable: true, description: "The new credential. Null when it was not done." })
  credential?: ProviderCredential | null | undefined;
  @TG.Directive("@listSize(assumedSize: 16)")
  @TG.Field(() => [ProviderAccountError], { description: "Why it was not done; empty when it was." })
  errors!: ReadonlyArray<ProviderAccountError>;
}

@TG.ObjectType("ProviderCredentialTest", { description: "How a credential did when it was tried.", simpleResolvers: true })
export class ProviderCredentialTest {
  declare __typename?: "ProviderCredentialTest";
  @TG.Field(() => ProviderCredential, { description: "The credential." })
  credential!: ProviderCredential;
  @TG.Field(() => TG.Float, { description: "How long it took, in milliseconds." })
  durationMs!: number;
  @TG.Field(() => AttemptErrorClass, { nullable: true, description: "Class of the failure; null when it works." })
  errorClass?: AttemptErrorClass | null | undefined;
  @TG.Field(() => TG.Int, { nullable: true, description: "HTTP status of the failure; null when it works, or when there was no answer." })
  httpStatus?: number | null | undefined;
  @TG.Field(() => Boolean, { description: "Whether the provider took it." })
  isWorking!: boolean;
  @TG.Field(() => String, { nullable: true, description: "What is wrong and what to do, for people; never the provider's own text. Null when it works." })
  message?: string | null | undefined;
}

@TG.ObjectType("ProviderDiscoveredModel", { description: "A model as its provider lists it. What the provider does not tell is null.", simpleResolvers: true })
export class ProviderDiscoveredModel {
  declare __typename?: "ProviderDiscoveredModel";
  @TG.Field(() => TG.Int, { nullable: true, description: "Tokens that input and output may have together." })
  contextTokens?: number | null | undefined;
  @TG.Field(() => S.DateTime, { nullable: true, description: "When the provider made it." })
  createdAt?: S.DateTimeOutput | null | undefined;
  @TG.Field(() => String, { nullable: true, description: "Name for people." })
  displayName?: string | null | undefined;
  @TG.Field(() => TG.Int, { nullable: true, description: "Tokens that the output may have." })
  maxOutputTokens?: number | null | undefined;
  @TG.Field(() => String, { description: "The provider's own name of it; calls write the account's name and a slash before it." })
  name!: string;
}

@TG.ObjectType("ProviderDiscoveredModelConnection", { description: "A page of models that a provider listed.", simpleResolvers: true })
export class ProviderDiscoveredModelConnection {
  declare __typename?: "ProviderDiscoveredModelConnection";
  @TG.Field(() => [ProviderDiscoveredModelEdge], { description: "Models with their cursors." })
  edges!: ReadonlyArray<ProviderDiscoveredModelEdge>;
  @TG.Field(() => [ProviderDiscoveredModel], { description: "The models alone." })
  nodes!: ReadonlyArray<ProviderDiscoveredModel>;
  @TG.Field(() => PageInfo, { description: "Where the page stands." })
  pageInfo!: PageInfo;
  @TG.Field(() => TG.Int, { description: "Number of models." })
  totalCount!: number;
}

@TG.ObjectType("ProviderDiscoveredModelEdge", { description: "A model that a provider listed, in a page.", simpleResolvers: true })
export class ProviderDiscoveredModelEdge {
  declare __typename?: "ProviderDiscoveredModelEdge";
  @TG.Field(() => String, { description: "Position in the list." })
  cursor!: string;
  @TG.Field(() => ProviderDiscoveredModel, { description: "The model." })
  node!: ProviderDiscoveredModel;
}

@TG.ObjectType("ProviderDiscovery", { description: "A list of models as the provider gave it.", simpleResolvers: true })
export class ProviderDiscovery {
  declare __typename?: "ProviderDiscovery";
  @TG.Field(() => S.DateTime, { description: "When it was asked." })
  discoveredAt!: S.DateTimeOutput;
  @TG.Field(() => TG.Int, { description: "Number of models, at most 5000. They are part of `models`, and alone in `providerDiscoveredModels`." })
  modelCount!: number;
}

@TG.ObjectType("ProviderEdge", { description: "A provider in a page.", simpleResolvers: true })
export class ProviderEdge {
  declare __typename?: "ProviderEdge";
  @TG.Field(() => String, { description: "Position in the list." })
  cursor!: string;
  @TG.Field(() => Provider, { description: "The provider." })
  node!: Provider;
}

@TG.ObjectType("ProviderFailedError", { implements: [UserError], description: "Every provider that was called failed.", simpleResolvers: true })
export class ProviderFailedError implements UserError {
  declare __typename?: "ProviderFailedError";
  @TG.Directive("@listSize(assumedSize: 16)")
  @TG.Field(() => [AttemptSummary], { description: "Calls that were made, in order." })
  attempts!: ReadonlyArray<AttemptSummary>;
  @TG.Field(() => String, { description: "Always `PROVIDER_FAILED`." })
  code!: string;
  @TG.Field(() => Boolean, { description: "Whether the same call may succeed later." })
  isRetryable!: boolean;
  @TG.Field(() => String, { description: "Sentence for a person; never the provider's own text." })
  message!: string;
  @TG.Directive("@listSize(assumedSize: 8)")
  @TG.Field(() => [String], { nullable: true, description: "Null: nothing in the input is to blame." })
  path?: ReadonlyArray<string> | null | undefined;
}

@TG.ObjectType("ProviderHeadroom", { description: "What a provider said was left of its rate limits.", simpleResolvers: true })
export class ProviderHeadroom {
  declare __typename?: "ProviderHeadroom";
  @TG.Field(() => S.DateTime, { description: "When it said so." })
  reportedAt!: S.DateTimeOutput;
  @TG.Field(() => ProviderHeadroomWindow, { nullable: true, description: "Requests, where it told of them." })
  requests?: ProviderHeadroomWindow | null | undefined;
  @TG.Field(() => ProviderHeadroomWindow, { nullable: true, description: "Tokens, where it told of them." })
  tokens?: ProviderHeadroomWindow | null | undefined;
}

@TG.ObjectType("ProviderHeadroomWindow", { description: "One of a provider's rate limits.", simpleResolvers: true })
export class ProviderHeadroomWindow {
  declare __typename?: "ProviderHeadroomWindow";
  @TG.Field(() => S.BigInt, { nullable: true, description: "How many are allowed; null where it did not say." })
  limit?: S.BigIntOutput | null | undefined;
  @TG.Field(() => S.BigInt, { nullable: true, description: "How many were left; null where it did not say." })
  remaining?: S.BigIntOutput | null | undefined;
  @TG.Field(() => S.DateTime, { nullable: true, description: "When all are there again; null where it did not say." })
  resetsAt?: S.DateTimeOutput | null | undefined;
}

@TG.ObjectType("ProviderModelsDiscoverPayload", { description: "What came of `providerModelsDiscover`.", simpleResolvers: true })
export class ProviderModelsDiscoverPayload {
  declare __typename?: "ProviderModelsDiscoverPayload";
  @TG.Field(() => ProviderAccount, { nullable: true, description: "The account with what was found. Null when it was not done." })
  account?: ProviderAccount | null | undefined;
  @TG.Directive("@listSize(assumedSize: 16)")
  @TG.Field(() => [ProviderDiscoveryError], { description: "Why it was not done; empty when it was." })
  errors!: ReadonlyArray<ProviderDiscoveryError>;
}

@TG.ObjectType("ProviderSettingValue", { description: "A setting of an account.", simpleResolvers: true })
export class ProviderSettingValue {
  declare __typename?: "ProviderSettingValue";
  @TG.Field(() => String, { description: "Name, as its vendor has it." })
  name!: string;
  @TG.Field(() => String, { description: "Value." })
  value!: string;
}

@TG.ObjectType("ProviderVendor", { description: "A kind of provider that can be connected.", simpleResolvers: true })
export class ProviderVendor {
  declare __typename?: "ProviderVendor";
  @TG.Field(() => String, { nullable: true, description: "What follows the base URL in requests, such as `/chat/completions`: it must end before that. Null where it does not matter." })
  baseUrlEndsBefore?: string | null | undefined;
  @TG.Field(() => ProviderCapabilities, { description: "Abilities of its interface." })
  capabilities!: ProviderCapabilities;
  @TG.Field(() => String, { nullable: true, description: "Base URL that is used when none is given; null: one must be given." })
  defaultBaseUrl?: string | null | undefined;
  @TG.Field(() => String, { description: "Name for people." })
  displayName!: string;
  @TG.Field(() => String, { description: "Stable name, such as `openai`; also the default name of an account there." })
  name!: string;
  @TG.Directive("@listSize(assumedSize: 8)")
  @TG.Field(() => [ProviderVendorSetting], { description: "What is asked for beside the base URL, in the order a form would ask." })
  settings!: ReadonlyArray<ProviderVendorSetting>;
}

@TG.ObjectType("ProviderVendorSetting", { description: "Something that a kind of provider asks for.", simpleResolvers: true })
export class ProviderVendorSetting {
  declare __typename?: "ProviderVendorSetting";
  @TG.Field(() => String, { description: "What it is, for people." })
  description!: string;
  @TG.Field(() => Boolean, { description: "Whether nothing can be connected without it." })
  isRequired!: boolean;
  @TG.Field(() => Boolean, { description: "Whether it is given among the secrets of a credential; otherwise among the settings of the account." })
  isSecret!: boolean;
  @TG.Field(() => String, { description: "Name by which it is given, such as `apiKey` or `region`." })
  name!: string;
}

@TG.ObjectType("QuotaExceededError", { implements: [UserError], description: "A cost bound would be exceeded; nothing was spent.", simpleResolvers: true })
export class QuotaExceededError implements UserError {
  declare __typename?: "QuotaExceededError";
  @TG.Field(() => String, { description: "Always `QUOTA_EXCEEDED`." })
  code!: string;
  @TG.Field(() => String, { description: "Sentence for a person." })
  message!: string;
  @TG.Directive("@listSize(assumedSize: 8)")
  @TG.Field(() => [String], { nullable: true, description: "Input path of the bound, or null when it is not in the input." })
  path?: ReadonlyArray<string> | null | undefined;
}

@TG.ObjectType("RankedDocument", { description: "A document by its relevance.", simpleResolvers: true })
export class RankedDocument {
  declare __typename?: "RankedDocument";
  @TG.Field(() => TG.Int, { description: "Position in the documents that were sent." })
  index!: number;
  @TG.Field(() => TG.Float, { description: "The model's own measure, comparable within one answer only." })
  score!: number;
}

@TG.ObjectType("ReasoningPart", { description: "Reasoning of a model.", simpleResolvers: true })
export class ReasoningPart {
  declare __typename?: "ReasoningPart";
  @TG.Field(() => String, { nullable: true, description: "Opaque data of withheld reasoning; null otherwise." })
  redactedData?: string | null | undefined;
  @TG.Field(() => String, { nullable: true, description: "Opaque signature; null when the provider gave none." })
  signature?: string | null | undefined;
  @TG.Field(() => String, { description: "The text; empty when it was withheld." })
  text!: string;
}

@TG.ObjectType("RerankCreatePayload", { description: "Documents by relevance, and the record of the call.", simpleResolvers: true })
export class RerankCreatePayload {
  declare __typename?: "RerankCreatePayload";
  @TG.Field(() => Completion, { nullable: true, description: "The record of the call; also present when it failed after it was recorded. Null when it was refused before." })
  completion?: Completion | null | undefined;
  @TG.Directive("@listSize(assumedSize: 20)")
  @TG.Field(() => [RankedDocument], { nullable: true, description: "Best first, at most 10,000; null when the call failed." })
  documents?: ReadonlyArray<RankedDocument> | null | undefined;
  @TG.Directive("@listSize(assumedSize: 1)")
  @TG.Field(() => [CompletionError], { description: "What went wrong; empty when it succeeded. At most one." })
  errors!: ReadonlyArray<CompletionError>;
}

@TG.ObjectType("Rerating", { implements: [Node], description: "A pass over calls that prices them again.", simpleResolvers: true })
export class Rerating implements Node {
  declare __typename?: "Rerating";
  @TG.Field(() => S.BigInt, { description: "Those whose price is another one now, or known for the first time." })
  changedAttempts!: S.BigIntOutput;
  @TG.Field(() => S.DateTime, { description: "When it was ordered." })
  createdAt!: S.DateTimeOutput;
  @TG.Field(() => S.Decimal, { description: "What the changes add up to, in USD; negative when calls became cheaper." })
  differenceUsd!: S.DecimalOutput;
  @TG.Directive("@listSize(assumedSize: 100)")
  @TG.Field(() => [ReratingDifference], { description: "The changes by model and price, largest first; at most 100." })
  differences!: ReadonlyArray<ReratingDifference>;
  @TG.Field(() => S.BigInt, { description: "Calls to providers that were looked at so far." })
  examinedAttempts!: S.BigIntOutput;
  @TG.Field(() => S.DateTime, { nullable: true, description: "When it ended; null while it runs." })
  finishedAt?: S.DateTimeOutput | null | undefined;
  @TG.Field(() => TG.ID, { description: "Opaque id." })
  id!: string;
  @TG.Field(() => Boolean, { description: "Whether it only tells what would change." })
  isDryRun!: boolean;
  @TG.Field(() => Boolean, { description: "Whether all of its calls have been looked at." })
  isFinished!: boolean;
  @TG.Field(() => S.BigInt, { description: "Those whose price is still unknown." })
  unpricedAttempts!: S.BigIntOutput;
}

@TG.ObjectType("ReratingDifference", { description: "What a pass changes for one model from one price to another.", simpleResolvers: true })
export class ReratingDifference {
  declare __typename?: "ReratingDifference";
  @TG.Field(() => S.BigInt, { description: "Calls to the provider that it concerns." })
  attempts!: S.BigIntOutput;
  @TG.Field(() => S.Decimal, { description: "What they add up to, in USD." })
  differenceUsd!: S.DecimalOutput;
  @TG.Field(() => String, { description: "Name of the model." })
  modelName!: string;
  @TG.Field(() => String, { nullable: true, description: "The price before; null when there was none." })
  previousPriceVersion?: string | null | undefined;
  @TG.Field(() => String, { description: "The price now." })
  priceVersion!: string;
}

@TG.ObjectType("Speech", { description: "Text spoken.", simpleResolvers: true })
export class Speech {
  declare __typename?: "Speech";
  @TG.Field(() => String, { description: "Base64 of the sound." })
  base64!: string;
  @TG.Field(() => String, { description: "Media type, such as `audio/mpeg`." })
  mediaType!: string;
}

@TG.ObjectType("SpeechCreatePayload", { description: "Sound, and the record of the call.", simpleResolvers: true })
export class SpeechCreatePayload {
  declare __typename?: "SpeechCreatePayload";
  @TG.Field(() => Completion, { nullable: true, description: "The record of the call; also present when it failed after it was recorded. Null when it was refused before." })
  completion?: Completion | null | undefined;
  @TG.Directive("@listSize(assumedSize: 1)")
  @TG.Field(() => [CompletionError], { description: "What went wrong; empty when it succeeded. At most one." })
  errors!: ReadonlyArray<CompletionError>;
  @TG.Field(() => Speech, { nullable: true, description: "The sound; null when the call failed." })
  speech?: Speech | null | undefined;
}

@TG.ObjectType("TimeoutError", { implements: [UserError], description: "The deadline passed before the answer was complete.", simpleResolvers: true })
export class TimeoutError implements UserError {
  declare __typename?: "TimeoutError";
  @TG.Directive("@listSize(assumedSize: 16)")
  @TG.Field(() => [AttemptSummary], { description: "Calls that were made, in order." })
  attempts!: ReadonlyArray<AttemptSummary>;
  @TG.Field(() => String, { description: "Always `TIMEOUT`." })
  code!: string;
  @TG.Field(() => String, { description: "Sentence for a person." })
  message!: string;
  @TG.Directive("@listSize(assumedSize: 8)")
  @TG.Field(() => [String], { nullable: true, description: "Input path of the deadline, or null for the server's own." })
  path?: ReadonlyArray<string> | null | undefined;
}

@TG.ObjectType("ToolCall", { description: "A tool call that a model asks for.", simpleResolvers: true })
export class ToolCall {
  declare __typename?: "ToolCall";
  @TG.Field(() => String, { description: "Arguments as the model wrote them: JSON text that may be invalid." })
  argumentsText!: string;
  @TG.Field(() => String, { description: "Id that the answer must quote." })
  id!: string;
  @TG.Field(() => String, { description: "Name of the tool." })
  name!: string;
}

@TG.ObjectType("Transcription", { description: "Speech written down.", simpleResolvers: true })
export class Transcription {
  declare __typename?: "Transcription";
  @TG.Field(() => TG.Float, { nullable: true, description: "Length of the recording in seconds; null where the provider tells none." })
  durationSeconds?: number | null | undefined;
  @TG.Field(() => String, { nullable: true, description: "The language spoken; null where the provider tells none." })
  language?: string | null | undefined;
  @TG.Field(() => String, { description: "The text." })
  text!: string;
}

@TG.ObjectType("TranscriptionCreatePayload", { description: "Text, and the record of the call.", simpleResolvers: true })
export class TranscriptionCreatePayload {
  declare __typename?: "TranscriptionCreatePayload";
  @TG.Field(() => Completion, { nullable: true, description: "The record of the call; also present when it failed after it was recorded. Null when it was refused before." })
  completion?: Completion | null | undefined;
  @TG.Directive("@listSize(assumedSize: 1)")
  @TG.Field(() => [CompletionError], { description: "What went wrong; empty when it succeeded. At most one." })
  errors!: ReadonlyArray<CompletionError>;
  @TG.Field(() => Transcription, { nullable: true, description: "The text; null when the call failed." })
  transcription?: Transcription | null | undefined;
}

@TG.ObjectType("Usage", { description: "Tokens in disjoint buckets that sum to the total.", simpleResolvers: true })
export class Usage {
  declare __typename?: "Usage";
  @TG.Field(() => TG.Int, { description: "Sound in." })
  audioInputTokens!: number;
  @TG.Field(() => TG.Int, { description: "Sound out." })
  audioOutputTokens!: number;
  @TG.Field(() => Basis, { description: "How the counts were found." })
  basis!: Basis;
  @TG.Field(() => TG.Int, { description: "Input tokens written to the provider's prompt cache." })
  cacheWriteTokens!: number;
  @TG.Field(() => TG.Int, { description: "Input tokens read from the provider's prompt cache." })
  cachedReadTokens!: number;
  @TG.Field(() => TG.Int, { description: "Images in, where the provider counts them apart." })
  imageInputTokens!: number;
  @TG.Field(() => TG.Int, { description: "Input tokens that are in no other bucket." })
  inputTokens!: number;
  @TG.Field(() => TG.Int, { description: "Output tokens that are in no other bucket." })
  outputTokens!: number;
  @TG.Field(() => TG.Int, { description: "Tokens the model thought with." })
  reasoningTokens!: number;
  @TG.Field(() => TG.Int, { description: "Sum of the buckets." })
  totalTokens!: number;
}

@TG.ObjectType("Viewer", { description: "The caller.", simpleResolvers: true })
export class Viewer {
  declare __typename?: "Viewer";
  @TG.Field(() => ApiKey, { nullable: true, description: "Key that was used; null for a signed-in session." })
  apiKey?: ApiKey | null | undefined;
  @TG.Field(() => Organization, { description: "Organization that pays." })
  organization!: Organization;
  @TG.Field(() => Project, { description: "Project that new completions belong to." })
  project!: Project;
  @TG.Directive("@listSize(assumedSize: 7)")
  @TG.Field(() => [Scope], { description: "Permissions the caller holds. At most one of each." })
  scopes!: ReadonlyArray<Scope>;
}

export const CompletionError = TG.createUnionType({ name: "CompletionError", description: "What can go wrong with a completion.", types: () => [ConflictError, ContentBlockedError, ContextTooLongError, InvalidInputError, NoRouteError, NotFoundError, ProviderFailedError, QuotaExceededError, TimeoutError] as const, resolveType: nameOfType });
export type CompletionError =
  | (ConflictError & { __typename: "ConflictError" })
  | (ContentBlockedError & { __typename: "ContentBlockedError" })
  | (ContextTooLongError & { __typename: "ContextTooLongError" })
  | (InvalidInputError & { __typename: "InvalidInputError" })
  | (NoRouteError & { __typename: "NoRouteError" })
  | (NotFoundError & { __typename: "NotFoundError" })
  | (ProviderFailedError & { __typename: "ProviderFailedError" })
  | (QuotaExceededError & { __typename: "QuotaExceededError" })
  | (TimeoutError & { __typename: "TimeoutError" });

export const CompletionStreamEvent = TG.createUnionType({ name: "CompletionStreamEvent", description: "One step of a streamed completion. `sequence` counts from 0 without gaps.", types: () => [CompletionChoiceFinished, CompletionExtra, CompletionFailed, CompletionFinished, CompletionLogprobs, CompletionReasoningDelta, CompletionReasoningEnded, CompletionRefusalDelta, CompletionStarted, CompletionTextDelta, CompletionToolCallDelta, CompletionToolCallStarted] as const, resolveType: nameOfType });
export type CompletionStreamEvent =
  | (CompletionChoiceFinished & { __typename: "CompletionChoiceFinished" })
  | (CompletionExtra & { __typename: "CompletionExtra" })
  | (CompletionFailed & { __typename: "CompletionFailed" })
  | (CompletionFinished & { __typename: "CompletionFinished" })
  | (CompletionLogprobs & { __typename: "CompletionLogprobs" })
  | (CompletionReasoningDelta & { __typename: "CompletionReasoningDelta" })
  | (CompletionReasoningEnded & { __typename: "CompletionReasoningEnded" })
  | (CompletionRefusalDelta & { __typename: "CompletionRefusalDelta" })
  | (CompletionStarted & { __typename: "CompletionStarted" })
  | (CompletionTextDelta & { __typename: "CompletionTextDelta" })
  | (CompletionToolCallDelta & { __typename: "CompletionToolCallDelta" })
  | (CompletionToolCallStarted & { __typename: "CompletionToolCallStarted" });

export const CompletionsRerateError = TG.createUnionType({ name: "CompletionsRerateError", description: "What can go wrong with the order to price calls again.", types: () => [ConflictError, InvalidInputError, NotFoundError] as const, resolveType: nameOfType });
export type CompletionsRerateError =
  | (ConflictError & { __typename: "ConflictError" })
  | (InvalidInputError & { __typename: "InvalidInputError" })
  | (NotFoundError & { __typename: "NotFoundError" });

export const ModelPriceSetError = TG.createUnionType({ name: "ModelPriceSetError", description: "What can go wrong when a price is set.", types: () => [ConflictError, InvalidInputError, NotFoundError] as const, resolveType: nameOfType });
export type ModelPriceSetError =
  | (ConflictError & { __typename: "ConflictError" })
  | (InvalidInputError & { __typename: "InvalidInputError" })
  | (NotFoundError & { __typename: "NotFoundError" });

export const ProviderAccountError = TG.createUnionType({ name: "ProviderAccountError", description: "Why an act on an account, a credential or an alias was not done. Nothing was changed.", types: () => [ConflictError, InvalidInputError, NotFoundError] as const, resolveType: nameOfType });
export type ProviderAccountError =
  | (ConflictError & { __typename: "ConflictError" })
  | (InvalidInputError & { __typename: "InvalidInputError" })
  | (NotFoundError & { __typename: "NotFoundError" });

export const ProviderDiscoveryError = TG.createUnionType({ name: "ProviderDiscoveryError", description: "Why the models of an account were not read. What was known before stays.", types: () => [ConflictError, InvalidInputError, NotFoundError, ProviderFailedError] as const, resolveType: nameOfType });
export type ProviderDiscoveryError =
  | (ConflictError & { __typename: "ConflictError" })
  | (InvalidInputError & { __typename: "InvalidInputError" })
  | (NotFoundError & { __typename: "NotFoundError" })
  | (ProviderFailedError & { __typename: "ProviderFailedError" });

@TG.InputType("AssistantMessageInput", { description: "What the model answered before." })
export class AssistantMessageInput {
  @TG.Field(() => MessageContentInput, { nullable: true, description: "The answer; may be omitted or null when it consisted of tool calls." })
  content?: MessageContentInput | null;
  @TG.Field(() => [ReasoningPartInput], { nullable: true, description: "Reasoning it returned; must be given back unchanged in tool loops of models that sign it. At most 512 parts." })
  reasoning?: ReadonlyArray<ReasoningPartInput> | null;
  @TG.Field(() => String, { nullable: true, description: "Refusal it returned." })
  refusal?: string | null;
  @TG.Field(() => [ToolCallInput], { nullable: true, description: "Tool calls it asked for, in order; at most 512." })
  toolCalls?: ReadonlyArray<ToolCallInput> | null;
}

@TG.InputType("AudioPartInput", { description: "Sound in a message." })
export class AudioPartInput {
  @TG.Field(() => String, { description: "Base64 of the sound." })
  data!: string;
  @TG.Field(() => String, { description: "Format, such as `wav` or `mp3`." })
  format!: string;
}

@TG.InputType("CompletionCreateInput", { description: "What to complete, and within which bounds. What the model's provider cannot do is answered with a warning." })
export class CompletionCreateInput {
  @TG.Field(() => TG.Int, { nullable: true, description: "Milliseconds for the whole call; the server's limit when omitted, null or larger." })
  deadlineMs?: number | null;
  @TG.Field(() => String, { nullable: true, description: "Makes repeating safe for 24 hours: the same key with the same input returns the first result; with another input it is a conflict. 1 to 255 characters." })
  idempotencyKey?: string | null;
  @TG.Field(() => Boolean, { nullable: true, description: "Whether several tools may be called in one answer; the provider's default when omitted or null." })
  isParallelToolCallsAllowed?: boolean | null;
  @TG.Field(() => S.Decimal, { nullable: true, description: "Most that this call may cost, in USD. It is refused before anything is spent when its upper bound is larger, or its price is unknown." })
  maxCostUsd?: S.DecimalInput | null;
  @TG.Field(() => [MessageInput], { description: "Conversation so far, oldest first; 1 to 10,000 messages." })
  messages!: ReadonlyArray<MessageInput>;
  @TG.Field(() => S.JSON, { nullable: true, description: "Caller's labels, kept with the record and returned; a JSON object of at most 16 KiB." })
  metadata?: S.JSONInput | null;
  @TG.Field(() => String, { description: "Name of the model, such as `openai/gpt-4.1-mini` or `local/echo`." })
  model!: string;
  @TG.Field(() => CompletionOptionsInput, { nullable: true, description: "Sampling and length; the provider's defaults for what is omitted or null." })
  options?: CompletionOptionsInput | null;
  @TG.Field(() => ResponseFormatInput, { nullable: true, description: "Form of the answer; text when omitted or null." })
  responseFormat?: ResponseFormatInput | null;
  @TG.Field(() => ToolChoiceInput, { nullable: true, description: "Whether and which tool the model must call; the provider's default when omitted or null." })
  toolChoice?: ToolChoiceInput | null;
  @TG.Field(() => [ToolInput], { nullable: true, description: "Functions that the model may ask for; at most 512." })
  tools?: ReadonlyArray<ToolInput> | null;
}

@TG.InputType("CompletionFilter", { description: "Conditions on completions; all given ones must hold." })
export class CompletionFilter {
  @TG.Field(() => CompletionDoor, { nullable: true, description: "Door it came through." })
  door?: CompletionDoor | null;
  @TG.Field(() => String, { nullable: true, description: "Name of the model that was asked for." })
  model?: string | null;
  @TG.Field(() => CompletionOutcome, { nullable: true, description: "How it ended." })
  outcome?: CompletionOutcome | null;
  @TG.Field(() => String, { nullable: true, description: "Name of the provider that served it." })
  provider?: string | null;
  @TG.Field(() => S.DateTime, { nullable: true, description: "Started at this instant or later." })
  startedFrom?: S.DateTimeInput | null;
  @TG.Field(() => S.DateTime, { nullable: true, description: "Started before this instant." })
  startedTo?: S.DateTimeInput | null;
  @TG.Field(() => CompletionStatus, { nullable: true, description: "Where it stands." })
  status?: CompletionStatus | null;
}

@TG.InputType("CompletionOptionsInput", { description: "Sampling and length. Everything omitted or null is left to the provider; we add no default." })
export class CompletionOptionsInput {
  @TG.Field(() => TG.Int, { nullable: true, description: "Number of alternative answers, 1 to 128." })
  choiceCount?: number | null;
  @TG.Field(() => String, { nullable: true, description: "Caller's own id of the end user, for the provider's abuse detection." })
  endUserId?: string | null;
  @TG.Field(() => TG.Float, { nullable: true, description: "Penalty on frequent tokens, -2 to 2." })
  frequencyPenalty?: number | null;
  @TG.Field(() => TG.Int, { nullable: true, description: "Most tokens the answer may have, reasoning included; 1 or more." })
  maxOutputTokens?: number | null;
  @TG.Field(() => TG.Float, { nullable: true, description: "Penalty on tokens that occurred, -2 to 2." })
  presencePenalty?: number | null;
  @TG.Field(() => S.JSON, { nullable: true, description: "Parameters of the provider's wire that have no name here, passed on as they are; a JSON object." })
  providerOptions?: S.JSONInput | null;
  @TG.Field(() => TG.Int, { nullable: true, description: "Tokens the model may think with, for providers that take a number." })
  reasoningBudgetTokens?: number | null;
  @TG.Field(() => ReasoningEffort, { nullable: true, description: "How hard to think; the model's default when omitted or null." })
  reasoningEffort?: ReasoningEffort | null;
  @TG.Field(() => TG.Int, { nullable: true, description: "Seed for repeatable sampling, where the provider offers it." })
  seed?: number | null;
  @TG.Field(() => [String], { nullable: true, description: "Texts that end the answer; at most 16." })
  stop?: ReadonlyArray<string> | null;
  @TG.Field(() => TG.Float, { nullable: true, description: "Randomness, 0 to 2." })
  temperature?: number | null;
  @TG.Field(() => TG.Int, { nullable: true, description: "Sampling among the k likeliest tokens." })
  topK?: number | null;
  @TG.Field(() => TG.Int, { nullable: true, description: "Number of likeliest tokens to report with log probabilities, 0 to 20; none are reported when omitted or null." })
  topLogprobs?: number | null;
  @TG.Field(() => TG.Float, { nullable: true, description: "Nucleus sampling, 0 to 1." })
  topP?: number | null;
}

@TG.InputType("CompletionStreamInput", { description: "What to complete as a stream, and within which bounds." })
export class CompletionStreamInput {
  @TG.Field(() => TG.Int, { nullable: true, description: "Milliseconds for the whole call; the server's limit when omitted, null or larger." })
  deadlineMs?: number | null;
  @TG.Field(() => Boolean, { nullable: true, description: "Whether several tools may be called in one answer; the provider's default when omitted or null." })
  isParallelToolCallsAllowed?: boolean | null;
  @TG.Field(() => S.Decimal, { nullable: true, description: "Most that this call may cost, in USD. It is refused before anything is spent when its upper bound is larger, or its price is unknown." })
  maxCostUsd?: S.DecimalInput | null;
  @TG.Field(() => [MessageInput], { description: "Conversation so far, oldest first; 1 to 10,000 messages." })
  messages!: ReadonlyArray<MessageInput>;
  @TG.Field(() => S.JSON, { nullable: true, description: "Caller's labels, kept with the record and returned; a JSON object of at most 16 KiB." })
  metadata?: S.JSONInput | null;
  @TG.Field(() => String, { description: "Name of the model, such as `openai/gpt-4.1-mini` or `local/echo`." })
  model!: string;
  @TG.Field(() => DisconnectPolicy, { description: "What becomes of the provider call when the subscriber leaves.", defaultValue: "CANCEL" })
  onDisconnect!: DisconnectPolicy;
  @TG.Field(() => CompletionOptionsInput, { nullable: true, description: "Sampling and length; the provider's defaults for what is omitted or null." })
  options?: CompletionOptionsInput | null;
  @TG.Field(() => ResponseFormatInput, { nullable: true, description: "Form of the answer; text when omitted or null." })
  responseFormat?: ResponseFormatInput | null;
  @TG.Field(() => ToolChoiceInput, { nullable: true, description: "Whether and which tool the model must call; the provider's default when omitted or null." })
  toolChoice?: ToolChoiceInput | null;
  @TG.Field(() => [ToolInput], { nullable: true, description: "Functions that the model may ask for; at most 512." })
  tools?: ReadonlyArray<ToolInput> | null;
}

@TG.InputType("CompletionsRerateInput", { description: "Which calls to price again." })
export class CompletionsRerateInput {
  @TG.Field(() => S.DateTime, { nullable: true, description: "Start of the range of start times, inclusive; the first record when omitted or null." })
  from?: S.DateTimeInput | null;
  @TG.Field(() => Boolean, { description: "Whether only to tell what would change.", defaultValue: false })
  isDryRun!: boolean;
  @TG.Field(() => String, { nullable: true, description: "Only attempts at this model, `<provider>/<model>`; at every model when omitted or null." })
  model?: string | null;
  @TG.Field(() => S.DateTime, { nullable: true, description: "End of the range of start times, exclusive; now when omitted or null." })
  to?: S.DateTimeInput | null;
}

@TG.InputType("ContentPartInput", { description: "A piece of content; exactly one member." })
class ContentPartInputClass {
  @TG.Field(() => AudioPartInput, { nullable: true, description: "Sound." })
  audio?: AudioPartInput | null;
  @TG.Field(() => DocumentPartInput, { nullable: true, description: "A document." })
  document?: DocumentPartInput | null;
  @TG.Field(() => ImagePartInput, { nullable: true, description: "An image." })
  image?: ImagePartInput | null;
  @TG.Field(() => TextPartInput, { nullable: true, description: "Text." })
  text?: TextPartInput | null;
}
export const ContentPartInput = ContentPartInputClass;
export type ContentPartInput =
  | { audio: AudioPartInput; document?: never; image?: never; text?: never }
  | { audio?: never; document: DocumentPartInput; image?: never; text?: never }
  | { audio?: never; document?: never; image: ImagePartInput; text?: never }
  | { audio?: never; document?: never; image?: never; text: TextPartInput };

@TG.InputType("DocumentPartInput", { description: "A document in a message." })
export class DocumentPartInput {
  @TG.Field(() => String, { nullable: true, description: "File name." })
  name?: string | null;
  @TG.Field(() => MediaSourceInput, { description: "Where the document is." })
  source!: MediaSourceInput;
}

@TG.InputType("EmbeddingsCreateInput", { description: "Texts to turn into vectors." })
export class EmbeddingsCreateInput {
  @TG.Field(() => TG.Int, { nullable: true, description: "Milliseconds for the whole call; the server's limit when omitted, null or larger." })
  deadlineMs?: number | null;
  @TG.Field(() => TG.Int, { nullable: true, description: "Numbers in each vector; the model's own when omitted or null." })
  dimensions?: number | null;
  @TG.Field(() => S.Decimal, { nullable: true, description: "Most that this call may cost, in USD. It is refused before anything is spent when its upper bound is larger, or its price is unknown." })
  maxCostUsd?: S.DecimalInput | null;
  @TG.Field(() => S.JSON, { nullable: true, description: "Caller's labels, kept with the record and returned; a JSON object of at most 16 KiB." })
  metadata?: S.JSONInput | null;
  @TG.Field(() => String, { description: "Name of the model, such as `openai/text-embedding-3-small`." })
  model!: string;
  @TG.Field(() => S.JSON, { nullable: true, description: "Parameters of the provider that have no name here; a JSON object." })
  providerOptions?: S.JSONInput | null;
  @TG.Field(() => [String], { description: "The texts, 1 to 2,048." })
  texts!: ReadonlyArray<string>;
}

@TG.InputType("ImageCreateInput", { description: "Images to make." })
export class ImageCreateInput {
  @TG.Field(() => TG.Int, { nullable: true, description: "How many, 1 to 20; the provider's default when omitted or null." })
  count?: number | null;
  @TG.Field(() => TG.Int, { nullable: true, description: "Milliseconds for the whole call; the server's limit when omitted, null or larger." })
  deadlineMs?: number | null;
  @TG.Field(() => MediaFileInput, { nullable: true, description: "Where it is transparent the first source may be changed; everywhere when omitted or null." })
  mask?: MediaFileInput | null;
  @TG.Field(() => S.Decimal, { nullable: true, description: "Most that this call may cost, in USD. It is refused before anything is spent when its upper bound is larger, or its price is unknown." })
  maxCostUsd?: S.DecimalInput | null;
  @TG.Field(() => S.JSON, { nullable: true, description: "Caller's labels, kept with the record and returned; a JSON object of at most 16 KiB." })
  metadata?: S.JSONInput | null;
  @TG.Field(() => String, { description: "Name of the model, such as `openai/gpt-image-1`." })
  model!: string;
  @TG.Field(() => String, { description: "What they show." })
  prompt!: string;
  @TG.Field(() => S.JSON, { nullable: true, description: "Parameters of the provider that have no name here; a JSON object." })
  providerOptions?: S.JSONInput | null;
  @TG.Field(() => String, { nullable: true, description: "The provider's word, such as `high`; its default when omitted or null." })
  quality?: string | null;
  @TG.Field(() => String, { nullable: true, description: "Such as `1024x1024`; the provider's default when omitted or null." })
  size?: string | null;
  @TG.Field(() => [MediaFileInput], { nullable: true, description: "Images to start from, at most 32; the call then changes images instead of making new ones." })
  sources?: ReadonlyArray<MediaFileInput> | null;
}

@TG.InputType("ImagePartInput", { description: "An image in a message." })
export class ImagePartInput {
  @TG.Field(() => ImageDetail, { nullable: true, description: "How closely the model looks; the provider's default when omitted or null." })
  detail?: ImageDetail | null;
  @TG.Field(() => MediaSourceInput, { description: "Where the image is." })
  source!: MediaSourceInput;
}

@TG.InputType("JsonSchemaInput", { description: "A JSON schema that the answer must keep to." })
export class JsonSchemaInput {
  @TG.Field(() => String, { nullable: true, description: "What the answer is for, for the model." })
  description?: string | null;
  @TG.Field(() => Boolean, { nullable: true, description: "Whether the provider should enforce the schema." })
  isStrict?: boolean | null;
  @TG.Field(() => String, { description: "Name of the schema, 1 to 64 letters, digits, `_` or `-`." })
  name!: string;
  @TG.Field(() => S.JSON, { description: "The JSON Schema." })
  schema!: S.JSONInput;
}

@TG.InputType("MediaDataInput", { description: "Bytes of a medium." })
export class MediaDataInput {
  @TG.Field(() => String, { description: "Base64 of the bytes." })
  data!: string;
  @TG.Field(() => String, { description: "Media type, such as `image/png`." })
  mediaType!: string;
}

@TG.InputType("MediaFileInput", { description: "A file that is sent along. The whole request is bounded by the server's limit on bodies." })
export class MediaFileInput {
  @TG.Field(() => String, { description: "Base64 of the bytes." })
  data!: string;
  @TG.Field(() => String, { description: "Media type, such as `image/png`." })
  mediaType!: string;
  @TG.Field(() => String, { description: "File name." })
  name!: string;
}

@TG.InputType("MediaSourceInput", { description: "Where a medium is; exactly one member." })
class MediaSourceInputClass {
  @TG.Field(() => MediaDataInput, { nullable: true, description: "The bytes." })
  data?: MediaDataInput | null;
  @TG.Field(() => String, { nullable: true, description: "Id of a file at the provider." })
  fileId?: string | null;
  @TG.Field(() => String, { nullable: true, description: "Address that the provider fetches." })
  url?: string | null;
}
export const MediaSourceInput = MediaSourceInputClass;
export type MediaSourceInput =
  | { data: MediaDataInput; fileId?: never; url?: never }
  | { data?: never; fileId: string; url?: never }
  | { data?: never; fileId?: never; url: string };

@TG.InputType("MessageContentInput", { description: "Content of a message; exactly one member." })
class MessageContentInputClass {
  @TG.Field(() => [ContentPartInput], { nullable: true, description: "Text, images, documents and sound, in order; 1 to 1,000 parts." })
  parts?: ReadonlyArray<ContentPartInput> | null;
  @TG.Field(() => String, { nullable: true, description: "Plain text." })
  text?: string | null;
}
export const MessageContentInput = MessageContentInputClass;
export type MessageContentInput =
  | { parts: ReadonlyArray<ContentPartInput>; text?: never }
  | { parts?: never; text: string };

@TG.InputType("MessageInput", { description: "One message; exactly one member." })
class MessageInputClass {
  @TG.Field(() => AssistantMessageInput, { nullable: true, description: "What the model answered before." })
  assistant?: AssistantMessageInput | null;
  @TG.Field(() => SystemMessageInput, { nullable: true, description: "Instructions by the developer, for models that tell them apart from `system`." })
  developer?: SystemMessageInput | null;
  @TG.Field(() => SystemMessageInput, { nullable: true, description: "Instructions that rank above the user's." })
  system?: SystemMessageInput | null;
  @TG.Field(() => ToolMessageInput, { nullable: true, description: "Result of a tool call." })
  tool?: ToolMessageInput | null;
  @TG.Field(() => UserMessageInput, { nullable: true, description: "What a person or program asks." })
  user?: UserMessageInput | null;
}
export const MessageInput = MessageInputClass;
export type MessageInput =
  | { assistant: AssistantMessageInput; developer?: never; system?: never; tool?: never; user?: never }
  | { assistant?: never; developer: SystemMessageInput; system?: never; tool?: never; user?: never }
  | { assistant?: never; developer?: never; system: SystemMessageInput; tool?: never; user?: never }
  | { assistant?: never; developer?: never; system?: never; tool: ToolMessageInput; user?: never }
  | { assistant?: never; developer?: never; system?: never; tool?: never; user: UserMessageInput };

@TG.InputType("ModelAliasCreateInput", { description: "A name for models." })
export class ModelAliasCreateInput {
  @TG.Field(() => String, { description: "1 to 100 letters, digits and `. _ : @ -`; it wins over a model of the same bare name." })
  name!: string;
  @TG.Field(() => [String], { description: "1 to 8 names of models, best first; not of aliases." })
  targets!: ReadonlyArray<string>;
}

@TG.InputType("ModelAliasDeleteInput", { description: "Which alias to delete." })
export class ModelAliasDeleteInput {
  @TG.Field(() => TG.ID, { description: "The alias." })
  aliasId!: string;
}

@TG.InputType("ModelAliasUpdateInput", { description: "What an alias is to stand for." })
export class ModelAliasUpdateInput {
  @TG.Field(() => TG.ID, { description: "The alias." })
  aliasId!: string;
  @TG.Field(() => [String], { description: "1 to 8 names of models, best first; not of aliases." })
  targets!: ReadonlyArray<string>;
}

@TG.InputType("ModelContextTierInput", { description: "Rates of a whole call whose input is larger than a size." })
export class ModelContextTierInput {
  @TG.Field(() => TG.Int, { description: "Input, all buckets together, above which these rates hold; 1 or more." })
  aboveInputTokens!: number;
  @TG.Field(() => ModelRatesInput, { description: "What tokens cost then." })
  rates!: ModelRatesInput;
}

@TG.InputType("ModelFilter", { description: "Conditions on models; all given ones must hold." })
export class ModelFilter {
  @TG.Field(() => [ModelAbility], { nullable: true, description: "Abilities that it must have, all of these. At most 16." })
  abilities?: ReadonlyArray<ModelAbility> | null;
  @TG.Field(() => [Modality], { nullable: true, description: "What it must read, all of these. At most 8." })
  inputModalities?: ReadonlyArray<Modality> | null;
  @TG.Field(() => Boolean, { nullable: true, description: "Whether the model can be called now." })
  isAvailable?: boolean | null;
  @TG.Field(() => Boolean, { nullable: true, description: "Whether its vendor has announced its end." })
  isDeprecated?: boolean | null;
  @TG.Field(() => [ModelKind], { nullable: true, description: "What it is for; any of these. At most 16." })
  kinds?: ReadonlyArray<ModelKind> | null;
  @TG.Field(() => S.Decimal, { nullable: true, description: "Most that a million input tokens may cost, in USD; models without a known price are left out." })
  maxInputUsdPerMillion?: S.DecimalInput | null;
  @TG.Field(() => S.Decimal, { nullable: true, description: "Most that a million output tokens may cost, in USD; models without a known price are left out." })
  maxOutputUsdPerMillion?: S.DecimalInput | null;
  @TG.Field(() => TG.Int, { nullable: true, description: "Least context size in tokens; models of unknown size are left out." })
  minContextTokens?: number | null;
  @TG.Field(() => [Modality], { nullable: true, description: "What it must write, all of these. At most 8." })
  outputModalities?: ReadonlyArray<Modality> | null;
  @TG.Field(() => String, { nullable: true, description: "Name of the provider, such as `openai`." })
  provider?: string | null;
  @TG.Field(() => String, { nullable: true, description: "Words that the name, display name, provider, family, kind or an ability begins with, in any order and case; every one must be found. At most 200 characters." })
  search?: string | null;
}

@TG.InputType("ModelPieceRatesInput", { description: "USD for a piece, with at most nine decimals; unknown when omitted or null." })
export class ModelPieceRatesInput {
  @TG.Field(() => S.Decimal, { nullable: true, description: "A second of sound." })
  perAudioSecondUsd?: S.DecimalInput | null;
  @TG.Field(() => S.Decimal, { nullable: true, description: "A character that is spoken." })
  perCharacterUsd?: S.DecimalInput | null;
  @TG.Field(() => S.Decimal, { nullable: true, description: "An image that is made." })
  perImageUsd?: S.DecimalInput | null;
  @TG.Field(() => S.Decimal, { nullable: true, description: "A search unit." })
  perSearchUsd?: S.DecimalInput | null;
}

@TG.InputType("ModelPriceInput", { description: "What a model costs." })
export class ModelPriceInput {
  @TG.Field(() => [ModelContextTierInput], { nullable: true, description: "Rates of a whole call whose input is larger than a size; at most 8, of different sizes." })
  contextTiers?: ReadonlyArray<ModelContextTierInput> | null;
  @TG.Field(() => ModelPieceRatesInput, { nullable: true, description: "What is charged by the piece; nothing is when omitted or null." })
  pieces?: ModelPieceRatesInput | null;
  @TG.Field(() => ModelRatesInput, { description: "What tokens cost." })
  rates!: ModelRatesInput;
  @TG.Field(() => [ModelServiceTierInput], { nullable: true, description: "Rates at service tiers other than the usual one; at most 8, of different names. The cost of one that is not here is unknown." })
  serviceTiers?: ReadonlyArray<ModelServiceTierInput> | null;
}

@TG.InputType("ModelPriceSetInput", { description: "A price from a date on." })
export class ModelPriceSetInput {
  @TG.Field(() => S.DateTime, { description: "From when on it applies; may lie in the past, at most ten years in the future." })
  effectiveFrom!: S.DateTimeInput;
  @TG.Field(() => String, { description: "Name of the model, `<provider>/<model>`; the catalogue need not know it. `<provider>/*` stands for every model of a provider that has no\nprice of its own, such as those of your own machine. 3 to 512 characters." })
  model!: string;
  @TG.Field(() => ModelPriceInput, { nullable: true, description: "What it costs. Null: from then on what comes with the server counts again." })
  price?: ModelPriceInput | null;
  @TG.Field(() => String, { description: "Where the figures come from, such as a contract or a page; 1 to 500 characters." })
  source!: string;
}

@TG.InputType("ModelRatesInput", { description: "USD for a million tokens of each bucket, with at most nine decimals. Write \"0\" for what is free." })
export class ModelRatesInput {
  @TG.Field(() => S.Decimal, { nullable: true, description: "Tokens of sound that is read; unknown when omitted or null." })
  audioInputUsdPerMillion?: S.DecimalInput | null;
  @TG.Field(() => S.Decimal, { nullable: true, description: "Tokens of sound that is written; unknown when omitted or null." })
  audioOutputUsdPerMillion?: S.DecimalInput | null;
  @TG.Field(() => S.Decimal, { nullable: true, description: "Input tokens written to a prompt cache that keeps them for an hour; unknown when omitted or null." })
  cacheWriteHourUsdPerMillion?: S.DecimalInput | null;
  @TG.Field(() => S.Decimal, { nullable: true, description: "Input tokens written to the prompt cache; as input when omitted or null." })
  cacheWriteUsdPerMillion?: S.DecimalInput | null;
  @TG.Field(() => S.Decimal, { nullable: true, description: "Input tokens read from the prompt cache; as input when omitted or null." })
  cachedReadUsdPerMillion?: S.DecimalInput | null;
  @TG.Field(() => S.Decimal, { nullable: true, description: "Tokens of images that are read; as input when omitted or null." })
  imageInputUsdPerMillion?: S.DecimalInput | null;
  @TG.Field(() => S.Decimal, { description: "Input tokens." })
  inputUsdPerMillion!: S.DecimalInput;
  @TG.Field(() => S.Decimal, { description: "Output tokens." })
  outputUsdPerMillion!: S.DecimalInput;
  @TG.Field(() => S.Decimal, { nullable: true, description: "Reasoning tokens; as output when omitted or null." })
  reasoningUsdPerMillion?: S.DecimalInput | null;
}

@TG.InputType("ModelServiceTierInput", { description: "Rates at a service tier." })
export class ModelServiceTierInput {
  @TG.Field(() => [ModelContextTierInput], { nullable: true, description: "Rates of a whole call whose input is larger than a size; at most 8, of different sizes." })
  contextTiers?: ReadonlyArray<ModelContextTierInput> | null;
  @TG.Field(() => String, { description: "The provider's word for it, such as `flex` or `priority`; 1 to 64 characters." })
  name!: string;
  @TG.Field(() => ModelRatesInput, { description: "What tokens cost there." })
  rates!: ModelRatesInput;
}

@TG.InputType("ModerationCreateInput", { description: "Content to judge." })
export class ModerationCreateInput {
  @TG.Field(() => TG.Int, { nullable: true, description: "Milliseconds for the whole call; the server's limit when omitted, null or larger." })
  deadlineMs?: number | null;
  @TG.Field(() => S.Decimal, { nullable: true, description: "Most that this call may cost, in USD. It is refused before anything is spent when its upper bound is larger, or its price is unknown." })
  maxCostUsd?: S.DecimalInput | null;
  @TG.Field(() => S.JSON, { nullable: true, description: "Caller's labels, kept with the record and returned; a JSON object of at most 16 KiB." })
  metadata?: S.JSONInput | null;
  @TG.Field(() => String, { description: "Name of the model, such as `openai/omni-moderation-latest`." })
  model!: string;
  @TG.Field(() => S.JSON, { nullable: true, description: "Parameters of the provider that have no name here; a JSON object." })
  providerOptions?: S.JSONInput | null;
  @TG.Field(() => [String], { description: "The texts, 1 to 2,048." })
  texts!: ReadonlyArray<string>;
}

@TG.InputType("ProviderAccountConnectInput", { description: "What to connect." })
export class ProviderAccountConnectInput {
  @TG.Field(() => String, { nullable: true, description: "Where requests go: HTTPS on the public internet, or an origin that the operator allowed. Default or null: the vendor's usual place." })
  baseUrl?: string | null;
  @TG.Field(() => String, { nullable: true, description: "Name of its first credential, for people. Default: `first`." })
  credentialName?: string | null;
  @TG.Field(() => String, { nullable: true, description: "Name for people. Default: the vendor's." })
  displayName?: string | null;
  @TG.Field(() => [ProviderHeaderInput], { nullable: true, description: "Headers to send with every request." })
  headers?: ReadonlyArray<ProviderHeaderInput> | null;
  @TG.Field(() => [String], { nullable: true, description: "Models to name with the account; others can be called all the same." })
  models?: ReadonlyArray<string> | null;
  @TG.Field(() => String, { nullable: true, description: "The part of a model's name before the slash. Default: the vendor's name. The name of one vendor cannot be given to an account at another." })
  name?: string | null;
  @TG.Field(() => [ProviderSecretInput], { nullable: true, description: "Secrets of its first credential. Left out for providers that need none." })
  secrets?: ReadonlyArray<ProviderSecretInput> | null;
  @TG.Field(() => [ProviderSettingInput], { nullable: true, description: "Settings that are no secrets." })
  settings?: ReadonlyArray<ProviderSettingInput> | null;
  @TG.Field(() => String, { description: "Kind of provider, as `providerVendors` has it." })
  vendor!: string;
}

@TG.InputType("ProviderAccountDeleteInput", { description: "Which account to delete." })
export class ProviderAccountDeleteInput {
  @TG.Field(() => TG.ID, { description: "The account." })
  accountId!: string;
}

@TG.InputType("ProviderAccountDisableInput", { description: "Which account to disable." })
export class ProviderAccountDisableInput {
  @TG.Field(() => TG.ID, { description: "The account." })
  accountId!: string;
}

@TG.InputType("ProviderAccountEnableInput", { description: "Which account to enable." })
export class ProviderAccountEnableInput {
  @TG.Field(() => TG.ID, { description: "The account." })
  accountId!: string;
}

@TG.InputType("ProviderAccountTestInput", { description: "What to try." })
export class ProviderAccountTestInput {
  @TG.Field(() => TG.ID, { description: "The account; also one that is read-only." })
  accountId!: string;
  @TG.Field(() => TG.ID, { nullable: true, description: "One credential of it. Default: each of them." })
  credentialId?: string | null;
}

@TG.InputType("ProviderAccountUpdateInput", { description: "What to change in an account. What is left out stays; a list takes the place of the one before." })
export class ProviderAccountUpdateInput {
  @TG.Field(() => TG.ID, { description: "The account." })
  accountId!: string;
  @TG.Field(() => String, { nullable: true, description: "Where requests go; null: the vendor's usual place. Needs `secrets`: a credential is never sent to a place that it was not given for." })
  baseUrl?: string | null;
  @TG.Field(() => String, { nullable: true, description: "Name for people; null: the vendor's." })
  displayName?: string | null;
  @TG.Field(() => [ProviderHeaderInput], { nullable: true, description: "Headers to send with every request; null: none." })
  headers?: ReadonlyArray<ProviderHeaderInput> | null;
  @TG.Field(() => [String], { nullable: true, description: "Models to name with the account; null: none." })
  models?: ReadonlyArray<string> | null;
  @TG.Field(() => [ProviderSecretInput], { nullable: true, description: "Secrets of one credential that takes the place of all it has, at once. Null: the credentials stay." })
  secrets?: ReadonlyArray<ProviderSecretInput> | null;
  @TG.Field(() => [ProviderSettingInput], { nullable: true, description: "Settings that are no secrets; null: none. Need `secrets` when they change, as `baseUrl` does." })
  settings?: ReadonlyArray<ProviderSettingInput> | null;
}

@TG.InputType("ProviderCredentialAddInput", { description: "What to add to an account." })
export class ProviderCredentialAddInput {
  @TG.Field(() => TG.ID, { description: "The account." })
  accountId!: string;
  @TG.Field(() => String, { description: "Name for people." })
  name!: string;
  @TG.Field(() => [ProviderSecretInput], { description: "Its secrets." })
  secrets!: ReadonlyArray<ProviderSecretInput>;
}

@TG.InputType("ProviderCredentialDeleteInput", { description: "Which credential to delete." })
export class ProviderCredentialDeleteInput {
  @TG.Field(() => TG.ID, { description: "The credential." })
  credentialId!: string;
}

@TG.InputType("ProviderCredentialDisableInput", { description: "Which credential to disable." })
export class ProviderCredentialDisableInput {
  @TG.Field(() => TG.ID, { description: "The credential." })
  credentialId!: string;
}

@TG.InputType("ProviderCredentialEnableInput", { description: "Which credential to enable." })
export class ProviderCredentialEnableInput {
  @TG.Field(() => TG.ID, { description: "The credential." })
  credentialId!: string;
}

@TG.InputType("ProviderCredentialRotateInput", { description: "What to put in the place of a credential." })
export class ProviderCredentialRotateInput {
  @TG.Field(() => TG.ID, { description: "The credential to replace." })
  credentialId!: string;
  @TG.Field(() => String, { nullable: true, description: "Name of the new one, for people. Default: that of the old one." })
  name?: string | null;
  @TG.Field(() => TG.Int, { nullable: true, description: "How long the old one stays beside it, in seconds, 0 to 2592000. Default 3600; 0 deletes it at once." })
  overlapSeconds?: number | null;
  @TG.Field(() => [ProviderSecretInput], { description: "Secrets of the new one." })
  secrets!: ReadonlyArray<ProviderSecretInput>;
}

@TG.InputType("ProviderHeaderInput", { description: "A header to send with every request of an account, for gateways in front of the provider." })
export class ProviderHeaderInput {
  @TG.Field(() => String, { description: "Name. Headers of the connection (`host` and its like) and those that carry the credential cannot be set." })
  name!: string;
  @TG.Field(() => String, { description: "Value. It is sealed like a secret and never shown again." })
  value!: string;
}

@TG.InputType("ProviderModelsDiscoverInput", { description: "Where to look for models." })
export class ProviderModelsDiscoverInput {
  @TG.Field(() => TG.ID, { description: "The account; also one that is read-only." })
  accountId!: string;
}

@TG.InputType("ProviderSecretInput", { description: "A secret to give to a credential. It is sealed at once and never shown again." })
export class ProviderSecretInput {
  @TG.Field(() => String, { description: "Name, as `providerVendors` has it, such as `apiKey`." })
  name!: string;
  @TG.Field(() => String, { description: "The secret itself. Send it as a variable, so that it does not stand in the text of an operation." })
  value!: string;
}

@TG.InputType("ProviderSettingInput", { description: "A setting to give to an account." })
export class ProviderSettingInput {
  @TG.Field(() => String, { description: "Name, as `providerVendors` has it." })
  name!: string;
  @TG.Field(() => String, { description: "Value." })
  value!: string;
}

@TG.InputType("ReasoningPartInput", { description: "Reasoning that a model returned." })
export class ReasoningPartInput {
  @TG.Field(() => String, { nullable: true, description: "Opaque data of withheld reasoning." })
  redactedData?: string | null;
  @TG.Field(() => String, { nullable: true, description: "Opaque signature that came with it." })
  signature?: string | null;
  @TG.Field(() => String, { description: "The text; empty when it was withheld." })
  text!: string;
}

@TG.InputType("RerankCreateInput", { description: "Documents to rank." })
export class RerankCreateInput {
  @TG.Field(() => TG.Int, { nullable: true, description: "Milliseconds for the whole call; the server's limit when omitted, null or larger." })
  deadlineMs?: number | null;
  @TG.Field(() => [String], { description: "Texts of the documents, 1 to 10,000." })
  documents!: ReadonlyArray<string>;
  @TG.Field(() => S.Decimal, { nullable: true, description: "Most that this call may cost, in USD. It is refused before anything is spent when its upper bound is larger, or its price is unknown." })
  maxCostUsd?: S.DecimalInput | null;
  @TG.Field(() => S.JSON, { nullable: true, description: "Caller's labels, kept with the record and returned; a JSON object of at most 16 KiB." })
  metadata?: S.JSONInput | null;
  @TG.Field(() => String, { description: "Name of the model, such as `cohere/rerank-v3.5`." })
  model!: string;
  @TG.Field(() => S.JSON, { nullable: true, description: "Parameters of the provider that have no name here; a JSON object." })
  providerOptions?: S.JSONInput | null;
  @TG.Field(() => String, { description: "What they should be relevant to." })
  query!: string;
  @TG.Field(() => TG.Int, { nullable: true, description: "How many of the best are given; all when omitted or null." })
  topN?: number | null;
}

@TG.InputType("ResponseFormatInput", { description: "Form of an answer; exactly one member." })
class ResponseFormatInputClass {
  @TG.Field(() => Boolean, { nullable: true, description: "Any JSON object, when true." })
  jsonObject?: boolean | null;
  @TG.Field(() => JsonSchemaInput, { nullable: true, description: "JSON that keeps to a schema." })
  jsonSchema?: JsonSchemaInput | null;
}
export const ResponseFormatInput = ResponseFormatInputClass;
export type ResponseFormatInput =
  | { jsonObject: boolean; jsonSchema?: never }
  | { jsonObject?: never; jsonSchema: JsonSchemaInput };

@TG.InputType("SpeechCreateInput", { description: "Text to speak." })
export class SpeechCreateInput {
  @TG.Field(() => TG.Int, { nullable: true, description: "Milliseconds for the whole call; the server's limit when omitted, null or larger." })
  deadlineMs?: number | null;
  @TG.Field(() => String, { nullable: true, description: "Such as `mp3`, `opus` or `wav`; the provider's default when omitted or null." })
  format?: string | null;
  @TG.Field(() => S.Decimal, { nullable: true, description: "Most that this call may cost, in USD. It is refused before anything is spent when its upper bound is larger, or its price is unknown." })
  maxCostUsd?: S.DecimalInput | null;
  @TG.Field(() => S.JSON, { nullable: true, description: "Caller's labels, kept with the record and returned; a JSON object of at most 16 KiB." })
  metadata?: S.JSONInput | null;
  @TG.Field(() => String, { description: "Name of the model, such as `openai/gpt-4o-mini-tts`." })
  model!: string;
  @TG.Field(() => S.JSON, { nullable: true, description: "Parameters of the provider that have no name here; a JSON object." })
  providerOptions?: S.JSONInput | null;
  @TG.Field(() => TG.Float, { nullable: true, description: "Speed, 1 is natural; the provider's default when omitted or null." })
  speed?: number | null;
  @TG.Field(() => String, { description: "The text." })
  text!: string;
  @TG.Field(() => String, { description: "The provider's name of the voice, such as `alloy`." })
  voice!: string;
}

@TG.InputType("SystemMessageInput", { description: "Instructions to the model." })
export class SystemMessageInput {
  @TG.Field(() => MessageContentInput, { description: "The instructions." })
  content!: MessageContentInput;
  @TG.Field(() => String, { nullable: true, description: "Name of the author, for models that tell authors apart." })
  name?: string | null;
}

@TG.InputType("TextPartInput", { description: "Text in a message." })
export class TextPartInput {
  @TG.Field(() => S.JSON, { nullable: true, description: "Vendor marks on this part, such as Anthropic's `cache_control`; a JSON object." })
  providerOptions?: S.JSONInput | null;
  @TG.Field(() => String, { description: "The text." })
  text!: string;
}

@TG.InputType("ToolCallInput", { description: "A tool call that a model asked for." })
export class ToolCallInput {
  @TG.Field(() => String, { description: "Arguments as the model wrote them, JSON text." })
  argumentsText!: string;
  @TG.Field(() => String, { description: "Id that the model gave it." })
  id!: string;
  @TG.Field(() => String, { description: "Name of the tool." })
  name!: string;
}

@TG.InputType("ToolChoiceInput", { description: "Whether and which tool must be called; exactly one member." })
class ToolChoiceInputClass {
  @TG.Field(() => ToolChoiceMode, { nullable: true, description: "The model decides, may not, or must call some tool." })
  mode?: ToolChoiceMode | null;
  @TG.Field(() => String, { nullable: true, description: "Name of the tool it must call." })
  tool?: string | null;
}
export const ToolChoiceInput = ToolChoiceInputClass;
export type ToolChoiceInput =
  | { mode: ToolChoiceMode; tool?: never }
  | { mode?: never; tool: string };

@TG.InputType("ToolInput", { description: "A function that the model may ask for." })
export class ToolInput {
  @TG.Field(() => String, { nullable: true, description: "What it does, for the model." })
  description?: string | null;
  @TG.Field(() => Boolean, { nullable: true, description: "Whether the provider should hold the model to the schema." })
  isStrict?: boolean | null;
  @TG.Field(() => String, { description: "Name, 1 to 128 characters." })
  name!: string;
  @TG.Field(() => S.JSON, { nullable: true, description: "JSON Schema of its arguments; none when omitted or null." })
  parameters?: S.JSONInput | null;
}

@TG.InputType("ToolMessageInput", { description: "Result of a tool call." })
export class ToolMessageInput {
  @TG.Field(() => MessageContentInput, { description: "The result." })
  content!: MessageContentInput;
  @TG.Field(() => Boolean, { nullable: true, description: "Whether the tool failed." })
  isError?: boolean | null;
  @TG.Field(() => String, { description: "Id of the call that this answers." })
  toolCallId!: string;
}

@TG.InputType("TranscriptionCreateInput", { description: "Speech to write down." })
export class TranscriptionCreateInput {
  @TG.Field(() => MediaFileInput, { description: "The recording." })
  audio!: MediaFileInput;
  @TG.Field(() => TG.Int, { nullable: true, description: "Milliseconds for the whole call; the server's limit when omitted, null or larger." })
  deadlineMs?: number | null;
  @TG.Field(() => Boolean, { description: "Whether the text is to be in English instead of the language spoken.", defaultValue: false })
  isTranslation!: boolean;
  @TG.Field(() => String, { nullable: true, description: "ISO 639-1 code of the language spoken; the model finds out when omitted or null." })
  language?: string | null;
  @TG.Field(() => S.Decimal, { nullable: true, description: "Most that this call may cost, in USD. It is refused before anything is spent when its upper bound is larger, or its price is unknown." })
  maxCostUsd?: S.DecimalInput | null;
  @TG.Field(() => S.JSON, { nullable: true, description: "Caller's labels, kept with the record and returned; a JSON object of at most 16 KiB." })
  metadata?: S.JSONInput | null;
  @TG.Field(() => String, { description: "Name of the model, such as `openai/gpt-4o-transcribe`." })
  model!: string;
  @TG.Field(() => String, { nullable: true, description: "Words that help the model, such as names." })
  prompt?: string | null;
  @TG.Field(() => S.JSON, { nullable: true, description: "Parameters of the provider that have no name here; a JSON object." })
  providerOptions?: S.JSONInput | null;
  @TG.Field(() => TG.Float, { nullable: true, description: "Sampling temperature, 0 to 1; the provider's default when omitted or null." })
  temperature?: number | null;
}

@TG.InputType("UserMessageInput", { description: "What a person or program asks." })
export class UserMessageInput {
  @TG.Field(() => MessageContentInput, { description: "The question." })
  content!: MessageContentInput;
  @TG.Field(() => String, { nullable: true, description: "Name of the author, for models that tell authors apart." })
  name?: string | null;
}

@TG.ArgsType()
export class MutationCompletionCreateArgs {
  @TG.Field(() => CompletionCreateInput, { description: "What to complete." })
  input!: CompletionCreateInput;
}

@TG.ArgsType()
export class MutationCompletionsRerateArgs {
  @TG.Field(() => CompletionsRerateInput, { description: "Which calls." })
  input!: CompletionsRerateInput;
}

@TG.ArgsType()
export class MutationEmbeddingsCreateArgs {
  @TG.Field(() => EmbeddingsCreateInput, { description: "What to embed." })
  input!: EmbeddingsCreateInput;
}

@TG.ArgsType()
export class MutationImageCreateArgs {
  @TG.Field(() => ImageCreateInput, { description: "What to show." })
  input!: ImageCreateInput;
}

@TG.ArgsType()
export class MutationModelAliasCreateArgs {
  @TG.Field(() => ModelAliasCreateInput, { description: "What to do." })
  input!: ModelAliasCreateInput;
}

@TG.ArgsType()
export class MutationModelAliasDeleteArgs {
  @TG.Field(() => ModelAliasDeleteInput, { description: "What to do." })
  input!: ModelAliasDeleteInput;
}

@TG.ArgsType()
export class MutationModelAliasUpdateArgs {
  @TG.Field(() => ModelAliasUpdateInput, { description: "What to do." })
  input!: ModelAliasUpdateInput;
}

@TG.ArgsType()
export class MutationModelPriceSetArgs {
  @TG.Field(() => ModelPriceSetInput, { description: "What to set." })
  input!: ModelPriceSetInput;
}

@TG.ArgsType()
export class MutationModerationCreateArgs {
  @TG.Field(() => ModerationCreateInput, { description: "What to judge." })
  input!: ModerationCreateInput;
}

@TG.ArgsType()
export class MutationProviderAccountConnectArgs {
  @TG.Field(() => ProviderAccountConnectInput, { description: "What to do." })
  input!: ProviderAccountConnectInput;
}

@TG.ArgsType()
export class MutationProviderAccountDeleteArgs {
  @TG.Field(() => ProviderAccountDeleteInput, { description: "What to do." })
  input!: ProviderAccountDeleteInput;
}

@TG.ArgsType()
export class MutationProviderAccountDisableArgs {
  @TG.Field(() => ProviderAccountDisableInput, { description: "What to do." })
  input!: ProviderAccountDisableInput;
}

@TG.ArgsType()
export class MutationProviderAccountEnableArgs {
  @TG.Field(() => ProviderAccountEnableInput, { description: "What to do." })
  input!: ProviderAccountEnableInput;
}

@TG.ArgsType()
export class MutationProviderAccountTestArgs {
  @TG.Field(() => ProviderAccountTestInput, { description: "What to do." })
  input!: ProviderAccountTestInput;
}

@TG.ArgsType()
export class MutationProviderAccountUpdateArgs {
  @TG.Field(() => ProviderAccountUpdateInput, { description: "What to do." })
  input!: ProviderAccountUpdateInput;
}

@TG.ArgsType()
export class MutationProviderCredentialAddArgs {
  @TG.Field(() => ProviderCredentialAddInput, { description: "What to do." })
  input!: ProviderCredentialAddInput;
}

@TG.ArgsType()
export class MutationProviderCredentialDeleteArgs {
  @TG.Field(() => ProviderCredentialDeleteInput, { description: "What to do." })
  input!: ProviderCredentialDeleteInput;
}

@TG.ArgsType()
export class MutationProviderCredentialDisableArgs {
  @TG.Field(() => ProviderCredentialDisableInput, { description: "What to do." })
  input!: ProviderCredentialDisableInput;
}

@TG.ArgsType()
export class MutationProviderCredentialEnableArgs {
  @TG.Field(() => ProviderCredentialEnableInput, { description: "What to do." })
  input!: ProviderCredentialEnableInput;
}

@TG.ArgsType()
export class MutationProviderCredentialRotateArgs {
  @TG.Field(() => ProviderCredentialRotateInput, { description: "What to do." })
  input!: ProviderCredentialRotateInput;
}

@TG.ArgsType()
export class MutationProviderModelsDiscoverArgs {
  @TG.Field(() => ProviderModelsDiscoverInput, { description: "What to do." })
  input!: ProviderModelsDiscoverInput;
}

@TG.ArgsType()
export class MutationRerankCreateArgs {
  @TG.Field(() => RerankCreateInput, { description: "What to rank." })
  input!: RerankCreateInput;
}

@TG.ArgsType()
export class MutationSpeechCreateArgs {
  @TG.Field(() => SpeechCreateInput, { description: "What to say." })
  input!: SpeechCreateInput;
}

@TG.ArgsType()
export class MutationTranscriptionCreateArgs {
  @TG.Field(() => TranscriptionCreateInput, { description: "What to write down." })
  input!: TranscriptionCreateInput;
}

@TG.ArgsType()
export class QueryAccountingArgs {
  @TG.Field(() => S.DateTime, { nullable: true, description: "Start of the range of start times, inclusive; the first record when omitted or null." })
  from?: S.DateTimeInput | null;
  @TG.Field(() => S.DateTime, { nullable: true, description: "End of the range of start times, exclusive; now when omitted or null." })
  to?: S.DateTimeInput | null;
}

@TG.ArgsType()
export class QueryCompletionArgs {
  @TG.Field(() => TG.ID, { description: "Id of the completion." })
  id!: string;
}

@TG.ArgsType()
export class QueryCompletionsArgs {
  @TG.Field(() => String, { nullable: true, description: "Only what comes after this cursor." })
  after?: string | null;
  @TG.Field(() => String, { nullable: true, description: "Only what comes before this cursor." })
  before?: string | null;
  @TG.Field(() => CompletionFilter, { nullable: true, description: "Which ones; all when omitted or null." })
  filter?: CompletionFilter | null;
  @TG.Field(() => TG.Int, { nullable: true, description: "Page size from the newest, 1 to 100. Default 20 when neither `first` nor `last` is given." })
  first?: number | null;
  @TG.Field(() => TG.Int, { nullable: true, description: "Page size from the oldest, 1 to 100." })
  last?: number | null;
}

@TG.ArgsType()
export class QueryModelAliasesArgs {
  @TG.Field(() => String, { nullable: true, description: "Only what comes after this cursor." })
  after?: string | null;
  @TG.Field(() => String, { nullable: true, description: "Only what comes before this cursor." })
  before?: string | null;
  @TG.Field(() => TG.Int, { nullable: true, description: "Page size from the front, 1 to 100. Default 20 when neither `first` nor `last` is given." })
  first?: number | null;
  @TG.Field(() => TG.Int, { nullable: true, description: "Page size from the back, 1 to 100." })
  last?: number | null;
}

@TG.ArgsType()
export class QueryModelPricesArgs {
  @TG.Field(() => String, { nullable: true, description: "Only what comes after this cursor." })
  after?: string | null;
  @TG.Field(() => String, { nullable: true, description: "Only what comes before this cursor." })
  before?: string | null;
  @TG.Field(() => TG.Int, { nullable: true, description: "Page size from the front, 1 to 100. Default 20 when neither `first` nor `last` is given." })
  first?: number | null;
  @TG.Field(() => TG.Int, { nullable: true, description: "Page size from the back, 1 to 100." })
  last?: number | null;
  @TG.Field(() => String, { nullable: true, description: "Name of the model, such as `openai/gpt-4.1-mini`; every model's when omitted or null." })
  model?: string | null;
}

@TG.ArgsType()
export class QueryModelsArgs {
  @TG.Field(() => String, { nullable: true, description: "Only what comes after this cursor." })
  after?: string | null;
  @TG.Field(() => String, { nullable: true, description: "Only what comes before this cursor." })
  before?: string | null;
  @TG.Field(() => ModelFilter, { nullable: true, description: "Which ones; all when omitted or null." })
  filter?: ModelFilter | null;
  @TG.Field(() => TG.Int, { nullable: true, description: "Page size from the front, 1 to 100. Default 20 when neither `first` nor `last` is given." })
  first?: number | null;
  @TG.Field(() => TG.Int, { nullable: true, description: "Page size from the back, 1 to 100." })
  last?: number | null;
}

@TG.ArgsType()
export class QueryNodeArgs {
  @TG.Field(() => TG.ID, { description: "Id of the entity, as returned in `id` fields." })
  id!: string;
}

@TG.ArgsType()
export class QueryProviderAccountsArgs {
  @TG.Field(() => String, { nullable: true, description: "Only what comes after this cursor." })
  after?: string | null;
  @TG.Field(() => String, { nullable: true, description: "Only what comes before this cursor." })
  before?: string | null;
  @TG.Field(() => TG.Int, { nullable: true, description: "Page size from the front, 1 to 100. Default 20 when neither `first` nor `last` is given." })
  first?: number | null;
  @TG.Field(() => TG.Int, { nullable: true, description: "Page size from the back, 1 to 100." })
  last?: number | null;
}

@TG.ArgsType()
export class QueryProviderDiscoveredModelsArgs {
  @TG.Field(() => TG.ID, { description: "The account; also one that is read-only." })
  accountId!: string;
  @TG.Field(() => String, { nullable: true, description: "Only what comes after this cursor." })
  after?: string | null;
  @TG.Field(() => String, { nullable: true, description: "Only what comes before this cursor." })
  before?: string | null;
  @TG.Field(() => TG.Int, { nullable: true, description: "Page size from the front, 1 to 100. Default 20 when neither `first` nor `last` is given." })
  first?: number | null;
  @TG.Field(() => TG.Int, { nullable: true, description: "Page size from the back, 1 to 100." })
  last?: number | null;
}

@TG.ArgsType()
export class QueryProvidersArgs {
  @TG.Field(() => String, { nullable: true, description: "Only what comes after this cursor." })
  after?: string | null;
  @TG.Field(() => String, { nullable: true, description: "Only what comes before this cursor." })
  before?: string | null;
  @TG.Field(() => TG.Int, { nullable: true, description: "Page size from the front, 1 to 100. Default 20 when neither `first` nor `last` is given." })
  first?: number | null;
  @TG.Field(() => TG.Int, { nullable: true, description: "Page size from the back, 1 to 100." })
  last?: number | null;
}

@TG.ArgsType()
export class QueryReratingArgs {
  @TG.Field(() => TG.ID, { description: "Id of the pass." })
  id!: string;
}

@TG.ArgsType()
export class SubscriptionCompletionStreamArgs {
  @TG.Field(() => CompletionStreamInput, { description: "What to complete." })
  input!: CompletionStreamInput;
}

export const Sdl = {
  Accounting: {
    abandoned: operation<S.BigIntOutput>(TG.FieldResolver, { type: () => S.BigInt, options: { name: "abandoned", description: "Requests whose process died; closed from their last checkpoint and flagged `ESTIMATED`." }, directives: [] }),
    attemptCostUsd: operation<S.DecimalOutput>(TG.FieldResolver, { type: () => S.Decimal, options: { name: "attemptCostUsd", description: "Sum over attempts, in USD." }, directives: [] }),
    inFlight: operation<S.BigIntOutput>(TG.FieldResolver, { type: () => S.BigInt, options: { name: "inFlight", description: "Requests that a living process is working on." }, directives: [] }),
    isBalanced: operation<boolean>(TG.FieldResolver, { type: () => Boolean, options: { name: "isBalanced", description: "Whether `started = settled + abandoned + inFlight`, nothing is unexplained, and both sums of money are equal." }, directives: [] }),
    pendingInJournal: operation<S.BigIntOutput>(TG.FieldResolver, { type: () => S.BigInt, options: { name: "pendingInJournal", description: "Records safe in the local journal that PostgreSQL does not hold yet." }, directives: [] }),
    refused: operation<S.BigIntOutput>(TG.FieldResolver, { type: () => S.BigInt, options: { name: "refused", description: "Calls turned away before they became a request: malformed, too large, wrong key. Not part of `started`." }, directives: [] }),
    requestAdjustmentUsd: operation<S.DecimalOutput>(TG.FieldResolver, { type: () => S.Decimal, options: { name: "requestAdjustmentUsd", description: "The part of `requestCostUsd` that pricing calls again has added, in USD; negative when calls became cheaper." }, directives: [] }),
    requestCostUsd: operation<S.DecimalOutput>(TG.FieldResolver, { type: () => S.Decimal, options: { name: "requestCostUsd", description: "Sum over requests, in USD." }, directives: [] }),
    settled: operation<S.BigIntOutput>(TG.FieldResolver, { type: () => S.BigInt, options: { name: "settled", description: "Requests that ended while their process lived: answered, failed or cancelled." }, directives: [] }),
    started: operation<S.BigIntOutput>(TG.FieldResolver, { type: () => S.BigInt, options: { name: "started", description: "Requests that started." }, directives: [] }),
    unexplained: operation<S.BigIntOutput>(TG.FieldResolver, { type: () => S.BigInt, options: { name: "unexplained", description: "Records that fit none of these, or two of them. Anything but 0 is a fault of ours." }, directives: [] }),
    unpricedRequests: operation<S.BigIntOutput>(TG.FieldResolver, { type: () => S.BigInt, options: { name: "unpricedRequests", description: "Requests that used tokens whose price is unknown; they are in no sum." }, directives: [] }),
  },
  ApiKey: {
    concurrency: operation<number | null>(TG.FieldResolver, { type: () => TG.Int, options: { name: "concurrency", nullable: true, description: "Calls it may have in flight; null means the server's default." }, directives: [] }),
    createdAt: operation<S.DateTimeOutput>(TG.FieldResolver, { type: () => S.DateTime, options: { name: "createdAt", description: "When it was made." }, directives: [] }),
    displayPrefix: operation<string>(TG.FieldResolver, { type: () => String, options: { name: "displayPrefix", description: "First characters of the secret, enough to recognise it." }, directives: [] }),
    expiresAt: operation<S.DateTimeOutput | null>(TG.FieldResolver, { type: () => S.DateTime, options: { name: "expiresAt", nullable: true, description: "When it stops working; null means never." }, directives: [] }),
    id: operation<string>(TG.FieldResolver, { type: () => TG.ID, options: { name: "id", description: "Opaque id." }, directives: [] }),
    name: operation<string>(TG.FieldResolver, { type: () => String, options: { name: "name", description: "Display name." }, directives: [] }),
    requestsPerMinute: operation<number | null>(TG.FieldResolver, { type: () => TG.Int, options: { name: "requestsPerMinute", nullable: true, description: "Requests a minute it may make; null means the server's default." }, directives: [] }),
    scopes: operation<ReadonlyArray<Scope>>(TG.FieldResolver, { type: () => [Scope], options: { name: "scopes", description: "Permissions it holds. At most one of each." }, directives: ["@listSize(assumedSize: 7)"] }),
  },
  Attempt: {
    cost: operation<AttemptCost | null>(TG.FieldResolver, { type: () => AttemptCost, options: { name: "cost", nullable: true, description: "What it cost; null while it runs." }, directives: [] }),
    durationMs: operation<number | null>(TG.FieldResolver, { type: () => TG.Float, options: { name: "durationMs", nullable: true, description: "From its beginning to its end; null while it runs." }, directives: [] }),
    errorClass: operation<AttemptErrorClass | null>(TG.FieldResolver, { type: () => AttemptErrorClass, options: { name: "errorClass", nullable: true, description: "Class of the failure; null when it did not fail." }, directives: [] }),
    httpStatus: operation<number | null>(TG.FieldResolver, { type: () => TG.Int, options: { name: "httpStatus", nullable: true, description: "HTTP status of the provider's answer; null when there was none." }, directives: [] }),
    id: operation<string>(TG.FieldResolver, { type: () => TG.ID, options: { name: "id", description: "Opaque id." }, directives: [] }),
    modelName: operation<string>(TG.FieldResolver, { type: () => String, options: { name: "modelName", description: "Model that was called, by its name in the catalogue." }, directives: [] }),
    ordinal: operation<number>(TG.FieldResolver, { type: () => TG.Int, options: { name: "ordinal", description: "1 for the first." }, directives: [] }),
    outcome: operation<CompletionOutcome | null>(TG.FieldResolver, { type: () => CompletionOutcome, options: { name: "outcome", nullable: true, description: "How it ended; null while it runs." }, directives: [] }),
    providerName: operation<string>(TG.FieldResolver, { type: () => String, options: { name: "providerName", description: "Provider that was called." }, directives: [] }),
    settledAt: operation<S.DateTimeOutput | null>(TG.FieldResolver, { type: () => S.DateTime, options: { name: "settledAt", nullable: true, description: "When it ended; null while it runs." }, directives: [] }),
    startedAt: operation<S.DateTimeOutput>(TG.FieldResolver, { type: () => S.DateTime, options: { name: "startedAt", description: "When it began." }, directives: [] }),
    timeToFirstTokenMs: operation<number | null>(TG.FieldResolver, { type: () => TG.Float, options: { name: "timeToFirstTokenMs", nullable: true, description: "From its beginning to the first output; null when there was none." }, directives: [] }),
    upstreamRequestId: operation<string | null>(TG.FieldResolver, { type: () => String, options: { name: "upstreamRequestId", nullable: true, description: "The provider's own id of the request; null when it gave none." }, directives: [] }),
    usage: operation<Usage | null>(TG.FieldResolver, { type: () => Usage, options: { name: "usage", nullable: true, description: "Tokens by bucket; null while it runs." }, directives: [] }),
  },
  AttemptCost: {
    amountUsd: operation<S.DecimalOutput | null>(TG.FieldResolver, { type: () => S.Decimal, options: { name: "amountUsd", nullable: true, description: "Amount in USD with nine decimals; null when the price is unknown." }, directives: [] }),
    priceVersion: operation<string | null>(TG.FieldResolver, { type: () => String, options: { name: "priceVersion", nullable: true, description: "Version of the price it was computed with; null when unknown." }, directives: [] }),
  },
  AttemptSummary: {
    attemptId: operation<string>(TG.FieldResolver, { type: () => TG.ID, options: { name: "attemptId", description: "Id of the attempt." }, directives: [] }),
    errorClass: operation<AttemptErrorClass | null>(TG.FieldResolver, { type: () => AttemptErrorClass, options: { name: "errorClass", nullable: true, description: "Class of the failure; null when it did not fail." }, directives: [] }),
    httpStatus: operation<number | null>(TG.FieldResolver, { type: () => TG.Int, options: { name: "httpStatus", nullable: true, description: "HTTP status of the provider's answer; null when there was none." }, directives: [] }),
    modelId: operation<string>(TG.FieldResolver, { type: () => String, options: { name: "modelId", description: "Model in the catalogue, such as `openai/gpt-4.1-mini`." }, directives: [] }),
    providerId: operation<string>(TG.FieldResolver, { type: () => String, options: { name: "providerId", description: "Provider that was called, such as `openai`." }, directives: [] }),
  },
  Completion: {
    attempts: operation<ReadonlyArray<Attempt>>(TG.FieldResolver, { type: () => [Attempt], options: { name: "attempts", description: "Calls to providers, in order; at most 16." }, directives: ["@listSize(assumedSize: 16)"] }),
    cost: operation<Cost | null>(TG.FieldResolver, { type: () => Cost, options: { name: "cost", nullable: true, description: "What it cost, summed over its attempts; null while it runs." }, directives: [] }),
    door: operation<CompletionDoor>(TG.FieldResolver, { type: () => CompletionDoor, options: { name: "door", description: "Door it came through." }, directives: [] }),
    failure: operation<CompletionFailure | null>(TG.FieldResolver, { type: () => CompletionFailure, options: { name: "failure", nullable: true, description: "Why it failed; null unless it did." }, directives: [] }),
    finishReason: operation<FinishReason | null>(TG.FieldResolver, { type: () => FinishReason, options: { name: "finishReason", nullable: true, description: "Why the first choice ended; null while it runs or when it failed." }, directives: [] }),
    id: operation<string>(TG.FieldResolver, { type: () => TG.ID, options: { name: "id", description: "Opaque id; also the `x-request-id` of the REST doors." }, directives: [] }),
    input: operation<CompletionInput | null>(TG.FieldResolver, { type: () => CompletionInput, options: { name: "input", nullable: true, description: "What went in; null when payloads are not recorded or it was larger than the limit." }, directives: ["@cost(weight: 2)"] }),
    isStreaming: operation<boolean>(TG.FieldResolver, { type: () => Boolean, options: { name: "isStreaming", description: "Whether the answer was streamed." }, directives: [] }),
    metadata: operation<S.JSONOutput | null>(TG.FieldResolver, { type: () => S.JSON, options: { name: "metadata", nullable: true, description: "Caller's labels; null when none were given." }, directives: [] }),
    model: operation<Model | null>(TG.FieldResolver, { type: () => Model, options: { name: "model", nullable: true, description: "Model that served it; null while none has, or when it has left the catalogue." }, directives: [] }),
    operation: operation<CompletionOperation>(TG.FieldResolver, { type: () => CompletionOperation, options: { name: "operation", description: "What was asked for." }, directives: [] }),
    outcome: operation<CompletionOutcome | null>(TG.FieldResolver, { type: () => CompletionOutcome, options: { name: "outcome", nullable: true, description: "How it ended; null while it runs." }, directives: [] }),
    output: operation<CompletionOutput | null>(TG.FieldResolver, { type: () => CompletionOutput, options: { name: "output", nullable: true, description: "What came out; null while it runs, when there was nothing, or when payloads are not recorded." }, directives: ["@cost(weight: 2)"] }),
    requestedModel: operation<string>(TG.FieldResolver, { type: () => String, options: { name: "requestedModel", description: "Name of the model as the caller wrote it." }, directives: [] }),
    settledAt: operation<S.DateTimeOutput | null>(TG.FieldResolver, { type: () => S.DateTime, options: { name: "settledAt", nullable: true, description: "When it ended; null while it runs." }, directives: [] }),
    startedAt: operation<S.DateTimeOutput>(TG.FieldResolver, { type: () => S.DateTime, options: { name: "startedAt", description: "When it was taken in." }, directives: [] }),
    status: operation<CompletionStatus>(TG.FieldResolver, { type: () => CompletionStatus, options: { name: "status", description: "Where it stands." }, directives: [] }),
    timing: operation<CompletionTiming | null>(TG.FieldResolver, { type: () => CompletionTiming, options: { name: "timing", nullable: true, description: "How long it took; null while it runs." }, directives: [] }),
    usage: operation<Usage | null>(TG.FieldResolver, { type: () => Usage, options: { name: "usage", nullable: true, description: "Tokens by bucket, summed over its attempts; null while it runs." }, directives: [] }),
    warnings: operation<ReadonlyArray<string>>(TG.FieldResolver, { type: () => [String], options: { name: "warnings", description: "What the provider could not do of what was asked, one sentence each; at most 64." }, directives: ["@listSize(assumedSize: 64)"] }),
  },
  CompletionChoice: {
    extra: operation<S.JSONOutput>(TG.FieldResolver, { type: () => S.JSON, options: { name: "extra", description: "Fields of the provider's message that have no name here, such as citations; an empty object when there are none." }, directives: [] }),
    finishReason: operation<FinishReason>(TG.FieldResolver, { type: () => FinishReason, options: { name: "finishReason", description: "Why it ended." }, directives: [] }),
    index: operation<number>(TG.FieldResolver, { type: () => TG.Int, options: { name: "index", description: "Position among the choices, from 0." }, directives: [] }),
    logprobs: operation<S.JSONOutput | null>(TG.FieldResolver, { type: () => S.JSON, options: { name: "logprobs", nullable: true, description: "Log probabilities in the provider's form; null when not asked for." }, directives: [] }),
    rawFinishReason: operation<string | null>(TG.FieldResolver, { type: () => String, options: { name: "rawFinishReason", nullable: true, description: "The provider's own word for it; null when it gave none." }, directives: [] }),
    reasoning: operation<ReadonlyArray<ReasoningPart>>(TG.FieldResolver, { type: () => [ReasoningPart], options: { name: "reasoning", description: "Reasoning, in order; give it back unchanged in tool loops. At most 512 parts." }, directives: ["@listSize(assumedSize: 4)"] }),
    refusal: operation<string | null>(TG.FieldResolver, { type: () => String, options: { name: "refusal", nullable: true, description: "Why the model did not answer; null when it did." }, directives: [] }),
    text: operation<string>(TG.FieldResolver, { type: () => String, options: { name: "text", description: "The text." }, directives: [] }),
    toolCalls: operation<ReadonlyArray<ToolCall>>(TG.FieldResolver, { type: () => [ToolCall], options: { name: "toolCalls", description: "Tool calls it asks for, in order; at most 512." }, directives: ["@listSize(assumedSize: 8)"] }),
  },
  CompletionChoiceFinished: {
    choice: operation<number>(TG.FieldResolver, { type: () => TG.Int, options: { name: "choice", description: "Choice that is complete." }, directives: [] }),
    finishReason: operation<FinishReason>(TG.FieldResolver, { type: () => FinishReason, options: { name: "finishReason", description: "Why it ended." }, directives: [] }),
    rawFinishReason: operation<string | null>(TG.FieldResolver, { type: () => String, options: { name: "rawFinishReason", nullable: true, description: "The provider's own word for it; null when it gave none." }, directives: [] }),
    sequence: operation<number>(TG.FieldResolver, { type: () => TG.Int, options: { name: "sequence", description: "Position in the stream." }, directives: [] }),
  },
  CompletionConnection: {
    edges: operation<ReadonlyArray<CompletionEdge>>(TG.FieldResolver, { type: () => [CompletionEdge], options: { name: "edges", description: "Completions with their cursors." }, directives: [] }),
    nodes: operation<ReadonlyArray<Completion>>(TG.FieldResolver, { type: () => [Completion], options: { name: "nodes", description: "The completions alone." }, directives: [] }),
    pageInfo: operation<PageInfo>(TG.FieldResolver, { type: () => PageInfo, options: { name: "pageInfo", description: "Where the page stands." }, directives: [] }),
  },
  CompletionCreatePayload: {
    completion: operation<Completion | null>(TG.FieldResolver, { type: () => Completion, options: { name: "completion", nullable: true, description: "The completion; also present when it failed after it was recorded. Null when it was refused before." }, directives: [] }),
    errors: operation<ReadonlyArray<CompletionError>>(TG.FieldResolver, { type: () => [CompletionError], options: { name: "errors", description: "What went wrong; empty when it succeeded. At most one." }, directives: ["@listSize(assumedSize: 1)"] }),
  },
  CompletionEdge: {
    cursor: operation<string>(TG.FieldResolver, { type: () => String, options: { name: "cursor", description: "Position in the list." }, directives: [] }),
    node: operation<Completion>(TG.FieldResolver, { type: () => Completion, options: { name: "node", description: "The completion." }, directives: [] }),
  },
  CompletionExtra: {
    choice: operation<number>(TG.FieldResolver, { type: () => TG.Int, options: { name: "choice", description: "Choice it belongs to." }, directives: [] }),
    extra: operation<S.JSONOutput>(TG.FieldResolver, { type: () => S.JSON, options: { name: "extra", description: "The fields; a JSON object." }, directives: [] }),
    sequence: operation<number>(TG.FieldResolver, { type: () => TG.Int, options: { name: "sequence", description: "Position in the stream." }, directives: [] }),
  },
  CompletionFailed: {
    error: operation<CompletionError>(TG.FieldResolver, { type: () => CompletionError, options: { name: "error", description: "What went wrong." }, directives: [] }),
    failedCompletion: operation<Completion | null>(TG.FieldResolver, { type: () => Completion, options: { name: "failedCompletion", nullable: true, description: "The record; null when it was refused before one was made." }, directives: [] }),
    sequence: operation<number>(TG.FieldResolver, { type: () => TG.Int, options: { name: "sequence", description: "Position in the stream." }, directives: [] }),
  },
  CompletionFailure: {
    code: operation<string>(TG.FieldResolver, { type: () => String, options: { name: "code", description: "Machine-readable kind; equal to the code in the error catalogue of the documentation." }, directives: [] }),
    message: operation<string>(TG.FieldResolver, { type: () => String, options: { name: "message", description: "Sentence that the caller was told." }, directives: [] }),
  },
  CompletionFinished: {
    completion: operation<Completion>(TG.FieldResolver, { type: () => Completion, options: { name: "completion", description: "The record, with usage and cost." }, directives: [] }),
    sequence: operation<number>(TG.FieldResolver, { type: () => TG.Int, options: { name: "sequence", description: "Position in the stream." }, directives: [] }),
  },
  CompletionInput: {
    body: operation<S.JSONOutput>(TG.FieldResolver, { type: () => S.JSON, options: { name: "body", description: "The request's body in the form it was recorded: our own or the wire's it came on." }, directives: [] }),
    format: operation<string>(TG.FieldResolver, { type: () => String, options: { name: "format", description: "Name of that form, such as `antiphon` or `openai-chat`." }, directives: [] }),
    sizeBytes: operation<number>(TG.FieldResolver, { type: () => TG.Int, options: { name: "sizeBytes", description: "Size in bytes." }, directives: [] }),
  },
  CompletionLogprobs: {
    choice: operation<number>(TG.FieldResolver, { type: () => TG.Int, options: { name: "choice", description: "Choice it belongs to." }, directives: [] }),
    logprobs: operation<S.JSONOutput>(TG.FieldResolver, { type: () => S.JSON, options: { name: "logprobs", description: "Log probabilities in the provider's form." }, directives: [] }),
    sequence: operation<number>(TG.FieldResolver, { type: () => TG.Int, options: { name: "sequence", description: "Position in the stream." }, directives: [] }),
  },
  CompletionOutput: {
    choices: operation<ReadonlyArray<CompletionChoice>>(TG.FieldResolver, { type: () => [CompletionChoice], options: { name: "choices", description: "Alternative answers; at most 128." }, directives: ["@listSize(assumedSize: 4)"] }),
    text: operation<string>(TG.FieldResolver, { type: () => String, options: { name: "text", description: "Text of the first choice; empty when it consists of tool calls." }, directives: [] }),
  },
  CompletionReasoningDelta: {
    choice: operation<number>(TG.FieldResolver, { type: () => TG.Int, options: { name: "choice", description: "Choice it belongs to." }, directives: [] }),
    sequence: operation<number>(TG.FieldResolver, { type: () => TG.Int, options: { name: "sequence", description: "Position in the stream." }, directives: [] }),
    text: operation<string>(TG.FieldResolver, { type: () => String, options: { name: "text", description: "The text to append." }, directives: [] }),
  },
  CompletionReasoningEnded: {
    choice: operation<number>(TG.FieldResolver, { type: () => TG.Int, options: { name: "choice", description: "Choice it belongs to." }, directives: [] }),
    redactedData: operation<string | null>(TG.FieldResolver, { type: () => String, options: { name: "redactedData", nullable: true, description: "Opaque data of withheld reasoning; null otherwise." }, directives: [] }),
    sequence: operation<number>(TG.FieldResolver, { type: () => TG.Int, options: { name: "sequence", description: "Position in the stream." }, directives: [] }),
    signature: operation<string | null>(TG.FieldResolver, { type: () => String, options: { name: "signature", nullable: true, description: "Opaque signature; null when the provider gave none." }, directives: [] }),
  },
  CompletionRefusalDelta: {
    choice: operation<number>(TG.FieldResolver, { type: () => TG.Int, options: { name: "choice", description: "Choice it belongs to." }, directives: [] }),
    sequence: operation<number>(TG.FieldResolver, { type: () => TG.Int, options: { name: "sequence", description: "Position in the stream." }, directives: [] }),
    text: operation<string>(TG.FieldResolver, { type: () => String, options: { name: "text", description: "The text to append." }, directives: [] }),
  },
  CompletionStarted: {
    completionId: operation<string>(TG.FieldResolver, { type: () => TG.ID, options: { name: "completionId", description: "Id of the completion." }, directives: [] }),
    model: operation<string>(TG.FieldResolver, { type: () => String, options: { name: "model", description: "Name of the model that answers, as in the catalogue." }, directives: [] }),
    sequence: operation<number>(TG.FieldResolver, { type: () => TG.Int, options: { name: "sequence", description: "Position in the stream." }, directives: [] }),
    warnings: operation<ReadonlyArray<string>>(TG.FieldResolver, { type: () => [String], options: { name: "warnings", description: "What the provider could not do of what was asked; at most 64." }, directives: ["@listSize(assumedSize: 64)"] }),
  },
  CompletionTextDelta: {
    choice: operation<number>(TG.FieldResolver, { type: () => TG.Int, options: { name: "choice", description: "Choice it belongs to." }, directives: [] }),
    sequence: operation<number>(TG.FieldResolver, { type: () => TG.Int, options: { name: "sequence", description: "Position in the stream." }, directives: [] }),
    text: operation<string>(TG.FieldResolver, { type: () => String, options: { name: "text", description: "The text to append." }, directives: [] }),
  },
  CompletionTiming: {
    durationMs: operation<number>(TG.FieldResolver, { type: () => TG.Float, options: { name: "durationMs", description: "From taking it in to the end." }, directives: [] }),
    overheadMs: operation<number | null>(TG.FieldResolver, { type: () => TG.Float, options: { name: "overheadMs", nullable: true, description: "Our own share: everything but waiting for providers; null when unknown." }, directives: [] }),
    timeToFirstTokenMs: operation<number | null>(TG.FieldResolver, { type: () => TG.Float, options: { name: "timeToFirstTokenMs", nullable: true, description: "From taking it in to the first output; null when there was none." }, directives: [] }),
  },
  CompletionToolCallDelta: {
    argumentsText: operation<string>(TG.FieldResolver, { type: () => String, options: { name: "argumentsText", description: "JSON text to append." }, directives: [] }),
    choice: operation<number>(TG.FieldResolver, { type: () => TG.Int, options: { name: "choice", description: "Choice it belongs to." }, directives: [] }),
    index: operation<number>(TG.FieldResolver, { type: () => TG.Int, options: { name: "index", description: "Position among the choice's tool calls, from 0." }, directives: [] }),
    sequence: operation<number>(TG.FieldResolver, { type: () => TG.Int, options: { name: "sequence", description: "Position in the stream." }, directives: [] }),
  },
  CompletionToolCallStarted: {
    choice: operation<number>(TG.FieldResolver, { type: () => TG.Int, options: { name: "choice", description: "Choice it belongs to." }, directives: [] }),
    index: operation<number>(TG.FieldResolver, { type: () => TG.Int, options: { name: "index", description: "Position among the choice's tool calls, from 0." }, directives: [] }),
    name: operation<string>(TG.FieldResolver, { type: () => String, options: { name: "name", description: "Name of the tool." }, directives: [] }),
    sequence: operation<number>(TG.FieldResolver, { type: () => TG.Int, options: { name: "sequence", description: "Position in the stream." }, directives: [] }),
    toolCallId: operation<string>(TG.FieldResolver, { type: () => String, options: { name: "toolCallId", description: "Id that the answer must quote." }, directives: [] }),
  },
  CompletionsReratePayload: {
    errors: operation<ReadonlyArray<CompletionsRerateError>>(TG.FieldResolver, { type: () => [CompletionsRerateError], options: { name: "errors", description: "What went wrong; empty when it succeeded. At most one." }, directives: ["@listSize(assumedSize: 1)"] }),
    rerating: operation<Rerating | null>(TG.FieldResolver, { type: () => Rerating, options: { name: "rerating", nullable: true, description: "The pass, which has just begun; null when it was refused." }, directives: [] }),
  },
  ConflictError: {
    code: operation<string>(TG.FieldResolver, { type: () => String, options: { name: "code", description: "Always `CONFLICT`." }, directives: [] }),
    message: operation<string>(TG.FieldResolver, { type: () => String, options: { name: "message", description: "Sentence for a person." }, directives: [] }),
    path: operation<ReadonlyArray<string> | null>(TG.FieldResolver, { type: () => [String], options: { name: "path", nullable: true, description: "Input path of the contradicting value." }, directives: ["@listSize(assumedSize: 8)"] }),
  },
  ContentBlockedError: {
    code: operation<string>(TG.FieldResolver, { type: () => String, options: { name: "code", description: "Always `CONTENT_BLOCKED`." }, directives: [] }),
    message: operation<string>(TG.FieldResolver, { type: () => String, options: { name: "message", description: "Sentence for a person." }, directives: [] }),
    path: operation<ReadonlyArray<string> | null>(TG.FieldResolver, { type: () => [String], options: { name: "path", nullable: true, description: "Null: the provider does not say where." }, directives: ["@listSize(assumedSize: 8)"] }),
  },
  ContextTooLongError: {
    code: operation<string>(TG.FieldResolver, { type: () => String, options: { name: "code", description: "Always `CONTEXT_TOO_LONG`." }, directives: [] }),
    message: operation<string>(TG.FieldResolver, { type: () => String, options: { name: "message", description: "Sentence for a person." }, directives: [] }),
    path: operation<ReadonlyArray<string> | null>(TG.FieldResolver, { type: () => [String], options: { name: "path", nullable: true, description: "Input path of the messages." }, directives: ["@listSize(assumedSize: 8)"] }),
  },
  Cost: {
    adjustmentUsd: operation<S.DecimalOutput | null>(TG.FieldResolver, { type: () => S.Decimal, options: { name: "adjustmentUsd", nullable: true, description: "The part of the amount that pricing the call again has added, in USD; negative when it became cheaper, null when it was never changed." }, directives: [] }),
    amountUsd: operation<S.DecimalOutput | null>(TG.FieldResolver, { type: () => S.Decimal, options: { name: "amountUsd", nullable: true, description: "Amount in USD with nine decimals; null when the price is unknown, which never means free." }, directives: [] }),
    basis: operation<Basis>(TG.FieldResolver, { type: () => Basis, options: { name: "basis", description: "How the tokens behind it were found." }, directives: [] }),
    reservedUsd: operation<S.DecimalOutput | null>(TG.FieldResolver, { type: () => S.Decimal, options: { name: "reservedUsd", nullable: true, description: "Upper bound that was reserved before the call, in USD; null when the price was unknown." }, directives: [] }),
  },
  Embedding: {
    index: operation<number>(TG.FieldResolver, { type: () => TG.Int, options: { name: "index", description: "Position of the text." }, directives: [] }),
    vector: operation<ReadonlyArray<number>>(TG.FieldResolver, { type: () => [TG.Float], options: { name: "vector", description: "The numbers, at most a few thousand." }, directives: ["@listSize(assumedSize: 10)"] }),
  },
  EmbeddingsCreatePayload: {
    completion: operation<Completion | null>(TG.FieldResolver, { type: () => Completion, options: { name: "completion", nullable: true, description: "The record of the call; also present when it failed after it was recorded. Null when it was refused before." }, directives: [] }),
    embeddings: operation<ReadonlyArray<Embedding> | null>(TG.FieldResolver, { type: () => [Embedding], options: { name: "embeddings", nullable: true, description: "One for each text, in order, at most 2,048; null when the call failed." }, directives: ["@listSize(assumedSize: 20)"] }),
    errors: operation<ReadonlyArray<CompletionError>>(TG.FieldResolver, { type: () => [CompletionError], options: { name: "errors", description: "What went wrong; empty when it succeeded. At most one." }, directives: ["@listSize(assumedSize: 1)"] }),
  },
  GeneratedImage: {
    base64: operation<string | null>(TG.FieldResolver, { type: () => String, options: { name: "base64", nullable: true, description: "Base64 of the bytes; null when an address came." }, directives: [] }),
    revisedPrompt: operation<string | null>(TG.FieldResolver, { type: () => String, options: { name: "revisedPrompt", nullable: true, description: "The prompt that was used instead; null when it was used as it is." }, directives: [] }),
    url: operation<string | null>(TG.FieldResolver, { type: () => String, options: { name: "url", nullable: true, description: "Address at the provider, for a while; null when the bytes came." }, directives: [] }),
  },
  ImageCreatePayload: {
    completion: operation<Completion | null>(TG.FieldResolver, { type: () => Completion, options: { name: "completion", nullable: true, description: "The record of the call; also present when it failed after it was recorded. Null when it was refused before." }, directives: [] }),
    errors: operation<ReadonlyArray<CompletionError>>(TG.FieldResolver, { type: () => [CompletionError], options: { name: "errors", description: "What went wrong; empty when it succeeded. At most one." }, directives: ["@listSize(assumedSize: 1)"] }),
    images: operation<ReadonlyArray<GeneratedImage> | null>(TG.FieldResolver, { type: () => [GeneratedImage], options: { name: "images", nullable: true, description: "The images, at most 20; null when the call failed." }, directives: ["@listSize(assumedSize: 4)"] }),
  },
  InvalidInputError: {
    code: operation<string>(TG.FieldResolver, { type: () => String, options: { name: "code", description: "Always `INVALID_INPUT`." }, directives: [] }),
    message: operation<string>(TG.FieldResolver, { type: () => String, options: { name: "message", description: "Sentence for a person." }, directives: [] }),
    path: operation<ReadonlyArray<string> | null>(TG.FieldResolver, { type: () => [String], options: { name: "path", nullable: true, description: "Input path of the offending value." }, directives: ["@listSize(assumedSize: 8)"] }),
  },
  Model: {
    capabilities: operation<ModelCapabilities>(TG.FieldResolver, { type: () => ModelCapabilities, options: { name: "capabilities", description: "Abilities that callers choose by." }, directives: [] }),
    contextTokens: operation<number | null>(TG.FieldResolver, { type: () => TG.Int, options: { name: "contextTokens", nullable: true, description: "Tokens that input and output may have together; null where unknown." }, directives: [] }),
    displayName: operation<string>(TG.FieldResolver, { type: () => String, options: { name: "displayName", description: "Name for people." }, directives: [] }),
    family: operation<string | null>(TG.FieldResolver, { type: () => String, options: { name: "family", nullable: true, description: "Line of models that it belongs to, such as `gpt-mini`; null where unknown." }, directives: [] }),
    hasOpenWeights: operation<boolean | null>(TG.FieldResolver, { type: () => Boolean, options: { name: "hasOpenWeights", nullable: true, description: "Whether anybody may run it; null where unknown." }, directives: [] }),
    id: operation<string>(TG.FieldResolver, { type: () => TG.ID, options: { name: "id", description: "Opaque id." }, directives: [] }),
    inputModalities: operation<ReadonlyArray<Modality>>(TG.FieldResolver, { type: () => [Modality], options: { name: "inputModalities", description: "What it reads; empty where unknown, at most 8." }, directives: ["@listSize(assumedSize: 8)"] }),
    isAvailable: operation<boolean>(TG.FieldResolver, { type: () => Boolean, options: { name: "isAvailable", description: "Whether it can be called now." }, directives: [] }),
    isDeprecated: operation<boolean>(TG.FieldResolver, { type: () => Boolean, options: { name: "isDeprecated", description: "Whether its vendor has announced its end." }, directives: [] }),
    kind: operation<ModelKind>(TG.FieldResolver, { type: () => ModelKind, options: { name: "kind", description: "What it is for." }, directives: [] }),
    knowledgeUntil: operation<string | null>(TG.FieldResolver, { type: () => String, options: { name: "knowledgeUntil", nullable: true, description: "Date or month until which it knows the world; null where unknown." }, directives: [] }),
    maxInputTokens: operation<number | null>(TG.FieldResolver, { type: () => TG.Int, options: { name: "maxInputTokens", nullable: true, description: "Tokens that the input may have; null where only the context bounds it." }, directives: [] }),
    maxOutputTokens: operation<number | null>(TG.FieldResolver, { type: () => TG.Int, options: { name: "maxOutputTokens", nullable: true, description: "Tokens that the output may have; null where unknown." }, directives: [] }),
    name: operation<string>(TG.FieldResolver, { type: () => String, options: { name: "name", description: "Name to call it by, such as `openai/gpt-4.1-mini`." }, directives: [] }),
    outputModalities: operation<ReadonlyArray<Modality>>(TG.FieldResolver, { type: () => [Modality], options: { name: "outputModalities", description: "What it writes; empty where unknown, at most 8." }, directives: ["@listSize(assumedSize: 8)"] }),
    price: operation<ModelPrice | null>(TG.FieldResolver, { type: () => ModelPrice, options: { name: "price", nullable: true, description: "Price in force now; null where none is known, which never means free." }, directives: [] }),
    provider: operation<Provider>(TG.FieldResolver, { type: () => Provider, options: { name: "provider", description: "Who serves it." }, directives: [] }),
    releasedAt: operation<S.DateTimeOutput | null>(TG.FieldResolver, { type: () => S.DateTime, options: { name: "releasedAt", nullable: true, description: "When it came out; null where unknown." }, directives: [] }),
    unavailableReason: operation<string | null>(TG.FieldResolver, { type: () => String, options: { name: "unavailableReason", nullable: true, description: "What would make it available; null when it is." }, directives: [] }),
  },
  ModelAlias: {
    createdAt: operation<S.DateTimeOutput | null>(TG.FieldResolver, { type: () => S.DateTime, options: { name: "createdAt", nullable: true, description: "When it was made; null for aliases of the file." }, directives: [] }),
    id: operation<string>(TG.FieldResolver, { type: () => TG.ID, options: { name: "id", description: "Opaque id." }, directives: [] }),
    name: operation<string>(TG.FieldResolver, { type: () => String, options: { name: "name", description: "Name; without a slash, so that it is never taken for a provider's model." }, directives: [] }),
    source: operation<ProviderAccountSource>(TG.FieldResolver, { type: () => ProviderAccountSource, options: { name: "source", description: "Where it is written down." }, directives: [] }),
    targets: operation<ReadonlyArray<string>>(TG.FieldResolver, { type: () => [String], options: { name: "targets", description: "Names of models, best first; the next is tried when one cannot serve." }, directives: ["@listSize(assumedSize: 8)"] }),
    updatedAt: operation<S.DateTimeOutput | null>(TG.FieldResolver, { type: () => S.DateTime, options: { name: "updatedAt", nullable: true, description: "When it was last changed; null for aliases of the file." }, directives: [] }),
  },
  ModelAliasConnection: {
    edges: operation<ReadonlyArray<ModelAliasEdge>>(TG.FieldResolver, { type: () => [ModelAliasEdge], options: { name: "edges", description: "Aliases with their cursors." }, directives: [] }),
    nodes: operation<ReadonlyArray<ModelAlias>>(TG.FieldResolver, { type: () => [ModelAlias], options: { name: "nodes", description: "The aliases alone." }, directives: [] }),
    pageInfo: operation<PageInfo>(TG.FieldResolver, { type: () => PageInfo, options: { name: "pageInfo", description: "Where the page stands." }, directives: [] }),
    totalCount: operation<number>(TG.FieldResolver, { type: () => TG.Int, options: { name: "totalCount", description: "Number of aliases." }, directives: [] }),
  },
  ModelAliasCreatePayload: {
    alias: operation<ModelAlias | null>(TG.FieldResolver, { type: () => ModelAlias, options: { name: "alias", nullable: true, description: "The alias. Null when it was not done." }, directives: [] }),
    errors: operation<ReadonlyArray<ProviderAccountError>>(TG.FieldResolver, { type: () => [ProviderAccountError], options: { name: "errors", description: "Why it was not done; empty when it was." }, directives: ["@listSize(assumedSize: 16)"] }),
  },
  ModelAliasDeletePayload: {
    alias: operation<ModelAlias | null>(TG.FieldResolver, { type: () => ModelAlias, options: { name: "alias", nullable: true, description: "The alias as it was. Null when it was not done." }, directives: [] }),
    errors: operation<ReadonlyArray<ProviderAccountError>>(TG.FieldResolver, { type: () => [ProviderAccountError], options: { name: "errors", description: "Why it was not done; empty when it was." }, directives: ["@listSize(assumedSize: 16)"] }),
  },
  ModelAliasEdge: {
    cursor: operation<string>(TG.FieldResolver, { type: () => String, options: { name: "cursor", description: "Position in the list." }, directives: [] }),
    node: operation<ModelAlias>(TG.FieldResolver, { type: () => ModelAlias, options: { name: "node", description: "The alias." }, directives: [] }),
  },
  ModelAliasUpdatePayload: {
    alias: operation<ModelAlias | null>(TG.FieldResolver, { type: () => ModelAlias, options: { name: "alias", nullable: true, description: "The alias as it is now. Null when it was not done." }, directives: [] }),
    errors: operation<ReadonlyArray<ProviderAccountError>>(TG.FieldResolver, { type: () => [ProviderAccountError], options: { name: "errors", description: "Why it was not done; empty when it was." }, directives: ["@listSize(assumedSize: 16)"] }),
  },
  ModelCapabilities: {
    hasAudio: operation<boolean>(TG.FieldResolver, { type: () => Boolean, options: { name: "hasAudio", description: "Reads or writes sound." }, directives: [] }),
    hasDocuments: operation<boolean>(TG.FieldResolver, { type: () => Boolean, options: { name: "hasDocuments", description: "Reads documents." }, directives: [] }),
    hasReasoning: operation<boolean>(TG.FieldResolver, { type: () => Boolean, options: { name: "hasReasoning", description: "Thinks before it answers." }, directives: [] }),
    hasStructuredOutput: operation<boolean>(TG.FieldResolver, { type: () => Boolean, options: { name: "hasStructuredOutput", description: "Keeps to a JSON schema." }, directives: [] }),
    hasTools: operation<boolean>(TG.FieldResolver, { type: () => Boolean, options: { name: "hasTools", description: "Calls tools." }, directives: [] }),
    hasVision: operation<boolean>(TG.FieldResolver, { type: () => Boolean, options: { name: "hasVision", description: "Reads images." }, directives: [] }),
  },
  ModelConnection: {
    edges: operation<ReadonlyArray<ModelEdge>>(TG.FieldResolver, { type: () => [ModelEdge], options: { name: "edges", description: "Models with their cursors." }, directives: [] }),
    nodes: operation<ReadonlyArray<Model>>(TG.FieldResolver, { type: () => [Model], options: { name: "nodes", description: "The models alone." }, directives: [] }),
    pageInfo: operation<PageInfo>(TG.FieldResolver, { type: () => PageInfo, options: { name: "pageInfo", description: "Where the page stands." }, directives: [] }),
    totalCount: operation<number>(TG.FieldResolver, { type: () => TG.Int, options: { name: "totalCount", description: "Number of models that match the filter." }, directives: [] }),
  },
  ModelEdge: {
    cursor: operation<string>(TG.FieldResolver, { type: () => String, options: { name: "cursor", description: "Position in the list." }, directives: [] }),
    node: operation<Model>(TG.FieldResolver, { type: () => Model, options: { name: "node", description: "The model." }, directives: [] }),
  },
  ModelPrice: {
    audioInputUsdPerMillion: operation<S.DecimalOutput | null>(TG.FieldResolver, { type: () => S.Decimal, options: { name: "audioInputUsdPerMillion", nullable: true, description: "Tokens of sound that is read; null: unknown." }, directives: [] }),
    audioOutputUsdPerMillion: operation<S.DecimalOutput | null>(TG.FieldResolver, { type: () => S.Decimal, options: { name: "audioOutputUsdPerMillion", nullable: true, description: "Tokens of sound that is written; null: unknown." }, directives: [] }),
    cacheWriteHourUsdPerMillion: operation<S.DecimalOutput | null>(TG.FieldResolver, { type: () => S.Decimal, options: { name: "cacheWriteHourUsdPerMillion", nullable: true, description: "Input tokens written to a prompt cache that keeps them for an hour; null: unknown." }, directives: [] }),
    cacheWriteUsdPerMillion: operation<S.DecimalOutput | null>(TG.FieldResolver, { type: () => S.Decimal, options: { name: "cacheWriteUsdPerMillion", nullable: true, description: "Input tokens written to the prompt cache; null: as input." }, directives: [] }),
    cachedReadUsdPerMillion: operation<S.DecimalOutput | null>(TG.FieldResolver, { type: () => S.Decimal, options: { name: "cachedReadUsdPerMillion", nullable: true, description: "Input tokens read from the prompt cache; null: as input." }, directives: [] }),
    contextTiers: operation<ReadonlyArray<ModelPriceTier>>(TG.FieldResolver, { type: () => [ModelPriceTier], options: { name: "contextTiers", description: "Rates of a whole call whose input is larger than a size, ascending; at most 8." }, directives: ["@listSize(assumedSize: 8)"] }),
    effectiveFrom: operation<S.DateTimeOutput>(TG.FieldResolver, { type: () => S.DateTime, options: { name: "effectiveFrom", description: "From when on it applies." }, directives: [] }),
    imageInputUsdPerMillion: operation<S.DecimalOutput | null>(TG.FieldResolver, { type: () => S.Decimal, options: { name: "imageInputUsdPerMillion", nullable: true, description: "Tokens of images that are read; null: as input." }, directives: [] }),
    inputUsdPerMillion: operation<S.DecimalOutput>(TG.FieldResolver, { type: () => S.Decimal, options: { name: "inputUsdPerMillion", description: "Input tokens." }, directives: [] }),
    outputUsdPerMillion: operation<S.DecimalOutput>(TG.FieldResolver, { type: () => S.Decimal, options: { name: "outputUsdPerMillion", description: "Output tokens." }, directives: [] }),
    perAudioSecondUsd: operation<S.DecimalOutput | null>(TG.FieldResolver, { type: () => S.Decimal, options: { name: "perAudioSecondUsd", nullable: true, description: "A second of sound; null: not charged by the piece, or unknown." }, directives: [] }),
    perCharacterUsd: operation<S.DecimalOutput | null>(TG.FieldResolver, { type: () => S.Decimal, options: { name: "perCharacterUsd", nullable: true, description: "A character that is spoken; null: not charged by the piece, or unknown." }, directives: [] }),
    perImageUsd: operation<S.DecimalOutput | null>(TG.FieldResolver, { type: () => S.Decimal, options: { name: "perImageUsd", nullable: true, description: "An image that is made; null: not charged by the piece, or unknown." }, directives: [] }),
    perSearchUsd: operation<S.DecimalOutput | null>(TG.FieldResolver, { type: () => S.Decimal, options: { name: "perSearchUsd", nullable: true, description: "A search unit, as rerankers charge; null: not charged by the piece, or unknown." }, directives: [] }),
    reasoningUsdPerMillion: operation<S.DecimalOutput | null>(TG.FieldResolver, { type: () => S.Decimal, options: { name: "reasoningUsdPerMillion", nullable: true, description: "Reasoning tokens; null: as output." }, directives: [] }),
    serviceTiers: operation<ReadonlyArray<ModelServiceTier>>(TG.FieldResolver, { type: () => [ModelServiceTier], options: { name: "serviceTiers", description: "Rates at service tiers other than the usual one, as far as they are known; at most 8. The cost of a tier that is not here is unknown." }, directives: ["@listSize(assumedSize: 8)"] }),
    source: operation<string>(TG.FieldResolver, { type: () => String, options: { name: "source", description: "Where the figures come from." }, directives: [] }),
    version: operation<string>(TG.FieldResolver, { type: () => String, options: { name: "version", description: "Stable name of this version, which every amount quotes." }, directives: [] }),
  },
  ModelPriceSetPayload: {
    errors: operation<ReadonlyArray<ModelPriceSetError>>(TG.FieldResolver, { type: () => [ModelPriceSetError], options: { name: "errors", description: "What went wrong; empty when it succeeded. At most one." }, directives: ["@listSize(assumedSize: 1)"] }),
    price: operation<ModelPriceVersion | null>(TG.FieldResolver, { type: () => ModelPriceVersion, options: { name: "price", nullable: true, description: "The price as it was set; null when it was refused." }, directives: [] }),
  },
  ModelPriceTier: {
    aboveInputTokens: operation<number>(TG.FieldResolver, { type: () => TG.Int, options: { name: "aboveInputTokens", description: "Input, all buckets together, above which these rates hold." }, directives: [] }),
    cacheWriteUsdPerMillion: operation<S.DecimalOutput | null>(TG.FieldResolver, { type: () => S.Decimal, options: { name: "cacheWriteUsdPerMillion", nullable: true, description: "Input tokens written to the prompt cache." }, directives: [] }),
    cachedReadUsdPerMillion: operation<S.DecimalOutput | null>(TG.FieldResolver, { type: () => S.Decimal, options: { name: "cachedReadUsdPerMillion", nullable: true, description: "Input tokens read from the prompt cache." }, directives: [] }),
    inputUsdPerMillion: operation<S.DecimalOutput>(TG.FieldResolver, { type: () => S.Decimal, options: { name: "inputUsdPerMillion", description: "Input tokens." }, directives: [] }),
    outputUsdPerMillion: operation<S.DecimalOutput>(TG.FieldResolver, { type: () => S.Decimal, options: { name: "outputUsdPerMillion", description: "Output tokens." }, directives: [] }),
  },
  ModelPriceVersion: {
    effectiveFrom: operation<S.DateTimeOutput>(TG.FieldResolver, { type: () => S.DateTime, options: { name: "effectiveFrom", description: "From when on it applies." }, directives: [] }),
    id: operation<string>(TG.FieldResolver, { type: () => TG.ID, options: { name: "id", description: "Opaque id." }, directives: [] }),
    modelName: operation<string>(TG.FieldResolver, { type: () => String, options: { name: "modelName", description: "Name of the model, `<provider>/<model>`." }, directives: [] }),
    price: operation<ModelPrice | null>(TG.FieldResolver, { type: () => ModelPrice, options: { name: "price", nullable: true, description: "What the model costs; null when from then on what comes with the server counts again." }, directives: [] }),
    setAt: operation<S.DateTimeOutput>(TG.FieldResolver, { type: () => S.DateTime, options: { name: "setAt", description: "When it was set." }, directives: [] }),
    source: operation<string>(TG.FieldResolver, { type: () => String, options: { name: "source", description: "Where the figures come from." }, directives: [] }),
    version: operation<string>(TG.FieldResolver, { type: () => String, options: { name: "version", description: "Stable name of this version, which every amount quotes." }, directives: [] }),
  },
  ModelPriceVersionConnection: {
    edges: operation<ReadonlyArray<ModelPriceVersionEdge>>(TG.FieldResolver, { type: () => [ModelPriceVersionEdge], options: { name: "edges", description: "Prices with their cursors." }, directives: [] }),
    nodes: operation<ReadonlyArray<ModelPriceVersion>>(TG.FieldResolver, { type: () => [ModelPriceVersion], options: { name: "nodes", description: "The prices alone." }, directives: [] }),
    pageInfo: operation<PageInfo>(TG.FieldResolver, { type: () => PageInfo, options: { name: "pageInfo", description: "Where the page stands." }, directives: [] }),
    totalCount: operation<number>(TG.FieldResolver, { type: () => TG.Int, options: { name: "totalCount", description: "Number of prices that were set." }, directives: [] }),
  },
  ModelPriceVersionEdge: {
    cursor: operation<string>(TG.FieldResolver, { type: () => String, options: { name: "cursor", description: "Position in the list." }, directives: [] }),
    node: operation<ModelPriceVersion>(TG.FieldResolver, { type: () => ModelPriceVersion, options: { name: "node", description: "The price." }, directives: [] }),
  },
  ModelServiceTier: {
    cacheWriteUsdPerMillion: operation<S.DecimalOutput | null>(TG.FieldResolver, { type: () => S.Decimal, options: { name: "cacheWriteUsdPerMillion", nullable: true, description: "Input tokens written to the prompt cache." }, directives: [] }),
    cachedReadUsdPerMillion: operation<S.DecimalOutput | null>(TG.FieldResolver, { type: () => S.Decimal, options: { name: "cachedReadUsdPerMillion", nullable: true, description: "Input tokens read from the prompt cache." }, directives: [] }),
    inputUsdPerMillion: operation<S.DecimalOutput>(TG.FieldResolver, { type: () => S.Decimal, options: { name: "inputUsdPerMillion", description: "Input tokens." }, directives: [] }),
    name: operation<string>(TG.FieldResolver, { type: () => String, options: { name: "name", description: "The provider's word for it, such as `flex` or `priority`." }, directives: [] }),
    outputUsdPerMillion: operation<S.DecimalOutput>(TG.FieldResolver, { type: () => S.Decimal, options: { name: "outputUsdPerMillion", description: "Output tokens." }, directives: [] }),
  },
  ModerationCategory: {
    isFlagged: operation<boolean | null>(TG.FieldResolver, { type: () => Boolean, options: { name: "isFlagged", nullable: true, description: "Whether it applies; null where the vendor gives scores only." }, directives: [] }),
    name: operation<string>(TG.FieldResolver, { type: () => String, options: { name: "name", description: "The vendor's name of it, such as `violence`." }, directives: [] }),
    score: operation<number | null>(TG.FieldResolver, { type: () => TG.Float, options: { name: "score", nullable: true, description: "How sure the model is, 0 to 1; null where the vendor tells none." }, directives: [] }),
  },
  ModerationCreatePayload: {
    completion: operation<Completion | null>(TG.FieldResolver, { type: () => Completion, options: { name: "completion", nullable: true, description: "The record of the call; also present when it failed after it was recorded. Null when it was refused before." }, directives: [] }),
    errors: operation<ReadonlyArray<CompletionError>>(TG.FieldResolver, { type: () => [CompletionError], options: { name: "errors", description: "What went wrong; empty when it succeeded. At most one." }, directives: ["@listSize(assumedSize: 1)"] }),
    verdicts: operation<ReadonlyArray<ModerationVerdict> | null>(TG.FieldResolver, { type: () => [ModerationVerdict], options: { name: "verdicts", nullable: true, description: "One for each text, in order, at most 2,048; null when the call failed." }, directives: ["@listSize(assumedSize: 20)"] }),
  },
  ModerationVerdict: {
    categories: operation<ReadonlyArray<ModerationCategory>>(TG.FieldResolver, { type: () => [ModerationCategory], options: { name: "categories", description: "The vendor's categories, a few dozen." }, directives: ["@listSize(assumedSize: 20)"] }),
    isFlagged: operation<boolean>(TG.FieldResolver, { type: () => Boolean, options: { name: "isFlagged", description: "Whether any category applies." }, directives: [] }),
  },
  Mutation: {
    completionCreate: operation<CompletionCreatePayload>(TG.Mutation, { type: () => CompletionCreatePayload, options: { name: "completionCreate", description: "Sends messages to a model and waits for the whole answer. The answer is returned after its record is durable.\nSafe to repeat with an `idempotencyKey`; otherwise each call is made and paid." }, directives: ["@auth(scope: COMPLETIONS_WRITE)","@cost(weight: 10)"], args: () => MutationCompletionCreateArgs }),
    completionsRerate: operation<CompletionsReratePayload>(TG.Mutation, { type: () => CompletionsReratePayload, options: { name: "completionsRerate", description: "Prices calls of the caller's organization again that were settled before their price was known or right, and writes the differences\nbeside them. Works in the background and goes on after a restart; safe to repeat. With `isDryRun` nothing is written but what would be." }, directives: ["@auth(scope: PRICES_WRITE)","@cost(weight: 10)"], args: () => MutationCompletionsRerateArgs }),
    embeddingsCreate: operation<EmbeddingsCreatePayload>(TG.Mutation, { type: () => EmbeddingsCreatePayload, options: { name: "embeddingsCreate", description: "Turns texts into vectors. Each call is made and paid; repeating it is harmless but for its cost." }, directives: ["@auth(scope: COMPLETIONS_WRITE)","@cost(weight: 10)"], args: () => MutationEmbeddingsCreateArgs }),
    imageCreate: operation<ImageCreatePayload>(TG.Mutation, { type: () => ImageCreatePayload, options: { name: "imageCreate", description: "Has images made from a prompt, or changed." }, directives: ["@auth(scope: COMPLETIONS_WRITE)","@cost(weight: 10)"], args: () => MutationImageCreateArgs }),
    modelAliasCreate: operation<ModelAliasCreatePayload>(TG.Mutation, { type: () => ModelAliasCreatePayload, options: { name: "modelAliasCreate", description: "Names one or more models. A name of the providers file is replaced for this project." }, directives: ["@auth(scope: PROVIDERS_WRITE)"], args: () => MutationModelAliasCreateArgs }),
    modelAliasDelete: operation<ModelAliasDeletePayload>(TG.Mutation, { type: () => ModelAliasDeletePayload, options: { name: "modelAliasDelete", description: "Deletes an alias, for good." }, directives: ["@auth(scope: PROVIDERS_WRITE)"], args: () => MutationModelAliasDeleteArgs }),
    modelAliasUpdate: operation<ModelAliasUpdatePayload>(TG.Mutation, { type: () => ModelAliasUpdatePayload, options: { name: "modelAliasUpdate", description: "Lets an alias stand for other models." }, directives: ["@auth(scope: PROVIDERS_WRITE)"], args: () => MutationModelAliasUpdateArgs }),
    modelPriceSet: operation<ModelPriceSetPayload>(TG.Mutation, { type: () => ModelPriceSetPayload, options: { name: "modelPriceSet", description: "Sets a price from a date on, for the whole installation and before what comes with the server. What was set is never changed: another\nversion follows it. Calls that were settled before keep their cost until they are priced again by `completionsRerate`." }, directives: ["@auth(scope: PRICES_WRITE)","@cost(weight: 5)"], args: () => MutationModelPriceSetArgs }),
    moderationCreate: operation<ModerationCreatePayload>(TG.Mutation, { type: () => ModerationCreatePayload, options: { name: "moderationCreate", description: "Has content judged." }, directives: ["@auth(scope: COMPLETIONS_WRITE)","@cost(weight: 10)"], args: () => MutationModerationCreateArgs }),
    providerAccountConnect: operation<ProviderAccountConnectPayload>(TG.Mutation, { type: () => ProviderAccountConnectPayload, options: { name: "providerAccountConnect", description: "Connects an account at a provider for the caller's project. Sends nothing to the provider; `providerAccountTest` does." }, directives: ["@auth(scope: PROVIDERS_WRITE)"], args: () => MutationProviderAccountConnectArgs }),
    providerAccountDelete: operation<ProviderAccountDeletePayload>(TG.Mutation, { type: () => ProviderAccountDeletePayload, options: { name: "providerAccountDelete", description: "Deletes an account with its credentials, for good. Calls in flight end as they began." }, directives: ["@auth(scope: PROVIDERS_WRITE)"], args: () => MutationProviderAccountDeleteArgs }),
    providerAccountDisable: operation<ProviderAccountDisablePayload>(TG.Mutation, { type: () => ProviderAccountDisablePayload, options: { name: "providerAccountDisable", description: "Stops calls to an account at once; those in flight end as they began. The account keeps its name: calls to it are refused and go to no shared account of the same name." }, directives: ["@auth(scope: PROVIDERS_WRITE)"], args: () => MutationProviderAccountDisableArgs }),
    providerAccountEnable: operation<ProviderAccountEnablePayload>(TG.Mutation, { type: () => ProviderAccountEnablePayload, options: { name: "providerAccountEnable", description: "Lets calls go to an account again." }, directives: ["@auth(scope: PROVIDERS_WRITE)"], args: () => MutationProviderAccountEnableArgs }),
    providerAccountTest: operation<ProviderAccountTestPayload>(TG.Mutation, { type: () => ProviderAccountTestPayload, options: { name: "providerAccountTest", description: "Tries the credentials of an account by the provider's cheapest call. That one does not work is a result, not an error." }, directives: ["@auth(scope: PROVIDERS_WRITE)","@cost(weight: 50)"], args: () => MutationProviderAccountTestArgs }),
    providerAccountUpdate: operation<ProviderAccountUpdatePayload>(TG.Mutation, { type: () => ProviderAccountUpdatePayload, options: { name: "providerAccountUpdate", description: "Changes an account. What is left out stays as it is. Calls in flight end as they began." }, directives: ["@auth(scope: PROVIDERS_WRITE)"], args: () => MutationProviderAccountUpdateArgs }),
    providerCredentialAdd: operation<ProviderCredentialAddPayload>(TG.Mutation, { type: () => ProviderCredentialAddPayload, options: { name: "providerCredentialAdd", description: "Adds a credential to an account; its credentials share the calls." }, directives: ["@auth(scope: PROVIDERS_WRITE)"], args: () => MutationProviderCredentialAddArgs }),
    providerCredentialDelete: operation<ProviderCredentialDeletePayload>(TG.Mutation, { type: () => ProviderCredentialDeletePayload, options: { name: "providerCredentialDelete", description: "Deletes a credential, for good. Calls in flight end as they began." }, directives: ["@auth(scope: PROVIDERS_WRITE)"], args: () => MutationProviderCredentialDeleteArgs }),
    providerCredentialDisable: operation<ProviderCredentialDisablePayload>(TG.Mutation, { type: () => ProviderCredentialDisablePayload, options: { name: "providerCredentialDisable", description: "Stops the use of a credential at once; calls in flight end as they began." }, directives: ["@auth(scope: PROVIDERS_WRITE)"], args: () => MutationProviderCredentialDisableArgs }),
    providerCredentialEnable: operation<ProviderCredentialEnablePayload>(TG.Mutation, { type: () => ProviderCredentialEnablePayload, options: { name: "providerCredentialEnable", description: "Lets calls use a credential again." }, directives: ["@auth(scope: PROVIDERS_WRITE)"], args: () => MutationProviderCredentialEnableArgs }),
    providerCredentialRotate: operation<ProviderCredentialRotatePayload>(TG.Mutation, { type: () => ProviderCredentialRotatePayload, options: { name: "providerCredentialRotate", description: "Puts a new credential in the place of another. New calls take the new one; the old one serves when the new one is refused, until the overlap is over, and is then deleted. No call fails." }, directives: ["@auth(scope: PROVIDERS_WRITE)"], args: () => MutationProviderCredentialRotateArgs }),
    providerModelsDiscover: operation<ProviderModelsDiscoverPayload>(TG.Mutation, { type: () => ProviderModelsDiscoverPayload, options: { name: "providerModelsDiscover", description: "Asks the provider of an account for its models and keeps the list in the place of the one before." }, directives: ["@auth(scope: PROVIDERS_WRITE)","@cost(weight: 50)"], args: () => MutationProviderModelsDiscoverArgs }),
    rerankCreate: operation<RerankCreatePayload>(TG.Mutation, { type: () => RerankCreatePayload, options: { name: "rerankCreate", description: "Puts documents in the order of their relevance to a query." }, directives: ["@auth(scope: COMPLETIONS_WRITE)","@cost(weight: 10)"], args: () => MutationRerankCreateArgs }),
    speechCreate: operation<SpeechCreatePayload>(TG.Mutation, { type: () => SpeechCreatePayload, options: { name: "speechCreate", description: "Has text spoken." }, directives: ["@auth(scope: COMPLETIONS_WRITE)","@cost(weight: 10)"], args: () => MutationSpeechCreateArgs }),
    transcriptionCreate: operation<TranscriptionCreatePayload>(TG.Mutation, { type: () => TranscriptionCreatePayload, options: { name: "transcriptionCreate", description: "Has speech written down." }, directives: ["@auth(scope: COMPLETIONS_WRITE)","@cost(weight: 10)"], args: () => MutationTranscriptionCreateArgs }),
  },
  NoRouteError: {
    code: operation<string>(TG.FieldResolver, { type: () => String, options: { name: "code", description: "Always `NO_ROUTE`." }, directives: [] }),
    isRetryable: operation<boolean>(TG.FieldResolver, { type: () => Boolean, options: { name: "isRetryable", description: "Whether the same call may succeed later." }, directives: [] }),
    message: operation<string>(TG.FieldResolver, { type: () => String, options: { name: "message", description: "Sentence for a person." }, directives: [] }),
    path: operation<ReadonlyArray<string> | null>(TG.FieldResolver, { type: () => [String], options: { name: "path", nullable: true, description: "Input path of the model." }, directives: ["@listSize(assumedSize: 8)"] }),
    reasons: operation<ReadonlyArray<string>>(TG.FieldResolver, { type: () => [String], options: { name: "reasons", description: "Why each candidate was left out, one sentence each." }, directives: ["@listSize(assumedSize: 16)"] }),
  },
  NotFoundError: {
    code: operation<string>(TG.FieldResolver, { type: () => String, options: { name: "code", description: "Always `NOT_FOUND`." }, directives: [] }),
    message: operation<string>(TG.FieldResolver, { type: () => String, options: { name: "message", description: "Sentence for a person." }, directives: [] }),
    path: operation<ReadonlyArray<string> | null>(TG.FieldResolver, { type: () => [String], options: { name: "path", nullable: true, description: "Input path of the name." }, directives: ["@listSize(assumedSize: 8)"] }),
  },
  Organization: {
    createdAt: operation<S.DateTimeOutput>(TG.FieldResolver, { type: () => S.DateTime, options: { name: "createdAt", description: "When it was made." }, directives: [] }),
    id: operation<string>(TG.FieldResolver, { type: () => TG.ID, options: { name: "id", description: "Opaque id." }, directives: [] }),
    name: operation<string>(TG.FieldResolver, { type: () => String, options: { name: "name", description: "Display name." }, directives: [] }),
  },
  PageInfo: {
    endCursor: operation<string | null>(TG.FieldResolver, { type: () => String, options: { name: "endCursor", nullable: true, description: "Cursor of the last edge; null on an empty page." }, directives: [] }),
    hasNextPage: operation<boolean>(TG.FieldResolver, { type: () => Boolean, options: { name: "hasNextPage", description: "Whether there are edges after the last one here." }, directives: [] }),
    hasPreviousPage: operation<boolean>(TG.FieldResolver, { type: () => Boolean, options: { name: "hasPreviousPage", description: "Whether there are edges before the first one here." }, directives: [] }),
    startCursor: operation<string | null>(TG.FieldResolver, { type: () => String, options: { name: "startCursor", nullable: true, description: "Cursor of the first edge; null on an empty page." }, directives: [] }),
  },
  Project: {
    createdAt: operation<S.DateTimeOutput>(TG.FieldResolver, { type: () => S.DateTime, options: { name: "createdAt", description: "When it was made." }, directives: [] }),
    id: operation<string>(TG.FieldResolver, { type: () => TG.ID, options: { name: "id", description: "Opaque id." }, directives: [] }),
    name: operation<string>(TG.FieldResolver, { type: () => String, options: { name: "name", description: "Display name." }, directives: [] }),
  },
  Provider: {
    capabilities: operation<ProviderCapabilities>(TG.FieldResolver, { type: () => ProviderCapabilities, options: { name: "capabilities", description: "Abilities of its interface." }, directives: [] }),
    connectHint: operation<string | null>(TG.FieldResolver, { type: () => String, options: { name: "connectHint", nullable: true, description: "What would connect it, such as the variable to set; null when it is connected." }, directives: [] }),
    displayName: operation<string>(TG.FieldResolver, { type: () => String, options: { name: "displayName", description: "Name for people." }, directives: [] }),
    id: operation<string>(TG.FieldResolver, { type: () => TG.ID, options: { name: "id", description: "Opaque id." }, directives: [] }),
    isConnected: operation<boolean>(TG.FieldResolver, { type: () => Boolean, options: { name: "isConnected", description: "Whether calls can be sent to it." }, directives: [] }),
    name: operation<string>(TG.FieldResolver, { type: () => String, options: { name: "name", description: "Stable name, the part of a model's name before the slash." }, directives: [] }),
  },
  ProviderAccount: {
    baseUrl: operation<string | null>(TG.FieldResolver, { type: () => String, options: { name: "baseUrl", nullable: true, description: "Where its requests go; null when it has none." }, directives: [] }),
    createdAt: operation<S.DateTimeOutput | null>(TG.FieldResolver, { type: () => S.DateTime, options: { name: "createdAt", nullable: true, description: "When it was connected; null for accounts of the environment and of the file." }, directives: [] }),
    credentials: operation<ReadonlyArray<ProviderCredential>>(TG.FieldResolver, { type: () => [ProviderCredential], options: { name: "credentials", description: "Its credentials, newest first." }, directives: ["@listSize(assumedSize: 20)"] }),
    discovery: operation<ProviderDiscovery | null>(TG.FieldResolver, { type: () => ProviderDiscovery, options: { name: "discovery", nullable: true, description: "What the provider listed when it was last asked; null when it never was." }, directives: [] }),
    displayName: operation<string>(TG.FieldResolver, { type: () => String, options: { name: "displayName", description: "Name for people." }, directives: [] }),
    headerNames: operation<ReadonlyArray<string>>(TG.FieldResolver, { type: () => [String], options: { name: "headerNames", description: "Names of the headers that are sent with every request, in lower case. Their values are never shown." }, directives: ["@listSize(assumedSize: 20)"] }),
    id: operation<string>(TG.FieldResolver, { type: () => TG.ID, options: { name: "id", description: "Opaque id." }, directives: [] }),
    isEnabled: operation<boolean>(TG.FieldResolver, { type: () => Boolean, options: { name: "isEnabled", description: "Whether calls may go to it." }, directives: [] }),
    isOverridden: operation<boolean>(TG.FieldResolver, { type: () => Boolean, options: { name: "isOverridden", description: "Whether another account of the same name is called in its place, by the order of the sources." }, directives: [] }),
    isReadOnly: operation<boolean>(TG.FieldResolver, { type: () => Boolean, options: { name: "isReadOnly", description: "Whether it is changed elsewhere than here." }, directives: [] }),
    models: operation<ReadonlyArray<string>>(TG.FieldResolver, { type: () => [String], options: { name: "models", description: "Models that were named with it; others can be called all the same." }, directives: ["@listSize(assumedSize: 100)"] }),
    name: operation<string>(TG.FieldResolver, { type: () => String, options: { name: "name", description: "The part of a model's name before the slash, such as `openai`." }, directives: [] }),
    problem: operation<string | null>(TG.FieldResolver, { type: () => String, options: { name: "problem", nullable: true, description: "Why it cannot be called, for people; null when nothing is known to be in the way." }, directives: [] }),
    settings: operation<ReadonlyArray<ProviderSettingValue>>(TG.FieldResolver, { type: () => [ProviderSettingValue], options: { name: "settings", description: "Settings that are no secrets." }, directives: ["@listSize(assumedSize: 8)"] }),
    source: operation<ProviderAccountSource>(TG.FieldResolver, { type: () => ProviderAccountSource, options: { name: "source", description: "Where it is written down." }, directives: [] }),
    updatedAt: operation<S.DateTimeOutput | null>(TG.FieldResolver, { type: () => S.DateTime, options: { name: "updatedAt", nullable: true, description: "When it was last changed; null for accounts of the environment and of the file." }, directives: [] }),
    vendor: operation<ProviderVendor | null>(TG.FieldResolver, { type: () => ProviderVendor, options: { name: "vendor", nullable: true, description: "Kind of provider; null when this server does not know it any more." }, directives: [] }),
  },
  ProviderAccountConnectPayload: {
    account: operation<ProviderAccount | null>(TG.FieldResolver, { type: () => ProviderAccount, options: { name: "account", nullable: true, description: "The account, connected. Null when it was not done." }, directives: [] }),
    errors: operation<ReadonlyArray<ProviderAccountError>>(TG.FieldResolver, { type: () => [ProviderAccountError], options: { name: "errors", description: "Why it was not done; empty when it was." }, directives: ["@listSize(assumedSize: 16)"] }),
  },
  ProviderAccountConnection: {
    edges: operation<ReadonlyArray<ProviderAccountEdge>>(TG.FieldResolver, { type: () => [ProviderAccountEdge], options: { name: "edges", description: "Accounts with their cursors." }, directives: [] }),
    nodes: operation<ReadonlyArray<ProviderAccount>>(TG.FieldResolver, { type: () => [ProviderAccount], options: { name: "nodes", description: "The accounts alone." }, directives: [] }),
    pageInfo: operation<PageInfo>(TG.FieldResolver, { type: () => PageInfo, options: { name: "pageInfo", description: "Where the page stands." }, directives: [] }),
    totalCount: operation<number>(TG.FieldResolver, { type: () => TG.Int, options: { name: "totalCount", description: "Number of accounts." }, directives: [] }),
  },
  ProviderAccountDeletePayload: {
    account: operation<ProviderAccount | null>(TG.FieldResolver, { type: () => ProviderAccount, options: { name: "account", nullable: true, description: "The account as it was. Null when it was not done." }, directives: [] }),
    errors: operation<ReadonlyArray<ProviderAccountError>>(TG.FieldResolver, { type: () => [ProviderAccountError], options: { name: "errors", description: "Why it was not done; empty when it was." }, directives: ["@listSize(assumedSize: 16)"] }),
  },
  ProviderAccountDisablePayload: {
    account: operation<ProviderAccount | null>(TG.FieldResolver, { type: () => ProviderAccount, options: { name: "account", nullable: true, description: "The account as it is now. Null when it was not done." }, directives: [] }),
    errors: operation<ReadonlyArray<ProviderAccountError>>(TG.FieldResolver, { type: () => [ProviderAccountError], options: { name: "errors", description: "Why it was not done; empty when it was." }, directives: ["@listSize(assumedSize: 16)"] }),
  },
  ProviderAccountEdge: {
    cursor: operation<string>(TG.FieldResolver, { type: () => String, options: { name: "cursor", description: "Position in the list." }, directives: [] }),
    node: operation<ProviderAccount>(TG.FieldResolver, { type: () => ProviderAccount, options: { name: "node", description: "The account." }, directives: [] }),
  },
  ProviderAccountEnablePayload: {
    account: operation<ProviderAccount | null>(TG.FieldResolver, { type: () => ProviderAccount, options: { name: "account", nullable: true, description: "The account as it is now. Null when it was not done." }, directives: [] }),
    errors: operation<ReadonlyArray<ProviderAccountError>>(TG.FieldResolver, { type: () => [ProviderAccountError], options: { name: "errors", description: "Why it was not done; empty when it was." }, directives: ["@listSize(assumedSize: 16)"] }),
  },
  ProviderAccountTestPayload: {
    account: operation<ProviderAccount | null>(TG.FieldResolver, { type: () => ProviderAccount, options: { name: "account", nullable: true, description: "The account; null when nothing was tried." }, directives: [] }),
    errors: operation<ReadonlyArray<ProviderAccountError>>(TG.FieldResolver, { type: () => [ProviderAccountError], options: { name: "errors", description: "Why it was not done; empty when it was." }, directives: ["@listSize(assumedSize: 16)"] }),
    tests: operation<ReadonlyArray<ProviderCredentialTest> | null>(TG.FieldResolver, { type: () => [ProviderCredentialTest], options: { name: "tests", nullable: true, description: "How each credential did; null when nothing was tried." }, directives: ["@listSize(assumedSize: 20)"] }),
  },
  ProviderAccountUpdatePayload: {
    account: operation<ProviderAccount | null>(TG.FieldResolver, { type: () => ProviderAccount, options: { name: "account", nullable: true, description: "The account as it is now. Null when it was not done." }, directives: [] }),
    errors: operation<ReadonlyArray<ProviderAccountError>>(TG.FieldResolver, { type: () => [ProviderAccountError], options: { name: "errors", description: "Why it was not done; empty when it was." }, directives: ["@listSize(assumedSize: 16)"] }),
  },
  ProviderCapabilities: {
    hasDocuments: operation<boolean>(TG.FieldResolver, { type: () => Boolean, options: { name: "hasDocuments", description: "Takes documents." }, directives: [] }),
    hasEmbeddings: operation<boolean>(TG.FieldResolver, { type: () => Boolean, options: { name: "hasEmbeddings", description: "Makes embeddings." }, directives: [] }),
    hasLogprobs: operation<boolean>(TG.FieldResolver, { type: () => Boolean, options: { name: "hasLogprobs", description: "Returns log probabilities." }, directives: [] }),
    hasMultipleChoices: operation<boolean>(TG.FieldResolver, { type: () => Boolean, options: { name: "hasMultipleChoices", description: "Gives several answers to one call." }, directives: [] }),
    hasReasoning: operation<boolean>(TG.FieldResolver, { type: () => Boolean, options: { name: "hasReasoning", description: "Returns reasoning." }, directives: [] }),
    hasStreaming: operation<boolean>(TG.FieldResolver, { type: () => Boolean, options: { name: "hasStreaming", description: "Streams answers." }, directives: [] }),
    hasStructuredOutput: operation<boolean>(TG.FieldResolver, { type: () => Boolean, options: { name: "hasStructuredOutput", description: "Keeps to a JSON schema." }, directives: [] }),
    hasTools: operation<boolean>(TG.FieldResolver, { type: () => Boolean, options: { name: "hasTools", description: "Takes tool definitions." }, directives: [] }),
    hasVision: operation<boolean>(TG.FieldResolver, { type: () => Boolean, options: { name: "hasVision", description: "Takes images." }, directives: [] }),
  },
  ProviderConnection: {
    edges: operation<ReadonlyArray<ProviderEdge>>(TG.FieldResolver, { type: () => [ProviderEdge], options: { name: "edges", description: "Providers with their cursors." }, directives: [] }),
    nodes: operation<ReadonlyArray<Provider>>(TG.FieldResolver, { type: () => [Provider], options: { name: "nodes", description: "The providers alone." }, directives: [] }),
    pageInfo: operation<PageInfo>(TG.FieldResolver, { type: () => PageInfo, options: { name: "pageInfo", description: "Where the page stands." }, directives: [] }),
    totalCount: operation<number>(TG.FieldResolver, { type: () => TG.Int, options: { name: "totalCount", description: "Number of providers." }, directives: [] }),
  },
  ProviderCredential: {
    createdAt: operation<S.DateTimeOutput | null>(TG.FieldResolver, { type: () => S.DateTime, options: { name: "createdAt", nullable: true, description: "When it was given; null for accounts of the environment and of the file." }, directives: [] }),
    health: operation<ProviderCredentialHealth>(TG.FieldResolver, { type: () => ProviderCredentialHealth, options: { name: "health", description: "What the process that answers has seen of it since it started. Other processes have seen other calls." }, directives: [] }),
    hint: operation<string | null>(TG.FieldResolver, { type: () => String, options: { name: "hint", nullable: true, description: "Last characters of the secret, enough to recognise it; null where they would tell too much, and for the environment's." }, directives: [] }),
    id: operation<string>(TG.FieldResolver, { type: () => TG.ID, options: { name: "id", description: "Opaque id." }, directives: [] }),
    name: operation<string>(TG.FieldResolver, { type: () => String, options: { name: "name", description: "Name for people." }, directives: [] }),
    problem: operation<string | null>(TG.FieldResolver, { type: () => String, options: { name: "problem", nullable: true, description: "Why it cannot be used, for people; null when nothing is known to be in the way." }, directives: [] }),
    retiresAt: operation<S.DateTimeOutput | null>(TG.FieldResolver, { type: () => S.DateTime, options: { name: "retiresAt", nullable: true, description: "When it goes, since another one takes its place; null: it stays." }, directives: [] }),
    status: operation<ProviderCredentialStatus>(TG.FieldResolver, { type: () => ProviderCredentialStatus, options: { name: "status", description: "What becomes of it." }, directives: [] }),
  },
  ProviderCredentialAddPayload: {
    account: operation<ProviderAccount | null>(TG.FieldResolver, { type: () => ProviderAccount, options: { name: "account", nullable: true, description: "The account that it belongs to, as it is now. Null when it was not done." }, directives: [] }),
    credential: operation<ProviderCredential | null>(TG.FieldResolver, { type: () => ProviderCredential, options: { name: "credential", nullable: true, description: "The credential. Null when it was not done." }, directives: [] }),
    errors: operation<ReadonlyArray<ProviderAccountError>>(TG.FieldResolver, { type: () => [ProviderAccountError], options: { name: "errors", description: "Why it was not done; empty when it was." }, directives: ["@listSize(assumedSize: 16)"] }),
  },
  ProviderCredentialDeletePayload: {
    account: operation<ProviderAccount | null>(TG.FieldResolver, { type: () => ProviderAccount, options: { name: "account", nullable: true, description: "The account without it. Null when it was not done." }, directives: [] }),
    errors: operation<ReadonlyArray<ProviderAccountError>>(TG.FieldResolver, { type: () => [ProviderAccountError], options: { name: "errors", description: "Why it was not done; empty when it was." }, directives: ["@listSize(assumedSize: 16)"] }),
  },
  ProviderCredentialDisablePayload: {
    account: operation<ProviderAccount | null>(TG.FieldResolver, { type: () => ProviderAccount, options: { name: "account", nullable: true, description: "The account that it belongs to, as it is now. Null when it was not done." }, directives: [] }),
    credential: operation<ProviderCredential | null>(TG.FieldResolver, { type: () => ProviderCredential, options: { name: "credential", nullable: true, description: "The credential as it is now. Null when it was not done." }, directives: [] }),
    errors: operation<ReadonlyArray<ProviderAccountError>>(TG.FieldResolver, { type: () => [ProviderAccountError], options: { name: "errors", description: "Why it was not done; empty when it was." }, directives: ["@listSize(assumedSize: 16)"] }),
  },
  ProviderCredentialEnablePayload: {
    account: operation<ProviderAccount | null>(TG.FieldResolver, { type: () => ProviderAccount, options: { name: "account", nullable: true, description: "The account that it belongs to, as it is now. Null when it was not done." }, directives: [] }),
    credential: operation<ProviderCredential | null>(TG.FieldResolver, { type: () => ProviderCredential, options: { name: "credential", nullable: true, description: "The credential as it is now. Null when it was not done." }, directives: [] }),
    errors: operation<ReadonlyArray<ProviderAccountError>>(TG.FieldResolver, { type: () => [ProviderAccountError], options: { name: "errors", description: "Why it was not done; empty when it was." }, directives: ["@listSize(assumedSize: 16)"] }),
  },
  ProviderCredentialHealth: {
    headroom: operation<ProviderHeadroom | null>(TG.FieldResolver, { type: () => ProviderHeadroom, options: { name: "headroom", nullable: true, description: "What the provider said was left of its rate limits; null when it has not said." }, directives: [] }),
    lastFailureAt: operation<S.DateTimeOutput | null>(TG.FieldResolver, { type: () => S.DateTime, options: { name: "lastFailureAt", nullable: true, description: "When a call with it last failed for a reason that is not the call's own; null: not yet." }, directives: [] }),
    lastFailureClass: operation<AttemptErrorClass | null>(TG.FieldResolver, { type: () => AttemptErrorClass, options: { name: "lastFailureClass", nullable: true, description: "Class of that failure." }, directives: [] }),
    lastFailureHttpStatus: operation<number | null>(TG.FieldResolver, { type: () => TG.Int, options: { name: "lastFailureHttpStatus", nullable: true, description: "HTTP status of that failure; null when there was no answer." }, directives: [] }),
    lastSuccessAt: operation<S.DateTimeOutput | null>(TG.FieldResolver, { type: () => S.DateTime, options: { name: "lastSuccessAt", nullable: true, description: "When a call with it last succeeded; null: not yet." }, directives: [] }),
    restsUntilAt: operation<S.DateTimeOutput | null>(TG.FieldResolver, { type: () => S.DateTime, options: { name: "restsUntilAt", nullable: true, description: "Until when other credentials are preferred, after it was refused or limited; null: they are not." }, directives: [] }),
  },
  ProviderCredentialRotatePayload: {
    account: operation<ProviderAccount | null>(TG.FieldResolver, { type: () => ProviderAccount, options: { name: "account", nullable: true, description: "The account that it belongs to, as it is now. Null when it was not done." }, directives: [] }),
    credential: operation<ProviderCredential | null>(TG.FieldResolver, { type: () => ProviderCredential, options: { name: "credential", nullable: true, description: "The new credential. Null when it was not done." }, directives: [] }),
    errors: operation<ReadonlyArray<ProviderAccountError>>(TG.FieldResolver, { type: () => [ProviderAccountError], options: { name: "errors", description: "Why it was not done; empty when it was." }, directives: ["@listSize(assumedSize: 16)"] }),
  },
  ProviderCredentialTest: {
    credential: operation<ProviderCredential>(TG.FieldResolver, { type: () => ProviderCredential, options: { name: "credential", description: "The credential." }, directives: [] }),
    durationMs: operation<number>(TG.FieldResolver, { type: () => TG.Float, options: { name: "durationMs", description: "How long it took, in milliseconds." }, directives: [] }),
    errorClass: operation<AttemptErrorClass | null>(TG.FieldResolver, { type: () => AttemptErrorClass, options: { name: "errorClass", nullable: true, description: "Class of the failure; null when it works." }, directives: [] }),
    httpStatus: operation<number | null>(TG.FieldResolver, { type: () => TG.Int, options: { name: "httpStatus", nullable: true, description: "HTTP status of the failure; null when it works, or when there was no answer." }, directives: [] }),
    isWorking: operation<boolean>(TG.FieldResolver, { type: () => Boolean, options: { name: "isWorking", description: "Whether the provider took it." }, directives: [] }),
    message: operation<string | null>(TG.FieldResolver, { type: () => String, options: { name: "message", nullable: true, description: "What is wrong and what to do, for people; never the provider's own text. Null when it works." }, directives: [] }),
  },
  ProviderDiscoveredModel: {
    contextTokens: operation<number | null>(TG.FieldResolver, { type: () => TG.Int, options: { name: "contextTokens", nullable: true, description: "Tokens that input and output may have together." }, directives: [] }),
    createdAt: operation<S.DateTimeOutput | null>(TG.FieldResolver, { type: () => S.DateTime, options: { name: "createdAt", nullable: true, description: "When the provider made it." }, directives: [] }),
    displayName: operation<string | null>(TG.FieldResolver, { type: () => String, options: { name: "displayName", nullable: true, description: "Name for people." }, directives: [] }),
    maxOutputTokens: operation<number | null>(TG.FieldResolver, { type: () => TG.Int, options: { name: "maxOutputTokens", nullable: true, description: "Tokens that the output may have." }, directives: [] }),
    name: operation<string>(TG.FieldResolver, { type: () => String, options: { name: "name", description: "The provider's own name of it; calls write the account's name and a slash before it." }, directives: [] }),
  },
  ProviderDiscoveredModelConnection: {
    edges: operation<ReadonlyArray<ProviderDiscoveredModelEdge>>(TG.FieldResolver, { type: () => [ProviderDiscoveredModelEdge], options: { name: "edges", description: "Models with their cursors." }, directives: [] }),
    nodes: operation<ReadonlyArray<ProviderDiscoveredModel>>(TG.FieldResolver, { type: () => [ProviderDiscoveredModel], options: { name: "nodes", description: "The models alone." }, directives: [] }),
    pageInfo: operation<PageInfo>(TG.FieldResolver, { type: () => PageInfo, options: { name: "pageInfo", description: "Where the page stands." }, directives: [] }),
    totalCount: operation<number>(TG.FieldResolver, { type: () => TG.Int, options: { name: "totalCount", description: "Number of models." }, directives: [] }),
  },
  ProviderDiscoveredModelEdge: {
    cursor: operation<string>(TG.FieldResolver, { type: () => String, options: { name: "cursor", description: "Position in the list." }, directives: [] }),
    node: operation<ProviderDiscoveredModel>(TG.FieldResolver, { type: () => ProviderDiscoveredModel, options: { name: "node", description: "The model." }, directives: [] }),
  },
  ProviderDiscovery: {
    discoveredAt: operation<S.DateTimeOutput>(TG.FieldResolver, { type: () => S.DateTime, options: { name: "discoveredAt", description: "When it was asked." }, directives: [] }),
    modelCount: operation<number>(TG.FieldResolver, { type: () => TG.Int, options: { name: "modelCount", description: "Number of models, at most 5000. They are part of `models`, and alone in `providerDiscoveredModels`." }, directives: [] }),
  },
  ProviderEdge: {
    cursor: operation<string>(TG.FieldResolver, { type: () => String, options: { name: "cursor", description: "Position in the list." }, directives: [] }),
    node: operation<Provider>(TG.FieldResolver, { type: () => Provider, options: { name: "node", description: "The provider." }, directives: [] }),
  },
  ProviderFailedError: {
    attempts: operation<ReadonlyArray<AttemptSummary>>(TG.FieldResolver, { type: () => [AttemptSummary], options: { name: "attempts", description: "Calls that were made, in order." }, directives: ["@listSize(assumedSize: 16)"] }),
    code: operation<string>(TG.FieldResolver, { type: () => String, options: { name: "code", description: "Always `PROVIDER_FAILED`." }, directives: [] }),
    isRetryable: operation<boolean>(TG.FieldResolver, { type: () => Boolean, options: { name: "isRetryable", description: "Whether the same call may succeed later." }, directives: [] }),
    message: operation<string>(TG.FieldResolver, { type: () => String, options: { name: "message", description: "Sentence for a person; never the provider's own text." }, directives: [] }),
    path: operation<ReadonlyArray<string> | null>(TG.FieldResolver, { type: () => [String], options: { name: "path", nullable: true, description: "Null: nothing in the input is to blame." }, directives: ["@listSize(assumedSize: 8)"] }),
  },
  ProviderHeadroom: {
    reportedAt: operation<S.DateTimeOutput>(TG.FieldResolver, { type: () => S.DateTime, options: { name: "reportedAt", description: "When it said so." }, directives: [] }),
    requests: operation<ProviderHeadroomWindow | null>(TG.FieldResolver, { type: () => ProviderHeadroomWindow, options: { name: "requests", nullable: true, description: "Requests, where it told of them." }, directives: [] }),
    tokens: operation<ProviderHeadroomWindow | null>(TG.FieldResolver, { type: () => ProviderHeadroomWindow, options: { name: "tokens", nullable: true, description: "Tokens, where it told of them." }, directives: [] }),
  },
  ProviderHeadroomWindow: {
    limit: operation<S.BigIntOutput | null>(TG.FieldResolver, { type: () => S.BigInt, options: { name: "limit", nullable: true, description: "How many are allowed; null where it did not say." }, directives: [] }),
    remaining: operation<S.BigIntOutput | null>(TG.FieldResolver, { type: () => S.BigInt, options: { name: "remaining", nullable: true, description: "How many were left; null where it did not say." }, directives: [] }),
    resetsAt: operation<S.DateTimeOutput | null>(TG.FieldResolver, { type: () => S.DateTime, options: { name: "resetsAt", nullable: true, description: "When all are there again; null where it did not say." }, directives: [] }),
  },
  ProviderModelsDiscoverPayload: {
    account: operation<ProviderAccount | null>(TG.FieldResolver, { type: () => ProviderAccount, options: { name: "account", nullable: true, description: "The account with what was found. Null when it was not done." }, directives: [] }),
    errors: operation<ReadonlyArray<ProviderDiscoveryError>>(TG.FieldResolver, { type: () => [ProviderDiscoveryError], options: { name: "errors", description: "Why it was not done; empty when it was." }, directives: ["@listSize(assumedSize: 16)"] }),
  },
  ProviderSettingValue: {
    name: operation<string>(TG.FieldResolver, { type: () => String, options: { name: "name", description: "Name, as its vendor has it." }, directives: [] }),
    value: operation<string>(TG.FieldResolver, { type: () => String, options: { name: "value", description: "Value." }, directives: [] }),
  },
  ProviderVendor: {
    baseUrlEndsBefore: operation<string | null>(TG.FieldResolver, { type: () => String, options: { name: "baseUrlEndsBefore", nullable: true, description: "What follows the base URL in requests, such as `/chat/completions`: it must end before that. Null where it does not matter." }, directives: [] }),
    capabilities: operation<ProviderCapabilities>(TG.FieldResolver, { type: () => ProviderCapabilities, options: { name: "capabilities", description: "Abilities of its interface." }, directives: [] }),
    defaultBaseUrl: operation<string | null>(TG.FieldResolver, { type: () => String, options: { name: "defaultBaseUrl", nullable: true, description: "Base URL that is used when none is given; null: one must be given." }, directives: [] }),
    displayName: operation<string>(TG.FieldResolver, { type: () => String, options: { name: "displayName", description: "Name for people." }, directives: [] }),
    name: operation<string>(TG.FieldResolver, { type: () => String, options: { name: "name", description: "Stable name, such as `openai`; also the default name of an account there." }, directives: [] }),
    settings: operation<ReadonlyArray<ProviderVendorSetting>>(TG.FieldResolver, { type: () => [ProviderVendorSetting], options: { name: "settings", description: "What is asked for beside the base URL, in the order a form would ask." }, directives: ["@listSize(assumedSize: 8)"] }),
  },
  ProviderVendorSetting: {
    description: operation<string>(TG.FieldResolver, { type: () => String, options: { name: "description", description: "What it is, for people." }, directives: [] }),
    isRequired: operation<boolean>(TG.FieldResolver, { type: () => Boolean, options: { name: "isRequired", description: "Whether nothing can be connected without it." }, directives: [] }),
    isSecret: operation<boolean>(TG.FieldResolver, { type: () => Boolean, options: { name: "isSecret", description: "Whether it is given among the secrets of a credential; otherwise among the settings of the account." }, directives: [] }),
    name: operation<string>(TG.FieldResolver, { type: () => String, options: { name: "name", description: "Name by which it is given, such as `apiKey` or `region`." }, directives: [] }),
  },
  Query: {
    accounting: operation<Accounting>(TG.Query, { type: () => Accounting, options: { name: "accounting", description: "Proof of accounting for the caller's organization: every request that started is settled, abandoned or in flight." }, directives: ["@auth(scope: ACCOUNTING_READ)","@cost(weight: 50)"], args: () => QueryAccountingArgs }),
    completion: operation<Completion | null>(TG.Query, { type: () => Completion, options: { name: "completion", nullable: true, description: "One completion of the caller's project; null when there is none with this id." }, directives: ["@auth(scope: COMPLETIONS_READ)"], args: () => QueryCompletionArgs }),
    completions: operation<CompletionConnection>(TG.Query, { type: () => CompletionConnection, options: { name: "completions", description: "Completions of the caller's project, newest first. Failed, cancelled and running ones are in it too." }, directives: ["@auth(scope: COMPLETIONS_READ)","@listSize(slicingArguments: [\"first\", \"last\"], sizedFields: [\"edges\", \"nodes\"])"], args: () => QueryCompletionsArgs }),
    modelAliases: operation<ModelAliasConnection>(TG.Query, { type: () => ModelAliasConnection, options: { name: "modelAliases", description: "Names that stand for models in the caller's project, by name." }, directives: ["@auth(scope: MODELS_READ)","@listSize(slicingArguments: [\"first\", \"last\"], sizedFields: [\"edges\", \"nodes\"])"], args: () => QueryModelAliasesArgs }),
    modelPrices: operation<ModelPriceVersionConnection>(TG.Query, { type: () => ModelPriceVersionConnection, options: { name: "modelPrices", description: "Prices that were set on this installation, the last one set first. Those that come with the server are not among them." }, directives: ["@auth(scope: MODELS_READ)","@listSize(slicingArguments: [\"first\", \"last\"], sizedFields: [\"edges\", \"nodes\"])"], args: () => QueryModelPricesArgs }),
    models: operation<ModelConnection>(TG.Query, { type: () => ModelConnection, options: { name: "models", description: "Models in the catalogue: by id, or best match first when `filter.search` is given, then by id." }, directives: ["@auth(scope: MODELS_READ)","@listSize(slicingArguments: [\"first\", \"last\"], sizedFields: [\"edges\", \"nodes\"])"], args: () => QueryModelsArgs }),
    node: operation<NodeObject | null>(TG.Query, { type: () => Node, options: { name: "node", nullable: true, description: "Any entity by its id; null when it does not exist or belongs to somebody else." }, directives: ["@auth(scope: COMPLETIONS_READ)"], args: () => QueryNodeArgs }),
    providerAccounts: operation<ProviderAccountConnection>(TG.Query, { type: () => ProviderAccountConnection, options: { name: "providerAccounts", description: "Accounts at providers that the caller's project can call: its own, and those that all projects share. By name, its own first." }, directives: ["@auth(scope: PROVIDERS_READ)","@listSize(slicingArguments: [\"first\", \"last\"], sizedFields: [\"edges\", \"nodes\"])"], args: () => QueryProviderAccountsArgs }),
    providerDiscoveredModels: operation<ProviderDiscoveredModelConnection | null>(TG.Query, { type: () => ProviderDiscoveredModelConnection, options: { name: "providerDiscoveredModels", nullable: true, description: "Models that the provider of an account listed when it was last asked, by name; null when there is no such account, or it was never asked." }, directives: ["@auth(scope: PROVIDERS_READ)","@listSize(slicingArguments: [\"first\", \"last\"], sizedFields: [\"edges\", \"nodes\"])"], args: () => QueryProviderDiscoveredModelsArgs }),
    providerVendors: operation<ReadonlyArray<ProviderVendor>>(TG.Query, { type: () => [ProviderVendor], options: { name: "providerVendors", description: "Kinds of providers that can be connected, by name, with what each asks for." }, directives: ["@auth(scope: PROVIDERS_READ)","@listSize(assumedSize: 64)"] }),
    providers: operation<ProviderConnection>(TG.Query, { type: () => ProviderConnection, options: { name: "providers", description: "Providers that this installation knows, by id." }, directives: ["@auth(scope: PROVIDERS_READ)","@listSize(slicingArguments: [\"first\", \"last\"], sizedFields: [\"edges\", \"nodes\"])"], args: () => QueryProvidersArgs }),
    rerating: operation<Rerating | null>(TG.Query, { type: () => Rerating, options: { name: "rerating", nullable: true, description: "A pass over the organization's calls that prices them again; null when there is none with this id." }, directives: ["@auth(scope: ACCOUNTING_READ)"], args: () => QueryReratingArgs }),
    viewer: operation<Viewer>(TG.Query, { type: () => Viewer, options: { name: "viewer", description: "Who is asking, by the credential that was sent." }, directives: ["@auth(scope: MODELS_READ)"] }),
  },
  QuotaExceededError: {
    code: operation<string>(TG.FieldResolver, { type: () => String, options: { name: "code", description: "Always `QUOTA_EXCEEDED`." }, directives: [] }),
    message: operation<string>(TG.FieldResolver, { type: () => String, options: { name: "message", description: "Sentence for a person." }, directives: [] }),
    path: operation<ReadonlyArray<string> | null>(TG.FieldResolver, { type: () => [String], options: { name: "path", nullable: true, description: "Input path of the bound, or null when it is not in the input." }, directives: ["@listSize(assumedSize: 8)"] }),
  },
  RankedDocument: {
    index: operation<number>(TG.FieldResolver, { type: () => TG.Int, options: { name: "index", description: "Position in the documents that were sent." }, directives: [] }),
    score: operation<number>(TG.FieldResolver, { type: () => TG.Float, options: { name: "score", description: "The model's own measure, comparable within one answer only." }, directives: [] }),
  },
  ReasoningPart: {
    redactedData: operation<string | null>(TG.FieldResolver, { type: () => String, options: { name: "redactedData", nullable: true, description: "Opaque data of withheld reasoning; null otherwise." }, directives: [] }),
    signature: operation<string | null>(TG.FieldResolver, { type: () => String, options: { name: "signature", nullable: true, description: "Opaque signature; null when the provider gave none." }, directives: [] }),
    text: operation<string>(TG.FieldResolver, { type: () => String, options: { name: "text", description: "The text; empty when it was withheld." }, directives: [] }),
  },
  RerankCreatePayload: {
    completion: operation<Completion | null>(TG.FieldResolver, { type: () => Completion, options: { name: "completion", nullable: true, description: "The record of the call; also present when it failed after it was recorded. Null when it was refused before." }, directives: [] }),
    documents: operation<ReadonlyArray<RankedDocument> | null>(TG.FieldResolver, { type: () => [RankedDocument], options: { name: "documents", nullable: true, description: "Best first, at most 10,000; null when the call failed." }, directives: ["@listSize(assumedSize: 20)"] }),
    errors: operation<ReadonlyArray<CompletionError>>(TG.FieldResolver, { type: () => [CompletionError], options: { name: "errors", description: "What went wrong; empty when it succeeded. At most one." }, directives: ["@listSize(assumedSize: 1)"] }),
  },
  Rerating: {
    changedAttempts: operation<S.BigIntOutput>(TG.FieldResolver, { type: () => S.BigInt, options: { name: "changedAttempts", description: "Those whose price is another one now, or known for the first time." }, directives: [] }),
    createdAt: operation<S.DateTimeOutput>(TG.FieldResolver, { type: () => S.DateTime, options: { name: "createdAt", description: "When it was ordered." }, directives: [] }),
    differenceUsd: operation<S.DecimalOutput>(TG.FieldResolver, { type: () => S.Decimal, options: { name: "differenceUsd", description: "What the changes add up to, in USD; negative when calls became cheaper." }, directives: [] }),
    differences: operation<ReadonlyArray<ReratingDifference>>(TG.FieldResolver, { type: () => [ReratingDifference], options: { name: "differences", description: "The changes by model and price, largest first; at most 100." }, directives: ["@listSize(assumedSize: 100)"] }),
    examinedAttempts: operation<S.BigIntOutput>(TG.FieldResolver, { type: () => S.BigInt, options: { name: "examinedAttempts", description: "Calls to providers that were looked at so far." }, directives: [] }),
    finishedAt: operation<S.DateTimeOutput | null>(TG.FieldResolver, { type: () => S.DateTime, options: { name: "finishedAt", nullable: true, description: "When it ended; null while it runs." }, directives: [] }),
    id: operation<string>(TG.FieldResolver, { type: () => TG.ID, options: { name: "id", description: "Opaque id." }, directives: [] }),
    isDryRun: operation<boolean>(TG.FieldResolver, { type: () => Boolean, options: { name: "isDryRun", description: "Whether it only tells what would change." }, directives: [] }),
    isFinished: operation<boolean>(TG.FieldResolver, { type: () => Boolean, options: { name: "isFinished", description: "Whether all of its calls have been looked at." }, directives: [] }),
    unpricedAttempts: operation<S.BigIntOutput>(TG.FieldResolver, { type: () => S.BigInt, options: { name: "unpricedAttempts", description: "Those whose price is still unknown." }, directives: [] }),
  },
  ReratingDifference: {
    attempts: operation<S.BigIntOutput>(TG.FieldResolver, { type: () => S.BigInt, options: { name: "attempts", description: "Calls to the provider that it concerns." }, directives: [] }),
    differenceUsd: operation<S.DecimalOutput>(TG.FieldResolver, { type: () => S.Decimal, options: { name: "differenceUsd", description: "What they add up to, in USD." }, directives: [] }),
    modelName: operation<string>(TG.FieldResolver, { type: () => String, options: { name: "modelName", description: "Name of the model." }, directives: [] }),
    previousPriceVersion: operation<string | null>(TG.FieldResolver, { type: () => String, options: { name: "previousPriceVersion", nullable: true, description: "The price before; null when there was none." }, directives: [] }),
    priceVersion: operation<string>(TG.FieldResolver, { type: () => String, options: { name: "priceVersion", description: "The price now." }, directives: [] }),
  },
  Speech: {
    base64: operation<string>(TG.FieldResolver, { type: () => String, options: { name: "base64", description: "Base64 of the sound." }, directives: [] }),
    mediaType: operation<string>(TG.FieldResolver, { type: () => String, options: { name: "mediaType", description: "Media type, such as `audio/mpeg`." }, directives: [] }),
  },
  SpeechCreatePayload: {
    completion: operation<Completion | null>(TG.FieldResolver, { type: () => Completion, options: { name: "completion", nullable: true, description: "The record of the call; also present when it failed after it was recorded. Null when it was refused before." }, directives: [] }),
    errors: operation<ReadonlyArray<CompletionError>>(TG.FieldResolver, { type: () => [CompletionError], options: { name: "errors", description: "What went wrong; empty when it succeeded. At most one." }, directives: ["@listSize(assumedSize: 1)"] }),
    speech: operation<Speech | null>(TG.FieldResolver, { type: () => Speech, options: { name: "speech", nullable: true, description: "The sound; null when the call failed." }, directives: [] }),
  },
  Subscription: {
    completionStream: subscription<SubscriptionCompletionStreamArgs, CompletionStreamEvent>({ type: () => CompletionStreamEvent, options: { name: "completionStream", description: "Sends messages to a model and delivers the answer as it is made: `CompletionStarted`, then parts, then exactly one of\n`CompletionFinished` and `CompletionFailed`, which comes after the record is durable. Leaving ends the provider call unless `onDisconnect` says otherwise." }, directives: ["@auth(scope: COMPLETIONS_WRITE)","@cost(weight: 10)"], args: () => SubscriptionCompletionStreamArgs }),
  },
  TimeoutError: {
    attempts: operation<ReadonlyArray<AttemptSummary>>(TG.FieldResolver, { type: () => [AttemptSummary], options: { name: "attempts", description: "Calls that were made, in order." }, directives: ["@listSize(assumedSize: 16)"] }),
    code: operation<string>(TG.FieldResolver, { type: () => String, options: { name: "code", description: "Always `TIMEOUT`." }, directives: [] }),
    message: operation<string>(TG.FieldResolver, { type: () => String, options: { name: "message", description: "Sentence for a person." }, directives: [] }),
    path: operation<ReadonlyArray<string> | null>(TG.FieldResolver, { type: () => [String], options: { name: "path", nullable: true, description: "Input path of the deadline, or null for the server's own." }, directives: ["@listSize(assumedSize: 8)"] }),
  },
  ToolCall: {
    argumentsText: operation<string>(TG.FieldResolver, { type: () => String, options: { name: "argumentsText", description: "Arguments as the model wrote them: JSON text that may be invalid." }, directives: [] }),
    id: operation<string>(TG.FieldResolver, { type: () => String, options: { name: "id", description: "Id that the answer must quote." }, directives: [] }),
    name: operation<string>(TG.FieldResolver, { type: () => String, options: { name: "name", description: "Name of the tool." }, directives: [] }),
  },
  Transcription: {
    durationSeconds: operation<number | null>(TG.FieldResolver, { type: () => TG.Float, options: { name: "durationSeconds", nullable: true, description: "Length of the recording in seconds; null where the provider tells none." }, directives: [] }),
    language: operation<string | null>(TG.FieldResolver, { type: () => String, options: { name: "language", nullable: true, description: "The language spoken; null where the provider tells none." }, directives: [] }),
    text: operation<string>(TG.FieldResolver, { type: () => String, options: { name: "text", description: "The text." }, directives: [] }),
  },
  TranscriptionCreatePayload: {
    completion: operation<Completion | null>(TG.FieldResolver, { type: () => Completion, options: { name: "completion", nullable: true, description: "The record of the call; also present when it failed after it was recorded. Null when it was refused before." }, directives: [] }),
    errors: operation<ReadonlyArray<CompletionError>>(TG.FieldResolver, { type: () => [CompletionError], options: { name: "errors", description: "What went wrong; empty when it succeeded. At most one." }, directives: ["@listSize(assumedSize: 1)"] }),
    transcription: operation<Transcription | null>(TG.FieldResolver, { type: () => Transcription, options: { name: "transcription", nullable: true, description: "The text; null when the call failed." }, directives: [] }),
  },
  Usage: {
    audioInputTokens: operation<number>(TG.FieldResolver, { type: () => TG.Int, options: { name: "audioInputTokens", description: "Sound in." }, directives: [] }),
    audioOutputTokens: operation<number>(TG.FieldResolver, { type: () => TG.Int, options: { name: "audioOutputTokens", description: "Sound out." }, directives: [] }),
    basis: operation<Basis>(TG.FieldResolver, { type: () => Basis, options: { name: "basis", description: "How the counts were found." }, directives: [] }),
    cacheWriteTokens: operation<number>(TG.FieldResolver, { type: () => TG.Int, options: { name: "cacheWriteTokens", description: "Input tokens written to the provider's prompt cache." }, directives: [] }),
    cachedReadTokens: operation<number>(TG.FieldResolver, { type: () => TG.Int, options: { name: "cachedReadTokens", description: "Input tokens read from the provider's prompt cache." }, directives: [] }),
    imageInputTokens: operation<number>(TG.FieldResolver, { type: () => TG.Int, options: { name: "imageInputTokens", description: "Images in, where the provider counts them apart." }, directives: [] }),
    inputTokens: operation<number>(TG.FieldResolver, { type: () => TG.Int, options: { name: "inputTokens", description: "Input tokens that are in no other bucket." }, directives: [] }),
    outputTokens: operation<number>(TG.FieldResolver, { type: () => TG.Int, options: { name: "outputTokens", description: "Output tokens that are in no other bucket." }, directives: [] }),
    reasoningTokens: operation<number>(TG.FieldResolver, { type: () => TG.Int, options: { name: "reasoningTokens", description: "Tokens the model thought with." }, directives: [] }),
    totalTokens: operation<number>(TG.FieldResolver, { type: () => TG.Int, options: { name: "totalTokens", description: "Sum of the buckets." }, directives: [] }),
  },
  Viewer: {
    apiKey: operation<ApiKey | null>(TG.FieldResolver, { type: () => ApiKey, options: { name: "apiKey", nullable: true, description: "Key that was used; null for a signed-in session." }, directives: [] }),
    organization: operation<Organization>(TG.FieldResolver, { type: () => Organization, options: { name: "organization", description: "Organization that pays." }, directives: [] }),
    project: operation<Project>(TG.FieldResolver, { type: () => Project, options: { name: "project", description: "Project that new completions belong to." }, directives: [] }),
    scopes: operation<ReadonlyArray<Scope>>(TG.FieldResolver, { type: () => [Scope], options: { name: "scopes", description: "Permissions the caller holds. At most one of each." }, directives: ["@listSize(assumedSize: 7)"] }),
  },
};

/** Classes that TypeGraphQL must know even where no resolver mentions them. */
export const objectTypes = [
  Node,
  UserError,
  Accounting,
  ApiKey,
  Attempt,
  AttemptCost,
  AttemptSummary,
  Completion,
  CompletionChoice,
  CompletionChoiceFinished,
  CompletionConnection,
  CompletionCreatePayload,
  CompletionEdge,
  CompletionExtra,
  CompletionFailed,
  CompletionFailure,
  CompletionFinished,
  CompletionInput,
  CompletionLogprobs,
  CompletionOutput,
  CompletionReasoningDelta,
  CompletionReasoningEnded,
  CompletionRefusalDelta,
  CompletionStarted,
  CompletionTextDelta,
  CompletionTiming,
  CompletionToolCallDelta,
  CompletionToolCallStarted,
  CompletionsReratePayload,
  ConflictError,
  ContentBlockedError,
  ContextTooLongError,
  Cost,
  Embedding,
  EmbeddingsCreatePayload,
  GeneratedImage,
  ImageCreatePayload,
  InvalidInputError,
  Model,
  ModelAlias,
  ModelAliasConnection,
  ModelAliasCreatePayload,
  ModelAliasDeletePayload,
  ModelAliasEdge,
  ModelAliasUpdatePayload,
  ModelCapabilities,
  ModelConnection,
  ModelEdge,
  ModelPrice,
  ModelPriceSetPayload,
  ModelPriceTier,
  ModelPriceVersion,
  ModelPriceVersionConnection,
  ModelPriceVersionEdge,
  ModelServiceTier,
  ModerationCategory,
  ModerationCreatePayload,
  ModerationVerdict,
  NoRouteError,
  NotFoundError,
  Organization,
  PageInfo,
  Project,
  Provider,
  ProviderAccount,
  ProviderAccountConnectPayload,
  ProviderAccountConnection,
  ProviderAccountDeletePayload,
  ProviderAccountDisablePayload,
  ProviderAccountEdge,
  ProviderAccountEnablePayload,
  ProviderAccountTestPayload,
  ProviderAccountUpdatePayload,
  ProviderCapabilities,
  ProviderConnection,
  ProviderCredential,
  ProviderCredentialAddPayload,
  ProviderCredentialDeletePayload,
  ProviderCredentialDisablePayload,
  ProviderCredentialEnablePayload,
  ProviderCredentialHealth,
  ProviderCredentialRotatePayload,
  ProviderCredentialTest,
  ProviderDiscoveredModel,
  ProviderDiscoveredModelConnection,
  ProviderDiscoveredModelEdge,
  ProviderDiscovery,
  ProviderEdge,
  ProviderFailedError,
  ProviderHeadroom,
  ProviderHeadroomWindow,
  ProviderModelsDiscoverPayload,
  ProviderSettingValue,
  ProviderVendor,
  ProviderVendorSetting,
  QuotaExceededError,
  RankedDocument,
  ReasoningPart,
  RerankCreatePayload,
  Rerating,
  ReratingDifference,
  Speech,
  SpeechCreatePayload,
  TimeoutError,
  ToolCall,
  Transcription,
  TranscriptionCreatePayload,
  Usage,
  Viewer,
] as const;

/** Fields that need a resolver class. */
export const lazyFields: readonly string[] = ["Completion.attempts"];
