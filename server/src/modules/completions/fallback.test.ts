import { describe, expect, it } from 'vitest';
import {
  callOf,
  counted,
  finish,
  openCompletions,
  responseStart,
  scripted,
  streaming,
  text,
  usage,
  wholeResult,
} from '../../../../test/testkit/completions.ts';
import { AntiphonError } from '../../kernel/errors/index.ts';
import { ProviderError, type Provider, type ProviderErrorClass, type StreamPart } from '../providers/index.ts';
import type { CompletionOutcome, Delivery, Replay } from './index.ts';

const MOVES_ON: readonly ProviderErrorClass[] = [
  'auth',
  'rate-limit',
  'quota',
  'overloaded',
  'not-found',
  'timeout',
  'transport',
  'malformed',
];
const STAYS: readonly ProviderErrorClass[] = ['invalid', 'too-long', 'blocked', 'cancelled'];

const failing = (id: string, error: Error): Provider =>
  scripted(id, { complete: () => Promise.reject(error), stream: () => Promise.reject(error) });
const answering = (id: string): Provider => scripted(id, { complete: () => Promise.resolve(wholeResult('Hello', usage(5, 2))) });

function toParts(parts: StreamPart[]): Delivery {
  return { kind: 'stream', onStart: () => undefined, relay: null, parts: { part: (part) => void parts.push(part) } };
}

function outcomeOf(result: CompletionOutcome | Replay): CompletionOutcome {
  if ('replayOf' in result) return expect.fail('a replay was not expected');
  return result;
}

describe('a failure before the first output', () => {
  it.each(MOVES_ON)('of class %s leads to the next candidate', async (errorClass) => {
    await using test = openCompletions({
      providers: [failing('first', new ProviderError(errorClass, 'no', { httpStatus: 500 })), answering('second')],
    });
    const outcome = outcomeOf(await test.completions.run(callOf(), { kind: 'whole' }));
    expect(outcome.error).toBeNull();
    expect(outcome.served).toEqual({ providerId: 'second', modelId: 'second/model' });
    expect(outcome.attempts.map(({ started, settled }) => [started.ordinal, started.providerId, settled.outcome, settled.basis])).toEqual([
      [1, 'first', 'FAILED', 'VOID'],
      [2, 'second', 'SUCCEEDED', 'ACTUAL'],
    ]);
    expect(outcome.attempts[0]?.settled.errorClass).toBe(errorClass);
    expect(outcome.settlement).toMatchObject({ outcome: 'SUCCEEDED', basis: 'ACTUAL', costNanoUsd: 9000n });
  });

  it.each(STAYS)('of class %s ends the call', async (errorClass) => {
    await using test = openCompletions({ providers: [failing('first', new ProviderError(errorClass, 'no')), answering('second')] });
    const outcome = outcomeOf(await test.completions.run(callOf(), { kind: 'whole' }));
    expect(outcome.error).not.toBeNull();
    expect(outcome.attempts).toHaveLength(1);
    expect(test.ledger.settlements).toHaveLength(1);
  });

  it('within a stream that has begun leads to the next candidate, and the caller sees one answer', async () => {
    await using test = openCompletions({
      providers: [
        streaming('first', [responseStart, counted(5, 0), new ProviderError('overloaded', 'no')]),
        streaming('second', [responseStart, text('Hello'), finish, counted(5, 2)]),
      ],
    });
    const parts: StreamPart[] = [];
    const outcome = outcomeOf(await test.completions.run(callOf({ isStreaming: true }), toParts(parts)));
    expect(parts).toEqual([responseStart, text('Hello'), finish, counted(5, 2)]);
    expect(outcome.served?.providerId).toBe('second');
    // What the first one had told of its input is paid for: it may charge.
    expect(outcome.attempts.map(({ settled }) => [settled.basis, settled.costNanoUsd])).toEqual([
      ['ESTIMATED', 5000n],
      ['ACTUAL', 9000n],
    ]);
    expect(outcome.settlement).toMatchObject({ basis: 'ESTIMATED', costNanoUsd: 14_000n, tokens: { inputTokens: 10, outputTokens: 2 } });
  });

  it.each([
    [600_000n, 'second'],
    [500_000n, undefined],
  ])('within a stream is retried only where both can be paid from %s nano-USD', async (maxCostNanoUsd, servedBy) => {
    await using test = openCompletions({
      providers: [
        streaming('first', [responseStart, counted(5, 0), new ProviderError('overloaded', 'no')]),
        streaming('second', [responseStart, text('Hello'), finish, counted(5, 2)]),
      ],
    });
    const outcome = outcomeOf(await test.completions.run(callOf({ isStreaming: true, maxCostNanoUsd }), toParts([])));
    // One call is bounded by 269,004.
    expect(outcome.served?.providerId).toBe(servedBy);
  });

  it.each([
    ['after the second candidate has answered', answering('second')],
    ['after the second candidate has failed', failing('second', new ProviderError('overloaded', 'no'))],
  ])('is closed in the ledger although the second attempt could not be recorded, %s', async (_when, second) => {
    await using test = openCompletions({ providers: [failing('first', new ProviderError('overloaded', 'no')), second] });
    test.ledger.fail('attempt', new AntiphonError('UNAVAILABLE', 'away'));
    await expect(test.completions.run(callOf(), { kind: 'whole' })).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await test.recorder.close();
    expect(test.ledger.starts).toHaveLength(1);
    expect(test.ledger.attempts).toHaveLength(1);
    expect(test.ledger.settlements.filter(({ request }) => request !== null)).toHaveLength(1);
    expect(test.ledger.settlements.flatMap(({ attempts }) => attempts)).toHaveLength(2);
  });

  it('tells of every attempt when all candidates fail', async () => {
    await using test = openCompletions({
      providers: [
        failing('first', new ProviderError('rate-limit', 'no', { httpStatus: 429 })),
        failing('second', new ProviderError('overloaded', 'no', { httpStatus: 503, retryAfterMs: 2000 })),
      ],
    });
    const { error, settlement } = outcomeOf(await test.completions.run(callOf(), { kind: 'whole' }));
    expect(error).toMatchObject({ code: 'PROVIDER_FAILED', details: { retryAfterMs: 2000 } });
    expect(error?.details.attempts?.map(({ providerId, errorClass, httpStatus }) => [providerId, errorClass, httpStatus])).toEqual([
      ['first', 'rate-limit', 429],
      ['second', 'overloaded', 503],
    ]);
    expect(settlement).toMatchObject({
      outcome: 'FAILED',
      basis: 'VOID',
      errorCode: 'PROVIDER_FAILED',
      costNanoUsd: 0n,
      servedAttemptId: null,
    });
  });

  it('moves on through four candidates at most', async () => {
    const called: string[] = [];
    const providers = ['a', 'b', 'c', 'd', 'e'].map((id) =>
      scripted(id, {
        complete: () => {
          called.push(id);
          return Promise.reject(new ProviderError('overloaded', 'no'));
        },
      }),
    );
    await using test = openCompletions({ providers });
    await test.completions.run(callOf(), { kind: 'whole' });
    expect(called).toEqual(['a', 'b', 'c', 'd']);
    expect(test.ledger.attempts.map(({ ordinal }) => ordinal)).toEqual([2, 3, 4]);
  });

  it('does not move on once the deadline has passed', async () => {
    const hanging = scripted('first', {
      complete: ({ context }) =>
        new Promise((_resolve, reject) => {
          context.signal.addEventListener('abort', () => reject(new ProviderError('cancelled', 'aborted')));
        }),
    });
    await using test = openCompletions({ providers: [hanging, answering('second')] });
    const outcome = outcomeOf(await test.completions.run(callOf({ deadlineMs: 20 }), { kind: 'whole' }));
    expect(outcome.error?.code).toBe('TIMEOUT');
    expect(outcome.attempts.map(({ settled }) => [settled.outcome, settled.errorClass])).toEqual([['FAILED', 'timeout']]);
  });
});

