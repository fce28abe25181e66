import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { authorized } from '../e2e/doors.ts';
import { beginStream, toEvent } from '../testkit/upstream.ts';
import { MODELS, startClientServer, type ClientServer } from './client-server.ts';

/** Blanks, an unknown field, an escape that JSON need not have, and a number that is more than a double. */
const WHOLE =
  '{ "id":"chatcmpl-x", "object" : "chat.completion","created":1795000000,"model":"gpt-4.1-mini","choices":[{"index":0,"message":{"role":"assistant","content":"caf\\u00e9 \\/"},"finish_reason":"stop","vendor_mark":12345678901234567890}],"usage":{"prompt_tokens":7,"completion_tokens":3,"total_tokens":10}, "unheard_of":{"a":[1.0,2e3]}}\n';
const chunk = (delta: string, finish = 'null'): string =>
  `data:  {"id":"chatcmpl-x","object":"chat.completion.chunk","created":1795000000,"model":"gpt-4.1-mini","choices":[{"index":0,"delta":${delta},"finish_reason":${finish}}],"x_mark":1.0}\r\n\r\n`;
const HEAD = [
  ': a comment\n\n',
  chunk('{"role":"assistant","content":""}'),
  chunk('{"content":"caf\\u00e9"}'),
  chunk('{"vendor":{"n":12345678901234567890}}'),
  chunk('{}', '"stop"'),
];
const USAGE = toEvent('openai', { id: 'chatcmpl-x', choices: [], usage: { prompt_tokens: 7, completion_tokens: 3, total_tokens: 10 } });
const END = 'data: [DONE]\n\n';

let stand: ClientServer;
beforeAll(async () => {
  stand = await startClientServer((request, response) => {
    if (!request.text.includes('[bytes]')) return false;
    if (request.isStream) beginStream(response).end([...HEAD, USAGE, END].join(''));
    else response.writeHead(200, { 'content-type': 'application/json' }).end(WHOLE);
    return true;
  });
});
afterAll(() => stand[Symbol.asyncDispose]());

async function send(
  fields: Readonly<Record<string, unknown>>,
): Promise<{ bytes: string; sent: Record<string, unknown>; received: unknown }> {
  const { banner } = stand.server;
  const sent = { model: MODELS.openai, messages: [{ role: 'user', content: '[bytes]' }], ...fields };
  const response = await fetch(`${banner.openaiBaseUrl}/chat/completions`, {
    method: 'POST',
    headers: authorized(banner),
    body: JSON.stringify(sent),
  });
  return { bytes: await response.text(), sent, received: stand.upstreams.openai.requests.at(-1)?.body };
}

describe('an answer of the door’s own wire', () => {
  it('arrives byte for byte', async () => {
    expect((await send({})).bytes).toBe(WHOLE);
  });

  it('arrives byte for byte when streamed, without the usage that only we asked for', async () => {
    expect((await send({ stream: true })).bytes).toBe([...HEAD, END].join(''));
  });

  it('arrives byte for byte when streamed with the usage that the caller asked for', async () => {
    expect((await send({ stream: true, stream_options: { include_usage: true } })).bytes).toBe([...HEAD, USAGE, END].join(''));
  });
});

describe('a request of the provider’s own wire', () => {
  const fields = {
    messages: [
      { role: 'developer', content: [{ type: 'text', text: '[bytes]', cache_hint: 'x' }], unheard_of: true },
      { role: 'user', content: 'hello', name: 'ann' },
    ],
    temperature: 0.2,
    logit_bias: { '50256': -100 },
    service_tier: 'flex',
    prediction: { type: 'content', content: 'x' },
    metadata: { team: 'a' },
    store: false,
    top_secret_parameter: { deeply: [{ nested: null }] },
    n: 2,
    logprobs: true,
    top_logprobs: 3,
  };

  it('reaches the provider with every parameter, known to us or not, and nothing of ours', async () => {
    const { sent, received } = await send(fields);
    expect(received).toEqual({ ...sent, model: 'gpt-4.1-mini' });
  });

  it('reaches it the same when streamed, but for the usage that we need', async () => {
    const { sent, received } = await send({ ...fields, stream: true, stream_options: { include_obfuscation: false } });
    expect(received).toEqual({ ...sent, model: 'gpt-4.1-mini', stream_options: { include_obfuscation: false, include_usage: true } });
  });
});
