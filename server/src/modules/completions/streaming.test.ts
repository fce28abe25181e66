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
} from '../../../../test/testkit/completions.ts';
import { MemoryLedger, shownTooEarly } from '../../../../test/testkit/memory-ledger.ts';
import type { RelayOutcome, RelaySink, StreamPart } from '../providers/index.ts';
import type { Delivery, ServedBy } from './index.ts';

const ANSWER: readonly StreamPart[] = [responseStart, text('Hel'), text('lo'), finish, counted(5, 2)];

/** A caller that notes in the ledger's timeline what it is shown. */
function caller(ledger: MemoryLedger): { delivery: Delivery; parts: StreamPart[]; served: ServedBy[] } {
  const parts: StreamPart[] = [];
  const served: ServedBy[] = [];
  const delivery: Delivery = {
    kind: 'stream',
    onStart: (by) => {
      served.push(by);
      ledger.timeline.push('shown head');
    },
    parts: {
      part: (part) => {
        parts.push(part);
        ledger.timeline.push(`shown ${part.type}`);
      },
    },
    relay: null,
  };
  return { delivery, parts, served };
}

/** Lets everything that can run now run to its end. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('a streamed answer', () => {
  it('shows nothing before the start is durable', async () => {
    const ledger = new MemoryLedger();
    const release = ledger.hold('start');
    await using completions = openCompletions({ providers: [streaming('first', ANSWER)], ledger });
    const { delivery, parts } = caller(ledger);
    const running = completions.completions.run(callOf({ isStreaming: true }), delivery);
    await settled();
    expect(ledger.timeline).toEqual(['start asked']);
    release();
    await running;
    expect(parts).toEqual(ANSWER);
    expect(shownTooEarly(ledger.timeline)).toEqual([]);
  });

  it('asks for the start while the provider is being called, not before', async () => {
    const ledger = new MemoryLedger();
    const provider = scripted('first', {
      stream: async (_call, sink) => {
        ledger.timeline.push('provider called');
        for (const part of ANSWER) await sink.part(part);
      },
    });
    const release = ledger.hold('start');
    await using completions = openCompletions({ providers: [provider], ledger });
    const running = completions.completions.run(callOf({ isStreaming: true }), caller(ledger).delivery);
    await settled();
    expect(ledger.timeline).toEqual(['start asked', 'provider called']);
    release();
    await running;
  });

  it('ends only after its settlement is durable', async () => {
    const ledger = new MemoryLedger();
    const release = ledger.hold('settle');
    await using completions = openCompletions({ providers: [streaming('first', ANSWER)], ledger });
    const { delivery, parts } = caller(ledger);
    const running = completions.completions.run(callOf({ isStreaming: true }), delivery).then(() => ledger.timeline.push('ended call'));
    await settled();
    expect(parts).toHaveLength(ANSWER.length);
    expect(ledger.timeline.at(-1)).toBe('settle asked');
    release();
    await running;
    expect(ledger.timeline.slice(-2)).toEqual(['settle durable', 'ended call']);
    expect(shownTooEarly(ledger.timeline)).toEqual([]);
  });

  it('is caught showing too much too early when the ledger answers before it is durable (control)', async () => {
    const ledger = new MemoryLedger({ answersEarly: true });
    const release = [ledger.hold('start'), ledger.hold('settle')];
    await using completions = openCompletions({ providers: [streaming('first', ANSWER)], ledger });
    await completions.completions
      .run(callOf({ isStreaming: true }), caller(ledger).delivery)
      .then(() => ledger.timeline.push('ended call'));
    for (const commit of release) commit();
    expect(shownTooEarly(ledger.timeline)).toEqual([
      'shown head',
      'shown response-start',
      'shown text-delta',
      'shown text-delta',
      'shown choice-finish',
      'shown usage',
      'ended call',
    ]);
  });

  it('shows the head once, with who serves it, when the first output comes', async () => {
    const ledger = new MemoryLedger();
    let afterStart: string[] = [];
    const provider = scripted('first', {
      stream: async (_call, sink) => {
        await sink.part(responseStart);
        await settled();
        afterStart = [...ledger.timeline];
        for (const part of ANSWER.slice(1)) await sink.part(part);
      },
    });
    await using completions = openCompletions({ providers: [provider], ledger });
    const { delivery, served, parts } = caller(ledger);
    await completions.completions.run(callOf({ isStreaming: true }), delivery);
    expect(afterStart).toEqual(['start asked', 'start durable']);
    expect(served).toEqual([{ providerId: 'first', modelId: 'first/model' }]);
    expect(parts).toEqual(ANSWER);
  });

  it('is delivered even when it holds no output at all', async () => {
    const ledger = new MemoryLedger();
    await using completions = openCompletions({ providers: [streaming('first', [responseStart, counted(5, 0)])], ledger });
    const { delivery, parts, served } = caller(ledger);
    await completions.completions.run(callOf({ isStreaming: true }), delivery);
    expect(parts.map(({ type }) => type)).toEqual(['response-start', 'usage']);
    expect(served).toHaveLength(1);
  });

  it('does not let a provider fill the memory before its first output', async () => {
    const ledger = new MemoryLedger();
    const { delivery, parts } = caller(ledger);
    let mostHeld = 0;
    const provider = scripted('first', {
      stream: async (_call, sink) => {
        for (let sent = 1; sent <= 1000; sent += 1) {
          await sink.part(counted(5, 0));
          mostHeld = Math.max(mostHeld, sent - parts.length);
        }
      },
    });
    await using completions = openCompletions({ providers: [provider], ledger });
    await completions.completions.run(callOf({ isStreaming: true }), delivery);
    expect(parts).toHaveLength(1000);
    expect(mostHeld).toBe(63);
  });

  it('waits for a caller that cannot take more', async () => {
    const ledger = new MemoryLedger();
    const asked: string[] = [];
    const provider = scripted('first', {
      stream: async (_call, sink) => {
        for (const part of ANSWER) {
          asked.push(part.type);
          await sink.part(part);
        }
      },
    });
    await using completions = openCompletions({ providers: [provider], ledger });
    const waiting: (() => void)[] = [];
    const running = completions.completions.run(callOf({ isStreaming: true }), {
      kind: 'stream',
      onStart: () => undefined,
      relay: null,
      parts: { part: () => new Promise<void>((resolve) => waiting.push(resolve)) },
    });
    await settled();
    expect(asked).toEqual(['response-start', 'text-delta']);
    for (let resume = waiting.shift(); resume !== undefined; resume = waiting.shift()) {
      resume();
      await settled();
    }
    await running;
    expect(asked).toHaveLength(ANSWER.length);
  });
});

describe('a relayed answer', () => {
  const bytes = (value: string): Buffer => Buffer.from(`data: ${value}\n\n`);
  const before = { hasOutput: false, isUsageEvent: false, isEnd: false };
  const stop = { choice: 0, finishReason: 'stop', rawFinishReason: 'stop' } as const;
  const relaying = (act: (sink: RelaySink) => Promise<void>, finishReasons: RelayOutcome['finishReasons'] = [stop]) =>
    scripted('first', {
      dialects: ['openai'],
      relay: async (_call, sink) => {
        await act(sink);
        return {
          usage: null,
          finishReasons,
          model: 'model',
          id: 'answer-1',
        };
      },
    });
  const wire = { dialect: 'openai', body: {} } as const;

  it('passes the bytes on as they came, none before the first output', async () => {
    const ledger = new MemoryLedger();
    const pieces = [bytes('{"role"}'), bytes('{"text"}'), bytes('[DONE]')] as const;
    let afterRole: string[] = [];
    const provider = relaying(async (sink) => {
      sink.start({ httpStatus: 200, requestId: 'req_1', headers: {} });
      await sink.events(pieces[0], before);
      await settled();
      afterRole = [...ledger.timeline];
      await sink.events(pieces[1], { ...before, hasOutput: true });
      await sink.events(pieces[2], { ...before, hasOutput: true, isEnd: true });
    });
    await using completions = openCompletions({ providers: [provider], ledger });
    const taken: Buffer[] = [];
    const outcome = await completions.completions.run(callOf({ isStreaming: true, wire }), {
      kind: 'stream',
      onStart: () => void ledger.timeline.push('shown head'),
      parts: { part: () => expect.fail('the bytes are to be relayed') },
      relay: {
        start: () => void ledger.timeline.push('shown start'),
        events: (piece) => {
          taken.push(piece);
        },
      },
    });
    expect(afterRole).toEqual(['start asked', 'start durable']);
    expect(Buffer.concat(taken)).toEqual(Buffer.concat([...pieces]));
    expect(ledger.timeline).toEqual(['start asked', 'start durable', 'shown head', 'shown start', 'settle asked', 'settle durable']);
    expect(outcome).toMatchObject({ error: null, settlement: { finishReason: 'STOP', basis: 'ESTIMATED' } });
    expect(ledger.settlements[0]?.output).toEqual({
      requestId: ledger.starts[0]?.request.id,
      format: 'openai-chat-stream',
      json: JSON.stringify(Buffer.concat([...pieces]).toString()),
      sizeBytes: Buffer.concat([...pieces]).length,
    });
  });

  it('counts the tool calls of a stream that told no usage', async () => {
    const ledger = new MemoryLedger();
    const chunk = (delta: unknown): Buffer => bytes(JSON.stringify({ id: 'a', choices: [{ index: 0, delta }] }));
    const call = { index: 0, id: 'call_1', function: { name: 'look_up', arguments: '{"city":"Paris"}' } };
    const provider = relaying(async (sink) => {
      sink.start({ httpStatus: 200, requestId: null, headers: {} });
      await sink.events(chunk({ tool_calls: [call] }), { ...before, hasOutput: true });
    });
    await using completions = openCompletions({ providers: [provider], ledger });
    await completions.completions.run(callOf({ isStreaming: true, wire }), {
      kind: 'stream',
      onStart: () => undefined,
      parts: { part: () => undefined },
      relay: { start: () => undefined, events: () => undefined },
    });
    // o200k: `look_up{"city":"Paris"}` is look | _up | {" | city | ":" | Paris | "}.
    expect(ledger.settlements[0]?.attempts[0]).toMatchObject({ basis: 'ESTIMATED', tokens: { outputTokens: 7 } });
  });

  it('that holds nothing but its end is a failure, and nothing of it is shown', async () => {
    const provider = relaying(async (sink) => {
      sink.start({ httpStatus: 200, requestId: null, headers: {} });
      await sink.events(bytes('[DONE]'), { ...before, isEnd: true });
    }, []);
    await using completions = openCompletions({ providers: [provider] });
    const shown: string[] = [];
    const outcome = await completions.completions.run(callOf({ isStreaming: true, wire }), {
      kind: 'stream',
      onStart: () => void shown.push('head'),
      parts: { part: () => undefined },
      relay: { start: () => void shown.push('start'), events: () => void shown.push('events') },
    });
    expect(outcome).toMatchObject({ error: { code: 'PROVIDER_FAILED' }, attempts: [{ settled: { errorClass: 'malformed' } }] });
    expect(shown).toEqual([]);
  });
});
