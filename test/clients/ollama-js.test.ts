import { Ollama } from 'ollama';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Wire } from '../testkit/upstream.ts';
import { MODELS, startClientServer, VECTORS, type ClientServer } from './client-server.ts';
import { CALLS } from './made-answers.ts';

let stand: ClientServer;
let client: Ollama;
beforeAll(async () => {
  stand = await startClientServer();
  const { openaiBaseUrl, apiKey } = stand.server.banner;
  client = new Ollama({ host: new URL('/', openaiBaseUrl).href, headers: { authorization: `Bearer ${apiKey}` } });
});
afterAll(() => stand[Symbol.asyncDispose]());

const WEATHER = {
  type: 'function',
  function: {
    name: 'get_weather',
    description: 'Tells the weather.',
    parameters: { type: 'object', properties: { city: { type: 'string' } } },
  },
};

describe.each(['openai', 'anthropic'] satisfies Wire[])('the official Ollama client over an upstream of the %s wire', (wire) => {
  const model = MODELS[wire];

  it('gets a whole answer with its counts', async () => {
    const answer = await client.chat({ model, messages: [{ role: 'user', content: '[made text]' }], options: { num_ctx: 4096 } });
    expect(answer).toMatchObject({
      model,
      message: { role: 'assistant', content: 'Good morning, ✓ world.' },
      done: true,
      done_reason: 'stop',
      prompt_eval_count: 11,
      eval_count: 5,
    });
  });

  it('gets a stream', async () => {
    let text = '';
    let last = null;
    for await (const part of await client.chat({ model, messages: [{ role: 'user', content: '[made text]' }], stream: true })) {
      text += part.message.content;
      last = part;
    }
    expect(text).toBe('Good morning, ✓ world.');
    expect(last).toMatchObject({ done: true, prompt_eval_count: 11, eval_count: 5 });
  });

  it('gets tool calls, whole and streamed', async () => {
    const messages = [{ role: 'user', content: '[made tools]' }];
    const whole = await client.chat({ model, messages, tools: [WEATHER] });
    const streamed: unknown[] = [];
    for await (const part of await client.chat({ model, messages, tools: [WEATHER], stream: true }))
      streamed.push(...(part.message.tool_calls ?? []));
    const expected = [CALLS.paris, CALLS.oslo].map(({ name, pieces }) => ({
      function: { name, arguments: JSON.parse(pieces.join('')) as unknown },
    }));
    expect(whole.message.tool_calls).toMatchObject(expected);
    expect(streamed).toMatchObject(expected);
  });

  it('generates from a prompt', async () => {
    const whole = await client.generate({ model, prompt: '[made text]', system: 'Be brief.' });
    expect(whole).toMatchObject({ response: 'Good morning, ✓ world.', done: true });
    let text = '';
    for await (const part of await client.generate({ model, prompt: '[made text]', stream: true })) text += part.response;
    expect(text).toBe('Good morning, ✓ world.');
  });
});

describe('the official Ollama client', () => {
  it('gets embeddings, in both forms', async () => {
    const model = 'openai/text-embedding-3-small';
    expect((await client.embed({ model, input: ['first', 'second'] })).embeddings).toEqual(VECTORS);
    expect((await client.embeddings({ model, prompt: 'first' })).embedding).toEqual(VECTORS[0]);
  });

  it('lists models, shows one and asks the version', async () => {
    const { models } = await client.list();
    expect(models.map(({ model }) => model)).toEqual(expect.arrayContaining([MODELS.openai, MODELS.anthropic, 'local/echo']));
    expect((await client.show({ model: MODELS.openai })).capabilities).toEqual(expect.arrayContaining(['completion', 'tools']));
    expect((await client.version()).version).toMatch(/^\d+\.\d+\.\d+/);
  });

  it('is told what is wrong in a sentence', async () => {
    await expect(client.chat({ model: 'nobody/model', messages: [{ role: 'user', content: 'x' }] })).rejects.toMatchObject({
      status_code: 404,
    });
    await expect(client.pull({ model: 'llama3' })).rejects.toThrow('is not served here');
  });
});
