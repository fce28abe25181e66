import type { Clock } from '../../kernel/clock/index.ts';
import type { ConnectedAccount } from './accounts/connected-account.ts';
import type { Catalogue, CatalogueModel } from './catalog/catalogue.ts';
import type { DiscoveredModel, Provider, ProviderCapabilities } from './contract.ts';
import { toModelListing } from './model-listing.ts';
import { PriceBook } from './price-book.ts';
import type {
  AliasListing,
  CostBoundQuestion,
  Deployment,
  ModelListing,
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
  /** Null when it is not connected, or when it is an account: then its credentials have the providers. */
  readonly provider: Provider | null;
  readonly account?: ConnectedAccount;
  /** Under which provider id the catalogue describes its models; left out: its own. */
  readonly catalogueId?: string;
  /** What the provider itself listed, by its own names. */
  readonly discovered?: ReadonlyMap<string, DiscoveredModel>;
  /** The provider's own names. */
  readonly models: readonly string[];
  /** Further ones, in a set that all accounts at a vendor share: there may be an account in each of many projects. */
  readonly catalogued?: ReadonlySet<string>;
  /** Whether it may serve models that are not in the list. */
  readonly isOpen: boolean;
  readonly capabilities: ProviderCapabilities;
  /** A sentence that says what would connect it, or bring the model. */
  readonly connectHint: string;
}

export interface DirectoryOptions {
  readonly clock: Pick<Clock, 'nowMs'>;
  /** What is looked up where this directory knows nothing; a provider id that both know means this one's. */
  readonly base?: ProviderDirectory;
  /** Default: those of the base, or what comes with the server. */
  readonly prices?: PriceBook;
}

/** Answers everything from memory; holds the providers it was given and closes them, but not those of its base. */
export class ProviderDirectory implements Providers {
  readonly catalogue: Catalogue;
  readonly prices: PriceBook;
  readonly #known: ReadonlyMap<string, KnownProvider>;
  readonly #clock: Pick<Clock, 'nowMs'>;
  readonly #base: ProviderDirectory | null;
  /** Bare name → those who list it, in order of preference. Above a base without what is catalogued: that is looked up in the shared set. */
  readonly #byModel = new Map<string, KnownProvider[]>();

  constructor(catalogue: Catalogue, known: readonly KnownProvider[], { clock, base, prices }: DirectoryOptions) {
    this.catalogue = catalogue;
    this.prices = prices ?? base?.prices ?? new PriceBook();
    this.#known = new Map(known.map((provider) => [provider.providerId, provider]));
    this.#clock = clock;
    this.#base = base ?? null;
    for (const provider of known) {
      for (const model of base === undefined ? namesOf(provider) : provider.models) {
        const others = this.#byModel.get(model);
        if (others === undefined) this.#byModel.set(model, [provider]);
        else others.push(provider);
      }
    }
  }

