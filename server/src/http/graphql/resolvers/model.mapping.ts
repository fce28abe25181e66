import type { Modality, Model, ModelPrice, ModelPriceTier, Provider, ProviderCapabilities } from '../../../generated/schema.ts';
import {
  toPriceListing,
  type ModelListing,
  type ModelPriceListing,
  type Price,
  type ProviderListing,
  type Providers,
} from '../../../modules/providers/index.ts';
import { toEntityId } from '../../entity-id.ts';
import { formatUsd } from '../../money.ts';

/** Maps models of a project, with the provider beside each looked up once. */
export function createModelMapping(providers: Providers, projectId: string): (listing: ModelListing) => Model & { __typename: 'Model' } {
  const listings = new Map(providers.listProviders(projectId).map((listing) => [listing.providerId, listing]));
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
    family: listing.family,
    knowledgeUntil: listing.knowledgeUntil,
    releasedAt: listing.releasedAtSeconds === 0 ? null : new Date(listing.releasedAtSeconds * 1000),
    contextTokens: listing.contextTokens,
    maxInputTokens: listing.maxInputTokens,
    maxOutputTokens: listing.maxOutputTokens,
    kind: listing.kind,
    inputModalities: listing.inputModalities.map(toModality),
    outputModalities: listing.outputModalities.map(toModality),
    hasOpenWeights: listing.hasOpenWeights,
    isDeprecated: listing.isDeprecated,
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

function toModality(modality: ModelListing['inputModalities'][number]): Modality {
  return modality.toUpperCase() as Uppercase<typeof modality>;
}

type ListedRates = ModelPriceListing['rates'];

/** A price that was set, as the prices of models are shown. */
export function toModelPrice(price: Price): ModelPrice {
  return toPrice(toPriceListing(price));
}

function toPrice({ version, effectiveFromMs, source, rates, units, tiers, serviceTiers }: ModelPriceListing): ModelPrice {
  return {
    version,
    effectiveFrom: new Date(effectiveFromMs),
    source,
    ...toMainRates(rates),
    reasoningUsdPerMillion: toUsd(rates.reasoning),
    cacheWriteHourUsdPerMillion: toUsd(rates.cacheWriteHour),
    audioInputUsdPerMillion: toUsd(rates.audioInput),
    audioOutputUsdPerMillion: toUsd(rates.audioOutput),
    imageInputUsdPerMillion: toUsd(rates.imageInput),
    perImageUsd: toUsdApiece(units.images),
    perSearchUsd: toUsdApiece(units.searches),
    perAudioSecondUsd: toUsdApiece(units.audioSeconds),
    perCharacterUsd: toUsdApiece(units.characters),
    contextTiers: tiers.map((tier) => ({ aboveInputTokens: tier.aboveInputTokens, ...toMainRates(tier.rates) })),
    serviceTiers: serviceTiers.map((tier) => ({ name: tier.name, ...toMainRates(tier.rates) })),
  };
}

function toMainRates(rates: ListedRates): Omit<ModelPriceTier, 'aboveInputTokens' | '__typename'> {
  return {
    inputUsdPerMillion: formatUsd(rates.input),
    outputUsdPerMillion: formatUsd(rates.output),
    cachedReadUsdPerMillion: toUsd(rates.cachedRead),
    cacheWriteUsdPerMillion: toUsd(rates.cacheWrite),
  };
}

function toUsd(nanoUsd: bigint | null): string | null {
  return nanoUsd === null ? null : formatUsd(nanoUsd);
}

/** A price by the piece is kept for a million of them; finer than a nano-USD it is never written. */
function toUsdApiece(nanoUsdPerMillion: bigint | null): string | null {
  return nanoUsdPerMillion === null ? null : formatUsd(nanoUsdPerMillion / 1_000_000n);
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
    capabilities: toCapabilities(capabilities),
  };
}

export function toCapabilities(capabilities: ProviderListing['capabilities']): ProviderCapabilities {
  return {
    hasStreaming: capabilities.streaming,
    hasTools: capabilities.tools,
    hasVision: capabilities.vision,
    hasDocuments: capabilities.documents,
    hasStructuredOutput: capabilities.structuredOutput !== 'none',
    hasReasoning: capabilities.reasoning,
    hasLogprobs: capabilities.logprobs,
    hasMultipleChoices: capabilities.multipleChoices,
    hasEmbeddings: capabilities.embeddings,
  };
}
