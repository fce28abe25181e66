import { ApiError, FunctionCallingConfigMode, GoogleGenAI, Type, type Content } from '@google/genai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Wire } from '../testkit/upstream.ts';
import { MODELS, startClientServer, VECTORS, type ClientServer } from './client-server.ts';
import { failAsAsked, type Seen } from './failures.ts';
import { CALLS } from './made-answers.ts';

let stand: ClientServer;
let client: GoogleGenAI;
const seen: Seen = new Map();

function clientOf(apiKey: string, apiVersion = 'v1beta', retries = 1): GoogleGenAI {
  const baseUrl = new URL('/', stand.server.banner.openaiBaseUrl).href;
  return new GoogleGenAI({ apiKey, httpOptions: { baseUrl, apiVersion, retryOptions: { attempts: retries } } });
}

beforeAll(async () => {
  stand = await startClientServer(failAsAsked(seen));
  client = clientOf(stand.server.banner.apiKey);
});
afterAll(() => stand[Symbol.asyncDispose]());

const WEATHER = {
  functionDeclarations: [
    { name: 'get_weather', parameters: { type: Type.OBJECT, properties: { city: { type: Type.STRING } }, required: ['city'] } },
  ],
};
const toCall = ({ name, pieces }: (typeof CALLS)['paris']): object => ({ name, args: JSON.parse(pieces.join('')) as unknown });

/** What the call was rejected with; fails when it was not. */
async function failureOf(call: Promise<unknown>): Promise<ApiError> {
  const error = await call.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ApiError)) return expect.fail(`an error of the client was expected, not ${String(error)}`);
  return error;
}

describe.each(['openai', 'anthropic'] satisfies Wire[])('the official Google client over an upstream of the %s wire', (wire) => {
  const model = MODELS[wire];

  it('gets a whole answer with its usage', async () => {
    const answer = await client.models.generateContent({ model, contents: '[made text]' });
    expect(answer.text).toBe('Good morning, ✓ world.');
    expect(answer.candidates?.[0]?.finishReason).toBe('STOP');
    expect(answer.usageMetadata).toMatchObject({ promptTokenCount: 11, candidatesTokenCount: 5, totalTokenCount: 16 });
    expect(answer.sdkHttpResponse?.headers?.['x-request-id']).toMatch(/^cmp_[0-9a-f]{32}$/);
  });

  it('gets a stream', async () => {
    let text = '';
    let last = null;
    for await (const chunk of await client.models.generateContentStream({ model, contents: '[made text]' })) {
      text += chunk.text ?? '';
      last = chunk;
    }
    expect(text).toBe('Good morning, ✓ world.');
    expect(last?.candidates?.[0]?.finishReason).toBe('STOP');
    expect(last?.usageMetadata).toMatchObject({ promptTokenCount: 11, candidatesTokenCount: 5 });
  });

  it('runs a loop with tools, whole and streamed', async () => {
    const contents: Content[] = [{ role: 'user', parts: [{ text: '[made tools]' }] }];
    const config = { tools: [WEATHER], toolConfig: { functionCallingConfig: { mode: FunctionCallingConfigMode.AUTO } } };
    const whole = await client.models.generateContent({ model, contents, config });
    expect(whole.functionCalls).toMatchObject([toCall(CALLS.paris), toCall(CALLS.oslo)]);
    const streamed: unknown[] = [];
    for await (const chunk of await client.models.generateContentStream({ model, contents, config }))
      streamed.push(...(chunk.functionCalls ?? []));
    expect(streamed).toMatchObject([toCall(CALLS.paris), toCall(CALLS.oslo)]);
    const second = await client.models.generateContent({
      model,
      contents: [
        ...contents,
        whole.candidates?.[0]?.content ?? {},
        {
          role: 'user',
          parts: (whole.functionCalls ?? []).map(({ id, name }) => ({
            functionResponse: { ...(id === undefined ? {} : { id }), name: name ?? '', response: { degrees: 21 } },
          })),
        },
      ],
      config,
    });
    expect(second.text).toBe('It is 21 degrees.');
  });

  it('holds a chat with its helper', async () => {
    const chat = client.chats.create({ model, config: { systemInstruction: 'Be brief.' } });
    expect((await chat.sendMessage({ message: '[made text]' })).text).toBe('Good morning, ✓ world.');
    await chat.sendMessage({ message: '[made text] again' });
    const sent = stand.upstreams[wire].requests.at(-1)?.text ?? '';
    expect(sent).toContain('Be brief.');
    expect(sent).toContain('Good morning');
  });

  it('sends an image and settings', async () => {
    const data = 'iVBORw0KGgo=';
    await client.models.generateContent({
      model,
      contents: [{ role: 'user', parts: [{ text: '[made text]' }, { inlineData: { mimeType: 'image/png', data } }] }],
      config: { maxOutputTokens: 77, stopSequences: ['END'] },
    });
    const sent = stand.upstreams[wire].requests.at(-1);
    expect(sent?.text).toContain(wire === 'openai' ? `data:image/png;base64,${data}` : `"media_type":"image/png","data":"${data}"`);
    expect(sent?.body).toMatchObject(
      wire === 'openai' ? { max_completion_tokens: 77, stop: ['END'] } : { max_tokens: 77, stop_sequences: ['END'] },
    );
  });

  it.each([
    ['limited', 429, 'RESOURCE_EXHAUSTED'],
    ['inside', 503, 'UNAVAILABLE'],
    ['account', 502, 'INTERNAL'],
    ['invalid', 400, 'INVALID_ARGUMENT'],
  ])('throws what it throws for Google itself: %s', async (asked, status, word) => {
    const ask = { model, contents: `[fails ${asked}]` };
    const stream = async (): Promise<void> => {
      for await (const _chunk of await client.models.generateContentStream(ask));
    };
    for (const call of [client.models.generateContent(ask), stream()]) {
      const error = await failureOf(call);
      expect(error.status).toBe(status);
      expect(error.message).toContain(`"status":"${word}"`);
    }
  });

  it('throws in the middle of a stream, after what had come', async () => {
    let text = '';
    const error = await failureOf(
      (async () => {
        for await (const chunk of await client.models.generateContentStream({ model, contents: '[fails midway]' }))
          text += chunk.text ?? '';
      })(),
    );
    expect(text).toBe('Half an ');
    expect(error.message).toContain('UNAVAILABLE');
  });

  it('that is aborted aborts the call upstream', async () => {
    const marker = `${wire} aborted [fails never]`;
    const controller = new AbortController();
    const call = client.models.generateContent({ model, contents: marker, config: { abortSignal: controller.signal } });
    const upstream = await stand.upstreams[wire].received(({ text }) => text.includes(marker));
    controller.abort();
    await expect(call).rejects.toThrow();
    expect(await upstream.wasCutOff).toBe(true);
  });

  it('is told to come back, and does by itself', async () => {
    seen.delete('once');
    const patient = clientOf(stand.server.banner.apiKey, 'v1beta', 3);
    expect((await patient.models.generateContent({ model, contents: '[fails once]' })).text).toBe('Good morning, ✓ world.');
    expect(seen.get('once')).toBe(2);
  });
});

