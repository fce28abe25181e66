import { describe, expect, it } from 'vitest';
import { ProviderError, type CompletionRequest } from '../../contract.ts';
import { toGenerationRequest } from './local-smollm2.messages.ts';

const HELLO: CompletionRequest = { messages: [{ role: 'user', content: [{ type: 'text', text: 'Hello' }] }] };
const translate = (changes: Partial<CompletionRequest>) => toGenerationRequest({ ...HELLO, ...changes }, 2048, () => 99);

function refusal(changes: Partial<CompletionRequest>): ProviderError {
  try {
    translate(changes);
  } catch (error) {
    if (error instanceof ProviderError) return error;
  }
  throw new Error('not refused');
}

describe('toGenerationRequest', () => {
  it('takes the makers’ sampling and a drawn seed where the caller says nothing', () => {
    expect(translate({})).toEqual({
      request: {
        messages: [{ role: 'user', text: 'Hello' }],
        sampling: { temperature: 0.2, topP: 0.9, topK: 0, seed: 99 },
        stop: [],
        maxOutputTokens: 512,
      },
      warnings: [],
    });
  });

  it('passes on what the caller says', () => {
    const { request } = translate({ temperature: 0, topP: 0.5, topK: 40, seed: -1, stop: ['END'], maxOutputTokens: 3 });
    expect(request.sampling).toEqual({ temperature: 0, topP: 0.5, topK: 40, seed: 0xffff_ffff });
    expect(request).toMatchObject({ stop: ['END'], maxOutputTokens: 3 });
  });

  it('joins the texts of a message and maps the roles the template does not know', () => {
    const { request } = translate({
      messages: [
        {
          role: 'developer',
          content: [
            { type: 'text', text: 'Be ' },
            { type: 'text', text: 'terse.' },
          ],
        },
        { role: 'user', content: [{ type: 'document', source: { kind: 'text', text: 'A page.' } }] },
        { role: 'assistant', content: [] },
        { role: 'tool', toolCallId: 'call-1', content: [{ type: 'text', text: '42' }] },
      ],
    });
    expect(request.messages).toEqual([
      { role: 'system', text: 'Be terse.' },
      { role: 'user', text: 'A page.' },
      { role: 'assistant', text: '' },
      { role: 'user', text: '42' },
    ]);
  });

  it('warns of what the model cannot do instead of dropping it silently', () => {
    const { warnings } = translate({
      tools: [{ name: 'add' }],
      responseFormat: { type: 'json-object' },
      choiceCount: 2,
      frequencyPenalty: 1,
    });
    expect(warnings).toEqual([
      'local/smollm2 does not support tools: ignored.',
      'local/smollm2 does not support response formats: ignored.',
      'local/smollm2 does not support more than one choice: ignored.',
      'local/smollm2 does not support a frequency penalty: ignored.',
    ]);
  });

  it('refuses images, naming the message', () => {
    const messages = [{ role: 'user', content: [{ type: 'image', source: { kind: 'url', url: 'x:' } }] }] as const;
    expect(refusal({ messages })).toMatchObject({
      errorClass: 'invalid',
      param: 'messages[0].content',
      callerMessage: 'local/smollm2 reads text only; message 0 holds image content.',
    });
  });

  it('refuses a text that cannot fit before it is copied anywhere', () => {
    const text = 'a'.repeat(2048 * 81);
    expect(refusal({ messages: [{ role: 'user', content: [{ type: 'text', text }] }] }).errorClass).toBe('too-long');
  });

  it.each([
    [{ messages: [] }, 'messages'],
    [{ temperature: 2.1 }, 'temperature'],
    [{ temperature: Number.NaN }, 'temperature'],
    [{ topP: -0.1 }, 'top_p'],
    [{ seed: 1.5 }, 'seed'],
    [{ maxOutputTokens: 0 }, 'max_tokens'],
    [{ stop: Array.from({ length: 17 }, () => 'x') }, 'stop'],
    [{ stop: ['x'.repeat(257)] }, 'stop'],
  ] as const)('refuses %j', (changes, param) => {
    expect(refusal(changes)).toMatchObject({ errorClass: 'invalid', param });
  });
});
