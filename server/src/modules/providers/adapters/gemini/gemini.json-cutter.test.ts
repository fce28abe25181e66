import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JsonCutter, ObjectTooLargeError } from './gemini.json-cutter.ts';

function cut(text: string, lengths: readonly number[], limitBytes?: number): { objects: unknown[]; isWithin: boolean } {
  const cutter = new JsonCutter(limitBytes);
  const bytes = Buffer.from(text);
  const objects: unknown[] = [];
  for (let at = 0, index = 0; at < bytes.length; index += 1) {
    const length = lengths[index % Math.max(1, lengths.length)] ?? bytes.length;
    for (const object of cutter.push(bytes.subarray(at, at + length))) objects.push(JSON.parse(object.toString('utf8')));
    at += length;
  }
  return { objects, isWithin: cutter.isWithinObject };
}

describe('cutting the objects out of a JSON list', () => {
  it('gives the same objects however the bytes are split', () => {
    const lengths = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 20 });
    const object = fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 5, noNullPrototype: true });
    fc.assert(
      fc.property(fc.array(object, { maxLength: 5 }), lengths, fc.constantFrom(0, 2), (objects, splits, indent) => {
        const expected = JSON.parse(JSON.stringify(objects)) as unknown;
        expect(cut(JSON.stringify(objects, null, indent), splits)).toEqual({ objects: expected, isWithin: false });
      }),
    );
  });

  it('takes one object that stands alone', () => {
    expect(cut('{"a":{"b":[{}]}}\n', [3])).toEqual({ objects: [{ a: { b: [{}] } }], isWithin: false });
  });

  it('knows when it was left within an object', () => {
    expect(cut('[{"a":1},{"b":"}', [4])).toEqual({ objects: [{ a: 1 }], isWithin: true });
  });

  it('refuses an object that never ends', () => {
    expect(() => cut(`[{"a":"${'x'.repeat(2000)}`, [100], 1000)).toThrow(ObjectTooLargeError);
  });

  it('takes an object byte by byte in linear time', () => {
    const text = 'x'.repeat(200_000);
    expect(cut(JSON.stringify({ text }), [1]).objects).toEqual([{ text }]);
  });
});
