import type { RoutingStrategy } from '../routing.types.ts';
import { borrowColumn } from './columns.ts';
import type { PoolView } from './pool-view.ts';
import { rankByKey } from './rendezvous.ts';
import {
  adaptiveCosts,
  compareIntelligently,
  intelligentScores,
  loadOf,
  loads,
  responseTimeCosts,
  type ScoreBasis,
  type Weighing,
} from './scoring.ts';
import { drawBelow, drawUnit, mixPair, PURPOSE } from './seeded.ts';
import { pickByTurn } from './turn-schedule.ts';

/** Members of a tier with what the strategy compares, lower is better. */
export interface Comparison {
  readonly members: Int32Array;
  /** By position in `members`; null where the strategy compares nothing. */
  readonly costs: Float64Array | null;
  /** Strategy `intelligent` only. */
  readonly basis: ScoreBasis | null;
}

export function compareMembers(strategy: RoutingStrategy, weighing: Weighing, members: Int32Array): Comparison {
  if (strategy === 'intelligent') return { members, ...compareIntelligently(weighing, members) };
  return { members, costs: costsOf(strategy, weighing, null, members), basis: null };
}

/** What the strategy compares of these targets, in their order; null where it compares nothing. `intelligent` needs a basis. */
export function costsOf(strategy: RoutingStrategy, weighing: Weighing, basis: ScoreBasis | null, members: Int32Array): Float64Array | null {
  switch (strategy) {
    case 'round-robin':
    case 'weighted':
      return null;
    case 'least-connections':
      return loads(weighing, members);
    case 'response-time':
      return responseTimeCosts(weighing, members);
    case 'intelligent':
      return basis === null ? null : intelligentScores(weighing, basis, members);
    case 'adaptive':
      return adaptiveCosts(weighing, members);
  }
}

/** Up to `count` of the members in the order in which they are tried. `step` sets the draws of this tier apart from those of others. */
export function pickInOrder(
  strategy: RoutingStrategy,
  weighing: Weighing,
  comparison: Comparison,
  count: number,
  step: number,
): { readonly order: number[]; readonly isByFloor: boolean } {
  const sticky = stickyOrder(weighing, comparison.members, count);
  if (sticky !== null) return { order: sticky, isByFloor: false };
  const { left, costs } = borrowCopies(comparison);
  const order: number[] = [];
  const isByFloor = strategy === 'adaptive' && step === 0 && isFloorCall(weighing);
  for (let length = left.length; length > 0 && order.length < count; length -= 1) {
    const live = left.subarray(0, length);
    const drawnFor = PURPOSE.pick + (step + order.length) * 4;
    const index =
      isByFloor && order.length === 0
        ? drawBelow(weighing.seed, PURPOSE.floorPick, length)
        : pickOne(strategy, weighing, live, costs, drawnFor, order.length);
    order.push(live[index] as number);
    live[index] = live[length - 1] as number;
    if (costs !== null) costs[index] = costs[length - 1] as number;
  }
  return { order, isByFloor };
}

let spareMembers = new Int32Array(64);

/** Copies to strike members from. */
function borrowCopies({ members, costs }: Comparison): { readonly left: Int32Array; readonly costs: Float64Array | null } {
  if (spareMembers.length < members.length) spareMembers = new Int32Array(members.length);
  spareMembers.set(members);
  const copy = costs === null ? null : borrowColumn(members.length);
  if (costs !== null) copy?.set(costs);
  return { left: spareMembers.subarray(0, members.length), costs: copy };
}

function isFloorCall({ policy, seed }: Weighing): boolean {
  return drawUnit(seed, PURPOSE.floor) < policy.adaptive.trafficFloor;
}

function pickOne(
  strategy: RoutingStrategy,
  weighing: Weighing,
  members: Int32Array,
  costs: Float64Array | null,
  purpose: number,
  ordinal: number,
): number {
  const { policy, facts, seed } = weighing;
  if (strategy === 'adaptive' && costs !== null) return pickBetterOfTwo(members.length, costs, seed, purpose);
  if (costs !== null) return pickCheapest(members, costs, seed);
  if (strategy === 'weighted') return pickByWeight(weighing, members, drawUnit(seed, purpose));
  const target = pickByTurn(policy, facts.turn + ordinal, members, (candidate) => members.includes(candidate));
  return members.indexOf(target);
}

