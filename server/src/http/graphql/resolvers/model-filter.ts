import type { ModelAbility, ModelFilter } from '../../../generated/schema.ts';
import { AntiphonError } from '../../../kernel/errors/index.ts';
import { ModelSearch, type ModelListing } from '../../../modules/providers/index.ts';
import { parseUsd } from '../../money.ts';

/** A model that passed, and the key that orders it: better matches first, then by id. */
export interface MatchingModel {
  readonly model: ModelListing;
  readonly key: string;
}

const MAX_SEARCH_CHARACTERS = 200;
const MAX_SCORE = 999_999;
const MAX_ITEMS = { kinds: 16, abilities: 16, inputModalities: 8, outputModalities: 8 } as const;

const ABILITY_NAMES: Readonly<Record<ModelAbility, keyof ModelListing['capabilities']>> = {
  TOOLS: 'tools',
  STRUCTURED_OUTPUT: 'structuredOutput',
  REASONING: 'reasoning',
  VISION: 'vision',
  DOCUMENTS: 'documents',
  AUDIO: 'audio',
};

/** Indexes of the lists that were asked last, newest first: projects have lists of their own. */
const MAX_INDEXES = 8;
const indexes: ModelSearch[] = [];

/** The models that meet every condition, in order. Throws INVALID_INPUT for a condition that is none. */
export function filterModels(models: readonly ModelListing[], filter: ModelFilter): readonly MatchingModel[] {
  const meets = toPredicate(filter);
  if (filter.search == null || filter.search.trim() === '') return models.filter(meets).map((model) => ({ model, key: model.modelId }));
  if (filter.search.length > MAX_SEARCH_CHARACTERS) refuse('search', `A search has at most ${MAX_SEARCH_CHARACTERS} characters.`);
  return indexOf(models)
    .find(filter.search)
    .flatMap(({ at, score }) => {
      const model = models[at];
      if (model === undefined || !meets(model)) return [];
      return [{ model, key: `${String(MAX_SCORE - score).padStart(6, '0')} ${model.modelId}` }];
    });
}

function indexOf(models: readonly ModelListing[]): ModelSearch {
  const at = indexes.findIndex((index) => index.isOf(models));
  const [index = new ModelSearch(models)] = at === -1 ? [] : indexes.splice(at, 1);
  indexes.unshift(index);
  indexes.splice(MAX_INDEXES);
  return index;
}

function toPredicate(filter: ModelFilter): (model: ModelListing) => boolean {
  const { provider, isAvailable, isDeprecated, minContextTokens, kinds, abilities } = filter;
  for (const [name, most] of Object.entries(MAX_ITEMS))
    if ((filter[name as keyof typeof MAX_ITEMS]?.length ?? 0) > most) refuse(name, `There are at most ${most} ${name}.`);
  const input = filter.inputModalities?.map((modality) => modality.toLowerCase()) ?? [];
  const output = filter.outputModalities?.map((modality) => modality.toLowerCase()) ?? [];
  const maxInput = readUsd(filter.maxInputUsdPerMillion, 'maxInputUsdPerMillion');
  const maxOutput = readUsd(filter.maxOutputUsdPerMillion, 'maxOutputUsdPerMillion');
  const holds = (modalities: readonly string[], wanted: readonly string[]): boolean => wanted.every((one) => modalities.includes(one));
  return (model) =>
    (provider == null || model.providerId === provider) &&
    (isAvailable == null || model.isAvailable === isAvailable) &&
    (isDeprecated == null || model.isDeprecated === isDeprecated) &&
    (kinds == null || kinds.includes(model.kind)) &&
    (abilities == null || abilities.every((ability) => model.capabilities[ABILITY_NAMES[ability]])) &&
    (minContextTokens == null || (model.contextTokens !== null && model.contextTokens >= minContextTokens)) &&
    holds(model.inputModalities, input) &&
    holds(model.outputModalities, output) &&
    (maxInput === null || (model.price !== null && model.price.inputNanoUsdPerMillion <= maxInput)) &&
    (maxOutput === null || (model.price !== null && model.price.outputNanoUsdPerMillion <= maxOutput));
}

function readUsd(text: string | null | undefined, name: string): bigint | null {
  if (text == null) return null;
  return parseUsd(text) ?? refuse(name, 'An amount in USD is 0 or more, with at most nine decimals, such as "0.05".');
}

function refuse(name: string, message: string): never {
  throw new AntiphonError('INVALID_INPUT', message, { path: ['filter', name] });
}
