import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { beginStream, sendJson, toEvent, type UpstreamRequest } from '../testkit/upstream.ts';
import { MODELS, startClientServer, type ClientServer, type Override } from './client-server.ts';
import { answerResponses, toResponseEvents } from './made-responses.ts';

type Json = Record<string, unknown>;

const SIGNATURE = 'c2lnbmVkLWJ5LWFudGhyb3BpYw==';
const THINKING = { type: 'thinking', thinking: 'Let me see.', signature: SIGNATURE };
const CALL = { type: 'tool_use', id: 'toolu_1', name: 'look', input: { city: 'Oslo' } };

/** An Anthropic that thinks before it calls a tool, and whose signature has to come back. */
function think(request: UpstreamRequest, response: Parameters<typeof sendJson>[0]): true {
  const isAnswer = request.text.includes('tool_result');
  const content = isAnswer ? [{ type: 'text', text: 'Rain.' }] : [THINKING, { type: 'redacted_thinking', data: 'hidden' }, CALL];
  const message = {
    id: 'msg_made',
    type: 'message',
    role: 'assistant',
    model: 'claude-haiku-4-5-20251001',
    content,
    stop_reason: isAnswer ? 'end_turn' : 'tool_use',
    stop_sequence: null,
    usage: { input_tokens: 9, output_tokens: 4 },
  };
  sendJson(response, 200, message);
  return true;
}

/** A Responses API that breaks in the middle of its answer: by an error event, or by leaving. */
function breakOff(request: UpstreamRequest, response: Parameters<typeof sendJson>[0], how: string): true {
  const events = toResponseEvents(request, 'resp_upstream_broken', { words: ['Half ', 'an ', 'answer.'], tokens: [3, 3] });
  const stream = beginStream(response);
  stream.write(events.slice(0, 6).join(''));
  if (how === 'error') {
    const error = {
      type: 'error',
      sequence_number: 6,
      error: { type: 'server_error', code: 'server_error', message: 'upstream words', param: null },
    };
    stream.end(`event: error\n${toEvent('openai', error)}`);
  } else stream.end();
  return true;
}

const answer: Override = (request, response) => {
  if (request.path.endsWith('/messages') && request.text.includes('[made thinking]')) return think(request, response);
  const broken = /\[breaks (\w+)\]/.exec(request.text)?.[1];
  if (broken !== undefined && request.path.endsWith('/responses')) return breakOff(request, response, broken);
  return answerResponses(request, response);
};

let stand: ClientServer;
let client: OpenAI;
beforeAll(async () => {
  stand = await startClientServer(answer);
  const { openaiBaseUrl: baseURL, apiKey } = stand.server.banner;
  client = new OpenAI({ baseURL, apiKey, maxRetries: 0 });
});
afterAll(() => stand[Symbol.asyncDispose]());

