import type { RoutingFacts, RoutingRule, RuleCondition, RuleValue } from '../routing.types.ts';

/** Position of the first rule whose conditions all hold; -1: none. A rule without conditions always holds. */
export function findRule(rules: readonly RoutingRule[], facts: RoutingFacts): number {
  return rules.findIndex(({ when }) => when.every((condition) => doesHold(condition, facts)));
}

function doesHold({ field, operator, value }: RuleCondition, facts: RoutingFacts): boolean {
  const actual = readField(field, facts);
  if (operator === 'exists') return actual !== undefined;
  if (actual === undefined) return operator === 'differs';
  switch (operator) {
    case 'equals':
      return actual === value;
    case 'differs':
      return actual !== value;
    case 'in':
      return Array.isArray(value) && value.includes(actual);
    default:
      return typeof actual === 'number' && typeof value === 'number' && compares(operator, actual, value);
  }
}

function compares(operator: 'above' | 'at-least' | 'below' | 'at-most', actual: number, value: number): boolean {
  switch (operator) {
    case 'above':
      return actual > value;
    case 'at-least':
      return actual >= value;
    case 'below':
      return actual < value;
    case 'at-most':
      return actual <= value;
  }
}

function readField(field: string, facts: RoutingFacts): RuleValue | undefined {
  if (field === 'inputTokens') return facts.inputTokens;
  if (field === 'outputTokens') return facts.outputTokens;
  const dot = field.indexOf('.');
  const name = field.slice(dot + 1);
  const source = field.slice(0, dot) === 'metadata' ? facts.metadata : field.slice(0, dot) === 'parameters' ? facts.parameters : {};
  return Object.hasOwn(source, name) ? source[name] : undefined;
}

const FIELD = /^(inputTokens|outputTokens|metadata\..+|parameters\..+)$/;

/** What is wrong with a rule, one sentence each; empty: nothing. */
export function checkRule(rule: RoutingRule): string[] {
  return rule.when.flatMap(({ field, operator, value }) => {
    const where = `Rule ${JSON.stringify(rule.name)}: `;
    if (!FIELD.test(field))
      return [`${where}${JSON.stringify(field)} is no field; write metadata.<key>, parameters.<name>, inputTokens or outputTokens.`];
    if (operator === 'in' && !Array.isArray(value)) return [`${where}"in" needs a list of values.`];
    if (['above', 'at-least', 'below', 'at-most'].includes(operator) && typeof value !== 'number')
      return [`${where}${JSON.stringify(operator)} needs a number.`];
    if ((operator === 'equals' || operator === 'differs') && (value === null || Array.isArray(value)))
      return [`${where}${JSON.stringify(operator)} needs one value.`];
    return [];
  });
}