  resolve(model: string): Resolution {
    const slash = model.indexOf('/');
    const named = slash === -1 ? undefined : this.#find(model.slice(0, slash));
    if (named !== undefined) return this.#resolveAt(named, model.slice(slash + 1));
    const serving = this.#servingBare(model);
    if (serving.length === 0) return { kind: 'unknown' };
    const deployments = serving.flatMap((known) => this.#toDeployments(known, model));
    if (deployments.length > 0) return { kind: 'found', deployments };
    return { kind: 'unavailable', reasons: serving.map(({ connectHint }) => connectHint) };
  }

  get(providerId: string): Provider | undefined {
    const known = this.#find(providerId);
    return known === undefined ? undefined : this.#providersOf(known)[0];
  }

  listProviders(): readonly ProviderListing[] {
    return [...this.#all()]
      .map((known) => {
        const { providerId, displayName, capabilities, connectHint } = known;
        const isConnected = this.#isConnected(known);
        return { providerId, displayName, isConnected, connectHint: isConnected ? null : connectHint, capabilities };
      })
      .sort((left, right) => compareText(left.providerId, right.providerId));
  }

  listModels(atMs: number): readonly ModelListing[] {
    const ids = new Set(this.catalogue.list().map(({ modelId }) => modelId));
    for (const known of this.#all()) for (const model of namesOf(known)) ids.add(`${known.providerId}/${model}`);
    return [...ids].sort(compareText).flatMap((modelId) => this.findModel(modelId, atMs) ?? []);
  }

  findModel(modelId: string, atMs: number): ModelListing | null {
    const known = this.#knownOf(modelId);
    if (known === undefined) return null;
    const model = modelId.slice(known.providerId.length + 1);
    const catalogueId = this.catalogueIdOf(modelId);
    const entry = this.catalogue.find(catalogueId);
    if (entry === null && !this.#lists(known, model)) return null;
    return toModelListing({
      modelId,
      providerId: known.providerId,
      model,
      entry,
      discovered: known.discovered?.get(model) ?? null,
      price: this.prices.at(modelId, entry, atMs)?.price ?? null,
      providerCapabilities: known.capabilities,
      unavailableReason: this.#unavailableReasonOf(known, model, entry),
    });
  }

  hasModel(modelId: string): boolean {
    const known = this.#knownOf(modelId);
    if (known === undefined) return false;
    const catalogueId = this.catalogueIdOf(modelId);
    return this.#lists(known, modelId.slice(known.providerId.length + 1)) || this.catalogue.find(catalogueId)?.modelId === catalogueId;
  }

  /** Aliases belong to projects and to the providers file; they are resolved above. */
  listAliases(): readonly AliasListing[] {
    return [];
  }

  /** The id under which the catalogue describes a model: that of the vendor where an account has another name. */
  catalogueIdOf(modelId: string): string {
    const known = this.#knownOf(modelId);
    if (known?.catalogueId === undefined || known.catalogueId === known.providerId) return modelId;
    return known.catalogueId + modelId.slice(known.providerId.length);
  }

  priceUsage(modelId: string, tokens: TokenQuantities, atMs: number): PricedUsage | null {
    const record = this.prices.at(modelId, this.catalogue.find(this.catalogueIdOf(modelId)), atMs);
    const costNanoUsd = record === null ? null : record.costNanoUsd(tokens);
    return record === null || costNanoUsd === null ? null : { costNanoUsd, priceVersion: record.price.version };
  }

  upperBoundNanoUsd(modelId: string, question: CostBoundQuestion): bigint | null {
    const entry = this.catalogue.find(this.catalogueIdOf(modelId));
    const record = this.prices.at(modelId, entry, question.atMs);
    if (record === null || !record.hasTier(question.serviceTier)) return null;
    if (record.isFree) return 0n;
    // Nobody says beforehand how many pieces there will be.
    if (record.price.units !== null) return null;
    const inputTokens = inputBoundOf(entry, question);
    const maxOutputTokens = question.maxOutputTokens ?? entry?.maxOutputTokens ?? entry?.contextTokens ?? null;
    if (inputTokens === null || maxOutputTokens === null) return null;
    return record.upperBoundNanoUsd(inputTokens, maxOutputTokens, question.choiceCount);
  }

  async close(): Promise<void> {
    const own = [...this.#known.values()];
    await Promise.all([
      ...own.map(async ({ provider }) => await provider?.close()),
      ...own.flatMap(({ account }) => account?.credentials ?? []).map(({ held }) => held.close()),
    ]);
  }

  #resolveAt(known: KnownProvider, model: string): Resolution {
    const deployments = model === '' ? [] : this.#toDeployments(known, model);
    if (deployments.length > 0) return { kind: 'found', deployments };
    const isKnown = known.isOpen || this.catalogue.find(this.catalogueIdOf(`${known.providerId}/${model}`)) !== null;
    return isKnown && model !== '' ? { kind: 'unavailable', reasons: [known.connectHint] } : { kind: 'unknown' };
  }

  /** Those who list the name, or the model that the name is a dated snapshot of. */
  #servingBare(model: string): readonly KnownProvider[] {
    const listed = this.#listing(model);
    if (listed.length > 0) return listed;
    return [...this.#all()].filter(({ providerId, catalogueId }) => this.catalogue.find(`${catalogueId ?? providerId}/${model}`) !== null);
  }

  #lists(known: KnownProvider, model: string): boolean {
    return this.#listing(model).includes(known);
  }

  #serves(known: KnownProvider, model: string): boolean {
    return known.isOpen || this.#lists(known, model);
  }

  #listing(model: string): readonly KnownProvider[] {
    const named = this.#byModel.get(model) ?? NOBODY;
    if (this.#base === null) return named;
    const own = [...this.#known.values()].filter((known) => known.catalogued?.has(model) === true || named.includes(known));
    const others = this.#base.#listing(model).filter(({ providerId }) => !this.#known.has(providerId));
    return others.length === 0 ? own : [...own, ...others];
  }

  #find(providerId: string): KnownProvider | undefined {
    const own = this.#known.get(providerId);
    return own === undefined && this.#base !== null ? this.#base.#find(providerId) : own;
  }

  *#all(): Generator<KnownProvider> {
    yield* this.#known.values();
    if (this.#base !== null) for (const known of this.#base.#all()) if (!this.#known.has(known.providerId)) yield known;
  }

  #knownOf(modelId: string): KnownProvider | undefined {
    const slash = modelId.indexOf('/');
    return slash === -1 ? undefined : this.#find(modelId.slice(0, slash));
  }

  #unavailableReasonOf(known: KnownProvider, model: string, entry: CatalogueModel | null): string | null {
    if (!this.#isConnected(known) || !this.#serves(known, model)) return known.connectHint;
    if (entry?.isResponsesOnly === true && !this.#providersOf(known).some(({ dialects }) => dialects.includes('openai-responses')))
      return `Only the Responses API of ${known.displayName} serves it, which this connection does not speak.`;
    return null;
  }

  #isConnected({ account, provider }: KnownProvider): boolean {
    if (account === undefined) return provider !== null;
    const nowMs = this.#clock.nowMs();
    return account.spec.isEnabled && account.credentials.some((credential) => credential.isUsable(nowMs));
  }

  #providersOf({ account, provider }: KnownProvider): readonly Provider[] {
    if (account !== undefined) return account.candidates(this.#clock.nowMs()).map((credential) => credential.provider);
    return provider === null ? [] : [provider];
  }

  /** One for each credential of an account, best first. */
  #toDeployments(known: KnownProvider, model: string): readonly Deployment[] {
    if (!this.#serves(known, model)) return [];
    const { account, provider } = known;
    const modelId = `${known.providerId}/${model}`;
    if (account === undefined) return provider === null ? [] : [{ provider, modelId, upstreamModel: model }];
    return account.candidates(this.#clock.nowMs()).map((credential) => ({
      provider: credential.provider,
      modelId,
      upstreamModel: model,
      credential,
    }));
  }
}

const NOBODY: readonly KnownProvider[] = [];

/** Each once. */
function namesOf({ models, catalogued }: KnownProvider): Iterable<string> {
  return catalogued === undefined ? models : new Set([...catalogued, ...models]);
}

/** What vendors put before a caller's tools: at most about 700 tokens are documented. */
const TOOL_INSTRUCTION_TOKENS = 1024;

/** No tokenizer makes more tokens than bytes, and no model takes more than fits. Null: nothing bounds it. */
function inputBoundOf(entry: CatalogueModel | null, { inputBytes, hasHiddenInput, hasTools }: CostBoundQuestion): number | null {
  const limit = entry?.maxInputTokens ?? entry?.contextTokens ?? null;
  if (hasHiddenInput === true) return limit;
  const told = inputBytes + (hasTools === true ? TOOL_INSTRUCTION_TOKENS : 0);
  return limit === null ? told : Math.min(told, limit);
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
