/**
 * Model providers: their wires in one neutral form, the catalogue of models and dated prices, and what a model name means.
 * Promises that nothing of an answer is lost on the way, that failures fall into a closed set decided on the body, that buckets of
 * tokens are disjoint, and that an unknown price is never zero. Never retries, never falls back, keeps no state about calls:
 * that is routing's and the pipeline's.
 */
export { fromMessagesBody, MessagesEventEncoder, toMessagesResponse, type MessageIdentity } from './adapters/anthropic/index.ts';
export {
  fromOllamaChatBody,
  fromOllamaEmbedBody,
  fromOllamaGenerateBody,
  OllamaChunkEncoder,
  toOllamaChatResponse,
  toOllamaEmbedResponse,
  toOllamaErrorLine,
  type OllamaAnswerOptions,
} from './adapters/ollama/index.ts';
export {
  fromGeminiBody,
  GeminiChunkEncoder,
  GeminiListFraming,
  toGeminiResponse,
  type GeminiAnswerIdentity,
  type GeminiChunkEncoderOptions,
} from './adapters/gemini/index.ts';
export {
  fromModerationBody,
  fromOpenAiChatBody,
  fromOpenAiEmbeddingsBody,
  fromOpenAiTextBody,
  OpenAiChunkEncoder,
  OpenAiTextChunkEncoder,
  toModerationResponse,
  toOpenAiChatResponse,
  toOpenAiEmbeddingsResponse,
  toOpenAiTextResponse,
  type AnswerIdentity,
  type ChunkEncoderOptions,
  type TextRequest,
} from './adapters/openai-compatible/index.ts';
export type * from './catalog/catalogue-file.ts';
export {
  fromResponsesBody,
  isForeignReasoning,
  ResponseEventEncoder,
  toEventText,
  toListedItems,
  toPortableItems,
  toReplayedEvents,
  toResponseBase,
  toResponsesAnswer,
  type ResponseEventOptions,
  type ResponseFacts,
} from './adapters/openai-responses/index.ts';
export { loadCatalogue, type Catalogue, type CatalogueModel } from './catalog/catalogue.ts';
export { toConnections, toModelNames, type NamedConnection } from './connections.ts';
export type { ServedModels } from './composite-provider.ts';
export * from './contract.ts';
export * from './accounts/index.ts';
export { toPriceListing } from './model-listing.ts';
export { ModelSearch, type FoundModel } from './model-search.ts';
export { PriceBook, type PriceOverride } from './price-book.ts';
export { PriceList, type PriceSetting, type SetPrice } from './prices/price-list.service.ts';
export type { PriceRates } from './prices/price-rates.ts';
export type { PricePageQuery } from './prices/price.store.ts';
export {
  priceUsage,
  toServiceTier,
  upperBoundNanoUsd,
  type Price,
  type PricedLine,
  type PricedLines,
  type PriceTable,
  type Rates,
  type UnitRates,
} from './pricing.policy.ts';
export { connectProviders, createProviders, type ProvidersDeps, type SharedProviders } from './provider-registry.ts';
export type * from './providers.ts';
export { wasRequestSent } from './request-sent.ts';
export { decodeOutput, recordedFormatOf, type RecordedOutputFormat } from './recorded-output.ts';
export { abilityOf, canPerform, performTask, type AnyTaskResult } from './tasks.ts';
export * from './vendors/index.ts';
export { ChoiceBuilder } from './shared/choice-builder.ts';
