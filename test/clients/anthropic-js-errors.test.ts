import Anthropic from '@anthropic-ai/sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Wire } from '../testkit/upstream.ts';
import { MODELS, startClientServer, type ClientServer } from './client-server.ts';
import { failAsAsked, type Seen } from './failures.ts';

let stand: ClientServer;
let client: Anthropic;
const seen: Seen = new Map();

beforeAll(async () => {
  stand = await startClientServer(failAsAsked(seen));
  const { openaiBaseUrl, apiKey } = stand.server.banner;
  client = new Anthropic({ baseURL: new URL('/', openaiBaseUrl).href, apiKey, maxRetries: 0 });
});
afterAll(() => stand[Symbol.asyncDispose]());

const bodyOf = (model: string, content: string) => ({ model, max_tokens: 50, messages: [{ role: 'user' as const, content }] });

/** What the call was rejected with; fails when it was not. */
async function failureOf(call: Promise<unknown>): Promise<InstanceType<typeof Anthropic.APIError>> {
  const error = await call.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof Anthropic.APIError)) return expect.fail(`an error of the client was expected, not ${String(error)}`);
  return error;
}

function typeOf({ error }: InstanceType<typeof Anthropic.APIError>): unknown {
  const body: unknown = error;
  return (body as { readonly error?: { readonly type?: string } } | undefined)?.error?.type;
}

describe.each(['openai', 'anthropic'] satisfies Wire[])(
  'the official Anthropic client over an upstream of the %s wire that fails',
  (wire) => {
    const model = MODELS[wire];

    it.each([
      ['limited', Anthropic.RateLimitError, 429, 'rate_limit_error'],
      ['inside', Anthropic.InternalServerError, 529, 'overloaded_error'],
      ['account', Anthropic.InternalServerError, 502, 'api_error'],
      ['invalid', Anthropic.BadRequestError, 400, 'invalid_request_error'],
    ] as const)('throws what it throws for Anthropic itself: %s', async (asked, exception, status, type) => {
      for (const stream of [false, true]) {
        const error = await failureOf(client.messages.create({ ...bodyOf(model, `[fails ${asked}]`), stream }));
        expect(error).toBeInstanceOf(exception);
        expect([error.status, typeOf(error)]).toEqual([status, type]);
        expect(error.requestID).toMatch(/^cmp_[0-9a-f]{32}$/);
      }
    });

    it('throws in the middle of a stream, after what had come', async () => {
      const stream = client.messages.stream(bodyOf(model, '[fails midway]'));
      let text = '';
      stream.on('text', (delta) => (text += delta));
      const error = await failureOf(stream.finalMessage());
      expect(text).toBe('Half an ');
      expect(typeOf(error)).toBe('overloaded_error');
    });

    it('that is aborted aborts the call upstream', async () => {
      const marker = `${wire} aborted [fails never]`;
      const controller = new AbortController();
      const call = client.messages.create(bodyOf(model, marker), { signal: controller.signal });
      const upstream = await stand.upstreams[wire].received(({ text }) => text.includes(marker));
      controller.abort();
      await expect(call).rejects.toBeInstanceOf(Anthropic.APIUserAbortError);
      expect(await upstream.wasCutOff).toBe(true);
    });

    it('that leaves its loop over a stream aborts the call upstream', async () => {
      const marker = `${wire} left [fails slowly]`;
      const stream = await client.messages.create({ ...bodyOf(model, marker), stream: true });
      for await (const event of stream) if (event.type === 'content_block_delta') break;
      const upstream = await stand.upstreams[wire].received(({ text }) => text.includes(marker));
      expect(await upstream.wasCutOff).toBe(true);
    });

    it('is told when to come back, and does by itself', async () => {
      seen.delete('once');
      const answer = await client.withOptions({ maxRetries: 2 }).messages.create(bodyOf(model, '[fails once]'));
      expect(answer.content).toMatchObject([{ type: 'text', text: 'Good morning, ✓ world.' }]);
      expect(seen.get('once')).toBe(2);
    });
  },
);

describe('the official Anthropic client', () => {
  it.each([
    ['a wrong key', { apiKey: 'sk-not-ours' }, 'local/echo', Anthropic.AuthenticationError, 'authentication_error'],
    ['a model that is not there', {}, 'nobody/model', Anthropic.NotFoundError, 'not_found_error'],
    ['a path that is not there', {}, null, Anthropic.NotFoundError, 'not_found_error'],
  ] as const)('throws for %s what it throws for Anthropic itself', async (_name, options, model, exception, type) => {
    const caller = client.withOptions(options);
    const error = await failureOf(model === null ? caller.messages.batches.list() : caller.messages.create(bodyOf(model, 'hello')));
    expect(error).toBeInstanceOf(exception);
    expect(typeOf(error)).toBe(type);
  });

  it('does not repeat what would fail again: another input under the same key, a bound that is too low', async () => {
    const patient = client.withOptions({ maxRetries: 3 });
    const headers = { 'idempotency-key': 'anthropic-js' };
    await patient.messages.create(bodyOf('local/echo', 'first'), { headers });
    const conflict = await failureOf(patient.messages.create(bodyOf('local/echo', 'second'), { headers }));
    expect(conflict).toBeInstanceOf(Anthropic.ConflictError);
    const dear = await failureOf(
      patient.messages.create(bodyOf(MODELS.anthropic, 'dear'), { headers: { 'x-antiphon-max-cost-usd': '0.000000001' } }),
    );
    expect([dear.status, typeOf(dear)]).toEqual([402, 'billing_error']);
    const { rows } = await stand.database.pools.general.query(
      `select (select count(*)::int from completion_settlement where error_code = 'QUOTA_EXCEEDED') as dear,
         (select count(*)::int from idempotency where key = 'anthropic-js') as keys`,
    );
    expect(rows).toEqual([{ dear: 1, keys: 1 }]);
  });

  it.each(['openai', 'anthropic'] satisfies Wire[])('gets the first answer again for the same key and input: %s', async (wire) => {
    const headers = { 'idempotency-key': `anthropic-js-${wire}` };
    const ask = () => client.messages.create(bodyOf(MODELS[wire], '[made text] once'), { headers });
    const [first, second] = [await ask(), await ask()];
    expect([second.content, second.usage.input_tokens, second.usage.output_tokens]).toEqual([first.content, 11, 5]);
    expect(second._request_id).toBe(first._request_id);
    expect(stand.upstreams[wire].requests.filter(({ text }) => text.includes('[made text] once'))).toHaveLength(1);
  });
});
