import { describe, expect, it } from 'vitest';
import { serveRecorded, type ReplayServer } from '../../../../../test/testkit/replay-server.ts';
import { openHttpClient } from '../../../../../test/testkit/http-client.ts';
import { systemClock } from '../../../kernel/clock/index.ts';
import { Secret } from '../../../kernel/crypto/index.ts';
import { createIds } from '../../../kernel/ids/index.ts';
import type { CompletionRequest, JsonObject, Provider, ProviderCall } from '../contract.ts';
import { findVendor, VENDORS, type Vendor, type VendorConnection } from './index.ts';

const KEY = 'key-of-the-test';
/** Of this wire alone, with a key and a base URL of their own. */
const OF_OPENAI_WIRE = VENDORS.filter(
  ({ baseUrlEndsBefore, defaultBaseUrl, settings }) =>
    baseUrlEndsBefore === '/chat/completions' && settings[0]?.name === 'apiKey' && defaultBaseUrl?.includes('{') !== true,
);
/** Whom the platform promises to speak to. */
const PROMISED = (
  'openai azure-openai anthropic google-gemini google-vertex bedrock mistral cohere ai21 huggingface together fireworks groq deepseek qwen ' +
  'xai llama-api perplexity openrouter cerebras sambanova nvidia-nim moonshot zhipu minimax deepinfra replicate watsonx databricks ' +
  'snowflake-cortex github-models ollama vllm lm-studio llama-cpp venice compatible'
).split(' ');
/** Clouds whose one account opens several vendors. */
const SHARED_VARIABLE = /^(?:AWS_|GOOGLE_|WATSONX_|DATABRICKS_|SNOWFLAKE_)/;
const HELLO: CompletionRequest = { messages: [{ role: 'user', content: [{ type: 'text', text: 'hello' }] }] };
const ANSWER = { id: 'a', model: 'm', choices: [{ index: 0, message: { role: 'assistant', content: 'hi' }, finish_reason: 'stop' }] };

function connectionTo(vendor: Vendor, baseUrl: string, settings: Record<string, string> = {}): VendorConnection {
  const { id: providerId, displayName } = vendor;
  return {
    providerId,
    displayName,
    baseUrl,
    settings,
    secrets: { apiKey: new Secret(KEY) },
    headers: { 'x-own': 'yes' },
    egress: 'operator',
  };
}

const httpClient = openHttpClient();
const deps = { httpClient, clock: systemClock, ids: createIds(systemClock), maxOutputTokensOf: () => null };

function callOf(request: CompletionRequest, body: JsonObject | null = null): ProviderCall {
  const context = { attemptId: 'attempt-1', signal: new AbortController().signal, remainingMs: 10_000, traceHeaders: {} };
  return { model: 'maker/m', request: () => request, wire: body === null ? null : { dialect: 'openai', body }, context };
}

function serveAnswer(
  path: string,
  requestHeaders: Record<string, string> = {},
  body: unknown = ANSWER,
  status = 200,
): Promise<ReplayServer> {
  return serveRecorded({
    method: 'POST',
    path,
    requestHeaders,
    status,
    responseHeaders: { 'content-type': 'application/json' },
    responseBody: Buffer.from(JSON.stringify(body)),
  });
}

/** What a vendor sends for a request, and what it warns of. */
async function sentBy(vendorId: string, call: ProviderCall): Promise<{ body: JsonObject; warnings: readonly string[] }> {
  const vendor = findVendor(vendorId);
  if (vendor === null) throw new Error(`there is no vendor ${vendorId}`);
  await using server = await serveAnswer('/chat/completions');
  const { warnings } = await vendor.connect(connectionTo(vendor, server.url), deps).complete(call);
  return { body: server.received[0] as JsonObject, warnings };
}

describe('the table of vendors', () => {
  it('names each once, with ids that can stand before a slash', () => {
    const ids = VENDORS.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of [...ids, ...VENDORS.flatMap(({ settings }) => settings.map(({ name }) => name))])
      expect(id).toMatch(/^[a-z][A-Za-z0-9-]*$/);
    expect(PROMISED.filter((id) => !ids.includes(id))).toEqual([]);
  });

  it('has usual base URLs that end without a slash, over TLS unless they are on this machine', () => {
    for (const { defaultBaseUrl, id } of VENDORS) {
      if (defaultBaseUrl === null) continue;
      expect(defaultBaseUrl, id).not.toMatch(/\/$/);
      expect(defaultBaseUrl, id).toMatch(/^(https:\/\/|http:\/\/(localhost|127\.0\.0\.1)[:/])/);
    }
  });

  it('reads no variable for two vendors, but for those of a cloud that has several', () => {
    const readers = VENDORS.flatMap(({ id, baseUrlVariable, settings }) =>
      [...new Set([baseUrlVariable, ...settings.flatMap(({ variables }) => variables)])].flatMap((name) =>
        name === null ? [] : [[name, id]],
      ),
    );
    const seen = new Map<string, string>();
    for (const [name = '', id = ''] of readers) {
      if (!SHARED_VARIABLE.test(name)) expect([name, seen.get(name) ?? id]).toEqual([name, id]);
      seen.set(name, id);
    }
  });

  it('can be asked for by the environment, and tells a form what to ask', () => {
    for (const { id, settings, baseUrlVariable } of VENDORS) {
      expect(baseUrlVariable !== null || settings.some(({ variables }) => variables.length > 0), id).toBe(true);
      for (const { description, isSecret, name } of settings) {
        expect(description).toMatch(/^[a-z].*[^.]$/);
        if (/apiKey|token|secret/i.test(name)) expect(isSecret, `${id} ${name}`).toBe(true);
      }
    }
  });
});

