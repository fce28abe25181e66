import { GraphQLError } from 'graphql';
import { describe, expect, it } from 'vitest';
import {
  AntiphonClient,
  AuthenticationError,
  CancelledError,
  ConfigurationError,
  ConnectionError,
  ContentBlockedError,
  InvalidInputError,
  ProviderError,
  RateLimitError,
  ServiceUnavailableError,
  TimeoutError,
} from '../src/index.ts';
import type { AntiphonError } from '../src/index.ts';
import { startContractServer, startRawServer } from './contract-server.ts';
import type { RootValue } from './contract-server.ts';

const apiKey = 'key-1';
const input = { model: 'local/echo', messages: [{ user: { content: { text: 'hello' } } }] };
const completion = {
  __typename: 'Completion',
  id: 'completion-1',
  status: 'SETTLED',
  door: 'GRAPHQL',
  operation: 'CHAT',
  isStreaming: false,
  requestedModel: 'local/echo',
  startedAt: '2026-11-25T09:30:00.000Z',
  warnings: [],
  attempts: [],
  output: { text: 'hello', choices: [] },
};

const delta = (sequence: number) => ({
  completionStream: { __typename: 'CompletionTextDelta', sequence, choice: 0, text: `t${sequence}` },
});

function root(fields: Partial<RootValue>): RootValue {
  return fields as RootValue;
}

/** The failure of a promise, which must fail. */
async function failureOf(promise: Promise<unknown>): Promise<AntiphonError> {
  return promise.then(
    () => {
      throw new Error('It did not fail.');
    },
    (error: AntiphonError) => error,
  );
}

async function collect<T>(events: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const event of events) all.push(event);
  return all;
}

describe('AntiphonClient over HTTP', () => {
  it('sends a mutation with the key and returns the payload', async () => {
    const received: unknown[] = [];
    await using server = await startContractServer(
      root({
        completionCreate: (args: { input: unknown }) => {
          received.push(structuredClone(args.input));
          return { completion, errors: [] };
        },
      }),
    );
    const payload = await new AntiphonClient({ baseUrl: `${server.baseUrl}/`, apiKey }).completionCreate({ input });
    expect(payload.completion.output).toEqual({ text: 'hello', choices: [] });
    expect(received).toEqual([input]);
    expect(server.seen).toEqual([{ path: '/graphql', authorization: 'Bearer key-1' }]);
  });

  it('throws the class of a payload error and keeps the record beside it', async () => {
    await using server = await startContractServer(
      root({
        completionCreate: () => ({
          completion,
          errors: [
            { __typename: 'ContentBlockedError', message: 'Blocked by policy.', code: 'CONTENT_BLOCKED', path: ['input', 'messages'] },
          ],
        }),
      }),
    );
    const error = await failureOf(new AntiphonClient({ baseUrl: server.baseUrl, apiKey }).completionCreate({ input }));
    expect(error).toBeInstanceOf(ContentBlockedError);
    expect(error).toMatchObject({
      name: 'ContentBlockedError',
      code: 'CONTENT_BLOCKED',
      message: 'Blocked by policy.',
      path: ['input', 'messages'],
      data: { completion: { id: 'completion-1' } },
    });
  });

  it('throws the class of a top-level error with its request id and wait', async () => {
    await using server = await startContractServer(
      root({
        viewer: () => {
          throw new GraphQLError('Too many requests.', {
            extensions: { code: 'RATE_LIMITED', requestId: 'request-9', retryAfterMs: 1500 },
          });
        },
      }),
    );
    const error = await failureOf(new AntiphonClient({ baseUrl: server.baseUrl, apiKey }).viewer());
    expect(error).toBeInstanceOf(RateLimitError);
    expect(error).toMatchObject({ code: 'RATE_LIMITED', requestId: 'request-9', retryAfterMs: 1500, path: ['viewer'] });
  });

  it('runs a document of the caller and refuses one that does not fit the schema', async () => {
    await using server = await startContractServer(root({ node: () => null }));
    const client = new AntiphonClient({ baseUrl: server.baseUrl, apiKey });
    expect(await client.execute('query ($id: ID!) { node(id: $id) { id } }', { id: 'x' })).toEqual({ node: null });
    const error = await failureOf(client.execute('{ nothing }', {}));
    expect(error).toMatchObject({ message: 'Cannot query field "nothing" on type "Query".', requestId: 'request-1' });
  });

  it('takes code and wait from the head when the body is no GraphQL result', async () => {
    await using server = await startRawServer((_request, response) => {
      response.writeHead(503, { 'retry-after': '2', 'x-request-id': 'request-7' }).end('<html>');
    });
    const error = await failureOf(new AntiphonClient({ baseUrl: server.baseUrl, apiKey }).models());
    expect(error).toBeInstanceOf(ServiceUnavailableError);
    expect(error).toMatchObject({ code: 'UNAVAILABLE', requestId: 'request-7', retryAfterMs: 2000 });
  });

  it('says so when the address is not that of an Antiphon server', async () => {
    await using server = await startRawServer((_request, response) => response.end('welcome'));
    const error = await failureOf(new AntiphonClient({ baseUrl: server.baseUrl, apiKey }).models());
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error.message).toContain('Check that baseUrl is that of an Antiphon server.');
  });

  it('throws ConnectionError when nobody listens', async () => {
    const server = await startRawServer(() => undefined);
    await server[Symbol.asyncDispose]();
    const error = await failureOf(new AntiphonClient({ baseUrl: server.baseUrl, apiKey }).models());
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error.message).toContain(`The connection to ${server.baseUrl} failed: `);
  });

  it('gives up after timeoutMs, and at once when the caller cancels', async () => {
    await using server = await startRawServer(() => undefined);
    const client = new AntiphonClient({ baseUrl: server.baseUrl, apiKey, timeoutMs: 20 });
    expect(await failureOf(client.models())).toBeInstanceOf(TimeoutError);
    const cancel = new AbortController();
    const call = failureOf(client.models({}, { signal: cancel.signal, timeoutMs: 60_000 }));
    cancel.abort();
    expect(await call).toBeInstanceOf(CancelledError);
  });
});

