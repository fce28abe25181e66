import OpenAI from 'openai';
import { zodResponseFormat } from 'openai/helpers/zod';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Wire } from '../testkit/upstream.ts';
import { MODELS, startClientServer, VECTORS, type ClientServer } from './client-server.ts';
import { CALLS } from './made-answers.ts';

type Messages = OpenAI.Chat.Completions.ChatCompletionMessageParam[];

let stand: ClientServer;
let client: OpenAI;
beforeAll(async () => {
  stand = await startClientServer();
  const { openaiBaseUrl: baseURL, apiKey } = stand.server.banner;
  client = new OpenAI({ baseURL, apiKey, maxRetries: 0 });
});
afterAll(() => stand[Symbol.asyncDispose]());

const ask = (content: string): Messages => [{ role: 'user', content }];
const WEATHER: OpenAI.Chat.Completions.ChatCompletionTool = {
  type: 'function',
  function: { name: 'get_weather', parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] } },
};
const toCall = ({ id, name, pieces }: (typeof CALLS)['paris']): unknown => ({
  id,
  type: 'function',
  function: { name, arguments: pieces.join('') },
});

describe.each(['openai', 'anthropic'] satisfies Wire[])('the official JavaScript client over an upstream of the %s wire', (wire) => {
  const model = MODELS[wire];

  it('gets a whole answer with its usage and the completion’s id', async () => {
    const answer = await client.chat.completions.create({ model, messages: ask('[made text]') });
    expect(answer.choices).toHaveLength(1);
    expect(answer.choices[0]).toMatchObject({
      index: 0,
      finish_reason: 'stop',
      logprobs: null,
      message: { role: 'assistant', content: 'Good morning, ✓ world.', refusal: null },
    });
    expect(answer.usage).toMatchObject({ prompt_tokens: 11, completion_tokens: 5, total_tokens: 16 });
    expect(answer.object).toBe('chat.completion');
    expect(answer._request_id).toMatch(/^cmp_[0-9a-f]{32}$/);
  });

  it('gets a stream, with usage only where it asks for it', async () => {
    for (const include_usage of [false, true]) {
      const stream = await client.chat.completions.create({
        model,
        messages: ask('[made text]'),
        stream: true,
        ...(include_usage ? { stream_options: { include_usage } } : {}),
      });
      const chunks: OpenAI.Chat.Completions.ChatCompletionChunk[] = [];
      for await (const chunk of stream) chunks.push(chunk);
      expect(chunks.map(({ choices }) => choices[0]?.delta.content ?? '').join('')).toBe('Good morning, ✓ world.');
      expect(chunks.flatMap(({ choices }) => choices.map(({ finish_reason }) => finish_reason)).filter(Boolean)).toEqual(['stop']);
      const withUsage = chunks.filter(({ usage }) => usage != null);
      expect(withUsage.map(({ choices, usage }) => [choices, usage?.total_tokens])).toEqual(include_usage ? [[[], 16]] : []);
      expect(new Set(chunks.map(({ id }) => id)).size).toBe(1);
    }
  });

  it('follows a stream with its helper to the end', async () => {
    const stream = client.chat.completions.stream({
      model,
      messages: ask('[made tools]'),
      tools: [WEATHER],
      stream_options: { include_usage: true },
    });
    const deltas: string[] = [];
    stream.on('content', (delta) => deltas.push(delta));
    const final = await stream.finalChatCompletion();
    expect(deltas.join('')).toBe('Two cities. ');
    expect(
      final.choices[0]?.message.tool_calls?.map(({ id, type, ...call }) => ({ id, type, ...('function' in call ? call : {}) })),
    ).toMatchObject([toCall(CALLS.paris), toCall(CALLS.oslo)]);
    expect(final.choices[0]?.finish_reason).toBe('tool_calls');
    expect(final.usage?.total_tokens).toBe(94);
  });

  it.each([
    ['one tool', '[made tool]', [CALLS.paris]],
    ['two tools at once', '[made tools]', [CALLS.paris, CALLS.oslo]],
  ])('gets the call of %s', async (_name, prompt, calls) => {
    const answer = await client.chat.completions.create({ model, messages: ask(prompt), tools: [WEATHER], tool_choice: 'auto' });
    expect(answer.choices[0]?.finish_reason).toBe('tool_calls');
    expect(answer.choices[0]?.message.tool_calls?.map(withoutBlanks)).toEqual(calls.map(toCall));
  });

  it.each([false, true])('runs tools until there is an answer (streamed: %s)', async (stream) => {
    const asked: unknown[] = [];
    const runner = client.chat.completions.runTools({
      model,
      stream,
      messages: ask('[made tool]'),
      tools: [
        {
          type: 'function',
          function: {
            name: 'get_weather',
            parse: JSON.parse as (text: string) => object,
            function: (input: object) => {
              asked.push(input);
              return '21 degrees';
            },
            parameters: { type: 'object', properties: { city: { type: 'string' } } },
            description: 'Weather of a city',
          },
        },
      ],
    } as Parameters<typeof client.chat.completions.runTools>[0]);
    expect(await runner.finalContent()).toBe('It is 21 degrees.');
    expect(asked).toEqual([{ city: 'Paris' }]);
    const second = stand.upstreams[wire].requests.at(-1);
    expect(second?.text).toContain('21 degrees');
    expect(second?.text).toContain(CALLS.paris.id);
  });

  it('gets an answer that keeps to a schema, parsed', async () => {
    const Trip = z.object({ city: z.string(), days: z.number() });
    const answer = await client.chat.completions.parse({
      model,
      messages: ask('[made json]'),
      response_format: zodResponseFormat(Trip, 'trip'),
    });
    expect(answer.choices[0]?.message.parsed).toEqual({ city: 'Paris', days: 3 });
    expect(stand.upstreams[wire].requests.at(-1)?.text).toContain('"days"');
  });

  it('sends an image', async () => {
    const png = 'iVBORw0KGgo=';
    await client.chat.completions.create({
      model,
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: '[made text]' },
            { type: 'image_url', image_url: { url: `data:image/png;base64,${png}` } },
          ],
        },
      ],
    });
    const body = stand.upstreams[wire].requests.at(-1)?.body as { messages: { content: unknown[] }[] } | undefined;
    const asSent =
      wire === 'openai'
        ? { type: 'image_url', image_url: { url: `data:image/png;base64,${png}` } }
        : { type: 'image', source: { type: 'base64', media_type: 'image/png', data: png } };
    expect(body?.messages[0]?.content[1]).toEqual(asSent);
  });
});

