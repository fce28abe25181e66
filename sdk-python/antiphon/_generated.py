# Generated from sdk-js/operations by `npm run codegen`. Do not edit.
# fmt: off
from __future__ import annotations

from collections.abc import AsyncGenerator, Generator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal, NotRequired, TypeAlias, TypedDict

from ._operations import AsyncOperations, Operations, Transport
from ._wire import UNSET, OpenEnum, Unset, unknown_member

__all__ = [
    "Accounting",
    "AssistantMessageInput",
    "AttemptErrorClass",
    "AttemptProblem",
    "AudioPartInput",
    "Basis",
    "Completion",
    "CompletionAttempts",
    "CompletionAttemptsCost",
    "CompletionChoiceFinished",
    "CompletionCost",
    "CompletionCreate",
    "CompletionCreateInput",
    "CompletionDetails",
    "CompletionDetailsAttempts",
    "CompletionDetailsAttemptsCost",
    "CompletionDetailsCost",
    "CompletionDetailsFailure",
    "CompletionDetailsModel",
    "CompletionDetailsOutput",
    "CompletionDetailsOutputChoices",
    "CompletionDetailsOutputChoicesReasoning",
    "CompletionDetailsOutputChoicesToolCalls",
    "CompletionDetailsTiming",
    "CompletionDoor",
    "CompletionExtra",
    "CompletionFailed",
    "CompletionFailure",
    "CompletionFilter",
    "CompletionFinished",
    "CompletionInput",
    "CompletionLogprobs",
    "CompletionModel",
    "CompletionOperation",
    "CompletionOptionsInput",
    "CompletionOutcome",
    "CompletionOutput",
    "CompletionOutputChoices",
    "CompletionOutputChoicesReasoning",
    "CompletionOutputChoicesToolCalls",
    "CompletionProblem",
    "CompletionProblemConflictError",
    "CompletionProblemContentBlockedError",
    "CompletionProblemContextTooLongError",
    "CompletionProblemInvalidInputError",
    "CompletionProblemNoRouteError",
    "CompletionProblemNotFoundError",
    "CompletionProblemProviderFailedError",
    "CompletionProblemQuotaExceededError",
    "CompletionProblemTimeoutError",
    "CompletionReasoningDelta",
    "CompletionReasoningEnded",
    "CompletionRefusalDelta",
    "CompletionStarted",
    "CompletionStatus",
    "CompletionStream",
    "CompletionStreamInput",
    "CompletionSummary",
    "CompletionSummaryCost",
    "CompletionSummaryFailure",
    "CompletionSummaryModel",
    "CompletionSummaryTiming",
    "CompletionTextDelta",
    "CompletionTiming",
    "CompletionToolCallDelta",
    "CompletionToolCallStarted",
    "Completions",
    "CompletionsRerate",
    "CompletionsRerateInput",
    "ContentPartInput",
    "DisconnectPolicy",
    "DocumentPartInput",
    "EmbeddingsCreate",
    "EmbeddingsCreateEmbeddings",
    "EmbeddingsCreateInput",
    "FinishReason",
    "ImageCreate",
    "ImageCreateImages",
    "ImageCreateInput",
    "ImageDetail",
    "ImagePartInput",
    "JsonSchemaInput",
    "MediaDataInput",
    "MediaFileInput",
    "MediaSourceInput",
    "MessageContentInput",
    "MessageInput",
    "Modality",
    "ModelAbility",
    "ModelAliasCreate",
    "ModelAliasCreateInput",
    "ModelAliasDelete",
    "ModelAliasDeleteInput",
    "ModelAliasDetails",
    "ModelAliasUpdate",
    "ModelAliasUpdateInput",
    "ModelAliases",
    "ModelContextTierInput",
    "ModelDetails",
    "ModelDetailsCapabilities",
    "ModelDetailsPrice",
    "ModelDetailsPriceContextTiers",
    "ModelDetailsPriceServiceTiers",
    "ModelDetailsProvider",
    "ModelFilter",
    "ModelKind",
    "ModelPieceRatesInput",
    "ModelPriceInput",
    "ModelPriceSet",
    "ModelPriceSetInput",
    "ModelPriceVersionDetails",
    "ModelPriceVersionDetailsPrice",
    "ModelPrices",
    "ModelRatesInput",
    "ModelServiceTierInput",
    "Models",
    "ModerationCreate",
    "ModerationCreateInput",
    "ModerationCreateVerdicts",
    "ModerationCreateVerdictsCategories",
    "Node",
    "NodeApiKey",
    "NodeAttempt",
    "NodeCompletion",
    "NodeCompletionCost",
    "NodeCompletionFailure",
    "NodeCompletionModel",
    "NodeCompletionTiming",
    "NodeModel",
    "NodeModelAlias",
    "NodeModelCapabilities",
    "NodeModelPrice",
    "NodeModelPriceContextTiers",
    "NodeModelPriceServiceTiers",
    "NodeModelPriceVersion",
    "NodeModelProvider",
    "NodeOrganization",
    "NodeProject",
    "NodeProvider",
    "NodeProviderAccount",
    "NodeProviderCapabilities",
    "NodeProviderCredential",
    "NodeRerating",
    "Page",
    "ProviderAccountConnect",
    "ProviderAccountConnectInput",
    "ProviderAccountDelete",
    "ProviderAccountDeleteAccount",
    "ProviderAccountDeleteInput",
    "ProviderAccountDetails",
    "ProviderAccountDetailsDiscovery",
    "ProviderAccountDetailsSettings",
    "ProviderAccountDetailsVendor",
    "ProviderAccountDisable",
    "ProviderAccountDisableInput",
    "ProviderAccountEnable",
    "ProviderAccountEnableInput",
    "ProviderAccountSource",
    "ProviderAccountTest",
    "ProviderAccountTestInput",
    "ProviderAccountTestTests",
    "ProviderAccountTestTestsCredential",
    "ProviderAccountUpdate",
    "ProviderAccountUpdateInput",
    "ProviderAccounts",
    "ProviderCredentialAdd",
    "ProviderCredentialAddInput",
    "ProviderCredentialDelete",
    "ProviderCredentialDeleteInput",
    "ProviderCredentialDetails",
    "ProviderCredentialDetailsHealth",
    "ProviderCredentialDetailsHealthHeadroom",
    "ProviderCredentialDisable",
    "ProviderCredentialDisableInput",
    "ProviderCredentialEnable",
    "ProviderCredentialEnableInput",
    "ProviderCredentialRotate",
    "ProviderCredentialRotateInput",
    "ProviderCredentialStatus",
    "ProviderDetails",
    "ProviderDetailsCapabilities",
    "ProviderDiscoveredModels",
    "ProviderDiscoveredModelsNodes",
    "ProviderHeaderInput",
    "ProviderHeadroomWindowDetails",
    "ProviderModelsDiscover",
    "ProviderModelsDiscoverInput",
    "ProviderSecretInput",
    "ProviderSettingInput",
    "ProviderVendors",
    "ProviderVendorsSettings",
    "Providers",
    "ReasoningEffort",
    "ReasoningPartInput",
    "RerankCreate",
    "RerankCreateDocuments",
    "RerankCreateInput",
    "ReratingDetails",
    "ReratingDetailsDifferences",
    "ResponseFormatInput",
    "Scope",
    "SpeechCreate",
    "SpeechCreateInput",
    "SpeechCreateSpeech",
    "SystemMessageInput",
    "TextPartInput",
    "ToolCallInput",
    "ToolChoiceInput",
    "ToolChoiceMode",
    "ToolInput",
    "ToolMessageInput",
    "TranscriptionCreate",
    "TranscriptionCreateInput",
    "TranscriptionCreateTranscription",
    "UsageDetails",
    "UserMessageInput",
    "Viewer",
    "ViewerApiKey",
    "ViewerOrganization",
    "ViewerProject",
]


class CompletionStatus(OpenEnum):
    """Where a completion stands."""
    ABANDONED = "ABANDONED"
    """Its process died; closed afterwards from the last checkpoint."""
    IN_FLIGHT = "IN_FLIGHT"
    """Being worked on."""
    SETTLED = "SETTLED"
    """Ended while its process lived."""


class CompletionOutcome(OpenEnum):
    """How a completion or an attempt ended."""
    CANCELLED = "CANCELLED"
    """The caller left or cancelled."""
    FAILED = "FAILED"
    """With an error."""
    ORPHANED = "ORPHANED"
    """Its process died."""
    SUCCEEDED = "SUCCEEDED"
    """With an answer."""


class CompletionDoor(OpenEnum):
    """Door that a completion came through."""
    ANTHROPIC = "ANTHROPIC"
    """The Anthropic wire."""
    GEMINI = "GEMINI"
    """The Gemini wire."""
    GRAPHQL = "GRAPHQL"
    """GraphQL, over whichever transport."""
    OLLAMA = "OLLAMA"
    """The Ollama wire."""
    OPENAI = "OPENAI"
    """The OpenAI wire."""


class CompletionOperation(OpenEnum):
    """What was asked for."""
    CHAT = "CHAT"
    """An answer to messages."""
    EMBEDDINGS = "EMBEDDINGS"
    """Vectors of texts."""
    IMAGE = "IMAGE"
    """Images made or changed."""
    MODERATION = "MODERATION"
    """Verdicts on content."""
    RERANK = "RERANK"
    """Documents in the order of their relevance."""
    SPEECH = "SPEECH"
    """Text spoken."""
    TRANSCRIPTION = "TRANSCRIPTION"
    """Speech written down."""


class FinishReason(OpenEnum):
    """Why an answer ended."""
    CONTENT_FILTER = "CONTENT_FILTER"
    """The provider's content filter cut it."""
    ERROR = "ERROR"
    """The provider reported an error in the middle."""
    LENGTH = "LENGTH"
    """The length limit was reached."""
    OTHER = "OTHER"
    """Another reason; the provider's own word is in `rawFinishReason`."""
    REFUSAL = "REFUSAL"
    """The model refused."""
    STOP = "STOP"
    """The model was done, or a stop text came."""
    TOOL_CALLS = "TOOL_CALLS"
    """The model asks for tool calls."""


class Basis(OpenEnum):
    """How an amount was found."""
    ACTUAL = "ACTUAL"
    """Told by the provider."""
    ESTIMATED = "ESTIMATED"
    """Counted by us, because the provider could not tell."""
    VOID = "VOID"
    """Nothing was consumed."""


class AttemptErrorClass(OpenEnum):
    """Class of a provider's failure."""
    AUTH = "AUTH"
    """The provider refused our credential."""
    BLOCKED = "BLOCKED"
    """Content policy."""
    CANCELLED = "CANCELLED"
    """Cancelled by us or the caller."""
    INVALID = "INVALID"
    """The provider does not accept the request."""
    MALFORMED = "MALFORMED"
    """The answer made no sense."""
    NOT_FOUND = "NOT_FOUND"
    """The provider does not know the model."""
    OVERLOADED = "OVERLOADED"
    """The provider has too much to do."""
    QUOTA = "QUOTA"
    """The account's quota or balance is used up."""
    RATE_LIMIT = "RATE_LIMIT"
    """Too many requests for now."""
    TIMEOUT = "TIMEOUT"
    """No answer in time."""
    TOO_LONG = "TOO_LONG"
    """The prompt is longer than the context."""
    TRANSPORT = "TRANSPORT"
    """The connection failed or broke."""


class ProviderAccountSource(OpenEnum):
    """Where an account or alias is written down. Of accounts with one name the project's own counts, then the file's, then the environment's."""
    ENVIRONMENT = "ENVIRONMENT"
    """Environment variables of the server; read-only here, shared by all projects."""
    FILE = "FILE"
    """The file that `ANTIPHON_PROVIDERS_FILE` names; read-only here, shared by all projects."""
    MANAGED = "MANAGED"
    """Connected through this API, for one project."""


class ModelKind(OpenEnum):
    """What a model is for."""
    CHAT = "CHAT"
    """Answers messages."""
    EMBEDDING = "EMBEDDING"
    """Turns texts into vectors."""
    IMAGE = "IMAGE"
    """Makes images."""
    MODERATION = "MODERATION"
    """Judges whether content is harmful."""
    RERANK = "RERANK"
    """Orders documents by how well they answer a question."""
    SPEECH = "SPEECH"
    """Speaks text."""
    TRANSCRIPTION = "TRANSCRIPTION"
    """Writes down what is said."""


class Modality(OpenEnum):
    """A form that content has."""
    AUDIO = "AUDIO"
    """Sound."""
    IMAGE = "IMAGE"
    """Images."""
    PDF = "PDF"
    """PDF documents."""
    TEXT = "TEXT"
    """Written text."""
    VIDEO = "VIDEO"
    """Moving images."""


class Scope(OpenEnum):
    """Permission that a key or session can hold."""
    ACCOUNTING_READ = "ACCOUNTING_READ"
    """Read counts and sums of the ledger."""
    COMPLETIONS_READ = "COMPLETIONS_READ"
    """Read completions, their inputs and outputs."""
    COMPLETIONS_WRITE = "COMPLETIONS_WRITE"
    """Make completions."""
    MODELS_READ = "MODELS_READ"
    """Read the catalogue of models and their prices."""
    PRICES_WRITE = "PRICES_WRITE"
    """Set prices of models for the whole installation, and price calls again."""
    PROVIDERS_READ = "PROVIDERS_READ"
    """Read which providers are connected, and how; never a credential."""
    PROVIDERS_WRITE = "PROVIDERS_WRITE"
    """Connect providers, change and delete them and their credentials, and name aliases of models."""
    SCHEMA_READ = "SCHEMA_READ"
    """Read the schema by introspection."""


class ProviderCredentialStatus(OpenEnum):
    """What becomes of a credential."""
    ACTIVE = "ACTIVE"
    """Calls use it."""
    DISABLED = "DISABLED"
    """Calls do not use it until it is enabled."""
    RETIRING = "RETIRING"
    """Calls fall back on it until it goes."""
    UNUSABLE = "UNUSABLE"
    """It cannot be used; `problem` says why."""


class ImageDetail(OpenEnum):
    """How closely a model looks at an image."""
    AUTO = "AUTO"
    """The provider decides."""
    HIGH = "HIGH"
    """Fine and dear."""
    LOW = "LOW"
    """Coarse and cheap."""


class ReasoningEffort(OpenEnum):
    """How hard a model thinks."""
    HIGH = "HIGH"
    """Much."""
    LOW = "LOW"
    """Little."""
    MEDIUM = "MEDIUM"
    """Moderately."""
    MINIMAL = "MINIMAL"
    """As little as it can."""
    NONE = "NONE"
    """Not at all."""
    XHIGH = "XHIGH"
    """As much as it can."""


class ToolChoiceMode(OpenEnum):
    """Freedom of the model to call tools."""
    AUTO = "AUTO"
    """The model decides."""
    NONE = "NONE"
    """No tool may be called."""
    REQUIRED = "REQUIRED"
    """Some tool must be called."""


class DisconnectPolicy(OpenEnum):
    """What becomes of a running stream whose subscriber has left."""
    CANCEL = "CANCEL"
    """Stop the provider call; what was produced is settled, counted by tokenizer and flagged `ESTIMATED`."""
    FINISH = "FINISH"
    """Let the provider finish; the record then holds the whole answer and the true usage."""


class ModelAbility(OpenEnum):
    """What a model can do."""
    AUDIO = "AUDIO"
    """Reads or writes sound."""
    DOCUMENTS = "DOCUMENTS"
    """Reads documents."""
    REASONING = "REASONING"
    """Thinks before it answers."""
    STRUCTURED_OUTPUT = "STRUCTURED_OUTPUT"
    """Keeps to a JSON schema."""
    TOOLS = "TOOLS"
    """Calls tools."""
    VISION = "VISION"
    """Reads images."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Accounting:
    """Counts and sums over one consistent snapshot of the ledger."""
    started: int
    """Requests that started."""
    settled: int
    """Requests that ended while their process lived: answered, failed or cancelled."""
    abandoned: int
    """Requests whose process died; closed from their last checkpoint and flagged `ESTIMATED`."""
    in_flight: int
    """Requests that a living process is working on."""
    unexplained: int
    """Records that fit none of these, or two of them. Anything but 0 is a fault of ours."""
    refused: int
    """Calls turned away before they became a request: malformed, too large, wrong key. Not part of `started`."""
    pending_in_journal: int
    """Records safe in the local journal that PostgreSQL does not hold yet."""
    is_balanced: bool
    """Whether `started = settled + abandoned + inFlight`, nothing is unexplained, and both sums of money are equal."""
    request_cost_usd: Decimal
    """Sum over requests, in USD."""
    request_adjustment_usd: Decimal
    """The part of `requestCostUsd` that pricing calls again has added, in USD; negative when calls became cheaper."""
    attempt_cost_usd: Decimal
    """Sum over attempts, in USD."""
    unpriced_requests: int
    """Requests that used tokens whose price is unknown; they are in no sum."""


def _decode_accounting(data: Mapping[str, Any]) -> Accounting:
    return Accounting(
        started=int(data["started"]),
        settled=int(data["settled"]),
        abandoned=int(data["abandoned"]),
        in_flight=int(data["inFlight"]),
        unexplained=int(data["unexplained"]),
        refused=int(data["refused"]),
        pending_in_journal=int(data["pendingInJournal"]),
        is_balanced=data["isBalanced"],
        request_cost_usd=Decimal(data["requestCostUsd"]),
        request_adjustment_usd=Decimal(data["requestAdjustmentUsd"]),
        attempt_cost_usd=Decimal(data["attemptCostUsd"]),
        unpriced_requests=int(data["unpricedRequests"]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion:
    """The record of one call for a completion."""
    id: str
    """Opaque id; also the `x-request-id` of the REST doors."""
    status: CompletionStatus
    """Where it stands."""
    outcome: CompletionOutcome | None
    """How it ended; null while it runs."""
    door: CompletionDoor
    """Door it came through."""
    operation: CompletionOperation
    """What was asked for."""
    is_streaming: bool
    """Whether the answer was streamed."""
    requested_model: str
    """Name of the model as the caller wrote it."""
    model: CompletionModel | None
    """Model that served it; null while none has, or when it has left the catalogue."""
    started_at: datetime
    """When it was taken in."""
    settled_at: datetime | None
    """When it ended; null while it runs."""
    finish_reason: FinishReason | None
    """Why the first choice ended; null while it runs or when it failed."""
    usage: UsageDetails | None
    """Tokens by bucket, summed over its attempts; null while it runs."""
    cost: CompletionCost | None
    """What it cost, summed over its attempts; null while it runs."""
    timing: CompletionTiming | None
    """How long it took; null while it runs."""
    failure: CompletionFailure | None
    """Why it failed; null unless it did."""
    warnings: list[str]
    """What the provider could not do of what was asked, one sentence each; at most 64."""
    metadata: Any | None
    """Caller's labels; null when none were given."""
    attempts: list[CompletionAttempts]
    """Calls to providers, in order; at most 16."""
    output: CompletionOutput | None
    """What came out; null while it runs, when there was nothing, or when payloads are not recorded."""
    input: CompletionInput | None
    """What went in; null when payloads are not recorded or it was larger than the limit."""


