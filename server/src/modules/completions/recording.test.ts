import { describe, expect, it, vi } from 'vitest';
import { AntiphonError } from '../../kernel/errors/index.ts';
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
import { MemoryLedger, type RecordedSettlement } from '../../../../test/testkit/memory-ledger.ts';
import { ProviderError, type Provider } from '../providers/index.ts';

const away = (): AntiphonError => new AntiphonError('UNAVAILABLE', 'The ledger is away.');
const hello = (id = 'first'): Provider => scripted(id, { complete: () => Promise.resolve(wholeResult('Hello', usage(5, 2))) });
const failing = (id: string): Provider => scripted(id, { complete: () => Promise.reject(new ProviderError('overloaded', 'no')) });

/** Attempts that were settled more or less than once. */
function settledOtherThanOnce(ledger: MemoryLedger): string[] {
  const counts = new Map<string, number>();
  for (const { attempt } of ledger.starts) if (attempt !== null) counts.set(attempt.id, 0);
  for (const { id } of ledger.attempts) counts.set(id, 0);
  for (const { attempts } of ledger.settlements)
    for (const { attemptId } of attempts) counts.set(attemptId, (counts.get(attemptId) ?? 0) + 1);
  return [...counts].filter(([, times]) => times !== 1).map(([id, times]) => `${id}: ${times}`);
}

describe('every attempt', () => {
  it('is settled exactly once, however its call ends', async () => {
    const ledger = new MemoryLedger();
    const scenarios: readonly (readonly Provider[])[] = [
      [hello()],
      [failing('first'), hello('second')],
      [failing('first'), failing('second')],
      [scripted('first', { complete: () => Promise.reject(new TypeError('a fault')) })],
    ];
    for (const providers of scenarios) {
      await using test = openCompletions({ providers, ledger });
      await test.completions.run(callOf(), { kind: 'whole' });
      await test.completions.run(callOf({ callerSignal: AbortSignal.abort() }), { kind: 'whole' });
    }
    expect(ledger.starts.length + ledger.attempts.length).toBe(10);
    expect(settledOtherThanOnce(ledger)).toEqual([]);
    expect(ledger.settlements.filter(({ request }) => request !== null)).toHaveLength(8);
  });

  it('is caught when it is settled twice (control)', async () => {
    const ledger = new MemoryLedger();
    await using test = openCompletions({ providers: [hello()], ledger });
    await test.completions.run(callOf(), { kind: 'whole' });
    const { attempts, request, output } = ledger.settlements[0] as RecordedSettlement;
    await ledger.settle(attempts, request, output);
    expect(settledOtherThanOnce(ledger)).toEqual([`${attempts[0]?.attemptId}: 2`]);
  });
});

