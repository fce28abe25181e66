import { isDeepStrictEqual } from 'node:util';
import type { CatalogueFile, FileModel, FilePrice } from '../../server/src/modules/providers/index.ts';
import { isResponsesOnly, kindOf } from './model-kind.ts';
import type { Finding, Origin, SourceCatalogue, SourceModel } from './models-dev.ts';
import { toFilePrice } from './prices.ts';
import { SUPPLEMENTS } from './supplement.ts';
import type { VendorSource } from './vendors.ts';

export interface ImportedFile extends CatalogueFile {
  readonly source: {
    readonly name: string;
    readonly repository: string;
    readonly licence: string;
    readonly sources: readonly string[];
  } & Origin;
}

export interface Import {
  readonly file: ImportedFile;
  readonly findings: readonly Finding[];
}

/**
 * One vendor's file out of a models.dev catalogue. `earlier` is the file that is there: a price that has not changed keeps its date, one
 * that has changed is put before those it follows, and a model that is no longer listed stays as deprecated, so that what was called
 * before can still be priced.
 */
export function toCatalogueFile(
  source: SourceCatalogue,
  vendor: VendorSource,
  origin: Origin,
  earlier: CatalogueFile | null = null,
): Import {
  const findings: Finding[] = [];
  const report = (finding: Finding): void => void findings.push(finding);
  const merged = mergeSources(source, vendor, report);
  const listed = [...merged].flatMap(([model, facts]) => toFileModel(vendor.vendorId, model, facts, origin, report) ?? []);
  const models = new Map(earlier?.models.map((model) => [model.model, toWithdrawn(model)]));
  for (const model of listed) models.set(model.model, withHistory(model, models.get(model.model)?.prices ?? []));
  return {
    file: {
      source: {
        name: 'models.dev',
        repository: 'https://github.com/anomalyco/models.dev',
        licence: 'MIT',
        ...origin,
        sources: vendor.sources,
      },
      providerId: vendor.vendorId,
      displayName: vendor.displayName,
      models: [...models.values()].sort((left, right) => (left.model < right.model ? -1 : 1)),
    },
    findings,
  };
}

function mergeSources(source: SourceCatalogue, vendor: VendorSource, report: (finding: Finding) => void): Map<string, SourceModel> {
  const merged = new Map<string, SourceModel>();
  for (const name of vendor.sources) {
    const provider = source[name];
    if (provider === undefined)
      throw new Error(`The catalogue has no provider ${name}, where the models of ${vendor.vendorId} should stand.`);
    for (const [model, facts] of Object.entries(provider.models)) {
      const first = merged.get(model);
      if (first === undefined) merged.set(model, facts);
      else if (!isDeepStrictEqual(first.cost, facts.cost)) {
        const text = `${vendor.sources[0]} has ${JSON.stringify(first.cost)}, ${name} has ${JSON.stringify(facts.cost)}: the first is taken`;
        report({ modelId: `${vendor.vendorId}/${model}`, kind: 'conflict', text });
      }
    }
  }
  return merged;
}

function toFileModel(
  vendorId: string,
  model: string,
  facts: SourceModel,
  origin: Origin,
  report: (finding: Finding) => void,
): FileModel | null {
  const modelId = `${vendorId}/${model}`;
  const kind = kindOf(model, facts);
  if (kind === null) {
    report({ modelId, kind: 'left-out', text: `nothing here asks for what it does (${facts.modalities?.output?.join(', ')})` });
    return null;
  }
  const isInputOnly = kind === 'EMBEDDING' || kind === 'RERANK';
  const supplement = SUPPLEMENTS[vendorId] ?? {};
  const price = toFilePrice({ modelId, model, facts, isInputOnly, supplement, origin, report });
  const output = (facts.modalities?.output ?? ['text']).filter((modality) => modality !== 'pdf');
  const abilities = [facts.reasoning ? 'reasoning' : '', facts.structured_output ? 'structuredOutput' : '', facts.tool_call ? 'tools' : ''];
  return withoutEmpty({
    model,
    displayName: facts.name,
    kind: kind === 'CHAT' ? undefined : kind,
    family: facts.family,
    releasedOn: facts.release_date,
    knowledgeUntil: facts.knowledge,
    contextTokens: facts.limit?.context || undefined,
    maxInputTokens: facts.limit?.input || undefined,
    // The source gives the length of the vector as the output limit of an embedding model.
    maxOutputTokens: isInputOnly ? undefined : facts.limit?.output || undefined,
    input: facts.modalities?.input ?? ['text'],
    output: isInputOnly || isDeepStrictEqual(output, ['text']) ? undefined : output,
    abilities: abilities.filter((ability) => ability !== ''),
    hasOpenWeights: facts.open_weights || undefined,
    status: facts.status,
    isResponsesOnly: isResponsesOnly(vendorId, model) || undefined,
    prices: price === null ? [] : [price],
  });
}

function withoutEmpty(model: { [Key in keyof FileModel]: FileModel[Key] | undefined }): FileModel {
  const kept = Object.entries(model).filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0));
  return Object.fromEntries(kept) as unknown as FileModel;
}

function toWithdrawn(model: FileModel): FileModel {
  return { ...model, status: 'deprecated' };
}

/** Newest first. The same state of the source may be read again, by a newer tool too: then its price replaces the one it gave before. */
function withHistory(model: FileModel, earlier: readonly FilePrice[]): FileModel {
  const [price] = model.prices ?? [];
  if (price === undefined) return earlier.length === 0 ? model : { ...model, prices: earlier };
  const [latest] = earlier;
  if (latest !== undefined && isSamePrice(latest, price)) return { ...model, prices: earlier };
  return { ...model, prices: [price, ...earlier.filter(({ effectiveFrom }) => effectiveFrom < price.effectiveFrom)] };
}

function isSamePrice(left: FilePrice, right: FilePrice): boolean {
  const content = ({ effectiveFrom: _from, source: _source, ...rest }: FilePrice): object => rest;
  return isDeepStrictEqual(content(left), content(right));
}