describe.each(['sse', 'ws'] as const)('AntiphonClient over %s', (transport) => {
  it('delivers every event in order and ends', async () => {
    await using server = await startContractServer(
      root({
        completionStream: async function* () {
          for (let sequence = 0; sequence < 500; sequence += 1) yield delta(sequence);
        },
      }),
    );
    const events = await collect(new AntiphonClient({ baseUrl: server.baseUrl, apiKey }).completionStream({ input }, { transport }));
    expect(events.map((event) => event.__typename === 'CompletionTextDelta' && event.text)).toEqual(
      Array.from({ length: 500 }, (_, sequence) => `t${sequence}`),
    );
    expect(server.seen).toEqual([{ path: transport === 'ws' ? 'ws' : '/graphql/stream', authorization: 'Bearer key-1' }]);
  });

  it('tells the server when the reader leaves', async () => {
    let markClosed: () => void = () => undefined;
    const closed = new Promise<void>((resolve) => (markClosed = resolve));
    const source = {
      sent: 0,
      [Symbol.asyncIterator]() {
        return this;
      },
      next() {
        this.sent += 1;
        return this.sent === 1 ? Promise.resolve({ value: delta(0), done: false }) : new Promise(() => undefined);
      },
      return() {
        markClosed();
        return Promise.resolve({ value: undefined, done: true });
      },
    };
    await using server = await startContractServer(root({ completionStream: () => source }));
    const client = new AntiphonClient({ baseUrl: server.baseUrl, apiKey });
    for await (const event of client.completionStream({ input }, { transport })) {
      expect(event).toMatchObject({ sequence: 0 });
      break;
    }
    await closed;
  });

  it('throws CancelledError when the signal ends it', async () => {
    const cancel = new AbortController();
    await using server = await startContractServer(
      root({
        completionStream: async function* () {
          yield delta(0);
          await new Promise(() => undefined);
        },
      }),
    );
    const events = new AntiphonClient({ baseUrl: server.baseUrl, apiKey }).completionStream(
      { input },
      { transport, signal: cancel.signal },
    );
    expect((await events.next()).value).toMatchObject({ sequence: 0 });
    const next = failureOf(events.next());
    cancel.abort();
    expect(await next).toBeInstanceOf(CancelledError);
  });

  it('throws the class of an error that refuses the subscription', async () => {
    await using server = await startContractServer(
      root({
        completionStream: () => {
          throw new GraphQLError('Every provider failed.', { extensions: { code: 'PROVIDER_FAILED', requestId: 'request-3' } });
        },
      }),
    );
    const error = await failureOf(
      collect(new AntiphonClient({ baseUrl: server.baseUrl, apiKey }).completionStream({ input }, { transport })),
    );
    expect(error).toBeInstanceOf(ProviderError);
    expect(error).toMatchObject({ code: 'PROVIDER_FAILED', requestId: 'request-3' });
  });

  it('throws when the document does not fit the schema', async () => {
    await using server = await startContractServer(root({}));
    const client = new AntiphonClient({ baseUrl: server.baseUrl, apiKey });
    const error = await failureOf(collect(client.subscribe('subscription { nothing }', {}, { transport })));
    expect(error.message).toBe('Cannot query field "nothing" on type "Subscription".');
  });
});

