/** The shape of models.dev's catalogue and its translation into ours. */

export interface SourceRates {
  readonly input?: number;
  readonly output?: number;
  readonly cache_read?: number;
  readonly cache_write?: number;
  readonly reasoning?: number;
  readonly input_audio?: number;
  readonly output_audio?: number;
}

export interface SourceModel {
  readonly name: string;
  readonly release_date?: string;
  readonly reasoning?: boolean;
  readonly tool_call?: boolean;
  readonly structured_output?: boolean;
  readonly cost?: SourceRates & { readonly tiers?: readonly (SourceRates & { readonly tier: { readonly size: number } })[] };
  readonly limit?: { readonly context?: number; readonly input?: number; readonly output?: number };
  readonly modalities?: { readonly input?: readonly string[]; readonly output?: readonly string[] };
  readonly status?: string;
}

export type SourceCatalogue = Readonly<Record<string, { readonly name: string; readonly models: Readonly<Record<string, SourceModel>> }>>;

/** Prices in nano-USD for a million tokens; null where the source names none. */
interface FileRates {
  readonly input: number;
  readonly output: number;
  readonly cachedRead: number | null;
  readonly cacheWrite: number | null;
  readonly reasoning: number | null;
  readonly audioInput: number | null;
  readonly audioOutput: number | null;
}

/** Served by the Responses API only: they would answer 404 to what we send. */
const RESPONSES_ONLY = /-codex|-pro$|-deep-research$/;
const NANO_PER_USD = 1_000_000_000;

export function toCatalogueFile(source: SourceCatalogue, providerId: string, origin: { readonly commit: string; readonly date: string }) {
  const provider = source[providerId];
  if (provider === undefined) throw new Error(`The catalogue has no provider ${providerId}.`);
  return {
    source: { name: 'models.dev', repository: 'https://github.com/anomalyco/models.dev', licence: 'MIT', ...origin },
    providerId,
    displayName: provider.name,
    models: Object.entries(provider.models)
      .filter(([model, facts]) => isServed(model, facts))
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([model, facts]) => toFileModel(model, facts, origin)),
  };
}

function isServed(model: string, { modalities, status }: SourceModel): boolean {
  const writesText = modalities?.output?.includes('text') === true && !modalities.output.includes('image');
  return writesText && status !== 'deprecated' && !RESPONSES_ONLY.test(model);
}

function toFileModel(model: string, facts: SourceModel, origin: { readonly commit: string; readonly date: string }) {
  const isEmbedding = model.includes('embedding');
  const takes = (modality: string): boolean => facts.modalities?.input?.includes(modality) === true;
  return {
    model,
    displayName: facts.name,
    kind: isEmbedding ? 'EMBEDDING' : 'CHAT',
    releasedOn: facts.release_date ?? null,
    contextTokens: facts.limit?.context || null,
    maxInputTokens: facts.limit?.input || null,
    // The source gives the length of the vector as the output limit of an embedding model.
    maxOutputTokens: isEmbedding ? null : facts.limit?.output || null,
    capabilities: {
      vision: takes('image'),
      documents: takes('pdf'),
      audio: takes('audio'),
      tools: facts.tool_call === true,
      structuredOutput: facts.structured_output === true,
      reasoning: facts.reasoning === true,
    },
    prices: toFilePrices(facts, origin),
  };
}

function toFilePrices({ cost }: SourceModel, origin: { readonly commit: string; readonly date: string }) {
  const rates = cost === undefined ? null : toRates(cost);
  if (cost === undefined || rates === null) return [];
  const tiers = (cost.tiers ?? []).flatMap((tier) => {
    const tierRates = toRates({ ...cost, ...tier });
    return tierRates === null ? [] : [{ aboveInputTokens: tier.tier.size, nanoUsdPerMillion: tierRates }];
  });
  return [{ effectiveFrom: origin.date, source: `models.dev ${origin.commit}`, nanoUsdPerMillion: rates, tiers }];
}

/** Null without a price for input: half a price is none. A free cache beside paid input means that nobody wrote the price down. */
function toRates(cost: SourceRates): FileRates | null {
  if (cost.input === undefined || cost.output === undefined) return null;
  return {
    input: toNanoUsd(cost.input),
    output: toNanoUsd(cost.output),
    cachedRead: toKnownNanoUsd(cost.cache_read, cost.input),
    cacheWrite: toKnownNanoUsd(cost.cache_write, cost.input),
    reasoning: toKnownNanoUsd(cost.reasoning, cost.output),
    audioInput: toKnownNanoUsd(cost.input_audio, cost.input),
    audioOutput: toKnownNanoUsd(cost.output_audio, cost.output),
  };
}

function toKnownNanoUsd(usd: number | undefined, reference: number): number | null {
  return usd === undefined || (usd === 0 && reference > 0) ? null : toNanoUsd(usd);
}

/** Exact for up to nine decimals, which every list price has; refuses the rest instead of rounding money. */
export function toNanoUsd(usd: number): number {
  const nanoUsd = Math.round(usd * NANO_PER_USD);
  if (!Number.isSafeInteger(nanoUsd) || nanoUsd < 0 || nanoUsd / NANO_PER_USD !== usd)
    throw new Error(`The price ${usd} USD is no number of nano-USD.`);
  return nanoUsd;
}
