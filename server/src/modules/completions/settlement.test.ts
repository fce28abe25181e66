import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../kernel/clock/index.ts';
import { openCompletions, usage } from '../../../../test/testkit/completions.ts';
import { NO_TOKENS, type AttemptSettled, type Basis } from '../ledger/index.ts';
import { actual, Attempt, type AttemptEnd } from './attempt.ts';
import { combineBasis, sumCost, sumTokens, sumUpRequest, toFinishReasonName } from './settlement.ts';

const BASES = ['ACTUAL', 'ESTIMATED', 'VOID'] as const satisfies readonly Basis[];

const attempt = fc.record({
  basis: fc.constantFrom(...BASES),
  costNanoUsd: fc.option(fc.bigInt({ min: 0n, max: 10n ** 18n }), { freq: 10 }),
  tokens: fc.record({ inputTokens: fc.nat(1e9), outputTokens: fc.nat(1e9), reasoningTokens: fc.nat(1e9) }),
  durationMs: fc.nat(1e6),
});

function settledFrom({ basis, costNanoUsd, tokens, durationMs }: typeof attempt extends fc.Arbitrary<infer T> ? T : never): AttemptSettled {
  const totalTokens = tokens.inputTokens + tokens.outputTokens + tokens.reasoningTokens;
  return {
    attemptId: 'attempt',
    requestId: 'request',
    outcome: 'SUCCEEDED',
    basis,
    errorClass: null,
    httpStatus: 200,
    upstreamRequestId: null,
    tokens: { ...NO_TOKENS, ...tokens, totalTokens },
    costNanoUsd,
    priceVersion: null,
    timeToFirstTokenMs: null,
    durationMs,
    settledAtMs: 0,
  };
}

describe('the sum of attempts', () => {
  it('equals its parts to the nano-dollar and token, and is unknown when a part is', () => {
    fc.assert(
      fc.property(fc.array(attempt, { minLength: 1, maxLength: 4 }), (made) => {
        const attempts = made.map(settledFrom);
        const known = attempts.every(({ costNanoUsd }) => costNanoUsd !== null);
        const cost = attempts.reduce((sum, { costNanoUsd }) => sum + (costNanoUsd ?? 0n), 0n);
        expect(sumCost(attempts)).toBe(known ? cost : null);
        const { totalTokens, inputTokens, outputTokens, reasoningTokens } = sumTokens(attempts);
        expect(totalTokens).toBe(inputTokens + outputTokens + reasoningTokens);
        expect(totalTokens).toBe(attempts.reduce((sum, { tokens }) => sum + tokens.totalTokens, 0));
      }),
    );
  });

  it('is as sure as its least sure part', () => {
    const of = (...bases: Basis[]): AttemptSettled[] =>
      bases.map((basis) =>
        settledFrom({ basis, costNanoUsd: 0n, tokens: { inputTokens: 0, outputTokens: 0, reasoningTokens: 0 }, durationMs: 1 }),
      );
    expect(combineBasis(of('ACTUAL', 'VOID'))).toBe('ACTUAL');
    expect(combineBasis(of('ACTUAL', 'ESTIMATED', 'VOID'))).toBe('ESTIMATED');
    expect(combineBasis(of('VOID', 'VOID'))).toBe('VOID');
    expect(combineBasis([])).toBe('VOID');
  });

  it('leaves to us what no provider took of the time, and never less than nothing', () => {
    const facts = {
      requestId: 'request',
      outcome: 'SUCCEEDED',
      errorCode: null,
      errorMessage: null,
      servedAttemptId: null,
      finishReason: null,
      warnings: [],
      timeToFirstTokenMs: null,
      settledAtMs: 0,
    } as const;
    const one = settledFrom({
      basis: 'ACTUAL',
      costNanoUsd: 1n,
      tokens: { inputTokens: 1, outputTokens: 1, reasoningTokens: 0 },
      durationMs: 10,
    });
    expect(sumUpRequest([one], { ...facts, durationMs: 12 }).overheadMs).toBe(2);
    expect(sumUpRequest([one], { ...facts, durationMs: 9 }).overheadMs).toBe(0);
  });

  it('names finish reasons as the schema does', () => {
    expect(['stop', 'tool-calls', 'content-filter'].map((reason) => toFinishReasonName(reason as 'stop'))).toEqual([
      'STOP',
      'TOOL_CALLS',
      'CONTENT_FILTER',
    ]);
  });
});

describe('an attempt', () => {
  const end: AttemptEnd = {
    outcome: 'SUCCEEDED',
    errorClass: null,
    httpStatus: 200,
    upstreamRequestId: 'req_1',
    firstOutputAtMs: 3,
    metering: actual(usage(5, 2)),
  };

  it('ends once; ending it again would be a second bill and throws', async () => {
    await using test = openCompletions({ providers: [] });
    const clock = new ManualClock(1_800_000_000_000);
    const started = {
      id: 'attempt',
      requestId: 'request',
      ordinal: 1,
      providerId: 'first',
      modelId: 'first/model',
      startedAtMs: clock.nowMs(),
    };
    const ending = new Attempt(started, { clock, providers: test.providers });
    clock.advance(7);
    expect(ending.end(end)).toMatchObject({
      basis: 'ACTUAL',
      costNanoUsd: 5n * 1000n + 2n * 2000n,
      priceVersion: 'first/model@2020-01-01',
      timeToFirstTokenMs: 3,
      durationMs: 7,
      settledAtMs: clock.nowMs(),
    });
    expect(() => ending.end({ ...end, outcome: 'FAILED' })).toThrow('attempt attempt has already been settled as SUCCEEDED');
  });

  it('of which nothing was consumed costs nothing even where the price is unknown', async () => {
    await using test = openCompletions({ providers: [] });
    const started = { id: 'attempt', requestId: 'request', ordinal: 1, providerId: 'x', modelId: 'x/unknown', startedAtMs: 0 };
    const deps = { clock: new ManualClock(), providers: test.providers };
    expect(new Attempt(started, deps).end({ ...end, metering: { basis: 'VOID', tokens: NO_TOKENS } }).costNanoUsd).toBe(0n);
    expect(new Attempt(started, deps).end(end).costNanoUsd).toBeNull();
  });
});
