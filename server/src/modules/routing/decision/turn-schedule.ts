import type { RoutingPolicy, RoutingTarget } from '../routing.types.ts';
import { mixPair } from './seeded.ts';

/** A round of turns is at most so long; larger sums of weights are scaled down and rounded, each target keeping at least one turn. */
export const MAX_ROUND = 4096;

const schedules = new WeakMap<RoutingPolicy, Int32Array>();

/** One round of smooth weighted turns over all targets of a policy: a target of weight w has w turns in it, spread as evenly as they go. */
export function turnSchedule(policy: RoutingPolicy): Int32Array {
  let schedule = schedules.get(policy);
  if (schedule === undefined) schedules.set(policy, (schedule = createSchedule(policy.targets)));
  return schedule;
}

function createSchedule(targets: readonly RoutingTarget[]): Int32Array {
  const counts = toWholeShares(targets.map(({ weight }) => weight));
  const turns = counts.flatMap((count, target) => Array.from({ length: count }, (_, index) => ({ target, at: (index + 0.5) / count })));
  return Int32Array.from(turns.sort((left, right) => left.at - right.at || left.target - right.target).map(({ target }) => target));
}

/** Whole numbers in the proportion of the weights, as small as they can be. */
export function toWholeShares(weights: readonly number[]): number[] {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const isExact = weights.every((weight) => Number.isInteger(weight)) && sum <= MAX_ROUND;
  const scale = Math.max(MAX_ROUND - weights.length, 1) / sum;
  const counts = isExact ? [...weights] : weights.map((weight) => Math.max(1, Math.round(weight * scale)));
  const divisor = counts.reduce(greatestCommonDivisor, 0);
  return counts.map((count) => count / divisor);
}

function greatestCommonDivisor(left: number, right: number): number {
  return right === 0 ? left : greatestCommonDivisor(right, left % right);
}

const MAX_TRIES = 64;

/**
 * Whose turn it is among the members. Turns of targets that are not members fall to the members in proportion to their weights.
 * `isMember` holds a 1 for each of them.
 */
export function pickByTurn(policy: RoutingPolicy, turn: number, members: Int32Array, isMember: (target: number) => boolean): number {
  const schedule = turnSchedule(policy);
  let slot = turn % schedule.length;
  for (let tries = 1; tries <= MAX_TRIES; tries += 1) {
    const target = schedule[slot] as number;
    if (isMember(target)) return target;
    slot = mixPair(turn, tries) % schedule.length;
  }
  return members[turn % members.length] as number;
}
