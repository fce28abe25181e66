import type { Price, PriceTable, Rates, UnitRates } from '../pricing.policy.ts';
import { BUILT_IN } from './built-in.ts';
import type { CatalogueFile, FileModel, FilePrice, FileRates, FileServiceTier, FileTier } from './catalogue-file.ts';
import { MODALITIES, MODEL_KINDS, type Modality, type ModelCapabilities, type ModelKind } from './model-facts.ts';

export type { CatalogueFile } from './catalogue-file.ts';
export type { Modality, ModelCapabilities, ModelKind } from './model-facts.ts';

/** What is known of one model at one provider. */
export interface CatalogueModel {
  /** `<providerId>/<model>`. */
  readonly modelId: string;
  readonly providerId: string;
  /** The provider's own name of it. */
  readonly model: string;
  readonly displayName: string;
  readonly kind: ModelKind;
  /** Such as `gpt-mini`; null when unknown. */
  readonly family: string | null;
  /** Unix seconds; 0 when unknown. */
  readonly releasedAtSeconds: number;
  /** Date or month as the source writes it; null when unknown. */
  readonly knowledgeUntil: string | null;
  readonly contextTokens: number | null;
  /** Null: bounded by the context only. */
  readonly maxInputTokens: number | null;
  readonly maxOutputTokens: number | null;
  readonly inputModalities: readonly Modality[];
  readonly outputModalities: readonly Modality[];
  readonly capabilities: ModelCapabilities;
  readonly hasOpenWeights: boolean;
  readonly isDeprecated: boolean;
  /** Served by the vendor's Responses API only: its chat completions answer 404. */
  readonly isResponsesOnly: boolean;
  /** Newest first; none where no price is known. */
  readonly prices: readonly Price[];
}

/** Models, limits and dated prices, as far as we know them. */
export interface Catalogue {
  /** By catalogue id. A dated snapshot that is not listed itself (`gpt-4.1-mini-2025-04-14`) is found as the model it is of. */
  find(modelId: string): CatalogueModel | null;
  /** Ordered by id. */
  list(): readonly CatalogueModel[];
  /** The price in force at a time; null when none is known, which never means free. */
  priceAt(modelId: string, atMs: number): Price | null;
  readonly providers: readonly { readonly providerId: string; readonly displayName: string }[];
}

const SNAPSHOT_DATE = /-(?:\d{4}-\d{2}-\d{2}|\d{8})$/;

/** Reads the catalogue that comes with the server, or the given files. */
export function loadCatalogue(files: readonly CatalogueFile[] = BUILT_IN): Catalogue {
  const models = new Map<string, CatalogueModel>();
  for (const file of files) for (const model of file.models) addModel(models, file.providerId, model);
  const ordered = [...models.values()].sort((left, right) => (left.modelId < right.modelId ? -1 : 1));
  const find = (modelId: string): CatalogueModel | null => models.get(modelId) ?? models.get(modelId.replace(SNAPSHOT_DATE, '')) ?? null;
  return {
    find,
    list: () => ordered,
    priceAt: (modelId, atMs) => find(modelId)?.prices.find((price) => price.effectiveFromMs <= atMs) ?? null,
    providers: files.map(({ providerId, displayName }) => ({ providerId, displayName })),
  };
}

function addModel(models: Map<string, CatalogueModel>, providerId: string, file: FileModel): void {
  const modelId = `${providerId}/${file.model}`;
  if (models.has(modelId)) throw new Error(`The catalogue lists ${modelId} twice.`);
  const input = MODALITIES.filter((modality) => file.input.includes(modality));
  const output = MODALITIES.filter((modality) => (file.output ?? ['text']).includes(modality));
  const abilities = file.abilities ?? [];
  let prices: readonly Price[] | null = null;
  models.set(modelId, {
    modelId,
    providerId,
    model: file.model,
    displayName: file.displayName,
    kind: MODEL_KINDS.find((kind) => kind === file.kind) ?? 'CHAT',
    family: file.family ?? null,
    releasedAtSeconds: file.releasedOn === undefined ? 0 : Math.floor(Date.parse(file.releasedOn) / 1000) || 0,
    knowledgeUntil: file.knowledgeUntil ?? null,
    contextTokens: file.contextTokens ?? null,
    maxInputTokens: file.maxInputTokens ?? null,
    maxOutputTokens: file.maxOutputTokens ?? null,
    inputModalities: input,
    outputModalities: output,
    capabilities: {
      vision: input.includes('image'),
      documents: input.includes('pdf'),
      audio: input.includes('audio') || output.includes('audio'),
      tools: abilities.includes('tools'),
      structuredOutput: abilities.includes('structuredOutput'),
      reasoning: abilities.includes('reasoning'),
    },
    hasOpenWeights: file.hasOpenWeights === true,
    isDeprecated: file.status === 'deprecated',
    isResponsesOnly: file.isResponsesOnly === true,
    // Made when they are first asked for: most models never are.
    get prices() {
      return (prices ??= toPrices(modelId, file.prices ?? []));
    },
  });
}

function toPrices(modelId: string, prices: readonly FilePrice[]): readonly Price[] {
  return prices.map((price) => toPrice(modelId, price)).sort((left, right) => right.effectiveFromMs - left.effectiveFromMs);
}

function toPrice(modelId: string, file: FilePrice): Price {
  const { isFree, nanoUsdPerMillion, tiers = [], serviceTiers = [] } = file;
  if (isFree !== true && nanoUsdPerMillion === undefined)
    throw new Error(`The price of ${modelId} from ${file.effectiveFrom} on has no rates.`);
  return {
    version: `${modelId}@${file.effectiveFrom}`,
    effectiveFromMs: Date.parse(file.effectiveFrom),
    source: file.source,
    rates: nanoUsdPerMillion === undefined ? FREE : toRates(nanoUsdPerMillion),
    tiers: toTiers(tiers),
    units: isFree === true ? FREE_UNITS : null,
    serviceTiers: new Map(serviceTiers.map((tier) => [tier.name, toServiceTier(tier)])),
  };
}

function toServiceTier({ nanoUsdPerMillion, tiers = [], maxInputTokens }: FileServiceTier): PriceTable {
  return { rates: toRates(nanoUsdPerMillion), tiers: toTiers(tiers), ...(maxInputTokens === undefined ? {} : { maxInputTokens }) };
}

function toTiers(tiers: readonly FileTier[]): PriceTable['tiers'] {
  return tiers
    .map(({ aboveInputTokens, nanoUsdPerMillion }) => ({ aboveInputTokens, rates: toRates(nanoUsdPerMillion) }))
    .sort((left, right) => left.aboveInputTokens - right.aboveInputTokens);
}

const FREE: Rates = {
  input: 0n,
  output: 0n,
  cachedRead: 0n,
  cacheWrite: 0n,
  cacheWriteHour: 0n,
  reasoning: 0n,
  audioInput: 0n,
  audioOutput: 0n,
  imageInput: 0n,
};

const FREE_UNITS: UnitRates = { images: 0n, searches: 0n, audioSeconds: 0n, characters: 0n };

function toRates(file: FileRates): Rates {
  const optional = (value: number | undefined): bigint | null => (value === undefined ? null : BigInt(value));
  return {
    input: BigInt(file.input),
    output: BigInt(file.output),
    cachedRead: optional(file.cachedRead),
    cacheWrite: optional(file.cacheWrite),
    cacheWriteHour: optional(file.cacheWriteHour),
    reasoning: optional(file.reasoning),
    audioInput: optional(file.audioInput),
    audioOutput: optional(file.audioOutput),
    imageInput: optional(file.imageInput),
  };
}
