import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeEvent, encodeHeader, encodeMessage, encodeRaw } from '../../../../../../test/testkit/aws-event-stream.ts';
import { EventStreamDecoder, EventStreamError, MAX_MESSAGE_BYTES, type EventStreamMessage } from './bedrock.event-stream.ts';

function decode(pieces: readonly Buffer[], decoder = new EventStreamDecoder()): { headers: unknown; payload: string }[] {
  const messages: EventStreamMessage[] = [];
  for (const piece of pieces) decoder.push(piece, messages);
  return messages.map(({ headers, payload }) => ({ headers, payload: payload.toString('utf8') }));
}

const MESSAGES = [encodeEvent('messageStart', { role: 'assistant' }), encodeEvent('x', { text: 'größer' }), encodeMessage({}, '')];
const STREAM = Buffer.concat(MESSAGES);
const HEADERS = { ':content-type': 'application/json', ':message-type': 'event' };
const DECODED = [
  { headers: { ':event-type': 'messageStart', ...HEADERS }, payload: '{"role":"assistant"}' },
  { headers: { ':event-type': 'x', ...HEADERS }, payload: '{"text":"größer"}' },
  { headers: {}, payload: '' },
];

describe('the decoder of event streams', () => {
  it('gives the same messages however the bytes are cut', () => {
    expect(decode([STREAM])).toEqual(DECODED);
    expect(decode(Array.from(STREAM, (byte) => Buffer.from([byte])))).toEqual(DECODED);
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: STREAM.length - 1 })), (places) => {
        const cuts = [0, ...places.sort((left, right) => left - right), STREAM.length];
        const pieces = cuts.slice(1).map((end, index) => STREAM.subarray(cuts[index], end));
        expect(decode(pieces)).toEqual(DECODED);
      }),
    );
  });

  it('does not touch messages it handed out when it reads on', () => {
    const messages: EventStreamMessage[] = [];
    const decoder = new EventStreamDecoder();
    decoder.push(STREAM.subarray(0, 5), messages);
    decoder.push(STREAM.subarray(5, STREAM.length - 2), messages);
    const before = messages.map(({ payload }) => payload.toString('utf8'));
    decoder.push(Buffer.concat([STREAM.subarray(STREAM.length - 2), STREAM]), messages);
    expect(messages.slice(0, before.length).map(({ payload }) => payload.toString('utf8'))).toEqual(before);
    expect(messages).toHaveLength(6);
  });

  it('refuses a stream with any one bit turned, and gives no message that holds it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: STREAM.length - 1 }), fc.integer({ min: 0, max: 7 }), (at, bit) => {
        const damaged = Buffer.from(STREAM);
        damaged.writeUInt8(damaged.readUInt8(at) ^ (1 << bit), at);
        const messages: EventStreamMessage[] = [];
        expect(() => new EventStreamDecoder().push(damaged, messages)).toThrow(EventStreamError);
        const whole = MESSAGES.map((_, index) => MESSAGES.slice(0, index + 1).reduce((sum, { length }) => sum + length, 0));
        expect(messages).toHaveLength(whole.filter((end) => end <= at).length);
      }),
    );
  });

  it('knows whether the input stopped within a message', () => {
    const decoder = new EventStreamDecoder();
    expect(decoder.hasRest).toBe(false);
    decode([STREAM.subarray(0, STREAM.length - 1)], decoder);
    expect(decoder.hasRest).toBe(true);
    decode([STREAM.subarray(STREAM.length - 1)], decoder);
    expect(decoder.hasRest).toBe(false);
  });

  it('refuses a message over the bound as soon as its length is known', () => {
    const large = encodeMessage({}, 'x'.repeat(1000));
    expect(decode([large], new EventStreamDecoder(large.length))).toHaveLength(1);
    expect(() => decode([large.subarray(0, 12)], new EventStreamDecoder(large.length - 1))).toThrow('larger than');
    expect(MAX_MESSAGE_BYTES).toBe(4 * 1024 * 1024);
  });

  it('skips headers that are no text, and refuses types that do not exist', () => {
    const others = [
      Buffer.from([1, 0x61, 0]), // true
      Buffer.from([1, 0x62, 2, 9]), // a byte
      Buffer.from([1, 0x63, 4, 0, 0, 0, 9]), // an integer
      Buffer.from([1, 0x64, 6, 0, 2, 9, 9]), // two bytes
      Buffer.concat([Buffer.from([1, 0x65, 8]), Buffer.alloc(8)]), // a time
      Buffer.concat([Buffer.from([1, 0x66, 9]), Buffer.alloc(16)]), // a UUID
    ];
    const message = encodeRaw(Buffer.concat([...others, encodeHeader(':event-type', 'x')]), Buffer.from('{}'));
    expect(decode([message])).toEqual([{ headers: { ':event-type': 'x' }, payload: '{}' }]);
    expect(() => decode([encodeRaw(Buffer.from([1, 0x61, 10]), Buffer.alloc(0))])).toThrow('unknown type 10');
    expect(() => decode([encodeRaw(Buffer.from([9, 0x61]), Buffer.alloc(0))])).toThrow('cut short');
  });

  it('refuses what is no event stream', () => {
    expect(() => decode([Buffer.from('<html>502 Bad Gateway</html>')])).toThrow('checksum');
  });
});