describe.each(OF_OPENAI_WIRE)('$displayName over the OpenAI wire', (vendor) => {
  it('sends the key, the headers of the connection and the model as it is named, and nothing that was not asked for', async () => {
    const basePath = new URL(vendor.defaultBaseUrl ?? 'http://any/v1').pathname.replace(/\/$/, '');
    const isAzure = vendor.id === 'azure-openai';
    await using server = await serveAnswer(`${basePath}${isAzure ? '/openai/v1' : ''}/chat/completions`, {
      ...(isAzure ? { 'api-key': KEY } : { authorization: `Bearer ${KEY}` }),
      'x-own': 'yes',
    });
    const provider = vendor.connect(connectionTo(vendor, server.url + basePath), deps);
    const result = await provider.complete(callOf(HELLO));
    expect(server.mismatches).toEqual([]);
    expect(server.received).toEqual([{ messages: [{ role: 'user', content: 'hello' }], model: 'maker/m' }]);
    expect([result.choices[0]?.text, result.warnings]).toEqual(['hi', []]);
    expect(provider.id).toBe(vendor.id);
    expect(provider.dialects).toContain('openai');
  });

  it('warns of everything that it leaves out of a request for all there is, and passes the rest on', async () => {
    const everything: CompletionRequest = {
      ...HELLO,
      tools: [{ name: 'f' }],
      toolChoice: { mode: 'required' },
      parallelToolCalls: true,
      maxOutputTokens: 5,
      temperature: 1,
      topP: 1,
      topK: 1,
      frequencyPenalty: 1,
      presencePenalty: 1,
      stop: ['x'],
      seed: 1,
      choiceCount: 2,
      logprobs: { topCount: 2 },
      endUserId: 'u',
      extra: { unheard_of: 1 },
    };
    const { body, warnings } = await sentBy(vendor.id, callOf(everything));
    const names = {
      tools: ['tools'],
      tool_choice: ['tool_choice'],
      parallel_tool_calls: ['parallel_tool_calls'],
      max_tokens: ['max_tokens', 'max_completion_tokens'],
      temperature: ['temperature'],
      top_p: ['top_p'],
      top_k: ['top_k'],
      frequency_penalty: ['frequency_penalty'],
      presence_penalty: ['presence_penalty'],
      stop: ['stop'],
      seed: ['seed', 'random_seed'],
      n: ['n'],
      logprobs: ['logprobs'],
      top_logprobs: ['top_logprobs'],
      user: ['user'],
      unheard_of: ['unheard_of'],
    };
    for (const [name, spellings] of Object.entries(names)) {
      const isSent = spellings.some((spelling) => spelling in body);
      expect([name, isSent], warnings.join('\n')).toEqual([name, !warnings.some((warning) => warning.includes(` ${name};`))]);
    }
  });
});

