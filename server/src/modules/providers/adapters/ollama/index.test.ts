import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../../kernel/clock/index.ts';
import { Secret } from '../../../../kernel/crypto/index.ts';
import { serveHttp, type LoopbackServer } from '../../../../../../test/testkit/loopback.ts';
import {
  callOf,
  collect,
  contextOf,
  createTestClient,
  errorOf,
  partsOf,
  PLAIN_REQUEST,
} from '../../../../../../test/testkit/provider-calls.ts';
import type { JsonObject, Provider, StreamPart } from '../../contract.ts';
import { createOllamaProvider } from './index.ts';

const httpClient = createTestClient();
afterAll(() => httpClient.close());
const CALL = callOf('qwen3', PLAIN_REQUEST);
const NDJSON = { 'content-type': 'application/x-ndjson' };

function providerAt(baseUrl: string, apiKey: Secret | null = null): Provider {
  return createOllamaProvider({ id: 'ollama', displayName: 'Ollama', baseUrl, apiKey, httpClient, clock: systemClock, egress: 'operator' });
}

function serve(answer: (response: ServerResponse, request: IncomingMessage) => void): Promise<LoopbackServer> {
  return serveHttp((request, response) => {
    request.resume();
    request.once('end', () => answer(response, request));
  });
}

const line = (message: JsonObject, rest: JsonObject = {}): string =>
  `${JSON.stringify({ model: 'qwen3', created_at: '2026-01-01T00:00:01.5Z', message, done: false, ...rest })}\n`;
const END = line(
  { role: 'assistant', content: '' },
  { done: true, done_reason: 'stop', prompt_eval_count: 2, eval_count: 3, total_duration: 9 },
);

