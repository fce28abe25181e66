import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LineCutter, LineTooLargeError, readLines } from './line-cutter.ts';

const STREAM = '{"a":"é😀"}\n\r\n{"b":2}\r\n\n{"c":"\\n"}\n';

describe('cutting a stream at line feeds', () => {
  it('gives the same lines however the bytes are split', () => {
    const bytes = Buffer.from(STREAM);
    const expected = ['{"a":"é😀"}', '{"b":2}', '{"c":"\\n"}'];
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 20 }), (lengths) => {
        const cutter = new LineCutter();
        const lines: string[] = [];
        let at = 0;
        for (let index = 0; at < bytes.length; index += 1) {
          const length = lengths[index % lengths.length] as number;
          const whole = cutter.push(bytes.subarray(at, at + length));
          if (whole !== null) lines.push(...readLines(whole));
          at += length;
        }
        expect(lines).toEqual(expected);
        expect(cutter.finish()).toBeNull();
      }),
    );
  });

  it('hands out a chunk that ends with a line without copying it', () => {
    const chunk = Buffer.from('{}\n');
    expect(new LineCutter().push(chunk)?.buffer).toBe(chunk.buffer);
  });

  it('gives a last line without a line feed at the end', () => {
    const cutter = new LineCutter();
    expect(String(cutter.push(Buffer.from('{"a":1}\n{"b"')))).toBe('{"a":1}\n');
    expect(String(cutter.finish())).toBe('{"b"');
  });

  it('refuses a line that never ends', () => {
    const cutter = new LineCutter(1000);
    for (let index = 0; index < 10; index += 1) cutter.push(Buffer.alloc(100, 'x'));
    expect(() => cutter.push(Buffer.from('x'))).toThrow(LineTooLargeError);
  });

  it('does not notice a line that is cut by reads when read without the cutter (control)', () => {
    const bytes = Buffer.from('{"a":1}\n');
    expect([...readLines(bytes.subarray(0, 4)), ...readLines(bytes.subarray(4))]).not.toEqual(readLines(bytes));
  });
});
