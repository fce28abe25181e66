import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../../test/testkit/database.ts';
import { ids, recordCall, sampleCall, startTestLedger, type TestLedger } from '../../../../test/testkit/ledger.ts';
import { IdempotencyStore } from './idempotency.store.ts';

const NOW_MS = Date.UTC(2026, 5, 1);
const HOUR_MS = 3_600_000;
const hash = Buffer.from('the same input');
const otherHash = Buffer.from('another input');

let database: TestDatabase;
let ledger: TestLedger;
beforeAll(async () => {
  database = await createTestDatabase();
  ledger = await startTestLedger(database.pools);
});
afterAll(async () => {
  await ledger[Symbol.asyncDispose]();
  await database.drop();
});

describe('an idempotency key', () => {
  it('is given to exactly one of many at once', async () => {
    const project = ids.uuidv7();
    const claims = await Promise.all(
      Array.from({ length: 40 }, () => ledger.idempotency.claim(project, 'key', hash, ids.uuidv7(), NOW_MS)),
    );
    expect(claims.filter(({ kind }) => kind === 'claimed')).toHaveLength(1);
    expect(claims.filter(({ kind }) => kind === 'in-flight')).toHaveLength(39);
  });

  it('leads to the record once the call has ended, and to a mismatch for another input', async () => {
    const call = sampleCall();
    const claim = (input: Buffer) => ledger.idempotency.claim(call.request.projectId, 'order 7', input, call.request.id, NOW_MS);
    expect(await claim(hash)).toEqual({ kind: 'claimed' });
    await ledger.writer.start(call.request, call.attempt, null);
    expect(await claim(hash)).toEqual({ kind: 'in-flight', requestId: call.request.id });
    expect(await claim(otherHash)).toEqual({ kind: 'mismatch' });
    await ledger.writer.settle([call.attemptSettled], call.requestSettled, null);
    expect(await claim(hash)).toEqual({ kind: 'replay', requestId: call.request.id });
    expect(await claim(otherHash)).toEqual({ kind: 'mismatch' });
  });

  it('is of one project', async () => {
    const [one, other] = [ids.uuidv7(), ids.uuidv7()];
    expect(await ledger.idempotency.claim(one, 'shared', hash, ids.uuidv7(), NOW_MS)).toEqual({ kind: 'claimed' });
    expect(await ledger.idempotency.claim(other, 'shared', otherHash, ids.uuidv7(), NOW_MS)).toEqual({ kind: 'claimed' });
  });

  it('is free again when its call was abandoned, for any input', async () => {
    const call = sampleCall();
    await ledger.idempotency.claim(call.request.projectId, 'again', hash, call.request.id, NOW_MS);
    await ledger.writer.start(call.request, null, null);
    await database.pools.general.query(
      `insert into completion_settlement select $1, 'ABANDONED', 'ORPHANED', 'VOID', null, null, null, null, null, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, null, 0, null, now()`,
      [call.request.id],
    );
    const next = ids.uuidv7();
    expect(await ledger.idempotency.claim(call.request.projectId, 'again', otherHash, next, NOW_MS)).toEqual({ kind: 'claimed' });
    expect(await ledger.idempotency.claim(call.request.projectId, 'again', otherHash, ids.uuidv7(), NOW_MS)).toEqual({
      kind: 'in-flight',
      requestId: next,
    });
  });

  it('is free after 24 hours, and its row is deleted then', async () => {
    const call = sampleCall();
    const claim = (nowMs: number) => ledger.idempotency.claim(call.request.projectId, 'daily', otherHash, ids.uuidv7(), nowMs);
    await ledger.idempotency.claim(call.request.projectId, 'daily', hash, call.request.id, NOW_MS);
    await recordCall(ledger, call);
    expect(await claim(NOW_MS + 24 * HOUR_MS - 1)).toEqual({ kind: 'mismatch' });
    expect(await claim(NOW_MS + 24 * HOUR_MS)).toEqual({ kind: 'claimed' });
    expect(await ledger.idempotency.deleteExpired(NOW_MS + 48 * HOUR_MS - 1)).toBeGreaterThan(0);
    const { rows } = await database.pools.general.query('select key from idempotency');
    expect(rows).toEqual([{ key: 'daily' }]);
  });

  it('whose call was refused before it began is freed by it, and by nobody else', async () => {
    const [project, request] = [ids.uuidv7(), ids.uuidv7()];
    await ledger.idempotency.claim(project, 'freed', hash, request, NOW_MS);
    await ledger.idempotency.release(project, 'freed', ids.uuidv7());
    expect((await ledger.idempotency.claim(project, 'freed', hash, ids.uuidv7(), NOW_MS)).kind).toBe('in-flight');
    await ledger.idempotency.release(project, 'freed', request);
    expect((await ledger.idempotency.claim(project, 'freed', hash, ids.uuidv7(), NOW_MS)).kind).toBe('claimed');
  });

  it('of a process that died before its call began is free after a minute, unless the journal may know that call', async () => {
    const project = ids.uuidv7();
    let isJournalEmpty = false;
    const store = new IdempotencyStore(database.pools.admission, () => isJournalEmpty);
    await store.claim(project, 'dead', hash, ids.uuidv7(), NOW_MS);
    expect((await store.claim(project, 'dead', hash, ids.uuidv7(), NOW_MS + 60_000)).kind).toBe('in-flight');
    isJournalEmpty = true;
    expect((await store.claim(project, 'dead', hash, ids.uuidv7(), NOW_MS + 59_999)).kind).toBe('in-flight');
    expect((await store.claim(project, 'dead', hash, ids.uuidv7(), NOW_MS + 60_000)).kind).toBe('claimed');
  });
});
