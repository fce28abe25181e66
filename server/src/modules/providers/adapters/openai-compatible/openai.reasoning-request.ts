import type { CompletionRequest, JsonObject } from '../../contract.ts';
import type { OpenAiCompatibleSettings, ReasoningRequest } from './openai.settings.ts';

/** How a neutral request asks for reasoning on this provider's wire; what it cannot ask for is told in `warnings`. */
export function toReasoningRequest(
  settings: Pick<OpenAiCompatibleSettings, 'displayName' | 'wire'>,
  request: CompletionRequest,
  warnings: string[],
): JsonObject {
  const form: ReasoningRequest = settings.wire.reasoningRequest ?? 'effort';
  const { effort, budgetTokens } = request.reasoning ?? {};
  const takesBudget = form === 'enable-thinking' || form === 'effort-or-budget';
  if (budgetTokens !== undefined && !takesBudget)
    warnings.push(
      `${settings.displayName} takes no reasoning budget in tokens; it was left out.${form === 'effort' ? ' Use the reasoning effort instead.' : ''}`,
    );
  if (effort === undefined && (budgetTokens === undefined || !takesBudget)) return {};
  const isOff = effort === 'none';
  switch (form) {
    case 'effort':
      return effort === undefined ? {} : { reasoning_effort: effort };
    case 'effort-or-off':
      return effort === undefined ? {} : isOff ? { thinking: { type: 'disabled' } } : { reasoning_effort: effort };
    case 'thinking':
      if (!isOff) warnings.push(`${settings.displayName} knows no degrees of reasoning effort; reasoning was switched on.`);
      return { thinking: { type: isOff ? 'disabled' : 'enabled' } };
    case 'enable-thinking':
      if (effort !== undefined && !isOff && budgetTokens === undefined)
        warnings.push(`${settings.displayName} knows no degrees of reasoning effort; reasoning was switched on.`);
      return { enable_thinking: !isOff, ...(budgetTokens === undefined || isOff ? {} : { thinking_budget: budgetTokens }) };
    case 'effort-or-budget':
      // Both at once are refused: the budget says more.
      return budgetTokens === undefined || isOff ? { reasoning_effort: effort ?? null } : { reasoning: { max_tokens: budgetTokens } };
    case 'none':
      warnings.push(`${settings.displayName} does not let reasoning be asked for; the reasoning effort was left out.`);
      return {};
  }
}