describe('a ledger that cannot take the start', () => {
  it('ends the call with UNAVAILABLE and stops the provider', async () => {
    const ledger = new MemoryLedger();
    ledger.fail('start', away());
    let wasAborted = false;
    const provider = scripted('first', {
      complete: ({ context }) =>
        new Promise((_resolve, reject) => {
          context.signal.addEventListener('abort', () => {
            wasAborted = true;
            reject(new ProviderError('cancelled', 'aborted'));
          });
        }),
    });
    await using test = openCompletions({ providers: [provider], ledger });
    await expect(test.completions.run(callOf(), { kind: 'whole' })).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(wasAborted).toBe(true);
    // Nothing was consumed, so nothing is kept; the door counts it as a refusal.
    expect(test.recorder.parkedCount).toBe(0);
    expect(ledger.settlements).toEqual([]);
  });

  it('shows nothing of a stream', async () => {
    const ledger = new MemoryLedger();
    ledger.fail('start', away());
    await using test = openCompletions({ providers: [streaming('first', [responseStart, text('Hello'), finish])], ledger });
    const shown: unknown[] = [];
    const delivery = {
      kind: 'stream',
      onStart: () => void shown.push('head'),
      relay: null,
      parts: { part: (part: unknown) => void shown.push(part) },
    } as const;
    await expect(test.completions.run(callOf({ isStreaming: true }), delivery)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(shown).toEqual([]);
  });

  it('gets start and settlement of what was consumed as soon as it is back', async () => {
    vi.useFakeTimers();
    try {
      const ledger = new MemoryLedger();
      ledger.fail('start', away(), 2);
      ledger.fail('settle', away());
      await using test = openCompletions({ providers: [hello()], ledger });
      const call = callOf();
      await expect(test.completions.run(call, { kind: 'whole' })).rejects.toMatchObject({ code: 'UNAVAILABLE' });
      expect(test.recorder.parkedCount).toBe(1);
      await vi.advanceTimersByTimeAsync(1000);
      expect(test.recorder.parkedCount).toBe(1);
      await vi.advanceTimersByTimeAsync(1000);
      expect(test.recorder.parkedCount).toBe(0);
      expect(ledger.starts.map(({ request, input }) => [request.id, input?.json])).toEqual([[call.id, null]]);
      expect(ledger.settlements.map(({ request }) => [request?.requestId, request?.basis, request?.costNanoUsd])).toEqual([
        [call.id, 'ACTUAL', 9000n],
      ]);
    } finally {
      vi.useRealTimers();
    }
  });

  it('never leaves a settlement without its start', async () => {
    const ledger = new MemoryLedger();
    ledger.fail('start', away());
    await using test = openCompletions({ providers: [hello()], ledger });
    await expect(test.completions.run(callOf(), { kind: 'whole' })).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(ledger.settlements).toHaveLength(1);
    await test.recorder.close();
    expect(ledger.starts).toHaveLength(1);
  });
});

describe('a ledger that cannot take the settlement', () => {
  it('gets it later, though the caller was told UNAVAILABLE', async () => {
    const ledger = new MemoryLedger();
    ledger.fail('settle', away());
    await using test = openCompletions({ providers: [hello()], ledger });
    const call = callOf();
    await expect(test.completions.run(call, { kind: 'whole' })).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(test.recorder.parkedCount).toBe(1);
    await test.recorder.close();
    expect(test.recorder.parkedCount).toBe(0);
    expect(settledOtherThanOnce(ledger)).toEqual([]);
    expect(ledger.settlements).toMatchObject([{ request: { requestId: call.id, outcome: 'SUCCEEDED' }, output: { json: null } }]);
  });

  it('of a failed attempt ends the call, and closes its request too', async () => {
    const ledger = new MemoryLedger();
    ledger.fail('settle', away(), 2);
    await using test = openCompletions({ providers: [failing('first'), hello('second')], ledger });
    const call = callOf();
    await expect(test.completions.run(call, { kind: 'whole' })).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(ledger.attempts).toEqual([]);
    await test.recorder.close();
    expect(settledOtherThanOnce(ledger)).toEqual([]);
    expect(ledger.settlements.map(({ request }) => request?.errorCode ?? null)).toEqual([null, 'UNAVAILABLE']);
  });

  it('tries the start of a later attempt again as well', async () => {
    const ledger = new MemoryLedger();
    ledger.fail('attempt', away());
    await using test = openCompletions({ providers: [failing('first'), hello('second')], ledger });
    await expect(test.completions.run(callOf(), { kind: 'whole' })).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await test.recorder.close();
    expect(ledger.attempts.map(({ ordinal }) => ordinal)).toEqual([2]);
    expect(settledOtherThanOnce(ledger)).toEqual([]);
    expect(ledger.settlements.filter(({ request }) => request !== null)).toHaveLength(1);
  });

  it('gives up what it refuses for another reason, and goes on with the next', async () => {
    const ledger = new MemoryLedger();
    ledger.fail('settle', away(), 2);
    await using test = openCompletions({ providers: [hello()], ledger });
    for (let call = 0; call < 2; call += 1) await test.completions.run(callOf(), { kind: 'whole' }).catch(() => undefined);
    ledger.fail('settle', new AntiphonError('INTERNAL', 'PostgreSQL refuses the record.'));
    await test.recorder.close();
    expect(test.recorder.parkedCount).toBe(0);
    expect(ledger.settlements).toHaveLength(1);
  });
});

describe('payloads', () => {
  const delivery = { kind: 'whole' } as const;

  it('are kept up to the limit', async () => {
    await using test = openCompletions({ providers: [hello()], settings: { payloadMaxBytes: 10_000 } });
    const call = callOf();
    await test.completions.run(call, delivery);
    expect(test.ledger.starts[0]?.input).toEqual({ requestId: call.id, ...call.input });
    expect(test.ledger.settlements[0]?.output).toMatchObject({
      format: 'antiphon',
      json: expect.stringContaining('"text":"Hello"') as string,
    });
  });

  it('beyond the limit leave their size only', async () => {
    await using test = openCompletions({ providers: [hello()], settings: { payloadMaxBytes: 10 } });
    const call = callOf();
    await test.completions.run(call, delivery);
    expect(test.ledger.starts[0]?.input).toEqual({ ...call.input, requestId: call.id, json: null });
    expect(test.ledger.settlements[0]?.output).toMatchObject({ json: null, sizeBytes: 159 });
  });

  it('are not kept at all where that is switched off', async () => {
    await using test = openCompletions({ providers: [hello()], settings: { recordPayloads: false } });
    await test.completions.run(callOf(), delivery);
    expect([test.ledger.starts[0]?.input, test.ledger.settlements[0]?.output]).toEqual([null, null]);
  });

  it('of a stream that outgrows the limit are dropped and its tokens still counted', async () => {
    const words = Array.from({ length: 50 }, () => text(' word'));
    const providers = [streaming('first', [responseStart, ...words, finish])];
    await using test = openCompletions({ providers, settings: { payloadMaxBytes: 100 } });
    await test.completions.run(callOf({ isStreaming: true }), {
      kind: 'stream',
      onStart: () => undefined,
      relay: null,
      parts: { part: () => undefined },
    });
    expect(test.ledger.settlements[0]).toMatchObject({
      output: { json: null, sizeBytes: 250 },
      attempts: [{ basis: 'ESTIMATED', tokens: { inputTokens: 7, outputTokens: 50 } }],
    });
  });

  it('of a stream that told its usage are counted as told', async () => {
    await using test = openCompletions({ providers: [streaming('first', [responseStart, text('Hello'), finish, counted(5, 77)])] });
    await test.completions.run(callOf({ isStreaming: true }), {
      kind: 'stream',
      onStart: () => undefined,
      relay: null,
      parts: { part: () => undefined },
    });
    expect(test.ledger.settlements[0]?.attempts).toMatchObject([{ basis: 'ACTUAL', tokens: { outputTokens: 77 }, costNanoUsd: 159_000n }]);
  });
});
