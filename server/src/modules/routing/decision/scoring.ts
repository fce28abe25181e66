import type { RoutingFacts, RoutingPolicy, ScoreTerms } from '../routing.types.ts';
import { borrowColumn } from './columns.ts';
import type { PoolView } from './pool-view.ts';
import { inFlightColumn, inFlightOf } from './selection.ts';

/** What a decision weighs: the pool, the policy, the call and its chance. */
export interface Weighing {
  readonly view: PoolView;
  readonly policy: RoutingPolicy;
  readonly facts: RoutingFacts;
  readonly seed: number;
}

/** Calls in flight, this one included, per weight. */
export function loadOf({ view, facts }: Weighing, target: number): number {
  return (inFlightOf(view, facts, target) + 1) / (view.weight[target] as number);
}

/** The load of each member, in their order. These loops run over whole pools for every decision: they read columns and make nothing. */
export function loads({ view, facts }: Weighing, members: Int32Array): Float64Array {
  const inFlight = inFlightColumn(view, facts);
  const { weight } = view;
  const costs = borrowColumn(members.length);
  for (let index = 0; index < members.length; index += 1) {
    const target = members[index] as number;
    costs[index] = ((inFlight[target] as number) + 1) / (weight[target] as number);
  }
  return costs;
}

/** Predicted time (to the first token, and of the expected output) × load. */
export function responseTimeCosts(weighing: Weighing, members: Int32Array): Float64Array {
  const { firstTokenMs, msPerToken } = weighing.view;
  const { outputTokens } = weighing.facts;
  const costs = loads(weighing, members);
  for (let index = 0; index < members.length; index += 1) {
    const target = members[index] as number;
    costs[index] = ((firstTokenMs[target] as number) + (msPerToken[target] as number) * outputTokens) * (costs[index] as number);
  }
  return costs;
}

/** Peak EWMA × pending ÷ success⁴. A failing deployment answers fast; without the divisor it would draw the traffic. */
export function adaptiveCosts(weighing: Weighing, members: Int32Array): Float64Array {
  const { successPower } = weighing.view;
  const costs = responseTimeCosts(weighing, members);
  for (let index = 0; index < members.length; index += 1)
    costs[index] = (costs[index] as number) / (successPower[members[index] as number] as number);
  return costs;
}

/** What the terms of `intelligent` are measured against: the best of those that are compared. */
export interface ScoreBasis {
  readonly bestMs: number;
  readonly bestPrice: number;
}

/** The scores of members among each other, and what they were measured against. */
export function compareIntelligently(
  weighing: Weighing,
  members: Int32Array,
): { readonly basis: ScoreBasis; readonly costs: Float64Array } {
  const times = loadedTimes(weighing, members);
  const costs = prices(weighing, members);
  const basis = { bestMs: lowest(times), bestPrice: lowest(costs) };
  return { basis, costs: scoreInto(times, costs, weighing, basis, members) };
}

/** NaN is passed over; Infinity when nothing is left. */
function lowest(values: Float64Array): number {
  let best = Infinity;
  for (let index = 0; index < values.length; index += 1) if ((values[index] as number) < best) best = values[index] as number;
  return best;
}

/** Predicted time of each member, longer the closer it is to its limit. */
function loadedTimes({ view, facts }: Weighing, members: Int32Array): Float64Array {
  const inFlight = inFlightColumn(view, facts);
  const { firstTokenMs, msPerToken, limit } = view;
  const { outputTokens } = facts;
  const times = borrowColumn(members.length);
  for (let index = 0; index < members.length; index += 1) {
    const target = members[index] as number;
    const bound = limit[target] as number;
    const load = (inFlight[target] as number) / (bound < DEFAULT_LIMIT ? bound : DEFAULT_LIMIT);
    times[index] = ((firstTokenMs[target] as number) + (msPerToken[target] as number) * outputTokens) * (1 + load);
  }
  return times;
}

/** Where no limit is known, load counts as if it were this. */
const DEFAULT_LIMIT = 20;

/** Price of the call at each member; NaN: unknown. */
function prices({ view, facts }: Weighing, members: Int32Array): Float64Array {
  const { inputPrice, outputPrice } = view;
  const { inputTokens, outputTokens } = facts;
  const found = borrowColumn(members.length);
  for (let index = 0; index < members.length; index += 1) {
    const target = members[index] as number;
    found[index] = (inputPrice[target] as number) * inputTokens + (outputPrice[target] as number) * outputTokens;
  }
  return found;
}

/** Each from 0 (as good as the best) to 1. What is unknown counts as half-way: neither favoured nor shut out. */
export function scoreTerms(weighing: Weighing, basis: ScoreBasis, targets: Int32Array): ScoreTerms[] {
  const { quality, headroom, successShare } = weighing.view;
  const times = loadedTimes(weighing, targets);
  const costs = prices(weighing, targets);
  return Array.from(targets, (target, index) => ({
    latency: distanceFromBest(basis.bestMs, times[index] as number),
    cost: costTerm(basis.bestPrice, costs[index] as number),
    quality: qualityTerm(quality[target] as number),
    headroom: headroomTerm(headroom[target] as number),
    reliability: reliabilityTerm(successShare[target] as number),
  }));
}

const UNKNOWN_TERM = 0.5;

const distanceFromBest = (best: number, value: number): number => (value > best ? 1 - best / value : 0);
const costTerm = (best: number, price: number): number => (Number.isNaN(price) ? UNKNOWN_TERM : distanceFromBest(best, price));
const qualityTerm = (quality: number): number => (Number.isNaN(quality) ? UNKNOWN_TERM : 1 - quality);
const headroomTerm = (headroom: number): number => (Number.isNaN(headroom) ? 0 : 1 - headroom);
const reliabilityTerm = (share: number): number => 1 - share * share * share * share;

/** The weighted sum of the terms of each member. */
export function intelligentScores(weighing: Weighing, basis: ScoreBasis, members: Int32Array): Float64Array {
  return scoreInto(loadedTimes(weighing, members), prices(weighing, members), weighing, basis, members);
}

/** Puts the scores where the times were. */
function scoreInto(
  times: Float64Array,
  costs: Float64Array,
  { view, policy }: Weighing,
  { bestMs, bestPrice }: ScoreBasis,
  members: Int32Array,
): Float64Array {
  const { latency, cost, quality, headroom, reliability } = policy.intelligent;
  for (let index = 0; index < members.length; index += 1) {
    const target = members[index] as number;
    times[index] =
      distanceFromBest(bestMs, times[index] as number) * latency +
      costTerm(bestPrice, costs[index] as number) * cost +
      qualityTerm(view.quality[target] as number) * quality +
      headroomTerm(view.headroom[target] as number) * headroom +
      reliabilityTerm(view.successShare[target] as number) * reliability;
  }
  return times;
}
