import { describe, expect, it } from 'vitest';
import { parseExactJson } from './exact-json.ts';

describe('JSON whose numbers keep their digits', () => {
  it.each(['{"a":1.0,"b":[12345678901234567890,1e-7],"c":"1.0","d":null}', '-0.10', '[]', '"text"'])('writes %s as it was', (text) => {
    expect(JSON.stringify(parseExactJson(text))).toBe(text);
  });

  it('throws for what is not JSON', () => {
    expect(() => parseExactJson('{"a":')).toThrow(SyntaxError);
  });

  it('is needed: plain parsing loses digits (control)', () => {
    expect(JSON.stringify(JSON.parse('12345678901234567890'))).not.toBe('12345678901234567890');
  });
});
