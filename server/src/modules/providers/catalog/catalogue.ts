import anthropicFile from './anthropic.json' with { type: 'json' };
import localFile from './local.json' with { type: 'json' };
import openaiFile from './openai.json' with { type: 'json' };
import type { Price, Rates } from '../pricing.policy.ts';

/** What is known of one model at one provider. */
export interface CatalogueModel {
  /** `<providerId>/<model>`. */
  readonly modelId: string;
  readonly providerId: string;
  /** The provider's own name of it. */
  readonly model: string;
  readonly displayName: string;
  readonly kind: 'CHAT' | 'EMBEDDING';
  /** Unix seconds; 0 when unknown. */
  readonly releasedAtSeconds: number;
  readonly contextTokens: number | null;
  /** Null: bounded by the context only. */
  readonly maxInputTokens: number | null;
  readonly maxOutputTokens: number | null;
  readonly capabilities: ModelCapabilities;
  /** Newest first; none where no price is known. */
  readonly prices: readonly Price[];
}

export interface ModelCapabilities {
  readonly vision: boolean;
  readonly documents: boolean;
  readonly audio: boolean;
  readonly tools: boolean;
  readonly structuredOutput: boolean;
  readonly reasoning: boolean;
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

interface FileRates {
  readonly input: number;
  readonly output: number;
  readonly cachedRead: number | null;
  readonly cacheWrite: number | null;
  readonly reasoning: number | null;
  readonly audioInput: number | null;
  readonly audioOutput: number | null;
}

interface FilePrice {
  readonly effectiveFrom: string;
  readonly source: string;
  readonly nanoUsdPerMillion: FileRates;
  readonly tiers: readonly { readonly aboveInputTokens: number; readonly nanoUsdPerMillion: FileRates }[];
}

interface FileModel extends Omit<CatalogueModel, 'modelId' | 'providerId' | 'kind' | 'releasedAtSeconds' | 'prices'> {
  readonly kind: string;
  readonly releasedOn: string | null;
  readonly prices: readonly FilePrice[];
}

/** One provider's models, as the files beside this one hold them. */
export interface CatalogueFile {
  readonly providerId: string;
  readonly displayName: string;
  readonly models: readonly FileModel[];
}

const BUILT_IN: readonly CatalogueFile[] = [anthropicFile, localFile, openaiFile];
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
  const { releasedOn, prices, kind, ...facts } = file;
  models.set(modelId, {
    ...facts,
    modelId,
    providerId,
    kind: kind === 'EMBEDDING' ? 'EMBEDDING' : 'CHAT',
    releasedAtSeconds: releasedOn === null ? 0 : Math.floor(Date.parse(releasedOn) / 1000) || 0,
    prices: prices.map((price) => toPrice(modelId, price)).sort((left, right) => right.effectiveFromMs - left.effectiveFromMs),
  });
}

function toPrice(modelId: string, file: FilePrice): Price {
  return {
    version: `${modelId}@${file.effectiveFrom}`,
    effectiveFromMs: Date.parse(file.effectiveFrom),
    source: file.source,
    rates: toRates(file.nanoUsdPerMillion),
    tiers: file.tiers
      .map(({ aboveInputTokens, nanoUsdPerMillion }) => ({ aboveInputTokens, rates: toRates(nanoUsdPerMillion) }))
      .sort((left, right) => left.aboveInputTokens - right.aboveInputTokens),
  };
}

function toRates(file: FileRates): Rates {
  const optional = (value: number | null): bigint | null => (value === null ? null : BigInt(value));
  return {
    input: BigInt(file.input),
    output: BigInt(file.output),
    cachedRead: optional(file.cachedRead),
    cacheWrite: optional(file.cacheWrite),
    reasoning: optional(file.reasoning),
    audioInput: optional(file.audioInput),
    audioOutput: optional(file.audioOutput),
  };
}
