import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readAnswer, startGraphqlServer, type GraphqlAnswer, type GraphqlServer } from '../testkit/graphql-server.ts';

let server: GraphqlServer;
/** A key like most: it may do everything but read the schema. */
let key: string;
beforeAll(async () => {
  server = await startGraphqlServer({ NODE_ENV: 'production' });
  key = await server.createKey(['COMPLETIONS_WRITE', 'COMPLETIONS_READ', 'MODELS_READ', 'PROVIDERS_READ', 'ACCOUNTING_READ']);
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
});

const send = (operation: unknown, headers?: Record<string, string>): Promise<GraphqlAnswer> =>
  server.send(operation, { key, ...(headers === undefined ? {} : { headers }) });

async function request(path: string, init: RequestInit): Promise<GraphqlAnswer> {
  const headers = new Headers(init.headers);
  headers.set('authorization', `Bearer ${key}`);
  return readAnswer(await fetch(`${server.url}${path}`, { ...init, headers }));
}

function expectRefused({ status, json }: GraphqlAnswer, code = 'INVALID_INPUT'): void {
  expect(status).toBeGreaterThanOrEqual(400);
  expect(status).toBeLessThan(500);
  expect(json.data).toBeUndefined();
  expect(json.errors?.[0]?.extensions.code).toBe(code);
}

