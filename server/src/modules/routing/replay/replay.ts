import { decide } from '../decision/decide.ts';
import type { RoutingDecision, RoutingFacts, RoutingPolicy, RoutingSnapshot } from '../routing.types.ts';

/** A decision and all that it was made of, as it was stored. */
export interface RecordedDecision {
  readonly snapshot: RoutingSnapshot;
  readonly policy: RoutingPolicy;
  readonly facts: RoutingFacts;
  readonly decision: RoutingDecision;
}

export interface Replay {
  readonly decision: RoutingDecision;
  /** Whether it equals what was recorded, bit for bit. */
  readonly isIdentical: boolean;
}

/** Makes a recorded decision again. Throws when snapshot or policy are not those of the decision. */
export function replayDecision({ snapshot, policy, facts, decision }: RecordedDecision): Replay {
  if (snapshot.id !== decision.snapshotId)
    throw new TypeError(`The decision was made on snapshot ${decision.snapshotId}, not on ${snapshot.id}.`);
  if (policy.version !== decision.policyVersion)
    throw new TypeError(`The decision followed policy version ${decision.policyVersion}, not ${policy.version}.`);
  const again = decide(snapshot, policy, facts, decision.seed);
  return { decision: again, isIdentical: JSON.stringify(again) === JSON.stringify(decision) };
}
