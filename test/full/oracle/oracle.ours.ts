import { systemClock } from '../../../server/src/kernel/clock/index.ts';
import { Secret } from '../../../server/src/kernel/crypto/index.ts';
import type { HttpClient } from '../../../server/src/kernel/http-client/index.ts';
import { createIds } from '../../../server/src/kernel/ids/index.ts';
import {
  findVendor,
  type Choice,
  type Provider,
  type ProviderCall,
  type StreamPart,
  type Usage,
} from '../../../server/src/modules/providers/index.ts';
import { ChoiceBuilder } from '../../../server/src/modules/providers/shared/choice-builder.ts';
import type { OracleCase } from './oracle.cases.ts';
import type { Reading } from './oracle.reading.ts';

/** What our adapter makes of a recorded answer. */
export async function readOurs(recorded: OracleCase): Promise<Reading> {
  const provider = providerFor(recorded);
  if (!recorded.isStream) {
    const { choices, usage } = await provider.complete(callFor(recorded));
    return toReading(choices, usage);
  }
  const builder = new ChoiceBuilder();
  let usage: Usage | null = null;
  await provider.stream(callFor(recorded), {
    part: (part: StreamPart) => {
      builder.add(part);
      if (part.type === 'usage') ({ usage } = part);
    },
  });
  return toReading(builder.build(), usage);
}

function vendorIdOf({ api, provider }: OracleCase): string {
  if (api === 'messages') return 'anthropic';
  if (api === 'chat' && provider === 'anthropic') return 'compatible';
  return findVendor(provider) === null || (provider === 'ollama' && api === 'chat') ? 'compatible' : provider;
}

function providerFor(recorded: OracleCase): Provider {
  const vendor = findVendor(vendorIdOf(recorded));
  if (vendor === null) throw new Error(`there is no vendor for ${recorded.name}`);
  const key = new Secret('key-of-the-test');
  const settings = { region: 'us-east-1', project: 'p', location: 'us-central1', projectId: 'p', host: 'oracle', account: 'oracle' };
  const names = new Set(vendor.settings.map(({ name }) => name));
  const connection = {
    providerId: vendor.id,
    displayName: vendor.displayName,
    baseUrl: vendor.defaultBaseUrl?.includes('{') === false ? vendor.defaultBaseUrl : 'https://oracle.example/v1',
    settings: Object.fromEntries(Object.entries(settings).filter(([name]) => names.has(name))),
    secrets: names.has('bearerToken') ? { bearerToken: key } : names.has('accessToken') ? { accessToken: key } : { apiKey: key },
    headers: {},
    egress: 'operator' as const,
  };
  const deps = { httpClient: answering(recorded), clock: systemClock, ids: createIds(systemClock), maxOutputTokensOf: () => 1000 };
  return vendor.connect(connection, deps);
}

/** Answers whatever is asked with the recording; a token is answered with a token. */
function answering({ headers, bytes }: OracleCase): HttpClient {
  return {
    send: ({ url }) => {
      if (!/token/.test(url)) return Promise.resolve({ status: 200, headers, body: bytes });
      return Promise.resolve({ status: 200, headers: {}, body: Buffer.from('{"access_token":"t","expires_in":3600}') });
    },
    stream: async (_request, receiver) => {
      receiver.onHead(200, headers);
      await receiver.onData(bytes);
    },
    close: () => Promise.resolve(),
  };
}

function callFor({ api }: OracleCase): ProviderCall {
  return {
    model: 'any-model',
    request: () => ({ messages: [{ role: 'user', content: [{ type: 'text', text: 'hello' }] }] }),
    wire: api === 'responses' ? { dialect: 'openai-responses', body: { model: 'any-model', input: 'hello' } } : null,
    context: { attemptId: 'attempt-1', signal: new AbortController().signal, remainingMs: 20_000, traceHeaders: {} },
  };
}

/** The first choice: theirs knows no other. */
function toReading(choices: readonly Choice[], usage: Usage | null): Reading {
  const choice = choices[0];
  const finishReason = choice?.finishReason ?? 'none';
  return {
    // They make a refusal a part of the text.
    text: (choice?.text ?? '') + (choice?.refusal ?? ''),
    calls: (choice?.toolCalls ?? []).map(({ name, argumentsText }) => ({ name, input: argumentsText })),
    finishReason: finishReason === 'refusal' ? 'content-filter' : finishReason,
    inputTokens:
      usage && usage.inputTokens + usage.cachedReadTokens + usage.cacheWriteTokens + usage.audioInputTokens + usage.imageInputTokens,
    cachedReadTokens: usage && usage.cachedReadTokens,
    outputTokens: usage && usage.outputTokens + usage.reasoningTokens + usage.audioOutputTokens,
  };
}
