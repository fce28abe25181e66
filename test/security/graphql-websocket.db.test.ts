import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { echoInput, startGraphqlServer, type GraphqlServer } from '../testkit/graphql-server.ts';

const PROTOCOL = 'graphql-transport-ws';
const STREAM = `subscription ($input: CompletionStreamInput!) {
  completionStream(input: $input) {
    __typename
    ... on CompletionTextDelta { sequence text }
    ... on CompletionFinished { sequence completion { id usage { outputTokens } } }
  }
}`;

let server: GraphqlServer;
let webSocketUrl: string;
beforeAll(async () => {
  server = await startGraphqlServer();
  webSocketUrl = server.url.replace('http', 'ws');
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
});

interface Closed {
  readonly code: number;
  readonly reason: string;
}

/** A client that speaks the protocol by hand, rightly or wrongly. */
class RawClient {
  readonly socket: WebSocket;
  readonly closed: Promise<Closed>;
  readonly #received: Record<string, unknown>[] = [];
  #wake: (() => void) | null = null;

  constructor(protocols: string | string[] = PROTOCOL, headers: Record<string, string> = {}) {
    this.socket = new WebSocket(webSocketUrl, protocols, { headers });
    this.socket.on('error', () => undefined);
    this.socket.on('message', (data) => {
      this.#received.push(JSON.parse(String(data)) as Record<string, unknown>);
      this.#wake?.();
    });
    this.closed = new Promise((resolve) => this.socket.once('close', (code, reason) => resolve({ code, reason: String(reason) })));
  }

  static async connected(key = server.apiKey): Promise<RawClient> {
    const client = new RawClient();
    await client.opened();
    client.send({ type: 'connection_init', payload: { authorization: `Bearer ${key}` } });
    expect(await client.next()).toEqual({ type: 'connection_ack' });
    return client;
  }

  async opened(): Promise<void> {
    await once(this.socket, 'open');
  }

