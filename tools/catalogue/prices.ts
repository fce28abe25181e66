import type { FilePrice, FileRates, FileServiceTier, FileTier } from '../../server/src/modules/providers/index.ts';
import type { Finding, Origin, SourceModel } from './models-dev.ts';
import { readRates, scaleRates, toFileRates, toNanoUsd } from './rates.ts';
import type { ServiceTierRule, Supplement } from './supplement.ts';

export interface PriceQuestion {
  readonly modelId: string;
  readonly model: string;
  readonly facts: SourceModel;
  readonly isInputOnly: boolean;
  readonly supplement: Supplement;
  readonly origin: Origin;
  readonly report: (finding: Finding) => void;
}

/**
 * The price of a model as the source has it; none when it has none that can be relied on: a charge that no bucket holds, half a price,
 * or a zero of which nobody says that it means free.
 */
export function toFilePrice(question: PriceQuestion): FilePrice | null {
  const { modelId, model, facts, supplement, origin, report } = question;
  const { cost } = facts;
  const note = (kind: Finding['kind'], text: string): void => report({ modelId, kind, text });
  if (cost === undefined) {
    note('no-price', 'the source names none');
    return null;
  }
  const { rates, renamed, strange } = readRates(cost);
  if (renamed.length > 0) note('odd-field', `read ${renamed.join(' and ')} under the usual name`);
  if (strange.length > 0) {
    note('no-price', `it charges by ${strange.join(' and ')}, which no bucket holds: its cost is unknown`);
    return null;
  }
  const source = `models.dev ${origin.commit}`;
  if (rates.input === 0 && rates.output === 0) {
    if (isSaidToBeFree(model, supplement))
      return { effectiveFrom: origin.date, source: freeSourceOf(model, supplement, source), isFree: true };
    note('no-price', 'the source says 0 for input and output, and nobody says that it is free: its price is unknown');
    return null;
  }
  const base = withCacheHour(toFileRates(rates, question.isInputOnly), supplement);
  if (base === null) {
    note('no-price', 'half of its price is missing or 0: its price is unknown');
    return null;
  }
  const tiers = (cost.tiers ?? []).flatMap(({ tier, ...tierCost }): FileTier[] => {
    const tierRates = withCacheHour(toFileRates({ ...rates, ...readRates(tierCost).rates }, question.isInputOnly), supplement);
    return tierRates === null ? [] : [{ aboveInputTokens: tier.size, nanoUsdPerMillion: tierRates }];
  });
  const serviceTiers = toServiceTiers(model, { base, tiers }, supplement);
  return {
    effectiveFrom: origin.date,
    source,
    nanoUsdPerMillion: base,
    ...(tiers.length > 0 ? { tiers } : {}),
    ...(serviceTiers.length > 0 ? { serviceTiers } : {}),
  };
}

function isSaidToBeFree(model: string, { freeModels }: Supplement): boolean {
  return /[:/]free$/.test(model) || freeModels?.models.includes(model) === true;
}

function freeSourceOf(model: string, { freeModels }: Supplement, source: string): string {
  return freeModels?.models.includes(model) === true ? freeModels.source : source;
}

function withCacheHour(rates: FileRates | null, { cacheWriteHour }: Supplement): FileRates | null {
  if (rates === null || cacheWriteHour === undefined || rates.cacheWrite === undefined) return rates;
  return { ...rates, cacheWriteHour: rates.input * cacheWriteHour.timesInput };
}

interface Table {
  readonly base: FileRates;
  readonly tiers: readonly FileTier[];
}

function toServiceTiers(model: string, table: Table, supplement: Supplement): FileServiceTier[] {
  return Object.entries(supplement.serviceTiers ?? {}).flatMap(([name, rule]) => {
    const rates = toTierRates(model, table, rule);
    return rates === null ? [] : [{ name, source: rule.source, ...rates }];
  });
}

function toTierRates(
  model: string,
  { base, tiers }: Table,
  { share, models }: ServiceTierRule,
): Omit<FileServiceTier, 'name' | 'source'> | null {
  if (share !== undefined) {
    const scaled = tiers.map((tier) => ({ ...tier, nanoUsdPerMillion: scaleRates(tier.nanoUsdPerMillion, share) }));
    return { nanoUsdPerMillion: scaleRates(base, share), ...(scaled.length > 0 ? { tiers: scaled } : {}) };
  }
  const written = models?.[model];
  if (written === undefined) return null;
  const { input, cachedRead, output } = written;
  // The page leaves out long contexts: their price at this tier is unknown.
  const [first] = tiers;
  return {
    nanoUsdPerMillion: { input: toNanoUsd(input), output: toNanoUsd(output), cachedRead: toNanoUsd(cachedRead) },
    ...(first === undefined ? {} : { maxInputTokens: first.aboveInputTokens }),
  };
}
