import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../../test/testkit/database.ts';
import {
  ids,
  recordCall,
  recordingLog,
  sampleCall,
  samplePrice,
  startTestLedger,
  type SampleCall,
  type TestLedger,
} from '../../../../test/testkit/ledger.ts';
import { ManualClock } from '../../kernel/clock/index.ts';
import { Reconciler } from './ledger.reconciler.ts';
import { OrphanStore } from './orphan.store.ts';

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.drop());

const GRACE_MS = 20_000;

function createReconciler(clock: ManualClock): Reconciler {
  const store = new OrphanStore(database.pools.general);
  return new Reconciler({ store, clock, log: recordingLog(), priceOf: samplePrice, instanceId: ids.uuidv7(), orphanGraceMs: GRACE_MS });
}

async function instanceOf(call: SampleCall): Promise<string> {
  const { rows } = await database.pools.general.query<{ instance_id: string }>('select instance_id from completion_request where id = $1', [
    call.request.id,
  ]);
  return rows[0]?.instance_id ?? '';
}

/** As if the process of `call` had stopped renewing its lease a minute ago, or had ended. */
async function expireLease(call: SampleCall): Promise<void> {
  const id = await instanceOf(call);
  await database.pools.general.query(`update ledger_instance set lease_until = now() - interval '1 minute' where id = $1`, [id]);
}

async function endInstance(call: SampleCall): Promise<void> {
  await database.pools.general.query(`update ledger_instance set ended_at = now() where id = $1`, [await instanceOf(call)]);
}

async function startCalls(ledger: TestLedger, count: number): Promise<SampleCall[]> {
  const calls = Array.from({ length: count }, () => sampleCall());
  await Promise.all(calls.map(({ request, attempt }) => ledger.writer.start(request, attempt, null)));
  return calls;
}