function post(body: Json, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  const { openaiBaseUrl, apiKey } = stand.server.banner;
  return fetch(`${openaiBaseUrl}/responses`, {
    method: 'POST',
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
}

const sql = async (text: string, values: readonly unknown[] = []): Promise<Json[]> =>
  (await stand.database.pools.general.query<Json>(text, [...values])).rows;

const dataOf = (text: string): Json[] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('data: '))
    .map((line) => JSON.parse(line.slice('data: '.length)) as Json);

describe('reasoning that Anthropic signed', () => {
  const result = { type: 'function_call_output', call_id: 'toolu_1', output: 'Rain' } as const;
  const tools = [{ type: 'function', name: 'look', parameters: { type: 'object', properties: {} }, strict: false }] as const;
  const ask = { model: MODELS.anthropic, tools: [...tools], input: '[made thinking]' };

  function checkSent(): void {
    const sent = stand.upstreams.anthropic.requests.at(-1)?.body['messages'] as { role: string; content: Json[] }[];
    expect(sent.map(({ role }) => role)).toEqual(['user', 'assistant', 'user']);
    expect(sent[1]?.content).toEqual([THINKING, { type: 'redacted_thinking', data: 'hidden' }, CALL]);
  }

  it('comes back to Anthropic by the id of the response', async () => {
    const first = await client.responses.create(ask);
    expect(first.output.map(({ type }) => type)).toEqual(['reasoning', 'reasoning', 'function_call']);
    const second = await client.responses.create({ model: MODELS.anthropic, previous_response_id: first.id, input: [result] });
    expect(second.output_text).toBe('Rain.');
    checkSent();
  });

  it('comes back from a caller that keeps his own history', async () => {
    const first = await client.responses.create({ ...ask, store: false });
    const input = [{ role: 'user', content: '[made thinking]' }, ...first.output, result] as OpenAI.Responses.ResponseInput;
    const second = await client.responses.create({ model: MODELS.anthropic, input, store: false });
    expect(second.output_text).toBe('Rain.');
    checkSent();
  });

  it('never goes to OpenAI', async () => {
    const first = await client.responses.create({ ...ask, store: false });
    const input = [{ role: 'user', content: '[made text]' }, ...first.output, result] as OpenAI.Responses.ResponseInput;
    await client.responses.create({ model: MODELS.openai, input, store: false });
    const sent = stand.upstreams.openai.requests.at(-1) ?? expect.fail('nothing was sent');
    expect(sent.text).not.toContain(SIGNATURE);
    expect((sent.body['input'] as Json[]).map(({ type, role }) => type ?? role)).toEqual(['user', 'function_call', 'function_call_output']);
  });
});

describe('a relayed stream that breaks', () => {
  it.each(['error', 'off'])('ends with an error and the failed response, numbered on: %s', async (how) => {
    const text = await (await post({ model: MODELS.openai, input: `[breaks ${how}]`, stream: true })).text();
    const events = dataOf(text);
    expect(events.map((event) => event['sequence_number'])).toEqual(events.map((_, index) => index));
    expect(events.slice(-2)).toMatchObject([
      { type: 'error', error: { type: 'server_error', code: 'provider_failed' } },
      { type: 'response.failed', response: { id: 'resp_upstream_broken', status: 'failed', error: { code: 'provider_failed' } } },
    ]);
    expect(text).not.toContain('upstream words');
    await expect(client.responses.stream({ model: MODELS.openai, input: `[breaks ${how}]` }).finalResponse()).rejects.toBeInstanceOf(
      OpenAI.APIError,
    );
    await expect(client.responses.retrieve('resp_upstream_broken')).rejects.toMatchObject({ status: 404 });
    const [row] = await sql(
      'select s.outcome, s.basis, s.output_tokens::int as output from completion_settlement s order by settled_at desc limit 1',
    );
    expect(row).toMatchObject({ outcome: 'FAILED', basis: 'ESTIMATED', output: expect.any(Number) as number });
    expect(Number(row?.['output'])).toBeGreaterThan(0);
  });
});

describe('a response of another project', () => {
  it('is not there, whichever way it is asked for', async () => {
    const other = await client.responses.create({ model: 'local/echo', input: 'secret of theirs' });
    const itemId = other.output[0]?.id ?? '';
    await sql('update stored_response set project_id = gen_random_uuid() where id = $1', [other.id]);
    const missing = { status: 404 };
    await expect(client.responses.retrieve(other.id)).rejects.toMatchObject(missing);
    await expect(client.responses.retrieve(other.id, { stream: true })).rejects.toMatchObject(missing);
    await expect(client.responses.inputItems.list(other.id)).rejects.toMatchObject(missing);
    await expect(client.responses.delete(other.id)).rejects.toMatchObject(missing);
    await expect(client.responses.cancel(other.id)).rejects.toMatchObject(missing);
    for (const model of ['local/echo', MODELS.openai]) {
      const asked = stand.upstreams.openai.requests.length;
      const byId = client.responses.create({ model, input: 'x', previous_response_id: other.id });
      await expect(byId).rejects.toMatchObject({ status: 400, param: 'previous_response_id' });
      const byItem = client.responses.create({ model, input: [{ type: 'item_reference', id: itemId }] });
      await expect(byItem).rejects.toMatchObject({ status: 400, param: 'input[0]' });
      expect(stand.upstreams.openai.requests).toHaveLength(asked);
    }
    expect(await sql('select id from stored_response where id = $1', [other.id])).toHaveLength(1);
  });
});

describe('a background response that another process makes', () => {
  async function insertRunning(id: string): Promise<void> {
    await sql(
      `insert into stored_response (project_id, id, completion_id, status, is_background, is_kept_upstream, input, response, item_ids, size_bytes,
         lease_until, created_at, expires_at)
       select id, $1, gen_random_uuid(), 'in_progress', true, false, '[]', $2, '{}', 10, now() + interval '1 minute', now(), now() + interval '1 day'
       from project limit 1`,
      [id, JSON.stringify({ id, object: 'response', status: 'in_progress', output: [] })],
    );
  }
  const finish = (id: string, status: string): Promise<unknown> => {
    const message = {
      id: 'msg_1',
      type: 'message',
      role: 'assistant',
      status: 'completed',
      content: [{ type: 'output_text', text: 'Done.', annotations: [] }],
    };
    const response = { id, object: 'response', status, output: status === 'completed' ? [message] : [] };
    return sql('update stored_response set status = $2, response = $3, lease_until = null where id = $1', [
      id,
      status,
      JSON.stringify(response),
    ]);
  };

  it('is followed until it has ended there', async () => {
    await insertRunning('resp_elsewhere');
    const following = client.responses.stream({ response_id: 'resp_elsewhere' }).finalResponse();
    await finish('resp_elsewhere', 'completed');
    expect(await following).toMatchObject({ status: 'completed', output_text: 'Done.' });
  });

  it('is asked to stop there', async () => {
    await insertRunning('resp_stopped');
    const cancelling = client.responses.cancel('resp_stopped');
    for (let tries = 0; tries < 100; tries += 1) {
      const [row] = await sql('select is_cancel_requested from stored_response where id = $1', ['resp_stopped']);
      if (row?.['is_cancel_requested'] === true) break;
      if (tries === 99) expect.fail('nobody was asked to stop');
    }
    await finish('resp_stopped', 'cancelled');
    expect(await cancelling).toMatchObject({ status: 'cancelled' });
  });

  it('cannot be built on before it has ended', async () => {
    await insertRunning('resp_unfinished');
    const building = client.responses.create({ model: 'local/echo', input: 'x', previous_response_id: 'resp_unfinished' });
    await expect(building).rejects.toMatchObject({ status: 400, param: 'previous_response_id' });
  });
});

describe('the door', () => {
  it.each([MODELS.openai, MODELS.anthropic])('gives the same answer for the same idempotency key: %s', async (model) => {
    const headers = { 'idempotency-key': `key-for-${model}` };
    const [first, second] = [await post({ model, input: '[made text]' }, headers), await post({ model, input: '[made text]' }, headers)];
    expect(second.headers.get('x-antiphon-idempotent-replay')).toBe('true');
    const [answered, repeated] = [(await first.json()) as Json, (await second.json()) as Json];
    expect({ id: repeated['id'], output: repeated['output'] }).toEqual({ id: answered['id'], output: answered['output'] });
    const next = await client.responses.create({ model, input: 'x', previous_response_id: String(repeated['id']) });
    expect(next.status).toBe('completed');
  });

  it('says who served, at what price, and when an answer is not kept', async () => {
    const kept = await post({ model: MODELS.openai, input: '[made text]' });
    expect(kept.headers.get('x-antiphon-provider')).toBe('openai');
    expect(kept.headers.get('x-antiphon-cost-usd')).toMatch(/^0\.\d+$/);
    expect(kept.headers.get('x-antiphon-stored')).toBeNull();
    const large = await post({ model: 'local/echo', input: 'x'.repeat(5 * 1024 * 1024) });
    expect(large.headers.get('x-antiphon-stored')).toBe('false');
    const { id, store } = (await large.json()) as { id: string; store: boolean };
    expect(store).toBe(false);
    await expect(client.responses.retrieve(id)).rejects.toMatchObject({ status: 404 });
  });

  it('takes only the methods that its paths have', async () => {
    const { openaiBaseUrl, apiKey } = stand.server.banner;
    const ask = (path: string, method: string) =>
      fetch(`${openaiBaseUrl}${path}`, { method, headers: { authorization: `Bearer ${apiKey}` } });
    for (const [path, method, status] of [
      ['/responses', 'GET', 405],
      ['/responses/resp_1', 'POST', 405],
      ['/responses/resp_1/cancel', 'GET', 405],
      ['/responses/resp_1/elsewhere', 'GET', 404],
      ['/responses/..%2F..%2Fmodels', 'GET', 404],
    ] as const)
      expect((await ask(path, method)).status, `${method} ${path}`).toBe(status);
    expect((await fetch(`${openaiBaseUrl}/responses/resp_1`)).status).toBe(401);
  });

  it('answers a background call that fails with a failed response', async () => {
    const failing = { antiphonEcho: { failWith: 'overloaded' } };
    const queued = await client.responses.create({ model: 'local/echo', input: 'x', background: true, ...failing });
    const stream = await client.responses.retrieve(queued.id, { stream: true });
    const types: string[] = [];
    await expect(
      (async () => {
        for await (const event of stream) types.push(event.type);
      })(),
    ).rejects.toBeInstanceOf(OpenAI.APIError);
    expect(await client.responses.retrieve(queued.id)).toMatchObject({ status: 'failed', error: { code: 'provider_failed' } });
  });

  it('makes nothing of a background response that is deleted while it runs', async () => {
    const hanging = { antiphonEcho: { hang: true } };
    const queued = await client.responses.create({ model: 'local/echo', input: 'x', background: true, ...hanging });
    await client.responses.delete(queued.id);
    await expect(client.responses.retrieve(queued.id)).rejects.toMatchObject({ status: 404 });
  });
});
