import type { CatalogueModel, ModelCapabilities } from './catalog/catalogue.ts';
import type { DiscoveredModel, ProviderCapabilities } from './contract.ts';
import type { Price, UnitRates } from './pricing.policy.ts';
import type { ModelListing, ModelPriceListing } from './providers.ts';

export interface ListingFacts {
  readonly modelId: string;
  readonly providerId: string;
  /** The provider's own name of it. */
  readonly model: string;
  /** Null: the catalogue does not know it. */
  readonly entry: CatalogueModel | null;
  /** What the provider itself says of it; null: nothing. */
  readonly discovered: DiscoveredModel | null;
  readonly price: Price | null;
  readonly providerCapabilities: ProviderCapabilities;
  /** Null: it can be called now. */
  readonly unavailableReason: string | null;
}

/** A model as callers may see it: as the catalogue knows it, else as the provider lists it, else as providers like it are. */
export function toModelListing(facts: ListingFacts): ModelListing {
  const { modelId, providerId, model, entry, discovered, price, providerCapabilities, unavailableReason } = facts;
  return {
    modelId,
    providerId,
    displayName: entry?.displayName ?? discovered?.displayName ?? model,
    kind: entry?.kind ?? (/embed/i.test(model) ? 'EMBEDDING' : 'CHAT'),
    family: entry?.family ?? null,
    knowledgeUntil: entry?.knowledgeUntil ?? null,
    contextTokens: entry?.contextTokens ?? discovered?.contextTokens ?? null,
    maxInputTokens: entry?.maxInputTokens ?? null,
    maxOutputTokens: entry?.maxOutputTokens ?? discovered?.maxOutputTokens ?? null,
    inputModalities: entry?.inputModalities ?? [],
    outputModalities: entry?.outputModalities ?? [],
    capabilities: entry?.capabilities ?? capabilitiesOf(providerCapabilities),
    hasOpenWeights: entry?.hasOpenWeights ?? null,
    isDeprecated: entry?.isDeprecated ?? false,
    price: price === null ? null : toPriceListing(price),
    isAvailable: unavailableReason === null,
    unavailableReason,
    releasedAtSeconds: entry?.releasedAtSeconds ?? discovered?.createdAtSeconds ?? 0,
  };
}

function capabilitiesOf(capabilities: ProviderCapabilities): ModelCapabilities {
  return {
    vision: capabilities.vision,
    documents: capabilities.documents,
    audio: capabilities.audio,
    tools: capabilities.tools,
    structuredOutput: capabilities.structuredOutput !== 'none',
    reasoning: capabilities.reasoning,
  };
}

const NO_UNITS: UnitRates = { images: null, searches: null, audioSeconds: null, characters: null };

export function toPriceListing({ version, effectiveFromMs, source, rates, tiers, units, serviceTiers }: Price): ModelPriceListing {
  return {
    version,
    effectiveFromMs,
    source,
    inputNanoUsdPerMillion: rates.input,
    outputNanoUsdPerMillion: rates.output,
    cachedReadNanoUsdPerMillion: rates.cachedRead,
    cacheWriteNanoUsdPerMillion: rates.cacheWrite,
    reasoningNanoUsdPerMillion: rates.reasoning,
    rates,
    tiers,
    units: units ?? NO_UNITS,
    serviceTiers: [...serviceTiers].map(([name, table]) => ({ name, ...table })),
  };
}
