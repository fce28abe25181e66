import { auditServer } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readAnswer, startGraphqlServer, type GraphqlServer } from '../testkit/graphql-server.ts';

let server: GraphqlServer;
beforeAll(async () => {
  server = await startGraphqlServer();
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
});

describe('GraphQL over HTTP', () => {
  it('passes the audits of graphql-http', async () => {
    const fetchWithKey: typeof fetch = (input, init) => {
      const headers = new Headers(init?.headers);
      headers.set('authorization', `Bearer ${server.apiKey}`);
      return fetch(input, { ...init, headers });
    };
    const results = await auditServer({ url: server.url, fetchFn: fetchWithKey });
    const by = (status: string): string[] => results.filter((result) => result.status === status).map(({ id, name }) => `${id} ${name}`);
    expect(by('error')).toEqual([]);
    expect(by('warn')).toEqual([]);
    // GET without a header that makes browsers ask first is refused on purpose.
    expect(by('notice').map((name) => name.slice(0, 4))).toEqual(['5A70', 'D6D5', '6A70']);
    expect(by('ok').length).toBeGreaterThanOrEqual(58);
  });
});

describe('both lanes', () => {
  const variables = { id: 'cmp_0' };
  const corpus: readonly (readonly [string, unknown])[] = [
    ['a query', { query: '{ __typename }' }],
    ['a name', { query: 'query A { __typename } query B { viewer { scopes } }', operationName: 'A' }],
    ['variables', { query: 'query ($id: ID!) { completion(id: $id) { id } }', variables }],
    ['null for the rest', { query: '{ __typename }', variables: null, operationName: null, extensions: null }],
    ['a missing variable', { query: 'query ($id: ID!) { completion(id: $id) { id } }' }],
    ['a wrong variable', { query: 'query ($first: Int) { models(first: $first) { totalCount } }', variables: { first: 'many' } }],
    ['an error of a field', { query: '{ models(first: 0) { totalCount } }' }],
    ['a partial answer', { query: '{ viewer { scopes } completion(id: "x") { id } }' }],
    ['several operations without a name', { query: 'query A { __typename } query B { __typename }' }],
    ['an unknown name', { query: 'query A { __typename }', operationName: 'C' }],
    ['no operation', { query: 'fragment F on Query { __typename }' }],
    ['a syntax error', { query: '{ viewer' }],
    ['an unknown field', { query: '{ viewr }' }],
    ['many unknown fields', { query: '{ a b c d e f }' }],
    ['too many aliases', { query: `{ ${Array.from({ length: 16 }, (_, index) => `a${index}: __typename`).join(' ')} }` }],
    [
      'too expensive',
      { query: '{ completions(first: 100) { nodes { attempts { usage { inputTokens } cost { amountUsd } } output { text } } } }' },
    ],
    ['a subscription', { query: 'subscription { completionStream(input: { model: "local/echo", messages: [] }) { __typename } }' }],
    ['an empty query', { query: '' }],
    ['a query that is no text', { query: 1 }],
    ['variables that are no object', { query: '{ __typename }', variables: [1] }],
    ['a list', [{ query: '{ __typename }' }]],
    ['nothing', {}],
  ];

  /** The header makes the request unusual without changing what it means. */
  async function post(body: unknown, accept: string, contentType: string) {
    const response = await fetch(server.url, {
      method: 'POST',
      headers: { authorization: `Bearer ${server.apiKey}`, 'content-type': contentType, accept },
      body: JSON.stringify(body),
    });
    const { status, headers, text } = await readAnswer(response);
    const kept = ['content-type', 'cache-control', 'allow', 'retry-after'].map((name) => [name, headers.get(name)]);
    return { status, kept, text: text.replaceAll(/cmp_[0-9a-f]{32}/g, 'cmp_…') };
  }

  it.each(['application/json', 'application/graphql-response+json', '*/*', 'application/graphql-response+json, application/json'])(
    'answer alike with accept: %s',
    async (accept) => {
      for (const [name, body] of corpus) {
        const direct = await post(body, accept, 'application/json');
        const apollo = await post(body, accept, 'application/json ; x=1');
        expect({ name, ...direct }).toEqual({ name, ...apollo });
      }
    },
  );

  it('are told apart by a corpus that holds a difference (control)', async () => {
    const direct = await post({ query: '{ a: __typename }' }, '*/*', 'application/json');
    const apollo = await post({ query: '{ b: __typename }' }, '*/*', 'application/json ; x=1');
    expect(direct).not.toEqual(apollo);
  });
});
