/** What Gemini models can do over the Gemini API and Vertex AI, as data. */
import type { ProviderCapabilities } from '../../contract.ts';

export const GEMINI_CAPABILITIES: ProviderCapabilities = {
  streaming: true,
  tools: true,
  parallelTools: true,
  streamedToolArguments: false,
  structuredOutput: 'json-schema',
  vision: true,
  documents: true,
  audio: true,
  reasoning: true,
  logprobs: true,
  multipleChoices: true,
  seed: true,
  embeddings: true,
  promptCache: 'automatic',
};

export interface ThinkingFacts {
  /** `budget`: `thinkingBudget` in tokens; `level`: `thinkingLevel`; `none`: the model does not think. */
  readonly control: 'none' | 'budget' | 'level';
  /** Levels the model takes; empty unless the control is `level`. */
  readonly levels: readonly ThinkingLevel[];
  /** The smallest budget it takes; 0 switches thinking off. */
  readonly leastBudgetTokens: number;
}

export type ThinkingLevel = 'minimal' | 'low' | 'medium' | 'high';

const NO_THINKING: ThinkingFacts = { control: 'none', levels: [], leastBudgetTokens: 0 };
const BUDGET: ThinkingFacts = { control: 'budget', levels: [], leastBudgetTokens: 0 };
const ALL_LEVELS: ThinkingFacts = { control: 'level', levels: ['minimal', 'low', 'medium', 'high'], leastBudgetTokens: 0 };

/** By the model id's beginning; the first match counts. Gemini 2 models know budgets, later ones levels. */
const FACTS_BY_PREFIX: readonly (readonly [prefix: string, facts: ThinkingFacts])[] = [
  ['gemini-1', NO_THINKING],
  ['gemini-2.0', NO_THINKING],
  // It cannot be told not to think: 128 is the least.
  ['gemini-2.5-pro', { ...BUDGET, leastBudgetTokens: 128 }],
  ['gemini-2.5', BUDGET],
  ['gemma', NO_THINKING],
  ['gemini-3-pro', { ...ALL_LEVELS, levels: ['low', 'high'] }],
  ['gemini-3.1-pro', { ...ALL_LEVELS, levels: ['low', 'medium', 'high'] }],
];

/** Facts of `model`; of the newest generation for one that is not listed. */
export function thinkingFactsOf(model: string): ThinkingFacts {
  const name = model.slice(model.lastIndexOf('/') + 1);
  return FACTS_BY_PREFIX.find(([prefix]) => name.startsWith(prefix))?.[1] ?? ALL_LEVELS;
}

/** Budgets that stand for an effort on models that know budgets only: Google's own table for its OpenAI-shaped door. */
export const BUDGET_TOKENS_BY_EFFORT = { none: 0, minimal: 1024, low: 1024, medium: 8192, high: 24_576, xhigh: 24_576 } as const;

/** Whether function results may hold pictures and documents themselves; older models take them beside the result only. */
export function takesMediaInResults(model: string): boolean {
  return !/^gemini-[12]\b/.test(model.slice(model.lastIndexOf('/') + 1));
}
