import { describe, expect, it } from 'vitest';
import { decodeOutput } from './recorded-output.ts';

const event = (delta: object, finish: string | null = null): string =>
  `data: ${JSON.stringify({ id: 'c', choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;

describe('recorded outputs', () => {
  it('give the choices of an answer in our own form', () => {
    const choices = [{ index: 0, text: 'x' }];
    expect(decodeOutput('antiphon', { choices })).toEqual({ choices });
    expect(decodeOutput('antiphon', null)).toEqual({ choices: [] });
  });

  it('give the choices of a body of the OpenAI wire', () => {
    const body = { choices: [{ index: 0, message: { role: 'assistant', content: 'x' }, finish_reason: 'stop' }] };
    expect(decodeOutput('openai-chat', body).choices).toMatchObject([{ index: 0, text: 'x', finishReason: 'stop' }]);
    expect(decodeOutput('openai-chat', { error: { message: 'no' } })).toEqual({ choices: [] });
    expect(decodeOutput('openai-chat', 'text')).toEqual({ choices: [] });
  });

  it('put a stream together as far as it was kept', () => {
    const text = event({ role: 'assistant', content: '' }) + event({ content: 'a' }) + event({ content: 'b' }) + event({}, 'stop');
    expect(decodeOutput('openai-chat-stream', `${text}data: [DONE]\n\n`).choices).toMatchObject([
      { text: 'ab', finishReason: 'stop', rawFinishReason: 'stop' },
    ]);
    expect(decodeOutput('openai-chat-stream', text.slice(0, -40)).choices).toMatchObject([
      { text: 'ab', finishReason: 'other', rawFinishReason: null },
    ]);
    expect(decodeOutput('openai-chat-stream', '')).toEqual({ choices: [] });
  });
});
