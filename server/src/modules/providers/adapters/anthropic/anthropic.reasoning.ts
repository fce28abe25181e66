/** How hard to think, in the form the model takes: an effort, a budget of tokens, or neither. */
import type { CompletionRequest, JsonObject } from '../../contract.ts';
import {
  BUDGET_TOKENS_BY_EFFORT,
  MIN_THINKING_BUDGET_TOKENS,
  type AnthropicEffort,
  type ReasoningFacts,
} from './anthropic.capabilities.ts';
import type { Warnings } from './anthropic.warnings.ts';

type Reasoning = NonNullable<CompletionRequest['reasoning']>;
type Effort = NonNullable<Reasoning['effort']>;

export interface ReasoningParameters {
  readonly thinking: JsonObject | null;
  /** What belongs into `output_config`. */
  readonly outputConfig: JsonObject;
}

const NOTHING: ReasoningParameters = { thinking: null, outputConfig: {} };

/** A budget given in tokens goes as it is where the model takes budgets; an effort goes as an effort, else as the budget that stands for it. */
export function toReasoningParameters(
  reasoning: Reasoning | undefined,
  facts: ReasoningFacts,
  maxTokens: number,
  model: string,
  warnings: Warnings,
): ReasoningParameters {
  const effort = reasoning?.effort;
  const budgetTokens = reasoning?.budgetTokens;
  if (effort === undefined && budgetTokens === undefined) return NOTHING;
  if (effort === 'none') {
    if (facts.thinking === 'adaptive') warnings.add(`${model} decides by itself whether to think: reasoning may still happen.`);
    return NOTHING;
  }
  switch (facts.thinking) {
    case 'none':
      warnings.add(`${model} has no extended thinking: the reasoning settings were not sent.`);
      return NOTHING;
    case 'budget':
      return { thinking: toBudget(budgetTokens, effort, maxTokens, warnings), outputConfig: {} };
    case 'either':
      return budgetTokens === undefined
        ? { thinking: { type: 'adaptive' }, outputConfig: toEffort(effort, facts.efforts, model, warnings) }
        : { thinking: { type: 'enabled', budget_tokens: budgetTokens }, outputConfig: toEffort(effort, facts.efforts, model, warnings) };
    case 'adaptive':
      if (budgetTokens !== undefined) warnings.add(`${model} takes no thinking budget: it was not sent, the model decides by itself.`);
      return { thinking: { type: 'adaptive' }, outputConfig: toEffort(effort, facts.efforts, model, warnings) };
  }
}

function toBudget(
  budgetTokens: number | undefined,
  effort: Exclude<Effort, 'none'> | undefined,
  maxTokens: number,
  warnings: Warnings,
): JsonObject | null {
  if (budgetTokens !== undefined) return { type: 'enabled', budget_tokens: budgetTokens };
  if (effort === undefined) return null;
  // The budget must stay below `max_tokens`, which holds the answer too: half is left for it where the bound is tight.
  const budget = Math.min(BUDGET_TOKENS_BY_EFFORT[effort], Math.max(MIN_THINKING_BUDGET_TOKENS, Math.floor(maxTokens / 2)));
  if (budget >= maxTokens) {
    warnings.add(
      `Reasoning effort '${effort}' was not sent: thinking needs a bound on the output above ${MIN_THINKING_BUDGET_TOKENS} tokens.`,
    );
    return null;
  }
  return { type: 'enabled', budget_tokens: budget };
}

function toEffort(
  effort: Exclude<Effort, 'none'> | undefined,
  efforts: readonly AnthropicEffort[],
  model: string,
  warnings: Warnings,
): JsonObject {
  if (effort === undefined) return {};
  const nearest = effort === 'minimal' ? 'low' : effort === 'xhigh' && !efforts.includes('xhigh') ? 'high' : effort;
  if (nearest !== effort) warnings.add(`Reasoning effort '${effort}' was sent as '${nearest}', the nearest that ${model} takes.`);
  return { effort: nearest };
}
