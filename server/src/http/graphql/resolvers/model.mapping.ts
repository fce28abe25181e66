import type * as M from '../../../generated/schema.ts';
import type { ModelListing, ModelPriceListing, ProviderListing, Providers } from '../../../modules/providers/index.ts';
import { toEntityId } from '../../entity-id.ts';
import { formatUsd } from '../../money.ts';

export function toModel(listing: ModelListing, providers: Providers): M.Model {
  const provider = providers.listProviders().find(({ providerId }) => providerId === listing.providerId);
  if (provider === undefined) throw new Error(`model ${listing.modelId} has no provider`);
  const { capabilities } = listing;
  return {
    __typename: 'Model',
    id: toEntityId('model', listing.modelId),
    name: listing.modelId,
    displayName: listing.displayName,
    provider: toProvider(provider),
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

function toPrice(price: ModelPriceListing): M.ModelPrice {
  const orNull = (nanoUsd: bigint | null): string | null => (nanoUsd === null ? null : formatUsd(nanoUsd));
  return {
    version: price.version,
    effectiveFrom: new Date(price.effectiveFromMs),
    source: price.source,
    inputUsdPerMillion: formatUsd(price.inputNanoUsdPerMillion),
    outputUsdPerMillion: formatUsd(price.outputNanoUsdPerMillion),
    cachedReadUsdPerMillion: orNull(price.cachedReadNanoUsdPerMillion),
    cacheWriteUsdPerMillion: orNull(price.cacheWriteNanoUsdPerMillion),
    reasoningUsdPerMillion: orNull(price.reasoningNanoUsdPerMillion),
  };
}

export function toProvider(listing: ProviderListing): M.Provider {
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
