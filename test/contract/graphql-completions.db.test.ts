import { createClient } from 'graphql-sse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMPLETION_CREATE, echoInput, startGraphqlServer, type GraphqlServer } from '../testkit/graphql-server.ts';

let server: GraphqlServer;
beforeAll(async () => {
  server = await startGraphqlServer();
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
});

interface Payload {
  readonly completion: { readonly id: string; readonly outcome: string; readonly output: { readonly text: string } | null } | null;
  readonly errors: readonly {
    readonly __typename: string;
    readonly message: string;
    readonly code: string;
    readonly path: string[] | null;
  }[];
}

async function create(input: unknown): Promise<Payload> {
  const { json } = await server.send({ query: COMPLETION_CREATE, variables: { input } });
  expect(json.errors).toBeUndefined();
  return (json.data as { completionCreate: Payload }).completionCreate;
}

async function countRequests(): Promise<number> {
  const { rows } = await server.database.pools.general.query<{ count: number }>('select count(*)::int as count from completion_request');
  return rows[0]?.count ?? 0;
}

describe('completionCreate', () => {
  it('answers after the record is durable, by the request’s own id', async () => {
    const answer = await server.send({ query: COMPLETION_CREATE, variables: { input: echoInput('Hello out there') } });
    const { id } = (answer.json.data as { completionCreate: { completion: { id: string } } }).completionCreate.completion;
    expect(answer.headers.get('x-request-id')).toBe(id);
    expect(answer.json.data).toEqual({
      completionCreate: {
        completion: {
          id,
          status: 'SETTLED',
          outcome: 'SUCCEEDED',
          output: { text: 'Hello out there' },
          usage: { inputTokens: 3, outputTokens: 3, basis: 'ACTUAL' },
          cost: { amountUsd: '0.000000000' },
        },
        errors: [],
      },
    });
    const read = await server.send({
      query:
        'query ($id: ID!) { completion(id: $id) { id outcome output { text } input { format body } } node(id: $id) { __typename id } }',
      variables: { id },
    });
    expect(read.json.data).toEqual({
      completion: {
        id,
        outcome: 'SUCCEEDED',
        output: { text: 'Hello out there' },
        input: { format: 'antiphon', body: echoInput('Hello out there') },
      },
      node: { __typename: 'Completion', id },
    });
  });

  it('makes one completion for each field of a mutation, with ids of their own', async () => {
    const { json } = await server.send({
      query: `mutation ($input: CompletionCreateInput!) {
        a: completionCreate(input: $input) { completion { id } } b: completionCreate(input: $input) { completion { id } }
      }`,
      variables: { input: echoInput('twice') },
    });
    const { a, b } = json.data as Record<'a' | 'b', { completion: { id: string } }>;
    expect(a.completion.id).not.toBe(b.completion.id);
  });

  it('gives the first result again for the same idempotency key and input, and a conflict for another', async () => {
    const input = { ...echoInput('once'), idempotencyKey: 'key-1' };
    const first = await create(input);
    const before = await countRequests();
    const again = await create(input);
    expect(again).toEqual(first);
    expect(await countRequests()).toBe(before);
    const other = await create({ ...echoInput('other'), idempotencyKey: 'key-1' });
    expect(other).toEqual({
      completion: null,
      errors: [{ __typename: 'ConflictError', message: expect.any(String) as string, code: 'CONFLICT', path: ['input', 'idempotencyKey'] }],
    });
  });

  it.each([
    ['no message', { ...echoInput('x'), messages: [] }, ['input', 'messages']],
    ['no model', { ...echoInput('x'), model: '' }, ['input', 'model']],
    ['a hot temperature', { ...echoInput('x'), options: { temperature: 2.5 } }, ['input', 'options', 'temperature']],
    ['no choice', { ...echoInput('x'), options: { choiceCount: 0 } }, ['input', 'options', 'choiceCount']],
    ['seventeen stops', { ...echoInput('x'), options: { stop: Array.from({ length: 17 }, () => 'x') } }, ['input', 'options', 'stop']],
    ['options that are no object', { ...echoInput('x'), options: { providerOptions: [1] } }, ['input', 'options', 'providerOptions']],
    ['metadata that is no object', { ...echoInput('x'), metadata: 1 }, ['input', 'metadata']],
    ['large metadata', { ...echoInput('x'), metadata: { a: 'x'.repeat(17_000) } }, ['input', 'metadata']],
    ['a negative bound', { ...echoInput('x'), maxCostUsd: '-1' }, ['input', 'maxCostUsd']],
    ['a bound finer than a nano-dollar', { ...echoInput('x'), maxCostUsd: '0.0000000001' }, ['input', 'maxCostUsd']],
    ['an empty idempotency key', { ...echoInput('x'), idempotencyKey: '' }, ['input', 'idempotencyKey']],
    ['no time', { ...echoInput('x'), deadlineMs: 0 }, ['input', 'deadlineMs']],
    ['a nameless tool', { ...echoInput('x'), tools: [{ name: '' }] }, ['input', 'tools', '0', 'name']],
    [
      'an odd schema name',
      { ...echoInput('x'), responseFormat: { jsonSchema: { name: 'a b', schema: {} } } },
      ['input', 'responseFormat', 'jsonSchema', 'name'],
    ],
    [
      'no part',
      { ...echoInput('x'), messages: [{ user: { content: { parts: [] } } }] },
      ['input', 'messages', '0', 'user', 'content', 'parts'],
    ],
  ])('refuses %s, says where, and records no call', async (_name, input, path) => {
    const before = await countRequests();
    const { completion, errors } = await create(input);
    expect(completion).toBeNull();
    expect(errors).toEqual([{ __typename: 'InvalidInputError', code: 'INVALID_INPUT', path, message: expect.any(String) as string }]);
    expect(await countRequests()).toBe(before);
  });

  it('records and explains a model that there is not', async () => {
    const { completion, errors } = await create({ ...echoInput('x'), model: 'local/nothing' });
    expect(completion).toMatchObject({ outcome: 'FAILED', output: null });
    expect(errors).toMatchObject([{ __typename: 'NotFoundError', code: 'NOT_FOUND', path: ['input', 'model'] }]);
  });

  it('tells of the calls that were made when a provider fails', async () => {
    const { json } = await server.send({
      query: `mutation ($input: CompletionCreateInput!) {
        completionCreate(input: $input) {
          completion { outcome attempts { id errorClass } failure { code } }
          errors { __typename ... on ProviderFailedError { isRetryable attempts { attemptId providerId modelId errorClass } } }
        }
      }`,
      variables: { input: echoInput('x', { failWith: 'overloaded' }) },
    });
    const { completion, errors } = (json.data as { completionCreate: Record<string, never> }).completionCreate as unknown as {
      completion: { attempts: { id: string }[] };
      errors: unknown[];
    };
    expect(completion).toMatchObject({ outcome: 'FAILED', attempts: [{ errorClass: 'OVERLOADED' }], failure: { code: 'PROVIDER_FAILED' } });
    expect(errors).toEqual([
      {
        __typename: 'ProviderFailedError',
        isRetryable: true,
        attempts: [{ attemptId: completion.attempts[0]?.id, providerId: 'local', modelId: 'local/echo', errorClass: 'OVERLOADED' }],
      },
    ]);
  });

  it('keeps text that databases do not like', async () => {
    const text = 'nul \u0000 and half \ud83d';
    const { completion, errors } = await create({ ...echoInput(text), metadata: { text } });
    expect(errors).toEqual([]);
    expect(completion?.output?.text).toContain('half');
    const { json } = await server.send({
      query: 'query ($id: ID!) { completion(id: $id) { metadata input { body } } }',
      variables: { id: completion?.id },
    });
    expect(json.errors).toBeUndefined();
    expect(json.data).toMatchObject({ completion: { metadata: { text } } });
  });
});

