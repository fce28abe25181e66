import { describe, expect, it } from 'vitest';
import { isRestated } from './restated-fields.ts';
import { Warnings } from './warnings.ts';

const CALL = { type: 'function_call', id: 'fc_1' };

describe('a field that repeats the neutral form', () => {
  it('is left out without a word: reasoning in any spelling, and the layout of items that are all neutral', () => {
    const warnings = new Warnings('The vendor');
    const extra = {
      reasoning_details: [{ type: 'reasoning.text', text: 'a', signature: 'b' }],
      reasoning_content: 'a',
      output_items: [{ type: 'reasoning', summary: [] }, { type: 'message', content: [{ type: 'output_text', annotations: [] }] }, CALL],
    };
    expect(warnings.pick(extra, new Set(), 'assistant message')).toEqual({});
    expect(warnings.list()).toEqual([]);
  });

  it('is told where something is lost with it: an item of a built-in tool, a citation, a phase, any other field', () => {
    const warnings = new Warnings('The vendor');
    expect(isRestated('output_items', [{ type: 'web_search_call' }, CALL])).toBe(false);
    expect(isRestated('output_items', [{ type: 'message', phase: 'commentary', content: [] }])).toBe(false);
    expect(isRestated('output_items', [{ type: 'message', content: [{ type: 'output_text', annotations: [{}] }] }])).toBe(false);
    warnings.pick({ content_blocks: [{}] }, new Set(), 'assistant message');
    expect(warnings.list()).toEqual(["assistant message: 'content_blocks' has no counterpart at The vendor and was not sent."]);
  });
});
