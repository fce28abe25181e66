import { afterAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../server/src/kernel/clock/index.ts';
import { Secret } from '../../server/src/kernel/crypto/index.ts';
import { createReplicateProvider } from '../../server/src/modules/providers/adapters/replicate/index.ts';
import type { JsonObject, Provider } from '../../server/src/modules/providers/contract.ts';
import { callOf, createTestClient, errorOf, partsOf, PLAIN_REQUEST } from '../testkit/provider-calls.ts';
import { serveHttp } from '../testkit/loopback.ts';
import { HAS_RECORDINGS, readWireCases, replayCase, type RecordedWireCase } from './recorded-wires.ts';

const httpClient = createTestClient();
afterAll(() => httpClient.close());
const cases = readWireCases('replicate');
const named = (name: string): RecordedWireCase => cases.find((recorded) => recorded.name === name) as RecordedWireCase;

function providerAt(baseUrl: string): Provider {
  return createReplicateProvider({
    id: 'replicate',
    displayName: 'Replicate',
    baseUrl,
    apiKey: new Secret('key-of-the-test'),
    pollIntervalMs: 1,
    httpClient,
    clock: systemClock,
    egress: 'operator',
  });
}

describe.skipIf(!HAS_RECORDINGS)('the Replicate adapter over recorded traffic', () => {
  it('knows every recorded case', () => {
    expect(cases.map(({ name }) => name)).toEqual(['predictions.error-422.01', 'predictions.error-422.02', 'predictions.text.01']);
  });

  it('predictions.text.01: sends what was recorded, takes the prediction that has begun, and looks for its end', async () => {
    const recorded = named('predictions.text.01');
    const { path, body } = recorded.request as { path: string; body: JsonObject };
    const begun = recorded.body as JsonObject;
    const asked: { readonly line: string; readonly body: string }[] = [];
    await using server = await serveHttp((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.once('end', () => {
        asked.push({ line: `${request.method} ${request.url}`, body: Buffer.concat(chunks).toString('utf8') });
        response.writeHead(asked.length === 1 ? recorded.status : 200, { ...recorded.headers, date: 'Mon, 12 Feb 2024 16:46:35 GMT' });
        response.end(JSON.stringify(asked.length === 1 ? begun : { ...begun, status: 'succeeded', output: ['a', 'b'] }));
      });
    });
    const prompt = (body['input'] as JsonObject)['prompt'] as string;
    const call = callOf(body['version'] as string, { messages: [{ role: 'user', content: [{ type: 'text', text: prompt }] }] });
    const result = await providerAt(server.url).complete(call);
    expect(asked.map(({ line }) => line)).toEqual([`POST ${path}`, `GET /v1/predictions/${begun['id'] as string}`]);
    expect(JSON.parse(asked[0]?.body ?? '')).toEqual(body);
    expect(result).toMatchObject({
      id: begun['id'],
      model: begun['model'],
      createdAtSeconds: Math.floor(Date.parse(begun['created_at'] as string) / 1000),
      extra: { version: begun['version'] },
      choices: [{ text: 'ab' }],
      usage: null,
      upstream: { requestId: recorded.headers['cf-ray'], headroom: { requests: { limit: null, remaining: 599, resetMs: 1000 } } },
    });
  });

  it.each([
    ['predictions.error-422.01', '- input: text is required', 'input'],
    ['predictions.error-422.02', '- Additional property model is not allowed', null],
  ])('%s is a refusal of the request', async (name, callerMessage, param) => {
    const recorded = named(name);
    await using server = await replayCase(recorded, { path: recorded.request?.path as string });
    const model = recorded.request?.body?.['version'] ?? 'black-forest-labs/flux-schnell';
    const call = callOf(model as string, PLAIN_REQUEST);
    const expected = { errorClass: 'invalid', httpStatus: 422, callerMessage, param, retryAfterMs: null };
    expect(await errorOf(providerAt(server.url).complete(call))).toMatchObject(expected);
    expect(await errorOf(partsOf(providerAt(server.url), call))).toMatchObject(expected);
    expect(server.mismatches).toEqual([]);
  });
});
