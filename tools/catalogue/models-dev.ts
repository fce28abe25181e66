/** The shape of models.dev's catalogue, as far as it is read. */

export interface SourceRates {
  readonly input?: number;
  readonly output?: number;
  readonly cache_read?: number;
  readonly cache_write?: number;
  readonly reasoning?: number;
  readonly input_audio?: number;
  readonly output_audio?: number;
}

export interface SourceTier extends SourceRates {
  readonly tier: { readonly size: number };
}

export interface SourceModel {
  readonly name: string;
  readonly family?: string;
  readonly release_date?: string;
  readonly knowledge?: string;
  readonly open_weights?: boolean;
  readonly reasoning?: boolean;
  readonly tool_call?: boolean;
  readonly structured_output?: boolean;
  readonly cost?: SourceRates & { readonly tiers?: readonly SourceTier[] };
  readonly limit?: { readonly context?: number; readonly input?: number; readonly output?: number };
  readonly modalities?: { readonly input?: readonly string[]; readonly output?: readonly string[] };
  readonly status?: string;
}

export interface SourceProvider {
  readonly name: string;
  readonly models: Readonly<Record<string, SourceModel>>;
}

export type SourceCatalogue = Readonly<Record<string, SourceProvider>>;

/** Which state of the source is read. */
export interface Origin {
  readonly commit: string;
  /** YYYY-MM-DD. */
  readonly date: string;
}

/** Two sources, or one source and itself, that say different things; and what was done about it. */
export interface Finding {
  readonly modelId: string;
  readonly kind: 'conflict' | 'no-price' | 'left-out' | 'odd-field';
  readonly text: string;
}