/** The client adds what it parsed; what counts is what came. */
function withoutBlanks(call: OpenAI.Chat.Completions.ChatCompletionMessageToolCall): unknown {
  return call.type === 'function'
    ? { id: call.id, type: call.type, function: { name: call.function.name, arguments: call.function.arguments } }
    : call;
}

describe('the official JavaScript client', () => {
  it.each([undefined, 'float', 'base64'] as const)('gets embeddings (encoding: %s)', async (encoding_format) => {
    const { data, usage, model } = await client.embeddings.create({
      model: 'openai/text-embedding-3-small',
      input: ['first', 'second'],
      dimensions: 3,
      ...(encoding_format === undefined ? {} : { encoding_format }),
    });
    const decoded = data.map(({ embedding }) =>
      typeof embedding === 'string' ? [...new Float32Array(new Uint8Array(Buffer.from(embedding, 'base64')).buffer)] : embedding,
    );
    expect(decoded).toEqual(VECTORS);
    expect([model, usage.prompt_tokens]).toEqual(['text-embedding-3-small', 8]);
    expect(stand.upstreams.openai.requests.at(-1)?.body).toMatchObject({ input: ['first', 'second'], dimensions: 3 });
  });

  it('lists models and retrieves one', async () => {
    const listed: string[] = [];
    for await (const { id } of client.models.list()) listed.push(id);
    expect(listed).toEqual(expect.arrayContaining([MODELS.openai, MODELS.anthropic, 'local/echo']));
    expect(await client.models.retrieve(MODELS.openai)).toMatchObject({ id: MODELS.openai, object: 'model', owned_by: 'openai' });
  });
});
