import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Wire } from '../testkit/upstream.ts';
import { MODELS, startClientServer, type ClientServer } from './client-server.ts';
import { failAsAsked, type Seen } from './failures.ts';

let stand: ClientServer;
let client: OpenAI;
const seen: Seen = new Map();

beforeAll(async () => {
  stand = await startClientServer(failAsAsked(seen));
  const { openaiBaseUrl: baseURL, apiKey } = stand.server.banner;
  client = new OpenAI({ baseURL, apiKey, maxRetries: 0 });
});
afterAll(() => stand[Symbol.asyncDispose]());

const bodyOf = (model: string, content: string) => ({ model, messages: [{ role: 'user' as const, content }] });

/** What the call was rejected with; fails when it was not. */
async function failureOf(call: Promise<unknown>): Promise<InstanceType<typeof OpenAI.APIError>> {
  const error = await call.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof OpenAI.APIError)) return expect.fail(`an error of the client was expected, not ${String(error)}`);
  return error;
}

describe.each(['openai', 'anthropic'] satisfies Wire[])(
  'the official JavaScript client over an upstream of the %s wire that fails',
  (wire) => {
    const model = MODELS[wire];

    it.each([
      ['limited', OpenAI.RateLimitError, 429, 'rate_limit_exceeded'],
      ['inside', OpenAI.InternalServerError, 502, 'provider_failed'],
      ['account', OpenAI.InternalServerError, 502, 'provider_failed'],
      ['invalid', OpenAI.BadRequestError, 400, 'invalid_input'],
    ] as const)('throws what it throws for OpenAI itself: %s', async (asked, exception, status, code) => {
      for (const stream of [false, true]) {
        const error = await failureOf(client.chat.completions.create({ ...bodyOf(model, `[fails ${asked}]`), stream }));
        expect(error).toBeInstanceOf(exception);
        expect([error.status, error.code]).toEqual([status, code]);
        expect(error.requestID).toMatch(/^cmp_[0-9a-f]{32}$/);
      }
    });

    it('throws in the middle of a stream, after what had come', async () => {
      const stream = await client.chat.completions.create({ ...bodyOf(model, '[fails midway]'), stream: true });
      let text = '';
      const error = await failureOf(
        (async () => {
          for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? '';
        })(),
      );
      expect(text).toBe('Half an ');
      expect(error.code).toBe('provider_failed');
    });

    it('that is aborted aborts the call upstream', async () => {
      const marker = `${wire} aborted [fails never]`;
      const controller = new AbortController();
      const call = client.chat.completions.create(bodyOf(model, marker), { signal: controller.signal });
      const upstream = await stand.upstreams[wire].received(({ text }) => text.includes(marker));
      controller.abort();
      await expect(call).rejects.toBeInstanceOf(OpenAI.APIUserAbortError);
      expect(await upstream.wasCutOff).toBe(true);
    });

    it('that runs out of time aborts the call upstream', async () => {
      const marker = `${wire} late [fails never]`;
      const call = client.chat.completions.create(bodyOf(model, marker), { timeout: 300 });
      await expect(call).rejects.toBeInstanceOf(OpenAI.APIConnectionTimeoutError);
      const upstream = await stand.upstreams[wire].received(({ text }) => text.includes(marker));
      expect(await upstream.wasCutOff).toBe(true);
    });

    it('that leaves its loop over a stream aborts the call upstream', async () => {
      const marker = `${wire} left [fails slowly]`;
      const stream = await client.chat.completions.create({ ...bodyOf(model, marker), stream: true });
      for await (const chunk of stream) if ((chunk.choices[0]?.delta.content ?? '') !== '') break;
      const upstream = await stand.upstreams[wire].received(({ text }) => text.includes(marker));
      expect(await upstream.wasCutOff).toBe(true);
    });

    it('is told when to come back, and does by itself', async () => {
      seen.delete('once');
      const patient = client.withOptions({ maxRetries: 2 });
      const answer = await patient.chat.completions.create(bodyOf(model, '[fails once]'));
      expect(answer.choices[0]?.message.content).toBe('Good morning, ✓ world.');
      expect(seen.get('once')).toBe(2);
    });
  },
);

describe('the official JavaScript client', () => {
  it.each([
    ['a wrong key', { apiKey: 'sk-not-ours' }, 'local/echo', OpenAI.AuthenticationError, 'invalid_api_key'],
    ['a model that is not there', {}, 'nobody/model', OpenAI.NotFoundError, 'model_not_found'],
    ['a path that is not there', {}, null, OpenAI.NotFoundError, 'not_found'],
  ] as const)('throws for %s what it throws for OpenAI itself', async (_name, options, model, exception, code) => {
    const caller = client.withOptions(options);
    const error = await failureOf(
      model === null ? caller.batches.retrieve('batch_1') : caller.chat.completions.create(bodyOf(model, 'hello')),
    );
    expect(error).toBeInstanceOf(exception);
    expect(error.code).toBe(code);
  });

  it('does not repeat what would fail again: another input under the same key, a bound that is too low', async () => {
    const patient = client.withOptions({ maxRetries: 3 });
    const headers = { 'idempotency-key': 'js-client' };
    await patient.chat.completions.create(bodyOf('local/echo', 'first'), { headers });
    const conflict = await failureOf(patient.chat.completions.create(bodyOf('local/echo', 'second'), { headers }));
    expect(conflict).toBeInstanceOf(OpenAI.ConflictError);
    const dear = await failureOf(
      patient.chat.completions.create(bodyOf(MODELS.openai, 'dear'), { headers: { 'x-antiphon-max-cost-usd': '0.000000001' } }),
    );
    expect([dear.status, dear.code]).toEqual([429, 'insufficient_quota']);
    const { rows } = await stand.database.pools.general.query(
      `select (select count(*)::int from completion_settlement where error_code = 'QUOTA_EXCEEDED') as dear,
         (select count(*)::int from idempotency where key = 'js-client') as keys`,
    );
    expect(rows).toEqual([{ dear: 1, keys: 1 }]);
  });

  it('gets the first answer again for the same key and input', async () => {
    const headers = { 'idempotency-key': 'js-client-again' };
    const ask = () => client.chat.completions.create(bodyOf(MODELS.openai, '[made text] once'), { headers });
    const [first, second] = [await ask(), await ask()];
    expect(second.choices).toEqual(first.choices);
    expect(second._request_id).toBe(first._request_id);
    expect(stand.upstreams.openai.requests.filter(({ text }) => text.includes('[made text] once'))).toHaveLength(1);
  });
});
