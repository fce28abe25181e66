import {
  MAX_LISTED_CANDIDATES,
  type ExclusionReason,
  type RoutingCandidate,
  type RoutingDecision,
  type RoutingStrategy,
  type RoutingTarget,
} from '../routing.types.ts';
import { costOf } from './pick.ts';
import { findBasis, scoreTerms, type Weighing } from './scoring.ts';
import { findCallReason, type Selection } from './selection.ts';

/** What the decision tells of the targets: those in order first, then the others as the policy lists them, with why they are out. */
export function listCandidates(
  strategy: RoutingStrategy,
  weighing: Weighing,
  selection: Selection,
  order: readonly number[],
): Pick<RoutingDecision, 'candidates' | 'unlistedCount'> {
  const { view } = weighing;
  const listed = [...order];
  for (let target = 0; target < view.size && listed.length < MAX_LISTED_CANDIDATES; target += 1)
    if (!order.includes(target)) listed.push(target);
  const describe = createDescriber(strategy, weighing, selection, order);
  return { candidates: listed.map(describe), unlistedCount: view.size - listed.length };
}

function createDescriber(
  strategy: RoutingStrategy,
  weighing: Weighing,
  selection: Selection,
  order: readonly number[],
): (target: number) => RoutingCandidate {
  const { view, policy, facts } = weighing;
  const best = selection.tiers[0] ?? new Int32Array();
  const cost = costOf(strategy, weighing, best);
  const basis = strategy === 'intelligent' ? findBasis(weighing, best) : null;
  const compared = new Set<number>(best.length > MAX_LISTED_CANDIDATES ? order : best);
  return (target) => {
    const { deployment } = policy.targets[target] as RoutingTarget;
    const excludedBy = findReason(weighing, selection, order, compared, target);
    const isKnown = view.states[target] !== null;
    return {
      deployment,
      score: isKnown && cost !== null ? finiteOrNull(cost(target)) : null,
      terms: isKnown && basis !== null ? scoreTerms(weighing, basis, target) : null,
      excludedBy,
      detail: excludedBy === 'unfit' ? (facts.unfit[deployment] ?? null) : null,
    };
  };
}

const finiteOrNull = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** Of a target that is tried in spite of a soft reason, the reason is told as well. */
function findReason(
  { view, policy, facts }: Weighing,
  selection: Selection,
  order: readonly number[],
  compared: ReadonlySet<number>,
  target: number,
): ExclusionReason | null {
  const reason = selection.reasons[target] ?? findCallReason(view, policy, facts, target);
  if (reason !== null || order.includes(target) || compared.has(target)) return reason;
  return selection.tiers[0]?.includes(target) === true ? null : 'lower-priority';
}