describe('completions', () => {
  it('are walked page by page from either end without gaps', async () => {
    const all: string[] = [];
    const query =
      'query ($first: Int, $after: String) { completions(first: $first, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }';
    for (let after: string | null = null, more = true; more;) {
      const { json } = await server.send({ query, variables: { first: 3, after } });
      const { nodes, pageInfo } = (
        json.data as { completions: { nodes: { id: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string } } }
      ).completions;
      all.push(...nodes.map(({ id }) => id));
      after = pageInfo.endCursor;
      more = pageInfo.hasNextPage;
    }
    expect(all).toEqual(all.toSorted().toReversed());
    expect(new Set(all).size).toBe(await countRequests());
    const oldest = await server.send({ query: '{ completions(last: 2) { nodes { id } pageInfo { hasPreviousPage hasNextPage } } }' });
    expect(oldest.json.data).toEqual({
      completions: { nodes: all.slice(-2).map((id) => ({ id })), pageInfo: { hasPreviousPage: true, hasNextPage: false } },
    });
  });

  it('are found by what they are', async () => {
    const { json } = await server.send({
      query: `{ failed: completions(filter: { outcome: FAILED, model: "local/echo" }) { nodes { outcome requestedModel } }
                none: completions(filter: { door: OPENAI }) { nodes { id } } }`,
    });
    expect(json.data).toEqual({ failed: { nodes: [{ outcome: 'FAILED', requestedModel: 'local/echo' }] }, none: { nodes: [] } });
  });

  it('load what a page needs in four statements, however long it is', async () => {
    const count = async (first: number): Promise<number> => {
      const statements = (): Promise<number> =>
        server.database.pools.admission
          .query<{ calls: string }>(`select sum(xact_commit) as calls from pg_stat_database where datname = current_database()`)
          .then(({ rows }) => Number(rows[0]?.calls));
      const before = await statements();
      await server.send({
        query: 'query ($first: Int) { completions(first: $first) { nodes { input { body } output { text } attempts { id } } } }',
        variables: { first },
      });
      return (await statements()) - before;
    };
    // Other work of the server is in the figures too; twenty payloads one by one would be forty statements more.
    expect((await count(20)) - (await count(2))).toBeLessThan(20);
  });
});

