import { describe, expect, it } from 'vitest';
import { MAX_DISCOVERED_MODELS } from '../contract.ts';
import { boundDiscovered, toDiscoveredModels } from './discovered-models.ts';

describe('a list of models', () => {
  it('is read from the OpenAI shape, whatever its servers call the limits', () => {
    const data = [
      { id: 'plain', object: 'model', created: 1_700_000_000, owned_by: 'x' },
      { id: 'groq-like', created: 0, context_window: 131_072, max_completion_tokens: 8192 },
      { id: 'vllm-like', max_model_len: 4096 },
      {
        id: 'anthropic-like',
        display_name: 'A Name',
        created_at: '2026-07-24T00:00:00Z',
        max_input_tokens: 1_000_000,
        max_tokens: 128_000,
      },
      { id: 'llama-like', meta: { n_ctx: 2048 } },
    ];
    expect(toDiscoveredModels({ object: 'list', data })).toEqual([
      { model: 'plain', displayName: null, createdAtSeconds: 1_700_000_000, contextTokens: null, maxOutputTokens: null },
      { model: 'groq-like', displayName: null, createdAtSeconds: null, contextTokens: 131_072, maxOutputTokens: 8192 },
      { model: 'vllm-like', displayName: null, createdAtSeconds: null, contextTokens: 4096, maxOutputTokens: null },
      {
        model: 'anthropic-like',
        displayName: 'A Name',
        createdAtSeconds: 1_784_851_200,
        contextTokens: 1_000_000,
        maxOutputTokens: 128_000,
      },
      { model: 'llama-like', displayName: null, createdAtSeconds: null, contextTokens: 2048, maxOutputTokens: null },
    ]);
  });

  it('is read from a bare array', () => {
    expect(toDiscoveredModels([{ id: 'a' }, { id: 'b' }])?.map(({ model }) => model)).toEqual(['a', 'b']);
  });

  it('leaves out what has no usable name and counts repeats once', () => {
    const body = {
      data: [null, 'text', {}, { id: '' }, { id: 7 }, { id: 'x'.repeat(401) }, { id: 'line\nbreak' }, { id: 'a' }, { id: 'a' }],
    };
    expect(toDiscoveredModels(body)?.map(({ model }) => model)).toEqual(['a']);
  });

  it('is null for anything else', () => {
    for (const body of [null, 'text', 7, {}, { data: {} }, { models: [] }]) expect(toDiscoveredModels(body)).toBeNull();
  });

  it('is bounded', () => {
    const data = Array.from({ length: MAX_DISCOVERED_MODELS + 10 }, (_, index) => ({ id: `model-${index}` }));
    expect(toDiscoveredModels({ data })).toHaveLength(MAX_DISCOVERED_MODELS);
  });

  it('is brought within what can be kept and shown, whoever read it', () => {
    const model = { model: 'a', displayName: 'x'.repeat(1000), createdAtSeconds: 1e30, contextTokens: 2 ** 40, maxOutputTokens: -1 };
    expect(boundDiscovered([model, { ...model, model: 'line\nbreak' }])).toEqual([
      { model: 'a', displayName: 'x'.repeat(400), createdAtSeconds: null, contextTokens: null, maxOutputTokens: null },
    ]);
  });
});