function pickBetterOfTwo(count: number, costs: Float64Array, seed: number, purpose: number): number {
  const first = drawBelow(seed, purpose, count);
  if (count === 1) return first;
  const other = drawBelow(seed, purpose + 1, count - 1);
  const second = other < first ? other : other + 1;
  return (costs[second] as number) < (costs[first] as number) ? second : first;
}

/** Equals are told apart by the seed. */
function pickCheapest(members: Int32Array, costs: Float64Array, seed: number): number {
  let best = 0;
  let bestCost = Infinity;
  for (let index = 0; index < members.length; index += 1) {
    const cost = costs[index] as number;
    if (cost > bestCost) continue;
    if (cost === bestCost && tieDraw(seed, members[index] as number) <= tieDraw(seed, members[best] as number)) continue;
    best = index;
    bestCost = cost;
  }
  return best;
}

const tieDraw = (seed: number, target: number): number => mixPair(seed, PURPOSE.tie + target);

function pickByWeight({ view }: Weighing, members: Int32Array, unit: number): number {
  let left = unit * sumOfWeights(view, members);
  for (let index = 0; index < members.length - 1; index += 1) {
    left -= view.weight[members[index] as number] as number;
    if (left < 0) return index;
  }
  return members.length - 1;
}

function sumOfWeights({ weight }: PoolView, members: Int32Array): number {
  let sum = 0;
  for (let index = 0; index < members.length; index += 1) sum += weight[members[index] as number] as number;
  return sum;
}

/** The members by their claim on the call's key, those with too much to do last; null when the call has no key. */
export function stickyOrder(weighing: Weighing, members: Int32Array, count: number): number[] | null {
  const { policy, facts, view } = weighing;
  if (policy.stickiness === null || facts.stickyKey === null) return null;
  const ranked = rankByKey(view, members, facts.stickyKey, members.length > count * 2 ? count * 2 : members.length);
  const bound = loadBound(weighing, members, policy.stickiness.loadFactor);
  const isBusy = (target: number): boolean => loadOf(weighing, target) > bound;
  return [...ranked.filter((target) => !isBusy(target)), ...ranked.filter(isBusy)].slice(0, count);
}

/** Calls in flight per weight that a sticky target may have: its fair share of all, this call included, times the factor; one at least. */
function loadBound(weighing: Weighing, members: Int32Array, factor: number): number {
  let calls = 1;
  let weights = 0;
  let lightest = Infinity;
  for (const target of members) {
    const weight = weighing.view.weight[target] as number;
    calls += loadOf(weighing, target) * weight - 1;
    weights += weight;
    lightest = Math.min(lightest, weight);
  }
  return Math.max(Math.ceil((calls / weights) * factor * lightest), 1) / lightest;
}

/** How likely `target` is the first of the members to be tried, over all seeds. */
export function chanceInTier(strategy: RoutingStrategy, weighing: Weighing, { members, costs }: Comparison, target: number): number {
  const index = members.indexOf(target);
  if (index < 0) return 0;
  const sticky = stickyOrder(weighing, members, 1);
  if (sticky !== null) return sticky[0] === target ? 1 : 0;
  if (costs !== null) return chanceByCost(strategy, weighing, costs, index);
  if (strategy === 'weighted') return (weighing.view.weight[target] as number) / sumOfWeights(weighing.view, members);
  return pickByTurn(weighing.policy, weighing.facts.turn, members, (candidate) => members.includes(candidate)) === target ? 1 : 0;
}

function chanceByCost(strategy: RoutingStrategy, weighing: Weighing, costs: Float64Array, index: number): number {
  const own = costs[index] as number;
  let dearer = 0;
  let equal = 0;
  for (let other = 0; other < costs.length; other += 1) {
    const cost = costs[other] as number;
    if (cost > own) dearer += 1;
    else if (cost === own) equal += 1;
  }
  const size = costs.length;
  if (strategy !== 'adaptive') return dearer + equal === size ? 1 / equal : 0;
  const floor = weighing.policy.adaptive.trafficFloor;
  return size === 1 ? 1 : floor / size + ((1 - floor) * (2 * dearer + equal - 1)) / (size * (size - 1));
}
