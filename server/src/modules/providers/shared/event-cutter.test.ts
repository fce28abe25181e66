import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventCutter, EventTooLargeError, readEvents, splitEvents } from './event-cutter.ts';

const STREAM =
  ': comment\n\ndata: {"a":"é😀"}\n\nevent: error\r\ndata: one\r\ndata: two\r\n\r\ndata:\n\nid: 7\nretry: 10\n\ndata: [DONE]\n\n';

function cutAll(bytes: Buffer, lengths: readonly number[]): { events: Buffer[]; rest: Buffer | null } {
  const cutter = new EventCutter();
  const events: Buffer[] = [];
  let at = 0;
  for (let index = 0; at < bytes.length; index += 1) {
    const length = lengths.length === 0 ? bytes.length : (lengths[index % lengths.length] as number);
    const whole = cutter.push(bytes.subarray(at, at + length));
    if (whole !== null) events.push(whole);
    at += length;
  }
  return { events, rest: cutter.finish() };
}

describe('cutting a stream at blank lines', () => {
  it('gives the same events however the bytes are split', () => {
    const expected = readEvents(Buffer.from(STREAM));
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 20 }), (lengths) => {
        const { events, rest } = cutAll(Buffer.from(STREAM), lengths);
        expect(rest).toBeNull();
        expect(Buffer.concat(events).toString()).toBe(STREAM);
        expect(events.flatMap((whole) => readEvents(whole))).toEqual(expected);
      }),
    );
    expect(expected).toEqual([
      { type: '', data: '{"a":"é😀"}' },
      { type: 'error', data: 'one\ntwo' },
      { type: '', data: '' },
      { type: '', data: '[DONE]' },
    ]);
  });

  it('hands out a chunk that ends with an event without copying it', () => {
    const chunk = Buffer.from('data: 1\n\n');
    expect(new EventCutter().push(chunk)).toBe(chunk);
  });

  it('keeps what follows the last blank line and gives it at the end', () => {
    const { events, rest } = cutAll(Buffer.from('data: 1\n\ndata: 2'), []);
    expect(events.map(String)).toEqual(['data: 1\n\n']);
    expect(String(rest)).toBe('data: 2');
    expect(readEvents(rest ?? Buffer.alloc(0))).toEqual([{ type: '', data: '2' }]);
  });

  it('takes lines that end in a carriage return alone', () => {
    const { events } = cutAll(Buffer.from('data: 1\r\rdata: 2\r\r'), [3]);
    expect(events.flatMap((whole) => readEvents(whole)).map(({ data }) => data)).toEqual(['1', '2']);
  });

  it('skips a byte order mark', () => {
    expect(readEvents(Buffer.from('\uFEFFdata: 1\n\n'))).toEqual([{ type: '', data: '1' }]);
  });

  it('refuses an event that never ends', () => {
    const cutter = new EventCutter(1000);
    for (let index = 0; index < 10; index += 1) cutter.push(Buffer.alloc(100, 'x'));
    expect(() => cutter.push(Buffer.from('x'))).toThrow(EventTooLargeError);
  });

  it('takes an event byte by byte in linear time', () => {
    const cutter = new EventCutter();
    const byte = Buffer.from('x');
    for (let index = 0; index < 200_000; index += 1) expect(cutter.push(byte) === null).toBe(true);
    expect(cutter.finish()?.length).toBe(200_000);
  });

  it('splits whole events into single ones that add up to them', () => {
    const bytes = Buffer.from(STREAM);
    const single = splitEvents(bytes);
    expect(Buffer.concat(single).equals(bytes)).toBe(true);
    expect(single.map((event) => readEvents(event).length)).toEqual([0, 1, 1, 1, 0, 1]);
  });

  it('does not notice an event that is cut by reads when read without the cutter (control)', () => {
    const bytes = Buffer.from('data: {"a":1}\n\n');
    expect([...readEvents(bytes.subarray(0, 8)), ...readEvents(bytes.subarray(8))]).not.toEqual(readEvents(bytes));
  });
});
