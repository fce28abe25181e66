import OpenAI, { AzureOpenAI } from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Wire } from '../testkit/upstream.ts';
import { MODELS, startClientServer, VECTORS, type ClientServer } from './client-server.ts';

let stand: ClientServer;
let client: OpenAI;
beforeAll(async () => {
  stand = await startClientServer();
  const { openaiBaseUrl: baseURL, apiKey } = stand.server.banner;
  client = new OpenAI({ baseURL, apiKey, maxRetries: 0 });
});
afterAll(() => stand[Symbol.asyncDispose]());

const SAID = 'Good morning, ✓ world.';

describe.each(['openai', 'anthropic'] satisfies Wire[])('the text endpoint over an upstream of the %s wire', (wire) => {
  const model = MODELS[wire];

  it('gives a whole text, with the prompt in front where its echo is asked for', async () => {
    const answer = await client.completions.create({ model, prompt: '[made text]', max_tokens: 20 });
    expect(answer).toMatchObject({
      object: 'text_completion',
      choices: [{ text: SAID, index: 0, logprobs: null, finish_reason: 'stop' }],
      usage: { prompt_tokens: 11, completion_tokens: 5, total_tokens: 16 },
    });
    const echoed = await client.completions.create({ model, prompt: ['[made text] '], echo: true });
    expect(echoed.choices[0]?.text).toBe(`[made text] ${SAID}`);
  });

  it('streams a text, with usage only where it is asked for', async () => {
    for (const include_usage of [false, true]) {
      const chunks: OpenAI.Completion[] = [];
      const stream = await client.completions.create({
        model,
        prompt: '[made text]',
        echo: true,
        stream: true,
        stream_options: { include_usage },
      });
      for await (const chunk of stream) chunks.push(chunk);
      expect(chunks.map(({ choices }) => choices[0]?.text ?? '').join('')).toBe(`[made text]${SAID}`);
      expect(chunks.flatMap(({ choices }) => choices.map(({ finish_reason }) => finish_reason)).filter(Boolean)).toEqual(['stop']);
      expect(chunks.filter(({ usage }) => usage != null).map(({ usage }) => usage?.total_tokens)).toEqual(include_usage ? [16] : []);
    }
  });

  it('says what it cannot do of what was asked', async () => {
    const { response } = await client.completions.create({ model, prompt: '[made text]', suffix: '}', best_of: 3 }).withResponse();
    const [warnings, requestId] = [response.headers.get('x-antiphon-warnings'), response.headers.get('x-request-id')];
    const { rows } = await stand.database.pools.general.query<{ warnings: string[]; door: string }>(
      `select s.warnings, r.door from completion_settlement s join completion_request r on r.id = s.request_id
       where replace(s.request_id::text, '-', '') = $1`,
      [requestId?.slice('cmp_'.length)],
    );
    expect(rows[0]?.door).toBe('OPENAI');
    expect(rows[0]?.warnings.slice(0, 2)).toEqual([expect.stringContaining('suffix'), expect.stringContaining('best_of')]);
    expect(Number(warnings)).toBe(rows[0]?.warnings.length);
  });

  it('answers several prompts in one body, each by a call with a record of its own', async () => {
    const prompt = ['[made text] a ', '[made text] b '];
    const { data, response } = await client.completions.create({ model, prompt, echo: true }).withResponse();
    expect(data.choices.map(({ index, text }) => [index, text])).toEqual(prompt.map((text, index) => [index, text + SAID]));
    expect(data.usage).toMatchObject({ prompt_tokens: 22, completion_tokens: 10, total_tokens: 32 });
    const { rows } = await stand.database.pools.general.query<{ cost: string }>(
      `select s.cost_nano_usd::text as cost from completion_settlement s join completion_input i on i.request_id = s.request_id
       where i.format = 'openai-completions' and i.body::text like '%[made text] b %' and i.body::text like '%' || $1 || '%'`,
      [model],
    );
    const sum = rows.reduce((total, { cost }) => total + Number(cost), 0);
    expect([rows.length, Math.round(Number(response.headers.get('x-antiphon-cost-usd')) * 1e9)]).toEqual([2, sum]);
  });

  it('holds several prompts to one bound on the cost', async () => {
    const asked = stand.upstreams[wire].requests.length;
    const whole = await client.completions.create({ model, prompt: '[made text] x', max_tokens: 10 }).withResponse();
    const cost = Number(whole.response.headers.get('x-antiphon-cost-usd'));
    const reserved = await client.completions
      .create(
        { model, prompt: Array.from({ length: 3 }, () => '[made text] x'), max_tokens: 10 },
        { headers: { 'x-antiphon-max-cost-usd': cost.toFixed(9) } },
      )
      .catch((error: unknown) => error);
    expect(reserved).toMatchObject({ status: 429, code: 'insufficient_quota' });
    expect(stand.upstreams[wire].requests.length - asked).toBeLessThan(4);
  });

  it.each([
    ['a stream', { stream: true as const }, {}],
    ['an idempotency key', {}, { 'idempotency-key': 'several' }],
  ])('takes one prompt for %s', async (_name, fields, headers) => {
    const call = client.completions.create({ model, prompt: ['a', 'b'], ...fields }, { headers });
    await expect(call).rejects.toMatchObject({ status: 400, param: 'prompt' });
  });

  it.each([
    ['no prompt', undefined, 'prompt'],
    ['token numbers', [1, 2], 'prompt'],
  ])('refuses %s', async (_name, prompt, param) => {
    const call = client.completions.create({ model, prompt } as OpenAI.CompletionCreateParamsNonStreaming);
    await expect(call).rejects.toMatchObject({ status: 400, param });
  });
});

