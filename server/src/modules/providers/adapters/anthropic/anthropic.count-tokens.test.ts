import { afterAll, describe, expect, it } from 'vitest';
import { serveRecorded, type ReplayServer } from '../../../../../../test/testkit/replay-server.ts';
import { systemClock } from '../../../../kernel/clock/index.ts';
import { Secret } from '../../../../kernel/crypto/index.ts';
import { createHttpClient } from '../../../../kernel/http-client/index.ts';
import { createLogger } from '../../../../kernel/telemetry/index.ts';
import type { JsonObject, Provider, ProviderCall } from '../../contract.ts';
import { createAnthropicProvider } from './index.ts';

const client = createHttpClient({ log: createLogger({ level: 'silent' }), clock: systemClock });
afterAll(() => client.close());

const counted = (body: unknown, status = 200): Promise<ReplayServer> =>
  serveRecorded({
    method: 'POST',
    path: '/v1/messages/count_tokens',
    requestHeaders: { 'x-api-key': 'key-of-the-test', 'anthropic-version': '2023-06-01', 'x-request-id': 'attempt-1' },
    status,
    responseHeaders: { 'content-type': 'application/json' },
    responseBody: Buffer.from(JSON.stringify(body)),
  });

const providerAt = (baseUrl: string): Provider =>
  createAnthropicProvider({
    id: 'anthropic',
    displayName: 'Anthropic',
    baseUrl,
    apiKey: new Secret('key-of-the-test'),
    httpClient: client,
    egress: 'operator',
  });

function toCall(wire: JsonObject | null): ProviderCall {
  return {
    model: 'claude-made-1',
    request: () => ({
      messages: [
        { role: 'system', content: [{ type: 'text', text: 'Be brief.' }] },
        { role: 'user', content: [{ type: 'text', text: 'Hello' }] },
      ],
      maxOutputTokens: 50,
      temperature: 0.5,
      stop: ['END'],
      endUserId: 'user-1',
      tools: [{ name: 'now' }],
    }),
    wire: wire === null ? null : { dialect: 'anthropic', body: wire },
    context: { attemptId: 'attempt-1', signal: new AbortController().signal, remainingMs: 10_000, traceHeaders: {} },
  };
}

describe('counting tokens', () => {
  it('sends what belongs to the prompt and nothing of the answer', async () => {
    await using server = await counted({ input_tokens: 14 });
    expect(await providerAt(server.url).countTokens?.(toCall(null))).toBe(14);
    expect(server.mismatches).toEqual([]);
    expect(server.received).toEqual([
      {
        model: 'claude-made-1',
        system: [{ type: 'text', text: 'Be brief.' }],
        messages: [{ role: 'user', content: [{ type: 'text', text: 'Hello' }] }],
        tools: [{ name: 'now', input_schema: { type: 'object', properties: {} } }],
      },
    ]);
  });

  it('keeps a body of the same dialect as it came', async () => {
    await using server = await counted({ input_tokens: 3 });
    const messages = [{ role: 'user', content: 'Hi' }];
    const call = toCall({ model: 'anthropic/claude-made-1', messages, thinking: { type: 'adaptive' }, max_tokens: 9, stream: true });
    expect(await providerAt(server.url).countTokens?.(call)).toBe(3);
    expect(server.received).toEqual([{ model: 'claude-made-1', messages, thinking: { type: 'adaptive' } }]);
  });

  it('refuses an answer without a count', async () => {
    await using server = await counted({ tokens: 'many' });
    await expect(providerAt(server.url).countTokens?.(toCall(null))).rejects.toMatchObject({ errorClass: 'malformed' });
  });

  it('maps a refusal like that of a message', async () => {
    const body = { type: 'error', error: { type: 'not_found_error', message: 'model: claude-made-1' }, request_id: 'req_made' };
    await using server = await counted(body, 404);
    await expect(providerAt(server.url).countTokens?.(toCall(null))).rejects.toMatchObject({ errorClass: 'not-found', httpStatus: 404 });
  });
});