const STREAM = `subscription ($input: CompletionStreamInput!) {
  completionStream(input: $input) {
    __typename
    ... on CompletionStarted { sequence completionId model warnings }
    ... on CompletionTextDelta { sequence text }
    ... on CompletionReasoningDelta { sequence text }
    ... on CompletionReasoningEnded { sequence }
    ... on CompletionToolCallStarted { sequence name }
    ... on CompletionToolCallDelta { sequence argumentsText }
    ... on CompletionChoiceFinished { sequence finishReason }
    ... on CompletionFinished { sequence completion { id outcome output { text } } }
    ... on CompletionFailed { sequence recorded: failedCompletion { id outcome } error { __typename ... on UserError { code } } }
  }
}`;

interface StreamEvent {
  readonly __typename: string;
  readonly sequence: number;
  readonly completionId?: string;
  readonly text?: string;
}

function connect() {
  return createClient({ url: `${server.url}/stream`, headers: { authorization: `Bearer ${server.apiKey}` }, retryAttempts: 0 });
}

async function stream(input: unknown): Promise<StreamEvent[]> {
  const events: StreamEvent[] = [];
  const results = connect().iterate<{ completionStream: StreamEvent }>({
    query: STREAM,
    variables: { input },
  });
  for await (const { data, errors } of results) {
    expect(errors).toBeUndefined();
    if (data != null) events.push(data.completionStream);
  }
  return events;
}

describe('completionStream over server-sent events', () => {
  it('numbers its events from 0 without gaps and ends with the record', async () => {
    const events = await stream(
      echoInput('unused', { text: 'The answer', reasoning: 'hm hm', toolCalls: [{ name: 'look', argumentsText: '{"a":1}' }] }),
    );
    expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_event, index) => index));
    expect(events[0]).toMatchObject({ __typename: 'CompletionStarted', model: 'local/echo', warnings: [] });
    const text = events.flatMap((event) => (event.__typename === 'CompletionTextDelta' ? [event.text] : [])).join('');
    expect(events.at(-1)).toMatchObject({
      __typename: 'CompletionFinished',
      completion: { id: events[0]?.completionId, outcome: 'SUCCEEDED', output: { text } },
    });
  });

  it('ends with the failure and keeps what came before', async () => {
    const events = await stream(echoInput('a b c d', { failWith: 'overloaded', failAfterTokens: 2 }));
    expect(events.map(({ __typename }) => __typename)).toEqual([
      'CompletionStarted',
      'CompletionTextDelta',
      'CompletionTextDelta',
      'CompletionFailed',
    ]);
    expect(events.at(-1)).toMatchObject({ recorded: { outcome: 'FAILED' }, error: { code: 'PROVIDER_FAILED' } });
  });

  it('tells by an event what was refused before it began', async () => {
    expect(await stream({ ...echoInput('x'), messages: [] })).toMatchObject([
      { __typename: 'CompletionFailed', sequence: 0, recorded: null, error: { __typename: 'InvalidInputError', code: 'INVALID_INPUT' } },
    ]);
  });

  it.each([
    ['stops the call when the subscriber leaves', 'CANCEL', 'CANCELLED'],
    ['lets the call finish where the subscriber asked for it', 'FINISH', 'SUCCEEDED'],
  ])('%s', async (_name, onDisconnect, outcome) => {
    const client = connect();
    const input = { ...echoInput('a b c d e f', { tokenIntervalMs: 100 }), onDisconnect };
    let id: string | undefined;
    for await (const { data } of client.iterate<{ completionStream: StreamEvent }>({ query: STREAM, variables: { input } })) {
      id ??= data?.completionStream.completionId;
      if (data?.completionStream.__typename === 'CompletionTextDelta') break;
    }
    client.dispose();
    const read = async (): Promise<unknown> =>
      (await server.send({ query: 'query ($id: ID!) { completion(id: $id) { outcome } }', variables: { id } })).json.data;
    await expect.poll(read, { timeout: 5000 }).toEqual({ completion: { outcome } });
  });

  it('answers queries too, and is refused by GET and without JSON', async () => {
    const results = [];
    for await (const result of connect().iterate({ query: '{ __typename }' })) results.push(result.data);
    expect(results).toEqual([{ __typename: 'Query' }]);
    const headers = { authorization: `Bearer ${server.apiKey}`, accept: 'text/event-stream' };
    expect((await fetch(`${server.url}/stream?query={__typename}`, { headers })).status).toBe(405);
    expect((await fetch(`${server.url}/stream`, { method: 'POST', headers, body: '{}' })).status).toBe(415);
  });

  it('is served at /graphql to whoever accepts only an event stream', async () => {
    const response = await fetch(server.url, {
      method: 'POST',
      headers: { authorization: `Bearer ${server.apiKey}`, 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify({ query: STREAM, variables: { input: echoInput('one') } }),
    });
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    const text = await response.text();
    expect(text.match(/event: next/g)).toHaveLength(4);
    expect(text.endsWith('event: complete\ndata:\n\n')).toBe(true);
  });
});
