import type { Model, ModelPrice, Provider } from '../../../generated/schema.ts';
import type { ModelListing, ModelPriceListing, ProviderListing, Providers } from '../../../modules/providers/index.ts';
import { toEntityId } from '../../entity-id.ts';
import { formatUsd } from '../../money.ts';

/** Maps models, with the provider beside each looked up once. */
export function createModelMapping(providers: Providers): (listing: ModelListing) => Model & { __typename: 'Model' } {
  const listings = new Map(providers.listProviders().map((listing) => [listing.providerId, listing]));
  const mapped = new Map<string, Provider>();
  const providerOf = (providerId: string): Provider => {
    const known = mapped.get(providerId);
    if (known !== undefined) return known;
    const listing = listings.get(providerId);
    if (listing === undefined) throw new Error(`The catalogue has a model of ${providerId}, which is no provider.`);
    const provider = toProvider(listing);
    mapped.set(providerId, provider);
    return provider;
  };
  return (listing) => toModel(listing, providerOf(listing.providerId));
}

function toModel(listing: ModelListing, provider: Provider): Model & { __typename: 'Model' } {
  const { capabilities } = listing;
  return {
    __typename: 'Model',
    id: toEntityId('model', listing.modelId),
    name: listing.modelId,
    displayName: listing.displayName,
    provider,
    contextTokens: listing.contextTokens,
    maxOutputTokens: listing.maxOutputTokens,
    kind: listing.kind,
    capabilities: {
      hasVision: capabilities.vision,
      hasDocuments: capabilities.documents,
      hasAudio: capabilities.audio,
      hasTools: capabilities.tools,
      hasStructuredOutput: capabilities.structuredOutput,
      hasReasoning: capabilities.reasoning,
    },
    price: listing.price === null ? null : toPrice(listing.price),
    isAvailable: listing.isAvailable,
    unavailableReason: listing.unavailableReason,
  };
}

function toPrice(price: ModelPriceListing): ModelPrice {
  const perMillion = (nanoUsd: bigint | null): string | null => (nanoUsd === null ? null : formatUsd(nanoUsd));
  return {
    version: price.version,
    effectiveFrom: new Date(price.effectiveFromMs),
    source: price.source,
    inputUsdPerMillion: formatUsd(price.inputNanoUsdPerMillion),
    outputUsdPerMillion: formatUsd(price.outputNanoUsdPerMillion),
    cachedReadUsdPerMillion: perMillion(price.cachedReadNanoUsdPerMillion),
    cacheWriteUsdPerMillion: perMillion(price.cacheWriteNanoUsdPerMillion),
    reasoningUsdPerMillion: perMillion(price.reasoningNanoUsdPerMillion),
  };
}

export function toProvider(listing: ProviderListing): Provider & { __typename: 'Provider' } {
  const { capabilities } = listing;
  return {
    __typename: 'Provider',
    id: toEntityId('provider', listing.providerId),
    name: listing.providerId,
    displayName: listing.displayName,
    isConnected: listing.isConnected,
    connectHint: listing.connectHint,
    capabilities: {
      hasStreaming: capabilities.streaming,
      hasTools: capabilities.tools,
      hasVision: capabilities.vision,
      hasDocuments: capabilities.documents,
      hasStructuredOutput: capabilities.structuredOutput !== 'none',
      hasReasoning: capabilities.reasoning,
      hasLogprobs: capabilities.logprobs,
      hasMultipleChoices: capabilities.multipleChoices,
      hasEmbeddings: capabilities.embeddings,
    },
  };
}
