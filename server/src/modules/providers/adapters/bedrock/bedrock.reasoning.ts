/** How hard to think, in the form the model's family takes. */
import type { CompletionRequest, JsonObject } from '../../contract.ts';
import { BUDGET_TOKENS_BY_EFFORT, MIN_THINKING_BUDGET_TOKENS, type ModelFacts } from './bedrock.capabilities.ts';
import type { Warnings } from '../../shared/warnings.ts';

type Reasoning = NonNullable<CompletionRequest['reasoning']>;
type Effort = Exclude<NonNullable<Reasoning['effort']>, 'none'>;

/** Fields for `additionalModelRequestFields`; empty when nothing is asked for or the model knows no way to be told. */
export function toReasoningFields(request: CompletionRequest, facts: ModelFacts, model: string, warnings: Warnings): JsonObject {
  const { effort, budgetTokens } = request.reasoning ?? {};
  if (effort === 'none' || (effort === undefined && budgetTokens === undefined)) return warnOfNone(effort, facts, model, warnings);
  switch (facts.reasoning) {
    case 'none':
    case 'unknown':
      warnings.add(`The reasoning settings were not sent: no way is known to set them for ${model}. Use additionalModelRequestFields.`);
      return {};
    case 'claude-budget':
      return toBudget(budgetTokens, effort, request.maxOutputTokens, warnings);
    case 'claude-either':
      if (budgetTokens !== undefined) return { thinking: { type: 'enabled', budget_tokens: budgetTokens } };
      return { thinking: { type: 'adaptive' }, ...toClaudeEffort(effort, false, model, warnings) };
    case 'claude-adaptive':
      if (budgetTokens !== undefined) warnings.add(`${model} takes no thinking budget: it was not sent, the model decides by itself.`);
      return { thinking: { type: 'adaptive' }, ...toClaudeEffort(effort, true, model, warnings) };
    case 'nova':
      return toNova(effort, budgetTokens, model, warnings);
    case 'openai-effort':
      return toOpenAiEffort(effort, budgetTokens, model, warnings);
  }
}

function warnOfNone(effort: Reasoning['effort'], facts: ModelFacts, model: string, warnings: Warnings): JsonObject {
  const decidesItself = facts.reasoning === 'claude-adaptive' || facts.reasoning === 'openai-effort';
  if (effort === 'none' && decidesItself) warnings.add(`${model} decides by itself whether to think: reasoning may still happen.`);
  return {};
}

function toBudget(
  budgetTokens: number | undefined,
  effort: Effort | undefined,
  maxTokens: number | undefined,
  warnings: Warnings,
): JsonObject {
  if (budgetTokens !== undefined) return { thinking: { type: 'enabled', budget_tokens: budgetTokens } };
  if (effort === undefined) return {};
  // The budget must stay below the bound on the output, which holds the answer too: half is left for it where the bound is tight.
  const room = maxTokens === undefined ? Number.POSITIVE_INFINITY : Math.max(MIN_THINKING_BUDGET_TOKENS, Math.floor(maxTokens / 2));
  const budget = Math.min(BUDGET_TOKENS_BY_EFFORT[effort], room);
  if (maxTokens !== undefined && budget >= maxTokens) {
    warnings.add(
      `Reasoning effort '${effort}' was not sent: thinking needs a bound on the output above ${MIN_THINKING_BUDGET_TOKENS} tokens.`,
    );
    return {};
  }
  return { thinking: { type: 'enabled', budget_tokens: budget } };
}

function toClaudeEffort(effort: Effort | undefined, knowsXhigh: boolean, model: string, warnings: Warnings): JsonObject {
  if (effort === undefined) return {};
  const nearest = effort === 'minimal' ? 'low' : effort === 'xhigh' && !knowsXhigh ? 'high' : effort;
  warnOfNearest(effort, nearest, model, warnings);
  return { output_config: { effort: nearest } };
}

function toNova(effort: Effort | undefined, budgetTokens: number | undefined, model: string, warnings: Warnings): JsonObject {
  if (budgetTokens !== undefined) warnings.add(`${model} takes an effort instead of a thinking budget: the budget was not sent.`);
  if (effort === undefined) return {};
  const nearest = toThreeLevels(effort);
  warnOfNearest(effort, nearest, model, warnings);
  return { reasoningConfig: { type: 'enabled', maxReasoningEffort: nearest } };
}

function toOpenAiEffort(effort: Effort | undefined, budgetTokens: number | undefined, model: string, warnings: Warnings): JsonObject {
  if (budgetTokens !== undefined) warnings.add(`${model} takes an effort instead of a thinking budget: the budget was not sent.`);
  if (effort === undefined) return {};
  const nearest = toThreeLevels(effort);
  warnOfNearest(effort, nearest, model, warnings);
  return { reasoning_effort: nearest };
}

function toThreeLevels(effort: Effort): 'low' | 'medium' | 'high' {
  if (effort === 'minimal') return 'low';
  return effort === 'xhigh' ? 'high' : effort;
}

function warnOfNearest(effort: Effort, nearest: string, model: string, warnings: Warnings): void {
  if (nearest !== effort) warnings.add(`Reasoning effort '${effort}' was sent as '${nearest}', the nearest that ${model} takes.`);
}
