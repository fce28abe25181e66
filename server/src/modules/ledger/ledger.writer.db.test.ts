import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../../test/testkit/database.ts';
import { ids, recordCall, sampleCall, startTestLedger, type SampleCall } from '../../../../test/testkit/ledger.ts';
import { systemClock } from '../../kernel/clock/index.ts';
import { NO_TOKENS, type LedgerWriter, type Refusal } from './index.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const requestIds = (calls: readonly SampleCall[]): string[] => calls.map(({ request }) => request.id);

async function count(table: string, column: string, among: readonly string[]): Promise<number> {
  const text = `select count(*)::integer as count from ${table} where ${column} = any($1::uuid[])`;
  return (await database.pools.general.query<{ count: number }>(text, [among])).rows[0]?.count ?? -1;
}

/** Of calls whose start and settlement were acknowledged, those that another connection does not see in that moment. */
async function unseenWhenAcknowledged(writer: LedgerWriter, calls: readonly SampleCall[]): Promise<number> {
  let unseen = 0;
  await Promise.all(
    calls.map(async (call) => {
      await recordCall({ writer }, call);
      unseen += 1 - (await count('completion_settlement', 'request_id', [call.request.id]));
    }),
  );
  return unseen;
}

describe('group commit', () => {
  it('writes what arrives together in one statement', async () => {
    await using ledger = await startTestLedger(database.pools);
    const calls = Array.from({ length: 200 }, () => sampleCall());
    await Promise.all(calls.map(({ request, attempt, input }) => ledger.writer.start(request, attempt, input)));
    expect(ledger.stats()).toMatchObject({ batches: 1, entries: 200 });
    expect(await count('completion_request', 'id', requestIds(calls))).toBe(200);
    expect(
      await count(
        'completion_attempt',
        'id',
        calls.map(({ attempt }) => attempt.id),
      ),
    ).toBe(200);
    expect(await count('completion_input', 'request_id', requestIds(calls))).toBe(200);
  });

  it('splits what is larger than a statement may be', async () => {
    await using ledger = await startTestLedger(database.pools, { limits: { maxBatchBytes: 10_000 } });
    const calls = Array.from({ length: 8 }, () => sampleCall({ inputJson: JSON.stringify('x'.repeat(4000)) }));
    await Promise.all(calls.map(({ request, attempt, input }) => ledger.writer.start(request, attempt, input)));
    expect(ledger.stats()).toMatchObject({ batches: 4, entries: 8 });
    expect(await count('completion_input', 'request_id', requestIds(calls))).toBe(8);
  });

  it('acknowledges nothing that another connection cannot see', async () => {
    await using ledger = await startTestLedger(database.pools);
    const calls = Array.from({ length: 100 }, () => sampleCall());
    expect(await unseenWhenAcknowledged(ledger.writer, calls)).toBe(0);
  });

  it('control: a writer that acknowledges early is caught', async () => {
    const config = { groupCommitWindowMs: 1000, journalMaxBytes: 1_000_000, isDurable: false };
    await using ledger = await startTestLedger(database.pools, { config });
    const calls = Array.from({ length: 100 }, () => sampleCall());
    expect(await unseenWhenAcknowledged(ledger.writer, calls)).toBeGreaterThan(0);
  });

  it('commits synchronously even where the database would not', async () => {
    await using own = await createTestDatabase();
    await own.pools.general.query(`alter database ${own.name} set synchronous_commit = off`);
    await own.pools.general.query(`create table seen (value text)`);
    await own.pools.general.query(`create function see() returns trigger language plpgsql as
      $$ begin insert into seen values (current_setting('synchronous_commit')); return null; end $$`);
    await own.pools.general.query(`create trigger see after insert on completion_request execute function see()`);
    await using ledger = await startTestLedger(own.pools);
    await recordCall(ledger, sampleCall());
    const { rows } = await own.pools.general.query(`select distinct value from seen`);
    expect(rows).toEqual([{ value: 'on' }]);
  });

  it('refuses new calls before settlements when too much waits, and says when to come back', async () => {
    await using ledger = await startTestLedger(database.pools, { limits: { maxQueuedEntries: 10 } });
    const calls = Array.from({ length: 10 }, () => sampleCall());
    const starts = await Promise.allSettled(calls.map(({ request, attempt }) => ledger.writer.start(request, attempt, null)));
    expect(starts.map(({ status }) => status)).toEqual([...Array(8).fill('fulfilled'), 'rejected', 'rejected']);
    expect(starts[9]).toMatchObject({ reason: { code: 'UNAVAILABLE', details: { retryAfterMs: 1000 } } });
    const waiting = calls.slice(0, 8).map(({ request, attempt }) => ledger.writer.start({ ...request, id: ids.uuidv7() }, attempt, null));
    const settled = calls.slice(0, 3).map((call) => ledger.writer.settle([call.attemptSettled], call.requestSettled, null));
    await expect(settled[2]).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await Promise.all([...waiting, settled[0], settled[1]]);
  });
});