describe('the official Google client', () => {
  it('calls the other version of the wire at the paths that it shares with OpenAI’s', async () => {
    const stable = clientOf(stand.server.banner.apiKey, 'v1');
    expect((await stable.models.generateContent({ model: 'local/echo', contents: 'hello' })).text).toContain('hello');
    expect(await stable.models.get({ model: MODELS.openai })).toMatchObject({ name: `models/${MODELS.openai}` });
  });

  it('counts tokens', async () => {
    expect((await client.models.countTokens({ model: MODELS.anthropic, contents: 'How many?' })).totalTokens).toBe(42);
    expect((await client.models.countTokens({ model: MODELS.openai, contents: 'How many?' })).totalTokens).toBe(7);
  });

  it('gets embeddings', async () => {
    const { embeddings } = await client.models.embedContent({
      model: 'openai/text-embedding-3-small',
      contents: ['first', 'second'],
      config: { outputDimensionality: 3 },
    });
    expect(embeddings?.map(({ values }) => values)).toEqual(VECTORS);
    expect(stand.upstreams.openai.requests.at(-1)?.body).toMatchObject({ input: ['first', 'second'], dimensions: 3 });
  });

  it('lists models page by page', async () => {
    const listed: string[] = [];
    for await (const { name } of await client.models.list({ config: { pageSize: 2 } })) listed.push(name ?? '');
    expect(listed).toEqual(expect.arrayContaining([`models/${MODELS.openai}`, `models/${MODELS.anthropic}`, 'models/local/echo']));
    expect(new Set(listed).size).toBe(listed.length);
  });

  it('lists models in its own form where it sends the key in the query', async () => {
    const { openaiBaseUrl, apiKey } = stand.server.banner;
    const response = await fetch(new URL(`/v1/models?key=${apiKey}`, openaiBaseUrl));
    expect(await response.json()).toMatchObject({ models: expect.any(Array) as unknown });
  });

  it.each([
    ['a wrong key', 'sk-not-ours', 'local/echo', 401, 'UNAUTHENTICATED'],
    ['a model that is not there', null, 'nobody/model', 404, 'NOT_FOUND'],
  ])('throws for %s what it throws for Google itself', async (_name, key, model, status, word) => {
    const caller = key === null ? client : clientOf(key);
    const error = await failureOf(caller.models.generateContent({ model, contents: 'hello' }));
    expect(error.status).toBe(status);
    expect(error.message).toContain(`"status":"${word}"`);
  });
});
