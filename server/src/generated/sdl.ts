// Generated from schema/ by `npm run codegen`. Do not edit.
/** The contract: all of schema/, merged and sorted, directives included. A built server needs no file beside it. */
export const sdlText = `schema {
  query: Query
  mutation: Mutation
  subscription: Subscription
}

"""
Who may use a field: callers whose key or session holds \`scope\`. A root field carries either this or \`@public\`; the build fails otherwise.
"""
directive @auth(
  """Permission that the caller must hold."""
  scope: Scope!
) on FIELD_DEFINITION

"""
Price of resolving a field or type once, in cost points; fields without it cost 1 when they return an object and 0 otherwise.
"""
directive @cost(
  """Points, 0 or more."""
  weight: Int!
) on ARGUMENT_DEFINITION | FIELD_DEFINITION | INPUT_FIELD_DEFINITION | OBJECT

"""How long a list can be, so that an operation is priced before it runs."""
directive @listSize(
  """Bound of a plain list."""
  assumedSize: Int
  """
  Fields of the returned object that hold the list; for connections \`edges\` and \`nodes\`.
  """
  sizedFields: [String!]
  """Arguments whose value is the length, such as \`first\` and \`last\`."""
  slicingArguments: [String!]
) on FIELD_DEFINITION

"""
A field that needs no permission. It must give nothing away about any tenant.
"""
directive @public on FIELD_DEFINITION

"""Counts and sums over one consistent snapshot of the ledger."""
type Accounting {
  """
  Requests whose process died; closed from their last checkpoint and flagged \`ESTIMATED\`.
  """
  abandoned: BigInt!
  """Sum over attempts, in USD."""
  attemptCostUsd: Decimal!
  """Requests that a living process is working on."""
  inFlight: BigInt!
  """
  Whether \`started = settled + abandoned + inFlight\`, nothing is unexplained, and both sums of money are equal.
  """
  isBalanced: Boolean!
  """Records safe in the local journal that PostgreSQL does not hold yet."""
  pendingInJournal: BigInt!
  """
  Calls turned away before they became a request: malformed, too large, wrong key. Not part of \`started\`.
  """
  refused: BigInt!
  """
  The part of \`requestCostUsd\` that pricing calls again has added, in USD; negative when calls became cheaper.
  """
  requestAdjustmentUsd: Decimal!
  """Sum over requests, in USD."""
  requestCostUsd: Decimal!
  """
  Requests that ended while their process lived: answered, failed or cancelled.
  """
  settled: BigInt!
  """Requests that started."""
  started: BigInt!
  """
  Records that fit none of these, or two of them. Anything but 0 is a fault of ours.
  """
  unexplained: BigInt!
  """Requests that used tokens whose price is unknown; they are in no sum."""
  unpricedRequests: BigInt!
}

"""
A credential for programs. The secret itself is shown once, when it is made, and is not kept.
"""
type ApiKey implements Node {
  """Calls it may have in flight; null means the server's default."""
  concurrency: Int
  """When it was made."""
  createdAt: DateTime!
  """First characters of the secret, enough to recognise it."""
  displayPrefix: String!
  """When it stops working; null means never."""
  expiresAt: DateTime
  """Opaque id."""
  id: ID!
  """Display name."""
  name: String!
  """Requests a minute it may make; null means the server's default."""
  requestsPerMinute: Int
  """Permissions it holds. At most one of each."""
  scopes: [Scope!]! @listSize(assumedSize: 7)
}

"""What the model answered before."""
input AssistantMessageInput {
  """The answer; may be omitted or null when it consisted of tool calls."""
  content: MessageContentInput
  """
  Reasoning it returned; must be given back unchanged in tool loops of models that sign it. At most 512 parts.
  """
  reasoning: [ReasoningPartInput!]
  """Refusal it returned."""
  refusal: String
  """Tool calls it asked for, in order; at most 512."""
  toolCalls: [ToolCallInput!]
}

"""One call to a provider."""
type Attempt implements Node {
  """What it cost; null while it runs."""
  cost: AttemptCost
  """From its beginning to its end; null while it runs."""
  durationMs: Float
  """Class of the failure; null when it did not fail."""
  errorClass: AttemptErrorClass
  """HTTP status of the provider's answer; null when there was none."""
  httpStatus: Int
  """Opaque id."""
  id: ID!
  """Model that was called, by its name in the catalogue."""
  modelName: String!
  """1 for the first."""
  ordinal: Int!
  """How it ended; null while it runs."""
  outcome: CompletionOutcome
  """Provider that was called."""
  providerName: String!
  """When it ended; null while it runs."""
  settledAt: DateTime
  """When it began."""
  startedAt: DateTime!
  """From its beginning to the first output; null when there was none."""
  timeToFirstTokenMs: Float
  """The provider's own id of the request; null when it gave none."""
  upstreamRequestId: String
  """Tokens by bucket; null while it runs."""
  usage: Usage
}

"""Money for one attempt."""
type AttemptCost {
  """Amount in USD with nine decimals; null when the price is unknown."""
  amountUsd: Decimal
  """Version of the price it was computed with; null when unknown."""
  priceVersion: String
}

"""Class of a provider's failure."""
enum AttemptErrorClass {
  """The provider refused our credential."""
  AUTH
  """Content policy."""
  BLOCKED
  """Cancelled by us or the caller."""
  CANCELLED
  """The provider does not accept the request."""
  INVALID
  """The answer made no sense."""
  MALFORMED
  """The provider does not know the model."""
  NOT_FOUND
  """The provider has too much to do."""
  OVERLOADED
  """The account's quota or balance is used up."""
  QUOTA
  """Too many requests for now."""
  RATE_LIMIT
  """No answer in time."""
  TIMEOUT
  """The prompt is longer than the context."""
  TOO_LONG
  """The connection failed or broke."""
  TRANSPORT
}

"""One call to a provider, as far as an error tells of it."""
type AttemptSummary {
  """Id of the attempt."""
  attemptId: ID!
  """Class of the failure; null when it did not fail."""
  errorClass: AttemptErrorClass
  """HTTP status of the provider's answer; null when there was none."""
  httpStatus: Int
  """Model in the catalogue, such as \`openai/gpt-4.1-mini\`."""
  modelId: String!
  """Provider that was called, such as \`openai\`."""
  providerId: String!
}

"""Sound in a message."""
input AudioPartInput {
  """Base64 of the sound."""
  data: String!
  """Format, such as \`wav\` or \`mp3\`."""
  format: String!
}

"""How an amount was found."""
enum Basis {
  """Told by the provider."""
  ACTUAL
  """Counted by us, because the provider could not tell."""
  ESTIMATED
  """Nothing was consumed."""
  VOID
}

"""Whole number beyond 32 bits, as decimal text."""
scalar BigInt

"""The record of one call for a completion."""
type Completion implements Node {
  """Calls to providers, in order; at most 16."""
  attempts: [Attempt!]! @listSize(assumedSize: 16)
  """What it cost, summed over its attempts; null while it runs."""
  cost: Cost
  """Door it came through."""
  door: CompletionDoor!
  """Why it failed; null unless it did."""
  failure: CompletionFailure
  """Why the first choice ended; null while it runs or when it failed."""
  finishReason: FinishReason
  """Opaque id; also the \`x-request-id\` of the REST doors."""
  id: ID!
  """
  What went in; null when payloads are not recorded or it was larger than the limit.
  """
  input: CompletionInput @cost(weight: 2)
  """Whether the answer was streamed."""
  isStreaming: Boolean!
  """Caller's labels; null when none were given."""
  metadata: JSON
  """
  Model that served it; null while none has, or when it has left the catalogue.
  """
  model: Model
  """What was asked for."""
  operation: CompletionOperation!
  """How it ended; null while it runs."""
  outcome: CompletionOutcome
  """
  What came out; null while it runs, when there was nothing, or when payloads are not recorded.
  """
  output: CompletionOutput @cost(weight: 2)
  """Name of the model as the caller wrote it."""
  requestedModel: String!
  """When it ended; null while it runs."""
  settledAt: DateTime
  """When it was taken in."""
  startedAt: DateTime!
  """Where it stands."""
  status: CompletionStatus!
  """How long it took; null while it runs."""
  timing: CompletionTiming
  """Tokens by bucket, summed over its attempts; null while it runs."""
  usage: Usage
  """
  What the provider could not do of what was asked, one sentence each; at most 64.
  """
  warnings: [String!]! @listSize(assumedSize: 64)
}

"""One alternative answer."""
type CompletionChoice {
  """
  Fields of the provider's message that have no name here, such as citations; an empty object when there are none.
  """
  extra: JSON!
  """Why it ended."""
  finishReason: FinishReason!
  """Position among the choices, from 0."""
  index: Int!
  """Log probabilities in the provider's form; null when not asked for."""
  logprobs: JSON
  """The provider's own word for it; null when it gave none."""
  rawFinishReason: String
  """
  Reasoning, in order; give it back unchanged in tool loops. At most 512 parts.
  """
  reasoning: [ReasoningPart!]! @listSize(assumedSize: 4)
  """Why the model did not answer; null when it did."""
  refusal: String
  """The text."""
  text: String!
  """Tool calls it asks for, in order; at most 512."""
  toolCalls: [ToolCall!]! @listSize(assumedSize: 8)
}

"""A choice is complete."""
type CompletionChoiceFinished {
  """Choice that is complete."""
  choice: Int!
  """Why it ended."""
  finishReason: FinishReason!
  """The provider's own word for it; null when it gave none."""
  rawFinishReason: String
  """Position in the stream."""
  sequence: Int!
}

"""A page of completions."""
type CompletionConnection {
  """Completions with their cursors."""
  edges: [CompletionEdge!]!
  """The completions alone."""
  nodes: [Completion!]!
  """Where the page stands."""
  pageInfo: PageInfo!
}

"""
What to complete, and within which bounds. What the model's provider cannot do is answered with a warning.
"""
input CompletionCreateInput {
  """
  Milliseconds for the whole call; the server's limit when omitted, null or larger.
  """
  deadlineMs: Int
  """
  Makes repeating safe for 24 hours: the same key with the same input returns the first result; with another input it is a conflict. 1 to 255 characters.
  """
  idempotencyKey: String
  """
  Whether several tools may be called in one answer; the provider's default when omitted or null.
  """
  isParallelToolCallsAllowed: Boolean
  """
  Most that this call may cost, in USD. It is refused before anything is spent when its upper bound is larger, or its price is unknown.
  """
  maxCostUsd: Decimal
  """Conversation so far, oldest first; 1 to 10,000 messages."""
  messages: [MessageInput!]!
  """
  Caller's labels, kept with the record and returned; a JSON object of at most 16 KiB.
  """
  metadata: JSON
  """Name of the model, such as \`openai/gpt-4.1-mini\` or \`local/echo\`."""
  model: String!
  """
  Sampling and length; the provider's defaults for what is omitted or null.
  """
  options: CompletionOptionsInput
  """Form of the answer; text when omitted or null."""
  responseFormat: ResponseFormatInput
  """
  Whether and which tool the model must call; the provider's default when omitted or null.
  """
  toolChoice: ToolChoiceInput
  """Functions that the model may ask for; at most 512."""
  tools: [ToolInput!]
}

"""Outcome of \`completionCreate\`."""
type CompletionCreatePayload {
  """
  The completion; also present when it failed after it was recorded. Null when it was refused before.
  """
  completion: Completion
  """What went wrong; empty when it succeeded. At most one."""
  errors: [CompletionError!]! @listSize(assumedSize: 1)
}

"""Door that a completion came through."""
enum CompletionDoor {
  """The Anthropic wire."""
  ANTHROPIC
  """The Gemini wire."""
  GEMINI
  """GraphQL, over whichever transport."""
  GRAPHQL
  """The Ollama wire."""
  OLLAMA
  """The OpenAI wire."""
  OPENAI
}

"""A completion in a page."""
type CompletionEdge {
  """Position in the list."""
  cursor: String!
  """The completion."""
  node: Completion!
}

"""What can go wrong with a completion."""
union CompletionError = ConflictError | ContentBlockedError | ContextTooLongError | InvalidInputError | NoRouteError | NotFoundError | ProviderFailedError | QuotaExceededError | TimeoutError

"""Fields of the provider's stream that have no name here."""
type CompletionExtra {
  """Choice it belongs to."""
  choice: Int!
  """The fields; a JSON object."""
  extra: JSON!
  """Position in the stream."""
  sequence: Int!
}

"""
The answer ended with a failure; what was delivered before is recorded and counted. Last event.
"""
type CompletionFailed {
  """What went wrong."""
  error: CompletionError!
  """The record; null when it was refused before one was made."""
  failedCompletion: Completion
  """Position in the stream."""
  sequence: Int!
}

"""Why a completion failed."""
type CompletionFailure {
  """
  Machine-readable kind; equal to the code in the error catalogue of the documentation.
  """
  code: String!
  """Sentence that the caller was told."""
  message: String!
}

"""Conditions on completions; all given ones must hold."""
input CompletionFilter {
  """Door it came through."""
  door: CompletionDoor
  """Name of the model that was asked for."""
  model: String
  """How it ended."""
  outcome: CompletionOutcome
  """Name of the provider that served it."""
  provider: String
  """Started at this instant or later."""
  startedFrom: DateTime
  """Started before this instant."""
  startedTo: DateTime
  """Where it stands."""
  status: CompletionStatus
}

"""The whole answer was delivered, metered and recorded. Last event."""
type CompletionFinished {
  """The record, with usage and cost."""
  completion: Completion!
  """Position in the stream."""
  sequence: Int!
}

"""What went in."""
type CompletionInput {
  """
  The request's body in the form it was recorded: our own or the wire's it came on.
  """
  body: JSON!
  """Name of that form, such as \`antiphon\` or \`openai-chat\`."""
  format: String!
  """Size in bytes."""
  sizeBytes: Int!
}

"""Log probabilities of the last delta."""
type CompletionLogprobs {
  """Choice it belongs to."""
  choice: Int!
  """Log probabilities in the provider's form."""
  logprobs: JSON!
  """Position in the stream."""
  sequence: Int!
}

"""What was asked for."""
enum CompletionOperation {
  """An answer to messages."""
  CHAT
  """Vectors of texts."""
  EMBEDDINGS
  """Images made or changed."""
  IMAGE
  """Verdicts on content."""
  MODERATION
  """Documents in the order of their relevance."""
  RERANK
  """Text spoken."""
  SPEECH
  """Speech written down."""
  TRANSCRIPTION
}

"""
Sampling and length. Everything omitted or null is left to the provider; we add no default.
"""
input CompletionOptionsInput {
  """Number of alternative answers, 1 to 128."""
  choiceCount: Int
  """Caller's own id of the end user, for the provider's abuse detection."""
  endUserId: String
  """Penalty on frequent tokens, -2 to 2."""
  frequencyPenalty: Float
  """Most tokens the answer may have, reasoning included; 1 or more."""
  maxOutputTokens: Int
  """Penalty on tokens that occurred, -2 to 2."""
  presencePenalty: Float
  """
  Parameters of the provider's wire that have no name here, passed on as they are; a JSON object.
  """
  providerOptions: JSON
  """Tokens the model may think with, for providers that take a number."""
  reasoningBudgetTokens: Int
  """How hard to think; the model's default when omitted or null."""
  reasoningEffort: ReasoningEffort
  """Seed for repeatable sampling, where the provider offers it."""
  seed: Int
  """Texts that end the answer; at most 16."""
  stop: [String!]
  """Randomness, 0 to 2."""
  temperature: Float
  """Sampling among the k likeliest tokens."""
  topK: Int
  """
  Number of likeliest tokens to report with log probabilities, 0 to 20; none are reported when omitted or null.
  """
  topLogprobs: Int
  """Nucleus sampling, 0 to 1."""
  topP: Float
}

"""How a completion or an attempt ended."""
enum CompletionOutcome {
  """The caller left or cancelled."""
  CANCELLED
  """With an error."""
  FAILED
  """Its process died."""
  ORPHANED
  """With an answer."""
  SUCCEEDED
}

"""What came out."""
type CompletionOutput {
  """Alternative answers; at most 128."""
  choices: [CompletionChoice!]! @listSize(assumedSize: 4)
  """Text of the first choice; empty when it consists of tool calls."""
  text: String!
}

"""More reasoning."""
type CompletionReasoningDelta {
  """Choice it belongs to."""
  choice: Int!
  """Position in the stream."""
  sequence: Int!
  """The text to append."""
  text: String!
}

"""A part of the reasoning is complete."""
type CompletionReasoningEnded {
  """Choice it belongs to."""
  choice: Int!
  """Opaque data of withheld reasoning; null otherwise."""
  redactedData: String
  """Position in the stream."""
  sequence: Int!
  """Opaque signature; null when the provider gave none."""
  signature: String
}

"""More of a refusal."""
type CompletionRefusalDelta {
  """Choice it belongs to."""
  choice: Int!
  """Position in the stream."""
  sequence: Int!
  """The text to append."""
  text: String!
}

"""The provider has begun to answer and the start is recorded."""
type CompletionStarted {
  """Id of the completion."""
  completionId: ID!
  """Name of the model that answers, as in the catalogue."""
  model: String!
  """Position in the stream."""
  sequence: Int!
  """What the provider could not do of what was asked; at most 64."""
  warnings: [String!]! @listSize(assumedSize: 64)
}

"""Where a completion stands."""
enum CompletionStatus {
  """Its process died; closed afterwards from the last checkpoint."""
  ABANDONED
  """Being worked on."""
  IN_FLIGHT
  """Ended while its process lived."""
  SETTLED
}

"""
One step of a streamed completion. \`sequence\` counts from 0 without gaps.
"""
union CompletionStreamEvent = CompletionChoiceFinished | CompletionExtra | CompletionFailed | CompletionFinished | CompletionLogprobs | CompletionReasoningDelta | CompletionReasoningEnded | CompletionRefusalDelta | CompletionStarted | CompletionTextDelta | CompletionToolCallDelta | CompletionToolCallStarted

"""What to complete as a stream, and within which bounds."""
input CompletionStreamInput {
  """
  Milliseconds for the whole call; the server's limit when omitted, null or larger.
  """
  deadlineMs: Int
  """
  Whether several tools may be called in one answer; the provider's default when omitted or null.
  """
  isParallelToolCallsAllowed: Boolean
  """
  Most that this call may cost, in USD. It is refused before anything is spent when its upper bound is larger, or its price is unknown.
  """
  maxCostUsd: Decimal
  """Conversation so far, oldest first; 1 to 10,000 messages."""
  messages: [MessageInput!]!
  """
  Caller's labels, kept with the record and returned; a JSON object of at most 16 KiB.
  """
  metadata: JSON
  """Name of the model, such as \`openai/gpt-4.1-mini\` or \`local/echo\`."""
  model: String!
  """What becomes of the provider call when the subscriber leaves."""
  onDisconnect: DisconnectPolicy! = CANCEL
  """
  Sampling and length; the provider's defaults for what is omitted or null.
  """
  options: CompletionOptionsInput
  """Form of the answer; text when omitted or null."""
  responseFormat: ResponseFormatInput
  """
  Whether and which tool the model must call; the provider's default when omitted or null.
  """
  toolChoice: ToolChoiceInput
  """Functions that the model may ask for; at most 512."""
  tools: [ToolInput!]
}

"""More text."""
type CompletionTextDelta {
  """Choice it belongs to."""
  choice: Int!
  """Position in the stream."""
  sequence: Int!
  """The text to append."""
  text: String!
}

"""Durations in milliseconds."""
type CompletionTiming {
  """From taking it in to the end."""
  durationMs: Float!
  """
  Our own share: everything but waiting for providers; null when unknown.
  """
  overheadMs: Float
  """From taking it in to the first output; null when there was none."""
  timeToFirstTokenMs: Float
}

"""More of a tool call's arguments."""
type CompletionToolCallDelta {
  """JSON text to append."""
  argumentsText: String!
  """Choice it belongs to."""
  choice: Int!
  """Position among the choice's tool calls, from 0."""
  index: Int!
  """Position in the stream."""
  sequence: Int!
}

"""The model begins to ask for a tool call."""
type CompletionToolCallStarted {
  """Choice it belongs to."""
  choice: Int!
  """Position among the choice's tool calls, from 0."""
  index: Int!
  """Name of the tool."""
  name: String!
  """Position in the stream."""
  sequence: Int!
  """Id that the answer must quote."""
  toolCallId: String!
}

"""What can go wrong with the order to price calls again."""
union CompletionsRerateError = ConflictError | InvalidInputError | NotFoundError

"""Which calls to price again."""
input CompletionsRerateInput {
  """
  Start of the range of start times, inclusive; the first record when omitted or null.
  """
  from: DateTime
  """Whether only to tell what would change."""
  isDryRun: Boolean! = false
  """
  Only attempts at this model, \`<provider>/<model>\`; at every model when omitted or null.
  """
  model: String
  """End of the range of start times, exclusive; now when omitted or null."""
  to: DateTime
}

"""What came of the order to price calls again."""
type CompletionsReratePayload {
  """What went wrong; empty when it succeeded. At most one."""
  errors: [CompletionsRerateError!]! @listSize(assumedSize: 1)
  """The pass, which has just begun; null when it was refused."""
  rerating: Rerating
}

"""
The act contradicts the present state, such as an idempotency key used for another input. Repeating it unchanged cannot succeed.
"""
type ConflictError implements UserError {
  """Always \`CONFLICT\`."""
  code: String!
  """Sentence for a person."""
  message: String!
  """Input path of the contradicting value."""
  path: [String!] @listSize(assumedSize: 8)
}

"""The prompt or the answer was blocked by the provider's content policy."""
type ContentBlockedError implements UserError {
  """Always \`CONTENT_BLOCKED\`."""
  code: String!
  """Sentence for a person."""
  message: String!
  """Null: the provider does not say where."""
  path: [String!] @listSize(assumedSize: 8)
}

"""A piece of content; exactly one member."""
input ContentPartInput @oneOf {
  """Sound."""
  audio: AudioPartInput
  """A document."""
  document: DocumentPartInput
  """An image."""
  image: ImagePartInput
  """Text."""
  text: TextPartInput
}

"""The prompt is longer than the model's context."""
type ContextTooLongError implements UserError {
  """Always \`CONTEXT_TOO_LONG\`."""
  code: String!
  """Sentence for a person."""
  message: String!
  """Input path of the messages."""
  path: [String!] @listSize(assumedSize: 8)
}

"""Money for a completion or an attempt."""
type Cost {
  """
  The part of the amount that pricing the call again has added, in USD; negative when it became cheaper, null when it was never changed.
  """
  adjustmentUsd: Decimal
  """
  Amount in USD with nine decimals; null when the price is unknown, which never means free.
  """
  amountUsd: Decimal
  """How the tokens behind it were found."""
  basis: Basis!
  """
  Upper bound that was reserved before the call, in USD; null when the price was unknown.
  """
  reservedUsd: Decimal
}

"""
Instant in UTC, RFC 3339 with milliseconds, such as \`2026-11-25T09:30:00.000Z\`.
"""
scalar DateTime @specifiedBy(url: "https://scalars.graphql.org/andimarek/date-time")

"""
Exact decimal number as text, such as \`0.000150000\`. Used for money, never rounded through a float.
"""
scalar Decimal

"""What becomes of a running stream whose subscriber has left."""
enum DisconnectPolicy {
  """
  Stop the provider call; what was produced is settled, counted by tokenizer and flagged \`ESTIMATED\`.
  """
  CANCEL
  """
  Let the provider finish; the record then holds the whole answer and the true usage.
  """
  FINISH
}

"""A document in a message."""
input DocumentPartInput {
  """File name."""
  name: String
  """Where the document is."""
  source: MediaSourceInput!
}

"""A text as a vector."""
type Embedding {
  """Position of the text."""
  index: Int!
  """The numbers, at most a few thousand."""
  vector: [Float!]! @listSize(assumedSize: 10)
}

"""Texts to turn into vectors."""
input EmbeddingsCreateInput {
  """
  Milliseconds for the whole call; the server's limit when omitted, null or larger.
  """
  deadlineMs: Int
  """Numbers in each vector; the model's own when omitted or null."""
  dimensions: Int
  """
  Most that this call may cost, in USD. It is refused before anything is spent when its upper bound is larger, or its price is unknown.
  """
  maxCostUsd: Decimal
  """
  Caller's labels, kept with the record and returned; a JSON object of at most 16 KiB.
  """
  metadata: JSON
  """Name of the model, such as \`openai/text-embedding-3-small\`."""
  model: String!
  """Parameters of the provider that have no name here; a JSON object."""
  providerOptions: JSON
  """The texts, 1 to 2,048."""
  texts: [String!]!
}

"""Vectors, and the record of the call."""
type EmbeddingsCreatePayload {
  """
  The record of the call; also present when it failed after it was recorded. Null when it was refused before.
  """
  completion: Completion
  """One for each text, in order, at most 2,048; null when the call failed."""
  embeddings: [Embedding!] @listSize(assumedSize: 20)
  """What went wrong; empty when it succeeded. At most one."""
  errors: [CompletionError!]! @listSize(assumedSize: 1)
}

"""Why an answer ended."""
enum FinishReason {
  """The provider's content filter cut it."""
  CONTENT_FILTER
  """The provider reported an error in the middle."""
  ERROR
  """The length limit was reached."""
  LENGTH
  """Another reason; the provider's own word is in \`rawFinishReason\`."""
  OTHER
  """The model refused."""
  REFUSAL
  """The model was done, or a stop text came."""
  STOP
  """The model asks for tool calls."""
  TOOL_CALLS
}

"""
An image that a model made. Exactly one of \`url\` and \`base64\` is there.
"""
type GeneratedImage {
  """Base64 of the bytes; null when an address came."""
  base64: String
  """The prompt that was used instead; null when it was used as it is."""
  revisedPrompt: String
  """Address at the provider, for a while; null when the bytes came."""
  url: String
}

"""Images to make."""
input ImageCreateInput {
  """How many, 1 to 20; the provider's default when omitted or null."""
  count: Int
  """
  Milliseconds for the whole call; the server's limit when omitted, null or larger.
  """
  deadlineMs: Int
  """
  Where it is transparent the first source may be changed; everywhere when omitted or null.
  """
  mask: MediaFileInput
  """
  Most that this call may cost, in USD. It is refused before anything is spent when its upper bound is larger, or its price is unknown.
  """
  maxCostUsd: Decimal
  """
  Caller's labels, kept with the record and returned; a JSON object of at most 16 KiB.
  """
  metadata: JSON
  """Name of the model, such as \`openai/gpt-image-1\`."""
  model: String!
  """What they show."""
  prompt: String!
  """Parameters of the provider that have no name here; a JSON object."""
  providerOptions: JSON
  """The provider's word, such as \`high\`; its default when omitted or null."""
  quality: String
  """Such as \`1024x1024\`; the provider's default when omitted or null."""
  size: String
  """
  Images to start from, at most 32; the call then changes images instead of making new ones.
  """
  sources: [MediaFileInput!]
}

"""Images, and the record of the call."""
type ImageCreatePayload {
  """
  The record of the call; also present when it failed after it was recorded. Null when it was refused before.
  """
  completion: Completion
  """What went wrong; empty when it succeeded. At most one."""
  errors: [CompletionError!]! @listSize(assumedSize: 1)
  """The images, at most 20; null when the call failed."""
  images: [GeneratedImage!] @listSize(assumedSize: 4)
}

"""How closely a model looks at an image."""
enum ImageDetail {
  """The provider decides."""
  AUTO
  """Fine and dear."""
  HIGH
  """Coarse and cheap."""
  LOW
}

"""An image in a message."""
input ImagePartInput {
  """
  How closely the model looks; the provider's default when omitted or null.
  """
  detail: ImageDetail
  """Where the image is."""
  source: MediaSourceInput!
}

"""Input that breaks a rule the schema cannot express."""
type InvalidInputError implements UserError {
  """Always \`INVALID_INPUT\`."""
  code: String!
  """Sentence for a person."""
  message: String!
  """Input path of the offending value."""
  path: [String!] @listSize(assumedSize: 8)
}

"""
Any JSON value. Only for what belongs to others: caller metadata, tool schemas, pass-through options, logprobs.
"""
scalar JSON @specifiedBy(url: "https://www.rfc-editor.org/rfc/rfc8259")

"""A JSON schema that the answer must keep to."""
input JsonSchemaInput {
  """What the answer is for, for the model."""
  description: String
  """Whether the provider should enforce the schema."""
  isStrict: Boolean
  """Name of the schema, 1 to 64 letters, digits, \`_\` or \`-\`."""
  name: String!
  """The JSON Schema."""
  schema: JSON!
}

"""Bytes of a medium."""
input MediaDataInput {
  """Base64 of the bytes."""
  data: String!
  """Media type, such as \`image/png\`."""
  mediaType: String!
}

"""
A file that is sent along. The whole request is bounded by the server's limit on bodies.
"""
input MediaFileInput {
  """Base64 of the bytes."""
  data: String!
  """Media type, such as \`image/png\`."""
  mediaType: String!
  """File name."""
  name: String!
}

"""Where a medium is; exactly one member."""
input MediaSourceInput @oneOf {
  """The bytes."""
  data: MediaDataInput
  """Id of a file at the provider."""
  fileId: String
  """Address that the provider fetches."""
  url: String
}

"""Content of a message; exactly one member."""
input MessageContentInput @oneOf {
  """Text, images, documents and sound, in order; 1 to 1,000 parts."""
  parts: [ContentPartInput!]
  """Plain text."""
  text: String
}

"""One message; exactly one member."""
input MessageInput @oneOf {
  """What the model answered before."""
  assistant: AssistantMessageInput
  """
  Instructions by the developer, for models that tell them apart from \`system\`.
  """
  developer: SystemMessageInput
  """Instructions that rank above the user's."""
  system: SystemMessageInput
  """Result of a tool call."""
  tool: ToolMessageInput
  """What a person or program asks."""
  user: UserMessageInput
}

"""A form that content has."""
enum Modality {
  """Sound."""
  AUDIO
  """Images."""
  IMAGE
  """PDF documents."""
  PDF
  """Written text."""
  TEXT
  """Moving images."""
  VIDEO
}

"""A model as one provider serves it."""
type Model implements Node {
  """Abilities that callers choose by."""
  capabilities: ModelCapabilities!
  """Tokens that input and output may have together; null where unknown."""
  contextTokens: Int
  """Name for people."""
  displayName: String!
  """
  Line of models that it belongs to, such as \`gpt-mini\`; null where unknown.
  """
  family: String
  """Whether anybody may run it; null where unknown."""
  hasOpenWeights: Boolean
  """Opaque id."""
  id: ID!
  """What it reads; empty where unknown, at most 8."""
  inputModalities: [Modality!]! @listSize(assumedSize: 8)
  """Whether it can be called now."""
  isAvailable: Boolean!
  """Whether its vendor has announced its end."""
  isDeprecated: Boolean!
  """What it is for."""
  kind: ModelKind!
  """Date or month until which it knows the world; null where unknown."""
  knowledgeUntil: String
  """Tokens that the input may have; null where only the context bounds it."""
  maxInputTokens: Int
  """Tokens that the output may have; null where unknown."""
  maxOutputTokens: Int
  """Name to call it by, such as \`openai/gpt-4.1-mini\`."""
  name: String!
  """What it writes; empty where unknown, at most 8."""
  outputModalities: [Modality!]! @listSize(assumedSize: 8)
  """Price in force now; null where none is known, which never means free."""
  price: ModelPrice
  """Who serves it."""
  provider: Provider!
  """When it came out; null where unknown."""
  releasedAt: DateTime
  """What would make it available; null when it is."""
  unavailableReason: String
}

"""What a model can do."""
enum ModelAbility {
  """Reads or writes sound."""
  AUDIO
  """Reads documents."""
  DOCUMENTS
  """Thinks before it answers."""
  REASONING
  """Keeps to a JSON schema."""
  STRUCTURED_OUTPUT
  """Calls tools."""
  TOOLS
  """Reads images."""
  VISION
}

"""
A name that stands for one or more models, best first. Calls write it in the place of a model's name.
"""
type ModelAlias implements Node {
  """When it was made; null for aliases of the file."""
  createdAt: DateTime
  """Opaque id."""
  id: ID!
  """
  Name; without a slash, so that it is never taken for a provider's model.
  """
  name: String!
  """Where it is written down."""
  source: ProviderAccountSource!
  """Names of models, best first; the next is tried when one cannot serve."""
  targets: [String!]! @listSize(assumedSize: 8)
  """When it was last changed; null for aliases of the file."""
  updatedAt: DateTime
}

"""A page of aliases."""
type ModelAliasConnection {
  """Aliases with their cursors."""
  edges: [ModelAliasEdge!]!
  """The aliases alone."""
  nodes: [ModelAlias!]!
  """Where the page stands."""
  pageInfo: PageInfo!
  """Number of aliases."""
  totalCount: Int!
}

"""A name for models."""
input ModelAliasCreateInput {
  """
  1 to 100 letters, digits and \`. _ : @ -\`; it wins over a model of the same bare name.
  """
  name: String!
  """1 to 8 names of models, best first; not of aliases."""
  targets: [String!]!
}

"""What came of \`modelAliasCreate\`."""
type ModelAliasCreatePayload {
  """The alias. Null when it was not done."""
  alias: ModelAlias
  """Why it was not done; empty when it was."""
  errors: [ProviderAccountError!]! @listSize(assumedSize: 16)
}

"""Which alias to delete."""
input ModelAliasDeleteInput {
  """The alias."""
  aliasId: ID!
}

"""What came of \`modelAliasDelete\`."""
type ModelAliasDeletePayload {
  """The alias as it was. Null when it was not done."""
  alias: ModelAlias
  """Why it was not done; empty when it was."""
  errors: [ProviderAccountError!]! @listSize(assumedSize: 16)
}

"""An alias in a page."""
type ModelAliasEdge {
  """Position in the list."""
  cursor: String!
  """The alias."""
  node: ModelAlias!
}

"""What an alias is to stand for."""
input ModelAliasUpdateInput {
  """The alias."""
  aliasId: ID!
  """1 to 8 names of models, best first; not of aliases."""
  targets: [String!]!
}

"""What came of \`modelAliasUpdate\`."""
type ModelAliasUpdatePayload {
  """The alias as it is now. Null when it was not done."""
  alias: ModelAlias
  """Why it was not done; empty when it was."""
  errors: [ProviderAccountError!]! @listSize(assumedSize: 16)
}

"""Abilities of a model."""
type ModelCapabilities {
  """Reads or writes sound."""
  hasAudio: Boolean!
  """Reads documents."""
  hasDocuments: Boolean!
  """Thinks before it answers."""
  hasReasoning: Boolean!
  """Keeps to a JSON schema."""
  hasStructuredOutput: Boolean!
  """Calls tools."""
  hasTools: Boolean!
  """Reads images."""
  hasVision: Boolean!
}

"""A page of models."""
type ModelConnection {
  """Models with their cursors."""
  edges: [ModelEdge!]!
  """The models alone."""
  nodes: [Model!]!
  """Where the page stands."""
  pageInfo: PageInfo!
  """Number of models that match the filter."""
  totalCount: Int!
}

"""Rates of a whole call whose input is larger than a size."""
input ModelContextTierInput {
  """Input, all buckets together, above which these rates hold; 1 or more."""
  aboveInputTokens: Int!
  """What tokens cost then."""
  rates: ModelRatesInput!
}

"""A model in a page."""
type ModelEdge {
  """Position in the list."""
  cursor: String!
  """The model."""
  node: Model!
}

"""Conditions on models; all given ones must hold."""
input ModelFilter {
  """Abilities that it must have, all of these. At most 16."""
  abilities: [ModelAbility!]
  """What it must read, all of these. At most 8."""
  inputModalities: [Modality!]
  """Whether the model can be called now."""
  isAvailable: Boolean
  """Whether its vendor has announced its end."""
  isDeprecated: Boolean
  """What it is for; any of these. At most 16."""
  kinds: [ModelKind!]
  """
  Most that a million input tokens may cost, in USD; models without a known price are left out.
  """
  maxInputUsdPerMillion: Decimal
  """
  Most that a million output tokens may cost, in USD; models without a known price are left out.
  """
  maxOutputUsdPerMillion: Decimal
  """Least context size in tokens; models of unknown size are left out."""
  minContextTokens: Int
  """What it must write, all of these. At most 8."""
  outputModalities: [Modality!]
  """Name of the provider, such as \`openai\`."""
  provider: String
  """
  Words that the name, display name, provider, family, kind or an ability begins with, in any order and case; every one must be found. At most 200 characters.
  """
  search: String
}

"""What a model is for."""
enum ModelKind {
  """Answers messages."""
  CHAT
  """Turns texts into vectors."""
  EMBEDDING
  """Makes images."""
  IMAGE
  """Judges whether content is harmful."""
  MODERATION
  """Orders documents by how well they answer a question."""
  RERANK
  """Speaks text."""
  SPEECH
  """Writes down what is said."""
  TRANSCRIPTION
}

"""
USD for a piece, with at most nine decimals; unknown when omitted or null.
"""
input ModelPieceRatesInput {
  """A second of sound."""
  perAudioSecondUsd: Decimal
  """A character that is spoken."""
  perCharacterUsd: Decimal
  """An image that is made."""
  perImageUsd: Decimal
  """A search unit."""
  perSearchUsd: Decimal
}

"""
Prices in force from a date on, in USD for a million tokens of each bucket. A bucket without a price is billed as the note beside it says.
"""
type ModelPrice {
  """Tokens of sound that is read; null: unknown."""
  audioInputUsdPerMillion: Decimal
  """Tokens of sound that is written; null: unknown."""
  audioOutputUsdPerMillion: Decimal
  """
  Input tokens written to a prompt cache that keeps them for an hour; null: unknown.
  """
  cacheWriteHourUsdPerMillion: Decimal
  """Input tokens written to the prompt cache; null: as input."""
  cacheWriteUsdPerMillion: Decimal
  """Input tokens read from the prompt cache; null: as input."""
  cachedReadUsdPerMillion: Decimal
  """
  Rates of a whole call whose input is larger than a size, ascending; at most 8.
  """
  contextTiers: [ModelPriceTier!]! @listSize(assumedSize: 8)
  """From when on it applies."""
  effectiveFrom: DateTime!
  """Tokens of images that are read; null: as input."""
  imageInputUsdPerMillion: Decimal
  """Input tokens."""
  inputUsdPerMillion: Decimal!
  """Output tokens."""
  outputUsdPerMillion: Decimal!
  """A second of sound; null: not charged by the piece, or unknown."""
  perAudioSecondUsd: Decimal
  """
  A character that is spoken; null: not charged by the piece, or unknown.
  """
  perCharacterUsd: Decimal
  """An image that is made; null: not charged by the piece, or unknown."""
  perImageUsd: Decimal
  """
  A search unit, as rerankers charge; null: not charged by the piece, or unknown.
  """
  perSearchUsd: Decimal
  """Reasoning tokens; null: as output."""
  reasoningUsdPerMillion: Decimal
  """
  Rates at service tiers other than the usual one, as far as they are known; at most 8. The cost of a tier that is not here is unknown.
  """
  serviceTiers: [ModelServiceTier!]! @listSize(assumedSize: 8)
  """Where the figures come from."""
  source: String!
  """Stable name of this version, which every amount quotes."""
  version: String!
}

"""What a model costs."""
input ModelPriceInput {
  """
  Rates of a whole call whose input is larger than a size; at most 8, of different sizes.
  """
  contextTiers: [ModelContextTierInput!]
  """What is charged by the piece; nothing is when omitted or null."""
  pieces: ModelPieceRatesInput
  """What tokens cost."""
  rates: ModelRatesInput!
  """
  Rates at service tiers other than the usual one; at most 8, of different names. The cost of one that is not here is unknown.
  """
  serviceTiers: [ModelServiceTierInput!]
}

"""What can go wrong when a price is set."""
union ModelPriceSetError = ConflictError | InvalidInputError | NotFoundError

"""A price from a date on."""
input ModelPriceSetInput {
  """
  From when on it applies; may lie in the past, at most ten years in the future.
  """
  effectiveFrom: DateTime!
  """
  Name of the model, \`<provider>/<model>\`; the catalogue need not know it. \`<provider>/*\` stands for every model of a provider that has no
  price of its own, such as those of your own machine. 3 to 512 characters.
  """
  model: String!
  """
  What it costs. Null: from then on what comes with the server counts again.
  """
  price: ModelPriceInput
  """
  Where the figures come from, such as a contract or a page; 1 to 500 characters.
  """
  source: String!
}

"""What came of setting a price."""
type ModelPriceSetPayload {
  """What went wrong; empty when it succeeded. At most one."""
  errors: [ModelPriceSetError!]! @listSize(assumedSize: 1)
  """The price as it was set; null when it was refused."""
  price: ModelPriceVersion
}

"""
Rates that hold for a whole call when its input is larger than a size, in USD for a million tokens; null as in \`ModelPrice\`.
"""
type ModelPriceTier {
  """Input, all buckets together, above which these rates hold."""
  aboveInputTokens: Int!
  """Input tokens written to the prompt cache."""
  cacheWriteUsdPerMillion: Decimal
  """Input tokens read from the prompt cache."""
  cachedReadUsdPerMillion: Decimal
  """Input tokens."""
  inputUsdPerMillion: Decimal!
  """Output tokens."""
  outputUsdPerMillion: Decimal!
}

"""A price that was set on this installation; it never changes."""
type ModelPriceVersion implements Node {
  """From when on it applies."""
  effectiveFrom: DateTime!
  """Opaque id."""
  id: ID!
  """Name of the model, \`<provider>/<model>\`."""
  modelName: String!
  """
  What the model costs; null when from then on what comes with the server counts again.
  """
  price: ModelPrice
  """When it was set."""
  setAt: DateTime!
  """Where the figures come from."""
  source: String!
  """Stable name of this version, which every amount quotes."""
  version: String!
}

"""A page of prices that were set."""
type ModelPriceVersionConnection {
  """Prices with their cursors."""
  edges: [ModelPriceVersionEdge!]!
  """The prices alone."""
  nodes: [ModelPriceVersion!]!
  """Where the page stands."""
  pageInfo: PageInfo!
  """Number of prices that were set."""
  totalCount: Int!
}

"""A price in a page."""
type ModelPriceVersionEdge {
  """Position in the list."""
  cursor: String!
  """The price."""
  node: ModelPriceVersion!
}

"""
USD for a million tokens of each bucket, with at most nine decimals. Write "0" for what is free.
"""
input ModelRatesInput {
  """Tokens of sound that is read; unknown when omitted or null."""
  audioInputUsdPerMillion: Decimal
  """Tokens of sound that is written; unknown when omitted or null."""
  audioOutputUsdPerMillion: Decimal
  """
  Input tokens written to a prompt cache that keeps them for an hour; unknown when omitted or null.
  """
  cacheWriteHourUsdPerMillion: Decimal
  """
  Input tokens written to the prompt cache; as input when omitted or null.
  """
  cacheWriteUsdPerMillion: Decimal
  """
  Input tokens read from the prompt cache; as input when omitted or null.
  """
  cachedReadUsdPerMillion: Decimal
  """Tokens of images that are read; as input when omitted or null."""
  imageInputUsdPerMillion: Decimal
  """Input tokens."""
  inputUsdPerMillion: Decimal!
  """Output tokens."""
  outputUsdPerMillion: Decimal!
  """Reasoning tokens; as output when omitted or null."""
  reasoningUsdPerMillion: Decimal
}

"""
Rates at one service tier, in USD for a million tokens; null as in \`ModelPrice\`.
"""
type ModelServiceTier {
  """Input tokens written to the prompt cache."""
  cacheWriteUsdPerMillion: Decimal
  """Input tokens read from the prompt cache."""
  cachedReadUsdPerMillion: Decimal
  """Input tokens."""
  inputUsdPerMillion: Decimal!
  """The provider's word for it, such as \`flex\` or \`priority\`."""
  name: String!
  """Output tokens."""
  outputUsdPerMillion: Decimal!
}

"""Rates at a service tier."""
input ModelServiceTierInput {
  """
  Rates of a whole call whose input is larger than a size; at most 8, of different sizes.
  """
  contextTiers: [ModelContextTierInput!]
  """
  The provider's word for it, such as \`flex\` or \`priority\`; 1 to 64 characters.
  """
  name: String!
  """What tokens cost there."""
  rates: ModelRatesInput!
}

"""A category of content."""
type ModerationCategory {
  """Whether it applies; null where the vendor gives scores only."""
  isFlagged: Boolean
  """The vendor's name of it, such as \`violence\`."""
  name: String!
  """How sure the model is, 0 to 1; null where the vendor tells none."""
  score: Float
}

"""Content to judge."""
input ModerationCreateInput {
  """
  Milliseconds for the whole call; the server's limit when omitted, null or larger.
  """
  deadlineMs: Int
  """
  Most that this call may cost, in USD. It is refused before anything is spent when its upper bound is larger, or its price is unknown.
  """
  maxCostUsd: Decimal
  """
  Caller's labels, kept with the record and returned; a JSON object of at most 16 KiB.
  """
  metadata: JSON
  """Name of the model, such as \`openai/omni-moderation-latest\`."""
  model: String!
  """Parameters of the provider that have no name here; a JSON object."""
  providerOptions: JSON
  """The texts, 1 to 2,048."""
  texts: [String!]!
}

"""Verdicts, and the record of the call."""
type ModerationCreatePayload {
  """
  The record of the call; also present when it failed after it was recorded. Null when it was refused before.
  """
  completion: Completion
  """What went wrong; empty when it succeeded. At most one."""
  errors: [CompletionError!]! @listSize(assumedSize: 1)
  """One for each text, in order, at most 2,048; null when the call failed."""
  verdicts: [ModerationVerdict!] @listSize(assumedSize: 20)
}

"""What a model makes of a text."""
type ModerationVerdict {
  """The vendor's categories, a few dozen."""
  categories: [ModerationCategory!]! @listSize(assumedSize: 20)
  """Whether any category applies."""
  isFlagged: Boolean!
}

"""
Acts. Names begin with the noun; each returns a payload with the object and the errors a caller can do something about.
"""
type Mutation {
  """
  Sends messages to a model and waits for the whole answer. The answer is returned after its record is durable.
  Safe to repeat with an \`idempotencyKey\`; otherwise each call is made and paid.
  """
  completionCreate(
    """What to complete."""
    input: CompletionCreateInput!
  ): CompletionCreatePayload! @auth(scope: COMPLETIONS_WRITE) @cost(weight: 10)
  """
  Prices calls of the caller's organization again that were settled before their price was known or right, and writes the differences
  beside them. Works in the background and goes on after a restart; safe to repeat. With \`isDryRun\` nothing is written but what would be.
  """
  completionsRerate(
    """Which calls."""
    input: CompletionsRerateInput!
  ): CompletionsReratePayload! @auth(scope: PRICES_WRITE) @cost(weight: 10)
  """
  Turns texts into vectors. Each call is made and paid; repeating it is harmless but for its cost.
  """
  embeddingsCreate(
    """What to embed."""
    input: EmbeddingsCreateInput!
  ): EmbeddingsCreatePayload! @auth(scope: COMPLETIONS_WRITE) @cost(weight: 10)
  """Has images made from a prompt, or changed."""
  imageCreate(
    """What to show."""
    input: ImageCreateInput!
  ): ImageCreatePayload! @auth(scope: COMPLETIONS_WRITE) @cost(weight: 10)
  """
  Names one or more models. A name of the providers file is replaced for this project.
  """
  modelAliasCreate(
    """What to do."""
    input: ModelAliasCreateInput!
  ): ModelAliasCreatePayload! @auth(scope: PROVIDERS_WRITE)
  """Deletes an alias, for good."""
  modelAliasDelete(
    """What to do."""
    input: ModelAliasDeleteInput!
  ): ModelAliasDeletePayload! @auth(scope: PROVIDERS_WRITE)
  """Lets an alias stand for other models."""
  modelAliasUpdate(
    """What to do."""
    input: ModelAliasUpdateInput!
  ): ModelAliasUpdatePayload! @auth(scope: PROVIDERS_WRITE)
  """
  Sets a price from a date on, for the whole installation and before what comes with the server. What was set is never changed: another
  version follows it. Calls that were settled before keep their cost until they are priced again by \`completionsRerate\`.
  """
  modelPriceSet(
    """What to set."""
    input: ModelPriceSetInput!
  ): ModelPriceSetPayload! @auth(scope: PRICES_WRITE) @cost(weight: 5)
  """Has content judged."""
  moderationCreate(
    """What to judge."""
    input: ModerationCreateInput!
  ): ModerationCreatePayload! @auth(scope: COMPLETIONS_WRITE) @cost(weight: 10)
  """
  Connects an account at a provider for the caller's project. Sends nothing to the provider; \`providerAccountTest\` does.
  """
  providerAccountConnect(
    """What to do."""
    input: ProviderAccountConnectInput!
  ): ProviderAccountConnectPayload! @auth(scope: PROVIDERS_WRITE)
  """
  Deletes an account with its credentials, for good. Calls in flight end as they began.
  """
  providerAccountDelete(
    """What to do."""
    input: ProviderAccountDeleteInput!
  ): ProviderAccountDeletePayload! @auth(scope: PROVIDERS_WRITE)
  """
  Stops calls to an account at once; those in flight end as they began. The account keeps its name: calls to it are refused and go to no shared account of the same name.
  """
  providerAccountDisable(
    """What to do."""
    input: ProviderAccountDisableInput!
  ): ProviderAccountDisablePayload! @auth(scope: PROVIDERS_WRITE)
  """Lets calls go to an account again."""
  providerAccountEnable(
    """What to do."""
    input: ProviderAccountEnableInput!
  ): ProviderAccountEnablePayload! @auth(scope: PROVIDERS_WRITE)
  """
  Tries the credentials of an account by the provider's cheapest call. That one does not work is a result, not an error.
  """
  providerAccountTest(
    """What to do."""
    input: ProviderAccountTestInput!
  ): ProviderAccountTestPayload! @auth(scope: PROVIDERS_WRITE) @cost(weight: 50)
  """
  Changes an account. What is left out stays as it is. Calls in flight end as they began.
  """
  providerAccountUpdate(
    """What to do."""
    input: ProviderAccountUpdateInput!
  ): ProviderAccountUpdatePayload! @auth(scope: PROVIDERS_WRITE)
  """Adds a credential to an account; its credentials share the calls."""
  providerCredentialAdd(
    """What to do."""
    input: ProviderCredentialAddInput!
  ): ProviderCredentialAddPayload! @auth(scope: PROVIDERS_WRITE)
  """Deletes a credential, for good. Calls in flight end as they began."""
  providerCredentialDelete(
    """What to do."""
    input: ProviderCredentialDeleteInput!
  ): ProviderCredentialDeletePayload! @auth(scope: PROVIDERS_WRITE)
  """
  Stops the use of a credential at once; calls in flight end as they began.
  """
  providerCredentialDisable(
    """What to do."""
    input: ProviderCredentialDisableInput!
  ): ProviderCredentialDisablePayload! @auth(scope: PROVIDERS_WRITE)
  """Lets calls use a credential again."""
  providerCredentialEnable(
    """What to do."""
    input: ProviderCredentialEnableInput!
  ): ProviderCredentialEnablePayload! @auth(scope: PROVIDERS_WRITE)
  """
  Puts a new credential in the place of another. New calls take the new one; the old one serves when the new one is refused, until the overlap is over, and is then deleted. No call fails.
  """
  providerCredentialRotate(
    """What to do."""
    input: ProviderCredentialRotateInput!
  ): ProviderCredentialRotatePayload! @auth(scope: PROVIDERS_WRITE)
  """
  Asks the provider of an account for its models and keeps the list in the place of the one before.
  """
  providerModelsDiscover(
    """What to do."""
    input: ProviderModelsDiscoverInput!
  ): ProviderModelsDiscoverPayload! @auth(scope: PROVIDERS_WRITE) @cost(weight: 50)
  """Puts documents in the order of their relevance to a query."""
  rerankCreate(
    """What to rank."""
    input: RerankCreateInput!
  ): RerankCreatePayload! @auth(scope: COMPLETIONS_WRITE) @cost(weight: 10)
  """Has text spoken."""
  speechCreate(
    """What to say."""
    input: SpeechCreateInput!
  ): SpeechCreatePayload! @auth(scope: COMPLETIONS_WRITE) @cost(weight: 10)
  """Has speech written down."""
  transcriptionCreate(
    """What to write down."""
    input: TranscriptionCreateInput!
  ): TranscriptionCreatePayload! @auth(scope: COMPLETIONS_WRITE) @cost(weight: 10)
}

"""The model exists, but nothing that serves it can be used now."""
type NoRouteError implements UserError {
  """Always \`NO_ROUTE\`."""
  code: String!
  """Whether the same call may succeed later."""
  isRetryable: Boolean!
  """Sentence for a person."""
  message: String!
  """Input path of the model."""
  path: [String!] @listSize(assumedSize: 8)
  """Why each candidate was left out, one sentence each."""
  reasons: [String!]! @listSize(assumedSize: 16)
}

"""
An entity with an id that is unique over the whole graph and never changes.
"""
interface Node {
  """Opaque id; keep it, do not take it apart."""
  id: ID!
}

"""Something named in the input does not exist, or is not yours."""
type NotFoundError implements UserError {
  """Always \`NOT_FOUND\`."""
  code: String!
  """Sentence for a person."""
  message: String!
  """Input path of the name."""
  path: [String!] @listSize(assumedSize: 8)
}

"""A paying tenant."""
type Organization implements Node {
  """When it was made."""
  createdAt: DateTime!
  """Opaque id."""
  id: ID!
  """Display name."""
  name: String!
}

"""Where a page of a connection stands."""
type PageInfo {
  """Cursor of the last edge; null on an empty page."""
  endCursor: String
  """Whether there are edges after the last one here."""
  hasNextPage: Boolean!
  """Whether there are edges before the first one here."""
  hasPreviousPage: Boolean!
  """Cursor of the first edge; null on an empty page."""
  startCursor: String
}

"""
A unit of work inside an organization; keys and completions belong to one.
"""
type Project implements Node {
  """When it was made."""
  createdAt: DateTime!
  """Opaque id."""
  id: ID!
  """Display name."""
  name: String!
}

"""Somebody who serves models."""
type Provider implements Node {
  """Abilities of its interface."""
  capabilities: ProviderCapabilities!
  """
  What would connect it, such as the variable to set; null when it is connected.
  """
  connectHint: String
  """Name for people."""
  displayName: String!
  """Opaque id."""
  id: ID!
  """Whether calls can be sent to it."""
  isConnected: Boolean!
  """Stable name, the part of a model's name before the slash."""
  name: String!
}

"""An account at a provider, with the credentials that calls to it use."""
type ProviderAccount implements Node {
  """Where its requests go; null when it has none."""
  baseUrl: String
  """
  When it was connected; null for accounts of the environment and of the file.
  """
  createdAt: DateTime
  """Its credentials, newest first."""
  credentials: [ProviderCredential!]! @listSize(assumedSize: 20)
  """
  What the provider listed when it was last asked; null when it never was.
  """
  discovery: ProviderDiscovery
  """Name for people."""
  displayName: String!
  """
  Names of the headers that are sent with every request, in lower case. Their values are never shown.
  """
  headerNames: [String!]! @listSize(assumedSize: 20)
  """Opaque id."""
  id: ID!
  """Whether calls may go to it."""
  isEnabled: Boolean!
  """
  Whether another account of the same name is called in its place, by the order of the sources.
  """
  isOverridden: Boolean!
  """Whether it is changed elsewhere than here."""
  isReadOnly: Boolean!
  """Models that were named with it; others can be called all the same."""
  models: [String!]! @listSize(assumedSize: 100)
  """The part of a model's name before the slash, such as \`openai\`."""
  name: String!
  """
  Why it cannot be called, for people; null when nothing is known to be in the way.
  """
  problem: String
  """Settings that are no secrets."""
  settings: [ProviderSettingValue!]! @listSize(assumedSize: 8)
  """Where it is written down."""
  source: ProviderAccountSource!
  """
  When it was last changed; null for accounts of the environment and of the file.
  """
  updatedAt: DateTime
  """Kind of provider; null when this server does not know it any more."""
  vendor: ProviderVendor
}

"""What to connect."""
input ProviderAccountConnectInput {
  """
  Where requests go: HTTPS on the public internet, or an origin that the operator allowed. Default or null: the vendor's usual place.
  """
  baseUrl: String
  """Name of its first credential, for people. Default: \`first\`."""
  credentialName: String
  """Name for people. Default: the vendor's."""
  displayName: String
  """Headers to send with every request."""
  headers: [ProviderHeaderInput!]
  """Models to name with the account; others can be called all the same."""
  models: [String!]
  """
  The part of a model's name before the slash. Default: the vendor's name. The name of one vendor cannot be given to an account at another.
  """
  name: String
  """
  Secrets of its first credential. Left out for providers that need none.
  """
  secrets: [ProviderSecretInput!]
  """Settings that are no secrets."""
  settings: [ProviderSettingInput!]
  """Kind of provider, as \`providerVendors\` has it."""
  vendor: String!
}

"""What came of \`providerAccountConnect\`."""
type ProviderAccountConnectPayload {
  """The account, connected. Null when it was not done."""
  account: ProviderAccount
  """Why it was not done; empty when it was."""
  errors: [ProviderAccountError!]! @listSize(assumedSize: 16)
}

"""A page of accounts."""
type ProviderAccountConnection {
  """Accounts with their cursors."""
  edges: [ProviderAccountEdge!]!
  """The accounts alone."""
  nodes: [ProviderAccount!]!
  """Where the page stands."""
  pageInfo: PageInfo!
  """Number of accounts."""
  totalCount: Int!
}

"""Which account to delete."""
input ProviderAccountDeleteInput {
  """The account."""
  accountId: ID!
}

"""What came of \`providerAccountDelete\`."""
type ProviderAccountDeletePayload {
  """The account as it was. Null when it was not done."""
  account: ProviderAccount
  """Why it was not done; empty when it was."""
  errors: [ProviderAccountError!]! @listSize(assumedSize: 16)
}

"""Which account to disable."""
input ProviderAccountDisableInput {
  """The account."""
  accountId: ID!
}

"""What came of \`providerAccountDisable\`."""
type ProviderAccountDisablePayload {
  """The account as it is now. Null when it was not done."""
  account: ProviderAccount
  """Why it was not done; empty when it was."""
  errors: [ProviderAccountError!]! @listSize(assumedSize: 16)
}

"""An account in a page."""
type ProviderAccountEdge {
  """Position in the list."""
  cursor: String!
  """The account."""
  node: ProviderAccount!
}

"""Which account to enable."""
input ProviderAccountEnableInput {
  """The account."""
  accountId: ID!
}

"""What came of \`providerAccountEnable\`."""
type ProviderAccountEnablePayload {
  """The account as it is now. Null when it was not done."""
  account: ProviderAccount
  """Why it was not done; empty when it was."""
  errors: [ProviderAccountError!]! @listSize(assumedSize: 16)
}

"""
Why an act on an account, a credential or an alias was not done. Nothing was changed.
"""
union ProviderAccountError = ConflictError | InvalidInputError | NotFoundError

"""
Where an account or alias is written down. Of accounts with one name the project's own counts, then the file's, then the environment's.
"""
enum ProviderAccountSource {
  """
  Environment variables of the server; read-only here, shared by all projects.
  """
  ENVIRONMENT
  """
  The file that \`ANTIPHON_PROVIDERS_FILE\` names; read-only here, shared by all projects.
  """
  FILE
  """Connected through this API, for one project."""
  MANAGED
}

"""What to try."""
input ProviderAccountTestInput {
  """The account; also one that is read-only."""
  accountId: ID!
  """One credential of it. Default: each of them."""
  credentialId: ID
}

"""What came of \`providerAccountTest\`."""
type ProviderAccountTestPayload {
  """The account; null when nothing was tried."""
  account: ProviderAccount
  """Why it was not done; empty when it was."""
  errors: [ProviderAccountError!]! @listSize(assumedSize: 16)
  """How each credential did; null when nothing was tried."""
  tests: [ProviderCredentialTest!] @listSize(assumedSize: 20)
}

"""
What to change in an account. What is left out stays; a list takes the place of the one before.
"""
input ProviderAccountUpdateInput {
  """The account."""
  accountId: ID!
  """
  Where requests go; null: the vendor's usual place. Needs \`secrets\`: a credential is never sent to a place that it was not given for.
  """
  baseUrl: String
  """Name for people; null: the vendor's."""
  displayName: String
  """Headers to send with every request; null: none."""
  headers: [ProviderHeaderInput!]
  """Models to name with the account; null: none."""
  models: [String!]
  """
  Secrets of one credential that takes the place of all it has, at once. Null: the credentials stay.
  """
  secrets: [ProviderSecretInput!]
  """
  Settings that are no secrets; null: none. Need \`secrets\` when they change, as \`baseUrl\` does.
  """
  settings: [ProviderSettingInput!]
}

"""What came of \`providerAccountUpdate\`."""
type ProviderAccountUpdatePayload {
  """The account as it is now. Null when it was not done."""
  account: ProviderAccount
  """Why it was not done; empty when it was."""
  errors: [ProviderAccountError!]! @listSize(assumedSize: 16)
}

"""Abilities of a provider's interface; a model of it may have fewer."""
type ProviderCapabilities {
  """Takes documents."""
  hasDocuments: Boolean!
  """Makes embeddings."""
  hasEmbeddings: Boolean!
  """Returns log probabilities."""
  hasLogprobs: Boolean!
  """Gives several answers to one call."""
  hasMultipleChoices: Boolean!
  """Returns reasoning."""
  hasReasoning: Boolean!
  """Streams answers."""
  hasStreaming: Boolean!
  """Keeps to a JSON schema."""
  hasStructuredOutput: Boolean!
  """Takes tool definitions."""
  hasTools: Boolean!
  """Takes images."""
  hasVision: Boolean!
}

"""A page of providers."""
type ProviderConnection {
  """Providers with their cursors."""
  edges: [ProviderEdge!]!
  """The providers alone."""
  nodes: [Provider!]!
  """Where the page stands."""
  pageInfo: PageInfo!
  """Number of providers."""
  totalCount: Int!
}

"""
A credential of an account. Its secrets are sealed and never shown again.
"""
type ProviderCredential implements Node {
  """
  When it was given; null for accounts of the environment and of the file.
  """
  createdAt: DateTime
  """
  What the process that answers has seen of it since it started. Other processes have seen other calls.
  """
  health: ProviderCredentialHealth!
  """
  Last characters of the secret, enough to recognise it; null where they would tell too much, and for the environment's.
  """
  hint: String
  """Opaque id."""
  id: ID!
  """Name for people."""
  name: String!
  """
  Why it cannot be used, for people; null when nothing is known to be in the way.
  """
  problem: String
  """When it goes, since another one takes its place; null: it stays."""
  retiresAt: DateTime
  """What becomes of it."""
  status: ProviderCredentialStatus!
}

"""What to add to an account."""
input ProviderCredentialAddInput {
  """The account."""
  accountId: ID!
  """Name for people."""
  name: String!
  """Its secrets."""
  secrets: [ProviderSecretInput!]!
}

"""What came of \`providerCredentialAdd\`."""
type ProviderCredentialAddPayload {
  """
  The account that it belongs to, as it is now. Null when it was not done.
  """
  account: ProviderAccount
  """The credential. Null when it was not done."""
  credential: ProviderCredential
  """Why it was not done; empty when it was."""
  errors: [ProviderAccountError!]! @listSize(assumedSize: 16)
}

"""Which credential to delete."""
input ProviderCredentialDeleteInput {
  """The credential."""
  credentialId: ID!
}

"""What came of \`providerCredentialDelete\`."""
type ProviderCredentialDeletePayload {
  """The account without it. Null when it was not done."""
  account: ProviderAccount
  """Why it was not done; empty when it was."""
  errors: [ProviderAccountError!]! @listSize(assumedSize: 16)
}

"""Which credential to disable."""
input ProviderCredentialDisableInput {
  """The credential."""
  credentialId: ID!
}

"""What came of \`providerCredentialDisable\`."""
type ProviderCredentialDisablePayload {
  """
  The account that it belongs to, as it is now. Null when it was not done.
  """
  account: ProviderAccount
  """The credential as it is now. Null when it was not done."""
  credential: ProviderCredential
  """Why it was not done; empty when it was."""
  errors: [ProviderAccountError!]! @listSize(assumedSize: 16)
}

"""Which credential to enable."""
input ProviderCredentialEnableInput {
  """The credential."""
  credentialId: ID!
}

"""What came of \`providerCredentialEnable\`."""
type ProviderCredentialEnablePayload {
  """
  The account that it belongs to, as it is now. Null when it was not done.
  """
  account: ProviderAccount
  """The credential as it is now. Null when it was not done."""
  credential: ProviderCredential
  """Why it was not done; empty when it was."""
  errors: [ProviderAccountError!]! @listSize(assumedSize: 16)
}

"""How a credential has fared in one process."""
type ProviderCredentialHealth {
  """
  What the provider said was left of its rate limits; null when it has not said.
  """
  headroom: ProviderHeadroom
  """
  When a call with it last failed for a reason that is not the call's own; null: not yet.
  """
  lastFailureAt: DateTime
  """Class of that failure."""
  lastFailureClass: AttemptErrorClass
  """HTTP status of that failure; null when there was no answer."""
  lastFailureHttpStatus: Int
  """When a call with it last succeeded; null: not yet."""
  lastSuccessAt: DateTime
  """
  Until when other credentials are preferred, after it was refused or limited; null: they are not.
  """
  restsUntilAt: DateTime
}

"""What to put in the place of a credential."""
input ProviderCredentialRotateInput {
  """The credential to replace."""
  credentialId: ID!
  """Name of the new one, for people. Default: that of the old one."""
  name: String
  """
  How long the old one stays beside it, in seconds, 0 to 2592000. Default 3600; 0 deletes it at once.
  """
  overlapSeconds: Int
  """Secrets of the new one."""
  secrets: [ProviderSecretInput!]!
}

"""What came of \`providerCredentialRotate\`."""
type ProviderCredentialRotatePayload {
  """
  The account that it belongs to, as it is now. Null when it was not done.
  """
  account: ProviderAccount
  """The new credential. Null when it was not done."""
  credential: ProviderCredential
  """Why it was not done; empty when it was."""
  errors: [ProviderAccountError!]! @listSize(assumedSize: 16)
}

"""What becomes of a credential."""
enum ProviderCredentialStatus {
  """Calls use it."""
  ACTIVE
  """Calls do not use it until it is enabled."""
  DISABLED
  """Calls fall back on it until it goes."""
  RETIRING
  """It cannot be used; \`problem\` says why."""
  UNUSABLE
}

"""How a credential did when it was tried."""
type ProviderCredentialTest {
  """The credential."""
  credential: ProviderCredential!
  """How long it took, in milliseconds."""
  durationMs: Float!
  """Class of the failure; null when it works."""
  errorClass: AttemptErrorClass
  """
  HTTP status of the failure; null when it works, or when there was no answer.
  """
  httpStatus: Int
  """Whether the provider took it."""
  isWorking: Boolean!
  """
  What is wrong and what to do, for people; never the provider's own text. Null when it works.
  """
  message: String
}

"""
A model as its provider lists it. What the provider does not tell is null.
"""
type ProviderDiscoveredModel {
  """Tokens that input and output may have together."""
  contextTokens: Int
  """When the provider made it."""
  createdAt: DateTime
  """Name for people."""
  displayName: String
  """Tokens that the output may have."""
  maxOutputTokens: Int
  """
  The provider's own name of it; calls write the account's name and a slash before it.
  """
  name: String!
}

"""A page of models that a provider listed."""
type ProviderDiscoveredModelConnection {
  """Models with their cursors."""
  edges: [ProviderDiscoveredModelEdge!]!
  """The models alone."""
  nodes: [ProviderDiscoveredModel!]!
  """Where the page stands."""
  pageInfo: PageInfo!
  """Number of models."""
  totalCount: Int!
}

"""A model that a provider listed, in a page."""
type ProviderDiscoveredModelEdge {
  """Position in the list."""
  cursor: String!
  """The model."""
  node: ProviderDiscoveredModel!
}

"""A list of models as the provider gave it."""
type ProviderDiscovery {
  """When it was asked."""
  discoveredAt: DateTime!
  """
  Number of models, at most 5000. They are part of \`models\`, and alone in \`providerDiscoveredModels\`.
  """
  modelCount: Int!
}

"""
Why the models of an account were not read. What was known before stays.
"""
union ProviderDiscoveryError = ConflictError | InvalidInputError | NotFoundError | ProviderFailedError

"""A provider in a page."""
type ProviderEdge {
  """Position in the list."""
  cursor: String!
  """The provider."""
  node: Provider!
}

"""Every provider that was called failed."""
type ProviderFailedError implements UserError {
  """Calls that were made, in order."""
  attempts: [AttemptSummary!]! @listSize(assumedSize: 16)
  """Always \`PROVIDER_FAILED\`."""
  code: String!
  """Whether the same call may succeed later."""
  isRetryable: Boolean!
  """Sentence for a person; never the provider's own text."""
  message: String!
  """Null: nothing in the input is to blame."""
  path: [String!] @listSize(assumedSize: 8)
}

"""
A header to send with every request of an account, for gateways in front of the provider.
"""
input ProviderHeaderInput {
  """
  Name. Headers of the connection (\`host\` and its like) and those that carry the credential cannot be set.
  """
  name: String!
  """Value. It is sealed like a secret and never shown again."""
  value: String!
}

"""What a provider said was left of its rate limits."""
type ProviderHeadroom {
  """When it said so."""
  reportedAt: DateTime!
  """Requests, where it told of them."""
  requests: ProviderHeadroomWindow
  """Tokens, where it told of them."""
  tokens: ProviderHeadroomWindow
}

"""One of a provider's rate limits."""
type ProviderHeadroomWindow {
  """How many are allowed; null where it did not say."""
  limit: BigInt
  """How many were left; null where it did not say."""
  remaining: BigInt
  """When all are there again; null where it did not say."""
  resetsAt: DateTime
}

"""Where to look for models."""
input ProviderModelsDiscoverInput {
  """The account; also one that is read-only."""
  accountId: ID!
}

"""What came of \`providerModelsDiscover\`."""
type ProviderModelsDiscoverPayload {
  """The account with what was found. Null when it was not done."""
  account: ProviderAccount
  """Why it was not done; empty when it was."""
  errors: [ProviderDiscoveryError!]! @listSize(assumedSize: 16)
}

"""
A secret to give to a credential. It is sealed at once and never shown again.
"""
input ProviderSecretInput {
  """Name, as \`providerVendors\` has it, such as \`apiKey\`."""
  name: String!
  """
  The secret itself. Send it as a variable, so that it does not stand in the text of an operation.
  """
  value: String!
}

"""A setting to give to an account."""
input ProviderSettingInput {
  """Name, as \`providerVendors\` has it."""
  name: String!
  """Value."""
  value: String!
}

"""A setting of an account."""
type ProviderSettingValue {
  """Name, as its vendor has it."""
  name: String!
  """Value."""
  value: String!
}

"""A kind of provider that can be connected."""
type ProviderVendor {
  """
  What follows the base URL in requests, such as \`/chat/completions\`: it must end before that. Null where it does not matter.
  """
  baseUrlEndsBefore: String
  """Abilities of its interface."""
  capabilities: ProviderCapabilities!
  """Base URL that is used when none is given; null: one must be given."""
  defaultBaseUrl: String
  """Name for people."""
  displayName: String!
  """
  Stable name, such as \`openai\`; also the default name of an account there.
  """
  name: String!
  """What is asked for beside the base URL, in the order a form would ask."""
  settings: [ProviderVendorSetting!]! @listSize(assumedSize: 8)
}

"""Something that a kind of provider asks for."""
type ProviderVendorSetting {
  """What it is, for people."""
  description: String!
  """Whether nothing can be connected without it."""
  isRequired: Boolean!
  """
  Whether it is given among the secrets of a credential; otherwise among the settings of the account.
  """
  isSecret: Boolean!
  """Name by which it is given, such as \`apiKey\` or \`region\`."""
  name: String!
}

"""Reads. Every field needs the permission that its \`@auth\` names."""
type Query {
  """
  Proof of accounting for the caller's organization: every request that started is settled, abandoned or in flight.
  """
  accounting(
    """
    Start of the range of start times, inclusive; the first record when omitted or null.
    """
    from: DateTime
    """End of the range of start times, exclusive; now when omitted or null."""
    to: DateTime
  ): Accounting! @auth(scope: ACCOUNTING_READ) @cost(weight: 50)
  """
  One completion of the caller's project; null when there is none with this id.
  """
  completion(
    """Id of the completion."""
    id: ID!
  ): Completion @auth(scope: COMPLETIONS_READ)
  """
  Completions of the caller's project, newest first. Failed, cancelled and running ones are in it too.
  """
  completions(
    """Only what comes after this cursor."""
    after: String
    """Only what comes before this cursor."""
    before: String
    """Which ones; all when omitted or null."""
    filter: CompletionFilter
    """
    Page size from the newest, 1 to 100. Default 20 when neither \`first\` nor \`last\` is given.
    """
    first: Int
    """Page size from the oldest, 1 to 100."""
    last: Int
  ): CompletionConnection! @auth(scope: COMPLETIONS_READ) @listSize(slicingArguments: ["first", "last"], sizedFields: ["edges", "nodes"])
  """Names that stand for models in the caller's project, by name."""
  modelAliases(
    """Only what comes after this cursor."""
    after: String
    """Only what comes before this cursor."""
    before: String
    """
    Page size from the front, 1 to 100. Default 20 when neither \`first\` nor \`last\` is given.
    """
    first: Int
    """Page size from the back, 1 to 100."""
    last: Int
  ): ModelAliasConnection! @auth(scope: MODELS_READ) @listSize(slicingArguments: ["first", "last"], sizedFields: ["edges", "nodes"])
  """
  Prices that were set on this installation, the last one set first. Those that come with the server are not among them.
  """
  modelPrices(
    """Only what comes after this cursor."""
    after: String
    """Only what comes before this cursor."""
    before: String
    """
    Page size from the front, 1 to 100. Default 20 when neither \`first\` nor \`last\` is given.
    """
    first: Int
    """Page size from the back, 1 to 100."""
    last: Int
    """
    Name of the model, such as \`openai/gpt-4.1-mini\`; every model's when omitted or null.
    """
    model: String
  ): ModelPriceVersionConnection! @auth(scope: MODELS_READ) @listSize(slicingArguments: ["first", "last"], sizedFields: ["edges", "nodes"])
  """
  Models in the catalogue: by id, or best match first when \`filter.search\` is given, then by id.
  """
  models(
    """Only what comes after this cursor."""
    after: String
    """Only what comes before this cursor."""
    before: String
    """Which ones; all when omitted or null."""
    filter: ModelFilter
    """
    Page size from the front, 1 to 100. Default 20 when neither \`first\` nor \`last\` is given.
    """
    first: Int
    """Page size from the back, 1 to 100."""
    last: Int
  ): ModelConnection! @auth(scope: MODELS_READ) @listSize(slicingArguments: ["first", "last"], sizedFields: ["edges", "nodes"])
  """
  Any entity by its id; null when it does not exist or belongs to somebody else.
  """
  node(
    """Id of the entity, as returned in \`id\` fields."""
    id: ID!
  ): Node @auth(scope: COMPLETIONS_READ)
  """
  Accounts at providers that the caller's project can call: its own, and those that all projects share. By name, its own first.
  """
  providerAccounts(
    """Only what comes after this cursor."""
    after: String
    """Only what comes before this cursor."""
    before: String
    """
    Page size from the front, 1 to 100. Default 20 when neither \`first\` nor \`last\` is given.
    """
    first: Int
    """Page size from the back, 1 to 100."""
    last: Int
  ): ProviderAccountConnection! @auth(scope: PROVIDERS_READ) @listSize(slicingArguments: ["first", "last"], sizedFields: ["edges", "nodes"])
  """
  Models that the provider of an account listed when it was last asked, by name; null when there is no such account, or it was never asked.
  """
  providerDiscoveredModels(
    """The account; also one that is read-only."""
    accountId: ID!
    """Only what comes after this cursor."""
    after: String
    """Only what comes before this cursor."""
    before: String
    """
    Page size from the front, 1 to 100. Default 20 when neither \`first\` nor \`last\` is given.
    """
    first: Int
    """Page size from the back, 1 to 100."""
    last: Int
  ): ProviderDiscoveredModelConnection @auth(scope: PROVIDERS_READ) @listSize(slicingArguments: ["first", "last"], sizedFields: ["edges", "nodes"])
  """
  Kinds of providers that can be connected, by name, with what each asks for.
  """
  providerVendors: [ProviderVendor!]! @auth(scope: PROVIDERS_READ) @listSize(assumedSize: 64)
  """Providers that this installation knows, by id."""
  providers(
    """Only what comes after this cursor."""
    after: String
    """Only what comes before this cursor."""
    before: String
    """
    Page size from the front, 1 to 100. Default 20 when neither \`first\` nor \`last\` is given.
    """
    first: Int
    """Page size from the back, 1 to 100."""
    last: Int
  ): ProviderConnection! @auth(scope: PROVIDERS_READ) @listSize(slicingArguments: ["first", "last"], sizedFields: ["edges", "nodes"])
  """
  A pass over the organization's calls that prices them again; null when there is none with this id.
  """
  rerating(
    """Id of the pass."""
    id: ID!
  ): Rerating @auth(scope: ACCOUNTING_READ)
  """Who is asking, by the credential that was sent."""
  viewer: Viewer! @auth(scope: MODELS_READ)
}

"""A cost bound would be exceeded; nothing was spent."""
type QuotaExceededError implements UserError {
  """Always \`QUOTA_EXCEEDED\`."""
  code: String!
  """Sentence for a person."""
  message: String!
  """Input path of the bound, or null when it is not in the input."""
  path: [String!] @listSize(assumedSize: 8)
}

"""A document by its relevance."""
type RankedDocument {
  """Position in the documents that were sent."""
  index: Int!
  """The model's own measure, comparable within one answer only."""
  score: Float!
}

"""How hard a model thinks."""
enum ReasoningEffort {
  """Much."""
  HIGH
  """Little."""
  LOW
  """Moderately."""
  MEDIUM
  """As little as it can."""
  MINIMAL
  """Not at all."""
  NONE
  """As much as it can."""
  XHIGH
}

"""Reasoning of a model."""
type ReasoningPart {
  """Opaque data of withheld reasoning; null otherwise."""
  redactedData: String
  """Opaque signature; null when the provider gave none."""
  signature: String
  """The text; empty when it was withheld."""
  text: String!
}

"""Reasoning that a model returned."""
input ReasoningPartInput {
  """Opaque data of withheld reasoning."""
  redactedData: String
  """Opaque signature that came with it."""
  signature: String
  """The text; empty when it was withheld."""
  text: String!
}

"""Documents to rank."""
input RerankCreateInput {
  """
  Milliseconds for the whole call; the server's limit when omitted, null or larger.
  """
  deadlineMs: Int
  """Texts of the documents, 1 to 10,000."""
  documents: [String!]!
  """
  Most that this call may cost, in USD. It is refused before anything is spent when its upper bound is larger, or its price is unknown.
  """
  maxCostUsd: Decimal
  """
  Caller's labels, kept with the record and returned; a JSON object of at most 16 KiB.
  """
  metadata: JSON
  """Name of the model, such as \`cohere/rerank-v3.5\`."""
  model: String!
  """Parameters of the provider that have no name here; a JSON object."""
  providerOptions: JSON
  """What they should be relevant to."""
  query: String!
  """How many of the best are given; all when omitted or null."""
  topN: Int
}

"""Documents by relevance, and the record of the call."""
type RerankCreatePayload {
  """
  The record of the call; also present when it failed after it was recorded. Null when it was refused before.
  """
  completion: Completion
  """Best first, at most 10,000; null when the call failed."""
  documents: [RankedDocument!] @listSize(assumedSize: 20)
  """What went wrong; empty when it succeeded. At most one."""
  errors: [CompletionError!]! @listSize(assumedSize: 1)
}

"""A pass over calls that prices them again."""
type Rerating implements Node {
  """Those whose price is another one now, or known for the first time."""
  changedAttempts: BigInt!
  """When it was ordered."""
  createdAt: DateTime!
  """
  What the changes add up to, in USD; negative when calls became cheaper.
  """
  differenceUsd: Decimal!
  """The changes by model and price, largest first; at most 100."""
  differences: [ReratingDifference!]! @listSize(assumedSize: 100)
  """Calls to providers that were looked at so far."""
  examinedAttempts: BigInt!
  """When it ended; null while it runs."""
  finishedAt: DateTime
  """Opaque id."""
  id: ID!
  """Whether it only tells what would change."""
  isDryRun: Boolean!
  """Whether all of its calls have been looked at."""
  isFinished: Boolean!
  """Those whose price is still unknown."""
  unpricedAttempts: BigInt!
}

"""What a pass changes for one model from one price to another."""
type ReratingDifference {
  """Calls to the provider that it concerns."""
  attempts: BigInt!
  """What they add up to, in USD."""
  differenceUsd: Decimal!
  """Name of the model."""
  modelName: String!
  """The price before; null when there was none."""
  previousPriceVersion: String
  """The price now."""
  priceVersion: String!
}

"""Form of an answer; exactly one member."""
input ResponseFormatInput @oneOf {
  """Any JSON object, when true."""
  jsonObject: Boolean
  """JSON that keeps to a schema."""
  jsonSchema: JsonSchemaInput
}

"""Permission that a key or session can hold."""
enum Scope {
  """Read counts and sums of the ledger."""
  ACCOUNTING_READ
  """Read completions, their inputs and outputs."""
  COMPLETIONS_READ
  """Make completions."""
  COMPLETIONS_WRITE
  """Read the catalogue of models and their prices."""
  MODELS_READ
  """
  Set prices of models for the whole installation, and price calls again.
  """
  PRICES_WRITE
  """Read which providers are connected, and how; never a credential."""
  PROVIDERS_READ
  """
  Connect providers, change and delete them and their credentials, and name aliases of models.
  """
  PROVIDERS_WRITE
  """Read the schema by introspection."""
  SCHEMA_READ
}

"""Text spoken."""
type Speech {
  """Base64 of the sound."""
  base64: String!
  """Media type, such as \`audio/mpeg\`."""
  mediaType: String!
}

"""Text to speak."""
input SpeechCreateInput {
  """
  Milliseconds for the whole call; the server's limit when omitted, null or larger.
  """
  deadlineMs: Int
  """
  Such as \`mp3\`, \`opus\` or \`wav\`; the provider's default when omitted or null.
  """
  format: String
  """
  Most that this call may cost, in USD. It is refused before anything is spent when its upper bound is larger, or its price is unknown.
  """
  maxCostUsd: Decimal
  """
  Caller's labels, kept with the record and returned; a JSON object of at most 16 KiB.
  """
  metadata: JSON
  """Name of the model, such as \`openai/gpt-4o-mini-tts\`."""
  model: String!
  """Parameters of the provider that have no name here; a JSON object."""
  providerOptions: JSON
  """Speed, 1 is natural; the provider's default when omitted or null."""
  speed: Float
  """The text."""
  text: String!
  """The provider's name of the voice, such as \`alloy\`."""
  voice: String!
}

"""Sound, and the record of the call."""
type SpeechCreatePayload {
  """
  The record of the call; also present when it failed after it was recorded. Null when it was refused before.
  """
  completion: Completion
  """What went wrong; empty when it succeeded. At most one."""
  errors: [CompletionError!]! @listSize(assumedSize: 1)
  """The sound; null when the call failed."""
  speech: Speech
}

"""Facts as they happen."""
type Subscription {
  """
  Sends messages to a model and delivers the answer as it is made: \`CompletionStarted\`, then parts, then exactly one of
  \`CompletionFinished\` and \`CompletionFailed\`, which comes after the record is durable. Leaving ends the provider call unless \`onDisconnect\` says otherwise.
  """
  completionStream(
    """What to complete."""
    input: CompletionStreamInput!
  ): CompletionStreamEvent! @auth(scope: COMPLETIONS_WRITE) @cost(weight: 10)
}

"""Instructions to the model."""
input SystemMessageInput {
  """The instructions."""
  content: MessageContentInput!
  """Name of the author, for models that tell authors apart."""
  name: String
}

"""Text in a message."""
input TextPartInput {
  """
  Vendor marks on this part, such as Anthropic's \`cache_control\`; a JSON object.
  """
  providerOptions: JSON
  """The text."""
  text: String!
}

"""The deadline passed before the answer was complete."""
type TimeoutError implements UserError {
  """Calls that were made, in order."""
  attempts: [AttemptSummary!]! @listSize(assumedSize: 16)
  """Always \`TIMEOUT\`."""
  code: String!
  """Sentence for a person."""
  message: String!
  """Input path of the deadline, or null for the server's own."""
  path: [String!] @listSize(assumedSize: 8)
}

"""A tool call that a model asks for."""
type ToolCall {
  """Arguments as the model wrote them: JSON text that may be invalid."""
  argumentsText: String!
  """Id that the answer must quote."""
  id: String!
  """Name of the tool."""
  name: String!
}

"""A tool call that a model asked for."""
input ToolCallInput {
  """Arguments as the model wrote them, JSON text."""
  argumentsText: String!
  """Id that the model gave it."""
  id: String!
  """Name of the tool."""
  name: String!
}

"""Whether and which tool must be called; exactly one member."""
input ToolChoiceInput @oneOf {
  """The model decides, may not, or must call some tool."""
  mode: ToolChoiceMode
  """Name of the tool it must call."""
  tool: String
}

"""Freedom of the model to call tools."""
enum ToolChoiceMode {
  """The model decides."""
  AUTO
  """No tool may be called."""
  NONE
  """Some tool must be called."""
  REQUIRED
}

"""A function that the model may ask for."""
input ToolInput {
  """What it does, for the model."""
  description: String
  """Whether the provider should hold the model to the schema."""
  isStrict: Boolean
  """Name, 1 to 128 characters."""
  name: String!
  """JSON Schema of its arguments; none when omitted or null."""
  parameters: JSON
}

"""Result of a tool call."""
input ToolMessageInput {
  """The result."""
  content: MessageContentInput!
  """Whether the tool failed."""
  isError: Boolean
  """Id of the call that this answers."""
  toolCallId: String!
}

"""Speech written down."""
type Transcription {
  """
  Length of the recording in seconds; null where the provider tells none.
  """
  durationSeconds: Float
  """The language spoken; null where the provider tells none."""
  language: String
  """The text."""
  text: String!
}

"""Speech to write down."""
input TranscriptionCreateInput {
  """The recording."""
  audio: MediaFileInput!
  """
  Milliseconds for the whole call; the server's limit when omitted, null or larger.
  """
  deadlineMs: Int
  """Whether the text is to be in English instead of the language spoken."""
  isTranslation: Boolean! = false
  """
  ISO 639-1 code of the language spoken; the model finds out when omitted or null.
  """
  language: String
  """
  Most that this call may cost, in USD. It is refused before anything is spent when its upper bound is larger, or its price is unknown.
  """
  maxCostUsd: Decimal
  """
  Caller's labels, kept with the record and returned; a JSON object of at most 16 KiB.
  """
  metadata: JSON
  """Name of the model, such as \`openai/gpt-4o-transcribe\`."""
  model: String!
  """Words that help the model, such as names."""
  prompt: String
  """Parameters of the provider that have no name here; a JSON object."""
  providerOptions: JSON
  """
  Sampling temperature, 0 to 1; the provider's default when omitted or null.
  """
  temperature: Float
}

"""Text, and the record of the call."""
type TranscriptionCreatePayload {
  """
  The record of the call; also present when it failed after it was recorded. Null when it was refused before.
  """
  completion: Completion
  """What went wrong; empty when it succeeded. At most one."""
  errors: [CompletionError!]! @listSize(assumedSize: 1)
  """The text; null when the call failed."""
  transcription: Transcription
}

"""Tokens in disjoint buckets that sum to the total."""
type Usage {
  """Sound in."""
  audioInputTokens: Int!
  """Sound out."""
  audioOutputTokens: Int!
  """How the counts were found."""
  basis: Basis!
  """Input tokens written to the provider's prompt cache."""
  cacheWriteTokens: Int!
  """Input tokens read from the provider's prompt cache."""
  cachedReadTokens: Int!
  """Images in, where the provider counts them apart."""
  imageInputTokens: Int!
  """Input tokens that are in no other bucket."""
  inputTokens: Int!
  """Output tokens that are in no other bucket."""
  outputTokens: Int!
  """Tokens the model thought with."""
  reasoningTokens: Int!
  """Sum of the buckets."""
  totalTokens: Int!
}

"""
A failure that the caller can do something about. The message says what was wrong and what to do.
"""
interface UserError {
  """
  Machine-readable kind; equal to the code in the error catalogue of the documentation.
  """
  code: String!
  """Sentence for a person."""
  message: String!
  """
  Input path of the offending value, outermost first; null where no single value is to blame.
  """
  path: [String!] @listSize(assumedSize: 8)
}

"""What a person or program asks."""
input UserMessageInput {
  """The question."""
  content: MessageContentInput!
  """Name of the author, for models that tell authors apart."""
  name: String
}

"""The caller."""
type Viewer {
  """Key that was used; null for a signed-in session."""
  apiKey: ApiKey
  """Organization that pays."""
  organization: Organization!
  """Project that new completions belong to."""
  project: Project!
  """Permissions the caller holds. At most one of each."""
  scopes: [Scope!]! @listSize(assumedSize: 7)
}
`;
