import type { Catalogue, CatalogueModel, ModelCapabilities } from './catalog/catalogue.ts';
import type { Provider, ProviderCapabilities } from './contract.ts';
import { priceUsage, upperBoundNanoUsd, type Price } from './pricing.policy.ts';
import type {
  CostBoundQuestion,
  Deployment,
  ModelListing,
  ModelPriceListing,
  PricedUsage,
  ProviderListing,
  Providers,
  Resolution,
  TokenQuantities,
} from './providers.ts';

/** A provider, connected or not, with the models it is known for. */
export interface KnownProvider {
  readonly providerId: string;
  readonly displayName: string;
  /** Null when it is not connected. */
  readonly provider: Provider | null;
  /** The provider's own names. */
  readonly models: readonly string[];
  /** Whether it may serve models that are not in the list. */
  readonly isOpen: boolean;
  readonly capabilities: ProviderCapabilities;
  /** A sentence that says what would connect it, or bring the model. */
  readonly connectHint: string;
}

/** Answers everything from memory; holds the providers it was given and closes them. */
export class ProviderDirectory implements Providers {
  readonly #catalogue: Catalogue;
  readonly #known: ReadonlyMap<string, KnownProvider>;
  /** Bare name → those who list it, in order of preference. */
  readonly #byModel = new Map<string, KnownProvider[]>();

  constructor(catalogue: Catalogue, known: readonly KnownProvider[]) {
    this.#catalogue = catalogue;
    this.#known = new Map(known.map((provider) => [provider.providerId, provider]));
    for (const provider of known) {
      for (const model of provider.models) {
        const others = this.#byModel.get(model);
        if (others === undefined) this.#byModel.set(model, [provider]);
        else others.push(provider);
      }
    }
  }

  resolve(model: string): Resolution {
    const slash = model.indexOf('/');
    const named = slash === -1 ? undefined : this.#known.get(model.slice(0, slash));
    if (named !== undefined) return this.#resolveAt(named, model.slice(slash + 1));
    const serving = this.#servingBare(model);
    if (serving.length === 0) return { kind: 'unknown' };
    const deployments = serving.flatMap((known) => toDeployment(known, model));
    if (deployments.length > 0) return { kind: 'found', deployments };
    return { kind: 'unavailable', reasons: serving.map(({ connectHint }) => connectHint) };
  }

  get(providerId: string): Provider | undefined {
    return this.#known.get(providerId)?.provider ?? undefined;
  }

  listProviders(): readonly ProviderListing[] {
    return [...this.#known.values()]
      .map(({ providerId, displayName, provider, capabilities, connectHint }) => ({
        providerId,
        displayName,
        isConnected: provider !== null,
        connectHint: provider === null ? connectHint : null,
        capabilities,
      }))
      .sort((left, right) => compareText(left.providerId, right.providerId));
  }

  listModels(atMs: number): readonly ModelListing[] {
    const ids = new Set(this.#catalogue.list().map(({ modelId }) => modelId));
    for (const { providerId, models } of this.#known.values()) for (const model of models) ids.add(`${providerId}/${model}`);
    return [...ids].sort(compareText).flatMap((modelId) => this.findModel(modelId, atMs) ?? []);
  }

  findModel(modelId: string, atMs: number): ModelListing | null {
    const known = this.#knownOf(modelId);
    if (known === undefined) return null;
    const model = modelId.slice(known.providerId.length + 1);
    const entry = this.#catalogue.find(modelId);
    if (entry === null && !known.models.includes(model)) return null;
    const isAvailable = toDeployment(known, model).length > 0;
    return {
      modelId,
      providerId: known.providerId,
      displayName: entry?.displayName ?? model,
      kind: entry?.kind ?? (/embed/i.test(model) ? 'EMBEDDING' : 'CHAT'),
      contextTokens: entry?.contextTokens ?? null,
      maxOutputTokens: entry?.maxOutputTokens ?? null,
      capabilities: entry?.capabilities ?? capabilitiesOf(known.capabilities),
      price: toPriceListing(this.#catalogue.priceAt(modelId, atMs)),
      isAvailable,
      unavailableReason: isAvailable ? null : known.connectHint,
      releasedAtSeconds: entry?.releasedAtSeconds ?? 0,
    };
  }

  priceUsage(modelId: string, tokens: TokenQuantities, atMs: number): PricedUsage | null {
    const price = this.#catalogue.priceAt(modelId, atMs);
    const priced = price === null ? null : priceUsage(tokens, price);
    return price === null || priced === null ? null : { costNanoUsd: priced.totalNanoUsd, priceVersion: price.version };
  }

  upperBoundNanoUsd(modelId: string, question: CostBoundQuestion): bigint | null {
    const entry = this.#catalogue.find(modelId);
    const price = this.#catalogue.priceAt(modelId, question.atMs);
    if (entry === null || price === null) return null;
    if (isFree(price)) return 0n;
    const maxOutputTokens = question.maxOutputTokens ?? entry.maxOutputTokens ?? entry.contextTokens;
    if (maxOutputTokens === null) return null;
    return upperBoundNanoUsd(inputBoundOf(entry, question.inputBytes), maxOutputTokens, question.choiceCount, price);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#known.values()].map(async ({ provider }) => await provider?.close()));
  }

  #resolveAt(known: KnownProvider, model: string): Resolution {
    const deployments = model === '' ? [] : toDeployment(known, model);
    if (deployments.length > 0) return { kind: 'found', deployments };
    const isKnown = known.isOpen || this.#catalogue.find(`${known.providerId}/${model}`) !== null;
    return isKnown && model !== '' ? { kind: 'unavailable', reasons: [known.connectHint] } : { kind: 'unknown' };
  }

  /** Those who list the name, or the model that the name is a dated snapshot of. */
  #servingBare(model: string): readonly KnownProvider[] {
    const listed = this.#byModel.get(model);
    if (listed !== undefined) return listed;
    return [...this.#known.values()].filter(({ providerId }) => this.#catalogue.find(`${providerId}/${model}`) !== null);
  }

  #knownOf(modelId: string): KnownProvider | undefined {
    const slash = modelId.indexOf('/');
    return slash === -1 ? undefined : this.#known.get(modelId.slice(0, slash));
  }
}

function toDeployment(known: KnownProvider, model: string): readonly Deployment[] {
  const { provider, providerId } = known;
  if (provider === null || (!known.isOpen && !known.models.includes(model))) return [];
  return [{ provider, modelId: `${providerId}/${model}`, upstreamModel: model }];
}

/** No tokenizer makes more tokens than bytes, and no model takes more than fits. */
function inputBoundOf({ maxInputTokens, contextTokens }: CatalogueModel, inputBytes: number): number {
  return Math.min(inputBytes, maxInputTokens ?? contextTokens ?? inputBytes);
}

function isFree({ rates, tiers }: Price): boolean {
  return [rates, ...tiers.map((tier) => tier.rates)].every((row) => Object.values(row).every((rate) => rate === 0n));
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

function toPriceListing(price: Price | null): ModelPriceListing | null {
  if (price === null) return null;
  return {
    version: price.version,
    effectiveFromMs: price.effectiveFromMs,
    source: price.source,
    inputNanoUsdPerMillion: price.rates.input,
    outputNanoUsdPerMillion: price.rates.output,
    cachedReadNanoUsdPerMillion: price.rates.cachedRead,
    cacheWriteNanoUsdPerMillion: price.rates.cacheWrite,
    reasoningNanoUsdPerMillion: price.rates.reasoning,
  };
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