describe('a client that looks for the OpenAI wire elsewhere', () => {
  it.each(['/openai/v1', '/api/v1', ''])('finds it under "%s"', async (base) => {
    const { openaiBaseUrl, apiKey } = stand.server.banner;
    const moved = new OpenAI({ baseURL: new URL(openaiBaseUrl).origin + base, apiKey, maxRetries: 0 });
    const answer = await moved.chat.completions.create({ model: 'local/echo', messages: [{ role: 'user', content: 'hello' }] });
    expect(answer.choices[0]?.message.content).toContain('hello');
    expect(await moved.models.retrieve(MODELS.openai)).toMatchObject({ id: MODELS.openai });
  });

  it('names the model as Azure’s clients do, in the path', async () => {
    const { openaiBaseUrl, apiKey } = stand.server.banner;
    const endpoint = new URL(openaiBaseUrl).origin;
    const azure = new AzureOpenAI({ endpoint, apiKey, apiVersion: '2024-10-21', deployment: MODELS.openai, maxRetries: 0 });
    const answer = await azure.chat.completions.create({ model: 'ignored', messages: [{ role: 'user', content: '[made text]' }] });
    expect(answer.choices[0]?.message.content).toBe(SAID);
    expect(stand.upstreams.openai.requests.at(-1)?.body['model']).toBe('gpt-4.1-mini');
    const plain = await fetch(`${endpoint}/openai/deployments/${MODELS.anthropic}/chat/completions?api-version=2024-10-21`, {
      method: 'POST',
      headers: { 'api-key': apiKey },
      body: JSON.stringify({ messages: [{ role: 'user', content: '[made text]' }] }),
    });
    expect(await plain.json()).toMatchObject({ choices: [{ message: { content: SAID } }] });
  });

  it('gets embeddings at a deployment, and a clear answer where there is none', async () => {
    const { openaiBaseUrl, apiKey } = stand.server.banner;
    const base = { endpoint: new URL(openaiBaseUrl).origin, apiKey, apiVersion: '2024-10-21', maxRetries: 0 };
    const { data } = await new AzureOpenAI({ ...base, deployment: 'openai/text-embedding-3-small' }).embeddings.create({
      model: 'x',
      input: 'first',
    });
    expect(data[0]?.embedding).toEqual(VECTORS[0]);
    const call = new AzureOpenAI({ ...base, deployment: 'nobody' }).chat.completions.create({
      model: 'x',
      messages: [{ role: 'user', content: 'x' }],
    });
    await expect(call).rejects.toMatchObject({ status: 404, code: 'model_not_found' });
  });

  it('is given the description of all paths, and told when it is the same', async () => {
    const url = new URL('/openapi.json', stand.server.banner.openaiBaseUrl);
    const response = await fetch(url);
    const etag = response.headers.get('etag') ?? '';
    expect(await response.json()).toMatchObject({
      openapi: '3.1.0',
      paths: { '/v1/messages': { post: { operationId: 'createMessage' } } },
    });
    expect((await fetch(url, { headers: { 'if-none-match': etag } })).status).toBe(304);
  });

  it('is told that somebody is there, without a key', async () => {
    for (const method of ['GET', 'HEAD'])
      expect((await fetch(new URL('/', stand.server.banner.openaiBaseUrl), { method })).status).toBe(200);
  });
});