  send(message: unknown): void {
    this.socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  subscribe(id: string, query: string, variables?: unknown): void {
    this.send({ id, type: 'subscribe', payload: { query, variables } });
  }

  async next(): Promise<Record<string, unknown>> {
    while (this.#received.length === 0)
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    return this.#received.shift() as Record<string, unknown>;
  }

  async end(): Promise<void> {
    this.socket.close();
    await this.closed;
  }
}

describe('graphql-transport-ws', () => {
  it('runs queries, mutations and subscriptions of the library’s own client', async () => {
    const client = createClient({
      url: webSocketUrl,
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${server.apiKey}` },
    });
    const results = [];
    for await (const { data } of client.iterate({ query: STREAM, variables: { input: echoInput('one two three') } })) results.push(data);
    expect(results).toMatchObject([
      { completionStream: { __typename: 'CompletionStarted' } },
      { completionStream: { sequence: 1, text: 'one' } },
      { completionStream: { sequence: 2, text: ' two' } },
      { completionStream: { sequence: 3, text: ' three' } },
      { completionStream: { __typename: 'CompletionChoiceFinished' } },
      { completionStream: { sequence: 5, completion: { usage: { outputTokens: 3 } } } },
    ]);
    for await (const result of client.iterate({ query: '{ viewer { project { name } } }' }))
      expect(result.data).toEqual({ viewer: { project: { name: 'Default project' } } });
    await client.dispose();
  });

  it('tells what is wrong with a document by an error message, without suggestions', async () => {
    const client = await RawClient.connected();
    client.subscribe('1', '{ viewr { scopes } }');
    expect(await client.next()).toMatchObject({
      id: '1',
      type: 'error',
      payload: [{ message: 'Cannot query field "viewr" on type "Query".', extensions: { code: 'INVALID_INPUT' } }],
    });
    await client.end();
  });

  it('takes the key from the handshake where the first message has none', async () => {
    const client = new RawClient(PROTOCOL, { authorization: `Bearer ${server.apiKey}` });
    await client.opened();
    client.send({ type: 'connection_init' });
    expect(await client.next()).toEqual({ type: 'connection_ack' });
    await client.end();
  });

  it('answers pings of both kinds', async () => {
    const client = await RawClient.connected();
    client.send({ type: 'ping', payload: { a: 1 } });
    expect(await client.next()).toEqual({ type: 'pong', payload: { a: 1 } });
    const pong = once(client.socket, 'pong');
    client.socket.ping('x');
    expect(String((await pong)[0])).toBe('x');
    await client.end();
  });
});

describe('closes', () => {
  it('4400 on a message that is none', async () => {
    const client = new RawClient();
    await client.opened();
    client.send('hello');
    expect(await client.closed).toMatchObject({ code: 4400 });
  });

  it('4401 on an operation before the acknowledgement', async () => {
    const client = new RawClient();
    await client.opened();
    client.subscribe('1', '{ __typename }');
    expect(await client.closed).toMatchObject({ code: 4401 });
  });

  it('4403 on a key that is not known', async () => {
    const client = new RawClient();
    await client.opened();
    client.send({ type: 'connection_init', payload: { authorization: 'Bearer nonsense' } });
    expect(await client.closed).toMatchObject({ code: 4403 });
  });

  it('4403 without any key', async () => {
    const client = new RawClient();
    await client.opened();
    client.send({ type: 'connection_init' });
    expect(await client.closed).toMatchObject({ code: 4403 });
  });

  it('4406 on another sub-protocol', async () => {
    // The server chooses none of those offered, and clients may take that for a failed handshake.
    const { code } = await new RawClient('graphql-ws').closed;
    expect([1006, 4406]).toContain(code);
  });

  it('4408 on a first message that never comes', async () => {
    const client = new RawClient();
    expect(await client.closed).toMatchObject({ code: 4408 });
  });

  it('4409 on an id that is in use', async () => {
    const client = await RawClient.connected();
    client.subscribe('1', STREAM, { input: echoInput('x', { isHanging: true, hang: true, latencyMs: 5000 }) });
    client.subscribe('1', STREAM, { input: echoInput('x') });
    expect(await client.closed).toMatchObject({ code: 4409 });
  });

  it('4429 on a second first message', async () => {
    const client = await RawClient.connected();
    client.send({ type: 'connection_init' });
    expect(await client.closed).toMatchObject({ code: 4429 });
  });

  it('1009 on a message that is too large', async () => {
    const client = await RawClient.connected();
    client.send('x'.repeat(1024 * 1024 + 1));
    expect(await client.closed).toMatchObject({ code: 1009 });
  });

  it('4429 on a flood of messages, and on a flood of pings', async () => {
    const messages = await RawClient.connected();
    for (let count = 0; count < 60; count += 1) messages.send({ type: 'ping' });
    expect(await messages.closed).toMatchObject({ code: 4429, reason: 'Too many messages; 20 a second are allowed, 40 at once' });
    const pings = await RawClient.connected();
    for (let count = 0; count < 60; count += 1) pings.socket.ping();
    expect(await pings.closed).toMatchObject({ code: 4429 });
  });

  it('4403 within a second or so when the key is revoked', async () => {
    const key = await server.createKey(['MODELS_READ']);
    const client = await RawClient.connected(key);
    await server.revokeKey(key);
    const revokedAt = performance.now();
    expect(await client.closed).toEqual({ code: 4403, reason: 'The key has expired or was revoked' });
    expect(performance.now() - revokedAt).toBeLessThan(2000);
  });
});

describe('the handshake', () => {
  it('is refused to pages of other sites', async () => {
    const client = new RawClient(PROTOCOL, { origin: 'https://elsewhere.example' });
    const [, response] = (await once(client.socket, 'unexpected-response')) as [unknown, { statusCode: number }];
    expect(response.statusCode).toBe(403);
  });

  it('is allowed to our own pages', async () => {
    const client = new RawClient(PROTOCOL, { origin: server.origin });
    await client.opened();
    await client.end();
  });

  it('is refused anywhere but at /graphql', async () => {
    const socket = new WebSocket(`${webSocketUrl}/elsewhere`, PROTOCOL);
    socket.on('error', () => undefined);
    const [, response] = (await once(socket, 'unexpected-response')) as [unknown, { statusCode: number }];
    expect(response.statusCode).toBe(404);
  });

  it('is refused to an address with twenty sockets', async () => {
    const clients = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const client = new RawClient();
        await client.opened();
        return client;
      }),
    );
    const [, response] = (await once(new RawClient().socket, 'unexpected-response')) as [unknown, { statusCode: number }];
    expect(response.statusCode).toBe(429);
    await Promise.all(clients.map((client) => client.end()));
    await delay(20);
    const again = new RawClient();
    await again.opened();
    await again.end();
  });
});

describe('abuse', () => {
  it('of fifty operations at once: one more is refused and the socket stays', async () => {
    const client = await RawClient.connected();
    const input = echoInput('x', { latencyMs: 60_000 });
    for (let count = 0; count < 51; count += 1) {
      client.subscribe(String(count), STREAM, { input });
      // Within the rate of messages.
      if (count >= 35) await delay(55);
    }
    expect(await client.next()).toMatchObject({ id: '50', type: 'error', payload: [{ extensions: { code: 'RATE_LIMITED' } }] });
    await client.end();
  });

  it('by a client that leaves: its calls are settled as cancelled', async () => {
    const client = await RawClient.connected();
    client.subscribe('1', STREAM, { input: echoInput('a b c', { tokenIntervalMs: 5000 }) });
    await client.next();
    client.socket.terminate();
    await client.closed;
    await expect
      .poll(async () => (await server.send({ query: '{ completions(first: 1) { nodes { outcome } } }' })).json.data, { timeout: 5000 })
      .toEqual({ completions: { nodes: [{ outcome: 'CANCELLED' }] } });
  });

  it('by a client that stops reading: the provider waits and memory does not grow', async () => {
    const client = await RawClient.connected();
    const before = process.memoryUsage().rss;
    client.socket.pause();
    const text = 'word '.repeat(150_000);
    client.subscribe('1', STREAM, { input: echoInput(text) });
    await delay(1500);
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024);
    client.socket.terminate();
    await client.closed;
  });
});
