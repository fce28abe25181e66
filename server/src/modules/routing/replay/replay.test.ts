import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { randomWorld, snapshotOf, stateOf } from '../../../../../test/testkit/routing.ts';
import { decide } from '../decision/decide.ts';
import type { RoutingFacts, RoutingPolicy } from '../routing.types.ts';
import { replayDecision, type RecordedDecision } from './replay.ts';
import { parseSnapshot, serialiseSnapshot } from './snapshot-format.ts';

/** Never written again: what was decided once must be decided so for ever. A new format gets a file of its own. */
const RECORDED = join(import.meta.dirname, '__fixtures__/decisions-format-1.json');

const WORLDS = 2000;
const DECISIONS_A_WORLD = 50;

/** As stored and read again, in another process and years later. */
function throughStorage({ snapshot, policy, facts, decision }: RecordedDecision): RecordedDecision {
  const copy = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value)) as Value;
  return {
    snapshot: parseSnapshot(serialiseSnapshot(snapshot)),
    policy: copy<RoutingPolicy>(policy),
    facts: copy<RoutingFacts>(facts),
    decision: copy(decision),
  };
}

describe('replayDecision', () => {
  it('makes 100,000 recorded decisions again, bit for bit, from what was stored of them', () => {
    let identical = 0;
    for (let world = 0; world < WORLDS; world += 1) {
      const made = randomWorld(world);
      const stored = throughStorage({ ...made, decision: decide(made.snapshot, made.policy, made.facts, 0) });
      for (let call = 0; call < DECISIONS_A_WORLD; call += 1) {
        const seed = (world * DECISIONS_A_WORLD + call) * 2_654_435 + 1;
        const decision = decide(made.snapshot, made.policy, made.facts, seed % 0x1_0000_0000);
        if (replayDecision({ ...stored, decision }).isIdentical) identical += 1;
      }
    }
    expect(identical).toBe(WORLDS * DECISIONS_A_WORLD);
  });

  it('makes decisions again that an earlier version recorded on snapshots of format 1', () => {
    const recorded = JSON.parse(readFileSync(RECORDED, 'utf8')) as readonly (Omit<RecordedDecision, 'snapshot'> & { snapshot: unknown })[];
    expect(recorded).toHaveLength(40);
    for (const { snapshot, ...rest } of recorded) {
      const stored = { ...rest, snapshot: parseSnapshot(JSON.stringify(snapshot)) };
      expect(replayDecision(stored).decision).toEqual(stored.decision);
      expect(replayDecision(stored).isIdentical).toBe(true);
    }
  });

  it('notices a decision that was changed afterwards', () => {
    const made = randomWorld(4);
    const decision = decide(made.snapshot, made.policy, made.facts, 7);
    expect(replayDecision({ ...made, decision: { ...decision, propensity: decision.propensity + Number.EPSILON } }).isIdentical).toBe(
      false,
    );
  });

  it('refuses another snapshot or policy than the recorded one', () => {
    const made = randomWorld(4);
    const decision = decide(made.snapshot, made.policy, made.facts, 7);
    expect(() => replayDecision({ ...made, snapshot: { ...made.snapshot, id: 'other' }, decision })).toThrow('not on other');
    expect(() => replayDecision({ ...made, policy: { ...made.policy, version: 'other' }, decision })).toThrow('not other');
  });
});

describe('parseSnapshot', () => {
  it('says which format it cannot read', () => {
    expect(() => parseSnapshot('{"formatVersion":2}')).toThrow('this version reads format 1');
  });

  it('names the field that is wrong', () => {
    const text = serialiseSnapshot(snapshotOf([stateOf('a')])).replace('"inFlight":0', '"inFlight":"none"');
    expect(() => parseSnapshot(text)).toThrow('deployments[0].inFlight is no number');
  });

  it('keeps every bit of every number', () => {
    const snapshot = snapshotOf([stateOf('a', { firstTokenMs: 0.1 + 0.2, successShare: 1 / 3 })]);
    expect(parseSnapshot(serialiseSnapshot(snapshot))).toEqual(snapshot);
  });
});
