/**
 * What the rest of the server asks of this module. `createProviders` in provider-registry.ts builds it.
 * (The pipeline, routing and the GraphQL resolvers are written against these types.)
 */
import type { Modality, ModelKind } from './catalog/model-facts.ts';
import type { Provider, ProviderError, UpstreamResponse } from './contract.ts';
import type { PriceTable, Rates, UnitRates } from './pricing.policy.ts';
import type { TokenQuantities } from './token-quantities.ts';

export type { TokenQuantities } from './token-quantities.ts';

/** A model at a provider that can be called now. */
export interface Deployment {
  readonly provider: Provider;
  /** Catalogue id, `<providerId>/<model>`; also for models that the catalogue does not know. */
  readonly modelId: string;
  /** The provider's own name of it. */
  readonly upstreamModel: string;
  /** The credential that the provider calls with; left out where it needs none. One account may give several deployments of a model. */
  readonly credential?: CredentialUse;
}

/** A credential in use. Whoever calls the provider holds it meanwhile and tells how the call went. */
export interface CredentialUse {
  readonly credentialId: string;
  /** Keeps the provider open, also when the credential is replaced or deleted; returns what gives it back. */
  hold(): () => void;
  succeeded(upstream: UpstreamResponse | null): void;
  failed(error: ProviderError): void;
}

/**
 * What a model name means. `<providerId>/<model>` means that provider, also when the catalogue does not know the model (its price is
 * then unknown); a bare name means every connected provider whose catalogue has it.
 */
export type Resolution =
  | { readonly kind: 'found'; readonly deployments: readonly Deployment[] }
  /** Somebody serves it, but is not connected: one sentence each that says what would connect it. */
  | { readonly kind: 'unavailable'; readonly reasons: readonly string[] }
  | { readonly kind: 'unknown' };

export interface PricedUsage {
  readonly costNanoUsd: bigint;
  readonly priceVersion: string;
}

export interface CostBoundQuestion {
  /** Size of the request's JSON: no byte-level tokenizer makes more tokens than bytes. */
  readonly inputBytes: number;
  /** Null: the model's own limit; when that is unknown the context size. */
  readonly maxOutputTokens: number | null;
  readonly choiceCount: number;
  /**
   * Whether input can come that the bytes do not bound: media (an image is as many tokens as the vendor likes), files, conversations
   * that the provider keeps, tools that the provider runs. The model's own limit is the bound then.
   */
  readonly hasHiddenInput?: boolean;
  /** Whether tools are defined: vendors put instructions of their own before them. */
  readonly hasTools?: boolean;
  /** The service tier that is asked for, in the provider's word; left out or null: the usual one. */
  readonly serviceTier?: string | null;
  readonly atMs: number;
}

/** A model as callers may see it. */
export interface ModelListing {
  /** Catalogue id, `<providerId>/<model>`. */
  readonly modelId: string;
  readonly providerId: string;
  readonly displayName: string;
  readonly kind: ModelKind;
  /** Such as `gpt-mini`; null when unknown. */
  readonly family: string | null;
  /** Date or month as the source writes it; null when unknown. */
  readonly knowledgeUntil: string | null;
  readonly contextTokens: number | null;
  /** Null: bounded by the context only. */
  readonly maxInputTokens: number | null;
  readonly maxOutputTokens: number | null;
  /** Empty when unknown. */
  readonly inputModalities: readonly Modality[];
  readonly outputModalities: readonly Modality[];
  readonly hasOpenWeights: boolean | null;
  readonly isDeprecated: boolean;
  readonly capabilities: {
    readonly vision: boolean;
    readonly documents: boolean;
    readonly audio: boolean;
    readonly tools: boolean;
    readonly structuredOutput: boolean;
    readonly reasoning: boolean;
  };
  readonly price: ModelPriceListing | null;
  readonly isAvailable: boolean;
  readonly unavailableReason: string | null;
  /** Unix seconds, for the `created` of the OpenAI list; 0 when unknown. */
  readonly releasedAtSeconds: number;
}

/** Nano-USD per million tokens; null buckets are billed as input (cache) or output (reasoning). */
export interface ModelPriceListing {
  readonly version: string;
  readonly effectiveFromMs: number;
  readonly source: string;
  readonly inputNanoUsdPerMillion: bigint;
  readonly outputNanoUsdPerMillion: bigint;
  readonly cachedReadNanoUsdPerMillion: bigint | null;
  readonly cacheWriteNanoUsdPerMillion: bigint | null;
  readonly reasoningNanoUsdPerMillion: bigint | null;
  /** All buckets. */
  readonly rates: Rates;
  readonly tiers: PriceTable['tiers'];
  /** By the piece; null: unknown, or not charged. */
  readonly units: UnitRates;
  readonly serviceTiers: readonly (PriceTable & { readonly name: string })[];
}

export interface ProviderListing {
  readonly providerId: string;
  readonly displayName: string;
  readonly isConnected: boolean;
  /** What would connect it, such as the variable to set; null when connected. */
  readonly connectHint: string | null;
  readonly capabilities: Provider['capabilities'];
}

/** A name that stands for models, best first. */
export interface AliasListing {
  readonly name: string;
  readonly targets: readonly string[];
}

/** A `projectId` adds that project's own accounts and aliases to what all projects share; left out: the shared ones alone. */
export interface Providers {
  resolve(model: string, projectId?: string): Resolution;
  /** Connected providers only. */
  get(providerId: string, projectId?: string): Provider | undefined;
  /** Ordered by id. */
  listProviders(projectId?: string): readonly ProviderListing[];
  /** Ordered by modelId; includes models of providers that are not connected. */
  listModels(atMs: number, projectId?: string): readonly ModelListing[];
  /** Of an alias: the first model that it stands for, under the alias's name. */
  findModel(modelId: string, atMs: number, projectId?: string): ModelListing | null;
  /** Whether a model is listed under exactly this id; cheap. Dated snapshots that are found under another id are not. */
  hasModel(modelId: string, projectId?: string): boolean;
  /** Ordered by name; the first target that is there is what the alias means. */
  listAliases(projectId?: string): readonly AliasListing[];
  /** Null: the price is unknown (never free). */
  priceUsage(modelId: string, tokens: TokenQuantities, atMs: number): PricedUsage | null;
  /** True upper bound of what a call can cost; null when a price or an output bound is unknown. */
  upperBoundNanoUsd(modelId: string, question: CostBoundQuestion): bigint | null;
  close(): Promise<void>;
}
