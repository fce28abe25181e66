import { MAX_PRIORITY, ROUTING_STRATEGIES, type RoutingPolicy } from '../routing.types.ts';
import { checkRule } from './rules.policy.ts';

/** A policy names at most so many targets. */
export const MAX_TARGETS = 1000;
const MAX_RULES = 100;
const MAX_ATTEMPTS = 10;

/** What is wrong with a policy, one sentence each that says what to write instead; empty: nothing. */
export function checkPolicy(policy: RoutingPolicy): string[] {
  return [...checkTargets(policy), ...checkShares(policy), ...checkNumbers(policy), ...policy.rules.flatMap(checkRule)];
}

function checkTargets({ targets, rules, strategy }: RoutingPolicy): string[] {
  const problems: string[] = [];
  if (targets.length === 0) problems.push('A policy needs at least one target.');
  if (targets.length > MAX_TARGETS) problems.push(`A policy has at most ${MAX_TARGETS} targets; split it into groups.`);
  if (rules.length > MAX_RULES) problems.push(`A policy has at most ${MAX_RULES} rules.`);
  if (!ROUTING_STRATEGIES.includes(strategy)) problems.push(`The strategy is one of ${ROUTING_STRATEGIES.join(', ')}.`);
  const seen = new Set<string>();
  for (const { deployment, weight, priority } of targets) {
    const name = JSON.stringify(deployment);
    if (seen.has(deployment)) problems.push(`${name} is there twice; raise its weight instead.`);
    seen.add(deployment);
    if (!(weight > 0 && weight <= 1_000_000)) problems.push(`The weight of ${name} must be above 0 and at most 1000000.`);
    if (!Number.isInteger(priority) || priority < 0 || priority > MAX_PRIORITY)
      problems.push(`The priority of ${name} must be a whole number from 0 to ${MAX_PRIORITY}.`);
  }
  return problems;
}

const isShare = (value: number): boolean => value >= 0 && value <= 1;

function checkShares({ canaries, mirrors, targets, adaptive }: RoutingPolicy): string[] {
  const problems: string[] = [];
  for (const { tag, share } of canaries) {
    if (!isShare(share)) problems.push(`The share of canary ${JSON.stringify(tag)} must be between 0 and 1.`);
    if (!targets.some(({ tags }) => tags.includes(tag))) problems.push(`No target has the tag ${JSON.stringify(tag)} of a canary.`);
  }
  if (canaries.reduce((sum, { share }) => sum + share, 0) > 1) problems.push('The shares of all canaries together must not exceed 1.');
  for (const { deployment, share } of mirrors)
    if (!isShare(share)) problems.push(`The share of the mirror ${JSON.stringify(deployment)} must be between 0 and 1.`);
  if (!isShare(adaptive.trafficFloor)) problems.push('The traffic floor must be between 0 and 1.');
  return problems;
}

function checkNumbers({ intelligent, adaptive, maxAttempts, stickiness, timeouts }: RoutingPolicy): string[] {
  const problems: string[] = [];
  for (const [term, weight] of Object.entries(intelligent))
    if (!(weight >= 0 && weight <= 1000)) problems.push(`The weight of ${term} must be between 0 and 1000.`);
  if (!Number.isInteger(adaptive.successExponent) || adaptive.successExponent < 0 || adaptive.successExponent > 8)
    problems.push('The success exponent must be a whole number from 0 to 8.');
  if (!Number.isInteger(maxAttempts) || maxAttempts < 1 || maxAttempts > MAX_ATTEMPTS)
    problems.push(`The number of attempts must be a whole number from 1 to ${MAX_ATTEMPTS}.`);
  if (stickiness !== null && !(stickiness.loadFactor >= 1)) problems.push('The load factor of stickiness must be at least 1.');
  for (const [name, value] of Object.entries(timeouts))
    if (value !== null && !(value > 0)) problems.push(`The timeout ${name} must be above 0, or null for none.`);
  return problems;
}
