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

  it('give the choices of a message and of events of the Anthropic wire, as far as they go', () => {
    const content = [{ type: 'text', text: 'x' }];
    const body = { type: 'message', content, stop_reason: 'end_turn', usage: { input_tokens: 1, output_tokens: 1 } };
    expect(decodeOutput('anthropic-messages', body).choices).toMatchObject([{ index: 0, text: 'x', finishReason: 'stop' }]);
    expect(decodeOutput('anthropic-messages', { type: 'error' })).toEqual({ choices: [] });
    const events = [
      { type: 'message_start', message: { id: 'm', content: [] } },
      { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
      { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'half' } },
    ];
    const text = events.map((data) => `data: ${JSON.stringify(data)}\n\n`).join('');
    expect(decodeOutput('anthropic-messages-stream', text).choices).toMatchObject([{ text: 'half', finishReason: 'other' }]);
    expect(decodeOutput('anthropic-messages-stream', `${text}data: {"type":"mess`).choices).toMatchObject([{ text: 'half' }]);
  });

  it('give the choices of an answer and of chunks of the Gemini wire, as far as they go', () => {
    const chunk = (text: string, finishReason?: string): object => ({
      candidates: [{ content: { parts: [{ text }], role: 'model' }, finishReason }],
    });
    expect(decodeOutput('gemini-content', chunk('x', 'STOP')).choices).toMatchObject([{ index: 0, text: 'x', finishReason: 'stop' }]);
    expect(decodeOutput('gemini-content', 'text')).toEqual({ choices: [] });
    const text = [chunk('ha'), chunk('lf')].map((data) => `data: ${JSON.stringify(data)}\r\n\r\n`).join('');
    expect(decodeOutput('gemini-content-stream', text).choices).toMatchObject([{ text: 'half' }]);
    expect(decodeOutput('gemini-content-stream', `${text}data: {"cand`).choices).toMatchObject([{ text: 'half' }]);
    expect(decodeOutput('gemini-content-stream', text + JSON.stringify({ error: { code: 503 } })).choices).toMatchObject([
      { text: 'half' },
    ]);
  });
});
