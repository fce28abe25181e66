import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { callOf, ids, principal, scripted, serveModel, usage, wholeResult } from '../../../../test/testkit/completions.ts';
import { createTestDatabase, type TestDatabase } from '../../../../test/testkit/database.ts';
import { systemClock } from '../../kernel/clock/index.ts';
import { createLogger } from '../../kernel/telemetry/index.ts';
import { createLedger, type Ledger } from '../ledger/index.ts';
import { ProviderError, type Provider } from '../providers/index.ts';
import type { CompletionCall, CompletionOutcome, Completions, Replay } from './index.ts';

let database: TestDatabase;
let dataDir: string;
let ledger: Ledger;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'antiphon-idempotency-'));
  ledger = createLedger({
    pools: database.pools,
    config: { groupCommitWindowMs: 1, journalMaxBytes: 1_000_000, isDurable: true },
    dataDir,
    ids,
    clock: systemClock,
    log: createLogger({ level: 'silent' }),
    priceOf: () => null,
  });
  await ledger.start();
});
afterEach(async () => {
  await ledger.stop();
  await rm(dataDir, { recursive: true });
});

interface Served extends AsyncDisposable {
  readonly completions: Completions;
  readonly calls: () => number;
}

/** The request path over the real ledger; `answer` makes the n-th call's answer. */
function serve(answer: (call: number) => ReturnType<Provider['complete']>): Served {
  let calls = 0;
  const provider = scripted('first', { complete: () => answer((calls += 1)) });
  const served = serveModel({ providers: [provider], ledger });
  return { completions: served.completions, calls: () => calls, [Symbol.asyncDispose]: () => served[Symbol.asyncDispose]() };
}

const answering = (): Served => serve(() => Promise.resolve(wholeResult('Hello', usage(5, 2))));
const keyed = (key: string, overrides: Partial<CompletionCall> = {}): CompletionCall => callOf({ idempotencyKey: key, ...overrides });
const whole = { kind: 'whole' } as const;
const isReplay = (result: CompletionOutcome | Replay): result is Replay => 'replayOf' in result;

