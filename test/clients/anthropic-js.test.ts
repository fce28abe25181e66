import Anthropic from '@anthropic-ai/sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Wire } from '../testkit/upstream.ts';
import { MODELS, startClientServer, type ClientServer } from './client-server.ts';
import { CALLS } from './made-answers.ts';

let stand: ClientServer;
let client: Anthropic;
beforeAll(async () => {
  stand = await startClientServer();
  const { openaiBaseUrl, apiKey } = stand.server.banner;
  client = new Anthropic({ baseURL: new URL('/', openaiBaseUrl).href, apiKey, maxRetries: 0 });
});
afterAll(() => stand[Symbol.asyncDispose]());

const ask = (content: string): Anthropic.MessageParam[] => [{ role: 'user', content }];
const WEATHER: Anthropic.Tool = {
  name: 'get_weather',
  input_schema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
};
const toUse = ({ id, name, pieces }: (typeof CALLS)['paris']): unknown => ({
  type: 'tool_use',
  id,
  name,
  input: JSON.parse(pieces.join('')) as unknown,
});

describe.each(['openai', 'anthropic'] satisfies Wire[])('the official Anthropic client over an upstream of the %s wire', (wire) => {
  const model = MODELS[wire];
  const lastBody = (): Record<string, unknown> => stand.upstreams[wire].requests.at(-1)?.body ?? {};

  it('gets a whole answer with its usage and the completion’s id', async () => {
    const answer = await client.messages.create({ model, max_tokens: 100, messages: ask('[made text]') });
    expect(answer).toMatchObject({
      type: 'message',
      role: 'assistant',
      content: [{ type: 'text', text: 'Good morning, ✓ world.' }],
      stop_reason: 'end_turn',
      stop_sequence: null,
      usage: { input_tokens: 11, output_tokens: 5 },
    });
    expect(answer._request_id).toMatch(/^cmp_[0-9a-f]{32}$/);
  });

  it('gets a stream of events, in order', async () => {
    const types: string[] = [];
    let text = '';
    for await (const event of await client.messages.create({ model, max_tokens: 100, messages: ask('[made text]'), stream: true })) {
      types.push(event.type);
      if (event.type === 'content_block_delta' && event.delta.type === 'text_delta') text += event.delta.text;
    }
    expect(text).toBe('Good morning, ✓ world.');
    expect(types.filter((type, at) => type !== types[at - 1])).toEqual([
      'message_start',
      'content_block_start',
      'content_block_delta',
      'content_block_stop',
      'message_delta',
      'message_stop',
    ]);
  });

  it('follows a stream with its helper to the end, tools included', async () => {
    const stream = client.messages.stream({ model, max_tokens: 100, tools: [WEATHER], messages: ask('[made tools]') });
    const inputs: unknown[] = [];
    stream.on('inputJson', (_delta, snapshot) => inputs.push(snapshot));
    const message = await stream.finalMessage();
    expect(message.content).toMatchObject([{ type: 'text', text: 'Two cities. ' }, toUse(CALLS.paris), toUse(CALLS.oslo)]);
    expect([message.stop_reason, message.usage.input_tokens, message.usage.output_tokens]).toEqual(['tool_use', 60, 34]);
    expect(inputs.at(-1)).toEqual({ city: 'Oslo' });
  });

  it('runs a loop with a tool', async () => {
    const messages = ask('[made tool]');
    const first = await client.messages.create({ model, max_tokens: 100, tools: [WEATHER], messages });
    const use = first.content.find((block) => block.type === 'tool_use');
    expect(use).toMatchObject(toUse(CALLS.paris) as object);
    const second = await client.messages.create({
      model,
      max_tokens: 100,
      tools: [WEATHER],
      messages: [
        ...messages,
        { role: 'assistant', content: first.content },
        { role: 'user', content: [{ type: 'tool_result', tool_use_id: use?.id ?? '', content: '21 °C' }] },
      ],
    });
    expect(second.content).toMatchObject([{ type: 'text', text: 'It is 21 degrees.' }]);
    expect(JSON.stringify(lastBody()['messages'])).toContain(CALLS.paris.id);
  });

  it('sends an image, a system prompt with marks and settings', async () => {
    const data = 'iVBORw0KGgo=';
    await client.messages.create({
      model,
      max_tokens: 77,
      system: [{ type: 'text', text: 'Be brief.', cache_control: { type: 'ephemeral' } }],
      stop_sequences: ['END'],
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: '[made text]' },
            { type: 'image', source: { type: 'base64', media_type: 'image/png', data } },
          ],
        },
      ],
    });
    const sent = lastBody();
    if (wire === 'anthropic') {
      expect(sent).toMatchObject({ max_tokens: 77, system: [{ cache_control: { type: 'ephemeral' } }], stop_sequences: ['END'] });
      return;
    }
    expect(sent).toMatchObject({ max_completion_tokens: 77, stop: ['END'], messages: [{ role: 'system', content: 'Be brief.' }, {}] });
    expect(JSON.stringify(sent['messages'])).toContain(`"url":"data:image/png;base64,${data}"`);
    expect(JSON.stringify(sent)).not.toContain('cache_control');
  });
});

