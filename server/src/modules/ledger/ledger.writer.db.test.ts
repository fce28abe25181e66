import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../../test/testkit/database.ts';
import { ids, sampleCall } from '../../../../test/testkit/ledger.ts';
import { systemClock } from '../../kernel/clock/index.ts';
import { createLogger } from '../../kernel/telemetry/index.ts';
import { createLedger, type Ledger, type LedgerOptions } from './index.ts';

let database: TestDatabase;
let dataDir: string;
const log = createLogger({ level: 'silent' });

beforeAll(async () => {
  database = await createTestDatabase();
  dataDir = await mkdtemp(join(tmpdir(), 'antiphon-ledger-'));
});
afterAll(async () => {
  await database.drop();
  await rm(dataDir, { recursive: true, force: true });
});

async function startLedger(overrides: Partial<LedgerOptions> = {}): Promise<Ledger & AsyncDisposable> {
  const ledger = createLedger({
    pools: database.pools,
    config: { groupCommitWindowMs: 2, journalMaxBytes: 16 * 1024 * 1024, isDurable: true },
    dataDir,
    ids,
    clock: systemClock,
    log,
    priceOf: () => null,
    ...overrides,
  });
  await ledger.start();
  return Object.assign(ledger, { [Symbol.asyncDispose]: () => ledger.stop() });
}

async function count(table: string, column: string, idsOf: readonly string[]): Promise<number> {
  const { rows } = await database.pools.general.query<{ count: number }>(
    `select count(*)::integer as count from ${table} where ${column} = any($1::uuid[])`,
    [idsOf],
  );
  return rows[0]?.count ?? -1;
}

describe('the writer', () => {
  it('writes what arrives together in one statement', async () => {
    await using ledger = await startLedger();
    const calls = Array.from({ length: 200 }, () => sampleCall());
    await Promise.all(calls.map(({ request, attempt, input }) => ledger.writer.start(request, attempt, input)));
    expect(ledger.stats()).toMatchObject({ batches: 1, entries: 200 });
    expect(
      await count(
        'completion_request',
        'id',
        calls.map(({ request }) => request.id),
      ),
    ).toBe(200);
    expect(
      await count(
        'completion_attempt',
        'id',
        calls.map(({ attempt }) => attempt.id),
      ),
    ).toBe(200);
    expect(
      await count(
        'completion_input',
        'request_id',
        calls.map(({ request }) => request.id),
      ),
    ).toBe(200);
  });

  it('returns what was recorded, column by column', async () => {
    await using ledger = await startLedger();
    const call = sampleCall();
    const request = {
      ...call.request,
      apiKeyId: ids.uuidv7(),
      idempotencyKey: 'order "7"',
      metadataJson: '{"team":"a\\u0000b","n":[1,2]}',
    };
    const requestSettled = { ...call.requestSettled, warnings: ['`seed` is not supported', 'zwei "Sätze"'] };
    await ledger.writer.start(request, call.attempt, call.input);
    await ledger.writer.settle([call.attemptSettled], requestSettled, call.output);
    const found = await ledger.completions.findCompletion(request.projectId, request.id);
    const { id: _id, ...requestFields } = request;
    const { requestId: _r, ...settlement } = requestSettled;
    const { attemptId: _a, requestId: _r2, ...attemptSettlement } = call.attemptSettled;
    expect(found).toEqual({
      id: request.id,
      ...requestFields,
      status: 'SETTLED',
      settlement,
      attempts: [{ ...call.attempt, settlement: attemptSettlement }],
    });
    const { requestId: _r3, ...input } = call.input;
    const { requestId: _r4, ...output } = call.output;
    expect(await ledger.completions.loadInputs([request.id])).toEqual(new Map([[request.id, input]]));
    expect(await ledger.completions.loadOutputs([request.id])).toEqual(new Map([[request.id, output]]));
    expect(await ledger.completions.findCompletion(ids.uuidv7(), request.id)).toBeNull();
  });
});