describe('an idempotency key', () => {
  it('leads a repeated call to the record of the first, and the provider is called once', async () => {
    await using served = answering();
    const first = keyed('repeat');
    expect(isReplay(await served.completions.run(first, whole))).toBe(false);
    expect(await served.completions.run(keyed('repeat'), whole)).toEqual({ replayOf: first.id });
    expect(served.calls()).toBe(1);
  });

  it.each<[string, Partial<CompletionCall>]>([
    ['another input', { input: { format: 'openai-chat', json: '{"model":"model","messages":[]}', sizeBytes: 31 } }],
    ['another door', { door: 'GRAPHQL' }],
    ['a stream instead of an answer', { isStreaming: true }],
  ])('is a conflict with %s', async (name, overrides) => {
    await using served = answering();
    await served.completions.run(keyed(name), whole);
    await expect(served.completions.run(keyed(name, overrides), whole)).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(served.calls()).toBe(1);
  });

  it('means nothing to another project', async () => {
    await using served = answering();
    await served.completions.run(keyed('projects'), whole);
    const other = { ...principal, projectId: ids.uuidv7(), apiKeyId: ids.uuidv7() };
    expect(isReplay(await served.completions.run(keyed('projects', { principal: other }), whole))).toBe(false);
    expect(served.calls()).toBe(2);
  });

  it('is in use while its call runs', async () => {
    let answer: () => void = () => undefined;
    const asked = new Promise<void>((resolve) => (answer = resolve));
    let called: () => void = () => undefined;
    const isCalled = new Promise<void>((resolve) => (called = resolve));
    await using served = serve(async () => {
      called();
      await asked;
      return wholeResult('Hello', usage(5, 2));
    });
    const first = keyed('running');
    const running = served.completions.run(first, whole);
    await isCalled;
    await expect(served.completions.run(keyed('running'), whole)).rejects.toMatchObject({
      code: 'CONFLICT',
      details: { retryAfterMs: 1000 },
    });
    answer();
    await running;
    expect(await served.completions.run(keyed('running'), whole)).toEqual({ replayOf: first.id });
  });

  it('of twenty calls at once lets one through', async () => {
    await using served = answering();
    const calls = Array.from({ length: 20 }, () => keyed('twenty'));
    const results = await Promise.allSettled(calls.map((call) => served.completions.run(call, whole)));
    expect(served.calls()).toBe(1);
    const carriedOut = results.filter((result) => result.status === 'fulfilled' && !isReplay(result.value));
    expect(carriedOut).toHaveLength(1);
    for (const result of results)
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'CONFLICT' });
      else if (isReplay(result.value)) expect(calls.map(({ id }) => id)).toContain(result.value.replayOf);
    const { rows } = await database.pools.general.query('select id from completion_request where idempotency_key = $1', ['twenty']);
    expect(rows).toHaveLength(1);
  });

  it('without a key twenty calls are twenty calls (control)', async () => {
    await using served = answering();
    await Promise.all(Array.from({ length: 20 }, () => served.completions.run(callOf(), whole)));
    expect(served.calls()).toBe(20);
  });

  it.each([
    ['a passing failure', new ProviderError('overloaded', 'busy')],
    ['a time-out', new ProviderError('timeout', 'late')],
  ])('is free again after %s', async (name, failure) => {
    await using served = serve((call) => (call === 1 ? Promise.reject(failure) : Promise.resolve(wholeResult('Hello', usage(5, 2)))));
    expect(await served.completions.run(keyed(name), whole)).toMatchObject({ settlement: { outcome: 'FAILED' } });
    expect(await served.completions.run(keyed(name), whole)).toMatchObject({ settlement: { outcome: 'SUCCEEDED' } });
  });

  it('is free again when its caller has left', async () => {
    await using served = serve((call) =>
      call === 1 ? Promise.reject(new ProviderError('cancelled', 'left')) : Promise.resolve(wholeResult('Hello', usage(5, 2))),
    );
    const left = keyed('left', { callerSignal: AbortSignal.abort() });
    expect(await served.completions.run(left, whole)).toMatchObject({ settlement: { outcome: 'CANCELLED' } });
    expect(await served.completions.run(keyed('left'), whole)).toMatchObject({ settlement: { outcome: 'SUCCEEDED' } });
  });

  it('stays with a failure that would come again', async () => {
    await using served = serve(() => Promise.reject(new ProviderError('invalid', 'wrong', { callerMessage: 'temperature is too high' })));
    const first = keyed('invalid');
    await served.completions.run(first, whole);
    expect(await served.completions.run(keyed('invalid'), whole)).toEqual({ replayOf: first.id });
    expect(served.calls()).toBe(1);
  });

  it('is free again when its call was refused before it began', async () => {
    await using served = answering();
    await served.completions.run(keyed('refused', { model: 'nobody' }), whole);
    expect(isReplay(await served.completions.run(keyed('refused'), whole))).toBe(false);
  });

  it('is free again when its call was abandoned', async () => {
    await using served = answering();
    const lost = ids.uuidv7();
    const claim = async (requestId: string): Promise<string> =>
      (await ledger.idempotency.claim(principal.projectId, 'abandoned', Buffer.from('hash'), requestId, systemClock.nowMs())).kind;
    expect(await claim(lost)).toBe('claimed');
    await database.pools.general.query(
      `insert into completion_settlement (request_id, kind, outcome, basis, input_tokens, cached_read_tokens, cache_write_tokens, output_tokens,
         reasoning_tokens, audio_input_tokens, audio_output_tokens, image_input_tokens, total_tokens, duration_ms, settled_at)
       values ($1, 'ABANDONED', 'ORPHANED', 'ESTIMATED', 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, now())`,
      [lost],
    );
    expect(isReplay(await served.completions.run(keyed('abandoned'), whole))).toBe(false);
  });
});