describe('attack checks on the production profile', () => {
  it('1: refuses 101 aliases of __typename', async () => {
    expectRefused(await send({ query: `{ ${Array.from({ length: 101 }, (_, index) => `a${index}: __typename`).join(' ')} }` }));
  });

  it('2: refuses a list of operations', async () => {
    const answer = await send(Array.from({ length: 10 }, () => ({ query: '{ __typename }' })));
    expectRefused(answer);
    expect(answer.json.errors).toHaveLength(1);
  });

  it('3: refuses many unknown directives and answers at most three errors', async () => {
    const answer = await send({ query: `{ __typename ${'@nope '.repeat(10)} }` });
    expectRefused(answer);
    expect(answer.json.errors?.length).toBeLessThanOrEqual(3);
    expectRefused(await send({ query: `{ __typename ${'@nope '.repeat(11)} }` }));
  });

  it('4: refuses circular introspection, also to a key that may read the schema', async () => {
    const circle = (depth: number): string => (depth === 0 ? 'name' : `fields { type { ${circle(depth - 1)} } }`);
    const query = `{ __schema { types { ${circle(4)} } } }`;
    expectRefused(await send({ query }));
    expectRefused(await server.send({ query }));
  });

  it('5: refuses introspection without SCHEMA_READ', async () => {
    expectRefused(await send({ query: '{ __schema { types { name fields { name } } } }' }), 'FORBIDDEN');
    expectRefused(await send({ query: '{ __type(name: "Query") { name } }' }), 'FORBIDDEN');
    expect((await server.send({ query: '{ __type(name: "Query") { name } }' })).json.data).toEqual({ __type: { name: 'Query' } });
  });

  it('6: refuses a query by GET', async () => {
    expectRefused(await request(`?query=${encodeURIComponent('{ __typename }')}`, {}));
  });

  it('7: refuses a mutation by GET, with a preflighted header too', async () => {
    const query = encodeURIComponent(
      'mutation { completionCreate(input: { model: "local/echo", messages: [] }) { errors { __typename } } }',
    );
    expectRefused(await request(`?query=${query}`, {}));
    const preflighted = await request(`?query=${query}`, { headers: { 'apollo-require-preflight': '1' } });
    expectRefused(preflighted);
    expect(preflighted.status).toBe(405);
  });

  it('8: refuses form-encoded and plain bodies', async () => {
    for (const contentType of ['application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'text/plain']) {
      const answer = await request('', { method: 'POST', headers: { 'content-type': contentType }, body: 'query={__typename}' });
      expectRefused(answer);
      expect(answer.status).toBe(415);
    }
  });

  it('9: suggests nothing, for fields, arguments, types, enum values and input fields alike', async () => {
    for (const operation of [
      { query: '{ viewr { scopes } }' },
      { query: '{ models(frist: 1) { totalCount } }' },
      { query: '{ viewer { ... on Viewr { scopes } } }' },
      { query: '{ completions(filter: { status: SETLED }) { nodes { id } } }' },
      { query: '{ completions(filter: { statu: SETTLED }) { nodes { id } } }' },
      { query: 'query ($f: CompletionFilter) { completions(filter: $f) { nodes { id } } }', variables: { f: { status: 'SETLED' } } },
      { query: 'query ($f: CompletionFilter) { completions(filter: $f) { nodes { id } } }', variables: { f: { statu: 'SETTLED' } } },
    ]) {
      const answer = await send(operation);
      expectRefused(answer);
      expect(answer.text).not.toMatch(/did you mean/i);
    }
  });

  it('10: has no console on the GraphQL path', async () => {
    const answer = await request('', { headers: { accept: 'text/html' } });
    expect(answer.headers.get('content-type')).not.toContain('html');
    expect(answer.text).not.toMatch(/<html|graphiql|playground/i);
  });

  it('11: traces nothing', async () => {
    const answer = await send({ query: '{ __typename }' }, { 'x-apollo-tracing': '1' });
    expect(Object.keys(answer.json.extensions ?? {})).toEqual(['cost']);
  });

  it('12: answers a malformed operation without a stack and without a 5xx', async () => {
    for (const body of [{ query: 'qury { __typename }' }, { query: '{' }, '{"query":', 'null', '"x"', '']) {
      const answer = await send(body);
      expectRefused(answer);
      expect(answer.text).not.toMatch(/stack|exception|node_modules|\bat \w+/);
    }
  });

  it('13: refuses the same field 500 times', async () => {
    expectRefused(await send({ query: `{ ${'__typename '.repeat(500)} }` }));
  });
});

describe('bounds', () => {
  it('refuses a document that grows by its fragments', async () => {
    const names = Array.from({ length: 9 }, (_, index) => `F${index}`);
    const fragments = names.map((name, index) =>
      index === 8
        ? `fragment ${name} on Completion { id }`
        : `fragment ${name} on Completion { a: model { id } ...${names[index + 1]} ... { ...${names[index + 1]} } }`,
    );
    const start = performance.now();
    const answer = await send({ query: `{ completions { nodes { ...F0 } } } ${fragments.join(' ')}` });
    expectRefused(answer);
    expect(performance.now() - start).toBeLessThan(1000);
  });

  it('refuses fragments that nest deeper than the text does', async () => {
    const nest = (field: string, depth: number): string => `${field} { `.repeat(depth);
    const query = `{ node(id: "x") { ...A } } fragment A on Completion { model { provider { id } } attempts { id } output { choices { reasoning { text } } } }`;
    expect((await send({ query })).json.errors).toBeUndefined();
    expectRefused(await send({ query: `{ ${nest('viewer', 13)} id ${'}'.repeat(13)} }` }));
  });

  it('prices a page by its variables and says what it would cost', async () => {
    const each = '{ input { body } output { text choices { text } } attempts { id usage { inputTokens } } }';
    const query = `query ($first: Int) { completions(first: $first) { nodes ${each} edges { node ${each} } } }`;
    const small = await send({ query, variables: { first: 10 } });
    expect(small.json.data).toBeDefined();
    const large = await send({ query, variables: { first: 100 } });
    expectRefused(large);
    expect(large.json.extensions).toEqual({ cost: { requested: expect.any(Number) as number, limit: 5000 } });
  });

  it('refuses pages without end and both ends at once', async () => {
    for (const [page, path] of [
      ['first: 0', 'first'],
      ['first: 101', 'first'],
      ['last: -1', 'last'],
      ['first: 1, last: 1', 'last'],
      ['after: "%"', 'after'],
    ]) {
      const { json } = await send({ query: `{ models(${page}) { totalCount } }` });
      expect(json.errors?.[0]?.extensions.code, `${page} ${path}`).toBe('INVALID_INPUT');
    }
  });

  it('answers 413 to a body that is too large and closes', async () => {
    const small = await startGraphqlServer({ ANTIPHON_MAX_BODY_BYTES: '1000' });
    try {
      const answer = await small.send({ query: `{ __typename } # ${'x'.repeat(2000)}` });
      expect(answer.status).toBe(413);
      expect(answer.json.errors?.[0]?.extensions.code).toBe('INVALID_INPUT');
    } finally {
      await small[Symbol.asyncDispose]();
    }
  });

  it('answers 401 with the envelope and the request id, whatever is asked', async () => {
    for (const headers of [{}, { authorization: 'Bearer nonsense' }, { authorization: 'Basic eA==' }, { cookie: 'antiphon_session=x' }]) {
      const response = await fetch(server.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: '{"query":"{ __typename }"}',
      });
      const { status, json } = await readAnswer(response);
      expect(status).toBe(401);
      expect(json).toEqual({
        errors: [
          {
            message: expect.any(String) as string,
            extensions: { code: 'UNAUTHENTICATED', requestId: response.headers.get('x-request-id') },
          },
        ],
      });
    }
  });

  it('counts what was refused in the ledger', async () => {
    const fresh = await startGraphqlServer();
    try {
      await fresh.send({ query: '{ viewr }' });
      await fresh.send({ query: '{ __schema { types { name } } }' }, { key: await fresh.createKey(['MODELS_READ']) });
      await fresh.send('{');
      await fresh.send({ query: '{ __typename }' }, { key: 'nonsense' });
      const refused = async (): Promise<unknown> => {
        const { rows } = await fresh.database.pools.general.query(
          `select code, http_status as "httpStatus", sum(occurrences)::int as count from request_refusal
           where door = 'GRAPHQL' group by 1, 2 order by 1, 2`,
        );
        return rows;
      };
      await expect.poll(refused, { timeout: 10_000 }).toEqual([
        { code: 'FORBIDDEN', httpStatus: 403, count: 1 },
        { code: 'INVALID_INPUT', httpStatus: 400, count: 2 },
        { code: 'UNAUTHENTICATED', httpStatus: 401, count: 1 },
      ]);
    } finally {
      await fresh[Symbol.asyncDispose]();
    }
  });
});