describe('the Ollama adapter', () => {
  it('makes a whole choice of a made stream, log probabilities and calls without ids included', async () => {
    await using server = await serve((response) => {
      response.writeHead(200, NDJSON);
      response.write(line({ role: 'assistant', content: '', thinking: 'Hm' }));
      response.write(line({ role: 'assistant', content: 'é' }, { logprobs: [{ token: 'é', logprob: -0.5 }] }));
      response.write(line({ role: 'assistant', content: '', tool_calls: [{ function: { name: 'add', arguments: { x: 1 } } }] }));
      response.end(line({ role: 'assistant', content: '', thinking: 'So' }) + END);
    });
    const { choices, usage, extra } = collect(await partsOf(providerAt(server.url), CALL));
    expect(choices).toEqual([
      {
        index: 0,
        text: 'é',
        reasoning: [{ text: 'Hm' }, { text: 'So' }],
        refusal: null,
        toolCalls: [{ id: 'call_202601010000015_0', name: 'add', argumentsText: '{"x":1}' }],
        logprobs: { content: [{ token: 'é', logprob: -0.5 }] },
        finishReason: 'tool-calls',
        rawFinishReason: 'stop',
        extra: {},
      },
    ]);
    expect(usage).toMatchObject({ inputTokens: 2, outputTokens: 3, totalTokens: 5, raw: { prompt_eval_count: 2, eval_count: 3 } });
    expect(extra).toEqual({ total_duration: 9 });
  });

  it('takes a document in place of a stream, and sends its key where it has one', async () => {
    let authorization: string | undefined;
    await using server = await serve((response, request) => {
      ({ authorization } = request.headers);
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(END.replace('"content":""', '"content":"Hi"'));
    });
    const { choices } = collect(await partsOf(providerAt(`${server.url}/api/`, new Secret('key-of-the-test')), CALL));
    expect(choices[0]?.text).toBe('Hi');
    expect(authorization).toBe('Bearer key-of-the-test');
  });

  it('gives what came before an error within a stream, then the error', async () => {
    await using server = await serve((response) => {
      response.writeHead(200, NDJSON);
      response.end(`${line({ role: 'assistant', content: 'Hi' })}{"error":"an error was encountered while running the model"}\n`);
    });
    const parts: StreamPart[] = [];
    const error = await errorOf(providerAt(server.url).stream(CALL, { part: (part) => void parts.push(part) }));
    expect(parts.map(({ type }) => type)).toEqual(['response-start', 'text-delta']);
    expect(error).toMatchObject({ errorClass: 'overloaded', callerMessage: null, httpStatus: 200 });
  });

  it.each([
    ['a stream that breaks off', line({ role: 'assistant', content: 'Hi' })],
    ['an empty stream', ''],
    ['a line that is no JSON', 'Hello\n'],
    ['a call too many', line({ tool_calls: Array.from({ length: 513 }, () => ({ function: { name: 'a' } })) }) + END],
  ])('refuses %s', async (_what, text) => {
    await using server = await serve((response) => response.writeHead(200, NDJSON).end(text));
    expect(await errorOf(partsOf(providerAt(server.url), CALL))).toMatchObject({ errorClass: 'malformed' });
  });

  it('gives parts one by one, no faster than they are taken', async () => {
    await using server = await serve((response) => {
      response.writeHead(200, NDJSON);
      for (const letter of 'abcdef') response.write(line({ role: 'assistant', content: letter }));
      response.end(END);
    });
    const taken: string[] = [];
    let isTaking = false;
    await providerAt(server.url).stream(CALL, {
      part: async (part) => {
        expect(isTaking).toBe(false);
        isTaking = true;
        await new Promise((resolve) => setImmediate(resolve));
        isTaking = false;
        if (part.type === 'text-delta') taken.push(part.text);
      },
    });
    expect(taken.join('')).toBe('abcdef');
  });

  it('ends with the error of whoever takes the parts', async () => {
    await using server = await serve((response) => {
      response.writeHead(200, NDJSON);
      response.write(line({ role: 'assistant', content: 'Hi' }));
    });
    const refusal = new Error('no more');
    const refuse = (isLate: boolean): Promise<unknown> =>
      errorOf(
        providerAt(server.url).stream(CALL, {
          part: () => {
            if (isLate) return Promise.reject(refusal);
            throw refusal;
          },
        }),
      );
    expect([await refuse(false), await refuse(true)]).toEqual([refusal, refusal]);
    await server.drained();
  });

  it('ends with the caller', async () => {
    const controller = new AbortController();
    await using server = await serve((response) => {
      response.writeHead(200, NDJSON);
      response.write(line({ role: 'assistant', content: 'Hi' }));
    });
    const call = { ...CALL, context: contextOf(controller.signal) };
    const error = await errorOf(providerAt(server.url).stream(call, { part: () => controller.abort() }));
    expect(error).toMatchObject({ errorClass: 'cancelled' });
    await server.drained();
  });

  it.each([
    [400, { error: '"gemma" does not support tools' }, 'invalid'],
    [400, { error: 'the input length exceeds the context length' }, 'too-long'],
    [401, { error: 'unauthorized' }, 'auth'],
    [404, { error: "model 'x' not found" }, 'not-found'],
    [429, { error: "you've reached your hourly usage limit, please upgrade to continue" }, 'quota'],
    [429, { error: 'slow down' }, 'rate-limit'],
    [500, { error: 'model requires more system memory (8.0 GiB) than is available (2.0 GiB)' }, 'overloaded'],
    [503, { error: 'server busy, please try again. maximum pending requests exceeded' }, 'overloaded'],
    [502, '<html>Bad gateway</html>', 'overloaded'],
    [400, 'plain text', 'invalid'],
  ])('an answer of %i with %j is of its class: %s', async (status, body, errorClass) => {
    await using server = await serve((response) =>
      response.writeHead(status, { 'retry-after': '2' }).end(typeof body === 'string' ? body : JSON.stringify(body)),
    );
    const waits = ['rate-limit', 'overloaded', 'quota'].includes(errorClass);
    const expected = { errorClass, httpStatus: status, retryAfterMs: waits ? 2000 : null };
    expect(await errorOf(providerAt(server.url).complete(CALL))).toMatchObject(expected);
    expect(await errorOf(partsOf(providerAt(server.url), CALL))).toMatchObject(expected);
  });

  it('embeds texts, and refuses what it cannot embed before anything is sent', async () => {
    let served = 0;
    await using server = await serve((response) => {
      served += 1;
      response.end(JSON.stringify({ model: 'all-minilm', embeddings: served === 1 ? [[0.5, 1]] : [], prompt_eval_count: 2 }));
    });
    const provider = providerAt(server.url);
    const embed = (input: string | readonly number[]) =>
      (provider.embed as NonNullable<Provider['embed']>)('all-minilm', { inputs: [input] }, contextOf());
    expect(await embed('Hello')).toMatchObject({ vectors: [[0.5, 1]], usage: { inputTokens: 2, totalTokens: 2 }, model: 'all-minilm' });
    expect(await errorOf(embed([1, 2]))).toMatchObject({ errorClass: 'invalid', param: 'input' });
    expect(served).toBe(1);
    expect(await errorOf(embed('Hello'))).toMatchObject({ errorClass: 'malformed' });
  });
});