def _decode_completion(data: Mapping[str, Any]) -> Completion:
    return Completion(
        id=data["id"],
        status=CompletionStatus(data["status"]),
        outcome=None if data["outcome"] is None else CompletionOutcome(data["outcome"]),
        door=CompletionDoor(data["door"]),
        operation=CompletionOperation(data["operation"]),
        is_streaming=data["isStreaming"],
        requested_model=data["requestedModel"],
        model=None if data["model"] is None else _decode_completion_model(data["model"]),
        started_at=datetime.fromisoformat(data["startedAt"]),
        settled_at=None if data["settledAt"] is None else datetime.fromisoformat(data["settledAt"]),
        finish_reason=None if data["finishReason"] is None else FinishReason(data["finishReason"]),
        usage=None if data["usage"] is None else _decode_usage_details(data["usage"]),
        cost=None if data["cost"] is None else _decode_completion_cost(data["cost"]),
        timing=None if data["timing"] is None else _decode_completion_timing(data["timing"]),
        failure=None if data["failure"] is None else _decode_completion_failure(data["failure"]),
        warnings=data["warnings"],
        metadata=data["metadata"],
        attempts=[_decode_completion_attempts(item) for item in data["attempts"]],
        output=None if data["output"] is None else _decode_completion_output(data["output"]),
        input=None if data["input"] is None else _decode_completion_input(data["input"]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionModel:
    """A model as one provider serves it."""
    id: str
    """Opaque id."""
    name: str
    """Name to call it by, such as `openai/gpt-4.1-mini`."""


def _decode_completion_model(data: Mapping[str, Any]) -> CompletionModel:
    return CompletionModel(
        id=data["id"],
        name=data["name"],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class UsageDetails:
    """Tokens in disjoint buckets that sum to the total."""
    input_tokens: int
    """Input tokens that are in no other bucket."""
    cached_read_tokens: int
    """Input tokens read from the provider's prompt cache."""
    cache_write_tokens: int
    """Input tokens written to the provider's prompt cache."""
    output_tokens: int
    """Output tokens that are in no other bucket."""
    reasoning_tokens: int
    """Tokens the model thought with."""
    audio_input_tokens: int
    """Sound in."""
    audio_output_tokens: int
    """Sound out."""
    image_input_tokens: int
    """Images in, where the provider counts them apart."""
    total_tokens: int
    """Sum of the buckets."""
    basis: Basis
    """How the counts were found."""


def _decode_usage_details(data: Mapping[str, Any]) -> UsageDetails:
    return UsageDetails(
        input_tokens=data["inputTokens"],
        cached_read_tokens=data["cachedReadTokens"],
        cache_write_tokens=data["cacheWriteTokens"],
        output_tokens=data["outputTokens"],
        reasoning_tokens=data["reasoningTokens"],
        audio_input_tokens=data["audioInputTokens"],
        audio_output_tokens=data["audioOutputTokens"],
        image_input_tokens=data["imageInputTokens"],
        total_tokens=data["totalTokens"],
        basis=Basis(data["basis"]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionCost:
    """Money for a completion or an attempt."""
    amount_usd: Decimal | None
    """Amount in USD with nine decimals; null when the price is unknown, which never means free."""
    basis: Basis
    """How the tokens behind it were found."""
    reserved_usd: Decimal | None
    """Upper bound that was reserved before the call, in USD; null when the price was unknown."""
    adjustment_usd: Decimal | None
    """The part of the amount that pricing the call again has added, in USD; negative when it became cheaper, null when it was never changed."""


def _decode_completion_cost(data: Mapping[str, Any]) -> CompletionCost:
    return CompletionCost(
        amount_usd=None if data["amountUsd"] is None else Decimal(data["amountUsd"]),
        basis=Basis(data["basis"]),
        reserved_usd=None if data["reservedUsd"] is None else Decimal(data["reservedUsd"]),
        adjustment_usd=None if data["adjustmentUsd"] is None else Decimal(data["adjustmentUsd"]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionTiming:
    """Durations in milliseconds."""
    time_to_first_token_ms: float | None
    """From taking it in to the first output; null when there was none."""
    duration_ms: float
    """From taking it in to the end."""
    overhead_ms: float | None
    """Our own share: everything but waiting for providers; null when unknown."""


def _decode_completion_timing(data: Mapping[str, Any]) -> CompletionTiming:
    return CompletionTiming(
        time_to_first_token_ms=None if data["timeToFirstTokenMs"] is None else float(data["timeToFirstTokenMs"]),
        duration_ms=float(data["durationMs"]),
        overhead_ms=None if data["overheadMs"] is None else float(data["overheadMs"]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionFailure:
    """Why a completion failed."""
    code: str
    """Machine-readable kind; equal to the code in the error catalogue of the documentation."""
    message: str
    """Sentence that the caller was told."""


def _decode_completion_failure(data: Mapping[str, Any]) -> CompletionFailure:
    return CompletionFailure(
        code=data["code"],
        message=data["message"],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionAttempts:
    """One call to a provider."""
    id: str
    """Opaque id."""
    ordinal: int
    """1 for the first."""
    provider_name: str
    """Provider that was called."""
    model_name: str
    """Model that was called, by its name in the catalogue."""
    started_at: datetime
    """When it began."""
    settled_at: datetime | None
    """When it ended; null while it runs."""
    outcome: CompletionOutcome | None
    """How it ended; null while it runs."""
    error_class: AttemptErrorClass | None
    """Class of the failure; null when it did not fail."""
    http_status: int | None
    """HTTP status of the provider's answer; null when there was none."""
    upstream_request_id: str | None
    """The provider's own id of the request; null when it gave none."""
    usage: UsageDetails | None
    """Tokens by bucket; null while it runs."""
    cost: CompletionAttemptsCost | None
    """What it cost; null while it runs."""
    time_to_first_token_ms: float | None
    """From its beginning to the first output; null when there was none."""
    duration_ms: float | None
    """From its beginning to its end; null while it runs."""


def _decode_completion_attempts(data: Mapping[str, Any]) -> CompletionAttempts:
    return CompletionAttempts(
        id=data["id"],
        ordinal=data["ordinal"],
        provider_name=data["providerName"],
        model_name=data["modelName"],
        started_at=datetime.fromisoformat(data["startedAt"]),
        settled_at=None if data["settledAt"] is None else datetime.fromisoformat(data["settledAt"]),
        outcome=None if data["outcome"] is None else CompletionOutcome(data["outcome"]),
        error_class=None if data["errorClass"] is None else AttemptErrorClass(data["errorClass"]),
        http_status=data["httpStatus"],
        upstream_request_id=data["upstreamRequestId"],
        usage=None if data["usage"] is None else _decode_usage_details(data["usage"]),
        cost=None if data["cost"] is None else _decode_completion_attempts_cost(data["cost"]),
        time_to_first_token_ms=None if data["timeToFirstTokenMs"] is None else float(data["timeToFirstTokenMs"]),
        duration_ms=None if data["durationMs"] is None else float(data["durationMs"]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionAttemptsCost:
    """Money for one attempt."""
    amount_usd: Decimal | None
    """Amount in USD with nine decimals; null when the price is unknown."""
    price_version: str | None
    """Version of the price it was computed with; null when unknown."""


def _decode_completion_attempts_cost(data: Mapping[str, Any]) -> CompletionAttemptsCost:
    return CompletionAttemptsCost(
        amount_usd=None if data["amountUsd"] is None else Decimal(data["amountUsd"]),
        price_version=data["priceVersion"],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionOutput:
    """What came out."""
    text: str
    """Text of the first choice; empty when it consists of tool calls."""
    choices: list[CompletionOutputChoices]
    """Alternative answers; at most 128."""


def _decode_completion_output(data: Mapping[str, Any]) -> CompletionOutput:
    return CompletionOutput(
        text=data["text"],
        choices=[_decode_completion_output_choices(item) for item in data["choices"]],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionOutputChoices:
    """One alternative answer."""
    index: int
    """Position among the choices, from 0."""
    text: str
    """The text."""
    refusal: str | None
    """Why the model did not answer; null when it did."""
    reasoning: list[CompletionOutputChoicesReasoning]
    """Reasoning, in order; give it back unchanged in tool loops. At most 512 parts."""
    tool_calls: list[CompletionOutputChoicesToolCalls]
    """Tool calls it asks for, in order; at most 512."""
    logprobs: Any | None
    """Log probabilities in the provider's form; null when not asked for."""
    finish_reason: FinishReason
    """Why it ended."""
    raw_finish_reason: str | None
    """The provider's own word for it; null when it gave none."""
    extra: Any
    """Fields of the provider's message that have no name here, such as citations; an empty object when there are none."""


def _decode_completion_output_choices(data: Mapping[str, Any]) -> CompletionOutputChoices:
    return CompletionOutputChoices(
        index=data["index"],
        text=data["text"],
        refusal=data["refusal"],
        reasoning=[_decode_completion_output_choices_reasoning(item) for item in data["reasoning"]],
        tool_calls=[_decode_completion_output_choices_tool_calls(item) for item in data["toolCalls"]],
        logprobs=data["logprobs"],
        finish_reason=FinishReason(data["finishReason"]),
        raw_finish_reason=data["rawFinishReason"],
        extra=data["extra"],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionOutputChoicesReasoning:
    """Reasoning of a model."""
    text: str
    """The text; empty when it was withheld."""
    signature: str | None
    """Opaque signature; null when the provider gave none."""
    redacted_data: str | None
    """Opaque data of withheld reasoning; null otherwise."""


def _decode_completion_output_choices_reasoning(data: Mapping[str, Any]) -> CompletionOutputChoicesReasoning:
    return CompletionOutputChoicesReasoning(
        text=data["text"],
        signature=data["signature"],
        redacted_data=data["redactedData"],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionOutputChoicesToolCalls:
    """A tool call that a model asks for."""
    id: str
    """Id that the answer must quote."""
    name: str
    """Name of the tool."""
    arguments_text: str
    """Arguments as the model wrote them: JSON text that may be invalid."""


def _decode_completion_output_choices_tool_calls(data: Mapping[str, Any]) -> CompletionOutputChoicesToolCalls:
    return CompletionOutputChoicesToolCalls(
        id=data["id"],
        name=data["name"],
        arguments_text=data["argumentsText"],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionInput:
    """What went in."""
    body: Any
    """The request's body in the form it was recorded: our own or the wire's it came on."""
    format: str
    """Name of that form, such as `antiphon` or `openai-chat`."""
    size_bytes: int
    """Size in bytes."""


def _decode_completion_input(data: Mapping[str, Any]) -> CompletionInput:
    return CompletionInput(
        body=data["body"],
        format=data["format"],
        size_bytes=data["sizeBytes"],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionCreate:
    """Outcome of `completionCreate`."""
    completion: CompletionDetails
    """The completion; also present when it failed after it was recorded. Null when it was refused before."""


def _decode_completion_create(data: Mapping[str, Any]) -> CompletionCreate:
    return CompletionCreate(
        completion=_decode_completion_details(data["completion"]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionDetails:
    """The record of one call for a completion."""
    id: str
    """Opaque id; also the `x-request-id` of the REST doors."""
    status: CompletionStatus
    """Where it stands."""
    outcome: CompletionOutcome | None
    """How it ended; null while it runs."""
    door: CompletionDoor
    """Door it came through."""
    operation: CompletionOperation
    """What was asked for."""
    is_streaming: bool
    """Whether the answer was streamed."""
    requested_model: str
    """Name of the model as the caller wrote it."""
    model: CompletionDetailsModel | None
    """Model that served it; null while none has, or when it has left the catalogue."""
    started_at: datetime
    """When it was taken in."""
    settled_at: datetime | None
    """When it ended; null while it runs."""
    finish_reason: FinishReason | None
    """Why the first choice ended; null while it runs or when it failed."""
    usage: UsageDetails | None
    """Tokens by bucket, summed over its attempts; null while it runs."""
    cost: CompletionDetailsCost | None
    """What it cost, summed over its attempts; null while it runs."""
    timing: CompletionDetailsTiming | None
    """How long it took; null while it runs."""
    failure: CompletionDetailsFailure | None
    """Why it failed; null unless it did."""
    warnings: list[str]
    """What the provider could not do of what was asked, one sentence each; at most 64."""
    metadata: Any | None
    """Caller's labels; null when none were given."""
    attempts: list[CompletionDetailsAttempts]
    """Calls to providers, in order; at most 16."""
    output: CompletionDetailsOutput | None
    """What came out; null while it runs, when there was nothing, or when payloads are not recorded."""


def _decode_completion_details(data: Mapping[str, Any]) -> CompletionDetails:
    return CompletionDetails(
        id=data["id"],
        status=CompletionStatus(data["status"]),
        outcome=None if data["outcome"] is None else CompletionOutcome(data["outcome"]),
        door=CompletionDoor(data["door"]),
        operation=CompletionOperation(data["operation"]),
        is_streaming=data["isStreaming"],
        requested_model=data["requestedModel"],
        model=None if data["model"] is None else _decode_completion_details_model(data["model"]),
        started_at=datetime.fromisoformat(data["startedAt"]),
        settled_at=None if data["settledAt"] is None else datetime.fromisoformat(data["settledAt"]),
        finish_reason=None if data["finishReason"] is None else FinishReason(data["finishReason"]),
        usage=None if data["usage"] is None else _decode_usage_details(data["usage"]),
        cost=None if data["cost"] is None else _decode_completion_details_cost(data["cost"]),
        timing=None if data["timing"] is None else _decode_completion_details_timing(data["timing"]),
        failure=None if data["failure"] is None else _decode_completion_details_failure(data["failure"]),
        warnings=data["warnings"],
        metadata=data["metadata"],
        attempts=[_decode_completion_details_attempts(item) for item in data["attempts"]],
        output=None if data["output"] is None else _decode_completion_details_output(data["output"]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionDetailsModel:
    """A model as one provider serves it."""
    id: str
    """Opaque id."""
    name: str
    """Name to call it by, such as `openai/gpt-4.1-mini`."""


def _decode_completion_details_model(data: Mapping[str, Any]) -> CompletionDetailsModel:
    return CompletionDetailsModel(
        id=data["id"],
        name=data["name"],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionDetailsCost:
    """Money for a completion or an attempt."""
    amount_usd: Decimal | None
    """Amount in USD with nine decimals; null when the price is unknown, which never means free."""
    basis: Basis
    """How the tokens behind it were found."""
    reserved_usd: Decimal | None
    """Upper bound that was reserved before the call, in USD; null when the price was unknown."""
    adjustment_usd: Decimal | None
    """The part of the amount that pricing the call again has added, in USD; negative when it became cheaper, null when it was never changed."""


def _decode_completion_details_cost(data: Mapping[str, Any]) -> CompletionDetailsCost:
    return CompletionDetailsCost(
        amount_usd=None if data["amountUsd"] is None else Decimal(data["amountUsd"]),
        basis=Basis(data["basis"]),
        reserved_usd=None if data["reservedUsd"] is None else Decimal(data["reservedUsd"]),
        adjustment_usd=None if data["adjustmentUsd"] is None else Decimal(data["adjustmentUsd"]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionDetailsTiming:
    """Durations in milliseconds."""
    time_to_first_token_ms: float | None
    """From taking it in to the first output; null when there was none."""
    duration_ms: float
    """From taking it in to the end."""
    overhead_ms: float | None
    """Our own share: everything but waiting for providers; null when unknown."""


def _decode_completion_details_timing(data: Mapping[str, Any]) -> CompletionDetailsTiming:
    return CompletionDetailsTiming(
        time_to_first_token_ms=None if data["timeToFirstTokenMs"] is None else float(data["timeToFirstTokenMs"]),
        duration_ms=float(data["durationMs"]),
        overhead_ms=None if data["overheadMs"] is None else float(data["overheadMs"]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionDetailsFailure:
    """Why a completion failed."""
    code: str
    """Machine-readable kind; equal to the code in the error catalogue of the documentation."""
    message: str
    """Sentence that the caller was told."""


def _decode_completion_details_failure(data: Mapping[str, Any]) -> CompletionDetailsFailure:
    return CompletionDetailsFailure(
        code=data["code"],
        message=data["message"],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionDetailsAttempts:
    """One call to a provider."""
    id: str
    """Opaque id."""
    ordinal: int
    """1 for the first."""
    provider_name: str
    """Provider that was called."""
    model_name: str
    """Model that was called, by its name in the catalogue."""
    started_at: datetime
    """When it began."""
    settled_at: datetime | None
    """When it ended; null while it runs."""
    outcome: CompletionOutcome | None
    """How it ended; null while it runs."""
    error_class: AttemptErrorClass | None
    """Class of the failure; null when it did not fail."""
    http_status: int | None
    """HTTP status of the provider's answer; null when there was none."""
    upstream_request_id: str | None
    """The provider's own id of the request; null when it gave none."""
    usage: UsageDetails | None
    """Tokens by bucket; null while it runs."""
    cost: CompletionDetailsAttemptsCost | None
    """What it cost; null while it runs."""
    time_to_first_token_ms: float | None
    """From its beginning to the first output; null when there was none."""
    duration_ms: float | None
    """From its beginning to its end; null while it runs."""


def _decode_completion_details_attempts(data: Mapping[str, Any]) -> CompletionDetailsAttempts:
    return CompletionDetailsAttempts(
        id=data["id"],
        ordinal=data["ordinal"],
        provider_name=data["providerName"],
        model_name=data["modelName"],
        started_at=datetime.fromisoformat(data["startedAt"]),
        settled_at=None if data["settledAt"] is None else datetime.fromisoformat(data["settledAt"]),
        outcome=None if data["outcome"] is None else CompletionOutcome(data["outcome"]),
        error_class=None if data["errorClass"] is None else AttemptErrorClass(data["errorClass"]),
        http_status=data["httpStatus"],
        upstream_request_id=data["upstreamRequestId"],
        usage=None if data["usage"] is None else _decode_usage_details(data["usage"]),
        cost=None if data["cost"] is None else _decode_completion_details_attempts_cost(data["cost"]),
        time_to_first_token_ms=None if data["timeToFirstTokenMs"] is None else float(data["timeToFirstTokenMs"]),
        duration_ms=None if data["durationMs"] is None else float(data["durationMs"]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionDetailsAttemptsCost:
    """Money for one attempt."""
    amount_usd: Decimal | None
    """Amount in USD with nine decimals; null when the price is unknown."""
    price_version: str | None
    """Version of the price it was computed with; null when unknown."""


def _decode_completion_details_attempts_cost(data: Mapping[str, Any]) -> CompletionDetailsAttemptsCost:
    return CompletionDetailsAttemptsCost(
        amount_usd=None if data["amountUsd"] is None else Decimal(data["amountUsd"]),
        price_version=data["priceVersion"],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionDetailsOutput:
    """What came out."""
    text: str
    """Text of the first choice; empty when it consists of tool calls."""
    choices: list[CompletionDetailsOutputChoices]
    """Alternative answers; at most 128."""


def _decode_completion_details_output(data: Mapping[str, Any]) -> CompletionDetailsOutput:
    return CompletionDetailsOutput(
        text=data["text"],
        choices=[_decode_completion_details_output_choices(item) for item in data["choices"]],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionDetailsOutputChoices:
    """One alternative answer."""
    index: int
    """Position among the choices, from 0."""
    text: str
    """The text."""
    refusal: str | None
    """Why the model did not answer; null when it did."""
    reasoning: list[CompletionDetailsOutputChoicesReasoning]
    """Reasoning, in order; give it back unchanged in tool loops. At most 512 parts."""
    tool_calls: list[CompletionDetailsOutputChoicesToolCalls]
    """Tool calls it asks for, in order; at most 512."""
    logprobs: Any | None
    """Log probabilities in the provider's form; null when not asked for."""
    finish_reason: FinishReason
    """Why it ended."""
    raw_finish_reason: str | None
    """The provider's own word for it; null when it gave none."""
    extra: Any
    """Fields of the provider's message that have no name here, such as citations; an empty object when there are none."""


def _decode_completion_details_output_choices(data: Mapping[str, Any]) -> CompletionDetailsOutputChoices:
    return CompletionDetailsOutputChoices(
        index=data["index"],
        text=data["text"],
        refusal=data["refusal"],
        reasoning=[_decode_completion_details_output_choices_reasoning(item) for item in data["reasoning"]],
        tool_calls=[_decode_completion_details_output_choices_tool_calls(item) for item in data["toolCalls"]],
        logprobs=data["logprobs"],
        finish_reason=FinishReason(data["finishReason"]),
        raw_finish_reason=data["rawFinishReason"],
        extra=data["extra"],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionDetailsOutputChoicesReasoning:
    """Reasoning of a model."""
    text: str
    """The text; empty when it was withheld."""
    signature: str | None
    """Opaque signature; null when the provider gave none."""
    redacted_data: str | None
    """Opaque data of withheld reasoning; null otherwise."""


def _decode_completion_details_output_choices_reasoning(data: Mapping[str, Any]) -> CompletionDetailsOutputChoicesReasoning:
    return CompletionDetailsOutputChoicesReasoning(
        text=data["text"],
        signature=data["signature"],
        redacted_data=data["redactedData"],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionDetailsOutputChoicesToolCalls:
    """A tool call that a model asks for."""
    id: str
    """Id that the answer must quote."""
    name: str
    """Name of the tool."""
    arguments_text: str
    """Arguments as the model wrote them: JSON text that may be invalid."""


def _decode_completion_details_output_choices_tool_calls(data: Mapping[str, Any]) -> CompletionDetailsOutputChoicesToolCalls:
    return CompletionDetailsOutputChoicesToolCalls(
        id=data["id"],
        name=data["name"],
        arguments_text=data["argumentsText"],
    )


CompletionStream: TypeAlias = "CompletionChoiceFinished | CompletionExtra | CompletionFailed | CompletionFinished | CompletionLogprobs | CompletionReasoningDelta | CompletionReasoningEnded | CompletionRefusalDelta | CompletionStarted | CompletionTextDelta | CompletionToolCallDelta | CompletionToolCallStarted"
"""One step of a streamed completion. `sequence` counts from 0 without gaps."""


def _decode_completion_stream(data: Mapping[str, Any]) -> CompletionStream:
    match data["__typename"]:
        case "CompletionChoiceFinished":
            return _decode_completion_choice_finished(data)
        case "CompletionExtra":
            return _decode_completion_extra(data)
        case "CompletionFailed":
            return _decode_completion_failed(data)
        case "CompletionFinished":
            return _decode_completion_finished(data)
        case "CompletionLogprobs":
            return _decode_completion_logprobs(data)
        case "CompletionReasoningDelta":
            return _decode_completion_reasoning_delta(data)
        case "CompletionReasoningEnded":
            return _decode_completion_reasoning_ended(data)
        case "CompletionRefusalDelta":
            return _decode_completion_refusal_delta(data)
        case "CompletionStarted":
            return _decode_completion_started(data)
        case "CompletionTextDelta":
            return _decode_completion_text_delta(data)
        case "CompletionToolCallDelta":
            return _decode_completion_tool_call_delta(data)
        case "CompletionToolCallStarted":
            return _decode_completion_tool_call_started(data)
        case other:
            raise unknown_member("CompletionStream", other)


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionChoiceFinished:
    """A choice is complete."""
    typename: Literal["CompletionChoiceFinished"]
    """Name of the type, to tell members apart."""
    sequence: int
    """Position in the stream."""
    choice: int
    """Choice that is complete."""
    finish_reason: FinishReason
    """Why it ended."""
    raw_finish_reason: str | None
    """The provider's own word for it; null when it gave none."""


def _decode_completion_choice_finished(data: Mapping[str, Any]) -> CompletionChoiceFinished:
    return CompletionChoiceFinished(
        typename="CompletionChoiceFinished",
        sequence=data["sequence"],
        choice=data["choice"],
        finish_reason=FinishReason(data["finishReason"]),
        raw_finish_reason=data["rawFinishReason"],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionExtra:
    """Fields of the provider's stream that have no name here."""
    typename: Literal["CompletionExtra"]
    """Name of the type, to tell members apart."""
    sequence: int
    """Position in the stream."""
    choice: int
    """Choice it belongs to."""
    extra: Any
    """The fields; a JSON object."""


def _decode_completion_extra(data: Mapping[str, Any]) -> CompletionExtra:
    return CompletionExtra(
        typename="CompletionExtra",
        sequence=data["sequence"],
        choice=data["choice"],
        extra=data["extra"],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionFailed:
    """The answer ended with a failure; what was delivered before is recorded and counted. Last event."""
    typename: Literal["CompletionFailed"]
    """Name of the type, to tell members apart."""
    sequence: int
    """Position in the stream."""
    failed_completion: CompletionSummary | None
    """The record; null when it was refused before one was made."""
    error: CompletionProblem
    """What went wrong."""


def _decode_completion_failed(data: Mapping[str, Any]) -> CompletionFailed:
    return CompletionFailed(
        typename="CompletionFailed",
        sequence=data["sequence"],
        failed_completion=None if data["failedCompletion"] is None else _decode_completion_summary(data["failedCompletion"]),
        error=_decode_completion_problem(data["error"]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionSummary:
    """The record of one call for a completion."""
    id: str
    """Opaque id; also the `x-request-id` of the REST doors."""
    status: CompletionStatus
    """Where it stands."""
    outcome: CompletionOutcome | None
    """How it ended; null while it runs."""
    door: CompletionDoor
    """Door it came through."""
    operation: CompletionOperation
    """What was asked for."""
    is_streaming: bool
    """Whether the answer was streamed."""
    requested_model: str
    """Name of the model as the caller wrote it."""
    model: CompletionSummaryModel | None
    """Model that served it; null while none has, or when it has left the catalogue."""
    started_at: datetime
    """When it was taken in."""
    settled_at: datetime | None
    """When it ended; null while it runs."""
    finish_reason: FinishReason | None
    """Why the first choice ended; null while it runs or when it failed."""
    usage: UsageDetails | None
    """Tokens by bucket, summed over its attempts; null while it runs."""
    cost: CompletionSummaryCost | None
    """What it cost, summed over its attempts; null while it runs."""
    timing: CompletionSummaryTiming | None
    """How long it took; null while it runs."""
    failure: CompletionSummaryFailure | None
    """Why it failed; null unless it did."""
    warnings: list[str]
    """What the provider could not do of what was asked, one sentence each; at most 64."""
    metadata: Any | None
    """Caller's labels; null when none were given."""


def _decode_completion_summary(data: Mapping[str, Any]) -> CompletionSummary:
    return CompletionSummary(
        id=data["id"],
        status=CompletionStatus(data["status"]),
        outcome=None if data["outcome"] is None else CompletionOutcome(data["outcome"]),
        door=CompletionDoor(data["door"]),
        operation=CompletionOperation(data["operation"]),
        is_streaming=data["isStreaming"],
        requested_model=data["requestedModel"],
        model=None if data["model"] is None else _decode_completion_summary_model(data["model"]),
        started_at=datetime.fromisoformat(data["startedAt"]),
        settled_at=None if data["settledAt"] is None else datetime.fromisoformat(data["settledAt"]),
        finish_reason=None if data["finishReason"] is None else FinishReason(data["finishReason"]),
        usage=None if data["usage"] is None else _decode_usage_details(data["usage"]),
        cost=None if data["cost"] is None else _decode_completion_summary_cost(data["cost"]),
        timing=None if data["timing"] is None else _decode_completion_summary_timing(data["timing"]),
        failure=None if data["failure"] is None else _decode_completion_summary_failure(data["failure"]),
        warnings=data["warnings"],
        metadata=data["metadata"],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionSummaryModel:
    """A model as one provider serves it."""
    id: str
    """Opaque id."""
    name: str
    """Name to call it by, such as `openai/gpt-4.1-mini`."""


def _decode_completion_summary_model(data: Mapping[str, Any]) -> CompletionSummaryModel:
    return CompletionSummaryModel(
        id=data["id"],
        name=data["name"],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionSummaryCost:
    """Money for a completion or an attempt."""
    amount_usd: Decimal | None
    """Amount in USD with nine decimals; null when the price is unknown, which never means free."""
    basis: Basis
    """How the tokens behind it were found."""
    reserved_usd: Decimal | None
    """Upper bound that was reserved before the call, in USD; null when the price was unknown."""
    adjustment_usd: Decimal | None
    """The part of the amount that pricing the call again has added, in USD; negative when it became cheaper, null when it was never changed."""


def _decode_completion_summary_cost(data: Mapping[str, Any]) -> CompletionSummaryCost:
    return CompletionSummaryCost(
        amount_usd=None if data["amountUsd"] is None else Decimal(data["amountUsd"]),
        basis=Basis(data["basis"]),
        reserved_usd=None if data["reservedUsd"] is None else Decimal(data["reservedUsd"]),
        adjustment_usd=None if data["adjustmentUsd"] is None else Decimal(data["adjustmentUsd"]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionSummaryTiming:
    """Durations in milliseconds."""
    time_to_first_token_ms: float | None
    """From taking it in to the first output; null when there was none."""
    duration_ms: float
    """From taking it in to the end."""
    overhead_ms: float | None
    """Our own share: everything but waiting for providers; null when unknown."""


def _decode_completion_summary_timing(data: Mapping[str, Any]) -> CompletionSummaryTiming:
    return CompletionSummaryTiming(
        time_to_first_token_ms=None if data["timeToFirstTokenMs"] is None else float(data["timeToFirstTokenMs"]),
        duration_ms=float(data["durationMs"]),
        overhead_ms=None if data["overheadMs"] is None else float(data["overheadMs"]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionSummaryFailure:
    """Why a completion failed."""
    code: str
    """Machine-readable kind; equal to the code in the error catalogue of the documentation."""
    message: str
    """Sentence that the caller was told."""


def _decode_completion_summary_failure(data: Mapping[str, Any]) -> CompletionSummaryFailure:
    return CompletionSummaryFailure(
        code=data["code"],
        message=data["message"],
    )


CompletionProblem: TypeAlias = "CompletionProblemConflictError | CompletionProblemContentBlockedError | CompletionProblemContextTooLongError | CompletionProblemInvalidInputError | CompletionProblemNoRouteError | CompletionProblemNotFoundError | CompletionProblemProviderFailedError | CompletionProblemQuotaExceededError | CompletionProblemTimeoutError"
"""What can go wrong with a completion."""


def _decode_completion_problem(data: Mapping[str, Any]) -> CompletionProblem:
    match data["__typename"]:
        case "ConflictError":
            return _decode_completion_problem_conflict_error(data)
        case "ContentBlockedError":
            return _decode_completion_problem_content_blocked_error(data)
        case "ContextTooLongError":
            return _decode_completion_problem_context_too_long_error(data)
        case "InvalidInputError":
            return _decode_completion_problem_invalid_input_error(data)
        case "NoRouteError":
            return _decode_completion_problem_no_route_error(data)
        case "NotFoundError":
            return _decode_completion_problem_not_found_error(data)
        case "ProviderFailedError":
            return _decode_completion_problem_provider_failed_error(data)
        case "QuotaExceededError":
            return _decode_completion_problem_quota_exceeded_error(data)
        case "TimeoutError":
            return _decode_completion_problem_timeout_error(data)
        case other:
            raise unknown_member("CompletionProblem", other)


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionProblemConflictError:
    """The act contradicts the present state, such as an idempotency key used for another input. Repeating it unchanged cannot succeed."""
    typename: Literal["ConflictError"]
    """Name of the type, to tell members apart."""
    message: str
    """Sentence for a person."""
    code: str
    """Always `CONFLICT`."""
    path: list[str] | None
    """Input path of the contradicting value."""


def _decode_completion_problem_conflict_error(data: Mapping[str, Any]) -> CompletionProblemConflictError:
    return CompletionProblemConflictError(
        typename="ConflictError",
        message=data["message"],
        code=data["code"],
        path=data["path"],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionProblemContentBlockedError:
    """The prompt or the answer was blocked by the provider's content policy."""
    typename: Literal["ContentBlockedError"]
    """Name of the type, to tell members apart."""
    message: str
    """Sentence for a person."""
    code: str
    """Always `CONTENT_BLOCKED`."""
    path: list[str] | None
    """Null: the provider does not say where."""


def _decode_completion_problem_content_blocked_error(data: Mapping[str, Any]) -> CompletionProblemContentBlockedError:
    return CompletionProblemContentBlockedError(
        typename="ContentBlockedError",
        message=data["message"],
        code=data["code"],
        path=data["path"],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionProblemContextTooLongError:
    """The prompt is longer than the model's context."""
    typename: Literal["ContextTooLongError"]
    """Name of the type, to tell members apart."""
    message: str
    """Sentence for a person."""
    code: str
    """Always `CONTEXT_TOO_LONG`."""
    path: list[str] | None
    """Input path of the messages."""


def _decode_completion_problem_context_too_long_error(data: Mapping[str, Any]) -> CompletionProblemContextTooLongError:
    return CompletionProblemContextTooLongError(
        typename="ContextTooLongError",
        message=data["message"],
        code=data["code"],
        path=data["path"],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionProblemInvalidInputError:
    """Input that breaks a rule the schema cannot express."""
    typename: Literal["InvalidInputError"]
    """Name of the type, to tell members apart."""
    message: str
    """Sentence for a person."""
    code: str
    """Always `INVALID_INPUT`."""
    path: list[str] | None
    """Input path of the offending value."""


def _decode_completion_problem_invalid_input_error(data: Mapping[str, Any]) -> CompletionProblemInvalidInputError:
    return CompletionProblemInvalidInputError(
        typename="InvalidInputError",
        message=data["message"],
        code=data["code"],
        path=data["path"],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionProblemNoRouteError:
    """The model exists, but nothing that serves it can be used now."""
    typename: Literal["NoRouteError"]
    """Name of the type, to tell members apart."""
    message: str
    """Sentence for a person."""
    code: str
    """Always `NO_ROUTE`."""
    path: list[str] | None
    """Input path of the model."""
    reasons: list[str]
    """Why each candidate was left out, one sentence each."""
    is_retryable: bool
    """Whether the same call may succeed later."""


def _decode_completion_problem_no_route_error(data: Mapping[str, Any]) -> CompletionProblemNoRouteError:
    return CompletionProblemNoRouteError(
        typename="NoRouteError",
        message=data["message"],
        code=data["code"],
        path=data["path"],
        reasons=data["reasons"],
        is_retryable=data["isRetryable"],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionProblemNotFoundError:
    """Something named in the input does not exist, or is not yours."""
    typename: Literal["NotFoundError"]
    """Name of the type, to tell members apart."""
    message: str
    """Sentence for a person."""
    code: str
    """Always `NOT_FOUND`."""
    path: list[str] | None
    """Input path of the name."""


def _decode_completion_problem_not_found_error(data: Mapping[str, Any]) -> CompletionProblemNotFoundError:
    return CompletionProblemNotFoundError(
        typename="NotFoundError",
        message=data["message"],
        code=data["code"],
        path=data["path"],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionProblemProviderFailedError:
    """Every provider that was called failed."""
    typename: Literal["ProviderFailedError"]
    """Name of the type, to tell members apart."""
    message: str
    """Sentence for a person; never the provider's own text."""
    code: str
    """Always `PROVIDER_FAILED`."""
    path: list[str] | None
    """Null: nothing in the input is to blame."""
    is_retryable: bool
    """Whether the same call may succeed later."""
    attempts: list[AttemptProblem]
    """Calls that were made, in order."""


def _decode_completion_problem_provider_failed_error(data: Mapping[str, Any]) -> CompletionProblemProviderFailedError:
    return CompletionProblemProviderFailedError(
        typename="ProviderFailedError",
        message=data["message"],
        code=data["code"],
        path=data["path"],
        is_retryable=data["isRetryable"],
        attempts=[_decode_attempt_problem(item) for item in data["attempts"]],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptProblem:
    """One call to a provider, as far as an error tells of it."""
    attempt_id: str
    """Id of the attempt."""
    provider_id: str
    """Provider that was called, such as `openai`."""
    model_id: str
    """Model in the catalogue, such as `openai/gpt-4.1-mini`."""
    error_class: AttemptErrorClass | None
    """Class of the failure; null when it did not fail."""
    http_status: int | None
    """HTTP status of the provider's answer; null when there was none."""


def _decode_attempt_problem(data: Mapping[str, Any]) -> AttemptProblem:
    return AttemptProblem(
        attempt_id=data["attemptId"],
        provider_id=data["providerId"],
        model_id=data["modelId"],
        error_class=None if data["errorClass"] is None else AttemptErrorClass(data["errorClass"]),
        http_status=data["httpStatus"],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionProblemQuotaExceededError:
    """A cost bound would be exceeded; nothing was spent."""
    typename: Literal["QuotaExceededError"]
    """Name of the type, to tell members apart."""
    message: str
    """Sentence for a person."""
    code: str
    """Always `QUOTA_EXCEEDED`."""
    path: list[str] | None
    """Input path of the bound, or null when it is not in the input."""


def _decode_completion_problem_quota_exceeded_error(data: Mapping[str, Any]) -> CompletionProblemQuotaExceededError:
    return CompletionProblemQuotaExceededError(
        typename="QuotaExceededError",
        message=data["message"],
        code=data["code"],
        path=data["path"],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionProblemTimeoutError:
    """The deadline passed before the answer was complete."""
    typename: Literal["TimeoutError"]
    """Name of the type, to tell members apart."""
    message: str
    """Sentence for a person."""
    code: str
    """Always `TIMEOUT`."""
    path: list[str] | None
    """Input path of the deadline, or null for the server's own."""
    attempts: list[AttemptProblem]
    """Calls that were made, in order."""


def _decode_completion_problem_timeout_error(data: Mapping[str, Any]) -> CompletionProblemTimeoutError:
    return CompletionProblemTimeoutError(
        typename="TimeoutError",
        message=data["message"],
        code=data["code"],
        path=data["path"],
        attempts=[_decode_attempt_problem(item) for item in data["attempts"]],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionFinished:
    """The whole answer was delivered, metered and recorded. Last event."""
    typename: Literal["CompletionFinished"]
    """Name of the type, to tell members apart."""
    sequence: int
    """Position in the stream."""
    completion: CompletionDetails
    """The record, with usage and cost."""


def _decode_completion_finished(data: Mapping[str, Any]) -> CompletionFinished:
    return CompletionFinished(
        typename="CompletionFinished",
        sequence=data["sequence"],
        completion=_decode_completion_details(data["completion"]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionLogprobs:
    """Log probabilities of the last delta."""
    typename: Literal["CompletionLogprobs"]
    """Name of the type, to tell members apart."""
    sequence: int
    """Position in the stream."""
    choice: int
    """Choice it belongs to."""
    logprobs: Any
    """Log probabilities in the provider's form."""


def _decode_completion_logprobs(data: Mapping[str, Any]) -> CompletionLogprobs:
    return CompletionLogprobs(
        typename="CompletionLogprobs",
        sequence=data["sequence"],
        choice=data["choice"],
        logprobs=data["logprobs"],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionReasoningDelta:
    """More reasoning."""
    typename: Literal["CompletionReasoningDelta"]
    """Name of the type, to tell members apart."""
    sequence: int
    """Position in the stream."""
    choice: int
    """Choice it belongs to."""
    text: str
    """The text to append."""


def _decode_completion_reasoning_delta(data: Mapping[str, Any]) -> CompletionReasoningDelta:
    return CompletionReasoningDelta(
        typename="CompletionReasoningDelta",
        sequence=data["sequence"],
        choice=data["choice"],
        text=data["text"],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionReasoningEnded:
    """A part of the reasoning is complete."""
    typename: Literal["CompletionReasoningEnded"]
    """Name of the type, to tell members apart."""
    sequence: int
    """Position in the stream."""
    choice: int
    """Choice it belongs to."""
    signature: str | None
    """Opaque signature; null when the provider gave none."""
    redacted_data: str | None
    """Opaque data of withheld reasoning; null otherwise."""


def _decode_completion_reasoning_ended(data: Mapping[str, Any]) -> CompletionReasoningEnded:
    return CompletionReasoningEnded(
        typename="CompletionReasoningEnded",
        sequence=data["sequence"],
        choice=data["choice"],
        signature=data["signature"],
        redacted_data=data["redactedData"],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionRefusalDelta:
    """More of a refusal."""
    typename: Literal["CompletionRefusalDelta"]
    """Name of the type, to tell members apart."""
    sequence: int
    """Position in the stream."""
    choice: int
    """Choice it belongs to."""
    text: str
    """The text to append."""


def _decode_completion_refusal_delta(data: Mapping[str, Any]) -> CompletionRefusalDelta:
    return CompletionRefusalDelta(
        typename="CompletionRefusalDelta",
        sequence=data["sequence"],
        choice=data["choice"],
        text=data["text"],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionStarted:
    """The provider has begun to answer and the start is recorded."""
    typename: Literal["CompletionStarted"]
    """Name of the type, to tell members apart."""
    sequence: int
    """Position in the stream."""
    completion_id: str
    """Id of the completion."""
    model: str
    """Name of the model that answers, as in the catalogue."""
    warnings: list[str]
    """What the provider could not do of what was asked; at most 64."""


def _decode_completion_started(data: Mapping[str, Any]) -> CompletionStarted:
    return CompletionStarted(
        typename="CompletionStarted",
        sequence=data["sequence"],
        completion_id=data["completionId"],
        model=data["model"],
        warnings=data["warnings"],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionTextDelta:
    """More text."""
    typename: Literal["CompletionTextDelta"]
    """Name of the type, to tell members apart."""
    sequence: int
    """Position in the stream."""
    choice: int
    """Choice it belongs to."""
    text: str
    """The text to append."""


def _decode_completion_text_delta(data: Mapping[str, Any]) -> CompletionTextDelta:
    return CompletionTextDelta(
        typename="CompletionTextDelta",
        sequence=data["sequence"],
        choice=data["choice"],
        text=data["text"],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionToolCallDelta:
    """More of a tool call's arguments."""
    typename: Literal["CompletionToolCallDelta"]
    """Name of the type, to tell members apart."""
    sequence: int
    """Position in the stream."""
    choice: int
    """Choice it belongs to."""
    index: int
    """Position among the choice's tool calls, from 0."""
    arguments_text: str
    """JSON text to append."""


def _decode_completion_tool_call_delta(data: Mapping[str, Any]) -> CompletionToolCallDelta:
    return CompletionToolCallDelta(
        typename="CompletionToolCallDelta",
        sequence=data["sequence"],
        choice=data["choice"],
        index=data["index"],
        arguments_text=data["argumentsText"],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionToolCallStarted:
    """The model begins to ask for a tool call."""
    typename: Literal["CompletionToolCallStarted"]
    """Name of the type, to tell members apart."""
    sequence: int
    """Position in the stream."""
    choice: int
    """Choice it belongs to."""
    index: int
    """Position among the choice's tool calls, from 0."""
    tool_call_id: str
    """Id that the answer must quote."""
    name: str
    """Name of the tool."""


def _decode_completion_tool_call_started(data: Mapping[str, Any]) -> CompletionToolCallStarted:
    return CompletionToolCallStarted(
        typename="CompletionToolCallStarted",
        sequence=data["sequence"],
        choice=data["choice"],
        index=data["index"],
        tool_call_id=data["toolCallId"],
        name=data["name"],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Completions:
    """A page of completions."""
    nodes: list[CompletionSummary]
    """The completions alone."""
    page_info: Page
    """Where the page stands."""


def _decode_completions(data: Mapping[str, Any]) -> Completions:
    return Completions(
        nodes=[_decode_completion_summary(item) for item in data["nodes"]],
        page_info=_decode_page(data["pageInfo"]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Where a page of a connection stands."""
    has_next_page: bool
    """Whether there are edges after the last one here."""
    has_previous_page: bool
    """Whether there are edges before the first one here."""
    start_cursor: str | None
    """Cursor of the first edge; null on an empty page."""
    end_cursor: str | None
    """Cursor of the last edge; null on an empty page."""


def _decode_page(data: Mapping[str, Any]) -> Page:
    return Page(
        has_next_page=data["hasNextPage"],
        has_previous_page=data["hasPreviousPage"],
        start_cursor=data["startCursor"],
        end_cursor=data["endCursor"],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionsRerate:
    """What came of the order to price calls again."""
    rerating: ReratingDetails
    """The pass, which has just begun; null when it was refused."""


def _decode_completions_rerate(data: Mapping[str, Any]) -> CompletionsRerate:
    return CompletionsRerate(
        rerating=_decode_rerating_details(data["rerating"]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReratingDetails:
    """A pass over calls that prices them again."""
    id: str
    """Opaque id."""
    is_dry_run: bool
    """Whether it only tells what would change."""
    is_finished: bool
    """Whether all of its calls have been looked at."""
    examined_attempts: int
    """Calls to providers that were looked at so far."""
    changed_attempts: int
    """Those whose price is another one now, or known for the first time."""
    unpriced_attempts: int
    """Those whose price is still unknown."""
    difference_usd: Decimal
    """What the changes add up to, in USD; negative when calls became cheaper."""
    differences: list[ReratingDetailsDifferences]
    """The changes by model and price, largest first; at most 100."""
    created_at: datetime
    """When it was ordered."""
    finished_at: datetime | None
    """When it ended; null while it runs."""


def _decode_rerating_details(data: Mapping[str, Any]) -> ReratingDetails:
    return ReratingDetails(
        id=data["id"],
        is_dry_run=data["isDryRun"],
        is_finished=data["isFinished"],
        examined_attempts=int(data["examinedAttempts"]),
        changed_attempts=int(data["changedAttempts"]),
        unpriced_attempts=int(data["unpricedAttempts"]),
        difference_usd=Decimal(data["differenceUsd"]),
        differences=[_decode_rerating_details_differences(item) for item in data["differences"]],
        created_at=datetime.fromisoformat(data["createdAt"]),
        finished_at=None if data["finishedAt"] is None else datetime.fromisoformat(data["finishedAt"]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReratingDetailsDifferences:
    """What a pass changes for one model from one price to another."""
    model_name: str
    """Name of the model."""
    previous_price_version: str | None
    """The price before; null when there was none."""
    price_version: str
    """The price now."""
    attempts: int
    """Calls to the provider that it concerns."""
    difference_usd: Decimal
    """What they add up to, in USD."""


def _decode_rerating_details_differences(data: Mapping[str, Any]) -> ReratingDetailsDifferences:
    return ReratingDetailsDifferences(
        model_name=data["modelName"],
        previous_price_version=data["previousPriceVersion"],
        price_version=data["priceVersion"],
        attempts=int(data["attempts"]),
        difference_usd=Decimal(data["differenceUsd"]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbeddingsCreate:
    """Vectors, and the record of the call."""
    completion: CompletionDetails
    """The record of the call; also present when it failed after it was recorded. Null when it was refused before."""
    embeddings: list[EmbeddingsCreateEmbeddings]
    """One for each text, in order, at most 2,048; null when the call failed."""


def _decode_embeddings_create(data: Mapping[str, Any]) -> EmbeddingsCreate:
    return EmbeddingsCreate(
        completion=_decode_completion_details(data["completion"]),
        embeddings=[_decode_embeddings_create_embeddings(item) for item in data["embeddings"]],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbeddingsCreateEmbeddings:
    """A text as a vector."""
    index: int
    """Position of the text."""
    vector: list[float]
    """The numbers, at most a few thousand."""


def _decode_embeddings_create_embeddings(data: Mapping[str, Any]) -> EmbeddingsCreateEmbeddings:
    return EmbeddingsCreateEmbeddings(
        index=data["index"],
        vector=[float(item) for item in data["vector"]],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageCreate:
    """Images, and the record of the call."""
    completion: CompletionDetails
    """The record of the call; also present when it failed after it was recorded. Null when it was refused before."""
    images: list[ImageCreateImages]
    """The images, at most 20; null when the call failed."""


def _decode_image_create(data: Mapping[str, Any]) -> ImageCreate:
    return ImageCreate(
        completion=_decode_completion_details(data["completion"]),
        images=[_decode_image_create_images(item) for item in data["images"]],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageCreateImages:
    """An image that a model made. Exactly one of `url` and `base64` is there."""
    url: str | None
    """Address at the provider, for a while; null when the bytes came."""
    base64: str | None
    """Base64 of the bytes; null when an address came."""
    revised_prompt: str | None
    """The prompt that was used instead; null when it was used as it is."""


def _decode_image_create_images(data: Mapping[str, Any]) -> ImageCreateImages:
    return ImageCreateImages(
        url=data["url"],
        base64=data["base64"],
        revised_prompt=data["revisedPrompt"],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelAliasCreate:
    """What came of `modelAliasCreate`."""
    alias: ModelAliasDetails
    """The alias. Null when it was not done."""


def _decode_model_alias_create(data: Mapping[str, Any]) -> ModelAliasCreate:
    return ModelAliasCreate(
        alias=_decode_model_alias_details(data["alias"]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelAliasDetails:
    """A name that stands for one or more models, best first. Calls write it in the place of a model's name."""
    id: str
    """Opaque id."""
    name: str
    """Name; without a slash, so that it is never taken for a provider's model."""
    targets: list[str]
    """Names of models, best first; the next is tried when one cannot serve."""
    source: ProviderAccountSource
    """Where it is written down."""
    created_at: datetime | None
    """When it was made; null for aliases of the file."""
    updated_at: datetime | None
    """When it was last changed; null for aliases of the file."""


def _decode_model_alias_details(data: Mapping[str, Any]) -> ModelAliasDetails:
    return ModelAliasDetails(
        id=data["id"],
        name=data["name"],
        targets=data["targets"],
        source=ProviderAccountSource(data["source"]),
        created_at=None if data["createdAt"] is None else datetime.fromisoformat(data["createdAt"]),
        updated_at=None if data["updatedAt"] is None else datetime.fromisoformat(data["updatedAt"]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelAliasDelete:
    """What came of `modelAliasDelete`."""
    alias: ModelAliasDetails
    """The alias as it was. Null when it was not done."""


def _decode_model_alias_delete(data: Mapping[str, Any]) -> ModelAliasDelete:
    return ModelAliasDelete(
        alias=_decode_model_alias_details(data["alias"]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelAliasUpdate:
    """What came of `modelAliasUpdate`."""
    alias: ModelAliasDetails
    """The alias as it is now. Null when it was not done."""


def _decode_model_alias_update(data: Mapping[str, Any]) -> ModelAliasUpdate:
    return ModelAliasUpdate(
        alias=_decode_model_alias_details(data["alias"]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelAliases:
    """A page of aliases."""
    nodes: list[ModelAliasDetails]
    """The aliases alone."""
    page_info: Page
    """Where the page stands."""
    total_count: int
    """Number of aliases."""


def _decode_model_aliases(data: Mapping[str, Any]) -> ModelAliases:
    return ModelAliases(
        nodes=[_decode_model_alias_details(item) for item in data["nodes"]],
        page_info=_decode_page(data["pageInfo"]),
        total_count=data["totalCount"],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelPriceSet:
    """What came of setting a price."""
    price: ModelPriceVersionDetails
    """The price as it was set; null when it was refused."""


def _decode_model_price_set(data: Mapping[str, Any]) -> ModelPriceSet:
    return ModelPriceSet(
        price=_decode_model_price_version_details(data["price"]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelPriceVersionDetails:
    """A price that was set on this installation; it never changes."""
    id: str
    """Opaque id."""
    model_name: str
    """Name of the model, `<provider>/<model>`."""
    version: str
    """Stable name of this version, which every amount quotes."""
    effective_from: datetime
    """From when on it applies."""
    source: str
    """Where the figures come from."""
    price: ModelPriceVersionDetailsPrice | None
    """What the model costs; null when from then on what comes with the server counts again."""
    set_at: datetime
    """When it was set."""


def _decode_model_price_version_details(data: Mapping[str, Any]) -> ModelPriceVersionDetails:
    return ModelPriceVersionDetails(
        id=data["id"],
        model_name=data["modelName"],
        version=data["version"],
        effective_from=datetime.fromisoformat(data["effectiveFrom"]),
        source=data["source"],
        price=None if data["price"] is None else _decode_model_price_version_details_price(data["price"]),
        set_at=datetime.fromisoformat(data["setAt"]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelPriceVersionDetailsPrice:
    """Prices in force from a date on, in USD for a million tokens of each bucket. A bucket without a price is billed as the note beside it says."""
    version: str
    """Stable name of this version, which every amount quotes."""
    input_usd_per_million: Decimal
    """Input tokens."""
    output_usd_per_million: Decimal
    """Output tokens."""
    cached_read_usd_per_million: Decimal | None
    """Input tokens read from the prompt cache; null: as input."""
    cache_write_usd_per_million: Decimal | None
    """Input tokens written to the prompt cache; null: as input."""
    cache_write_hour_usd_per_million: Decimal | None
    """Input tokens written to a prompt cache that keeps them for an hour; null: unknown."""
    reasoning_usd_per_million: Decimal | None
    """Reasoning tokens; null: as output."""
    audio_input_usd_per_million: Decimal | None
    """Tokens of sound that is read; null: unknown."""
    audio_output_usd_per_million: Decimal | None
    """Tokens of sound that is written; null: unknown."""
    image_input_usd_per_million: Decimal | None
    """Tokens of images that are read; null: as input."""
    per_image_usd: Decimal | None
    """An image that is made; null: not charged by the piece, or unknown."""
    per_search_usd: Decimal | None
    """A search unit, as rerankers charge; null: not charged by the piece, or unknown."""
    per_audio_second_usd: Decimal | None
    """A second of sound; null: not charged by the piece, or unknown."""
    per_character_usd: Decimal | None
    """A character that is spoken; null: not charged by the piece, or unknown."""


def _decode_model_price_version_details_price(data: Mapping[str, Any]) -> ModelPriceVersionDetailsPrice:
    return ModelPriceVersionDetailsPrice(
        version=data["version"],
        input_usd_per_million=Decimal(data["inputUsdPerMillion"]),
        output_usd_per_million=Decimal(data["outputUsdPerMillion"]),
        cached_read_usd_per_million=None if data["cachedReadUsdPerMillion"] is None else Decimal(data["cachedReadUsdPerMillion"]),
        cache_write_usd_per_million=None if data["cacheWriteUsdPerMillion"] is None else Decimal(data["cacheWriteUsdPerMillion"]),
        cache_write_hour_usd_per_million=None if data["cacheWriteHourUsdPerMillion"] is None else Decimal(data["cacheWriteHourUsdPerMillion"]),
        reasoning_usd_per_million=None if data["reasoningUsdPerMillion"] is None else Decimal(data["reasoningUsdPerMillion"]),
        audio_input_usd_per_million=None if data["audioInputUsdPerMillion"] is None else Decimal(data["audioInputUsdPerMillion"]),
        audio_output_usd_per_million=None if data["audioOutputUsdPerMillion"] is None else Decimal(data["audioOutputUsdPerMillion"]),
        image_input_usd_per_million=None if data["imageInputUsdPerMillion"] is None else Decimal(data["imageInputUsdPerMillion"]),
        per_image_usd=None if data["perImageUsd"] is None else Decimal(data["perImageUsd"]),
        per_search_usd=None if data["perSearchUsd"] is None else Decimal(data["perSearchUsd"]),
        per_audio_second_usd=None if data["perAudioSecondUsd"] is None else Decimal(data["perAudioSecondUsd"]),
        per_character_usd=None if data["perCharacterUsd"] is None else Decimal(data["perCharacterUsd"]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelPrices:
    """A page of prices that were set."""
    nodes: list[ModelPriceVersionDetails]
    """The prices alone."""
    page_info: Page
    """Where the page stands."""
    total_count: int
    """Number of prices that were set."""


def _decode_model_prices(data: Mapping[str, Any]) -> ModelPrices:
    return ModelPrices(
        nodes=[_decode_model_price_version_details(item) for item in data["nodes"]],
        page_info=_decode_page(data["pageInfo"]),
        total_count=data["totalCount"],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Models:
    """A page of models."""
    nodes: list[ModelDetails]
    """The models alone."""
    page_info: Page
    """Where the page stands."""
    total_count: int
    """Number of models that match the filter."""


def _decode_models(data: Mapping[str, Any]) -> Models:
    return Models(
        nodes=[_decode_model_details(item) for item in data["nodes"]],
        page_info=_decode_page(data["pageInfo"]),
        total_count=data["totalCount"],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelDetails:
    """A model as one provider serves it."""
    id: str
    """Opaque id."""
    name: str
    """Name to call it by, such as `openai/gpt-4.1-mini`."""
    display_name: str
    """Name for people."""
    provider: ModelDetailsProvider
    """Who serves it."""
    family: str | None
    """Line of models that it belongs to, such as `gpt-mini`; null where unknown."""
    knowledge_until: str | None
    """Date or month until which it knows the world; null where unknown."""
    released_at: datetime | None
    """When it came out; null where unknown."""
    context_tokens: int | None
    """Tokens that input and output may have together; null where unknown."""
    max_input_tokens: int | None
    """Tokens that the input may have; null where only the context bounds it."""
    max_output_tokens: int | None
    """Tokens that the output may have; null where unknown."""
    kind: ModelKind
    """What it is for."""
    input_modalities: list[Modality]
    """What it reads; empty where unknown, at most 8."""
    output_modalities: list[Modality]
    """What it writes; empty where unknown, at most 8."""
    has_open_weights: bool | None
    """Whether anybody may run it; null where unknown."""
    is_deprecated: bool
    """Whether its vendor has announced its end."""
    capabilities: ModelDetailsCapabilities
    """Abilities that callers choose by."""
    price: ModelDetailsPrice | None
    """Price in force now; null where none is known, which never means free."""
    is_available: bool
    """Whether it can be called now."""
    unavailable_reason: str | None
    """What would make it available; null when it is."""


def _decode_model_details(data: Mapping[str, Any]) -> ModelDetails:
    return ModelDetails(
        id=data["id"],
        name=data["name"],
        display_name=data["displayName"],
        provider=_decode_model_details_provider(data["provider"]),
        family=data["family"],
        knowledge_until=data["knowledgeUntil"],
        released_at=None if data["releasedAt"] is None else datetime.fromisoformat(data["releasedAt"]),
        context_tokens=data["contextTokens"],
        max_input_tokens=data["maxInputTokens"],
        max_output_tokens=data["maxOutputTokens"],
        kind=ModelKind(data["kind"]),
        input_modalities=[Modality(item) for item in data["inputModalities"]],
        output_modalities=[Modality(item) for item in data["outputModalities"]],
        has_open_weights=data["hasOpenWeights"],
        is_deprecated=data["isDeprecated"],
        capabilities=_decode_model_details_capabilities(data["capabilities"]),
        price=None if data["price"] is None else _decode_model_details_price(data["price"]),
        is_available=data["isAvailable"],
        unavailable_reason=data["unavailableReason"],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelDetailsProvider:
    """Somebody who serves models."""
    id: str
    """Opaque id."""
    name: str
    """Stable name, the part of a model's name before the slash."""


def _decode_model_details_provider(data: Mapping[str, Any]) -> ModelDetailsProvider:
    return ModelDetailsProvider(
        id=data["id"],
        name=data["name"],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelDetailsCapabilities:
    """Abilities of a model."""
    has_vision: bool
    """Reads images."""
    has_documents: bool
    """Reads documents."""
    has_audio: bool
    """Reads or writes sound."""
    has_tools: bool
    """Calls tools."""
    has_structured_output: bool
    """Keeps to a JSON schema."""
    has_reasoning: bool
    """Thinks before it answers."""


def _decode_model_details_capabilities(data: Mapping[str, Any]) -> ModelDetailsCapabilities:
    return ModelDetailsCapabilities(
        has_vision=data["hasVision"],
        has_documents=data["hasDocuments"],
        has_audio=data["hasAudio"],
        has_tools=data["hasTools"],
        has_structured_output=data["hasStructuredOutput"],
        has_reasoning=data["hasReasoning"],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelDetailsPrice:
    """Prices in force from a date on, in USD for a million tokens of each bucket. A bucket without a price is billed as the note beside it says."""
    version: str
    """Stable name of this version, which every amount quotes."""
    effective_from: datetime
    """From when on it applies."""
    source: str
    """Where the figures come from."""
    input_usd_per_million: Decimal
    """Input tokens."""
    output_usd_per_million: Decimal
    """Output tokens."""
    cached_read_usd_per_million: Decimal | None
    """Input tokens read from the prompt cache; null: as input."""
    cache_write_usd_per_million: Decimal | None
    """Input tokens written to the prompt cache; null: as input."""
    reasoning_usd_per_million: Decimal | None
    """Reasoning tokens; null: as output."""
    cache_write_hour_usd_per_million: Decimal | None
    """Input tokens written to a prompt cache that keeps them for an hour; null: unknown."""
    audio_input_usd_per_million: Decimal | None
    """Tokens of sound that is read; null: unknown."""
    audio_output_usd_per_million: Decimal | None
    """Tokens of sound that is written; null: unknown."""
    image_input_usd_per_million: Decimal | None
    """Tokens of images that are read; null: as input."""
    per_image_usd: Decimal | None
    """An image that is made; null: not charged by the piece, or unknown."""
    per_search_usd: Decimal | None
    """A search unit, as rerankers charge; null: not charged by the piece, or unknown."""
    per_audio_second_usd: Decimal | None
    """A second of sound; null: not charged by the piece, or unknown."""
    per_character_usd: Decimal | None
    """A character that is spoken; null: not charged by the piece, or unknown."""
    context_tiers: list[ModelDetailsPriceContextTiers]
    """Rates of a whole call whose input is larger than a size, ascending; at most 8."""
    service_tiers: list[ModelDetailsPriceServiceTiers]
    """Rates at service tiers other than the usual one, as far as they are known; at most 8. The cost of a tier that is not here is unknown."""


def _decode_model_details_price(data: Mapping[str, Any]) -> ModelDetailsPrice:
    return ModelDetailsPrice(
        version=data["version"],
        effective_from=datetime.fromisoformat(data["effectiveFrom"]),
        source=data["source"],
        input_usd_per_million=Decimal(data["inputUsdPerMillion"]),
        output_usd_per_million=Decimal(data["outputUsdPerMillion"]),
        cached_read_usd_per_million=None if data["cachedReadUsdPerMillion"] is None else Decimal(data["cachedReadUsdPerMillion"]),
        cache_write_usd_per_million=None if data["cacheWriteUsdPerMillion"] is None else Decimal(data["cacheWriteUsdPerMillion"]),
        reasoning_usd_per_million=None if data["reasoningUsdPerMillion"] is None else Decimal(data["reasoningUsdPerMillion"]),
        cache_write_hour_usd_per_million=None if data["cacheWriteHourUsdPerMillion"] is None else Decimal(data["cacheWriteHourUsdPerMillion"]),
        audio_input_usd_per_million=None if data["audioInputUsdPerMillion"] is None else Decimal(data["audioInputUsdPerMillion"]),
        audio_output_usd_per_million=None if data["audioOutputUsdPerMillion"] is None else Decimal(data["audioOutputUsdPerMillion"]),
        image_input_usd_per_million=None if data["imageInputUsdPerMillion"] is None else Decimal(data["imageInputUsdPerMillion"]),
        per_image_usd=None if data["perImageUsd"] is None else Decimal(data["perImageUsd"]),
        per_search_usd=None if data["perSearchUsd"] is None else Decimal(data["perSearchUsd"]),
        per_audio_second_usd=None if data["perAudioSecondUsd"] is None else Decimal(data["perAudioSecondUsd"]),
        per_character_usd=None if data["perCharacterUsd"] is None else Decimal(data["perCharacterUsd"]),
        context_tiers=[_decode_model_details_price_context_tiers(item) for item in data["contextTiers"]],
        service_tiers=[_decode_model_details_price_service_tiers(item) for item in data["serviceTiers"]],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelDetailsPriceContextTiers:
    """Rates that hold for a whole call when its input is larger than a size, in USD for a million tokens; null as in `ModelPrice`."""
    above_input_tokens: int
    """Input, all buckets together, above which these rates hold."""
    input_usd_per_million: Decimal
    """Input tokens."""
    output_usd_per_million: Decimal
    """Output tokens."""
    cached_read_usd_per_million: Decimal | None
    """Input tokens read from the prompt cache."""
    cache_write_usd_per_million: Decimal | None
    """Input tokens written to the prompt cache."""


def _decode_model_details_price_context_tiers(data: Mapping[str, Any]) -> ModelDetailsPriceContextTiers:
    return ModelDetailsPriceContextTiers(
        above_input_tokens=data["aboveInputTokens"],
        input_usd_per_million=Decimal(data["inputUsdPerMillion"]),
        output_usd_per_million=Decimal(data["outputUsdPerMillion"]),
        cached_read_usd_per_million=None if data["cachedReadUsdPerMillion"] is None else Decimal(data["cachedReadUsdPerMillion"]),
        cache_write_usd_per_million=None if data["cacheWriteUsdPerMillion"] is None else Decimal(data["cacheWriteUsdPerMillion"]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelDetailsPriceServiceTiers:
    """Rates at one service tier, in USD for a million tokens; null as in `ModelPrice`."""
    name: str
    """The provider's word for it, such as `flex` or `priority`."""
    input_usd_per_million: Decimal
    """Input tokens."""
    output_usd_per_million: Decimal
    """Output tokens."""
    cached_read_usd_per_million: Decimal | None
    """Input tokens read from the prompt cache."""
    cache_write_usd_per_million: Decimal | None
    """Input tokens written to the prompt cache."""


def _decode_model_details_price_service_tiers(data: Mapping[str, Any]) -> ModelDetailsPriceServiceTiers:
    return ModelDetailsPriceServiceTiers(
        name=data["name"],
        input_usd_per_million=Decimal(data["inputUsdPerMillion"]),
        output_usd_per_million=Decimal(data["outputUsdPerMillion"]),
        cached_read_usd_per_million=None if data["cachedReadUsdPerMillion"] is None else Decimal(data["cachedReadUsdPerMillion"]),
        cache_write_usd_per_million=None if data["cacheWriteUsdPerMillion"] is None else Decimal(data["cacheWriteUsdPerMillion"]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ModerationCreate:
    """Verdicts, and the record of the call."""
    completion: CompletionDetails
    """The record of the call; also present when it failed after it was recorded. Null when it was refused before."""
    verdicts: list[ModerationCreateVerdicts]
    """One for each text, in order, at most 2,048; null when the call failed."""


def _decode_moderation_create(data: Mapping[str, Any]) -> ModerationCreate:
    return ModerationCreate(
        completion=_decode_completion_details(data["completion"]),
        verdicts=[_decode_moderation_create_verdicts(item) for item in data["verdicts"]],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ModerationCreateVerdicts:
    """What a model makes of a text."""
    is_flagged: bool
    """Whether any category applies."""
    categories: list[ModerationCreateVerdictsCategories]
    """The vendor's categories, a few dozen."""


def _decode_moderation_create_verdicts(data: Mapping[str, Any]) -> ModerationCreateVerdicts:
    return ModerationCreateVerdicts(
        is_flagged=data["isFlagged"],
        categories=[_decode_moderation_create_verdicts_categories(item) for item in data["categories"]],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ModerationCreateVerdictsCategories:
    """A category of content."""
    name: str
    """The vendor's name of it, such as `violence`."""
    is_flagged: bool | None
    """Whether it applies; null where the vendor gives scores only."""
    score: float | None
    """How sure the model is, 0 to 1; null where the vendor tells none."""


def _decode_moderation_create_verdicts_categories(data: Mapping[str, Any]) -> ModerationCreateVerdictsCategories:
    return ModerationCreateVerdictsCategories(
        name=data["name"],
        is_flagged=data["isFlagged"],
        score=None if data["score"] is None else float(data["score"]),
    )


Node: TypeAlias = "NodeApiKey | NodeAttempt | NodeCompletion | NodeModel | NodeModelAlias | NodeModelPriceVersion | NodeOrganization | NodeProject | NodeProvider | NodeProviderAccount | NodeProviderCredential | NodeRerating"
"""An entity with an id that is unique over the whole graph and never changes."""


def _decode_node(data: Mapping[str, Any]) -> Node:
    match data["__typename"]:
        case "ApiKey":
            return _decode_node_api_key(data)
        case "Attempt":
            return _decode_node_attempt(data)
        case "Completion":
            return _decode_node_completion(data)
        case "Model":
            return _decode_node_model(data)
        case "ModelAlias":
            return _decode_node_model_alias(data)
        case "ModelPriceVersion":
            return _decode_node_model_price_version(data)
        case "Organization":
            return _decode_node_organization(data)
        case "Project":
            return _decode_node_project(data)
        case "Provider":
            return _decode_node_provider(data)
        case "ProviderAccount":
            return _decode_node_provider_account(data)
        case "ProviderCredential":
            return _decode_node_provider_credential(data)
        case "Rerating":
            return _decode_node_rerating(data)
        case other:
            raise unknown_member("Node", other)


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeApiKey:
    """A credential for programs. The secret itself is shown once, when it is made, and is not kept."""
    typename: Literal["ApiKey"]
    """Name of the type, to tell members apart."""
    id: str
    """Opaque id."""
    name: str
    """Display name."""
    display_prefix: str
    """First characters of the secret, enough to recognise it."""
    scopes: list[Scope]
    """Permissions it holds. At most one of each."""
    created_at: datetime
    """When it was made."""
    expires_at: datetime | None
    """When it stops working; null means never."""


def _decode_node_api_key(data: Mapping[str, Any]) -> NodeApiKey:
    return NodeApiKey(
        typename="ApiKey",
        id=data["id"],
        name=data["name"],
        display_prefix=data["displayPrefix"],
        scopes=[Scope(item) for item in data["scopes"]],
        created_at=datetime.fromisoformat(data["createdAt"]),
        expires_at=None if data["expiresAt"] is None else datetime.fromisoformat(data["expiresAt"]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeAttempt:
    """One call to a provider."""
    typename: Literal["Attempt"]
    """Name of the type, to tell members apart."""
    id: str
    """Opaque id."""


def _decode_node_attempt(data: Mapping[str, Any]) -> NodeAttempt:
    return NodeAttempt(
        typename="Attempt",
        id=data["id"],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeCompletion:
    """The record of one call for a completion."""
    typename: Literal["Completion"]
    """Name of the type, to tell members apart."""
    id: str
    """Opaque id; also the `x-request-id` of the REST doors."""
    status: CompletionStatus
    """Where it stands."""
    outcome: CompletionOutcome | None
    """How it ended; null while it runs."""
    door: CompletionDoor
    """Door it came through."""
    operation: CompletionOperation
    """What was asked for."""
    is_streaming: bool
    """Whether the answer was streamed."""
    requested_model: str
    """Name of the model as the caller wrote it."""
    model: NodeCompletionModel | None
    """Model that served it; null while none has, or when it has left the catalogue."""
    started_at: datetime
    """When it was taken in."""
    settled_at: datetime | None
    """When it ended; null while it runs."""
    finish_reason: FinishReason | None
    """Why the first choice ended; null while it runs or when it failed."""
    usage: UsageDetails | None
    """Tokens by bucket, summed over its attempts; null while it runs."""
    cost: NodeCompletionCost | None
    """What it cost, summed over its attempts; null while it runs."""
    timing: NodeCompletionTiming | None
    """How long it took; null while it runs."""
    failure: NodeCompletionFailure | None
    """Why it failed; null unless it did."""
    warnings: list[str]
    """What the provider could not do of what was asked, one sentence each; at most 64."""
    metadata: Any | None
    """Caller's labels; null when none were given."""


def _decode_node_completion(data: Mapping[str, Any]) -> NodeCompletion:
    return NodeCompletion(
        typename="Completion",
        id=data["id"],
        status=CompletionStatus(data["status"]),
        outcome=None if data["outcome"] is None else CompletionOutcome(data["outcome"]),
        door=CompletionDoor(data["door"]),
        operation=CompletionOperation(data["operation"]),
        is_streaming=data["isStreaming"],
        requested_model=data["requestedModel"],
        model=None if data["model"] is None else _decode_node_completion_model(data["model"]),
        started_at=datetime.fromisoformat(data["startedAt"]),
        settled_at=None if data["settledAt"] is None else datetime.fromisoformat(data["settledAt"]),
        finish_reason=None if data["finishReason"] is None else FinishReason(data["finishReason"]),
        usage=None if data["usage"] is None else _decode_usage_details(data["usage"]),
        cost=None if data["cost"] is None else _decode_node_completion_cost(data["cost"]),
        timing=None if data["timing"] is None else _decode_node_completion_timing(data["timing"]),
        failure=None if data["failure"] is None else _decode_node_completion_failure(data["failure"]),
        warnings=data["warnings"],
        metadata=data["metadata"],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeCompletionModel:
    """A model as one provider serves it."""
    id: str
    """Opaque id."""
    name: str
    """Name to call it by, such as `openai/gpt-4.1-mini`."""


def _decode_node_completion_model(data: Mapping[str, Any]) -> NodeCompletionModel:
    return NodeCompletionModel(
        id=data["id"],
        name=data["name"],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeCompletionCost:
    """Money for a completion or an attempt."""
    amount_usd: Decimal | None
    """Amount in USD with nine decimals; null when the price is unknown, which never means free."""
    basis: Basis
    """How the tokens behind it were found."""
    reserved_usd: Decimal | None
    """Upper bound that was reserved before the call, in USD; null when the price was unknown."""
    adjustment_usd: Decimal | None
    """The part of the amount that pricing the call again has added, in USD; negative when it became cheaper, null when it was never changed."""


def _decode_node_completion_cost(data: Mapping[str, Any]) -> NodeCompletionCost:
    return NodeCompletionCost(
        amount_usd=None if data["amountUsd"] is None else Decimal(data["amountUsd"]),
        basis=Basis(data["basis"]),
        reserved_usd=None if data["reservedUsd"] is None else Decimal(data["reservedUsd"]),
        adjustment_usd=None if data["adjustmentUsd"] is None else Decimal(data["adjustmentUsd"]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeCompletionTiming:
    """Durations in milliseconds."""
    time_to_first_token_ms: float | None
    """From taking it in to the first output; null when there was none."""
    duration_ms: float
    """From taking it in to the end."""
    overhead_ms: float | None
    """Our own share: everything but waiting for providers; null when unknown."""


def _decode_node_completion_timing(data: Mapping[str, Any]) -> NodeCompletionTiming:
    return NodeCompletionTiming(
        time_to_first_token_ms=None if data["timeToFirstTokenMs"] is None else float(data["timeToFirstTokenMs"]),
        duration_ms=float(data["durationMs"]),
        overhead_ms=None if data["overheadMs"] is None else float(data["overheadMs"]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeCompletionFailure:
    """Why a completion failed."""
    code: str
    """Machine-readable kind; equal to the code in the error catalogue of the documentation."""
    message: str
    """Sentence that the caller was told."""


def _decode_node_completion_failure(data: Mapping[str, Any]) -> NodeCompletionFailure:
    return NodeCompletionFailure(
        code=data["code"],
        message=data["message"],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeModel:
    """A model as one provider serves it."""
    typename: Literal["Model"]
    """Name of the type, to tell members apart."""
    id: str
    """Opaque id."""
    name: str
    """Name to call it by, such as `openai/gpt-4.1-mini`."""
    display_name: str
    """Name for people."""
    provider: NodeModelProvider
    """Who serves it."""
    family: str | None
    """Line of models that it belongs to, such as `gpt-mini`; null where unknown."""
    knowledge_until: str | None
    """Date or month until which it knows the world; null where unknown."""
    released_at: datetime | None
    """When it came out; null where unknown."""
    context_tokens: int | None
    """Tokens that input and output may have together; null where unknown."""
    max_input_tokens: int | None
    """Tokens that the input may have; null where only the context bounds it."""
    max_output_tokens: int | None
    """Tokens that the output may have; null where unknown."""
    kind: ModelKind
    """What it is for."""
    input_modalities: list[Modality]
    """What it reads; empty where unknown, at most 8."""
    output_modalities: list[Modality]
    """What it writes; empty where unknown, at most 8."""
    has_open_weights: bool | None
    """Whether anybody may run it; null where unknown."""
    is_deprecated: bool
    """Whether its vendor has announced its end."""
    capabilities: NodeModelCapabilities
    """Abilities that callers choose by."""
    price: NodeModelPrice | None
    """Price in force now; null where none is known, which never means free."""
    is_available: bool
    """Whether it can be called now."""
    unavailable_reason: str | None
    """What would make it available; null when it is."""


def _decode_node_model(data: Mapping[str, Any]) -> NodeModel:
    return NodeModel(
        typename="Model",
        id=data["id"],
        name=data["name"],
        display_name=data["displayName"],
        provider=_decode_node_model_provider(data["provider"]),
        family=data["family"],
        knowledge_until=data["knowledgeUntil"],
        released_at=None if data["releasedAt"] is None else datetime.fromisoformat(data["releasedAt"]),
        context_tokens=data["contextTokens"],
        max_input_tokens=data["maxInputTokens"],
        max_output_tokens=data["maxOutputTokens"],
        kind=ModelKind(data["kind"]),
        input_modalities=[Modality(item) for item in data["inputModalities"]],
        output_modalities=[Modality(item) for item in data["outputModalities"]],
        has_open_weights=data["hasOpenWeights"],
        is_deprecated=data["isDeprecated"],
        capabilities=_decode_node_model_capabilities(data["capabilities"]),
        price=None if data["price"] is None else _decode_node_model_price(data["price"]),
        is_available=data["isAvailable"],
        unavailable_reason=data["unavailableReason"],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeModelProvider:
    """Somebody who serves models."""
    id: str
    """Opaque id."""
    name: str
    """Stable name, the part of a model's name before the slash."""


def _decode_node_model_provider(data: Mapping[str, Any]) -> NodeModelProvider:
    return NodeModelProvider(
        id=data["id"],
        name=data["name"],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeModelCapabilities:
    """Abilities of a model."""
    has_vision: bool
    """Reads images."""
    has_documents: bool
    """Reads documents."""
    has_audio: bool
    """Reads or writes sound."""
    has_tools: bool
    """Calls tools."""
    has_structured_output: bool
    """Keeps to a JSON schema."""
    has_reasoning: bool
    """Thinks before it answers."""


def _decode_node_model_capabilities(data: Mapping[str, Any]) -> NodeModelCapabilities:
    return NodeModelCapabilities(
        has_vision=data["hasVision"],
        has_documents=data["hasDocuments"],
        has_audio=data["hasAudio"],
        has_tools=data["hasTools"],
        has_structured_output=data["hasStructuredOutput"],
        has_reasoning=data["hasReasoning"],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeModelPrice:
    """Prices in force from a date on, in USD for a million tokens of each bucket. A bucket without a price is billed as the note beside it says."""
    version: str
    """Stable name of this version, which every amount quotes."""
    effective_from: datetime
    """From when on it applies."""
    source: str
    """Where the figures come from."""
    input_usd_per_million: Decimal
    """Input tokens."""
    output_usd_per_million: Decimal
    """Output tokens."""
    cached_read_usd_per_million: Decimal | None
    """Input tokens read from the prompt cache; null: as input."""
    cache_write_usd_per_million: Decimal | None
    """Input tokens written to the prompt cache; null: as input."""
    reasoning_usd_per_million: Decimal | None
    """Reasoning tokens; null: as output."""
    cache_write_hour_usd_per_million: Decimal | None
    """Input tokens written to a prompt cache that keeps them for an hour; null: unknown."""
    audio_input_usd_per_million: Decimal | None
    """Tokens of sound that is read; null: unknown."""
    audio_output_usd_per_million: Decimal | None
    """Tokens of sound that is written; null: unknown."""
    image_input_usd_per_million: Decimal | None
    """Tokens of images that are read; null: as input."""
    per_image_usd: Decimal | None
    """An image that is made; null: not charged by the piece, or unknown."""
    per_search_usd: Decimal | None
    """A search unit, as rerankers charge; null: not charged by the piece, or unknown."""
    per_audio_second_usd: Decimal | None
    """A second of sound; null: not charged by the piece, or unknown."""
    per_character_usd: Decimal | None
    """A character that is spoken; null: not charged by the piece, or unknown."""
    context_tiers: list[NodeModelPriceContextTiers]
    """Rates of a whole call whose input is larger than a size, ascending; at most 8."""
    service_tiers: list[NodeModelPriceServiceTiers]
    """Rates at service tiers other than the usual one, as far as they are known; at most 8. The cost of a tier that is not here is unknown."""


def _decode_node_model_price(data: Mapping[str, Any]) -> NodeModelPrice:
    return NodeModelPrice(
        version=data["version"],
        effective_from=datetime.fromisoformat(data["effectiveFrom"]),
        source=data["source"],
        input_usd_per_million=Decimal(data["inputUsdPerMillion"]),
        output_usd_per_million=Decimal(data["outputUsdPerMillion"]),
        cached_read_usd_per_million=None if data["cachedReadUsdPerMillion"] is None else Decimal(data["cachedReadUsdPerMillion"]),
        cache_write_usd_per_million=None if data["cacheWriteUsdPerMillion"] is None else Decimal(data["cacheWriteUsdPerMillion"]),
        reasoning_usd_per_million=None if data["reasoningUsdPerMillion"] is None else Decimal(data["reasoningUsdPerMillion"]),
        cache_write_hour_usd_per_million=None if data["cacheWriteHourUsdPerMillion"] is None else Decimal(data["cacheWriteHourUsdPerMillion"]),
        audio_input_usd_per_million=None if data["audioInputUsdPerMillion"] is None else Decimal(data["audioInputUsdPerMillion"]),
        audio_output_usd_per_million=None if data["audioOutputUsdPerMillion"] is None else Decimal(data["audioOutputUsdPerMillion"]),
        image_input_usd_per_million=None if data["imageInputUsdPerMillion"] is None else Decimal(data["imageInputUsdPerMillion"]),
        per_image_usd=None if data["perImageUsd"] is None else Decimal(data["perImageUsd"]),
        per_search_usd=None if data["perSearchUsd"] is None else Decimal(data["perSearchUsd"]),
        per_audio_second_usd=None if data["perAudioSecondUsd"] is None else Decimal(data["perAudioSecondUsd"]),
        per_character_usd=None if data["perCharacterUsd"] is None else Decimal(data["perCharacterUsd"]),
        context_tiers=[_decode_node_model_price_context_tiers(item) for item in data["contextTiers"]],
        service_tiers=[_decode_node_model_price_service_tiers(item) for item in data["serviceTiers"]],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeModelPriceContextTiers:
    """Rates that hold for a whole call when its input is larger than a size, in USD for a million tokens; null as in `ModelPrice`."""
    above_input_tokens: int
    """Input, all buckets together, above which these rates hold."""
    input_usd_per_million: Decimal
    """Input tokens."""
    output_usd_per_million: Decimal
    """Output tokens."""
    cached_read_usd_per_million: Decimal | None
    """Input tokens read from the prompt cache."""
    cache_write_usd_per_million: Decimal | None
    """Input tokens written to the prompt cache."""


def _decode_node_model_price_context_tiers(data: Mapping[str, Any]) -> NodeModelPriceContextTiers:
    return NodeModelPriceContextTiers(
        above_input_tokens=data["aboveInputTokens"],
        input_usd_per_million=Decimal(data["inputUsdPerMillion"]),
        output_usd_per_million=Decimal(data["outputUsdPerMillion"]),
        cached_read_usd_per_million=None if data["cachedReadUsdPerMillion"] is None else Decimal(data["cachedReadUsdPerMillion"]),
        cache_write_usd_per_million=None if data["cacheWriteUsdPerMillion"] is None else Decimal(data["cacheWriteUsdPerMillion"]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeModelPriceServiceTiers:
    """Rates at one service tier, in USD for a million tokens; null as in `ModelPrice`."""
    name: str
    """The provider's word for it, such as `flex` or `priority`."""
    input_usd_per_million: Decimal
    """Input tokens."""
    output_usd_per_million: Decimal
    """Output tokens."""
    cached_read_usd_per_million: Decimal | None
    """Input tokens read from the prompt cache."""
    cache_write_usd_per_million: Decimal | None
    """Input tokens written to the prompt cache."""


def _decode_node_model_price_service_tiers(data: Mapping[str, Any]) -> NodeModelPriceServiceTiers:
    return NodeModelPriceServiceTiers(
        name=data["name"],
        input_usd_per_million=Decimal(data["inputUsdPerMillion"]),
        output_usd_per_million=Decimal(data["outputUsdPerMillion"]),
        cached_read_usd_per_million=None if data["cachedReadUsdPerMillion"] is None else Decimal(data["cachedReadUsdPerMillion"]),
        cache_write_usd_per_million=None if data["cacheWriteUsdPerMillion"] is None else Decimal(data["cacheWriteUsdPerMillion"]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeModelAlias:
    """A name that stands for one or more models, best first. Calls write it in the place of a model's name."""
    typename: Literal["ModelAlias"]
    """Name of the type, to tell members apart."""
    id: str
    """Opaque id."""


def _decode_node_model_alias(data: Mapping[str, Any]) -> NodeModelAlias:
    return NodeModelAlias(
        typename="ModelAlias",
        id=data["id"],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeModelPriceVersion:
    """A price that was set on this installation; it never changes."""
    typename: Literal["ModelPriceVersion"]
    """Name of the type, to tell members apart."""
    id: str
    """Opaque id."""


def _decode_node_model_price_version(data: Mapping[str, Any]) -> NodeModelPriceVersion:
    return NodeModelPriceVersion(
        typename="ModelPriceVersion",
        id=data["id"],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeOrganization:
    """A paying tenant."""
    typename: Literal["Organization"]
    """Name of the type, to tell members apart."""
    id: str
    """Opaque id."""
    name: str
    """Display name."""
    created_at: datetime
    """When it was made."""


def _decode_node_organization(data: Mapping[str, Any]) -> NodeOrganization:
    return NodeOrganization(
        typename="Organization",
        id=data["id"],
        name=data["name"],
        created_at=datetime.fromisoformat(data["createdAt"]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeProject:
    """A unit of work inside an organization; keys and completions belong to one."""
    typename: Literal["Project"]
    """Name of the type, to tell members apart."""
    id: str
    """Opaque id."""
    name: str
    """Display name."""
    created_at: datetime
    """When it was made."""


def _decode_node_project(data: Mapping[str, Any]) -> NodeProject:
    return NodeProject(
        typename="Project",
        id=data["id"],
        name=data["name"],
        created_at=datetime.fromisoformat(data["createdAt"]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeProvider:
    """Somebody who serves models."""
    typename: Literal["Provider"]
    """Name of the type, to tell members apart."""
    id: str
    """Opaque id."""
    name: str
    """Stable name, the part of a model's name before the slash."""
    display_name: str
    """Name for people."""
    is_connected: bool
    """Whether calls can be sent to it."""
    connect_hint: str | None
    """What would connect it, such as the variable to set; null when it is connected."""
    capabilities: NodeProviderCapabilities
    """Abilities of its interface."""


def _decode_node_provider(data: Mapping[str, Any]) -> NodeProvider:
    return NodeProvider(
        typename="Provider",
        id=data["id"],
        name=data["name"],
        display_name=data["displayName"],
        is_connected=data["isConnected"],
        connect_hint=data["connectHint"],
        capabilities=_decode_node_provider_capabilities(data["capabilities"]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeProviderCapabilities:
    """Abilities of a provider's interface; a model of it may have fewer."""
    has_streaming: bool
    """Streams answers."""
    has_tools: bool
    """Takes tool definitions."""
    has_vision: bool
    """Takes images."""
    has_documents: bool
    """Takes documents."""
    has_structured_output: bool
    """Keeps to a JSON schema."""
    has_reasoning: bool
    """Returns reasoning."""
    has_logprobs: bool
    """Returns log probabilities."""
    has_multiple_choices: bool
    """Gives several answers to one call."""
    has_embeddings: bool
    """Makes embeddings."""


def _decode_node_provider_capabilities(data: Mapping[str, Any]) -> NodeProviderCapabilities:
    return NodeProviderCapabilities(
        has_streaming=data["hasStreaming"],
        has_tools=data["hasTools"],
        has_vision=data["hasVision"],
        has_documents=data["hasDocuments"],
        has_structured_output=data["hasStructuredOutput"],
        has_reasoning=data["hasReasoning"],
        has_logprobs=data["hasLogprobs"],
        has_multiple_choices=data["hasMultipleChoices"],
        has_embeddings=data["hasEmbeddings"],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeProviderAccount:
    """An account at a provider, with the credentials that calls to it use."""
    typename: Literal["ProviderAccount"]
    """Name of the type, to tell members apart."""
    id: str
    """Opaque id."""


def _decode_node_provider_account(data: Mapping[str, Any]) -> NodeProviderAccount:
    return NodeProviderAccount(
        typename="ProviderAccount",
        id=data["id"],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeProviderCredential:
    """A credential of an account. Its secrets are sealed and never shown again."""
    typename: Literal["ProviderCredential"]
    """Name of the type, to tell members apart."""
    id: str
    """Opaque id."""


def _decode_node_provider_credential(data: Mapping[str, Any]) -> NodeProviderCredential:
    return NodeProviderCredential(
        typename="ProviderCredential",
        id=data["id"],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeRerating:
    """A pass over calls that prices them again."""
    typename: Literal["Rerating"]
    """Name of the type, to tell members apart."""
    id: str
    """Opaque id."""


def _decode_node_rerating(data: Mapping[str, Any]) -> NodeRerating:
    return NodeRerating(
        typename="Rerating",
        id=data["id"],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderAccountConnect:
    """What came of `providerAccountConnect`."""
    account: ProviderAccountDetails
    """The account, connected. Null when it was not done."""


def _decode_provider_account_connect(data: Mapping[str, Any]) -> ProviderAccountConnect:
    return ProviderAccountConnect(
        account=_decode_provider_account_details(data["account"]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderAccountDetails:
    """An account at a provider, with the credentials that calls to it use."""
    id: str
    """Opaque id."""
    name: str
    """The part of a model's name before the slash, such as `openai`."""
    display_name: str
    """Name for people."""
    vendor: ProviderAccountDetailsVendor | None
    """Kind of provider; null when this server does not know it any more."""
    source: ProviderAccountSource
    """Where it is written down."""
    is_read_only: bool
    """Whether it is changed elsewhere than here."""
    is_enabled: bool
    """Whether calls may go to it."""
    is_overridden: bool
    """Whether another account of the same name is called in its place, by the order of the sources."""
    base_url: str | None
    """Where its requests go; null when it has none."""
    settings: list[ProviderAccountDetailsSettings]
    """Settings that are no secrets."""
    header_names: list[str]
    """Names of the headers that are sent with every request, in lower case. Their values are never shown."""
    models: list[str]
    """Models that were named with it; others can be called all the same."""
    credentials: list[ProviderCredentialDetails]
    """Its credentials, newest first."""
    discovery: ProviderAccountDetailsDiscovery | None
    """What the provider listed when it was last asked; null when it never was."""
    problem: str | None
    """Why it cannot be called, for people; null when nothing is known to be in the way."""
    created_at: datetime | None
    """When it was connected; null for accounts of the environment and of the file."""
    updated_at: datetime | None
    """When it was last changed; null for accounts of the environment and of the file."""


def _decode_provider_account_details(data: Mapping[str, Any]) -> ProviderAccountDetails:
    return ProviderAccountDetails(
        id=data["id"],
        name=data["name"],
        display_name=data["displayName"],
        vendor=None if data["vendor"] is None else _decode_provider_account_details_vendor(data["vendor"]),
        source=ProviderAccountSource(data["source"]),
        is_read_only=data["isReadOnly"],
        is_enabled=data["isEnabled"],
        is_overridden=data["isOverridden"],
        base_url=data["baseUrl"],
        settings=[_decode_provider_account_details_settings(item) for item in data["settings"]],
        header_names=data["headerNames"],
        models=data["models"],
        credentials=[_decode_provider_credential_details(item) for item in data["credentials"]],
        discovery=None if data["discovery"] is None else _decode_provider_account_details_discovery(data["discovery"]),
        problem=data["problem"],
        created_at=None if data["createdAt"] is None else datetime.fromisoformat(data["createdAt"]),
        updated_at=None if data["updatedAt"] is None else datetime.fromisoformat(data["updatedAt"]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderAccountDetailsVendor:
    """A kind of provider that can be connected."""
    name: str
    """Stable name, such as `openai`; also the default name of an account there."""
    display_name: str
    """Name for people."""


def _decode_provider_account_details_vendor(data: Mapping[str, Any]) -> ProviderAccountDetailsVendor:
    return ProviderAccountDetailsVendor(
        name=data["name"],
        display_name=data["displayName"],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderAccountDetailsSettings:
    """A setting of an account."""
    name: str
    """Name, as its vendor has it."""
    value: str
    """Value."""


def _decode_provider_account_details_settings(data: Mapping[str, Any]) -> ProviderAccountDetailsSettings:
    return ProviderAccountDetailsSettings(
        name=data["name"],
        value=data["value"],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderCredentialDetails:
    """A credential of an account. Its secrets are sealed and never shown again."""
    id: str
    """Opaque id."""
    name: str
    """Name for people."""
    hint: str | None
    """Last characters of the secret, enough to recognise it; null where they would tell too much, and for the environment's."""
    status: ProviderCredentialStatus
    """What becomes of it."""
    created_at: datetime | None
    """When it was given; null for accounts of the environment and of the file."""
    retires_at: datetime | None
    """When it goes, since another one takes its place; null: it stays."""
    problem: str | None
    """Why it cannot be used, for people; null when nothing is known to be in the way."""
    health: ProviderCredentialDetailsHealth
    """What the process that answers has seen of it since it started. Other processes have seen other calls."""


def _decode_provider_credential_details(data: Mapping[str, Any]) -> ProviderCredentialDetails:
    return ProviderCredentialDetails(
        id=data["id"],
        name=data["name"],
        hint=data["hint"],
        status=ProviderCredentialStatus(data["status"]),
        created_at=None if data["createdAt"] is None else datetime.fromisoformat(data["createdAt"]),
        retires_at=None if data["retiresAt"] is None else datetime.fromisoformat(data["retiresAt"]),
        problem=data["problem"],
        health=_decode_provider_credential_details_health(data["health"]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderCredentialDetailsHealth:
    """How a credential has fared in one process."""
    last_success_at: datetime | None
    """When a call with it last succeeded; null: not yet."""
    last_failure_at: datetime | None
    """When a call with it last failed for a reason that is not the call's own; null: not yet."""
    last_failure_class: AttemptErrorClass | None
    """Class of that failure."""
    last_failure_http_status: int | None
    """HTTP status of that failure; null when there was no answer."""
    rests_until_at: datetime | None
    """Until when other credentials are preferred, after it was refused or limited; null: they are not."""
    headroom: ProviderCredentialDetailsHealthHeadroom | None
    """What the provider said was left of its rate limits; null when it has not said."""


def _decode_provider_credential_details_health(data: Mapping[str, Any]) -> ProviderCredentialDetailsHealth:
    return ProviderCredentialDetailsHealth(
        last_success_at=None if data["lastSuccessAt"] is None else datetime.fromisoformat(data["lastSuccessAt"]),
        last_failure_at=None if data["lastFailureAt"] is None else datetime.fromisoformat(data["lastFailureAt"]),
        last_failure_class=None if data["lastFailureClass"] is None else AttemptErrorClass(data["lastFailureClass"]),
        last_failure_http_status=data["lastFailureHttpStatus"],
        rests_until_at=None if data["restsUntilAt"] is None else datetime.fromisoformat(data["restsUntilAt"]),
        headroom=None if data["headroom"] is None else _decode_provider_credential_details_health_headroom(data["headroom"]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderCredentialDetailsHealthHeadroom:
    """What a provider said was left of its rate limits."""
    reported_at: datetime
    """When it said so."""
    requests: ProviderHeadroomWindowDetails | None
    """Requests, where it told of them."""
    tokens: ProviderHeadroomWindowDetails | None
    """Tokens, where it told of them."""


def _decode_provider_credential_details_health_headroom(data: Mapping[str, Any]) -> ProviderCredentialDetailsHealthHeadroom:
    return ProviderCredentialDetailsHealthHeadroom(
        reported_at=datetime.fromisoformat(data["reportedAt"]),
        requests=None if data["requests"] is None else _decode_provider_headroom_window_details(data["requests"]),
        tokens=None if data["tokens"] is None else _decode_provider_headroom_window_details(data["tokens"]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderHeadroomWindowDetails:
    """One of a provider's rate limits."""
    limit: int | None
    """How many are allowed; null where it did not say."""
    remaining: int | None
    """How many were left; null where it did not say."""
    resets_at: datetime | None
    """When all are there again; null where it did not say."""


def _decode_provider_headroom_window_details(data: Mapping[str, Any]) -> ProviderHeadroomWindowDetails:
    return ProviderHeadroomWindowDetails(
        limit=None if data["limit"] is None else int(data["limit"]),
        remaining=None if data["remaining"] is None else int(data["remaining"]),
        resets_at=None if data["resetsAt"] is None else datetime.fromisoformat(data["resetsAt"]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderAccountDetailsDiscovery:
    """A list of models as the provider gave it."""
    discovered_at: datetime
    """When it was asked."""
    model_count: int
    """Number of models, at most 5000. They are part of `models`, and alone in `providerDiscoveredModels`."""


def _decode_provider_account_details_discovery(data: Mapping[str, Any]) -> ProviderAccountDetailsDiscovery:
    return ProviderAccountDetailsDiscovery(
        discovered_at=datetime.fromisoformat(data["discoveredAt"]),
        model_count=data["modelCount"],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderAccountDelete:
    """What came of `providerAccountDelete`."""
    account: ProviderAccountDeleteAccount
    """The account as it was. Null when it was not done."""


def _decode_provider_account_delete(data: Mapping[str, Any]) -> ProviderAccountDelete:
    return ProviderAccountDelete(
        account=_decode_provider_account_delete_account(data["account"]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderAccountDeleteAccount:
    """An account at a provider, with the credentials that calls to it use."""
    id: str
    """Opaque id."""
    name: str
    """The part of a model's name before the slash, such as `openai`."""


def _decode_provider_account_delete_account(data: Mapping[str, Any]) -> ProviderAccountDeleteAccount:
    return ProviderAccountDeleteAccount(
        id=data["id"],
        name=data["name"],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderAccountDisable:
    """What came of `providerAccountDisable`."""
    account: ProviderAccountDetails
    """The account as it is now. Null when it was not done."""


def _decode_provider_account_disable(data: Mapping[str, Any]) -> ProviderAccountDisable:
    return ProviderAccountDisable(
        account=_decode_provider_account_details(data["account"]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderAccountEnable:
    """What came of `providerAccountEnable`."""
    account: ProviderAccountDetails
    """The account as it is now. Null when it was not done."""


def _decode_provider_account_enable(data: Mapping[str, Any]) -> ProviderAccountEnable:
    return ProviderAccountEnable(
        account=_decode_provider_account_details(data["account"]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderAccountTest:
    """What came of `providerAccountTest`."""
    tests: list[ProviderAccountTestTests]
    """How each credential did; null when nothing was tried."""


def _decode_provider_account_test(data: Mapping[str, Any]) -> ProviderAccountTest:
    return ProviderAccountTest(
        tests=[_decode_provider_account_test_tests(item) for item in data["tests"]],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderAccountTestTests:
    """How a credential did when it was tried."""
    credential: ProviderAccountTestTestsCredential
    """The credential."""
    is_working: bool
    """Whether the provider took it."""
    error_class: AttemptErrorClass | None
    """Class of the failure; null when it works."""
    http_status: int | None
    """HTTP status of the failure; null when it works, or when there was no answer."""
    message: str | None
    """What is wrong and what to do, for people; never the provider's own text. Null when it works."""
    duration_ms: float
    """How long it took, in milliseconds."""


def _decode_provider_account_test_tests(data: Mapping[str, Any]) -> ProviderAccountTestTests:
    return ProviderAccountTestTests(
        credential=_decode_provider_account_test_tests_credential(data["credential"]),
        is_working=data["isWorking"],
        error_class=None if data["errorClass"] is None else AttemptErrorClass(data["errorClass"]),
        http_status=data["httpStatus"],
        message=data["message"],
        duration_ms=float(data["durationMs"]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderAccountTestTestsCredential:
    """A credential of an account. Its secrets are sealed and never shown again."""
    id: str
    """Opaque id."""
    name: str
    """Name for people."""


def _decode_provider_account_test_tests_credential(data: Mapping[str, Any]) -> ProviderAccountTestTestsCredential:
    return ProviderAccountTestTestsCredential(
        id=data["id"],
        name=data["name"],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderAccountUpdate:
    """What came of `providerAccountUpdate`."""
    account: ProviderAccountDetails
    """The account as it is now. Null when it was not done."""


def _decode_provider_account_update(data: Mapping[str, Any]) -> ProviderAccountUpdate:
    return ProviderAccountUpdate(
        account=_decode_provider_account_details(data["account"]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderAccounts:
    """A page of accounts."""
    nodes: list[ProviderAccountDetails]
    """The accounts alone."""
    page_info: Page
    """Where the page stands."""
    total_count: int
    """Number of accounts."""


def _decode_provider_accounts(data: Mapping[str, Any]) -> ProviderAccounts:
    return ProviderAccounts(
        nodes=[_decode_provider_account_details(item) for item in data["nodes"]],
        page_info=_decode_page(data["pageInfo"]),
        total_count=data["totalCount"],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderCredentialAdd:
    """What came of `providerCredentialAdd`."""
    credential: ProviderCredentialDetails
    """The credential. Null when it was not done."""


def _decode_provider_credential_add(data: Mapping[str, Any]) -> ProviderCredentialAdd:
    return ProviderCredentialAdd(
        credential=_decode_provider_credential_details(data["credential"]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderCredentialDelete:
    """What came of `providerCredentialDelete`."""
    account: ProviderAccountDetails
    """The account without it. Null when it was not done."""


def _decode_provider_credential_delete(data: Mapping[str, Any]) -> ProviderCredentialDelete:
    return ProviderCredentialDelete(
        account=_decode_provider_account_details(data["account"]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderCredentialDisable:
    """What came of `providerCredentialDisable`."""
    credential: ProviderCredentialDetails
    """The credential as it is now. Null when it was not done."""


def _decode_provider_credential_disable(data: Mapping[str, Any]) -> ProviderCredentialDisable:
    return ProviderCredentialDisable(
        credential=_decode_provider_credential_details(data["credential"]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderCredentialEnable:
    """What came of `providerCredentialEnable`."""
    credential: ProviderCredentialDetails
    """The credential as it is now. Null when it was not done."""


def _decode_provider_credential_enable(data: Mapping[str, Any]) -> ProviderCredentialEnable:
    return ProviderCredentialEnable(
        credential=_decode_provider_credential_details(data["credential"]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderCredentialRotate:
    """What came of `providerCredentialRotate`."""
    credential: ProviderCredentialDetails
    """The new credential. Null when it was not done."""
    account: ProviderAccountDetails
    """The account that it belongs to, as it is now. Null when it was not done."""


def _decode_provider_credential_rotate(data: Mapping[str, Any]) -> ProviderCredentialRotate:
    return ProviderCredentialRotate(
        credential=_decode_provider_credential_details(data["credential"]),
        account=_decode_provider_account_details(data["account"]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderDiscoveredModels:
    """A page of models that a provider listed."""
    nodes: list[ProviderDiscoveredModelsNodes]
    """The models alone."""
    page_info: Page
    """Where the page stands."""
    total_count: int
    """Number of models."""


def _decode_provider_discovered_models(data: Mapping[str, Any]) -> ProviderDiscoveredModels:
    return ProviderDiscoveredModels(
        nodes=[_decode_provider_discovered_models_nodes(item) for item in data["nodes"]],
        page_info=_decode_page(data["pageInfo"]),
        total_count=data["totalCount"],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderDiscoveredModelsNodes:
    """A model as its provider lists it. What the provider does not tell is null."""
    name: str
    """The provider's own name of it; calls write the account's name and a slash before it."""
    display_name: str | None
    """Name for people."""
    created_at: datetime | None
    """When the provider made it."""
    context_tokens: int | None
    """Tokens that input and output may have together."""
    max_output_tokens: int | None
    """Tokens that the output may have."""


def _decode_provider_discovered_models_nodes(data: Mapping[str, Any]) -> ProviderDiscoveredModelsNodes:
    return ProviderDiscoveredModelsNodes(
        name=data["name"],
        display_name=data["displayName"],
        created_at=None if data["createdAt"] is None else datetime.fromisoformat(data["createdAt"]),
        context_tokens=data["contextTokens"],
        max_output_tokens=data["maxOutputTokens"],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderModelsDiscover:
    """What came of `providerModelsDiscover`."""
    account: ProviderAccountDetails
    """The account with what was found. Null when it was not done."""


def _decode_provider_models_discover(data: Mapping[str, Any]) -> ProviderModelsDiscover:
    return ProviderModelsDiscover(
        account=_decode_provider_account_details(data["account"]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderVendors:
    """A kind of provider that can be connected."""
    name: str
    """Stable name, such as `openai`; also the default name of an account there."""
    display_name: str
    """Name for people."""
    default_base_url: str | None
    """Base URL that is used when none is given; null: one must be given."""
    base_url_ends_before: str | None
    """What follows the base URL in requests, such as `/chat/completions`: it must end before that. Null where it does not matter."""
    settings: list[ProviderVendorsSettings]
    """What is asked for beside the base URL, in the order a form would ask."""


def _decode_provider_vendors(data: Mapping[str, Any]) -> ProviderVendors:
    return ProviderVendors(
        name=data["name"],
        display_name=data["displayName"],
        default_base_url=data["defaultBaseUrl"],
        base_url_ends_before=data["baseUrlEndsBefore"],
        settings=[_decode_provider_vendors_settings(item) for item in data["settings"]],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderVendorsSettings:
    """Something that a kind of provider asks for."""
    name: str
    """Name by which it is given, such as `apiKey` or `region`."""
    description: str
    """What it is, for people."""
    is_secret: bool
    """Whether it is given among the secrets of a credential; otherwise among the settings of the account."""
    is_required: bool
    """Whether nothing can be connected without it."""


def _decode_provider_vendors_settings(data: Mapping[str, Any]) -> ProviderVendorsSettings:
    return ProviderVendorsSettings(
        name=data["name"],
        description=data["description"],
        is_secret=data["isSecret"],
        is_required=data["isRequired"],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Providers:
    """A page of providers."""
    nodes: list[ProviderDetails]
    """The providers alone."""
    page_info: Page
    """Where the page stands."""
    total_count: int
    """Number of providers."""


def _decode_providers(data: Mapping[str, Any]) -> Providers:
    return Providers(
        nodes=[_decode_provider_details(item) for item in data["nodes"]],
        page_info=_decode_page(data["pageInfo"]),
        total_count=data["totalCount"],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderDetails:
    """Somebody who serves models."""
    id: str
    """Opaque id."""
    name: str
    """Stable name, the part of a model's name before the slash."""
    display_name: str
    """Name for people."""
    is_connected: bool
    """Whether calls can be sent to it."""
    connect_hint: str | None
    """What would connect it, such as the variable to set; null when it is connected."""
    capabilities: ProviderDetailsCapabilities
    """Abilities of its interface."""


def _decode_provider_details(data: Mapping[str, Any]) -> ProviderDetails:
    return ProviderDetails(
        id=data["id"],
        name=data["name"],
        display_name=data["displayName"],
        is_connected=data["isConnected"],
        connect_hint=data["connectHint"],
        capabilities=_decode_provider_details_capabilities(data["capabilities"]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderDetailsCapabilities:
    """Abilities of a provider's interface; a model of it may have fewer."""
    has_streaming: bool
    """Streams answers."""
    has_tools: bool
    """Takes tool definitions."""
    has_vision: bool
    """Takes images."""
    has_documents: bool
    """Takes documents."""
    has_structured_output: bool
    """Keeps to a JSON schema."""
    has_reasoning: bool
    """Returns reasoning."""
    has_logprobs: bool
    """Returns log probabilities."""
    has_multiple_choices: bool
    """Gives several answers to one call."""
    has_embeddings: bool
    """Makes embeddings."""


def _decode_provider_details_capabilities(data: Mapping[str, Any]) -> ProviderDetailsCapabilities:
    return ProviderDetailsCapabilities(
        has_streaming=data["hasStreaming"],
        has_tools=data["hasTools"],
        has_vision=data["hasVision"],
        has_documents=data["hasDocuments"],
        has_structured_output=data["hasStructuredOutput"],
        has_reasoning=data["hasReasoning"],
        has_logprobs=data["hasLogprobs"],
        has_multiple_choices=data["hasMultipleChoices"],
        has_embeddings=data["hasEmbeddings"],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RerankCreate:
    """Documents by relevance, and the record of the call."""
    completion: CompletionDetails
    """The record of the call; also present when it failed after it was recorded. Null when it was refused before."""
    documents: list[RerankCreateDocuments]
    """Best first, at most 10,000; null when the call failed."""


def _decode_rerank_create(data: Mapping[str, Any]) -> RerankCreate:
    return RerankCreate(
        completion=_decode_completion_details(data["completion"]),
        documents=[_decode_rerank_create_documents(item) for item in data["documents"]],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RerankCreateDocuments:
    """A document by its relevance."""
    index: int
    """Position in the documents that were sent."""
    score: float
    """The model's own measure, comparable within one answer only."""


def _decode_rerank_create_documents(data: Mapping[str, Any]) -> RerankCreateDocuments:
    return RerankCreateDocuments(
        index=data["index"],
        score=float(data["score"]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechCreate:
    """Sound, and the record of the call."""
    completion: CompletionDetails
    """The record of the call; also present when it failed after it was recorded. Null when it was refused before."""
    speech: SpeechCreateSpeech
    """The sound; null when the call failed."""


def _decode_speech_create(data: Mapping[str, Any]) -> SpeechCreate:
    return SpeechCreate(
        completion=_decode_completion_details(data["completion"]),
        speech=_decode_speech_create_speech(data["speech"]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechCreateSpeech:
    """Text spoken."""
    media_type: str
    """Media type, such as `audio/mpeg`."""
    base64: str
    """Base64 of the sound."""


def _decode_speech_create_speech(data: Mapping[str, Any]) -> SpeechCreateSpeech:
    return SpeechCreateSpeech(
        media_type=data["mediaType"],
        base64=data["base64"],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class TranscriptionCreate:
    """Text, and the record of the call."""
    completion: CompletionDetails
    """The record of the call; also present when it failed after it was recorded. Null when it was refused before."""
    transcription: TranscriptionCreateTranscription
    """The text; null when the call failed."""


def _decode_transcription_create(data: Mapping[str, Any]) -> TranscriptionCreate:
    return TranscriptionCreate(
        completion=_decode_completion_details(data["completion"]),
        transcription=_decode_transcription_create_transcription(data["transcription"]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class TranscriptionCreateTranscription:
    """Speech written down."""
    text: str
    """The text."""
    language: str | None
    """The language spoken; null where the provider tells none."""
    duration_seconds: float | None
    """Length of the recording in seconds; null where the provider tells none."""


def _decode_transcription_create_transcription(data: Mapping[str, Any]) -> TranscriptionCreateTranscription:
    return TranscriptionCreateTranscription(
        text=data["text"],
        language=data["language"],
        duration_seconds=None if data["durationSeconds"] is None else float(data["durationSeconds"]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """The caller."""
    organization: ViewerOrganization
    """Organization that pays."""
    project: ViewerProject
    """Project that new completions belong to."""
    api_key: ViewerApiKey | None
    """Key that was used; null for a signed-in session."""
    scopes: list[Scope]
    """Permissions the caller holds. At most one of each."""


def _decode_viewer(data: Mapping[str, Any]) -> Viewer:
    return Viewer(
        organization=_decode_viewer_organization(data["organization"]),
        project=_decode_viewer_project(data["project"]),
        api_key=None if data["apiKey"] is None else _decode_viewer_api_key(data["apiKey"]),
        scopes=[Scope(item) for item in data["scopes"]],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewerOrganization:
    """A paying tenant."""
    id: str
    """Opaque id."""
    name: str
    """Display name."""
    created_at: datetime
    """When it was made."""


def _decode_viewer_organization(data: Mapping[str, Any]) -> ViewerOrganization:
    return ViewerOrganization(
        id=data["id"],
        name=data["name"],
        created_at=datetime.fromisoformat(data["createdAt"]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewerProject:
    """A unit of work inside an organization; keys and completions belong to one."""
    id: str
    """Opaque id."""
    name: str
    """Display name."""
    created_at: datetime
    """When it was made."""


def _decode_viewer_project(data: Mapping[str, Any]) -> ViewerProject:
    return ViewerProject(
        id=data["id"],
        name=data["name"],
        created_at=datetime.fromisoformat(data["createdAt"]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewerApiKey:
    """A credential for programs. The secret itself is shown once, when it is made, and is not kept."""
    id: str
    """Opaque id."""
    name: str
    """Display name."""
    display_prefix: str
    """First characters of the secret, enough to recognise it."""
    scopes: list[Scope]
    """Permissions it holds. At most one of each."""
    requests_per_minute: int | None
    """Requests a minute it may make; null means the server's default."""
    concurrency: int | None
    """Calls it may have in flight; null means the server's default."""
    created_at: datetime
    """When it was made."""
    expires_at: datetime | None
    """When it stops working; null means never."""


def _decode_viewer_api_key(data: Mapping[str, Any]) -> ViewerApiKey:
    return ViewerApiKey(
        id=data["id"],
        name=data["name"],
        display_prefix=data["displayPrefix"],
        scopes=[Scope(item) for item in data["scopes"]],
        requests_per_minute=data["requestsPerMinute"],
        concurrency=data["concurrency"],
        created_at=datetime.fromisoformat(data["createdAt"]),
        expires_at=None if data["expiresAt"] is None else datetime.fromisoformat(data["expiresAt"]),
    )


class CompletionCreateInput(TypedDict):
    """What to complete, and within which bounds. What the model's provider cannot do is answered with a warning."""
    deadlineMs: NotRequired[int | None]
    """Milliseconds for the whole call; the server's limit when omitted, null or larger."""
    idempotencyKey: NotRequired[str | None]
    """Makes repeating safe for 24 hours: the same key with the same input returns the first result; with another input it is a conflict. 1 to 255 characters."""
    isParallelToolCallsAllowed: NotRequired[bool | None]
    """Whether several tools may be called in one answer; the provider's default when omitted or null."""
    maxCostUsd: NotRequired[Decimal | str | None]
    """Most that this call may cost, in USD. It is refused before anything is spent when its upper bound is larger, or its price is unknown."""
    messages: list[MessageInput]
    """Conversation so far, oldest first; 1 to 10,000 messages."""
    metadata: NotRequired[Any | None]
    """Caller's labels, kept with the record and returned; a JSON object of at most 16 KiB."""
    model: str
    """Name of the model, such as `openai/gpt-4.1-mini` or `local/echo`."""
    options: NotRequired[CompletionOptionsInput | None]
    """Sampling and length; the provider's defaults for what is omitted or null."""
    responseFormat: NotRequired[ResponseFormatInput | None]
    """Form of the answer; text when omitted or null."""
    toolChoice: NotRequired[ToolChoiceInput | None]
    """Whether and which tool the model must call; the provider's default when omitted or null."""
    tools: NotRequired[list[ToolInput] | None]
    """Functions that the model may ask for; at most 512."""


class MessageInputAssistant(TypedDict):
    """What the model answered before."""
    assistant: AssistantMessageInput


class MessageInputDeveloper(TypedDict):
    """Instructions by the developer, for models that tell them apart from `system`."""
    developer: SystemMessageInput


class MessageInputSystem(TypedDict):
    """Instructions that rank above the user's."""
    system: SystemMessageInput


class MessageInputTool(TypedDict):
    """Result of a tool call."""
    tool: ToolMessageInput


class MessageInputUser(TypedDict):
    """What a person or program asks."""
    user: UserMessageInput


MessageInput: TypeAlias = "MessageInputAssistant | MessageInputDeveloper | MessageInputSystem | MessageInputTool | MessageInputUser"
"""One message; exactly one member."""


class AssistantMessageInput(TypedDict):
    """What the model answered before."""
    content: NotRequired[MessageContentInput | None]
    """The answer; may be omitted or null when it consisted of tool calls."""
    reasoning: NotRequired[list[ReasoningPartInput] | None]
    """Reasoning it returned; must be given back unchanged in tool loops of models that sign it. At most 512 parts."""
    refusal: NotRequired[str | None]
    """Refusal it returned."""
    toolCalls: NotRequired[list[ToolCallInput] | None]
    """Tool calls it asked for, in order; at most 512."""


class MessageContentInputParts(TypedDict):
    """Text, images, documents and sound, in order; 1 to 1,000 parts."""
    parts: list[ContentPartInput]


class MessageContentInputText(TypedDict):
    """Plain text."""
    text: str


MessageContentInput: TypeAlias = "MessageContentInputParts | MessageContentInputText"
"""Content of a message; exactly one member."""


class ContentPartInputAudio(TypedDict):
    """Sound."""
    audio: AudioPartInput


class ContentPartInputDocument(TypedDict):
    """A document."""
    document: DocumentPartInput


class ContentPartInputImage(TypedDict):
    """An image."""
    image: ImagePartInput


class ContentPartInputText(TypedDict):
    """Text."""
    text: TextPartInput


ContentPartInput: TypeAlias = "ContentPartInputAudio | ContentPartInputDocument | ContentPartInputImage | ContentPartInputText"
"""A piece of content; exactly one member."""


class AudioPartInput(TypedDict):
    """Sound in a message."""
    data: str
    """Base64 of the sound."""
    format: str
    """Format, such as `wav` or `mp3`."""


class DocumentPartInput(TypedDict):
    """A document in a message."""
    name: NotRequired[str | None]
    """File name."""
    source: MediaSourceInput
    """Where the document is."""


class MediaSourceInputData(TypedDict):
    """The bytes."""
    data: MediaDataInput


class MediaSourceInputFileId(TypedDict):
    """Id of a file at the provider."""
    fileId: str


class MediaSourceInputUrl(TypedDict):
    """Address that the provider fetches."""
    url: str


MediaSourceInput: TypeAlias = "MediaSourceInputData | MediaSourceInputFileId | MediaSourceInputUrl"
"""Where a medium is; exactly one member."""


class MediaDataInput(TypedDict):
    """Bytes of a medium."""
    data: str
    """Base64 of the bytes."""
    mediaType: str
    """Media type, such as `image/png`."""


class ImagePartInput(TypedDict):
    """An image in a message."""
    detail: NotRequired[ImageDetail | Literal["AUTO", "HIGH", "LOW"] | None]
    """How closely the model looks; the provider's default when omitted or null."""
    source: MediaSourceInput
    """Where the image is."""


class TextPartInput(TypedDict):
    """Text in a message."""
    providerOptions: NotRequired[Any | None]
    """Vendor marks on this part, such as Anthropic's `cache_control`; a JSON object."""
    text: str
    """The text."""


class ReasoningPartInput(TypedDict):
    """Reasoning that a model returned."""
    redactedData: NotRequired[str | None]
    """Opaque data of withheld reasoning."""
    signature: NotRequired[str | None]
    """Opaque signature that came with it."""
    text: str
    """The text; empty when it was withheld."""


class ToolCallInput(TypedDict):
    """A tool call that a model asked for."""
    argumentsText: str
    """Arguments as the model wrote them, JSON text."""
    id: str
    """Id that the model gave it."""
    name: str
    """Name of the tool."""


class SystemMessageInput(TypedDict):
    """Instructions to the model."""
    content: MessageContentInput
    """The instructions."""
    name: NotRequired[str | None]
    """Name of the author, for models that tell authors apart."""


class ToolMessageInput(TypedDict):
    """Result of a tool call."""
    content: MessageContentInput
    """The result."""
    isError: NotRequired[bool | None]
    """Whether the tool failed."""
    toolCallId: str
    """Id of the call that this answers."""


class UserMessageInput(TypedDict):
    """What a person or program asks."""
    content: MessageContentInput
    """The question."""
    name: NotRequired[str | None]
    """Name of the author, for models that tell authors apart."""


class CompletionOptionsInput(TypedDict):
    """Sampling and length. Everything omitted or null is left to the provider; we add no default."""
    choiceCount: NotRequired[int | None]
    """Number of alternative answers, 1 to 128."""
    endUserId: NotRequired[str | None]
    """Caller's own id of the end user, for the provider's abuse detection."""
    frequencyPenalty: NotRequired[float | None]
    """Penalty on frequent tokens, -2 to 2."""
    maxOutputTokens: NotRequired[int | None]
    """Most tokens the answer may have, reasoning included; 1 or more."""
    presencePenalty: NotRequired[float | None]
    """Penalty on tokens that occurred, -2 to 2."""
    providerOptions: NotRequired[Any | None]
    """Parameters of the provider's wire that have no name here, passed on as they are; a JSON object."""
    reasoningBudgetTokens: NotRequired[int | None]
    """Tokens the model may think with, for providers that take a number."""
    reasoningEffort: NotRequired[ReasoningEffort | Literal["HIGH", "LOW", "MEDIUM", "MINIMAL", "NONE", "XHIGH"] | None]
    """How hard to think; the model's default when omitted or null."""
    seed: NotRequired[int | None]
    """Seed for repeatable sampling, where the provider offers it."""
    stop: NotRequired[list[str] | None]
    """Texts that end the answer; at most 16."""
    temperature: NotRequired[float | None]
    """Randomness, 0 to 2."""
    topK: NotRequired[int | None]
    """Sampling among the k likeliest tokens."""
    topLogprobs: NotRequired[int | None]
    """Number of likeliest tokens to report with log probabilities, 0 to 20; none are reported when omitted or null."""
    topP: NotRequired[float | None]
    """Nucleus sampling, 0 to 1."""


class ResponseFormatInputJsonObject(TypedDict):
    """Any JSON object, when true."""
    jsonObject: bool


class ResponseFormatInputJsonSchema(TypedDict):
    """JSON that keeps to a schema."""
    jsonSchema: JsonSchemaInput


ResponseFormatInput: TypeAlias = "ResponseFormatInputJsonObject | ResponseFormatInputJsonSchema"
"""Form of an answer; exactly one member."""


class JsonSchemaInput(TypedDict):
    """A JSON schema that the answer must keep to."""
    description: NotRequired[str | None]
    """What the answer is for, for the model."""
    isStrict: NotRequired[bool | None]
    """Whether the provider should enforce the schema."""
    name: str
    """Name of the schema, 1 to 64 letters, digits, `_` or `-`."""
    schema: Any
    """The JSON Schema."""


class ToolChoiceInputMode(TypedDict):
    """The model decides, may not, or must call some tool."""
    mode: ToolChoiceMode | Literal["AUTO", "NONE", "REQUIRED"]


class ToolChoiceInputTool(TypedDict):
    """Name of the tool it must call."""
    tool: str


ToolChoiceInput: TypeAlias = "ToolChoiceInputMode | ToolChoiceInputTool"
"""Whether and which tool must be called; exactly one member."""


class ToolInput(TypedDict):
    """A function that the model may ask for."""
    description: NotRequired[str | None]
    """What it does, for the model."""
    isStrict: NotRequired[bool | None]
    """Whether the provider should hold the model to the schema."""
    name: str
    """Name, 1 to 128 characters."""
    parameters: NotRequired[Any | None]
    """JSON Schema of its arguments; none when omitted or null."""


class CompletionStreamInput(TypedDict):
    """What to complete as a stream, and within which bounds."""
    deadlineMs: NotRequired[int | None]
    """Milliseconds for the whole call; the server's limit when omitted, null or larger."""
    isParallelToolCallsAllowed: NotRequired[bool | None]
    """Whether several tools may be called in one answer; the provider's default when omitted or null."""
    maxCostUsd: NotRequired[Decimal | str | None]
    """Most that this call may cost, in USD. It is refused before anything is spent when its upper bound is larger, or its price is unknown."""
    messages: list[MessageInput]
    """Conversation so far, oldest first; 1 to 10,000 messages."""
    metadata: NotRequired[Any | None]
    """Caller's labels, kept with the record and returned; a JSON object of at most 16 KiB."""
    model: str
    """Name of the model, such as `openai/gpt-4.1-mini` or `local/echo`."""
    onDisconnect: NotRequired[DisconnectPolicy | Literal["CANCEL", "FINISH"]]
    """What becomes of the provider call when the subscriber leaves."""
    options: NotRequired[CompletionOptionsInput | None]
    """Sampling and length; the provider's defaults for what is omitted or null."""
    responseFormat: NotRequired[ResponseFormatInput | None]
    """Form of the answer; text when omitted or null."""
    toolChoice: NotRequired[ToolChoiceInput | None]
    """Whether and which tool the model must call; the provider's default when omitted or null."""
    tools: NotRequired[list[ToolInput] | None]
    """Functions that the model may ask for; at most 512."""


class CompletionFilter(TypedDict):
    """Conditions on completions; all given ones must hold."""
    door: NotRequired[CompletionDoor | Literal["ANTHROPIC", "GEMINI", "GRAPHQL", "OLLAMA", "OPENAI"] | None]
    """Door it came through."""
    model: NotRequired[str | None]
    """Name of the model that was asked for."""
    outcome: NotRequired[CompletionOutcome | Literal["CANCELLED", "FAILED", "ORPHANED", "SUCCEEDED"] | None]
    """How it ended."""
    provider: NotRequired[str | None]
    """Name of the provider that served it."""
    startedFrom: NotRequired[datetime | None]
    """Started at this instant or later."""
    startedTo: NotRequired[datetime | None]
    """Started before this instant."""
    status: NotRequired[CompletionStatus | Literal["ABANDONED", "IN_FLIGHT", "SETTLED"] | None]
    """Where it stands."""


CompletionsRerateInput = TypedDict("CompletionsRerateInput", {"from": "NotRequired[datetime | None]", "isDryRun": "NotRequired[bool]", "model": "NotRequired[str | None]", "to": "NotRequired[datetime | None]"})
"""Which calls to price again."""


class EmbeddingsCreateInput(TypedDict):
    """Texts to turn into vectors."""
    deadlineMs: NotRequired[int | None]
    """Milliseconds for the whole call; the server's limit when omitted, null or larger."""
    dimensions: NotRequired[int | None]
    """Numbers in each vector; the model's own when omitted or null."""
    maxCostUsd: NotRequired[Decimal | str | None]
    """Most that this call may cost, in USD. It is refused before anything is spent when its upper bound is larger, or its price is unknown."""
    metadata: NotRequired[Any | None]
    """Caller's labels, kept with the record and returned; a JSON object of at most 16 KiB."""
    model: str
    """Name of the model, such as `openai/text-embedding-3-small`."""
    providerOptions: NotRequired[Any | None]
    """Parameters of the provider that have no name here; a JSON object."""
    texts: list[str]
    """The texts, 1 to 2,048."""


class ImageCreateInput(TypedDict):
    """Images to make."""
    count: NotRequired[int | None]
    """How many, 1 to 20; the provider's default when omitted or null."""
    deadlineMs: NotRequired[int | None]
    """Milliseconds for the whole call; the server's limit when omitted, null or larger."""
    mask: NotRequired[MediaFileInput | None]
    """Where it is transparent the first source may be changed; everywhere when omitted or null."""
    maxCostUsd: NotRequired[Decimal | str | None]
    """Most that this call may cost, in USD. It is refused before anything is spent when its upper bound is larger, or its price is unknown."""
    metadata: NotRequired[Any | None]
    """Caller's labels, kept with the record and returned; a JSON object of at most 16 KiB."""
    model: str
    """Name of the model, such as `openai/gpt-image-1`."""
    prompt: str
    """What they show."""
    providerOptions: NotRequired[Any | None]
    """Parameters of the provider that have no name here; a JSON object."""
    quality: NotRequired[str | None]
    """The provider's word, such as `high`; its default when omitted or null."""
    size: NotRequired[str | None]
    """Such as `1024x1024`; the provider's default when omitted or null."""
    sources: NotRequired[list[MediaFileInput] | None]
    """Images to start from, at most 32; the call then changes images instead of making new ones."""


class MediaFileInput(TypedDict):
    """A file that is sent along. The whole request is bounded by the server's limit on bodies."""
    data: str
    """Base64 of the bytes."""
    mediaType: str
    """Media type, such as `image/png`."""
    name: str
    """File name."""


class ModelAliasCreateInput(TypedDict):
    """A name for models."""
    name: str
    """1 to 100 letters, digits and `. _ : @ -`; it wins over a model of the same bare name."""
    targets: list[str]
    """1 to 8 names of models, best first; not of aliases."""


class ModelAliasDeleteInput(TypedDict):
    """Which alias to delete."""
    aliasId: str
    """The alias."""


class ModelAliasUpdateInput(TypedDict):
    """What an alias is to stand for."""
    aliasId: str
    """The alias."""
    targets: list[str]
    """1 to 8 names of models, best first; not of aliases."""


class ModelPriceSetInput(TypedDict):
    """A price from a date on."""
    effectiveFrom: datetime
    """From when on it applies; may lie in the past, at most ten years in the future."""
    model: str
    """Name of the model, `<provider>/<model>`; the catalogue need not know it. `<provider>/*` stands for every model of a provider that has no
    price of its own, such as those of your own machine. 3 to 512 characters.
    """
    price: NotRequired[ModelPriceInput | None]
    """What it costs. Null: from then on what comes with the server counts again."""
    source: str
    """Where the figures come from, such as a contract or a page; 1 to 500 characters."""


class ModelPriceInput(TypedDict):
    """What a model costs."""
    contextTiers: NotRequired[list[ModelContextTierInput] | None]
    """Rates of a whole call whose input is larger than a size; at most 8, of different sizes."""
    pieces: NotRequired[ModelPieceRatesInput | None]
    """What is charged by the piece; nothing is when omitted or null."""
    rates: ModelRatesInput
    """What tokens cost."""
    serviceTiers: NotRequired[list[ModelServiceTierInput] | None]
    """Rates at service tiers other than the usual one; at most 8, of different names. The cost of one that is not here is unknown."""


class ModelContextTierInput(TypedDict):
    """Rates of a whole call whose input is larger than a size."""
    aboveInputTokens: int
    """Input, all buckets together, above which these rates hold; 1 or more."""
    rates: ModelRatesInput
    """What tokens cost then."""


class ModelRatesInput(TypedDict):
    """USD for a million tokens of each bucket, with at most nine decimals. Write "0" for what is free."""
    audioInputUsdPerMillion: NotRequired[Decimal | str | None]
    """Tokens of sound that is read; unknown when omitted or null."""
    audioOutputUsdPerMillion: NotRequired[Decimal | str | None]
    """Tokens of sound that is written; unknown when omitted or null."""
    cacheWriteHourUsdPerMillion: NotRequired[Decimal | str | None]
    """Input tokens written to a prompt cache that keeps them for an hour; unknown when omitted or null."""
    cacheWriteUsdPerMillion: NotRequired[Decimal | str | None]
    """Input tokens written to the prompt cache; as input when omitted or null."""
    cachedReadUsdPerMillion: NotRequired[Decimal | str | None]
    """Input tokens read from the prompt cache; as input when omitted or null."""
    imageInputUsdPerMillion: NotRequired[Decimal | str | None]
    """Tokens of images that are read; as input when omitted or null."""
    inputUsdPerMillion: Decimal | str
    """Input tokens."""
    outputUsdPerMillion: Decimal | str
    """Output tokens."""
    reasoningUsdPerMillion: NotRequired[Decimal | str | None]
    """Reasoning tokens; as output when omitted or null."""


class ModelPieceRatesInput(TypedDict):
    """USD for a piece, with at most nine decimals; unknown when omitted or null."""
    perAudioSecondUsd: NotRequired[Decimal | str | None]
    """A second of sound."""
    perCharacterUsd: NotRequired[Decimal | str | None]
    """A character that is spoken."""
    perImageUsd: NotRequired[Decimal | str | None]
    """An image that is made."""
    perSearchUsd: NotRequired[Decimal | str | None]
    """A search unit."""


class ModelServiceTierInput(TypedDict):
    """Rates at a service tier."""
    contextTiers: NotRequired[list[ModelContextTierInput] | None]
    """Rates of a whole call whose input is larger than a size; at most 8, of different sizes."""
    name: str
    """The provider's word for it, such as `flex` or `priority`; 1 to 64 characters."""
    rates: ModelRatesInput
    """What tokens cost there."""


class ModelFilter(TypedDict):
    """Conditions on models; all given ones must hold."""
    abilities: NotRequired[list[ModelAbility | Literal["AUDIO", "DOCUMENTS", "REASONING", "STRUCTURED_OUTPUT", "TOOLS", "VISION"]] | None]
    """Abilities that it must have, all of these. At most 16."""
    inputModalities: NotRequired[list[Modality | Literal["AUDIO", "IMAGE", "PDF", "TEXT", "VIDEO"]] | None]
    """What it must read, all of these. At most 8."""
    isAvailable: NotRequired[bool | None]
    """Whether the model can be called now."""
    isDeprecated: NotRequired[bool | None]
    """Whether its vendor has announced its end."""
    kinds: NotRequired[list[ModelKind | Literal["CHAT", "EMBEDDING", "IMAGE", "MODERATION", "RERANK", "SPEECH", "TRANSCRIPTION"]] | None]
    """What it is for; any of these. At most 16."""
    maxInputUsdPerMillion: NotRequired[Decimal | str | None]
    """Most that a million input tokens may cost, in USD; models without a known price are left out."""
    maxOutputUsdPerMillion: NotRequired[Decimal | str | None]
    """Most that a million output tokens may cost, in USD; models without a known price are left out."""
    minContextTokens: NotRequired[int | None]
    """Least context size in tokens; models of unknown size are left out."""
    outputModalities: NotRequired[list[Modality | Literal["AUDIO", "IMAGE", "PDF", "TEXT", "VIDEO"]] | None]
    """What it must write, all of these. At most 8."""
    provider: NotRequired[str | None]
    """Name of the provider, such as `openai`."""
    search: NotRequired[str | None]
    """Words that the name, display name, provider, family, kind or an ability begins with, in any order and case; every one must be found. At most 200 characters."""


class ModerationCreateInput(TypedDict):
    """Content to judge."""
    deadlineMs: NotRequired[int | None]
    """Milliseconds for the whole call; the server's limit when omitted, null or larger."""
    maxCostUsd: NotRequired[Decimal | str | None]
    """Most that this call may cost, in USD. It is refused before anything is spent when its upper bound is larger, or its price is unknown."""
    metadata: NotRequired[Any | None]
    """Caller's labels, kept with the record and returned; a JSON object of at most 16 KiB."""
    model: str
    """Name of the model, such as `openai/omni-moderation-latest`."""
    providerOptions: NotRequired[Any | None]
    """Parameters of the provider that have no name here; a JSON object."""
    texts: list[str]
    """The texts, 1 to 2,048."""


class ProviderAccountConnectInput(TypedDict):
    """What to connect."""
    baseUrl: NotRequired[str | None]
    """Where requests go: HTTPS on the public internet, or an origin that the operator allowed. Default or null: the vendor's usual place."""
    credentialName: NotRequired[str | None]
    """Name of its first credential, for people. Default: `first`."""
    displayName: NotRequired[str | None]
    """Name for people. Default: the vendor's."""
    headers: NotRequired[list[ProviderHeaderInput] | None]
    """Headers to send with every request."""
    models: NotRequired[list[str] | None]
    """Models to name with the account; others can be called all the same."""
    name: NotRequired[str | None]
    """The part of a model's name before the slash. Default: the vendor's name. The name of one vendor cannot be given to an account at another."""
    secrets: NotRequired[list[ProviderSecretInput] | None]
    """Secrets of its first credential. Left out for providers that need none."""
    settings: NotRequired[list[ProviderSettingInput] | None]
    """Settings that are no secrets."""
    vendor: str
    """Kind of provider, as `providerVendors` has it."""


class ProviderHeaderInput(TypedDict):
    """A header to send with every request of an account, for gateways in front of the provider."""
    name: str
    """Name. Headers of the connection (`host` and its like) and those that carry the credential cannot be set."""
    value: str
    """Value. It is sealed like a secret and never shown again."""


class ProviderSecretInput(TypedDict):
    """A secret to give to a credential. It is sealed at once and never shown again."""
    name: str
    """Name, as `providerVendors` has it, such as `apiKey`."""
    value: str
    """The secret itself. Send it as a variable, so that it does not stand in the text of an operation."""


class ProviderSettingInput(TypedDict):
    """A setting to give to an account."""
    name: str
    """Name, as `providerVendors` has it."""
    value: str
    """Value."""


class ProviderAccountDeleteInput(TypedDict):
    """Which account to delete."""
    accountId: str
    """The account."""


class ProviderAccountDisableInput(TypedDict):
    """Which account to disable."""
    accountId: str
    """The account."""


class ProviderAccountEnableInput(TypedDict):
    """Which account to enable."""
    accountId: str
    """The account."""


class ProviderAccountTestInput(TypedDict):
    """What to try."""
    accountId: str
    """The account; also one that is read-only."""
    credentialId: NotRequired[str | None]
    """One credential of it. Default: each of them."""


class ProviderAccountUpdateInput(TypedDict):
    """What to change in an account. What is left out stays; a list takes the place of the one before."""
    accountId: str
    """The account."""
    baseUrl: NotRequired[str | None]
    """Where requests go; null: the vendor's usual place. Needs `secrets`: a credential is never sent to a place that it was not given for."""
    displayName: NotRequired[str | None]
    """Name for people; null: the vendor's."""
    headers: NotRequired[list[ProviderHeaderInput] | None]
    """Headers to send with every request; null: none."""
    models: NotRequired[list[str] | None]
    """Models to name with the account; null: none."""
    secrets: NotRequired[list[ProviderSecretInput] | None]
    """Secrets of one credential that takes the place of all it has, at once. Null: the credentials stay."""
    settings: NotRequired[list[ProviderSettingInput] | None]
    """Settings that are no secrets; null: none. Need `secrets` when they change, as `baseUrl` does."""


class ProviderCredentialAddInput(TypedDict):
    """What to add to an account."""
    accountId: str
    """The account."""
    name: str
    """Name for people."""
    secrets: list[ProviderSecretInput]
    """Its secrets."""


class ProviderCredentialDeleteInput(TypedDict):
    """Which credential to delete."""
    credentialId: str
    """The credential."""


class ProviderCredentialDisableInput(TypedDict):
    """Which credential to disable."""
    credentialId: str
    """The credential."""


class ProviderCredentialEnableInput(TypedDict):
    """Which credential to enable."""
    credentialId: str
    """The credential."""


class ProviderCredentialRotateInput(TypedDict):
    """What to put in the place of a credential."""
    credentialId: str
    """The credential to replace."""
    name: NotRequired[str | None]
    """Name of the new one, for people. Default: that of the old one."""
    overlapSeconds: NotRequired[int | None]
    """How long the old one stays beside it, in seconds, 0 to 2592000. Default 3600; 0 deletes it at once."""
    secrets: list[ProviderSecretInput]
    """Secrets of the new one."""


class ProviderModelsDiscoverInput(TypedDict):
    """Where to look for models."""
    accountId: str
    """The account; also one that is read-only."""


class RerankCreateInput(TypedDict):
    """Documents to rank."""
    deadlineMs: NotRequired[int | None]
    """Milliseconds for the whole call; the server's limit when omitted, null or larger."""
    documents: list[str]
    """Texts of the documents, 1 to 10,000."""
    maxCostUsd: NotRequired[Decimal | str | None]
    """Most that this call may cost, in USD. It is refused before anything is spent when its upper bound is larger, or its price is unknown."""
    metadata: NotRequired[Any | None]
    """Caller's labels, kept with the record and returned; a JSON object of at most 16 KiB."""
    model: str
    """Name of the model, such as `cohere/rerank-v3.5`."""
    providerOptions: NotRequired[Any | None]
    """Parameters of the provider that have no name here; a JSON object."""
    query: str
    """What they should be relevant to."""
    topN: NotRequired[int | None]
    """How many of the best are given; all when omitted or null."""


class SpeechCreateInput(TypedDict):
    """Text to speak."""
    deadlineMs: NotRequired[int | None]
    """Milliseconds for the whole call; the server's limit when omitted, null or larger."""
    format: NotRequired[str | None]
    """Such as `mp3`, `opus` or `wav`; the provider's default when omitted or null."""
    maxCostUsd: NotRequired[Decimal | str | None]
    """Most that this call may cost, in USD. It is refused before anything is spent when its upper bound is larger, or its price is unknown."""
    metadata: NotRequired[Any | None]
    """Caller's labels, kept with the record and returned; a JSON object of at most 16 KiB."""
    model: str
    """Name of the model, such as `openai/gpt-4o-mini-tts`."""
    providerOptions: NotRequired[Any | None]
    """Parameters of the provider that have no name here; a JSON object."""
    speed: NotRequired[float | None]
    """Speed, 1 is natural; the provider's default when omitted or null."""
    text: str
    """The text."""
    voice: str
    """The provider's name of the voice, such as `alloy`."""


class TranscriptionCreateInput(TypedDict):
    """Speech to write down."""
    audio: MediaFileInput
    """The recording."""
    deadlineMs: NotRequired[int | None]
    """Milliseconds for the whole call; the server's limit when omitted, null or larger."""
    isTranslation: NotRequired[bool]
    """Whether the text is to be in English instead of the language spoken."""
    language: NotRequired[str | None]
    """ISO 639-1 code of the language spoken; the model finds out when omitted or null."""
    maxCostUsd: NotRequired[Decimal | str | None]
    """Most that this call may cost, in USD. It is refused before anything is spent when its upper bound is larger, or its price is unknown."""
    metadata: NotRequired[Any | None]
    """Caller's labels, kept with the record and returned; a JSON object of at most 16 KiB."""
    model: str
    """Name of the model, such as `openai/gpt-4o-transcribe`."""
    prompt: NotRequired[str | None]
    """Words that help the model, such as names."""
    providerOptions: NotRequired[Any | None]
    """Parameters of the provider that have no name here; a JSON object."""
    temperature: NotRequired[float | None]
    """Sampling temperature, 0 to 1; the provider's default when omitted or null."""


_ACCOUNTING = "query Accounting($from:DateTime$to:DateTime){accounting(from:$from to:$to){started settled abandoned inFlight unexplained refused pendingInJournal isBalanced requestCostUsd requestAdjustmentUsd attemptCostUsd unpricedRequests}}"
_COMPLETION = "query Completion($id:ID!){completion(id:$id){...CompletionDetails input{body format sizeBytes}}}fragment CompletionDetails on Completion{...CompletionSummary attempts{id ordinal providerName modelName startedAt settledAt outcome errorClass httpStatus upstreamRequestId usage{...UsageDetails}cost{amountUsd priceVersion}timeToFirstTokenMs durationMs}output{text choices{index text refusal reasoning{text signature redactedData}toolCalls{id name argumentsText}logprobs finishReason rawFinishReason extra}}}fragment CompletionSummary on Completion{id status outcome door operation isStreaming requestedModel model{id name}startedAt settledAt finishReason usage{...UsageDetails}cost{amountUsd basis reservedUsd adjustmentUsd}timing{timeToFirstTokenMs durationMs overheadMs}failure{code message}warnings metadata}fragment UsageDetails on Usage{inputTokens cachedReadTokens cacheWriteTokens outputTokens reasoningTokens audioInputTokens audioOutputTokens imageInputTokens totalTokens basis}"
_COMPLETION_CREATE = "mutation CompletionCreate($input:CompletionCreateInput!){completionCreate(input:$input){completion{...CompletionDetails}errors{...CompletionProblem}}}fragment CompletionDetails on Completion{...CompletionSummary attempts{id ordinal providerName modelName startedAt settledAt outcome errorClass httpStatus upstreamRequestId usage{...UsageDetails}cost{amountUsd priceVersion}timeToFirstTokenMs durationMs}output{text choices{index text refusal reasoning{text signature redactedData}toolCalls{id name argumentsText}logprobs finishReason rawFinishReason extra}}}fragment CompletionSummary on Completion{id status outcome door operation isStreaming requestedModel model{id name}startedAt settledAt finishReason usage{...UsageDetails}cost{amountUsd basis reservedUsd adjustmentUsd}timing{timeToFirstTokenMs durationMs overheadMs}failure{code message}warnings metadata}fragment UsageDetails on Usage{inputTokens cachedReadTokens cacheWriteTokens outputTokens reasoningTokens audioInputTokens audioOutputTokens imageInputTokens totalTokens basis}fragment CompletionProblem on CompletionError{__typename ...on UserError{message code path}...on NoRouteError{reasons isRetryable}...on ProviderFailedError{isRetryable attempts{...AttemptProblem}}...on TimeoutError{attempts{...AttemptProblem}}}fragment AttemptProblem on AttemptSummary{attemptId providerId modelId errorClass httpStatus}"
_COMPLETION_STREAM = "subscription CompletionStream($input:CompletionStreamInput!){completionStream(input:$input){__typename ...on CompletionStarted{sequence completionId model warnings}...on CompletionTextDelta{sequence choice text}...on CompletionReasoningDelta{sequence choice text}...on CompletionReasoningEnded{sequence choice signature redactedData}...on CompletionRefusalDelta{sequence choice text}...on CompletionToolCallStarted{sequence choice index toolCallId name}...on CompletionToolCallDelta{sequence choice index argumentsText}...on CompletionLogprobs{sequence choice logprobs}...on CompletionExtra{sequence choice extra}...on CompletionChoiceFinished{sequence choice finishReason rawFinishReason}...on CompletionFinished{sequence completion{...CompletionDetails}}...on CompletionFailed{sequence failedCompletion{...CompletionSummary}error{...CompletionProblem}}}}fragment CompletionDetails on Completion{...CompletionSummary attempts{id ordinal providerName modelName startedAt settledAt outcome errorClass httpStatus upstreamRequestId usage{...UsageDetails}cost{amountUsd priceVersion}timeToFirstTokenMs durationMs}output{text choices{index text refusal reasoning{text signature redactedData}toolCalls{id name argumentsText}logprobs finishReason rawFinishReason extra}}}fragment CompletionSummary on Completion{id status outcome door operation isStreaming requestedModel model{id name}startedAt settledAt finishReason usage{...UsageDetails}cost{amountUsd basis reservedUsd adjustmentUsd}timing{timeToFirstTokenMs durationMs overheadMs}failure{code message}warnings metadata}fragment UsageDetails on Usage{inputTokens cachedReadTokens cacheWriteTokens outputTokens reasoningTokens audioInputTokens audioOutputTokens imageInputTokens totalTokens basis}fragment CompletionProblem on CompletionError{__typename ...on UserError{message code path}...on NoRouteError{reasons isRetryable}...on ProviderFailedError{isRetryable attempts{...AttemptProblem}}...on TimeoutError{attempts{...AttemptProblem}}}fragment AttemptProblem on AttemptSummary{attemptId providerId modelId errorClass httpStatus}"
_COMPLETIONS = "query Completions($filter:CompletionFilter$first:Int$after:String$last:Int$before:String){completions(filter:$filter first:$first after:$after last:$last before:$before){nodes{...CompletionSummary}pageInfo{...Page}}}fragment CompletionSummary on Completion{id status outcome door operation isStreaming requestedModel model{id name}startedAt settledAt finishReason usage{...UsageDetails}cost{amountUsd basis reservedUsd adjustmentUsd}timing{timeToFirstTokenMs durationMs overheadMs}failure{code message}warnings metadata}fragment UsageDetails on Usage{inputTokens cachedReadTokens cacheWriteTokens outputTokens reasoningTokens audioInputTokens audioOutputTokens imageInputTokens totalTokens basis}fragment Page on PageInfo{hasNextPage hasPreviousPage startCursor endCursor}"
_COMPLETIONS_RERATE = "mutation CompletionsRerate($input:CompletionsRerateInput!){completionsRerate(input:$input){rerating{...ReratingDetails}errors{...ReratingProblem}}}fragment ReratingDetails on Rerating{id isDryRun isFinished examinedAttempts changedAttempts unpricedAttempts differenceUsd differences{modelName previousPriceVersion priceVersion attempts differenceUsd}createdAt finishedAt}fragment ReratingProblem on CompletionsRerateError{__typename ...on UserError{message code path}}"
_EMBEDDINGS_CREATE = "mutation EmbeddingsCreate($input:EmbeddingsCreateInput!){embeddingsCreate(input:$input){completion{...CompletionDetails}embeddings{index vector}errors{...CompletionProblem}}}fragment CompletionDetails on Completion{...CompletionSummary attempts{id ordinal providerName modelName startedAt settledAt outcome errorClass httpStatus upstreamRequestId usage{...UsageDetails}cost{amountUsd priceVersion}timeToFirstTokenMs durationMs}output{text choices{index text refusal reasoning{text signature redactedData}toolCalls{id name argumentsText}logprobs finishReason rawFinishReason extra}}}fragment CompletionSummary on Completion{id status outcome door operation isStreaming requestedModel model{id name}startedAt settledAt finishReason usage{...UsageDetails}cost{amountUsd basis reservedUsd adjustmentUsd}timing{timeToFirstTokenMs durationMs overheadMs}failure{code message}warnings metadata}fragment UsageDetails on Usage{inputTokens cachedReadTokens cacheWriteTokens outputTokens reasoningTokens audioInputTokens audioOutputTokens imageInputTokens totalTokens basis}fragment CompletionProblem on CompletionError{__typename ...on UserError{message code path}...on NoRouteError{reasons isRetryable}...on ProviderFailedError{isRetryable attempts{...AttemptProblem}}...on TimeoutError{attempts{...AttemptProblem}}}fragment AttemptProblem on AttemptSummary{attemptId providerId modelId errorClass httpStatus}"
_IMAGE_CREATE = "mutation ImageCreate($input:ImageCreateInput!){imageCreate(input:$input){completion{...CompletionDetails}images{url base64 revisedPrompt}errors{...CompletionProblem}}}fragment CompletionDetails on Completion{...CompletionSummary attempts{id ordinal providerName modelName startedAt settledAt outcome errorClass httpStatus upstreamRequestId usage{...UsageDetails}cost{amountUsd priceVersion}timeToFirstTokenMs durationMs}output{text choices{index text refusal reasoning{text signature redactedData}toolCalls{id name argumentsText}logprobs finishReason rawFinishReason extra}}}fragment CompletionSummary on Completion{id status outcome door operation isStreaming requestedModel model{id name}startedAt settledAt finishReason usage{...UsageDetails}cost{amountUsd basis reservedUsd adjustmentUsd}timing{timeToFirstTokenMs durationMs overheadMs}failure{code message}warnings metadata}fragment UsageDetails on Usage{inputTokens cachedReadTokens cacheWriteTokens outputTokens reasoningTokens audioInputTokens audioOutputTokens imageInputTokens totalTokens basis}fragment CompletionProblem on CompletionError{__typename ...on UserError{message code path}...on NoRouteError{reasons isRetryable}...on ProviderFailedError{isRetryable attempts{...AttemptProblem}}...on TimeoutError{attempts{...AttemptProblem}}}fragment AttemptProblem on AttemptSummary{attemptId providerId modelId errorClass httpStatus}"
_MODEL_ALIAS_CREATE = "mutation ModelAliasCreate($input:ModelAliasCreateInput!){modelAliasCreate(input:$input){alias{...ModelAliasDetails}errors{...ProviderAccountProblem}}}fragment ModelAliasDetails on ModelAlias{id name targets source createdAt updatedAt}fragment ProviderAccountProblem on ProviderAccountError{__typename ...on UserError{message code path}}"
_MODEL_ALIAS_DELETE = "mutation ModelAliasDelete($input:ModelAliasDeleteInput!){modelAliasDelete(input:$input){alias{...ModelAliasDetails}errors{...ProviderAccountProblem}}}fragment ModelAliasDetails on ModelAlias{id name targets source createdAt updatedAt}fragment ProviderAccountProblem on ProviderAccountError{__typename ...on UserError{message code path}}"
_MODEL_ALIAS_UPDATE = "mutation ModelAliasUpdate($input:ModelAliasUpdateInput!){modelAliasUpdate(input:$input){alias{...ModelAliasDetails}errors{...ProviderAccountProblem}}}fragment ModelAliasDetails on ModelAlias{id name targets source createdAt updatedAt}fragment ProviderAccountProblem on ProviderAccountError{__typename ...on UserError{message code path}}"
_MODEL_ALIASES = "query ModelAliases($first:Int$after:String$last:Int$before:String){modelAliases(first:$first after:$after last:$last before:$before){nodes{...ModelAliasDetails}pageInfo{...Page}totalCount}}fragment ModelAliasDetails on ModelAlias{id name targets source createdAt updatedAt}fragment Page on PageInfo{hasNextPage hasPreviousPage startCursor endCursor}"
_MODEL_PRICE_SET = "mutation ModelPriceSet($input:ModelPriceSetInput!){modelPriceSet(input:$input){price{...ModelPriceVersionDetails}errors{...ModelPriceProblem}}}fragment ModelPriceVersionDetails on ModelPriceVersion{id modelName version effectiveFrom source price{version inputUsdPerMillion outputUsdPerMillion cachedReadUsdPerMillion cacheWriteUsdPerMillion cacheWriteHourUsdPerMillion reasoningUsdPerMillion audioInputUsdPerMillion audioOutputUsdPerMillion imageInputUsdPerMillion perImageUsd perSearchUsd perAudioSecondUsd perCharacterUsd}setAt}fragment ModelPriceProblem on ModelPriceSetError{__typename ...on UserError{message code path}}"
_MODEL_PRICES = "query ModelPrices($model:String$first:Int$after:String$last:Int$before:String){modelPrices(model:$model first:$first after:$after last:$last before:$before){nodes{...ModelPriceVersionDetails}pageInfo{...Page}totalCount}}fragment ModelPriceVersionDetails on ModelPriceVersion{id modelName version effectiveFrom source price{version inputUsdPerMillion outputUsdPerMillion cachedReadUsdPerMillion cacheWriteUsdPerMillion cacheWriteHourUsdPerMillion reasoningUsdPerMillion audioInputUsdPerMillion audioOutputUsdPerMillion imageInputUsdPerMillion perImageUsd perSearchUsd perAudioSecondUsd perCharacterUsd}setAt}fragment Page on PageInfo{hasNextPage hasPreviousPage startCursor endCursor}"
_MODELS = "query Models($filter:ModelFilter$first:Int$after:String$last:Int$before:String){models(filter:$filter first:$first after:$after last:$last before:$before){nodes{...ModelDetails}pageInfo{...Page}totalCount}}fragment ModelDetails on Model{id name displayName provider{id name}family knowledgeUntil releasedAt contextTokens maxInputTokens maxOutputTokens kind inputModalities outputModalities hasOpenWeights isDeprecated capabilities{hasVision hasDocuments hasAudio hasTools hasStructuredOutput hasReasoning}price{version effectiveFrom source inputUsdPerMillion outputUsdPerMillion cachedReadUsdPerMillion cacheWriteUsdPerMillion reasoningUsdPerMillion cacheWriteHourUsdPerMillion audioInputUsdPerMillion audioOutputUsdPerMillion imageInputUsdPerMillion perImageUsd perSearchUsd perAudioSecondUsd perCharacterUsd contextTiers{aboveInputTokens inputUsdPerMillion outputUsdPerMillion cachedReadUsdPerMillion cacheWriteUsdPerMillion}serviceTiers{name inputUsdPerMillion outputUsdPerMillion cachedReadUsdPerMillion cacheWriteUsdPerMillion}}isAvailable unavailableReason}fragment Page on PageInfo{hasNextPage hasPreviousPage startCursor endCursor}"
_MODERATION_CREATE = "mutation ModerationCreate($input:ModerationCreateInput!){moderationCreate(input:$input){completion{...CompletionDetails}verdicts{isFlagged categories{name isFlagged score}}errors{...CompletionProblem}}}fragment CompletionDetails on Completion{...CompletionSummary attempts{id ordinal providerName modelName startedAt settledAt outcome errorClass httpStatus upstreamRequestId usage{...UsageDetails}cost{amountUsd priceVersion}timeToFirstTokenMs durationMs}output{text choices{index text refusal reasoning{text signature redactedData}toolCalls{id name argumentsText}logprobs finishReason rawFinishReason extra}}}fragment CompletionSummary on Completion{id status outcome door operation isStreaming requestedModel model{id name}startedAt settledAt finishReason usage{...UsageDetails}cost{amountUsd basis reservedUsd adjustmentUsd}timing{timeToFirstTokenMs durationMs overheadMs}failure{code message}warnings metadata}fragment UsageDetails on Usage{inputTokens cachedReadTokens cacheWriteTokens outputTokens reasoningTokens audioInputTokens audioOutputTokens imageInputTokens totalTokens basis}fragment CompletionProblem on CompletionError{__typename ...on UserError{message code path}...on NoRouteError{reasons isRetryable}...on ProviderFailedError{isRetryable attempts{...AttemptProblem}}...on TimeoutError{attempts{...AttemptProblem}}}fragment AttemptProblem on AttemptSummary{attemptId providerId modelId errorClass httpStatus}"
_NODE = "query Node($id:ID!){node(id:$id){__typename id ...on Completion{...CompletionSummary}...on Model{...ModelDetails}...on Provider{...ProviderDetails}...on Organization{name createdAt}...on Project{name createdAt}...on ApiKey{name displayPrefix scopes createdAt expiresAt}}}fragment CompletionSummary on Completion{id status outcome door operation isStreaming requestedModel model{id name}startedAt settledAt finishReason usage{...UsageDetails}cost{amountUsd basis reservedUsd adjustmentUsd}timing{timeToFirstTokenMs durationMs overheadMs}failure{code message}warnings metadata}fragment UsageDetails on Usage{inputTokens cachedReadTokens cacheWriteTokens outputTokens reasoningTokens audioInputTokens audioOutputTokens imageInputTokens totalTokens basis}fragment ModelDetails on Model{id name displayName provider{id name}family knowledgeUntil releasedAt contextTokens maxInputTokens maxOutputTokens kind inputModalities outputModalities hasOpenWeights isDeprecated capabilities{hasVision hasDocuments hasAudio hasTools hasStructuredOutput hasReasoning}price{version effectiveFrom source inputUsdPerMillion outputUsdPerMillion cachedReadUsdPerMillion cacheWriteUsdPerMillion reasoningUsdPerMillion cacheWriteHourUsdPerMillion audioInputUsdPerMillion audioOutputUsdPerMillion imageInputUsdPerMillion perImageUsd perSearchUsd perAudioSecondUsd perCharacterUsd contextTiers{aboveInputTokens inputUsdPerMillion outputUsdPerMillion cachedReadUsdPerMillion cacheWriteUsdPerMillion}serviceTiers{name inputUsdPerMillion outputUsdPerMillion cachedReadUsdPerMillion cacheWriteUsdPerMillion}}isAvailable unavailableReason}fragment ProviderDetails on Provider{id name displayName isConnected connectHint capabilities{hasStreaming hasTools hasVision hasDocuments hasStructuredOutput hasReasoning hasLogprobs hasMultipleChoices hasEmbeddings}}"
_PROVIDER_ACCOUNT_CONNECT = "mutation ProviderAccountConnect($input:ProviderAccountConnectInput!){providerAccountConnect(input:$input){account{...ProviderAccountDetails}errors{...ProviderAccountProblem}}}fragment ProviderAccountDetails on ProviderAccount{id name displayName vendor{name displayName}source isReadOnly isEnabled isOverridden baseUrl settings{name value}headerNames models credentials{...ProviderCredentialDetails}discovery{discoveredAt modelCount}problem createdAt updatedAt}fragment ProviderCredentialDetails on ProviderCredential{id name hint status createdAt retiresAt problem health{lastSuccessAt lastFailureAt lastFailureClass lastFailureHttpStatus restsUntilAt headroom{reportedAt requests{...ProviderHeadroomWindowDetails}tokens{...ProviderHeadroomWindowDetails}}}}fragment ProviderHeadroomWindowDetails on ProviderHeadroomWindow{limit remaining resetsAt}fragment ProviderAccountProblem on ProviderAccountError{__typename ...on UserError{message code path}}"
_PROVIDER_ACCOUNT_DELETE = "mutation ProviderAccountDelete($input:ProviderAccountDeleteInput!){providerAccountDelete(input:$input){account{id name}errors{...ProviderAccountProblem}}}fragment ProviderAccountProblem on ProviderAccountError{__typename ...on UserError{message code path}}"
_PROVIDER_ACCOUNT_DISABLE = "mutation ProviderAccountDisable($input:ProviderAccountDisableInput!){providerAccountDisable(input:$input){account{...ProviderAccountDetails}errors{...ProviderAccountProblem}}}fragment ProviderAccountDetails on ProviderAccount{id name displayName vendor{name displayName}source isReadOnly isEnabled isOverridden baseUrl settings{name value}headerNames models credentials{...ProviderCredentialDetails}discovery{discoveredAt modelCount}problem createdAt updatedAt}fragment ProviderCredentialDetails on ProviderCredential{id name hint status createdAt retiresAt problem health{lastSuccessAt lastFailureAt lastFailureClass lastFailureHttpStatus restsUntilAt headroom{reportedAt requests{...ProviderHeadroomWindowDetails}tokens{...ProviderHeadroomWindowDetails}}}}fragment ProviderHeadroomWindowDetails on ProviderHeadroomWindow{limit remaining resetsAt}fragment ProviderAccountProblem on ProviderAccountError{__typename ...on UserError{message code path}}"
_PROVIDER_ACCOUNT_ENABLE = "mutation ProviderAccountEnable($input:ProviderAccountEnableInput!){providerAccountEnable(input:$input){account{...ProviderAccountDetails}errors{...ProviderAccountProblem}}}fragment ProviderAccountDetails on ProviderAccount{id name displayName vendor{name displayName}source isReadOnly isEnabled isOverridden baseUrl settings{name value}headerNames models credentials{...ProviderCredentialDetails}discovery{discoveredAt modelCount}problem createdAt updatedAt}fragment ProviderCredentialDetails on ProviderCredential{id name hint status createdAt retiresAt problem health{lastSuccessAt lastFailureAt lastFailureClass lastFailureHttpStatus restsUntilAt headroom{reportedAt requests{...ProviderHeadroomWindowDetails}tokens{...ProviderHeadroomWindowDetails}}}}fragment ProviderHeadroomWindowDetails on ProviderHeadroomWindow{limit remaining resetsAt}fragment ProviderAccountProblem on ProviderAccountError{__typename ...on UserError{message code path}}"
_PROVIDER_ACCOUNT_TEST = "mutation ProviderAccountTest($input:ProviderAccountTestInput!){providerAccountTest(input:$input){tests{credential{id name}isWorking errorClass httpStatus message durationMs}errors{...ProviderAccountProblem}}}fragment ProviderAccountProblem on ProviderAccountError{__typename ...on UserError{message code path}}"
_PROVIDER_ACCOUNT_UPDATE = "mutation ProviderAccountUpdate($input:ProviderAccountUpdateInput!){providerAccountUpdate(input:$input){account{...ProviderAccountDetails}errors{...ProviderAccountProblem}}}fragment ProviderAccountDetails on ProviderAccount{id name displayName vendor{name displayName}source isReadOnly isEnabled isOverridden baseUrl settings{name value}headerNames models credentials{...ProviderCredentialDetails}discovery{discoveredAt modelCount}problem createdAt updatedAt}fragment ProviderCredentialDetails on ProviderCredential{id name hint status createdAt retiresAt problem health{lastSuccessAt lastFailureAt lastFailureClass lastFailureHttpStatus restsUntilAt headroom{reportedAt requests{...ProviderHeadroomWindowDetails}tokens{...ProviderHeadroomWindowDetails}}}}fragment ProviderHeadroomWindowDetails on ProviderHeadroomWindow{limit remaining resetsAt}fragment ProviderAccountProblem on ProviderAccountError{__typename ...on UserError{message code path}}"
_PROVIDER_ACCOUNTS = "query ProviderAccounts($first:Int$after:String$last:Int$before:String){providerAccounts(first:$first after:$after last:$last before:$before){nodes{...ProviderAccountDetails}pageInfo{...Page}totalCount}}fragment ProviderAccountDetails on ProviderAccount{id name displayName vendor{name displayName}source isReadOnly isEnabled isOverridden baseUrl settings{name value}headerNames models credentials{...ProviderCredentialDetails}discovery{discoveredAt modelCount}problem createdAt updatedAt}fragment ProviderCredentialDetails on ProviderCredential{id name hint status createdAt retiresAt problem health{lastSuccessAt lastFailureAt lastFailureClass lastFailureHttpStatus restsUntilAt headroom{reportedAt requests{...ProviderHeadroomWindowDetails}tokens{...ProviderHeadroomWindowDetails}}}}fragment ProviderHeadroomWindowDetails on ProviderHeadroomWindow{limit remaining resetsAt}fragment Page on PageInfo{hasNextPage hasPreviousPage startCursor endCursor}"
_PROVIDER_CREDENTIAL_ADD = "mutation ProviderCredentialAdd($input:ProviderCredentialAddInput!){providerCredentialAdd(input:$input){credential{...ProviderCredentialDetails}errors{...ProviderAccountProblem}}}fragment ProviderCredentialDetails on ProviderCredential{id name hint status createdAt retiresAt problem health{lastSuccessAt lastFailureAt lastFailureClass lastFailureHttpStatus restsUntilAt headroom{reportedAt requests{...ProviderHeadroomWindowDetails}tokens{...ProviderHeadroomWindowDetails}}}}fragment ProviderHeadroomWindowDetails on ProviderHeadroomWindow{limit remaining resetsAt}fragment ProviderAccountProblem on ProviderAccountError{__typename ...on UserError{message code path}}"
_PROVIDER_CREDENTIAL_DELETE = "mutation ProviderCredentialDelete($input:ProviderCredentialDeleteInput!){providerCredentialDelete(input:$input){account{...ProviderAccountDetails}errors{...ProviderAccountProblem}}}fragment ProviderAccountDetails on ProviderAccount{id name displayName vendor{name displayName}source isReadOnly isEnabled isOverridden baseUrl settings{name value}headerNames models credentials{...ProviderCredentialDetails}discovery{discoveredAt modelCount}problem createdAt updatedAt}fragment ProviderCredentialDetails on ProviderCredential{id name hint status createdAt retiresAt problem health{lastSuccessAt lastFailureAt lastFailureClass lastFailureHttpStatus restsUntilAt headroom{reportedAt requests{...ProviderHeadroomWindowDetails}tokens{...ProviderHeadroomWindowDetails}}}}fragment ProviderHeadroomWindowDetails on ProviderHeadroomWindow{limit remaining resetsAt}fragment ProviderAccountProblem on ProviderAccountError{__typename ...on UserError{message code path}}"
_PROVIDER_CREDENTIAL_DISABLE = "mutation ProviderCredentialDisable($input:ProviderCredentialDisableInput!){providerCredentialDisable(input:$input){credential{...ProviderCredentialDetails}errors{...ProviderAccountProblem}}}fragment ProviderCredentialDetails on ProviderCredential{id name hint status createdAt retiresAt problem health{lastSuccessAt lastFailureAt lastFailureClass lastFailureHttpStatus restsUntilAt headroom{reportedAt requests{...ProviderHeadroomWindowDetails}tokens{...ProviderHeadroomWindowDetails}}}}fragment ProviderHeadroomWindowDetails on ProviderHeadroomWindow{limit remaining resetsAt}fragment ProviderAccountProblem on ProviderAccountError{__typename ...on UserError{message code path}}"
_PROVIDER_CREDENTIAL_ENABLE = "mutation ProviderCredentialEnable($input:ProviderCredentialEnableInput!){providerCredentialEnable(input:$input){credential{...ProviderCredentialDetails}errors{...ProviderAccountProblem}}}fragment ProviderCredentialDetails on ProviderCredential{id name hint status createdAt retiresAt problem health{lastSuccessAt lastFailureAt lastFailureClass lastFailureHttpStatus restsUntilAt headroom{reportedAt requests{...ProviderHeadroomWindowDetails}tokens{...ProviderHeadroomWindowDetails}}}}fragment ProviderHeadroomWindowDetails on ProviderHeadroomWindow{limit remaining resetsAt}fragment ProviderAccountProblem on ProviderAccountError{__typename ...on UserError{message code path}}"
_PROVIDER_CREDENTIAL_ROTATE = "mutation ProviderCredentialRotate($input:ProviderCredentialRotateInput!){providerCredentialRotate(input:$input){credential{...ProviderCredentialDetails}account{...ProviderAccountDetails}errors{...ProviderAccountProblem}}}fragment ProviderCredentialDetails on ProviderCredential{id name hint status createdAt retiresAt problem health{lastSuccessAt lastFailureAt lastFailureClass lastFailureHttpStatus restsUntilAt headroom{reportedAt requests{...ProviderHeadroomWindowDetails}tokens{...ProviderHeadroomWindowDetails}}}}fragment ProviderHeadroomWindowDetails on ProviderHeadroomWindow{limit remaining resetsAt}fragment ProviderAccountDetails on ProviderAccount{id name displayName vendor{name displayName}source isReadOnly isEnabled isOverridden baseUrl settings{name value}headerNames models credentials{...ProviderCredentialDetails}discovery{discoveredAt modelCount}problem createdAt updatedAt}fragment ProviderAccountProblem on ProviderAccountError{__typename ...on UserError{message code path}}"
_PROVIDER_DISCOVERED_MODELS = "query ProviderDiscoveredModels($accountId:ID!$first:Int$after:String$last:Int$before:String){providerDiscoveredModels(accountId:$accountId first:$first after:$after last:$last before:$before){nodes{name displayName createdAt contextTokens maxOutputTokens}pageInfo{...Page}totalCount}}fragment Page on PageInfo{hasNextPage hasPreviousPage startCursor endCursor}"
_PROVIDER_MODELS_DISCOVER = "mutation ProviderModelsDiscover($input:ProviderModelsDiscoverInput!){providerModelsDiscover(input:$input){account{...ProviderAccountDetails}errors{__typename ...on UserError{message code path}}}}fragment ProviderAccountDetails on ProviderAccount{id name displayName vendor{name displayName}source isReadOnly isEnabled isOverridden baseUrl settings{name value}headerNames models credentials{...ProviderCredentialDetails}discovery{discoveredAt modelCount}problem createdAt updatedAt}fragment ProviderCredentialDetails on ProviderCredential{id name hint status createdAt retiresAt problem health{lastSuccessAt lastFailureAt lastFailureClass lastFailureHttpStatus restsUntilAt headroom{reportedAt requests{...ProviderHeadroomWindowDetails}tokens{...ProviderHeadroomWindowDetails}}}}fragment ProviderHeadroomWindowDetails on ProviderHeadroomWindow{limit remaining resetsAt}"
_PROVIDER_VENDORS = "query ProviderVendors{providerVendors{name displayName defaultBaseUrl baseUrlEndsBefore settings{name description isSecret isRequired}}}"
_PROVIDERS = "query Providers($first:Int$after:String$last:Int$before:String){providers(first:$first after:$after last:$last before:$before){nodes{...ProviderDetails}pageInfo{...Page}totalCount}}fragment ProviderDetails on Provider{id name displayName isConnected connectHint capabilities{hasStreaming hasTools hasVision hasDocuments hasStructuredOutput hasReasoning hasLogprobs hasMultipleChoices hasEmbeddings}}fragment Page on PageInfo{hasNextPage hasPreviousPage startCursor endCursor}"
_RERANK_CREATE = "mutation RerankCreate($input:RerankCreateInput!){rerankCreate(input:$input){completion{...CompletionDetails}documents{index score}errors{...CompletionProblem}}}fragment CompletionDetails on Completion{...CompletionSummary attempts{id ordinal providerName modelName startedAt settledAt outcome errorClass httpStatus upstreamRequestId usage{...UsageDetails}cost{amountUsd priceVersion}timeToFirstTokenMs durationMs}output{text choices{index text refusal reasoning{text signature redactedData}toolCalls{id name argumentsText}logprobs finishReason rawFinishReason extra}}}fragment CompletionSummary on Completion{id status outcome door operation isStreaming requestedModel model{id name}startedAt settledAt finishReason usage{...UsageDetails}cost{amountUsd basis reservedUsd adjustmentUsd}timing{timeToFirstTokenMs durationMs overheadMs}failure{code message}warnings metadata}fragment UsageDetails on Usage{inputTokens cachedReadTokens cacheWriteTokens outputTokens reasoningTokens audioInputTokens audioOutputTokens imageInputTokens totalTokens basis}fragment CompletionProblem on CompletionError{__typename ...on UserError{message code path}...on NoRouteError{reasons isRetryable}...on ProviderFailedError{isRetryable attempts{...AttemptProblem}}...on TimeoutError{attempts{...AttemptProblem}}}fragment AttemptProblem on AttemptSummary{attemptId providerId modelId errorClass httpStatus}"
_RERATING = "query Rerating($id:ID!){rerating(id:$id){...ReratingDetails}}fragment ReratingDetails on Rerating{id isDryRun isFinished examinedAttempts changedAttempts unpricedAttempts differenceUsd differences{modelName previousPriceVersion priceVersion attempts differenceUsd}createdAt finishedAt}"
_SPEECH_CREATE = "mutation SpeechCreate($input:SpeechCreateInput!){speechCreate(input:$input){completion{...CompletionDetails}speech{mediaType base64}errors{...CompletionProblem}}}fragment CompletionDetails on Completion{...CompletionSummary attempts{id ordinal providerName modelName startedAt settledAt outcome errorClass httpStatus upstreamRequestId usage{...UsageDetails}cost{amountUsd priceVersion}timeToFirstTokenMs durationMs}output{text choices{index text refusal reasoning{text signature redactedData}toolCalls{id name argumentsText}logprobs finishReason rawFinishReason extra}}}fragment CompletionSummary on Completion{id status outcome door operation isStreaming requestedModel model{id name}startedAt settledAt finishReason usage{...UsageDetails}cost{amountUsd basis reservedUsd adjustmentUsd}timing{timeToFirstTokenMs durationMs overheadMs}failure{code message}warnings metadata}fragment UsageDetails on Usage{inputTokens cachedReadTokens cacheWriteTokens outputTokens reasoningTokens audioInputTokens audioOutputTokens imageInputTokens totalTokens basis}fragment CompletionProblem on CompletionError{__typename ...on UserError{message code path}...on NoRouteError{reasons isRetryable}...on ProviderFailedError{isRetryable attempts{...AttemptProblem}}...on TimeoutError{attempts{...AttemptProblem}}}fragment AttemptProblem on AttemptSummary{attemptId providerId modelId errorClass httpStatus}"
_TRANSCRIPTION_CREATE = "mutation TranscriptionCreate($input:TranscriptionCreateInput!){transcriptionCreate(input:$input){completion{...CompletionDetails}transcription{text language durationSeconds}errors{...CompletionProblem}}}fragment CompletionDetails on Completion{...CompletionSummary attempts{id ordinal providerName modelName startedAt settledAt outcome errorClass httpStatus upstreamRequestId usage{...UsageDetails}cost{amountUsd priceVersion}timeToFirstTokenMs durationMs}output{text choices{index text refusal reasoning{text signature redactedData}toolCalls{id name argumentsText}logprobs finishReason rawFinishReason extra}}}fragment CompletionSummary on Completion{id status outcome door operation isStreaming requestedModel model{id name}startedAt settledAt finishReason usage{...UsageDetails}cost{amountUsd basis reservedUsd adjustmentUsd}timing{timeToFirstTokenMs durationMs overheadMs}failure{code message}warnings metadata}fragment UsageDetails on Usage{inputTokens cachedReadTokens cacheWriteTokens outputTokens reasoningTokens audioInputTokens audioOutputTokens imageInputTokens totalTokens basis}fragment CompletionProblem on CompletionError{__typename ...on UserError{message code path}...on NoRouteError{reasons isRetryable}...on ProviderFailedError{isRetryable attempts{...AttemptProblem}}...on TimeoutError{attempts{...AttemptProblem}}}fragment AttemptProblem on AttemptSummary{attemptId providerId modelId errorClass httpStatus}"
_VIEWER = "query Viewer{viewer{organization{id name createdAt}project{id name createdAt}apiKey{id name displayPrefix scopes requestsPerMinute concurrency createdAt expiresAt}scopes}}"


class GeneratedOperations(Operations):
    """One method for each operation in sdk-js/operations."""

    def accounting(self, *, from_: datetime | None | Unset = UNSET, to: datetime | None | Unset = UNSET, timeout_s: float | None = None) -> Accounting:
        """Proof of accounting for the caller's organization: every request that started is settled, abandoned or in flight."""
        return self._query(_ACCOUNTING, {"from": from_, "to": to}, "accounting", _decode_accounting, timeout_s)

    def completion(self, *, id: str, timeout_s: float | None = None) -> Completion | None:
        """One completion of the caller's project; null when there is none with this id."""
        return self._query(_COMPLETION, {"id": id}, "completion", lambda data: None if data is None else _decode_completion(data), timeout_s)

    def completion_create(self, *, input: CompletionCreateInput, timeout_s: float | None = None) -> CompletionCreate:
        """Sends messages to a model and waits for the whole answer. The answer is returned after its record is durable.
        Safe to repeat with an `idempotencyKey`; otherwise each call is made and paid.
        """
        return self._mutate(_COMPLETION_CREATE, {"input": input}, "completionCreate", _decode_completion_create, timeout_s)

    def completion_stream(self, *, input: CompletionStreamInput, transport: Transport = "sse") -> Generator[CompletionStream, None, None]:
        """Sends messages to a model and delivers the answer as it is made: `CompletionStarted`, then parts, then exactly one of
        `CompletionFinished` and `CompletionFailed`, which comes after the record is durable. Leaving ends the provider call unless `onDisconnect` says otherwise.
        """
        return self._subscribe(_COMPLETION_STREAM, {"input": input}, "completionStream", _decode_completion_stream, transport)

    def completions(self, *, filter: CompletionFilter | None | Unset = UNSET, first: int | None | Unset = UNSET, after: str | None | Unset = UNSET, last: int | None | Unset = UNSET, before: str | None | Unset = UNSET, timeout_s: float | None = None) -> Completions:
        """Completions of the caller's project, newest first. Failed, cancelled and running ones are in it too."""
        return self._query(_COMPLETIONS, {"filter": filter, "first": first, "after": after, "last": last, "before": before}, "completions", _decode_completions, timeout_s)

    def completions_rerate(self, *, input: CompletionsRerateInput, timeout_s: float | None = None) -> CompletionsRerate:
        """Prices calls of the caller's organization again that were settled before their price was known or right, and writes the differences
        beside them. Works in the background and goes on after a restart; safe to repeat. With `isDryRun` nothing is written but what would be.
        """
        return self._mutate(_COMPLETIONS_RERATE, {"input": input}, "completionsRerate", _decode_completions_rerate, timeout_s)

    def embeddings_create(self, *, input: EmbeddingsCreateInput, timeout_s: float | None = None) -> EmbeddingsCreate:
        """Turns texts into vectors. Each call is made and paid; repeating it is harmless but for its cost."""
        return self._mutate(_EMBEDDINGS_CREATE, {"input": input}, "embeddingsCreate", _decode_embeddings_create, timeout_s)

    def image_create(self, *, input: ImageCreateInput, timeout_s: float | None = None) -> ImageCreate:
        """Has images made from a prompt, or changed."""
        return self._mutate(_IMAGE_CREATE, {"input": input}, "imageCreate", _decode_image_create, timeout_s)

    def model_alias_create(self, *, input: ModelAliasCreateInput, timeout_s: float | None = None) -> ModelAliasCreate:
        """Names one or more models. A name of the providers file is replaced for this project."""
        return self._mutate(_MODEL_ALIAS_CREATE, {"input": input}, "modelAliasCreate", _decode_model_alias_create, timeout_s)

    def model_alias_delete(self, *, input: ModelAliasDeleteInput, timeout_s: float | None = None) -> ModelAliasDelete:
        """Deletes an alias, for good."""
        return self._mutate(_MODEL_ALIAS_DELETE, {"input": input}, "modelAliasDelete", _decode_model_alias_delete, timeout_s)

    def model_alias_update(self, *, input: ModelAliasUpdateInput, timeout_s: float | None = None) -> ModelAliasUpdate:
        """Lets an alias stand for other models."""
        return self._mutate(_MODEL_ALIAS_UPDATE, {"input": input}, "modelAliasUpdate", _decode_model_alias_update, timeout_s)

    def model_aliases(self, *, first: int | None | Unset = UNSET, after: str | None | Unset = UNSET, last: int | None | Unset = UNSET, before: str | None | Unset = UNSET, timeout_s: float | None = None) -> ModelAliases:
        """Names that stand for models in the caller's project, by name."""
        return self._query(_MODEL_ALIASES, {"first": first, "after": after, "last": last, "before": before}, "modelAliases", _decode_model_aliases, timeout_s)

    def model_price_set(self, *, input: ModelPriceSetInput, timeout_s: float | None = None) -> ModelPriceSet:
        """Sets a price from a date on, for the whole installation and before what comes with the server. What was set is never changed: another
        version follows it. Calls that were settled before keep their cost until they are priced again by `completionsRerate`.
        """
        return self._mutate(_MODEL_PRICE_SET, {"input": input}, "modelPriceSet", _decode_model_price_set, timeout_s)

    def model_prices(self, *, model: str | None | Unset = UNSET, first: int | None | Unset = UNSET, after: str | None | Unset = UNSET, last: int | None | Unset = UNSET, before: str | None | Unset = UNSET, timeout_s: float | None = None) -> ModelPrices:
        """Prices that were set on this installation, the last one set first. Those that come with the server are not among them."""
        return self._query(_MODEL_PRICES, {"model": model, "first": first, "after": after, "last": last, "before": before}, "modelPrices", _decode_model_prices, timeout_s)

    def models(self, *, filter: ModelFilter | None | Unset = UNSET, first: int | None | Unset = UNSET, after: str | None | Unset = UNSET, last: int | None | Unset = UNSET, before: str | None | Unset = UNSET, timeout_s: float | None = None) -> Models:
        """Models in the catalogue: by id, or best match first when `filter.search` is given, then by id."""
        return self._query(_MODELS, {"filter": filter, "first": first, "after": after, "last": last, "before": before}, "models", _decode_models, timeout_s)

    def moderation_create(self, *, input: ModerationCreateInput, timeout_s: float | None = None) -> ModerationCreate:
        """Has content judged."""
        return self._mutate(_MODERATION_CREATE, {"input": input}, "moderationCreate", _decode_moderation_create, timeout_s)

    def node(self, *, id: str, timeout_s: float | None = None) -> Node | None:
        """Any entity by its id; null when it does not exist or belongs to somebody else."""
        return self._query(_NODE, {"id": id}, "node", lambda data: None if data is None else _decode_node(data), timeout_s)

    def provider_account_connect(self, *, input: ProviderAccountConnectInput, timeout_s: float | None = None) -> ProviderAccountConnect:
        """Connects an account at a provider for the caller's project. Sends nothing to the provider; `providerAccountTest` does."""
        return self._mutate(_PROVIDER_ACCOUNT_CONNECT, {"input": input}, "providerAccountConnect", _decode_provider_account_connect, timeout_s)

    def provider_account_delete(self, *, input: ProviderAccountDeleteInput, timeout_s: float | None = None) -> ProviderAccountDelete:
        """Deletes an account with its credentials, for good. Calls in flight end as they began."""
        return self._mutate(_PROVIDER_ACCOUNT_DELETE, {"input": input}, "providerAccountDelete", _decode_provider_account_delete, timeout_s)

    def provider_account_disable(self, *, input: ProviderAccountDisableInput, timeout_s: float | None = None) -> ProviderAccountDisable:
        """Stops calls to an account at once; those in flight end as they began. The account keeps its name: calls to it are refused and go to no shared account of the same name."""
        return self._mutate(_PROVIDER_ACCOUNT_DISABLE, {"input": input}, "providerAccountDisable", _decode_provider_account_disable, timeout_s)

    def provider_account_enable(self, *, input: ProviderAccountEnableInput, timeout_s: float | None = None) -> ProviderAccountEnable:
        """Lets calls go to an account again."""
        return self._mutate(_PROVIDER_ACCOUNT_ENABLE, {"input": input}, "providerAccountEnable", _decode_provider_account_enable, timeout_s)

    def provider_account_test(self, *, input: ProviderAccountTestInput, timeout_s: float | None = None) -> ProviderAccountTest:
        """Tries the credentials of an account by the provider's cheapest call. That one does not work is a result, not an error."""
        return self._mutate(_PROVIDER_ACCOUNT_TEST, {"input": input}, "providerAccountTest", _decode_provider_account_test, timeout_s)

    def provider_account_update(self, *, input: ProviderAccountUpdateInput, timeout_s: float | None = None) -> ProviderAccountUpdate:
        """Changes an account. What is left out stays as it is. Calls in flight end as they began."""
        return self._mutate(_PROVIDER_ACCOUNT_UPDATE, {"input": input}, "providerAccountUpdate", _decode_provider_account_update, timeout_s)

    def provider_accounts(self, *, first: int | None | Unset = UNSET, after: str | None | Unset = UNSET, last: int | None | Unset = UNSET, before: str | None | Unset = UNSET, timeout_s: float | None = None) -> ProviderAccounts:
        """Accounts at providers that the caller's project can call: its own, and those that all projects share. By name, its own first."""
        return self._query(_PROVIDER_ACCOUNTS, {"first": first, "after": after, "last": last, "before": before}, "providerAccounts", _decode_provider_accounts, timeout_s)

    def provider_credential_add(self, *, input: ProviderCredentialAddInput, timeout_s: float | None = None) -> ProviderCredentialAdd:
        """Adds a credential to an account; its credentials share the calls."""
        return self._mutate(_PROVIDER_CREDENTIAL_ADD, {"input": input}, "providerCredentialAdd", _decode_provider_credential_add, timeout_s)

    def provider_credential_delete(self, *, input: ProviderCredentialDeleteInput, timeout_s: float | None = None) -> ProviderCredentialDelete:
        """Deletes a credential, for good. Calls in flight end as they began."""
        return self._mutate(_PROVIDER_CREDENTIAL_DELETE, {"input": input}, "providerCredentialDelete", _decode_provider_credential_delete, timeout_s)

    def provider_credential_disable(self, *, input: ProviderCredentialDisableInput, timeout_s: float | None = None) -> ProviderCredentialDisable:
        """Stops the use of a credential at once; calls in flight end as they began."""
        return self._mutate(_PROVIDER_CREDENTIAL_DISABLE, {"input": input}, "providerCredentialDisable", _decode_provider_credential_disable, timeout_s)

    def provider_credential_enable(self, *, input: ProviderCredentialEnableInput, timeout_s: float | None = None) -> ProviderCredentialEnable:
        """Lets calls use a credential again."""
        return self._mutate(_PROVIDER_CREDENTIAL_ENABLE, {"input": input}, "providerCredentialEnable", _decode_provider_credential_enable, timeout_s)

    def provider_credential_rotate(self, *, input: ProviderCredentialRotateInput, timeout_s: float | None = None) -> ProviderCredentialRotate:
        """Puts a new credential in the place of another. New calls take the new one; the old one serves when the new one is refused, until the overlap is over, and is then deleted. No call fails."""
        return self._mutate(_PROVIDER_CREDENTIAL_ROTATE, {"input": input}, "providerCredentialRotate", _decode_provider_credential_rotate, timeout_s)

    def provider_discovered_models(self, *, account_id: str, first: int | None | Unset = UNSET, after: str | None | Unset = UNSET, last: int | None | Unset = UNSET, before: str | None | Unset = UNSET, timeout_s: float | None = None) -> ProviderDiscoveredModels | None:
        """Models that the provider of an account listed when it was last asked, by name; null when there is no such account, or it was never asked."""
        return self._query(_PROVIDER_DISCOVERED_MODELS, {"accountId": account_id, "first": first, "after": after, "last": last, "before": before}, "providerDiscoveredModels", lambda data: None if data is None else _decode_provider_discovered_models(data), timeout_s)

    def provider_models_discover(self, *, input: ProviderModelsDiscoverInput, timeout_s: float | None = None) -> ProviderModelsDiscover:
        """Asks the provider of an account for its models and keeps the list in the place of the one before."""
        return self._mutate(_PROVIDER_MODELS_DISCOVER, {"input": input}, "providerModelsDiscover", _decode_provider_models_discover, timeout_s)

    def provider_vendors(self, *, timeout_s: float | None = None) -> list[ProviderVendors]:
        """Kinds of providers that can be connected, by name, with what each asks for."""
        return self._query(_PROVIDER_VENDORS, {}, "providerVendors", lambda data: [_decode_provider_vendors(item) for item in data], timeout_s)

    def providers(self, *, first: int | None | Unset = UNSET, after: str | None | Unset = UNSET, last: int | None | Unset = UNSET, before: str | None | Unset = UNSET, timeout_s: float | None = None) -> Providers:
        """Providers that this installation knows, by id."""
        return self._query(_PROVIDERS, {"first": first, "after": after, "last": last, "before": before}, "providers", _decode_providers, timeout_s)

    def rerank_create(self, *, input: RerankCreateInput, timeout_s: float | None = None) -> RerankCreate:
        """Puts documents in the order of their relevance to a query."""
        return self._mutate(_RERANK_CREATE, {"input": input}, "rerankCreate", _decode_rerank_create, timeout_s)

    def rerating(self, *, id: str, timeout_s: float | None = None) -> ReratingDetails | None:
        """A pass over the organization's calls that prices them again; null when there is none with this id."""
        return self._query(_RERATING, {"id": id}, "rerating", lambda data: None if data is None else _decode_rerating_details(data), timeout_s)

    def speech_create(self, *, input: SpeechCreateInput, timeout_s: float | None = None) -> SpeechCreate:
        """Has text spoken."""
        return self._mutate(_SPEECH_CREATE, {"input": input}, "speechCreate", _decode_speech_create, timeout_s)

    def transcription_create(self, *, input: TranscriptionCreateInput, timeout_s: float | None = None) -> TranscriptionCreate:
        """Has speech written down."""
        return self._mutate(_TRANSCRIPTION_CREATE, {"input": input}, "transcriptionCreate", _decode_transcription_create, timeout_s)

    def viewer(self, *, timeout_s: float | None = None) -> Viewer:
        """Who is asking, by the credential that was sent."""
        return self._query(_VIEWER, {}, "viewer", _decode_viewer, timeout_s)


class AsyncGeneratedOperations(AsyncOperations):
    """One method for each operation in sdk-js/operations."""

    async def accounting(self, *, from_: datetime | None | Unset = UNSET, to: datetime | None | Unset = UNSET, timeout_s: float | None = None) -> Accounting:
        """Proof of accounting for the caller's organization: every request that started is settled, abandoned or in flight."""
        return await self._query(_ACCOUNTING, {"from": from_, "to": to}, "accounting", _decode_accounting, timeout_s)

    async def completion(self, *, id: str, timeout_s: float | None = None) -> Completion | None:
        """One completion of the caller's project; null when there is none with this id."""
        return await self._query(_COMPLETION, {"id": id}, "completion", lambda data: None if data is None else _decode_completion(data), timeout_s)

    async def completion_create(self, *, input: CompletionCreateInput, timeout_s: float | None = None) -> CompletionCreate:
        """Sends messages to a model and waits for the whole answer. The answer is returned after its record is durable.
        Safe to repeat with an `idempotencyKey`; otherwise each call is made and paid.
        """
        return await self._mutate(_COMPLETION_CREATE, {"input": input}, "completionCreate", _decode_completion_create, timeout_s)

    def completion_stream(self, *, input: CompletionStreamInput, transport: Transport = "sse") -> AsyncGenerator[CompletionStream, None]:
        """Sends messages to a model and delivers the answer as it is made: `CompletionStarted`, then parts, then exactly one of
        `CompletionFinished` and `CompletionFailed`, which comes after the record is durable. Leaving ends the provider call unless `onDisconnect` says otherwise.
        """
        return self._subscribe(_COMPLETION_STREAM, {"input": input}, "completionStream", _decode_completion_stream, transport)

    async def completions(self, *, filter: CompletionFilter | None | Unset = UNSET, first: int | None | Unset = UNSET, after: str | None | Unset = UNSET, last: int | None | Unset = UNSET, before: str | None | Unset = UNSET, timeout_s: float | None = None) -> Completions:
        """Completions of the caller's project, newest first. Failed, cancelled and running ones are in it too."""
        return await self._query(_COMPLETIONS, {"filter": filter, "first": first, "after": after, "last": last, "before": before}, "completions", _decode_completions, timeout_s)

    async def completions_rerate(self, *, input: CompletionsRerateInput, timeout_s: float | None = None) -> CompletionsRerate:
        """Prices calls of the caller's organization again that were settled before their price was known or right, and writes the differences
        beside them. Works in the background and goes on after a restart; safe to repeat. With `isDryRun` nothing is written but what would be.
        """
        return await self._mutate(_COMPLETIONS_RERATE, {"input": input}, "completionsRerate", _decode_completions_rerate, timeout_s)

    async def embeddings_create(self, *, input: EmbeddingsCreateInput, timeout_s: float | None = None) -> EmbeddingsCreate:
        """Turns texts into vectors. Each call is made and paid; repeating it is harmless but for its cost."""
        return await self._mutate(_EMBEDDINGS_CREATE, {"input": input}, "embeddingsCreate", _decode_embeddings_create, timeout_s)

    async def image_create(self, *, input: ImageCreateInput, timeout_s: float | None = None) -> ImageCreate:
        """Has images made from a prompt, or changed."""
        return await self._mutate(_IMAGE_CREATE, {"input": input}, "imageCreate", _decode_image_create, timeout_s)

    async def model_alias_create(self, *, input: ModelAliasCreateInput, timeout_s: float | None = None) -> ModelAliasCreate:
        """Names one or more models. A name of the providers file is replaced for this project."""
        return await self._mutate(_MODEL_ALIAS_CREATE, {"input": input}, "modelAliasCreate", _decode_model_alias_create, timeout_s)

    async def model_alias_delete(self, *, input: ModelAliasDeleteInput, timeout_s: float | None = None) -> ModelAliasDelete:
        """Deletes an alias, for good."""
        return await self._mutate(_MODEL_ALIAS_DELETE, {"input": input}, "modelAliasDelete", _decode_model_alias_delete, timeout_s)

    async def model_alias_update(self, *, input: ModelAliasUpdateInput, timeout_s: float | None = None) -> ModelAliasUpdate:
        """Lets an alias stand for other models."""
        return await self._mutate(_MODEL_ALIAS_UPDATE, {"input": input}, "modelAliasUpdate", _decode_model_alias_update, timeout_s)

    async def model_aliases(self, *, first: int | None | Unset = UNSET, after: str | None | Unset = UNSET, last: int | None | Unset = UNSET, before: str | None | Unset = UNSET, timeout_s: float | None = None) -> ModelAliases:
        """Names that stand for models in the caller's project, by name."""
        return await self._query(_MODEL_ALIASES, {"first": first, "after": after, "last": last, "before": before}, "modelAliases", _decode_model_aliases, timeout_s)

    async def model_price_set(self, *, input: ModelPriceSetInput, timeout_s: float | None = None) -> ModelPriceSet:
        """Sets a price from a date on, for the whole installation and before what comes with the server. What was set is never changed: another
        version follows it. Calls that were settled before keep their cost until they are priced again by `completionsRerate`.
        """
        return await self._mutate(_MODEL_PRICE_SET, {"input": input}, "modelPriceSet", _decode_model_price_set, timeout_s)

    async def model_prices(self, *, model: str | None | Unset = UNSET, first: int | None | Unset = UNSET, after: str | None | Unset = UNSET, last: int | None | Unset = UNSET, before: str | None | Unset = UNSET, timeout_s: float | None = None) -> ModelPrices:
        """Prices that were set on this installation, the last one set first. Those that come with the server are not among them."""
        return await self._query(_MODEL_PRICES, {"model": model, "first": first, "after": after, "last": last, "before": before}, "modelPrices", _decode_model_prices, timeout_s)

    async def models(self, *, filter: ModelFilter | None | Unset = UNSET, first: int | None | Unset = UNSET, after: str | None | Unset = UNSET, last: int | None | Unset = UNSET, before: str | None | Unset = UNSET, timeout_s: float | None = None) -> Models:
        """Models in the catalogue: by id, or best match first when `filter.search` is given, then by id."""
        return await self._query(_MODELS, {"filter": filter, "first": first, "after": after, "last": last, "before": before}, "models", _decode_models, timeout_s)

    async def moderation_create(self, *, input: ModerationCreateInput, timeout_s: float | None = None) -> ModerationCreate:
        """Has content judged."""
        return await self._mutate(_MODERATION_CREATE, {"input": input}, "moderationCreate", _decode_moderation_create, timeout_s)

    async def node(self, *, id: str, timeout_s: float | None = None) -> Node | None:
        """Any entity by its id; null when it does not exist or belongs to somebody else."""
        return await self._query(_NODE, {"id": id}, "node", lambda data: None if data is None else _decode_node(data), timeout_s)

    async def provider_account_connect(self, *, input: ProviderAccountConnectInput, timeout_s: float | None = None) -> ProviderAccountConnect:
        """Connects an account at a provider for the caller's project. Sends nothing to the provider; `providerAccountTest` does."""
        return await self._mutate(_PROVIDER_ACCOUNT_CONNECT, {"input": input}, "providerAccountConnect", _decode_provider_account_connect, timeout_s)

    async def provider_account_delete(self, *, input: ProviderAccountDeleteInput, timeout_s: float | None = None) -> ProviderAccountDelete:
        """Deletes an account with its credentials, for good. Calls in flight end as they began."""
        return await self._mutate(_PROVIDER_ACCOUNT_DELETE, {"input": input}, "providerAccountDelete", _decode_provider_account_delete, timeout_s)

    async def provider_account_disable(self, *, input: ProviderAccountDisableInput, timeout_s: float | None = None) -> ProviderAccountDisable:
        """Stops calls to an account at once; those in flight end as they began. The account keeps its name: calls to it are refused and go to no shared account of the same name."""
        return await self._mutate(_PROVIDER_ACCOUNT_DISABLE, {"input": input}, "providerAccountDisable", _decode_provider_account_disable, timeout_s)

    async def provider_account_enable(self, *, input: ProviderAccountEnableInput, timeout_s: float | None = None) -> ProviderAccountEnable:
        """Lets calls go to an account again."""
        return await self._mutate(_PROVIDER_ACCOUNT_ENABLE, {"input": input}, "providerAccountEnable", _decode_provider_account_enable, timeout_s)

    async def provider_account_test(self, *, input: ProviderAccountTestInput, timeout_s: float | None = None) -> ProviderAccountTest:
        """Tries the credentials of an account by the provider's cheapest call. That one does not work is a result, not an error."""
        return await self._mutate(_PROVIDER_ACCOUNT_TEST, {"input": input}, "providerAccountTest", _decode_provider_account_test, timeout_s)

    async def provider_account_update(self, *, input: ProviderAccountUpdateInput, timeout_s: float | None = None) -> ProviderAccountUpdate:
        """Changes an account. What is left out stays as it is. Calls in flight end as they began."""
        return await self._mutate(_PROVIDER_ACCOUNT_UPDATE, {"input": input}, "providerAccountUpdate", _decode_provider_account_update, timeout_s)

    async def provider_accounts(self, *, first: int | None | Unset = UNSET, after: str | None | Unset = UNSET, last: int | None | Unset = UNSET, before: str | None | Unset = UNSET, timeout_s: float | None = None) -> ProviderAccounts:
        """Accounts at providers that the caller's project can call: its own, and those that all projects share. By name, its own first."""
        return await self._query(_PROVIDER_ACCOUNTS, {"first": first, "after": after, "last": last, "before": before}, "providerAccounts", _decode_provider_accounts, timeout_s)

    async def provider_credential_add(self, *, input: ProviderCredentialAddInput, timeout_s: float | None = None) -> ProviderCredentialAdd:
        """Adds a credential to an account; its credentials share the calls."""
        return await self._mutate(_PROVIDER_CREDENTIAL_ADD, {"input": input}, "providerCredentialAdd", _decode_provider_credential_add, timeout_s)

    async def provider_credential_delete(self, *, input: ProviderCredentialDeleteInput, timeout_s: float | None = None) -> ProviderCredentialDelete:
        """Deletes a credential, for good. Calls in flight end as they began."""
        return await self._mutate(_PROVIDER_CREDENTIAL_DELETE, {"input": input}, "providerCredentialDelete", _decode_provider_credential_delete, timeout_s)

    async def provider_credential_disable(self, *, input: ProviderCredentialDisableInput, timeout_s: float | None = None) -> ProviderCredentialDisable:
        """Stops the use of a credential at once; calls in flight end as they began."""
        return await self._mutate(_PROVIDER_CREDENTIAL_DISABLE, {"input": input}, "providerCredentialDisable", _decode_provider_credential_disable, timeout_s)

    async def provider_credential_enable(self, *, input: ProviderCredentialEnableInput, timeout_s: float | None = None) -> ProviderCredentialEnable:
        """Lets calls use a credential again."""
        return await self._mutate(_PROVIDER_CREDENTIAL_ENABLE, {"input": input}, "providerCredentialEnable", _decode_provider_credential_enable, timeout_s)

    async def provider_credential_rotate(self, *, input: ProviderCredentialRotateInput, timeout_s: float | None = None) -> ProviderCredentialRotate:
        """Puts a new credential in the place of another. New calls take the new one; the old one serves when the new one is refused, until the overlap is over, and is then deleted. No call fails."""
        return await self._mutate(_PROVIDER_CREDENTIAL_ROTATE, {"input": input}, "providerCredentialRotate", _decode_provider_credential_rotate, timeout_s)

    async def provider_discovered_models(self, *, account_id: str, first: int | None | Unset = UNSET, after: str | None | Unset = UNSET, last: int | None | Unset = UNSET, before: str | None | Unset = UNSET, timeout_s: float | None = None) -> ProviderDiscoveredModels | None:
        """Models that the provider of an account listed when it was last asked, by name; null when there is no such account, or it was never asked."""
        return await self._query(_PROVIDER_DISCOVERED_MODELS, {"accountId": account_id, "first": first, "after": after, "last": last, "before": before}, "providerDiscoveredModels", lambda data: None if data is None else _decode_provider_discovered_models(data), timeout_s)

    async def provider_models_discover(self, *, input: ProviderModelsDiscoverInput, timeout_s: float | None = None) -> ProviderModelsDiscover:
        """Asks the provider of an account for its models and keeps the list in the place of the one before."""
        return await self._mutate(_PROVIDER_MODELS_DISCOVER, {"input": input}, "providerModelsDiscover", _decode_provider_models_discover, timeout_s)

    async def provider_vendors(self, *, timeout_s: float | None = None) -> list[ProviderVendors]:
        """Kinds of providers that can be connected, by name, with what each asks for."""
        return await self._query(_PROVIDER_VENDORS, {}, "providerVendors", lambda data: [_decode_provider_vendors(item) for item in data], timeout_s)

    async def providers(self, *, first: int | None | Unset = UNSET, after: str | None | Unset = UNSET, last: int | None | Unset = UNSET, before: str | None | Unset = UNSET, timeout_s: float | None = None) -> Providers:
        """Providers that this installation knows, by id."""
        return await self._query(_PROVIDERS, {"first": first, "after": after, "last": last, "before": before}, "providers", _decode_providers, timeout_s)

    async def rerank_create(self, *, input: RerankCreateInput, timeout_s: float | None = None) -> RerankCreate:
        """Puts documents in the order of their relevance to a query."""
        return await self._mutate(_RERANK_CREATE, {"input": input}, "rerankCreate", _decode_rerank_create, timeout_s)

    async def rerating(self, *, id: str, timeout_s: float | None = None) -> ReratingDetails | None:
        """A pass over the organization's calls that prices them again; null when there is none with this id."""
        return await self._query(_RERATING, {"id": id}, "rerating", lambda data: None if data is None else _decode_rerating_details(data), timeout_s)

    async def speech_create(self, *, input: SpeechCreateInput, timeout_s: float | None = None) -> SpeechCreate:
        """Has text spoken."""
        return await self._mutate(_SPEECH_CREATE, {"input": input}, "speechCreate", _decode_speech_create, timeout_s)

    async def transcription_create(self, *, input: TranscriptionCreateInput, timeout_s: float | None = None) -> TranscriptionCreate:
        """Has speech written down."""
        return await self._mutate(_TRANSCRIPTION_CREATE, {"input": input}, "transcriptionCreate", _decode_transcription_create, timeout_s)

    async def viewer(self, *, timeout_s: float | None = None) -> Viewer:
        """Who is asking, by the credential that was sent."""
        return await self._query(_VIEWER, {}, "viewer", _decode_viewer, timeout_s)
