import { describe, expect, it } from 'vitest';
import { getRequest, httpFailureOf, openHttpClient } from '../../../../test/testkit/http-client.ts';
import { serveHttp } from '../../../../test/testkit/loopback.ts';

/** A promise and the function that resolves it. */
function createGate(): { promise: Promise<void>; resolve(): void } {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((settle) => (resolve = settle));
  return { promise, resolve };
}

describe('http client', () => {
  it('sends method, path, headers and body, and gives back status, headers and body', async () => {
    await using server = await serveHttp((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        response.writeHead(
          429,
          [
            ['x-many', 'one'],
            ['X-Many', 'two'],
          ].flat(),
        );
        const { method, url, headers } = request;
        response.end(JSON.stringify({ method, url, headers, body: Buffer.concat(chunks).toString() }));
      });
    });
    await using client = openHttpClient();
    const answer = await client.send(
      getRequest(`${server.url}/a/b?c=d#e`, { method: 'POST', headers: { Authorization: 'Bearer x' }, body: 'größe' }),
    );
    expect(answer.status).toBe(429);
    expect(answer.headers['x-many']).toBe('one, two');
    expect(JSON.parse(answer.body.toString())).toEqual({
      method: 'POST',
      url: '/a/b?c=d',
      headers: {
        host: `127.0.0.1:${server.port}`,
        connection: 'keep-alive',
        authorization: 'Bearer x',
        'accept-encoding': 'identity',
        'content-length': '7',
      },
      body: 'größe',
    });
  });

  it('uses one connection for calls after each other and drops the origin when its last connection goes', async () => {
    await using server = await serveHttp((_request, response) => response.end('x'));
    await using client = openHttpClient();
    for (let call = 0; call < 5; call++) await client.send(getRequest(server.url));
    expect(server.accepted).toBe(1);
    expect(client.stats()).toEqual([{ origin: server.url, busy: 0, idle: 1, waiting: 0 }]);
    await server[Symbol.asyncDispose]();
    while (client.stats().length > 0) await new Promise(setImmediate);
    expect(client.stats()).toEqual([]);
  });

  it('hands a redirect back instead of following it', async () => {
    let calls = 0;
    await using server = await serveHttp((_request, response) => {
      calls += 1;
      response.writeHead(302, { location: '/elsewhere', 'set-cookie': 'a=b' }).end();
    });
    await using client = openHttpClient();
    const answer = await client.send(getRequest(server.url));
    expect([answer.status, answer.headers['location'], calls]).toEqual([302, '/elsewhere', 1]);
  });

  it('opens as many connections as the limit allows, keeps the rest waiting in order and refuses beyond the queue', async () => {
    const order: string[] = [];
    const gate = createGate();
    await using server = await serveHttp((request, response) => {
      order.push(String(request.url));
      void gate.promise.then(() => response.end(request.url));
    });
    await using client = openHttpClient({ limits: { connectionsPerOrigin: 2, waitingPerOrigin: 2 } });
    const calls = ['/1', '/2', '/3', '/4'].map((path) => client.send(getRequest(server.url + path)));
    expect(client.stats()).toEqual([{ origin: server.url, busy: 2, idle: 0, waiting: 2 }]);
    const refused = await httpFailureOf(client.send(getRequest(`${server.url}/5`)));
    expect([refused.kind, refused.phase]).toEqual(['connect', 'connect']);
    expect(refused.message).toContain('raise the limit');
    gate.resolve();
    await Promise.all(calls);
    expect([server.accepted, order.slice().sort()]).toEqual([2, ['/1', '/2', '/3', '/4']]);
    expect(order.indexOf('/3')).toBeLessThan(order.indexOf('/4'));
  });

  it('closes the origin unused longest for a new one, and never one in use', async () => {
    const gate = createGate();
    const answers = (_request: unknown, response: { end(text: string): unknown }): void => void response.end('x');
    await using busy = await serveHttp((_request, response) => void gate.promise.then(() => response.end('late')));
    await using older = await serveHttp(answers);
    await using newer = await serveHttp(answers);
    await using client = openHttpClient({ limits: { origins: 2 } });
    const slow = client.send(getRequest(busy.url));
    await client.send(getRequest(older.url));
    await client.send(getRequest(newer.url));
    expect(client.stats().map((stats) => stats.origin)).toEqual([busy.url, newer.url]);
    await older.drained();
    gate.resolve();
    expect((await slow).body.toString()).toBe('late');
  });

  it('refuses a new origin when every one is in use', async () => {
    await using first = await serveHttp(() => undefined);
    await using second = await serveHttp((_request, response) => response.end('x'));
    await using client = openHttpClient({ limits: { origins: 1 } });
    const slow = httpFailureOf(client.send(getRequest(first.url)));
    const refused = await httpFailureOf(client.send(getRequest(second.url)));
    expect([refused.kind, second.accepted]).toEqual(['connect', 0]);
    await client.close();
    expect((await slow).kind).toBe('aborted');
  });

  it('refuses header injection and a host of its own before anything is sent', async () => {
    await using server = await serveHttp((_request, response) => response.end());
    await using client = openHttpClient();
    for (const headers of [{ 'x-a': 'b\r\nx-c: d' }, { host: 'elsewhere' }, { 'x a': 'b' }, { 'transfer-encoding': 'chunked' }]) {
      const failure = await httpFailureOf(client.send(getRequest(server.url, { headers })));
      expect(failure.kind).toBe('protocol');
      expect(failure.message).not.toContain('x-c');
    }
    expect(server.accepted).toBe(0);
  });
});
