import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../kernel/clock/index.ts';
import { usage } from '../../../../test/testkit/completions.ts';
import { MemoryLedger } from '../../../../test/testkit/memory-ledger.ts';
import { CHECKPOINT_EVERY_MS, CHECKPOINT_EVERY_TOKENS, PartsMeter, RelayMeter, type MeterDeps } from './meter.ts';

function depsOf(maxRecordedBytes = 10_000): MeterDeps & { readonly clock: ManualClock; readonly writer: MemoryLedger } {
  return {
    clock: new ManualClock(),
    writer: new MemoryLedger(),
    attemptId: 'attempt',
    requestId: 'request',
    inputTokensGuess: 12,
    maxRecordedBytes,
  };
}

const OUTPUT = { hasOutput: true, isUsageEvent: false, isEnd: false };
const event = (content: string): Buffer => Buffer.from(`data: ${JSON.stringify({ choices: [{ index: 0, delta: { content } }] })}\n\n`);

describe('checkpoints of a stream', () => {
  it('come after two seconds of output', () => {
    const deps = depsOf();
    const meter = new PartsMeter(deps);
    const see = (): void => meter.see({ type: 'text-delta', choice: 0, text: 'a' });
    see();
    deps.clock.advance(CHECKPOINT_EVERY_MS - 1);
    see();
    expect(deps.writer.checkpoints).toEqual([]);
    deps.clock.advance(1);
    see();
    expect(deps.writer.checkpoints).toEqual([
      { attemptId: 'attempt', requestId: 'request', inputTokens: 12, outputTokens: 3, atMs: deps.clock.nowMs() },
    ]);
  });

  it('come after two thousand tokens, whatever the time', () => {
    const deps = depsOf();
    const meter = new RelayMeter(deps, 'openai-chat-stream');
    for (let token = 0; token < CHECKPOINT_EVERY_TOKENS * 2; token += 1) meter.see(event('a'), OUTPUT);
    expect(deps.writer.checkpoints.map(({ outputTokens }) => outputTokens)).toEqual([2000, 4000]);
  });
});

describe('the meter of parts', () => {
  it('tells when the first output came and the last count', () => {
    const deps = depsOf();
    const meter = new PartsMeter(deps);
    meter.see({ type: 'usage', usage: usage(1, 0) });
    expect(meter.firstOutputAtMs).toBeNull();
    deps.clock.advance(5);
    meter.see({ type: 'reasoning-delta', choice: 0, text: 'hm' });
    deps.clock.advance(5);
    meter.see({ type: 'text-delta', choice: 0, text: 'a' });
    meter.see({ type: 'usage', usage: usage(1, 2) });
    expect([meter.firstOutputAtMs, meter.usage?.outputTokens]).toEqual([5, 2]);
  });
});

describe('the meter of relayed bytes', () => {
  it('keeps them as a JSON string', () => {
    const meter = new RelayMeter(depsOf(), 'openai-chat-stream');
    meter.see(event('Hel'), OUTPUT);
    meter.see(event('lo ✓'), OUTPUT);
    const text = `${event('Hel').toString()}${event('lo ✓').toString()}`;
    expect(meter.record()).toEqual({ format: 'openai-chat-stream', json: JSON.stringify(text), sizeBytes: Buffer.byteLength(text) });
    expect(meter.producedText()).toBe('Hello ✓');
  });

  it('is bounded: beyond it events are counted and nothing more is kept', () => {
    const one = event('word');
    const meter = new RelayMeter(depsOf(one.length * 10), 'openai-chat-stream');
    for (let sent = 0; sent < 100; sent += 1) meter.see(one, OUTPUT);
    expect([meter.isOverflowed, meter.overflowEvents, meter.totalBytes]).toEqual([true, 90, one.length * 100]);
    expect(meter.record()).toEqual({ format: 'openai-chat-stream', json: null, sizeBytes: one.length * 100 });
    expect(meter.producedText()).toBe('word'.repeat(10));
  });

  it('does not take a record with a hole for a whole one', () => {
    const meter = new RelayMeter(depsOf(200), 'openai-chat-stream');
    meter.see(Buffer.from(`: ${'x'.repeat(300)}\n\n`), OUTPUT);
    meter.see(event('a'), OUTPUT);
    expect(meter.record().json).toBeNull();
  });
});
