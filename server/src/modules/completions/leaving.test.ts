import { describe, expect, it } from 'vitest';
import {
  callOf,
  counted,
  finish,
  openCompletions,
  responseStart,
  scripted,
  text,
  usage,
  wholeResult,
} from '../../../../test/testkit/completions.ts';
import { AntiphonError } from '../../kernel/errors/index.ts';
import { HttpClientError } from '../../kernel/http-client/index.ts';
import { ProviderError, type Provider, type StreamPart } from '../providers/index.ts';
import type { CompletionOutcome, Delivery, Replay } from './index.ts';

const SENTENCE = ' The quick brown fox jumps over the lazy dog.';

/** Says the sentence, then waits until it is told to go on or is aborted. */
function pausing(rest: readonly StreamPart[] = []): { provider: Provider; resume: () => void; aborts: () => number } {
  let resume: () => void = () => undefined;
  let aborts = 0;
  const pause = new Promise<void>((resolve) => (resume = resolve));
  const provider = scripted('first', {
    stream: async ({ context }, sink) => {
      await sink.part(responseStart);
      await sink.part(text(SENTENCE));
      await Promise.race([pause, rejectWhenAborted(context.signal, () => (aborts += 1))]);
      for (const part of rest) await sink.part(part);
    },
  });
  return { provider, resume: () => resume(), aborts: () => aborts };
}

/** A caller that leaves when it is shown the first output. */
function leavingCaller(): { delivery: Delivery; signal: AbortSignal; shown: StreamPart[] } {
  const controller = new AbortController();
  const shown: StreamPart[] = [];
  const delivery: Delivery = {
    kind: 'stream',
    onStart: () => undefined,
    relay: null,
    parts: {
      part: (part) => {
        shown.push(part);
        if (part.type === 'text-delta') controller.abort();
      },
    },
  };
  return { delivery, signal: controller.signal, shown };
}

function outcomeOf(result: CompletionOutcome | Replay): CompletionOutcome {
  if ('replayOf' in result) return expect.fail('a replay was not expected');
  return result;
}

describe('a caller that leaves mid-stream', () => {
  it('stops the provider call; what was produced is counted by tokenizer and paid', async () => {
    const { provider, aborts } = pausing();
    const { delivery, signal, shown } = leavingCaller();
    await using test = openCompletions({ providers: [provider] });
    const outcome = outcomeOf(await test.completions.run(callOf({ isStreaming: true, callerSignal: signal }), delivery));
    expect(aborts()).toBe(1);
    expect(shown).toHaveLength(2);
    expect(outcome.error?.code).toBe('CANCELLED');
    expect(test.ledger.settlements).toHaveLength(1);
    // o200k makes 10 tokens of the sentence; 3 of "Say hello." and 4 for its message.
    expect(test.ledger.settlements[0]?.attempts).toMatchObject([
      {
        outcome: 'CANCELLED',
        basis: 'ESTIMATED',
        errorClass: 'cancelled',
        tokens: { inputTokens: 7, outputTokens: 10, totalTokens: 17 },
        costNanoUsd: 27_000n,
      },
    ]);
    expect(outcome.settlement).toMatchObject({ outcome: 'CANCELLED', basis: 'ESTIMATED', costNanoUsd: 27_000n });
  });

  it('is paid for although we cannot read the request that the provider could', async () => {
    const { provider } = pausing();
    const { delivery, signal } = leavingCaller();
    await using test = openCompletions({ providers: [provider] });
    const request = (): never => {
      throw new AntiphonError('INVALID_INPUT', '`stop` must be a string or a list of strings.', { param: 'stop' });
    };
    const outcome = outcomeOf(await test.completions.run(callOf({ isStreaming: true, callerSignal: signal, request }), delivery));
    expect(outcome.error?.code).toBe('CANCELLED');
    // o200k makes 19 tokens of the body as it came.
    expect(test.ledger.settlements).toMatchObject([
      {
        attempts: [{ outcome: 'CANCELLED', basis: 'ESTIMATED', tokens: { inputTokens: 19, outputTokens: 10, totalTokens: 29 } }],
        request: { outcome: 'CANCELLED', basis: 'ESTIMATED', costNanoUsd: 39_000n },
      },
    ]);
  });

  it('keeps what the provider did tell of the input', async () => {
    const provider = scripted('first', {
      stream: async ({ context }, sink) => {
        await sink.part(responseStart);
        await sink.part(counted(40, 1));
        await sink.part(text(SENTENCE));
        context.signal.throwIfAborted();
      },
    });
    const { delivery, signal } = leavingCaller();
    await using test = openCompletions({ providers: [provider] });
    const outcome = outcomeOf(await test.completions.run(callOf({ isStreaming: true, callerSignal: signal }), delivery));
    expect(outcome.settlement).toMatchObject({ basis: 'ESTIMATED', tokens: { inputTokens: 40, outputTokens: 10, totalTokens: 50 } });
  });

  it('lets the provider finish where the call says so, and pays the true usage', async () => {
    const { provider, aborts, resume } = pausing([text(' It does.'), finish, counted(9, 13)]);
    const { delivery, signal, shown } = leavingCaller();
    await using test = openCompletions({ providers: [provider] });
    const call = callOf({ isStreaming: true, callerSignal: signal, onDisconnect: 'finish' });
    const running = test.completions.run(call, delivery);
    signal.addEventListener('abort', resume);
    const outcome = outcomeOf(await running);
    expect(aborts()).toBe(0);
    expect(shown.map(({ type }) => type)).toEqual(['response-start', 'text-delta']);
    expect(outcome.error).toBeNull();
    expect(outcome.settlement).toMatchObject({ outcome: 'SUCCEEDED', basis: 'ACTUAL', costNanoUsd: 35_000n });
    expect(JSON.parse(test.ledger.settlements[0]?.output?.json ?? '')).toMatchObject({ choices: [{ text: `${SENTENCE} It does.` }] });
  });

  it.each([
    ['headers', 'ESTIMATED', 7_000n],
    ['connect', 'VOID', 0n],
  ] as const)('before the answer begins, in the phase of %s, is settled as %s', async (phase, basis, costNanoUsd) => {
    const provider = scripted('first', {
      complete: ({ context }) =>
        rejectWhenAborted(context.signal).catch((error: unknown) => {
          const cause = new HttpClientError('aborted', 'the exchange was aborted', { cause: error, phase });
          throw new ProviderError('cancelled', 'First was left.', { cause });
        }),
    });
    const caller = new AbortController();
    await using test = openCompletions({ providers: [provider] });
    const running = test.completions.run(callOf({ callerSignal: caller.signal }), { kind: 'whole' });
    setImmediate(() => caller.abort());
    const outcome = outcomeOf(await running);
    expect(outcome.settlement).toMatchObject({ outcome: 'CANCELLED', basis, costNanoUsd, errorCode: 'CANCELLED' });
  });

  it('before anything was called for costs nothing', async () => {
    await using test = openCompletions({
      providers: [scripted('first', { complete: ({ context }) => rejectWhenAborted(context.signal) })],
    });
    const outcome = outcomeOf(await test.completions.run(callOf({ callerSignal: AbortSignal.abort() }), { kind: 'whole' }));
    expect(outcome.settlement).toMatchObject({ outcome: 'CANCELLED', basis: 'VOID', costNanoUsd: 0n, errorCode: 'CANCELLED' });
  });

  it('of which nobody is told any more gives its place back', async () => {
    const { provider } = pausing();
    const { delivery, signal } = leavingCaller();
    await using test = openCompletions({ providers: [provider], limits: { concurrency: 1 } });
    for (let call = 0; call < 3; call += 1)
      await test.completions.run(callOf({ isStreaming: true, callerSignal: AbortSignal.any([signal]) }), delivery);
    expect(test.ledger.settlements).toHaveLength(3);
    expect(test.completions.inFlight).toBe(0);
  });
});

