import { describe, expect, it } from 'vitest';
import { callOf, openCompletions, scripted, usage, wholeResult } from '../../../../test/testkit/completions.ts';
import type { Provider } from '../providers/index.ts';
import type { CompletionCall, CompletionOutcome } from './index.ts';

interface Counted {
  readonly provider: Provider;
  readonly calls: () => number;
}

function counted(id = 'first'): Counted {
  let calls = 0;
  const complete = (): Promise<ReturnType<typeof wholeResult>> => {
    calls += 1;
    return Promise.resolve(wholeResult('Hello', usage(5, 2)));
  };
  return { provider: scripted(id, { complete }), calls: () => calls };
}

async function run(overrides: Partial<CompletionCall>, { provider }: Counted): Promise<{ outcome: CompletionOutcome; rows: unknown }> {
  await using test = openCompletions({ providers: [provider] });
  const outcome = await test.completions.run(callOf(overrides), { kind: 'whole' });
  if ('replayOf' in outcome) return expect.fail('a replay was not expected');
  const { starts, settlements } = test.ledger;
  return { outcome, rows: { starts: starts.map(({ attempt }) => attempt), settlements: settlements.map(({ attempts }) => attempts) } };
}

/** One request, no attempt. */
const ONE_REFUSED = { starts: [null], settlements: [[]] };
/** 69 bytes of input at 1000 nano-USD, 100 tokens of output at 2000, and 4 for rounding. */
const BOUND_NANO_USD = 69_000n + 200_000n + 4n;

describe('a bound on the cost', () => {
  it('refuses before anything is spent, and says what it could cost', async () => {
    const first = counted();
    const { outcome, rows } = await run({ maxCostNanoUsd: BOUND_NANO_USD - 1n }, first);
    expect(first.calls()).toBe(0);
    expect(outcome.error).toMatchObject({
      code: 'QUOTA_EXCEEDED',
      message: expect.stringContaining('could cost up to 0.000269004 USD, more than its bound of 0.000269003 USD') as string,
    });
    expect(outcome.settlement).toMatchObject({ outcome: 'FAILED', basis: 'VOID', costNanoUsd: 0n, errorCode: 'QUOTA_EXCEEDED' });
    expect(rows).toEqual(ONE_REFUSED);
  });

  it('lets a call pass that just keeps to it', async () => {
    const first = counted();
    const { outcome } = await run({ maxCostNanoUsd: BOUND_NANO_USD }, first);
    expect([first.calls(), outcome.error, outcome.reservedNanoUsd]).toEqual([1, null, BOUND_NANO_USD]);
  });

  it.each([
    [{ maxOutputTokens: 10 }, 69_000n + 20_000n + 4n],
    [{ maxOutputTokens: 10, choiceCount: 3 }, 69_000n + 60_000n + 4n],
  ])('counts what the caller asks for: %o', async (asked, bound) => {
    const { outcome } = await run(asked, counted());
    expect(outcome.reservedNanoUsd).toBe(bound);
  });

  it('cannot be kept where the price is unknown, which is never free', async () => {
    const unpriced = counted('unpriced');
    const { outcome } = await run({ maxCostNanoUsd: 1_000_000_000n }, unpriced);
    expect(unpriced.calls()).toBe(0);
    expect(outcome.error).toMatchObject({ code: 'QUOTA_EXCEEDED', details: { path: ['input', 'maxCostUsd'] } });
  });
});

describe('an unknown price', () => {
  it('is recorded as unknown, not as zero', async () => {
    const { outcome } = await run({}, counted('unpriced'));
    expect(outcome.attempts.map(({ settled }) => [settled.basis, settled.costNanoUsd, settled.priceVersion])).toEqual([
      ['ACTUAL', null, null],
    ]);
    expect([outcome.settlement.costNanoUsd, outcome.reservedNanoUsd]).toEqual([null, null]);
  });
});

describe('a call that nobody can serve', () => {
  it.each([
    ['nobody-knows-it', 'NOT_FOUND', 'There is no model named "nobody-knows-it".'],
    ['openai/gpt-4.1-mini', 'NO_ROUTE', 'Set OPENAI_API_KEY and restart to connect OpenAI.'],
  ])('%s leaves a record: %s', async (model, code, sentence) => {
    const first = counted();
    const { outcome, rows } = await run({ model }, first);
    expect(outcome.error).toMatchObject({ code, message: expect.stringContaining(sentence) as string });
    expect(outcome.settlement).toMatchObject({ outcome: 'FAILED', basis: 'VOID', errorCode: code, errorMessage: outcome.error?.message });
    expect([rows, first.calls()]).toEqual([ONE_REFUSED, 0]);
  });

  it('for embeddings of a model that makes none is the caller’s mistake', async () => {
    const { outcome } = await run({ operation: 'EMBEDDINGS', task: { kind: 'embeddings', request: { inputs: ['a'] } } }, counted());
    expect(outcome.error).toMatchObject({ code: 'INVALID_INPUT', details: { param: 'model' } });
  });
});

describe('limits of a key', () => {
  it('refuse without a record of their own, and without being used up by refusals', async () => {
    const first = counted();
    await using test = openCompletions({ providers: [first.provider], limits: { requestsPerMinute: 2 } });
    for (let call = 0; call < 2; call += 1) await test.completions.run(callOf(), { kind: 'whole' });
    await expect(test.completions.run(callOf(), { kind: 'whole' })).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    expect([first.calls(), test.ledger.starts.length, test.completions.inFlight]).toEqual([2, 2, 0]);
  });

  it('tell how much is left', async () => {
    await using test = openCompletions({ providers: [counted().provider], limits: { requestsPerMinute: 10 } });
    await test.completions.run(callOf(), { kind: 'whole' });
    expect(await test.completions.run(callOf(), { kind: 'whole' })).toMatchObject({ limits: { limitRequests: 10, remainingRequests: 8 } });
  });
});