describe('a record', () => {
  it('keeps what beside the token buckets decides its price', async () => {
    await using ledger = await startTestLedger(database.pools);
    const billing = { cacheWriteHourTokens: 3, serviceTier: 'pri"ority', units: { images: 2, characters: 5 } };
    const [charged, without] = [sampleCall(), sampleCall()];
    await recordCall(ledger, { ...charged, attemptSettled: { ...charged.attemptSettled, billing } });
    await recordCall(ledger, without);
    const { rows } = await database.pools.general.query<{ billing: unknown }>(
      'select billing from completion_attempt_settlement where attempt_id = any($1) order by billing is null',
      [[charged.attempt.id, without.attempt.id]],
    );
    expect(rows).toEqual([{ billing }, { billing: null }]);
  });

  it('comes back as it was given, column by column', async () => {
    await using ledger = await startTestLedger(database.pools);
    const call = sampleCall();
    const request = {
      ...call.request,
      apiKeyId: ids.uuidv7(),
      idempotencyKey: 'order "7"',
      metadataJson: '{"team":"a\\u0000b","n":[1,2]}',
    };
    const tokens = {
      inputTokens: 1,
      cachedReadTokens: 2,
      cacheWriteTokens: 3,
      outputTokens: 4,
      reasoningTokens: 5,
      audioInputTokens: 6,
      audioOutputTokens: 7,
      imageInputTokens: 8,
      totalTokens: 36,
    };
    const requestSettled = { ...call.requestSettled, tokens, warnings: ['`seed` is not supported', 'zwei "Sätze"'] };
    const attemptSettled = { ...call.attemptSettled, tokens, costNanoUsd: 9_007_199_254_740_993n };
    await ledger.writer.start(request, call.attempt, call.input);
    await ledger.writer.settle([attemptSettled], requestSettled, call.output);
    const { requestId: _1, ...settlement } = requestSettled;
    const { requestId: _2, attemptId: _3, ...attemptSettlement } = attemptSettled;
    expect(await ledger.completions.findCompletion(request.projectId, request.id)).toEqual({
      ...request,
      status: 'SETTLED',
      settlement: { ...settlement, adjustmentNanoUsd: null },
      attempts: [{ ...call.attempt, settlement: { ...attemptSettlement, adjustmentNanoUsd: null } }],
    });
    const { requestId: _4, ...input } = call.input;
    const { requestId: _5, ...output } = call.output;
    expect(await ledger.completions.loadInputs([request.id])).toEqual(new Map([[request.id, input]]));
    expect(await ledger.completions.loadOutputs([request.id])).toEqual(new Map([[request.id, output]]));
  });

  it('may hold whatever JSON allows, and text that PostgreSQL cannot hold is mended', async () => {
    await using ledger = await startTestLedger(database.pools);
    const json = '{"text":"\\u0000 \\ud800 \u{1F600} ä \\"","n":1e400}';
    const call = sampleCall({ inputJson: json, outputJson: json });
    const request = { ...call.request, requestedModel: 'm\0 \ud800 "ü"\\' };
    await ledger.writer.start(request, call.attempt, call.input);
    await ledger.writer.settle([call.attemptSettled], { ...call.requestSettled, errorMessage: 'a\nb\0' }, call.output);
    const found = await ledger.completions.findCompletion(request.projectId, request.id);
    expect(found?.requestedModel).toBe('m\uFFFD \uFFFD "ü"\\');
    expect(found?.settlement?.errorMessage).toBe('a\nb\uFFFD');
    expect((await ledger.completions.loadInputs([request.id])).get(request.id)?.json).toBe(json);
  });

  it('that is settled twice keeps the first settlement', async () => {
    await using ledger = await startTestLedger(database.pools);
    const call = sampleCall();
    await ledger.writer.start(call.request, call.attempt, call.input);
    const again = {
      attempt: { ...call.attemptSettled, outcome: 'FAILED', costNanoUsd: 1n } as const,
      request: { ...call.requestSettled, outcome: 'FAILED', costNanoUsd: 1n } as const,
    };
    await Promise.all([
      ledger.writer.settle([call.attemptSettled], call.requestSettled, call.output),
      ledger.writer.settle([again.attempt], again.request, null),
    ]);
    await ledger.writer.settle([again.attempt], again.request, null);
    expect(await count('completion_settlement', 'request_id', [call.request.id])).toBe(1);
    const found = await ledger.completions.findCompletion(call.request.projectId, call.request.id);
    expect(found?.settlement).toMatchObject({ outcome: 'SUCCEEDED', costNanoUsd: 25_600n });
    expect(found?.attempts[0]?.settlement).toMatchObject({ outcome: 'SUCCEEDED', costNanoUsd: 25_600n });
  });

  it('that PostgreSQL refuses does not take the others of its batch with it', async () => {
    await using ledger = await startTestLedger(database.pools);
    const calls = Array.from({ length: 50 }, () => sampleCall());
    const poisoned = calls.map((call, index) => (index === 17 ? { ...call.attempt, ordinal: Number.NaN } : call.attempt));
    const results = await Promise.allSettled(
      calls.map(({ request }, index) => ledger.writer.start(request, poisoned[index] ?? null, null)),
    );
    expect(results.flatMap(({ status }, index) => (status === 'rejected' ? [index] : []))).toEqual([17]);
    expect(results[17]).toMatchObject({ reason: { code: 'INTERNAL' } });
    expect(await count('completion_request', 'id', requestIds(calls))).toBe(49);
    expect(ledger.logged.filter(({ level }) => level === 'error')).toHaveLength(1);
    expect(ledger.stats().refusedEntries).toBe(1);
  });

  it('whose payload PostgreSQL refuses is kept without it', async () => {
    await using ledger = await startTestLedger(database.pools);
    const call = sampleCall({ outputJson: '{"cut":' });
    await recordCall(ledger, call);
    expect((await ledger.completions.loadOutputs([call.request.id])).get(call.request.id)).toEqual({
      format: 'openai-chat',
      json: null,
      sizeBytes: 7,
    });
    expect((await ledger.completions.findCompletion(call.request.projectId, call.request.id))?.status).toBe('SETTLED');
    expect(ledger.logged.filter(({ level }) => level === 'error')).toHaveLength(1);
  });

  it('whose table is missing is refused without asking for each of its batch', async () => {
    await using own = await createTestDatabase();
    await using ledger = await startTestLedger(own.pools);
    await own.pools.general.query('drop table completion_input');
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => recordCall(ledger, sampleCall())));
    expect(results.every((result) => result.status === 'rejected' && result.reason.code === 'INTERNAL')).toBe(true);
  });
});

