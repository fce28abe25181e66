import type {
  ModelContextTierInput,
  ModelPieceRatesInput,
  ModelPriceInput,
  ModelPriceSetInput,
  ModelRatesInput,
  ModelServiceTierInput,
} from '../../../generated/schema.ts';
import { AntiphonError } from '../../../kernel/errors/index.ts';
import type { PriceRates, PriceSetting, PriceTable, Rates, UnitRates } from '../../../modules/providers/index.ts';
import { parseUsd } from '../../money.ts';

type Path = readonly (string | number)[];

const MAX_TIERS = 8;
const MAX_TIER_NAME = 64;
const MAX_SOURCE = 500;
const MODEL_NAME = /^[^/\s]{1,128}\/\S{1,383}$/;
/** A rate is written for a million; a price by the piece for one. */
const PIECES = 1_000_000n;

/** Holds the input to the bounds that the schema names but cannot express. Throws INVALID_INPUT with the path of what breaks one. */
export function toPriceSetting({ model, effectiveFrom, source, price }: ModelPriceSetInput): PriceSetting {
  checkModelName(model);
  if (source.trim() === '' || source.length > MAX_SOURCE)
    refuse(['source'], `Say in 1 to ${MAX_SOURCE} characters where the figures come from.`);
  return { modelId: model, effectiveFromMs: effectiveFrom.getTime(), source, rates: price == null ? null : toRates(price) };
}

export function checkModelName(model: string): void {
  if (!MODEL_NAME.test(model)) refuse(['model'], 'Write the name of a model with its provider before it, such as "openai/gpt-4.1-mini".');
}

function toRates({ rates, contextTiers, serviceTiers, pieces }: ModelPriceInput): PriceRates {
  return {
    ...toTable(rates, contextTiers, ['price']),
    units: pieces == null ? null : toUnits(pieces),
    serviceTiers: toServiceTiers(serviceTiers ?? []),
  };
}

function toServiceTiers(tiers: readonly ModelServiceTierInput[]): PriceRates['serviceTiers'] {
  const path = ['price', 'serviceTiers'];
  if (tiers.length > MAX_TIERS) refuse(path, `There are at most ${MAX_TIERS} service tiers.`);
  const named = new Map<string, PriceTable>();
  tiers.forEach(({ name, rates, contextTiers }, index) => {
    const key = name.trim().toLowerCase();
    if (key === '' || key.length > MAX_TIER_NAME)
      refuse([...path, index, 'name'], `The name of a service tier has 1 to ${MAX_TIER_NAME} characters.`);
    if (named.has(key)) refuse([...path, index, 'name'], 'This service tier is given twice. Give each once.');
    named.set(key, toTable(rates, contextTiers, [...path, index]));
  });
  return named;
}

function toTable(rates: ModelRatesInput, contextTiers: readonly ModelContextTierInput[] | null | undefined, path: Path): PriceTable {
  const tiers = contextTiers ?? [];
  const at: Path = [...path, 'contextTiers'];
  if (tiers.length > MAX_TIERS) refuse(at, `There are at most ${MAX_TIERS} context tiers.`);
  if (new Set(tiers.map(({ aboveInputTokens }) => aboveInputTokens)).size < tiers.length) refuse(at, 'Two tiers begin at the same size.');
  return {
    rates: toTokenRates(rates, [...path, 'rates']),
    tiers: tiers
      .map(({ aboveInputTokens, rates: own }, index) => {
        if (aboveInputTokens < 1) refuse([...at, index, 'aboveInputTokens'], 'A tier begins above 1 token or more.');
        return { aboveInputTokens, rates: toTokenRates(own, [...at, index, 'rates']) };
      })
      .sort((left, right) => left.aboveInputTokens - right.aboveInputTokens),
  };
}

function toTokenRates(input: ModelRatesInput, path: Path): Rates {
  const read = (name: keyof ModelRatesInput): bigint | null => readUsd(input[name], [...path, name]);
  return {
    input: read('inputUsdPerMillion') ?? 0n,
    output: read('outputUsdPerMillion') ?? 0n,
    cachedRead: read('cachedReadUsdPerMillion'),
    cacheWrite: read('cacheWriteUsdPerMillion'),
    cacheWriteHour: read('cacheWriteHourUsdPerMillion'),
    reasoning: read('reasoningUsdPerMillion'),
    audioInput: read('audioInputUsdPerMillion'),
    audioOutput: read('audioOutputUsdPerMillion'),
    imageInput: read('imageInputUsdPerMillion'),
  };
}

function toUnits(input: ModelPieceRatesInput): UnitRates {
  const read = (name: keyof ModelPieceRatesInput): bigint | null => {
    const rate = readUsd(input[name], ['price', 'pieces', name]);
    return rate === null ? null : rate * PIECES;
  };
  return {
    images: read('perImageUsd'),
    searches: read('perSearchUsd'),
    audioSeconds: read('perAudioSecondUsd'),
    characters: read('perCharacterUsd'),
  };
}

function readUsd(text: string | null | undefined, path: Path): bigint | null {
  if (text == null) return null;
  return parseUsd(text) ?? refuse(path, 'An amount in USD is 0 or more, with at most nine decimals, such as "0.05".');
}

function refuse(path: Path, message: string): never {
  throw new AntiphonError('INVALID_INPUT', message, { path: ['input', ...path].map(String) });
}
