/** What the files beside this one hold. What is left out is unknown, or the usual; never zero. */
export interface CatalogueFile {
  readonly providerId: string;
  readonly displayName: string;
  readonly models: readonly FileModel[];
}

export interface FileModel {
  readonly model: string;
  readonly displayName: string;
  /** Left out: CHAT. */
  readonly kind?: string;
  readonly family?: string;
  /** YYYY-MM-DD or a part of it. */
  readonly releasedOn?: string;
  /** Until when it knows the world; YYYY-MM-DD or a part of it. */
  readonly knowledgeUntil?: string;
  readonly contextTokens?: number;
  /** Left out: bounded by the context only. */
  readonly maxInputTokens?: number;
  readonly maxOutputTokens?: number;
  readonly input: readonly string[];
  /** Left out: text. */
  readonly output?: readonly string[];
  readonly abilities?: readonly string[];
  readonly hasOpenWeights?: boolean;
  /** `beta` or `deprecated`; left out: neither. */
  readonly status?: string;
  /** Only the vendor's Responses API serves it. */
  readonly isResponsesOnly?: boolean;
  /** Any order; none where no price is known. */
  readonly prices?: readonly FilePrice[];
}

export interface FilePrice {
  readonly effectiveFrom: string;
  readonly source: string;
  /** Every bucket costs nothing, and somebody says so. */
  readonly isFree?: boolean;
  readonly nanoUsdPerMillion?: FileRates;
  readonly tiers?: readonly FileTier[];
  readonly serviceTiers?: readonly FileServiceTier[];
}

export interface FileTier {
  readonly aboveInputTokens: number;
  readonly nanoUsdPerMillion: FileRates;
}

export interface FileServiceTier {
  readonly name: string;
  readonly source: string;
  readonly nanoUsdPerMillion: FileRates;
  readonly tiers?: readonly FileTier[];
  /** Beyond this input the tier's price is unknown. */
  readonly maxInputTokens?: number;
}

export interface FileRates {
  readonly input: number;
  readonly output: number;
  readonly cachedRead?: number;
  readonly cacheWrite?: number;
  readonly cacheWriteHour?: number;
  readonly reasoning?: number;
  readonly audioInput?: number;
  readonly audioOutput?: number;
  readonly imageInput?: number;
}
