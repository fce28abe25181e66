import { describe, expect, it } from 'vitest';
import type { CompletionRequest, Dialect, JsonObject, Task } from '../providers/index.ts';
import type { CompletionCall } from './completion-call.ts';
import { readInputTraits } from './hidden-input.ts';

type Facts = Pick<CompletionCall, 'task' | 'wire' | 'request'>;
const callOf = (facts: Partial<Facts>): Facts => ({ task: null, wire: null, request: () => ({ messages: [] }), ...facts });
const overWire = (dialect: Dialect, body: JsonObject) => readInputTraits(callOf({ wire: { dialect, body } }));
const asked = (request: CompletionRequest) => readInputTraits(callOf({ request: () => request }));
const user = (content: JsonObject[] | string): JsonObject => ({ messages: [{ role: 'user', content }] });

describe('input that the bytes of a call do not bound', () => {
  it.each<[string, Dialect, JsonObject]>([
    ['an image by URL', 'openai', user([{ type: 'image_url', image_url: { url: 'https://example.com/a.png' } }])],
    ['sound', 'openai', user([{ type: 'input_audio', input_audio: { data: '', format: 'wav' } }])],
    ['a file', 'openai', user([{ type: 'file', file: { file_id: 'file-1' } }])],
    ['an earlier answer in sound', 'openai', { messages: [{ role: 'assistant', audio: { id: 'audio-1' } }] }],
    ['a search of the provider', 'openai', { ...user('hello'), web_search_options: {} }],
    ['an image', 'anthropic', user([{ type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AA' } }])],
    ['an image in a tool result', 'anthropic', user([{ type: 'tool_result', tool_use_id: 't', content: [{ type: 'image', source: {} }] }])],
    ['a tool that the provider runs', 'anthropic', { ...user('hello'), tools: [{ type: 'web_search_20250305', name: 'web_search' }] }],
    ['a stored conversation', 'openai-responses', { input: 'and then?', previous_response_id: 'resp_1' }],
    ['a stored prompt', 'openai-responses', { input: 'hello', prompt: { id: 'pmpt_1' } }],
    ['an image in a conversation', 'openai-responses', { input: [{ role: 'user', content: [{ type: 'input_image', image_url: 'x' }] }] }],
    ['an item by reference', 'openai-responses', { input: [{ type: 'item_reference', id: 'msg_1' }] }],
    ['inline data', 'gemini', { contents: [{ parts: [{ inlineData: { mimeType: 'image/png', data: 'AA' } }] }] }],
    ['a search of the provider in Gemini', 'gemini', { contents: [], tools: [{ googleSearch: {} }] }],
    ['cached content', 'gemini', { contents: [], cachedContent: 'cachedContents/1' }],
    ['images of Ollama', 'openai', { messages: [{ role: 'user', content: 'what?', images: ['AA'] }] }],
    ['a kind of part that is not known', 'openai', user([{ type: 'hologram' }])],
  ])('comes with %s', (_name, dialect, body) => {
    expect(overWire(dialect, body).hasHiddenInput).toBe(true);
  });

  it.each<[string, Dialect, JsonObject]>([
    ['text', 'openai', user('hello')],
    ['text in parts', 'openai', user([{ type: 'text', text: 'hello' }])],
    ['functions', 'openai', { ...user('hello'), tools: [{ type: 'function', function: { name: 'f', parameters: { type: 'image' } } }] }],
    ['a tool loop', 'anthropic', user([{ type: 'tool_result', tool_use_id: 't', content: [{ type: 'text', text: 'done' }] }])],
    ['thinking', 'anthropic', { messages: [{ role: 'assistant', content: [{ type: 'thinking', thinking: 'hm', signature: 'x' }] }] }],
    ['tools of the caller', 'anthropic', { ...user('hello'), tools: [{ name: 'f', input_schema: { type: 'object' } }] }],
    ['items of text', 'openai-responses', { input: [{ type: 'message', role: 'user', content: [{ type: 'input_text', text: 'hello' }] }] }],
    ['parts of text', 'gemini', { contents: [{ parts: [{ text: 'hello' }] }], tools: [{ functionDeclarations: [{ name: 'f' }] }] }],
    ['a prompt of text', 'openai', { prompt: 'Once upon a time' }],
  ])('does not come with %s', (_name, dialect, body) => {
    expect(overWire(dialect, body).hasHiddenInput).toBe(false);
  });

  it('is told of a neutral request too', () => {
    const text = { type: 'text', text: 'hello' } as const;
    const image = { type: 'image', source: { kind: 'url', url: 'https://example.com/a.png' } } as const;
    const plain = { type: 'document', source: { kind: 'text', text: 'hello' } } as const;
    expect(asked({ messages: [{ role: 'user', content: [text, plain] }] })).toEqual({
      hasHiddenInput: false,
      hasTools: false,
      serviceTier: null,
    });
    expect(asked({ messages: [{ role: 'user', content: [text, image] }] }).hasHiddenInput).toBe(true);
    expect(asked({ messages: [], extra: { web_search_options: {} } }).hasHiddenInput).toBe(true);
    expect(asked({ messages: [], tools: [{ name: 'f' }], extra: { service_tier: 'flex' } })).toEqual({
      hasHiddenInput: false,
      hasTools: true,
      serviceTier: 'flex',
    });
  });

  it('comes with tasks that bring images or sound, and with no other', () => {
    const traits = (task: Task) => readInputTraits(callOf({ task, wire: { dialect: 'openai', body: { input: [{ type: 'image' }] } } }));
    expect(traits({ kind: 'embeddings', request: { inputs: ['a'] } }).hasHiddenInput).toBe(false);
    expect(traits({ kind: 'moderation', request: { inputs: ['a'] } }).hasHiddenInput).toBe(true);
  });

  it('does not follow a body deeper than anything that is meant', () => {
    let nested: JsonObject = { type: 'text', text: 'deep' };
    for (let depth = 0; depth < 20; depth += 1) nested = { type: 'tool_result', content: [nested] };
    expect(overWire('anthropic', user([nested])).hasHiddenInput).toBe(true);
  });
});
