import type { RoutingFacts, RoutingPolicy, ScoreTerms } from '../routing.types.ts';
import type { PoolView } from './pool-view.ts';
import { inFlightOf } from './selection.ts';

/** What a decision weighs: the pool, the policy, the call and its chance. */
export interface Weighing {
  readonly view: PoolView;
  readonly policy: RoutingPolicy;
  readonly facts: RoutingFacts;
  readonly seed: number;
}

/** Time to the first token plus the time that the expected output takes. */
export function predictMs({ view, facts }: Weighing, target: number): number {
  return (view.firstTokenMs[target] as number) + (view.msPerToken[target] as number) * facts.outputTokens;
}

/** Calls in flight, this one included, per weight. */
export function loadOf({ view, facts }: Weighing, target: number): number {
  return (inFlightOf(view, facts, target) + 1) / (view.weight[target] as number);
}

export function responseTimeCost(weighing: Weighing, target: number): number {
  return predictMs(weighing, target) * loadOf(weighing, target);
}

/** Peak EWMA × pending ÷ success⁴. A failing deployment answers fast; without the divisor it would draw the traffic. */
export function adaptiveCost(weighing: Weighing, target: number): number {
  return responseTimeCost(weighing, target) / (weighing.view.successPower[target] as number);
}

/** What the terms of `intelligent` are measured against: the best of those that are compared. */
export interface ScoreBasis {
  readonly bestMs: number;
  readonly bestPrice: number;
}

export function findBasis(weighing: Weighing, members: Int32Array): ScoreBasis {
  let bestMs = Infinity;
  let bestPrice = Infinity;
  for (const target of members) {
    const ms = loadedMs(weighing, target);
    const price = priceOf(weighing, target);
    if (ms < bestMs) bestMs = ms;
    if (price < bestPrice) bestPrice = price;
  }
  return { bestMs, bestPrice };
}

/** Predicted time, longer the closer the deployment is to its limit. */
function loadedMs(weighing: Weighing, target: number): number {
  const { view, facts } = weighing;
  return predictMs(weighing, target) * (1 + inFlightOf(view, facts, target) / Math.min(view.limit[target] as number, DEFAULT_LIMIT));
}

/** Where no limit is known, load counts as if it were this. */
const DEFAULT_LIMIT = 20;

/** NaN: unknown. */
function priceOf({ view, facts }: Weighing, target: number): number {
  return (view.inputPrice[target] as number) * facts.inputTokens + (view.outputPrice[target] as number) * facts.outputTokens;
}

/** Each from 0 (as good as the best) to 1. What is unknown counts as half-way: neither favoured nor shut out. */
export function scoreTerms(weighing: Weighing, basis: ScoreBasis, target: number): ScoreTerms {
  const { view } = weighing;
  const price = priceOf(weighing, target);
  const quality = view.quality[target] as number;
  const headroom = view.headroom[target] as number;
  const share = view.successShare[target] as number;
  return {
    latency: distanceFromBest(basis.bestMs, loadedMs(weighing, target)),
    cost: Number.isNaN(price) ? UNKNOWN_TERM : distanceFromBest(basis.bestPrice, price),
    quality: Number.isNaN(quality) ? UNKNOWN_TERM : 1 - quality,
    headroom: Number.isNaN(headroom) ? 0 : 1 - headroom,
    reliability: 1 - share * share * share * share,
  };
}

const UNKNOWN_TERM = 0.5;

function distanceFromBest(best: number, value: number): number {
  return value > best ? 1 - best / value : 0;
}

export function intelligentScore(weighing: Weighing, basis: ScoreBasis, target: number): number {
  const terms = scoreTerms(weighing, basis, target);
  const weights = weighing.policy.intelligent;
  return (
    terms.latency * weights.latency +
    terms.cost * weights.cost +
    terms.quality * weights.quality +
    terms.headroom * weights.headroom +
    terms.reliability * weights.reliability
  );
}