describe('a failure after the first output', () => {
  it('ends the call, and what was shown stays shown and paid', async () => {
    await using test = openCompletions({
      providers: [
        streaming('first', [responseStart, text('Hello there'), new ProviderError('transport', 'reset')]),
        streaming('second', [responseStart, text('never'), finish]),
      ],
    });
    const parts: StreamPart[] = [];
    const outcome = outcomeOf(await test.completions.run(callOf({ isStreaming: true }), toParts(parts)));
    expect(parts).toEqual([responseStart, text('Hello there')]);
    expect(outcome.error?.code).toBe('PROVIDER_FAILED');
    expect(outcome.served?.providerId).toBe('first');
    expect(outcome.settlement.servedAttemptId).toBe(outcome.attempts[0]?.started.id);
    // "Hello there" is two tokens; "Say hello." three, and four for its message.
    expect(outcome.attempts[0]?.settled).toMatchObject({
      outcome: 'FAILED',
      basis: 'ESTIMATED',
      errorClass: 'transport',
      tokens: { inputTokens: 7, outputTokens: 2, totalTokens: 9 },
      costNanoUsd: 11_000n,
    });
    expect(test.ledger.settlements).toHaveLength(1);
  });

  it('ends the call also where the answer is relayed', async () => {
    const relaying = scripted('first', {
      dialects: ['openai'],
      relay: async (_call, sink) => {
        sink.start({ httpStatus: 200, requestId: null, headers: {} });
        await sink.events(Buffer.from('data: {}\n\n'), { hasOutput: true, isUsageEvent: false, isEnd: false });
        throw new ProviderError('transport', 'reset');
      },
    });
    await using test = openCompletions({ providers: [relaying, answering('second')] });
    const outcome = outcomeOf(
      await test.completions.run(callOf({ isStreaming: true, wire: { dialect: 'openai', body: {} } }), {
        kind: 'stream',
        onStart: () => undefined,
        parts: { part: () => undefined },
        relay: { start: () => undefined, events: () => undefined },
      }),
    );
    expect(outcome.attempts).toHaveLength(1);
    expect(outcome.error?.code).toBe('PROVIDER_FAILED');
  });
});

describe('an adapter that fails in a way it should not', () => {
  it('is masked, recorded without a class of failure, and not tried elsewhere', async () => {
    await using test = openCompletions({ providers: [failing('first', new TypeError('x is undefined')), answering('second')] });
    const outcome = outcomeOf(await test.completions.run(callOf(), { kind: 'whole' }));
    expect(outcome.error).toMatchObject({ code: 'INTERNAL' });
    expect(outcome.error?.message).not.toContain('undefined');
    expect(outcome.attempts.map(({ settled }) => [settled.outcome, settled.basis, settled.errorClass])).toEqual([['FAILED', 'VOID', null]]);
  });
});
