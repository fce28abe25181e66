import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../server/src/kernel/clock/index.ts';
import { Secret } from '../../server/src/kernel/crypto/index.ts';
import { createIds } from '../../server/src/kernel/ids/index.ts';
import { findVendor, ProviderError, type Provider } from '../../server/src/modules/providers/index.ts';
import { openHttpClient } from '../testkit/http-client.ts';
import { serveHttp } from '../testkit/loopback.ts';
import { serveRecorded, type RecordedExchange } from '../testkit/replay-server.ts';

const FOLDER = join(import.meta.dirname, '../../../shared/fixtures/providers');
const httpClient = openHttpClient();
afterAll(() => httpClient[Symbol.asyncDispose]());

function providerOf(vendorId: string, baseUrl: string): Provider {
  const vendor = findVendor(vendorId);
  if (vendor === null) throw new Error(`no vendor ${vendorId}`);
  const secrets = { apiKey: new Secret('key-of-the-test') };
  const connection = {
    providerId: vendorId,
    displayName: vendorId,
    baseUrl,
    settings: {},
    secrets,
    headers: {},
    egress: 'operator',
  } as const;
  return vendor.connect(connection, { httpClient, clock: systemClock, ids: createIds(systemClock), maxOutputTokensOf: () => null });
}

const listOf = (provider: Provider): ReturnType<NonNullable<Provider['listModels']>> => {
  if (provider.listModels === undefined) throw new Error(`${provider.id} lists no models`);
  return provider.listModels(AbortSignal.timeout(20_000));
};

interface Recorded {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: { readonly data?: readonly { readonly id: string }[] };
}

interface GeminiModel {
  readonly name: string;
  readonly inputTokenLimit: number;
  readonly outputTokenLimit: number;
}

function read(file: string): Recorded {
  return JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as Recorded;
}

function exchangeOf({ status, headers, body }: Recorded, path: string): RecordedExchange {
  return { method: 'GET', path, status, responseHeaders: headers, responseBody: Buffer.from(JSON.stringify(body)) };
}

describe.skipIf(!existsSync(FOLDER))('recorded lists of models', () => {
  // All of them speak the wire that `compatible` speaks; what a vendor adds is data of its own.
  it.each(['openai', 'groq', 'mistral', 'deepseek', 'llama-cpp', 'venice', 'bedrock'])(
    '%s: every listed model is found, in order',
    async (folder) => {
      const recorded = read(`${folder}/models.models.01.response.json`);
      await using server = await serveRecorded(exchangeOf(recorded, '/models'));
      const found = await listOf(providerOf('compatible', server.url));
      expect(server.mismatches).toEqual([]);
      const listed = [...new Set(recorded.body.data?.map(({ id }) => id))];
      expect(listed.length).toBeGreaterThan(0);
      expect(found.map(({ model }) => model)).toEqual(listed);
    },
  );

  it('anthropic: every listed model is found with its limits', async () => {
    const recorded = read('anthropic/models.models.01.response.json');
    await using server = await serveRecorded(
      exchangeOf({ ...recorded, body: { ...recorded.body, has_more: false } as Recorded['body'] }, '/v1/models'),
    );
    const found = await listOf(providerOf('anthropic', server.url));
    expect(found.map(({ model }) => model)).toEqual(recorded.body.data?.map(({ id }) => id));
    expect(found[0]).toEqual({
      model: 'claude-opus-5',
      displayName: 'Claude Opus 5',
      createdAtSeconds: Date.UTC(2026, 6, 24) / 1000,
      contextTokens: 1_000_000,
      maxOutputTokens: 128_000,
    });
  });

  it('google-gemini/models.models.01: every listed model is found with its limits, by the name that calls use', async () => {
    const recorded = read('google-gemini/models.models.01.response.json') as Recorded & { body: { models: readonly GeminiModel[] } };
    await using server = await serveRecorded(exchangeOf(recorded, '/v1beta/models'));
    const found = await listOf(providerOf('google-gemini', `${server.url}/v1beta`));
    expect(server.mismatches).toEqual([]);
    expect(found.map(({ model, contextTokens, maxOutputTokens }) => ({ model, contextTokens, maxOutputTokens }))).toEqual(
      recorded.body.models.map(({ name, inputTokenLimit, outputTokenLimit }) => ({
        model: name.replace(/^models\//, ''),
        contextTokens: inputTokenLimit,
        maxOutputTokens: outputTokenLimit,
      })),
    );
  });

  it.each(['openai', 'groq', 'mistral'])('%s: a refused key is of class auth', async (folder) => {
    const recorded = read(`${folder}/models.error-401.01.response.json`);
    await using server = await serveRecorded(exchangeOf(recorded, '/models'));
    const error = await listOf(providerOf('compatible', server.url)).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ProviderError);
    expect((error as ProviderError).errorClass).toBe('auth');
  });
});

describe('a list of models in pages', () => {
  it('is read to its end, each page after the last model of the one before', async () => {
    const queries: string[] = [];
    await using server = await serveHttp((request, response) => {
      const url = new URL(request.url ?? '/', 'http://loopback');
      queries.push(url.search);
      const from = Number(url.searchParams.get('after_id')?.slice('model-'.length) ?? -1) + 1;
      const data = [from, from + 1].map((index) => ({ type: 'model', id: `model-${index}` }));
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ data, has_more: from < 4, first_id: `model-${from}`, last_id: `model-${from + 1}` }));
    });
    const found = await listOf(providerOf('anthropic', server.url));
    expect(found.map(({ model }) => model)).toEqual(['model-0', 'model-1', 'model-2', 'model-3', 'model-4', 'model-5']);
    expect(queries).toEqual(['?limit=1000', '?limit=1000&after_id=model-1', '?limit=1000&after_id=model-3']);
  });

  it('ends although a server says for ever that there is more', async () => {
    let served = 0;
    await using server = await serveHttp((_request, response) => {
      served += 1;
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ data: [{ id: `model-${served}` }], has_more: true, last_id: `model-${served}` }));
    });
    expect(await listOf(providerOf('anthropic', server.url))).toHaveLength(10);
    expect(served).toBe(10);
  });

  it('is malformed when it is something else', async () => {
    for (const body of ['<html></html>', '{}', 'null', '{"data":{}}']) {
      await using server = await serveHttp((_request, response) => void response.writeHead(200).end(body));
      for (const vendorId of ['compatible', 'anthropic'])
        await expect(listOf(providerOf(vendorId, server.url)), `${vendorId} ${body}`).rejects.toMatchObject({ errorClass: 'malformed' });
    }
  });
});
