import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../../test/testkit/database.ts';
import { ids, recordCall, sampleCall, startTestLedger, type SampleCall, type TestLedger } from '../../../../test/testkit/ledger.ts';

let database: TestDatabase;
let ledger: TestLedger;
beforeEach(async () => {
  database = await createTestDatabase();
  ledger = await startTestLedger(database.pools);
});
afterEach(async () => {
  await ledger[Symbol.asyncDispose]();
  await database.drop();
});

async function tamper(text: string, values: unknown[]): Promise<void> {
  await database.pools.general.query(text, values);
}

async function recordSome(): Promise<[SampleCall, SampleCall, SampleCall]> {
  const calls: [SampleCall, SampleCall, SampleCall] = [sampleCall(), sampleCall(), sampleCall()];
  await Promise.all(calls.map((call) => recordCall(ledger, call)));
  return calls;
}

describe('accounting', () => {
  it('explains every request and compares the money of both grains', async () => {
    await recordSome();
    await recordCall(ledger, sampleCall({ costNanoUsd: null }));
    const open = sampleCall();
    await ledger.writer.start(open.request, open.attempt, null);
    expect(await ledger.accounting({})).toEqual({
      started: 5,
      settled: 4,
      abandoned: 0,
      inFlight: 1,
      unexplained: 0,
      refused: 0,
      costByRequestsNanoUsd: 76_800n,
      costByAttemptsNanoUsd: 76_800n,
      areCostsEqual: true,
      adjustmentsNanoUsd: 0n,
      unpricedRequests: 1,
      pendingInJournal: 0,
      isBalanced: true,
    });
  });

  it('is of one project, one organization or a range of start times', async () => {
    const [mine, theirs, organization] = [ids.uuidv7(), ids.uuidv7(), ids.uuidv7()];
    const startedAtMs = Date.UTC(2026, 4, 1);
    await recordCall(ledger, sampleCall({ projectId: mine, organizationId: organization }));
    await recordCall(ledger, sampleCall({ projectId: theirs, organizationId: organization }));
    await recordCall(ledger, sampleCall({ projectId: theirs }));
    expect((await ledger.accounting({ projectId: mine })).started).toBe(1);
    expect((await ledger.accounting({ projectId: theirs })).started).toBe(2);
    expect((await ledger.accounting({ organizationId: organization })).started).toBe(2);
    const nowMs = Date.now();
    expect((await ledger.accounting({ fromMs: nowMs - 60_000, toMs: nowMs + 60_000 })).started).toBe(3);
    expect((await ledger.accounting({ fromMs: nowMs + 60_000 })).started).toBe(0);
    expect((await ledger.accounting({ toMs: startedAtMs })).started).toBe(0);
  });

  it('counts refusals apart', async () => {
    const refusal = {
      atMs: Date.now(),
      door: 'OPENAI',
      code: 'INVALID_INPUT',
      httpStatus: 400,
      organizationId: null,
      apiKeyId: null,
    } as const;
    for (let index = 0; index < 3; index++) ledger.writer.refuse({ id: ids.uuidv7(), projectId: null, detail: 'no JSON', ...refusal });
    await recordCall(ledger, sampleCall());
    expect(await ledger.accounting({})).toMatchObject({ started: 1, refused: 3, isBalanced: true });
  });

  it.each([
    {
      fault: 'a request whose settlement is gone and whose process has ended',
      plant: async ([call]: SampleCall[]) => {
        await tamper('delete from completion_settlement where request_id = $1', [call?.request.id]);
        await tamper('update ledger_instance set ended_at = now()', []);
      },
      unexplained: 1,
    },
    {
      fault: 'a settlement whose request is gone',
      plant: ([call]: SampleCall[]) => tamper('delete from completion_request where id = $1', [call?.request.id]),
      // The settlement and the attempt are both without their request.
      unexplained: 2,
    },
    {
      fault: 'an attempt that is there twice',
      plant: ([call]: SampleCall[]) =>
        tamper(
          'insert into completion_attempt select $2, request_id, ordinal, provider_id, model_id, started_at from completion_attempt where id = $1',
          [call?.attempt.id, ids.uuidv7()],
        ),
      // Twice the ordinal, and open under a settled request.
      unexplained: 2,
    },
    {
      fault: 'an attempt whose settlement is gone',
      plant: ([call]: SampleCall[]) => tamper('delete from completion_attempt_settlement where attempt_id = $1', [call?.attempt.id]),
      unexplained: 1,
    },
    {
      fault: 'a settlement of an attempt that never was',
      plant: ([call]: SampleCall[]) =>
        tamper('update completion_attempt_settlement set attempt_id = $2 where attempt_id = $1', [call?.attempt.id, ids.uuidv7()]),
      unexplained: 2,
    },
    {
      fault: 'an amount that was changed',
      plant: ([call]: SampleCall[]) =>
        tamper('update completion_settlement set cost_nano_usd = cost_nano_usd + 1 where request_id = $1', [call?.request.id]),
      unexplained: 0,
    },
  ])('control: catches $fault', async ({ plant, unexplained }) => {
    const calls = await recordSome();
    expect((await ledger.accounting({})).isBalanced).toBe(true);
    await plant(calls);
    expect(await ledger.accounting({})).toMatchObject({ unexplained, isBalanced: false });
  });
});
