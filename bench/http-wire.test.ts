import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { headerValue, WireReader } from './http-wire.ts';

function read(role: 'request' | 'response', pieces: readonly Buffer[], close = false): string[] {
  const seen: string[] = [];
  const reader = new WireReader(role, {
    head: (line) => seen.push(`head ${line}`),
    body: (piece) => seen.push(`body ${piece.toString('latin1')}`),
    end: () => seen.push('end'),
    error: (error) => seen.push(`error ${error.message}`),
  });
  for (const piece of pieces) reader.push(piece);
  if (close) reader.close();
  // Where the pieces were cut must not matter: neighbouring body parts count as one.
  return seen.reduce<string[]>((merged, entry) => {
    const last = merged.at(-1);
    if (entry.startsWith('body ') && last?.startsWith('body ')) merged[merged.length - 1] = last + entry.slice(5);
    else merged.push(entry);
    return merged;
  }, []);
}

const TWO_ANSWERS =
  'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello' +
  'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n6\r\ndata: \r\na;ext=1\r\n0123456789\r\n0\r\ntrailer: x\r\n\r\n' +
  'HTTP/1.1 204 No Content\r\n\r\n' +
  'HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n';
const TWO_ANSWERS_READ = [
  'head HTTP/1.1 200 OK',
  'body hello',
  'end',
  'head HTTP/1.1 200 OK',
  'body data: 0123456789',
  'end',
  'head HTTP/1.1 204 No Content',
  'end',
  'head HTTP/1.1 200 OK',
  'end',
];

describe('WireReader', () => {
  it('reads the same messages wherever the bytes are cut', () => {
    const whole = Buffer.from(TWO_ANSWERS);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: whole.length }), { maxLength: 20 }), (cuts) => {
        const borders = [0, ...cuts.toSorted((left, right) => left - right), whole.length];
        const pieces = borders.slice(1).map((end, index) => whole.subarray(borders[index], end));
        expect(read('response', pieces)).toEqual(TWO_ANSWERS_READ);
      }),
    );
  });

  it('takes a request without a length as one without a body', () => {
    expect(read('request', [Buffer.from('GET /stats HTTP/1.1\r\nhost: x\r\n\r\n')])).toEqual(['head GET /stats HTTP/1.1', 'end']);
  });

  it('ends an answer without a length when the connection closes', () => {
    expect(read('response', [Buffer.from('HTTP/1.1 200 OK\r\n\r\nabc')], true)).toEqual(['head HTTP/1.1 200 OK', 'body abc', 'end']);
  });

  it.each([
    ['inside a body', 'HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhel'],
    ['inside a chunked body', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n'],
    ['inside a head', 'HTTP/1.1 200 OK\r\ncontent-le'],
  ])('reports a connection that closes %s', (_, bytes) => {
    expect(read('response', [Buffer.from(bytes)], true).at(-1)).toContain('closed in the middle');
  });

  it('reports a chunk size that is not a number', () => {
    expect(read('response', [Buffer.from('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n')]).at(-1)).toContain('chunk size');
  });

  it('refuses a header block without end', () => {
    expect(read('request', [Buffer.alloc(70_000, 97)]).at(-1)).toContain('header block over');
  });
});

describe('headerValue', () => {
  it('finds a header whatever its case and not inside another one', () => {
    const block = 'X-Content-Length: 9\r\nContent-Length:  12 \r\nlast: z';
    expect(headerValue(block, 'content-length')).toBe('12');
    expect(headerValue(block, 'last')).toBe('z');
    expect(headerValue(block, 'length')).toBeUndefined();
  });
});
