/** What Anthropic's Messages API and its models can do, as data. */
import type { ProviderCapabilities } from '../../contract.ts';

export const ANTHROPIC_CAPABILITIES: ProviderCapabilities = {
  streaming: true,
  tools: true,
  parallelTools: true,
  streamedToolArguments: true,
  structuredOutput: 'json-schema',
  vision: true,
  documents: true,
  audio: false,
  reasoning: true,
  logprobs: false,
  multipleChoices: false,
  seed: false,
  embeddings: false,
  promptCache: 'marked',
};

/** `temperature` is 0 to 1 here (OpenAI: 0 to 2). */
export const MAX_TEMPERATURE = 1;

/** Sent as `max_tokens`, which the wire demands, when neither the caller nor the catalogue names a bound. */
export const FALLBACK_MAX_OUTPUT_TOKENS = 4096;

/** The smallest `thinking.budget_tokens` the API takes. */
export const MIN_THINKING_BUDGET_TOKENS = 1024;

export type AnthropicEffort = 'low' | 'medium' | 'high' | 'xhigh' | 'max';

export interface ReasoningFacts {
  /** `budget`: `thinking.budget_tokens`; `adaptive`: the model decides, guided by `output_config.effort`; `either`; `none`. */
  readonly thinking: 'none' | 'budget' | 'adaptive' | 'either';
  readonly efforts: readonly AnthropicEffort[];
  /** Whether `temperature`, `top_p` and `top_k` are taken; newer models answer 400 to any but the default. */
  readonly sampling: boolean;
}

const NO_THINKING: ReasoningFacts = { thinking: 'none', efforts: [], sampling: true };
const BUDGET_ONLY: ReasoningFacts = { thinking: 'budget', efforts: [], sampling: true };
const EITHER: ReasoningFacts = { thinking: 'either', efforts: ['low', 'medium', 'high', 'max'], sampling: true };
const ADAPTIVE_ONLY: ReasoningFacts = { thinking: 'adaptive', efforts: ['low', 'medium', 'high', 'xhigh', 'max'], sampling: false };

/**
 * By the model id's beginning; the first match counts. Since 4.7, models refuse `thinking.type: enabled` and sampling parameters
 * with 400; 4.6 takes both forms and names its levels in the refusal of `xhigh` ("Supported levels: high, low, max, medium").
 */
const FACTS_BY_PREFIX: readonly (readonly [prefix: string, facts: ReasoningFacts])[] = [
  ['claude-2', NO_THINKING],
  ['claude-instant', NO_THINKING],
  ['claude-3-7', BUDGET_ONLY],
  ['claude-3', NO_THINKING],
  ['claude-haiku-4', BUDGET_ONLY],
  ['claude-opus-4-6', EITHER],
  ['claude-sonnet-4-6', EITHER],
  ['claude-opus-4-7', ADAPTIVE_ONLY],
  ['claude-opus-4-8', ADAPTIVE_ONLY],
  ['claude-opus-4-9', ADAPTIVE_ONLY],
  ['claude-opus-4', BUDGET_ONLY],
  ['claude-sonnet-4', BUDGET_ONLY],
  ['claude-', ADAPTIVE_ONLY],
];

/** Facts of `model`; of the newest generation for a Claude model not listed, and of the widest form for another vendor's model behind this wire. */
export function reasoningFactsOf(model: string): ReasoningFacts {
  // Resellers put their own words in front: `us.anthropic.claude-…` at Bedrock.
  const name = model.slice(Math.max(0, model.lastIndexOf('claude-')));
  return FACTS_BY_PREFIX.find(([prefix]) => name.startsWith(prefix))?.[1] ?? BUDGET_ONLY;
}

/** Thinking budgets that stand for an effort on models that know budgets only. */
export const BUDGET_TOKENS_BY_EFFORT = { minimal: 1024, low: 2048, medium: 8192, high: 16_384, xhigh: 32_768 } as const;