describe('the official Anthropic client', () => {
  it('sends its betas on with a call of the provider’s own wire', async () => {
    await client.beta.messages.create({
      model: MODELS.anthropic,
      max_tokens: 10,
      messages: ask('[made text]'),
      betas: ['a-2025', 'b-2025'],
    });
    const request = stand.upstreams.anthropic.requests.at(-1);
    expect(request?.headers['anthropic-beta']).toBe('a-2025,b-2025');
    expect(request?.body).not.toHaveProperty('anthropic_beta');
  });

  it('is told its limits and what the call cost in headers', async () => {
    const { response } = await client.messages
      .create({ model: MODELS.openai, max_tokens: 10, messages: ask('[made text]') })
      .withResponse();
    const limit = Number(response.headers.get('anthropic-ratelimit-requests-limit'));
    expect(limit).toBeGreaterThan(0);
    expect(Number(response.headers.get('anthropic-ratelimit-requests-remaining'))).toBeLessThan(limit);
    expect(response.headers.get('x-antiphon-provider')).toBe('openai');
    expect(response.headers.get('x-antiphon-cost-usd')).toMatch(/^0\.\d{9}$/);
    expect(response.headers.get('request-id')).toBe(response.headers.get('x-request-id'));
  });

  it('does not ask a model to think that refuses to be asked', async () => {
    const thinking = { type: 'enabled' as const, budget_tokens: 2048 };
    for (const [model, isAsked] of [
      ['openai/gpt-4.1-mini', false],
      ['openai/gpt-5-mini', true],
    ] as const) {
      await client.messages.create({ model, max_tokens: 4096, messages: ask('[made text]'), thinking, output_config: { effort: 'high' } });
      expect('reasoning_effort' in (stand.upstreams.openai.requests.at(-1)?.body ?? {})).toBe(isAsked);
    }
  });

  it('calls by a bearer token too', async () => {
    const { apiKey } = stand.server.banner;
    const bearer = new Anthropic({ baseURL: client.baseURL, apiKey: null, authToken: apiKey, maxRetries: 0 });
    expect(await bearer.messages.create({ model: 'local/echo', max_tokens: 10, messages: ask('hello') })).toMatchObject({
      type: 'message',
    });
  });

  it('counts tokens: by the provider where it counts, by our tokenizer elsewhere, and is told which', async () => {
    const count = async (model: string): Promise<unknown> => {
      const { data, response } = await client.messages.countTokens({ model, messages: ask('How many?') }).withResponse();
      return [data.input_tokens, response.headers.get('x-antiphon-token-count')];
    };
    expect(await count(MODELS.anthropic)).toEqual([42, 'provider']);
    // Three tokens of text and four for the message.
    expect(await count(MODELS.openai)).toEqual([7, 'estimate']);
    await expect(count('nobody/model')).rejects.toBeInstanceOf(Anthropic.NotFoundError);
  });

  it('lists models page by page and retrieves one', async () => {
    const listed: string[] = [];
    for await (const model of client.models.list({ limit: 2 })) listed.push(model.id);
    expect(listed).toEqual(expect.arrayContaining([MODELS.openai, MODELS.anthropic, 'local/echo']));
    expect(new Set(listed).size).toBe(listed.length);
    expect(await client.models.retrieve(MODELS.openai)).toMatchObject({
      id: MODELS.openai,
      type: 'model',
      display_name: expect.any(String) as string,
    });
    await expect(client.models.retrieve('nobody/model')).rejects.toBeInstanceOf(Anthropic.NotFoundError);
  });
});
