/**
 * What vendors publish and models.dev does not hold, each with the page it stands on. It counts before models.dev, whatever the dates.
 * Ratios are taken of a model's own rates and must come out in whole nano-USD.
 */
export interface Supplement {
  /** Cache writes kept for an hour, as a multiple of the input rate; for models that have a rate for writing at all. */
  readonly cacheWriteHour?: { readonly timesInput: number; readonly source: string };
  readonly serviceTiers?: Readonly<Record<string, ServiceTierRule>>;
  /** Models that are offered at no price: their zeros mean zero. */
  readonly freeModels?: { readonly models: readonly string[]; readonly source: string };
}

export interface ServiceTierRule {
  readonly source: string;
  /** Every rate of every model times this. */
  readonly share?: readonly [numerator: number, denominator: number];
  /** USD for a million tokens, by model; other models of this tier stay unknown, as do its rates above a context tier. */
  readonly models?: Readonly<Record<string, { readonly input: number; readonly cachedRead: number; readonly output: number }>>;
}

const OPENAI_FLEX = 'https://developers.openai.com/api/docs/guides/flex-processing';
const OPENAI_BATCH = 'https://developers.openai.com/api/docs/guides/batch';
const OPENAI_PRIORITY = 'https://openai.com/api-priority-processing';
const AZURE_FLEX = 'https://learn.microsoft.com/azure/foundry/openai/how-to/flex-processing';
const ANTHROPIC_CACHING = 'https://platform.claude.com/docs/en/build-with-claude/prompt-caching';
const ANTHROPIC_BATCH = 'https://platform.claude.com/docs/en/build-with-claude/batch-processing';
const GROQ_FLEX = 'https://console.groq.com/docs/flex-processing';
const ZAI_PRICING = 'https://docs.z.ai/guides/overview/pricing';

const HALF = [1, 2] as const;

export const SUPPLEMENTS: Readonly<Record<string, Supplement>> = {
  anthropic: {
    cacheWriteHour: { timesInput: 2, source: ANTHROPIC_CACHING },
    serviceTiers: { batch: { share: HALF, source: ANTHROPIC_BATCH } },
  },
  'azure-openai': { serviceTiers: { flex: { share: HALF, source: AZURE_FLEX } } },
  groq: { serviceTiers: { flex: { share: [1, 1], source: GROQ_FLEX } } },
  openai: {
    serviceTiers: {
      batch: { share: HALF, source: OPENAI_BATCH },
      flex: { share: HALF, source: OPENAI_FLEX },
      priority: {
        source: OPENAI_PRIORITY,
        models: {
          'gpt-5.5': { input: 12.5, cachedRead: 1.25, output: 75 },
          'gpt-5.4-mini': { input: 1.5, cachedRead: 0.15, output: 9 },
          'gpt-5.4': { input: 5, cachedRead: 0.5, output: 30 },
          'gpt-5.2': { input: 3.5, cachedRead: 0.35, output: 28 },
          'gpt-5.1': { input: 2.5, cachedRead: 0.25, output: 20 },
          'gpt-5': { input: 2.5, cachedRead: 0.25, output: 20 },
          'gpt-5-mini': { input: 0.45, cachedRead: 0.045, output: 3.6 },
          'gpt-5.1-codex': { input: 2.5, cachedRead: 0.25, output: 20 },
          'gpt-5-codex': { input: 2.5, cachedRead: 0.25, output: 20 },
          'gpt-4.1': { input: 3.5, cachedRead: 0.875, output: 14 },
        },
      },
    },
  },
  zhipu: { freeModels: { models: ['glm-4.5-flash', 'glm-4.7-flash'], source: ZAI_PRICING } },
};
