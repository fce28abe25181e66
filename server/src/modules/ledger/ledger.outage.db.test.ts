import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDurablePostgres, type DurablePostgres } from '../../../../test/testkit/durable-postgres.ts';
import { recordCall, sampleCall, startTestLedger, type SampleCall, type TestLedger } from '../../../../test/testkit/ledger.ts';

let postgres: DurablePostgres;
beforeAll(async () => {
  postgres = await startDurablePostgres();
});
afterAll(() => postgres[Symbol.asyncDispose]());

async function countSettled(calls: readonly SampleCall[]): Promise<number> {
  const { rows } = await postgres.pools.general.query<{ count: number }>(
    `select count(*)::integer as count from completion_request r join completion_settlement s on s.request_id = r.id
     join completion_attempt a on a.request_id = r.id join completion_attempt_settlement t on t.attempt_id = a.id
     where r.id = any($1::uuid[]) and s.kind = 'SETTLED'`,
    [calls.map(({ request }) => request.id)],
  );
  return rows[0]?.count ?? -1;
}

async function untilJournalIsEmpty(ledger: TestLedger): Promise<void> {
  while (ledger.stats().isJournaling) await sleep(20);
}

async function recordMany(ledger: TestLedger, count: number): Promise<SampleCall[]> {
  const calls = Array.from({ length: count }, () => sampleCall());
  await Promise.all(calls.map((call) => recordCall(ledger, call)));
  return calls;
}

/** Records calls one after the other in many lines at once until told to stop; keeps those that were acknowledged. */
function startLoad(ledger: TestLedger, lines: number): { acknowledged: SampleCall[]; refused: number; stop(): Promise<void> } {
  const load = { acknowledged: [] as SampleCall[], refused: 0, stop };
  let isRunning = true;
  const work = async (): Promise<void> => {
    while (isRunning) {
      const call = sampleCall();
      await recordCall(ledger, call).then(
        () => load.acknowledged.push(call),
        () => load.refused++,
      );
    }
  };
  const running = Promise.all(Array.from({ length: lines }, work));
  async function stop(): Promise<void> {
    isRunning = false;
    await running;
  }
  return load;
}

describe('while PostgreSQL is away', () => {
  it('records go to the journal and come into PostgreSQL when it is back, none lost and none twice', async () => {
    await using ledger = await startTestLedger(postgres.pools);
    const load = startLoad(ledger, 20);
    await sleep(300);
    await postgres.kill();
    while (ledger.stats().journaledEntries === 0) await sleep(10);
    const duringOutage = await recordMany(ledger, 10);
    expect(ledger.isHealthy()).toBe(true);
    await postgres.untilUp();
    await untilJournalIsEmpty(ledger);
    await load.stop();
    expect(load.refused).toBe(0);
    expect(load.acknowledged.length).toBeGreaterThan(20);
    expect(await countSettled([...load.acknowledged, ...duringOutage])).toBe(load.acknowledged.length + 10);
    expect(ledger.stats()).toMatchObject({ pendingInJournal: 0, journalBytes: 0, isJournaling: false });
    const accounting = await ledger.accounting({});
    expect(accounting).toMatchObject({ unexplained: 0, inFlight: 0, isBalanced: true, abandoned: 0 });
  });

  it('a server that does not answer counts as away', async () => {
    await using ledger = await startTestLedger(postgres.pools, { limits: { flushTimeoutMs: 300 } });
    await recordMany(ledger, 5);
    await postgres.freeze();
    const recording = recordMany(ledger, 20);
    await recording.catch(() => undefined);
    await postgres.resume();
    const calls = await recording;
    expect(ledger.stats().journaledEntries).toBe(40);
    await untilJournalIsEmpty(ledger);
    expect(await countSettled(calls)).toBe(20);
  });

  it('a full journal refuses new calls first and says when to come back, and everything accepted is kept', async () => {
    const config = { groupCommitWindowMs: 1, journalMaxBytes: 100_000, isDurable: true };
    await using ledger = await startTestLedger(postgres.pools, { config, limits: { flushTimeoutMs: 300 } });
    await postgres.freeze();
    const accepted: SampleCall[] = [];
    let refusal: unknown;
    try {
      while (refusal === undefined) {
        const call = sampleCall();
        await ledger.writer.start(call.request, call.attempt, call.input).then(
          () => accepted.push(call),
          (error: unknown) => (refusal = error),
        );
      }
      expect(refusal).toMatchObject({ code: 'UNAVAILABLE', details: { retryAfterMs: 1000 } });
      expect(ledger.isHealthy()).toBe(false);
      const first = accepted[0] as SampleCall;
      await ledger.writer.settle([first.attemptSettled], first.requestSettled, null);
    } finally {
      await postgres.resume();
    }
    await untilJournalIsEmpty(ledger);
    expect(ledger.isHealthy()).toBe(true);
    expect(await countSettled(accepted)).toBe(1);
    for (const call of accepted.slice(1)) await ledger.writer.settle([call.attemptSettled], call.requestSettled, null);
    expect(await countSettled(accepted)).toBe(accepted.length);
  });

  it('what a process leaves in the journal is there after the next start, before its orphans are closed', async () => {
    const first = await startTestLedger(postgres.pools, { limits: { flushTimeoutMs: 300 } });
    await recordMany(first, 3);
    const open = sampleCall();
    await first.writer.start(open.request, open.attempt, open.input);
    await postgres.freeze();
    const calls = await recordMany(first, 5);
    // Stopped while the database is away: the journal stays, as it does after a kill.
    await first.stop();
    await postgres.resume();
    expect(await countSettled(calls)).toBe(0);
    await using second = await startTestLedger(postgres.pools, { dataDir: first.dataDir });
    expect(await countSettled(calls)).toBe(5);
    expect((await readdir(join(first.dataDir, 'journal', '0'))).filter((name) => name.endsWith('.journal'))).toEqual([]);
    expect(await second.completions.findCompletion(open.request.projectId, open.request.id)).toMatchObject({ status: 'ABANDONED' });
    expect(await second.accounting({})).toMatchObject({ unexplained: 0, inFlight: 0, isBalanced: true });
    expect(second.logged.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('reads and idempotency keys are unavailable, not refused', async () => {
    await using ledger = await startTestLedger(postgres.pools);
    await postgres.kill();
    await expect(ledger.accounting({})).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    const call = sampleCall();
    await expect(ledger.completions.findCompletion(call.request.projectId, call.request.id)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    const claim = ledger.idempotency.claim(call.request.projectId, 'key', Buffer.from('hash'), call.request.id, 0);
    await expect(claim).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await postgres.untilUp();
  });
});