describe('draining', () => {
  it('waits for calls in flight, and no longer than it may', async () => {
    const { provider, resume } = pausing([finish, counted(9, 10)]);
    const { delivery, signal } = leavingCaller();
    await using test = openCompletions({ providers: [provider] });
    await test.completions.drain(60_000);
    const call = callOf({ isStreaming: true, callerSignal: signal, onDisconnect: 'finish' });
    const running = test.completions.run(call, delivery);
    await test.completions.drain(10);
    expect(test.completions.inFlight).toBe(1);
    const drained = test.completions.drain(60_000).then(() => test.ledger.settlements.length);
    resume();
    await running;
    expect(await drained).toBe(1);
  });
});

describe('a deadline', () => {
  it('stops the provider call and is told as TIMEOUT', async () => {
    const { provider, aborts } = pausing();
    await using test = openCompletions({ providers: [provider] });
    const outcome = outcomeOf(
      await test.completions.run(callOf({ isStreaming: true, deadlineMs: 30 }), {
        kind: 'stream',
        onStart: () => undefined,
        relay: null,
        parts: { part: () => undefined },
      }),
    );
    expect(aborts()).toBe(1);
    expect(outcome.error?.code).toBe('TIMEOUT');
    expect(outcome.settlement).toMatchObject({ outcome: 'FAILED', basis: 'ESTIMATED', errorCode: 'TIMEOUT', costNanoUsd: 27_000n });
  });

  it('of the caller counts only where it is the shorter one', async () => {
    let remainingMs = 0;
    const provider = scripted('first', {
      complete: ({ context }) => {
        remainingMs = context.remainingMs;
        return Promise.resolve(wholeResult('Hello', usage(5, 1)));
      },
    });
    await using test = openCompletions({ providers: [provider], settings: { requestDeadlineMs: 1000 } });
    await test.completions.run(callOf({ deadlineMs: 3_600_000 }), { kind: 'whole' });
    expect(remainingMs).toBeGreaterThan(500);
    expect(remainingMs).toBeLessThanOrEqual(1000);
  });
});

function rejectWhenAborted(signal: AbortSignal, onAbort?: () => void): Promise<never> {
  return new Promise((_resolve, reject) => {
    const fail = (): void => {
      onAbort?.();
      reject(new ProviderError('cancelled', 'aborted'));
    };
    if (signal.aborted) fail();
    else signal.addEventListener('abort', fail);
  });
}