describe('what sets vendors apart', () => {
  it('Mistral: its own words for seed and required tools, and no stream options', async () => {
    const body = {
      model: 'm',
      messages: [],
      seed: 7,
      tool_choice: 'required',
      user: 'u',
      max_completion_tokens: 3,
      stream_options: { include_usage: true },
    };
    const sent = await sentBy('mistral', callOf(HELLO, body));
    expect(sent).toEqual({
      body: { model: 'maker/m', messages: [], random_seed: 7, tool_choice: 'any', max_tokens: 3 },
      warnings: ['Mistral does not support user; it was left out.'],
    });
  });

  it('Groq: no name on messages but on results of tools, and one answer', async () => {
    const tool = { role: 'tool', tool_call_id: 'c', name: 'f', content: '1' };
    const body = { model: 'm', messages: [{ role: 'user', name: 'ann', content: 'x' }, tool], n: 3, logprobs: false };
    const sent = await sentBy('groq', callOf(HELLO, body));
    expect(sent).toEqual({
      body: { model: 'maker/m', messages: [{ role: 'user', content: 'x' }, tool] },
      warnings: ['Groq does not support n; it was left out.', 'Groq does not support name in messages; it was left out.'],
    });
    expect((await sentBy('groq', callOf(HELLO, { ...body, messages: [tool], n: 1 }))).warnings).toEqual([]);
  });

  it('Perplexity: no tools', async () => {
    const sent = await sentBy('perplexity', callOf({ ...HELLO, tools: [{ name: 'f' }] }));
    expect('tools' in sent.body).toBe(false);
    expect(sent.warnings).toEqual(['Perplexity does not support tools; it was left out.']);
  });

  it('OpenRouter: signed and closed reasoning goes back with what ties it to its vendor', async () => {
    const reasoning = [
      { text: 'Hm.', signature: 'signed' },
      { text: '', redactedData: 'closed' },
    ];
    const messages = [{ role: 'assistant' as const, content: [{ type: 'text' as const, text: 'Yes.' }], reasoning }];
    const call = { ...callOf({ messages }), model: 'anthropic/claude-haiku-4.5' };
    const format = 'anthropic-claude-v1';
    expect((await sentBy('openrouter', call)).body['messages']).toEqual([
      {
        role: 'assistant',
        content: 'Yes.',
        reasoning: 'Hm.',
        reasoning_details: [
          { type: 'reasoning.text', text: 'Hm.', signature: 'signed', index: 0, format },
          { type: 'reasoning.encrypted', data: 'closed', index: 1, format },
        ],
      },
    ]);
    expect(JSON.stringify((await sentBy('deepseek', call)).body)).not.toContain('reasoning_details');
  });

  it.each<[string, NonNullable<CompletionRequest['reasoning']>, JsonObject, number]>([
    ['openai', { effort: 'low' }, { reasoning_effort: 'low' }, 0],
    ['openai', { budgetTokens: 9 }, {}, 1],
    ['deepseek', { effort: 'none' }, { thinking: { type: 'disabled' } }, 0],
    ['deepseek', { effort: 'high' }, { reasoning_effort: 'high' }, 0],
    ['moonshot', { effort: 'high' }, { thinking: { type: 'enabled' } }, 1],
    ['moonshot', { effort: 'none' }, { thinking: { type: 'disabled' } }, 0],
    ['qwen', { effort: 'high', budgetTokens: 64 }, { enable_thinking: true, thinking_budget: 64 }, 0],
    ['qwen', { effort: 'high' }, { enable_thinking: true }, 1],
    ['qwen', { effort: 'none', budgetTokens: 64 }, { enable_thinking: false }, 0],
    ['openrouter', { effort: 'low', budgetTokens: 64 }, { reasoning: { max_tokens: 64 } }, 0],
    ['openrouter', { effort: 'low' }, { reasoning_effort: 'low' }, 0],
    ['ai21', { effort: 'low' }, {}, 1],
  ])('%s asks for reasoning %j as %j with %i warnings', async (vendorId, reasoning, expected, warningCount) => {
    const { body, warnings } = await sentBy(vendorId, callOf({ ...HELLO, reasoning }));
    const { model: _model, messages: _messages, ...rest } = body;
    expect([rest, warnings.length]).toEqual([expected, warningCount]);
  });

  it.each([
    ['', {}, '/openai/v1/chat/completions', ''],
    ['/openai/v1', {}, '/openai/v1/chat/completions', ''],
    ['', { apiVersion: '2024-10-21' }, '/openai/deployments/maker%2Fm/chat/completions', '?api-version=2024-10-21'],
    ['/openai', { apiVersion: '2024-10-21' }, '/openai/deployments/maker%2Fm/chat/completions', '?api-version=2024-10-21'],
    ['/models', { apiVersion: '2024-05-01-preview' }, '/models/chat/completions', '?api-version=2024-05-01-preview'],
  ])('Azure at %j with %j sends to %s%s', async (basePath, settings, path, query) => {
    const vendor = findVendor('azure-openai') as Vendor;
    await using server = await serveAnswer(path, { 'api-key': KEY });
    await vendor.connect(connectionTo(vendor, server.url + basePath, settings), deps).complete(callOf(HELLO));
    expect([server.mismatches, server.urls]).toEqual([[], [path + query]]);
  });

  it.each<[number, unknown, string | null]>([
    [400, { error: { message: 'messages must not be empty', type: 'invalid_request_error' } }, null],
    [401, { error: { message: 'Incorrect API key provided' } }, 'auth'],
    [429, { error: { message: 'slow down' } }, 'rate-limit'],
    [500, { error: { message: 'oops' } }, 'overloaded'],
  ])('MiniMax, which lists no models, is alive when it refuses an empty request: %i %j', async (status, body, errorClass) => {
    const vendor = findVendor('minimax') as Vendor;
    await using server = await serveAnswer('/v1/chat/completions', {}, body, status);
    const probe = vendor.connect(connectionTo(vendor, `${server.url}/v1`), deps).probe(new AbortController().signal);
    if (errorClass === null) await expect(probe).resolves.toBeUndefined();
    else await expect(probe).rejects.toMatchObject({ errorClass });
    expect(server.received).toEqual([{ model: 'probe', messages: [] }]);
  });

  it('a relayed call tells its warnings too', async () => {
    const vendor = findVendor('groq') as Vendor;
    await using server = await serveAnswer('/chat/completions');
    const provider: Provider = vendor.connect(connectionTo(vendor, server.url), deps);
    const outcome = await provider.relay?.(callOf(HELLO, { model: 'm', messages: [], n: 2 }), {
      start: () => undefined,
      events: () => undefined,
    });
    expect(outcome?.warnings).toEqual(['Groq does not support n; it was left out.']);
  });
});