describe('AntiphonClient over sse', () => {
  it('throws when the stream breaks before it is complete', async () => {
    await using server = await startRawServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'x-request-id': 'request-5' });
      response.end(`event: next\ndata: ${JSON.stringify({ data: delta(0) })}\n\n`);
    });
    const events = new AntiphonClient({ baseUrl: server.baseUrl, apiKey }).completionStream({ input });
    expect((await events.next()).value).toMatchObject({ sequence: 0 });
    expect(await failureOf(events.next())).toMatchObject({ name: 'ConnectionError', requestId: 'request-5' });
  });

  it('throws the error of a response that is no stream', async () => {
    await using server = await startRawServer((_request, response) => {
      response.writeHead(401, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ errors: [{ message: 'The key is unknown.', extensions: { code: 'UNAUTHENTICATED' } }] }));
    });
    const error = await failureOf(collect(new AntiphonClient({ baseUrl: server.baseUrl, apiKey }).completionStream({ input })));
    expect(error).toBeInstanceOf(AuthenticationError);
  });
});

describe('AntiphonClient over ws', () => {
  it('throws the class that a close code stands for', async () => {
    await using server = await startContractServer(root({}));
    const client = new AntiphonClient({ baseUrl: server.baseUrl, apiKey: 'another' });
    const error = await failureOf(collect(client.completionStream({ input }, { transport: 'ws' })));
    expect(error).toMatchObject({ name: 'AuthenticationError', message: 'The server closed the connection: Forbidden' });
  });
});

describe('settings', () => {
  it('refuses to start without a key and says where to get one', () => {
    expect(() => new AntiphonClient({ apiKey: '' })).toThrow(ConfigurationError);
    expect(() => new AntiphonClient({ apiKey: '' })).toThrow('Set ANTIPHON_API_KEY or pass { apiKey }.');
  });

  it('refuses a base URL that is no http address', () => {
    expect(() => new AntiphonClient({ apiKey, baseUrl: 'localhost:4000' })).toThrow(
      'The base URL "localhost:4000" is not an http or https address',
    );
  });
});

describe('error classes', () => {
  it('make unknown codes internal and keep them', async () => {
    await using server = await startRawServer((_request, response) => {
      response.end(JSON.stringify({ errors: [{ message: 'New kind.', extensions: { code: 'constructor' } }] }));
    });
    const error = await failureOf(new AntiphonClient({ baseUrl: server.baseUrl, apiKey }).models());
    expect(error).toMatchObject({ name: 'InternalServerError', code: 'constructor' });
  });

  it('map refused variables to InvalidInputError', async () => {
    await using server = await startRawServer((_request, response) => {
      response.writeHead(400);
      response.end(JSON.stringify({ errors: [{ message: 'Variable "$input" got invalid value.' }] }));
    });
    expect(await failureOf(new AntiphonClient({ baseUrl: server.baseUrl, apiKey }).models())).toBeInstanceOf(InvalidInputError);
  });
});
