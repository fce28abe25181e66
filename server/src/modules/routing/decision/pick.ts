import type { RoutingStrategy } from '../routing.types.ts';
import { rankByKey } from './rendezvous.ts';
import { adaptiveCost, findBasis, intelligentScore, loadOf, responseTimeCost, type Weighing } from './scoring.ts';
import { drawBelow, drawUnit, mixPair, PURPOSE } from './seeded.ts';
import { pickByTurn } from './turn-schedule.ts';

/** A strategy at work on one call: what it compares, lower is better. */
type Cost = (target: number) => number;

/** What the strategy compares for this call among these members; null where it compares nothing. */
export function costOf(strategy: RoutingStrategy, weighing: Weighing, members: Int32Array): Cost | null {
  switch (strategy) {
    case 'round-robin':
    case 'weighted':
      return null;
    case 'least-connections':
      return (target) => loadOf(weighing, target);
    case 'response-time':
      return (target) => responseTimeCost(weighing, target);
    case 'intelligent': {
      const basis = findBasis(weighing, members);
      return (target) => intelligentScore(weighing, basis, target);
    }
    case 'adaptive':
      return (target) => adaptiveCost(weighing, target);
  }
}

/** Up to `count` of the members in the order in which they are tried. `step` sets the draws of this tier apart from those of others. */
export function pickInOrder(
  strategy: RoutingStrategy,
  weighing: Weighing,
  members: Int32Array,
  count: number,
  step: number,
): { readonly order: number[]; readonly isByFloor: boolean } {
  const sticky = stickyOrder(weighing, members, count);
  if (sticky !== null) return { order: sticky, isByFloor: false };
  const cost = costOf(strategy, weighing, members);
  const left = members.slice();
  const order: number[] = [];
  const isByFloor = strategy === 'adaptive' && step === 0 && isFloorCall(weighing);
  for (let length = left.length; length > 0 && order.length < count; length -= 1) {
    const live = left.subarray(0, length);
    const drawnFor = PURPOSE.pick + (step + order.length) * 4;
    const index =
      isByFloor && order.length === 0
        ? drawBelow(weighing.seed, PURPOSE.floorPick, length)
        : pickOne(strategy, weighing, live, cost, drawnFor, order.length);
    order.push(live[index] as number);
    live[index] = live[length - 1] as number;
  }
  return { order, isByFloor };
}

function isFloorCall({ policy, seed }: Weighing): boolean {
  return drawUnit(seed, PURPOSE.floor) < policy.adaptive.trafficFloor;
}

function pickOne(
  strategy: RoutingStrategy,
  weighing: Weighing,
  members: Int32Array,
  cost: Cost | null,
  purpose: number,
  ordinal: number,
): number {
  const { policy, facts, seed } = weighing;
  if (strategy === 'adaptive' && cost !== null) return pickBetterOfTwo(members, cost, seed, purpose);
  if (cost !== null) return pickCheapest(members, cost, seed);
  if (strategy === 'weighted') return pickByWeight(weighing, members, drawUnit(seed, purpose));
  const target = pickByTurn(policy, facts.turn + ordinal, members, (candidate) => members.includes(candidate));
  return members.indexOf(target);
}

function pickBetterOfTwo(members: Int32Array, cost: Cost, seed: number, purpose: number): number {
  const first = drawBelow(seed, purpose, members.length);
  if (members.length === 1) return first;
  const other = drawBelow(seed, purpose + 1, members.length - 1);
  const second = other < first ? other : other + 1;
  return cost(members[second] as number) < cost(members[first] as number) ? second : first;
}

/** Equals are told apart by the seed. */
function pickCheapest(members: Int32Array, cost: Cost, seed: number): number {
  let best = 0;
  let bestCost = Infinity;
  let bestDraw = -1;
  for (let index = 0; index < members.length; index += 1) {
    const found = cost(members[index] as number);
    if (found > bestCost) continue;
    const draw = tieDraw(seed, members[index] as number);
    if (found === bestCost && draw <= bestDraw) continue;
    best = index;
    bestCost = found;
    bestDraw = draw;
  }
  return best;
}

const tieDraw = (seed: number, target: number): number => mixPair(seed, PURPOSE.tie + target);

function pickByWeight({ view }: Weighing, members: Int32Array, unit: number): number {
  let sum = 0;
  for (const target of members) sum += view.weight[target] as number;
  let left = unit * sum;
  for (let index = 0; index < members.length - 1; index += 1) {
    left -= view.weight[members[index] as number] as number;
    if (left < 0) return index;
  }
  return members.length - 1;
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

/** How likely `target` is the first of `members` to be tried, over all seeds. */
export function chanceInTier(strategy: RoutingStrategy, weighing: Weighing, members: Int32Array, target: number): number {
  if (!members.includes(target)) return 0;
  const sticky = stickyOrder(weighing, members, 1);
  if (sticky !== null) return sticky[0] === target ? 1 : 0;
  const cost = costOf(strategy, weighing, members);
  if (cost !== null) return chanceByCost(strategy, weighing, members, cost, target);
  if (strategy === 'weighted') {
    let sum = 0;
    for (const member of members) sum += weighing.view.weight[member] as number;
    return (weighing.view.weight[target] as number) / sum;
  }
  return pickByTurn(weighing.policy, weighing.facts.turn, members, (candidate) => members.includes(candidate)) === target ? 1 : 0;
}

function chanceByCost(strategy: RoutingStrategy, weighing: Weighing, members: Int32Array, cost: Cost, target: number): number {
  const own = cost(target);
  let dearer = 0;
  let equal = 0;
  let cheaper = 0;
  for (const member of members) {
    const found = cost(member);
    if (found > own) dearer += 1;
    else if (found === own) equal += 1;
    else cheaper += 1;
  }
  if (strategy !== 'adaptive') return cheaper === 0 ? 1 / equal : 0;
  const size = members.length;
  const floor = weighing.policy.adaptive.trafficFloor;
  return size === 1 ? 1 : floor / size + ((1 - floor) * (2 * dearer + equal - 1)) / (size * (size - 1));
}
