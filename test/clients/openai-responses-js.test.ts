import OpenAI from 'openai';
import { zodTextFormat } from 'openai/helpers/zod';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { MODELS, startClientServer, type ClientServer } from './client-server.ts';
import { CALLS } from './made-answers.ts';
import { answerResponses } from './made-responses.ts';

type Input = OpenAI.Responses.ResponseInput;

let stand: ClientServer;
let client: OpenAI;
beforeAll(async () => {
  stand = await startClientServer(answerResponses);
  const { openaiBaseUrl: baseURL, apiKey } = stand.server.banner;
  client = new OpenAI({ baseURL, apiKey, maxRetries: 0 });
});
afterAll(() => stand[Symbol.asyncDispose]());

const WEATHER: OpenAI.Responses.FunctionTool = {
  type: 'function',
  name: 'get_weather',
  description: 'Weather of a city',
  parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
  strict: false,
};
const argumentsOf = ({ pieces }: (typeof CALLS)['paris']): string => pieces.join('');

/** The ledger's row of the call that made a response. */
async function ledgerOf(requestId: string | null | undefined) {
  const uuid = (requestId ?? '').replace(/^cmp_(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  const { rows } = await stand.database.pools.general.query(
    `select r.door, r.is_streaming, s.outcome, s.basis, s.finish_reason, s.input_tokens::int, s.output_tokens::int, s.total_tokens::int,
       i.format as input_format, o.format as output_format
     from completion_request r join completion_settlement s on s.request_id = r.id
     left join completion_input i on i.request_id = r.id left join completion_output o on o.request_id = r.id where r.id = $1`,
    [uuid],
  );
  return rows;
}

describe.each([
  ['OpenAI, whose wire it is', MODELS.openai, 'openai'],
  ['Anthropic', MODELS.anthropic, 'anthropic'],
] as const)('the official client’s responses over %s', (_name, model, wire) => {
  it('are whole, with usage, an id and a row in the ledger', async () => {
    const response = await client.responses.create({ model, input: '[made text]', metadata: { job: '7' } });
    expect(response).toMatchObject({ object: 'response', status: 'completed', error: null, incomplete_details: null });
    expect(response.output_text).toBe('Good morning, ✓ world.');
    expect(response.output).toMatchObject([{ type: 'message', role: 'assistant', status: 'completed' }]);
    expect(response.usage).toMatchObject({ input_tokens: 11, output_tokens: 5, total_tokens: 16 });
    expect(response.id).toMatch(/^resp_/);
    expect(await ledgerOf(response._request_id)).toEqual([
      {
        door: 'OPENAI',
        is_streaming: false,
        outcome: 'SUCCEEDED',
        basis: 'ACTUAL',
        finish_reason: 'STOP',
        input_tokens: 11,
        output_tokens: 5,
        total_tokens: 16,
        input_format: 'openai-responses',
        output_format: wire === 'openai' ? 'openai-responses' : 'anthropic-messages',
      },
    ]);
  });

  it('stream in the order and with the numbers that its helper checks', async () => {
    const stream = client.responses.stream({ model, input: '[made tools]', tools: [WEATHER] });
    const types: string[] = [];
    const numbers: number[] = [];
    let text = '';
    stream.on('event', (event) => {
      types.push(event.type);
      numbers.push(event.sequence_number);
    });
    stream.on('response.output_text.delta', (event) => (text += event.delta));
    const final = await stream.finalResponse();
    expect(text.trim()).toBe('Two cities.');
    expect(numbers).toEqual(numbers.map((_, index) => index));
    expect(types.slice(0, 4)).toEqual([
      'response.created',
      'response.in_progress',
      'response.output_item.added',
      'response.content_part.added',
    ]);
    expect(types.filter((type) => !type.endsWith('.delta')).slice(4)).toEqual([
      'response.output_text.done',
      'response.content_part.done',
      'response.output_item.done',
      'response.output_item.added',
      'response.function_call_arguments.done',
      'response.output_item.done',
      'response.output_item.added',
      'response.function_call_arguments.done',
      'response.output_item.done',
      'response.completed',
    ]);
    expect(final.output.slice(1)).toMatchObject([
      { type: 'function_call', call_id: CALLS.paris.id, name: 'get_weather', arguments: argumentsOf(CALLS.paris), status: 'completed' },
      { type: 'function_call', call_id: CALLS.oslo.id, name: 'get_weather', arguments: argumentsOf(CALLS.oslo), status: 'completed' },
    ]);
    expect(final.usage?.total_tokens).toBe(94);
  });

  it.each([false, true])('hold a loop of tools by the id of the response before (streamed: %s)', async (isStream) => {
    const ask = async (body: OpenAI.Responses.ResponseCreateParamsNonStreaming) =>
      isStream ? client.responses.stream({ ...body, stream: true }).finalResponse() : client.responses.create(body);
    const first = await ask({ model, input: '[made tool]', tools: [WEATHER], instructions: 'Be short.' });
    const [call] = first.output.flatMap((item) => (item.type === 'function_call' ? [item] : []));
    if (call === undefined) expect.fail('no call');
    expect({ name: call.name, arguments: call.arguments }).toEqual({ name: 'get_weather', arguments: argumentsOf(CALLS.paris) });
    const second = await ask({
      model,
      previous_response_id: first.id,
      input: [{ type: 'function_call_output', call_id: call.call_id, output: '21 degrees' }],
      tools: [WEATHER],
    });
    expect(second.output_text).toBe('It is 21 degrees.');
    const sent = stand.upstreams[wire].requests.at(-1) ?? expect.fail('nothing was sent');
    expect(sent.text).toContain('21 degrees');
    expect(sent.text).not.toContain('Be short.');
    // OpenAI keeps the first response itself; others are told all of it.
    if (wire === 'openai') expect(sent.body['previous_response_id']).toBe(first.id);
    else expect(sent.text).toContain(CALLS.paris.id);
  });

  it('hold a loop of tools that the caller keeps himself', async () => {
    const input: Input = [{ role: 'user', content: '[made tool]' }];
    const first = await client.responses.create({ model, input, tools: [WEATHER], store: false });
    for (const item of first.output) input.push(item as Input[number]);
    input.push({ type: 'function_call_output', call_id: CALLS.paris.id, output: '21 degrees' });
    const second = await client.responses.create({ model, input, tools: [WEATHER], store: false });
    expect(second.output_text).toBe('It is 21 degrees.');
    await expect(client.responses.retrieve(first.id)).rejects.toMatchObject({ status: 404 });
  });

  it('keep to a schema, parsed', async () => {
    const Trip = z.object({ city: z.string(), days: z.number() });
    const response = await client.responses.parse({ model, input: '[made json]', text: { format: zodTextFormat(Trip, 'trip') } });
    expect(response.output_parsed).toEqual({ city: 'Paris', days: 3 });
    expect(stand.upstreams[wire].requests.at(-1)?.text).toContain('"days"');
  });

  it('can be read again, listed and deleted', async () => {
    const made = await client.responses.create({ model, input: '[made text]' });
    const read = await client.responses.retrieve(made.id);
    expect({ id: read.id, output: read.output, usage: read.usage }).toEqual({ id: made.id, output: made.output, usage: made.usage });
    const items = await client.responses.inputItems.list(made.id);
    expect(items.data).toMatchObject([{ type: 'message', role: 'user', content: [{ type: 'input_text', text: '[made text]' }] }]);
    await client.responses.delete(made.id);
    await expect(client.responses.retrieve(made.id)).rejects.toMatchObject({ status: 404, code: 'not_found' });
    await expect(client.responses.create({ model, input: 'x', previous_response_id: made.id })).rejects.toMatchObject({
      status: 400,
      param: 'previous_response_id',
    });
  });

  it('can be read again as a stream', async () => {
    const made = await client.responses.create({ model, input: '[made tools]', tools: [WEATHER] });
    const again = await client.responses.stream({ response_id: made.id }).finalResponse();
    expect(again.output).toMatchObject(made.output);
    const resumed = await client.responses.retrieve(made.id, { stream: true, starting_after: 3 }).catch((error: unknown) => error);
    expect(resumed).toMatchObject({ status: 400, param: 'starting_after' });
  });

  it('are made in the background, followed, resumed and read', async () => {
    const queued = await client.responses.create({ model, input: '[made tools]', tools: [WEATHER], background: true });
    expect(queued).toMatchObject({ status: 'queued', background: true, output: [] });
    const followed = await client.responses.stream({ response_id: queued.id }).finalResponse();
    expect(followed).toMatchObject({ id: queued.id, status: 'completed', background: true });
    expect(followed.output).toMatchObject([{ type: 'message' }, { call_id: CALLS.paris.id }, { call_id: CALLS.oslo.id }]);
    const read = await client.responses.retrieve(queued.id);
    expect(read).toMatchObject({ id: queued.id, status: 'completed', usage: { total_tokens: 94 } });
    const numbers: number[] = [];
    for await (const event of await client.responses.retrieve(queued.id, { stream: true, starting_after: 5 }))
      numbers.push(event.sequence_number);
    expect(numbers[0]).toBe(6);
    expect(numbers).toEqual(numbers.map((_, index) => index + 6));
    const next = await client.responses.create({
      model,
      previous_response_id: queued.id,
      input: [{ type: 'function_call_output', call_id: CALLS.paris.id, output: '21 degrees' }],
    });
    expect(next.output_text).toBe('It is 21 degrees.');
  });
});

describe('the official client’s responses', () => {
  const model = 'local/echo';

  it('come from a provider that knows nothing of this wire', async () => {
    const response = await client.responses.create({ model, input: [{ role: 'user', content: 'hello there' }] });
    expect(response).toMatchObject({ status: 'completed', output_text: 'hello there', model: expect.stringContaining('echo') });
    const next = await client.responses.create({ model, input: 'and again', previous_response_id: response.id });
    expect(next).toMatchObject({ output_text: 'and again', previous_response_id: response.id });
    const items = await client.responses.inputItems.list(next.id, { order: 'asc', limit: 2 });
    expect(items.data).toMatchObject([
      { role: 'user', content: [{ text: 'hello there' }] },
      { role: 'assistant', content: [{ text: 'hello there' }] },
    ]);
    const all = [];
    for await (const item of client.responses.inputItems.list(next.id, { order: 'asc', limit: 2 })) all.push(item);
    expect(all).toHaveLength(3);
  });

  it('are counted before they are asked for', async () => {
    const estimated = await client.responses.inputTokens.count({ model, input: 'hello there' });
    expect(estimated.object).toBe('response.input_tokens');
    expect(estimated.input_tokens).toBeGreaterThan(0);
    const counted = await client.responses.inputTokens.count({ model: MODELS.anthropic, input: 'hello there' }).asResponse();
    expect(counted.headers.get('x-antiphon-token-count')).toBe('provider');
    expect(await counted.json()).toEqual({ object: 'response.input_tokens', input_tokens: 42 });
  });

  it('refer to items of earlier ones by their ids', async () => {
    const first = await client.responses.create({ model: MODELS.anthropic, input: '[made tool]', tools: [WEATHER] });
    const reference = { type: 'item_reference', id: first.output[0]?.id ?? '' } as const;
    const result = { type: 'function_call_output', call_id: CALLS.paris.id, output: '21 degrees' } as const;
    const second = await client.responses.create({ model: MODELS.anthropic, input: [{ role: 'user', content: 'x' }, reference, result] });
    expect(second.output_text).toBe('It is 21 degrees.');
    expect(stand.upstreams.anthropic.requests.at(-1)?.text).toContain(CALLS.paris.id);
    const unknown = { type: 'item_reference', id: 'msg_of_somebody_else' } as const;
    await expect(client.responses.create({ model, input: [unknown] })).rejects.toMatchObject({ status: 400, param: 'input[0]' });
  });

  it('move from one provider to another', async () => {
    const first = await client.responses.create({ model: MODELS.openai, input: '[made tool]', tools: [WEATHER] });
    const result = { type: 'function_call_output', call_id: CALLS.paris.id, output: '21 degrees' } as const;
    const second = await client.responses.create({
      model: MODELS.anthropic,
      previous_response_id: first.id,
      input: [result],
      tools: [WEATHER],
    });
    expect(second.output_text).toBe('It is 21 degrees.');
    const third = await client.responses.create({ model: MODELS.openai, previous_response_id: second.id, input: '[made text]' });
    expect(third.output_text).toBe('Good morning, ✓ world.');
    const sent = stand.upstreams.openai.requests.at(-1) ?? expect.fail('nothing was sent');
    expect(sent.body['previous_response_id']).toBeUndefined();
    expect(sent.body['input']).toMatchObject([
      { role: 'user' },
      { type: 'function_call', call_id: CALLS.paris.id },
      { type: 'function_call_output', output: '21 degrees' },
      { type: 'message', role: 'assistant' },
      { role: 'user' },
    ]);
    expect(sent.text).not.toContain('"id":');
  });

  it('are cancelled in the background and nowhere else', async () => {
    const extra = { antiphonEcho: { hang: true } };
    const running = await client.responses.create({ model, input: 'wait', background: true, ...extra });
    const cancelled = await client.responses.cancel(running.id);
    expect(cancelled).toMatchObject({ id: running.id, status: 'cancelled' });
    expect(await client.responses.cancel(running.id)).toMatchObject({ status: 'cancelled' });
    expect(await client.responses.retrieve(running.id)).toMatchObject({ status: 'cancelled' });
    const ended = await client.responses.create({ model, input: 'x' });
    await expect(client.responses.cancel(ended.id)).rejects.toMatchObject({ status: 400 });
  });

  it('are refused with the parameter that is wrong', async () => {
    const create = (body: object) => client.responses.create({ model, ...body } as OpenAI.Responses.ResponseCreateParamsNonStreaming);
    await expect(create({})).rejects.toMatchObject({ status: 400, param: 'input' });
    await expect(create({ input: [{ role: 'robot', content: 'x' }] })).rejects.toMatchObject({ status: 400, param: 'input[0].role' });
    await expect(create({ input: 'x', background: true, store: false })).rejects.toMatchObject({ status: 400, param: 'store' });
    await expect(create({ input: 'x', conversation: 'conv_1' })).rejects.toMatchObject({ status: 400, param: 'conversation' });
    await expect(create({ input: 'x', model: 'nobody/knows' })).rejects.toMatchObject({ status: 404, code: 'model_not_found' });
    await expect(client.responses.retrieve('resp_unknown')).rejects.toMatchObject({ status: 404 });
    await expect(client.responses.inputItems.list('resp_unknown')).rejects.toMatchObject({ status: 404 });
    await expect(client.responses.delete('resp_unknown')).rejects.toMatchObject({ status: 404 });
    await expect(client.responses.cancel('resp_unknown')).rejects.toMatchObject({ status: 404 });
  });
});
