import {
  MAX_LISTED_CANDIDATES,
  type ExclusionReason,
  type RoutingDecision,
  type RoutingStrategy,
  type RoutingTarget,
} from '../routing.types.ts';
import { costsOf, type Comparison } from './pick.ts';
import { scoreTerms, type Weighing } from './scoring.ts';
import { findCallReason, type Selection } from './selection.ts';

/** What the decision tells of the targets: those in order first, then the others as the policy lists them, with why they are out. */
export function listCandidates(
  strategy: RoutingStrategy,
  weighing: Weighing,
  selection: Selection,
  order: readonly number[],
  comparison: Comparison | null,
): Pick<RoutingDecision, 'candidates' | 'unlistedCount'> {
  const { view, policy, facts } = weighing;
  const listed = listTargets(view.size, order);
  const basis = comparison?.basis ?? null;
  const costs = costsOf(strategy, weighing, basis, listed);
  const terms = basis === null ? null : scoreTerms(weighing, basis, listed);
  const candidates = Array.from(listed, (target, index) => {
    const { deployment } = policy.targets[target] as RoutingTarget;
    const excludedBy = findReason(weighing, selection, order, target);
    const isKnown = view.states[target] !== null;
    return {
      deployment,
      score: isKnown ? (costs?.[index] ?? null) : null,
      terms: isKnown ? (terms?.[index] ?? null) : null,
      excludedBy,
      detail: excludedBy === 'unfit' ? (facts.unfit[deployment] ?? null) : null,
    };
  });
  return { candidates, unlistedCount: view.size - listed.length };
}

function listTargets(size: number, order: readonly number[]): Int32Array {
  const listed = [...order];
  for (let target = 0; target < size && listed.length < MAX_LISTED_CANDIDATES; target += 1)
    if (!order.includes(target)) listed.push(target);
  return Int32Array.from(listed);
}

/** Of a target that is tried in spite of a soft reason, the reason is told as well. */
function findReason(
  { view, policy, facts }: Weighing,
  selection: Selection,
  order: readonly number[],
  target: number,
): ExclusionReason | null {
  const reason = selection.reasons[target] ?? findCallReason(view, policy, facts, target);
  if (reason !== null || order.includes(target)) return reason;
  return selection.isBest[target] === 1 ? null : 'lower-priority';
}
