/** Reasoning as asked -> `thinkingConfig`. */
import type { CompletionRequest, JsonObject } from '../../contract.ts';
import { BUDGET_TOKENS_BY_EFFORT, thinkingFactsOf, type ThinkingFacts, type ThinkingLevel } from './gemini.capabilities.ts';
import type { Warnings } from '../../shared/warnings.ts';

type Reasoning = NonNullable<CompletionRequest['reasoning']>;
type Effort = NonNullable<Reasoning['effort']>;

/** Null when nothing is to be said. Who asks for reasoning sees it: `includeThoughts` is set unless it is switched off. */
export function toThinkingConfig(reasoning: Reasoning | undefined, model: string, warnings: Warnings): JsonObject | null {
  if (reasoning === undefined || (reasoning.effort === undefined && reasoning.budgetTokens === undefined)) return null;
  const facts = thinkingFactsOf(model);
  const { effort, budgetTokens } = reasoning;
  if (facts.control === 'none') {
    if (effort !== 'none' && budgetTokens !== 0) warnings.add(`${model} does not think: the reasoning settings were not sent.`);
    return null;
  }
  // Models that know levels take budgets too, for as long as no level stands beside it.
  if (budgetTokens !== undefined) return toBudget(budgetTokens, facts, model, warnings);
  if (effort === undefined) return null;
  if (facts.control === 'budget') return toBudget(BUDGET_TOKENS_BY_EFFORT[effort], facts, model, warnings);
  const level = nearestLevel(effort, facts.levels);
  if (level !== effort) warnings.add(`Reasoning effort '${effort}' was sent as '${level}', the nearest that ${model} takes.`);
  return { thinkingLevel: level, ...(effort === 'none' ? {} : { includeThoughts: true }) };
}

function toBudget(asked: number, facts: ThinkingFacts, model: string, warnings: Warnings): JsonObject {
  const budget = Math.max(asked, facts.leastBudgetTokens);
  if (budget !== asked) warnings.add(`${model} cannot think less than ${budget} tokens: that budget was sent.`);
  return { thinkingBudget: budget, ...(asked === 0 ? {} : { includeThoughts: true }) };
}

const ORDER: readonly ThinkingLevel[] = ['minimal', 'low', 'medium', 'high'];
const PLACES: Readonly<Record<Effort, number>> = { none: 0, minimal: 0, low: 1, medium: 2, high: 3, xhigh: 3 };

/** The same level, else the next higher one that the model takes, else its highest. */
function nearestLevel(effort: Effort, levels: readonly ThinkingLevel[]): ThinkingLevel {
  const fitting = ORDER.slice(PLACES[effort]).find((level) => levels.includes(level));
  return fitting ?? levels.at(-1) ?? 'high';
}