describe('the reconciler', () => {
  it('closes what a dead process left open, from the last checkpoint, at the price in force', async () => {
    await using ledger = await startTestLedger(database.pools);
    const [checkpointed, silent] = (await startCalls(ledger, 2)) as [SampleCall, SampleCall];
    ledger.writer.checkpoint({
      attemptId: checkpointed.attempt.id,
      requestId: checkpointed.request.id,
      inputTokens: 10,
      outputTokens: 200,
      atMs: checkpointed.attempt.startedAtMs + 4000,
    });
    await recordCall(ledger, sampleCall());
    await endInstance(silent);
    const clock = new ManualClock();
    expect(await createReconciler(clock).closeOrphans()).toEqual({ closedRequests: 2, closedAttempts: 2 });
    const found = await ledger.completions.findCompletion(checkpointed.request.projectId, checkpointed.request.id);
    const expected = {
      outcome: 'ORPHANED',
      basis: 'ESTIMATED',
      costNanoUsd: 610n,
      durationMs: 4000,
      settledAtMs: clock.nowMs(),
      tokens: { inputTokens: 10, outputTokens: 200, totalTokens: 210 },
    };
    expect(found).toMatchObject({
      status: 'ABANDONED',
      settlement: { ...expected, errorCode: 'UNAVAILABLE', servedAttemptId: null },
      attempts: [{ settlement: { ...expected, priceVersion: 'sample-1' } }],
    });
    const other = await ledger.completions.findCompletion(silent.request.projectId, silent.request.id);
    expect(other).toMatchObject({ status: 'ABANDONED', settlement: { basis: 'ESTIMATED', costNanoUsd: null, tokens: { totalTokens: 0 } } });
    expect(await ledger.accounting({})).toMatchObject({
      started: 3,
      settled: 1,
      abandoned: 2,
      inFlight: 0,
      unexplained: 0,
      isBalanced: true,
    });
  });

  it('counts the input of a call without a checkpoint as read, by its recorded size', async () => {
    await using ledger = await startTestLedger(database.pools);
    const call = sampleCall();
    await ledger.writer.start(call.request, call.attempt, { requestId: call.request.id, format: 'antiphon', json: null, sizeBytes: 41 });
    await endInstance(call);
    expect(await createReconciler(new ManualClock()).closeOrphans()).toEqual({ closedRequests: 1, closedAttempts: 1 });
    const found = await ledger.completions.findCompletion(call.request.projectId, call.request.id);
    const tokens = { inputTokens: 11, outputTokens: 0, totalTokens: 11 };
    expect(found?.settlement).toMatchObject({ outcome: 'ORPHANED', basis: 'ESTIMATED', tokens, costNanoUsd: 11n });
  });

  it('closes a request whose attempts ended although it did not, with their sums, and one that never had an attempt', async () => {
    await using ledger = await startTestLedger(database.pools);
    const [settled, bare] = [sampleCall(), sampleCall()];
    await ledger.writer.start(settled.request, settled.attempt, null);
    await ledger.writer.settle([settled.attemptSettled], null, null);
    await ledger.writer.start(bare.request, null, null);
    await endInstance(bare);
    await createReconciler(new ManualClock()).closeOrphans();
    const found = await ledger.completions.findCompletion(settled.request.projectId, settled.request.id);
    expect(found?.settlement).toMatchObject({ outcome: 'ORPHANED', basis: 'ACTUAL', costNanoUsd: 25_600n, durationMs: 812.5 });
    expect((await ledger.completions.findCompletion(bare.request.projectId, bare.request.id))?.settlement).toMatchObject({
      basis: 'VOID',
      costNanoUsd: 0n,
    });
  });

  it('says unknown, not zero, when a model has no price', async () => {
    await using ledger = await startTestLedger(database.pools);
    const call = sampleCall();
    await ledger.writer.start(call.request, { ...call.attempt, modelId: 'unpriced/model' }, null);
    await endInstance(call);
    await createReconciler(new ManualClock()).closeOrphans();
    const found = await ledger.completions.findCompletion(call.request.projectId, call.request.id);
    expect(found?.settlement?.costNanoUsd).toBeNull();
    expect(found?.attempts[0]?.settlement).toMatchObject({ costNanoUsd: null, priceVersion: null });
  });

  it('never touches a living process', async () => {
    await using ledger = await startTestLedger(database.pools);
    await startCalls(ledger, 3);
    const clock = new ManualClock();
    const reconciler = createReconciler(clock);
    expect(await reconciler.closeOrphans()).toEqual({ closedRequests: 0, closedAttempts: 0 });
    clock.advance(10 * GRACE_MS);
    expect(await reconciler.closeOrphans()).toEqual({ closedRequests: 0, closedAttempts: 0 });
  });

  it('gives a process that may merely be cut off its time to come back', async () => {
    await using ledger = await startTestLedger(database.pools);
    const [call] = (await startCalls(ledger, 1)) as [SampleCall];
    await expireLease(call);
    const clock = new ManualClock();
    const reconciler = createReconciler(clock);
    expect((await reconciler.closeOrphans()).closedRequests).toBe(0);
    clock.advance(GRACE_MS - 1);
    expect((await reconciler.closeOrphans()).closedRequests).toBe(0);
    clock.advance(1);
    expect((await reconciler.closeOrphans()).closedRequests).toBe(1);
  });

  it('watches anew after it could not reach the database', async () => {
    await using ledger = await startTestLedger(database.pools);
    const [call] = (await startCalls(ledger, 1)) as [SampleCall];
    await expireLease(call);
    const clock = new ManualClock();
    const reconciler = createReconciler(clock);
    await reconciler.closeOrphans();
    clock.advance(GRACE_MS);
    await database.pools.general.query('alter table ledger_instance rename to away');
    await expect(reconciler.closeOrphans()).rejects.toThrow();
    await database.pools.general.query('alter table away rename to ledger_instance');
    expect((await reconciler.closeOrphans()).closedRequests).toBe(0);
    clock.advance(GRACE_MS);
    expect((await reconciler.closeOrphans()).closedRequests).toBe(1);
  });

  it('closes each request once, however many work at it', async () => {
    await using ledger = await startTestLedger(database.pools);
    const calls = await startCalls(ledger, 300);
    await endInstance(calls[0] as SampleCall);
    const results = await Promise.all(Array.from({ length: 6 }, () => createReconciler(new ManualClock()).closeOrphans()));
    expect(results.reduce((sum, { closedRequests }) => sum + closedRequests, 0)).toBe(300);
    expect(results.reduce((sum, { closedAttempts }) => sum + closedAttempts, 0)).toBe(300);
    expect(await ledger.accounting({})).toMatchObject({ started: 300, abandoned: 300, isBalanced: true });
  });

  it('and a process that lives after all settle each request once between them, and the loser is told', async () => {
    await using ledger = await startTestLedger(database.pools);
    const calls = await startCalls(ledger, 200);
    await endInstance(calls[0] as SampleCall);
    const [settlements] = await Promise.all([
      Promise.allSettled(calls.map((call) => ledger.writer.settle([call.attemptSettled], call.requestSettled, call.output))),
      createReconciler(new ManualClock()).closeOrphans(),
    ]);
    await createReconciler(new ManualClock()).closeOrphans();
    const accounting = await ledger.accounting({});
    const lost = settlements.filter(({ status }) => status === 'rejected');
    expect(accounting).toMatchObject({ started: 200, inFlight: 0, unexplained: 0, isBalanced: true, abandoned: lost.length });
    expect(lost.every((result) => (result as PromiseRejectedResult).reason.code === 'CONFLICT')).toBe(true);
  });

  it('tells a settlement that comes too late, and keeps later attempts out of the closed sums', async () => {
    await using ledger = await startTestLedger(database.pools);
    const [call] = (await startCalls(ledger, 1)) as [SampleCall];
    await endInstance(call);
    const reconciler = createReconciler(new ManualClock(call.request.startedAtMs));
    await reconciler.closeOrphans();
    await expect(ledger.writer.settle([call.attemptSettled], call.requestSettled, null)).rejects.toMatchObject({ code: 'CONFLICT' });
    const second = { ...call.attempt, id: ids.uuidv7(), ordinal: 2 };
    await ledger.writer.startAttempt(second);
    const settled = { ...call.attemptSettled, attemptId: second.id };
    await expect(ledger.writer.settle([settled], null, null)).rejects.toMatchObject({ code: 'CONFLICT' });
    await reconciler.closeOrphans();
    const found = await ledger.completions.findCompletion(call.request.projectId, call.request.id);
    expect(found?.attempts.map(({ settlement }) => settlement?.outcome)).toEqual(['ORPHANED', 'ORPHANED']);
    expect(await ledger.accounting({})).toMatchObject({ isBalanced: true, unexplained: 0 });
  });

  it('leaves the requests of a revived lease alone', async () => {
    await using ledger = await startTestLedger(database.pools);
    const [first] = (await startCalls(ledger, 1)) as [SampleCall];
    await endInstance(first);
    await createReconciler(new ManualClock()).closeOrphans();
    const [second] = (await startCalls(ledger, 1)) as [SampleCall];
    await database.pools.general.query(
      `update ledger_instance set lease_until = now() + interval '20 seconds', ended_at = null, reconciled_at = null where id = $1`,
      [await instanceOf(first)],
    );
    expect((await createReconciler(new ManualClock()).closeOrphans()).closedRequests).toBe(0);
    await ledger.writer.settle([second.attemptSettled], second.requestSettled, null);
    expect(await ledger.accounting({})).toMatchObject({ settled: 1, abandoned: 1, isBalanced: true });
  });

  it('walks through many settled requests to find the open ones', async () => {
    await using ledger = await startTestLedger(database.pools);
    const [open] = (await startCalls(ledger, 1)) as [SampleCall];
    await Promise.all(Array.from({ length: 12_000 }, () => recordCall(ledger, sampleCall())));
    await endInstance(open);
    expect(await createReconciler(new ManualClock()).closeOrphans()).toEqual({ closedRequests: 1, closedAttempts: 1 });
    expect(await createReconciler(new ManualClock()).closeOrphans()).toEqual({ closedRequests: 0, closedAttempts: 0 });
  });
});

describe('a start on the data folder of a process that was killed', () => {
  it('closes its orphans at once', async () => {
    const first = await startTestLedger(database.pools);
    const [call] = (await startCalls(first, 1)) as [SampleCall];
    await first.stop();
    // A killed process says nothing: its lease runs on.
    await database.pools.general.query(`update ledger_instance set ended_at = null, lease_until = now() + interval '1 hour'`);
    await using second = await startTestLedger(database.pools, { dataDir: first.dataDir });
    expect(await second.completions.findCompletion(call.request.projectId, call.request.id)).toMatchObject({ status: 'ABANDONED' });
    expect(await second.accounting({})).toMatchObject({ abandoned: 1, inFlight: 0, isBalanced: true });
  });
});