describe('checkpoints and refusals', () => {
  it('keep only the latest checkpoint of an attempt', async () => {
    await using own = await createTestDatabase();
    const call = sampleCall();
    await using ledger = await startTestLedger(own.pools);
    await ledger.writer.start(call.request, call.attempt, null);
    const checkpoint = { attemptId: call.attempt.id, requestId: call.request.id, inputTokens: 5 };
    ledger.writer.checkpoint({ ...checkpoint, outputTokens: 10, atMs: 2000 });
    ledger.writer.checkpoint({ ...checkpoint, outputTokens: 20, atMs: 3000 });
    await ledger.writer.startAttempt({ ...call.attempt, id: ids.uuidv7(), ordinal: 2 });
    ledger.writer.checkpoint({ ...checkpoint, outputTokens: 1, atMs: 1000 });
    await ledger.writer.startAttempt({ ...call.attempt, id: ids.uuidv7(), ordinal: 3 });
    const { rows } = await own.pools.general.query('select output_tokens from completion_checkpoint');
    expect(rows).toEqual([{ output_tokens: '20' }]);
  });

  it('fold a flood of refusals into a bounded number of rows without losing count', async () => {
    await using own = await createTestDatabase();
    const ledger = await startTestLedger(own.pools);
    const refusal = (index: number, detail: string): Refusal => ({
      id: ids.uuidv7(),
      atMs: systemClock.nowMs(),
      door: 'OPENAI',
      code: 'INVALID_INPUT',
      httpStatus: 400,
      organizationId: null,
      projectId: null,
      apiKeyId: index === 0 ? ids.uuidv7() : null,
      detail,
    });
    for (let index = 0; index < 1000; index++) ledger.writer.refuse(refusal(index, 'the body is no JSON'));
    for (let index = 0; index < 1000; index++) ledger.writer.refuse(refusal(1, `kind ${index}`));
    await ledger[Symbol.asyncDispose]();
    const { rows } = await own.pools.general.query(
      'select count(*)::integer as rows, sum(occurrences)::integer as sum from request_refusal',
    );
    expect(rows).toEqual([{ rows: 501, sum: 2000 }]);
  });
});

describe('stopping', () => {
  it('makes durable what was taken, refuses what comes later, and ends the lease', async () => {
    const ledger = await startTestLedger(database.pools);
    const calls = Array.from({ length: 20 }, () => sampleCall());
    const starts = Promise.all(calls.map(({ request, attempt }) => ledger.writer.start(request, attempt, null)));
    await Promise.all([starts, ledger[Symbol.asyncDispose]()]);
    expect(await count('completion_request', 'id', requestIds(calls))).toBe(20);
    await expect(ledger.writer.startAttempt(sampleCall().attempt)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(ledger.isHealthy()).toBe(false);
    const { rows } = await database.pools.general.query(
      'select ended_at is not null as ended from ledger_instance where id = (select instance_id from completion_request where id = $1)',
      [calls[0]?.request.id],
    );
    expect(rows).toEqual([{ ended: true }]);
  });

  it('accepts zero tokens and an unknown cost', async () => {
    await using ledger = await startTestLedger(database.pools);
    const call = sampleCall({ tokens: NO_TOKENS, costNanoUsd: null });
    await recordCall(ledger, call);
    const found = await ledger.completions.findCompletion(call.request.projectId, call.request.id);
    expect(found?.settlement).toMatchObject({ tokens: NO_TOKENS, costNanoUsd: null });
  });
});
