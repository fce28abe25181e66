import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { serveHttp, serveTcp } from '../../../../test/testkit/loopback.ts';
import { systemClock } from '../clock/index.ts';
import { createLogger } from '../telemetry/index.ts';
import {
  createHttpClient,
  HttpClientError,
  type HttpClientOptions,
  type ObservableHttpClient,
  type OutboundRequest,
  type OutboundTimeouts,
} from './index.ts';

const GENEROUS: OutboundTimeouts = { connectMs: 5_000, headersMs: 5_000, idleMs: 5_000, totalMs: 10_000 };

function createClient(options: Partial<HttpClientOptions> = {}): ObservableHttpClient & AsyncDisposable {
  const client = createHttpClient({ log: createLogger({ level: 'silent' }), clock: systemClock, ...options });
  return Object.assign(client, { [Symbol.asyncDispose]: () => client.close() });
}

function get(url: string, overrides: Partial<OutboundRequest> = {}): OutboundRequest {
  return { method: 'GET', url, headers: {}, timeouts: GENEROUS, egress: 'operator', ...overrides };
}

const failureOf = (call: Promise<unknown>): Promise<HttpClientError> =>
  call.then(
    () => Promise.reject(new Error('expected a failure')),
    (error: unknown) => (error instanceof HttpClientError ? error : Promise.reject(error)),
  );

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
    await using client = createClient();
    const answer = await client.send(
      get(`${server.url}/a/b?c=d#e`, { method: 'POST', headers: { Authorization: 'Bearer x' }, body: 'größe' }),
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
    await using client = createClient();
    for (let call = 0; call < 5; call++) await client.send(get(server.url));
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
    await using client = createClient();
    const answer = await client.send(get(server.url));
    expect([answer.status, answer.headers['location'], calls]).toEqual([302, '/elsewhere', 1]);
  });

  it('opens as many connections as the limit allows, keeps the rest waiting in order and refuses beyond the queue', async () => {
    const order: string[] = [];
    const gate = createGate();
    await using server = await serveHttp((request, response) => {
      order.push(String(request.url));
      void gate.promise.then(() => response.end(request.url));
    });
    await using client = createClient({ limits: { connectionsPerOrigin: 2, waitingPerOrigin: 2 } });
    const calls = ['/1', '/2', '/3', '/4'].map((path) => client.send(get(server.url + path)));
    expect(client.stats()).toEqual([{ origin: server.url, busy: 2, idle: 0, waiting: 2 }]);
    const refused = await failureOf(client.send(get(`${server.url}/5`)));
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
    await using client = createClient({ limits: { origins: 2 } });
    const slow = client.send(get(busy.url));
    await client.send(get(older.url));
    await client.send(get(newer.url));
    expect(client.stats().map((stats) => stats.origin)).toEqual([busy.url, newer.url]);
    await older.drained();
    gate.resolve();
    expect((await slow).body.toString()).toBe('late');
  });

  it('refuses a new origin when every one is in use', async () => {
    await using first = await serveHttp(() => undefined);
    await using second = await serveHttp((_request, response) => response.end('x'));
    await using client = createClient({ limits: { origins: 1 } });
    const slow = failureOf(client.send(get(first.url)));
    const refused = await failureOf(client.send(get(second.url)));
    expect([refused.kind, second.accepted]).toEqual(['connect', 0]);
    await client.close();
    expect((await slow).kind).toBe('aborted');
  });

  it('refuses header injection and a host of its own before anything is sent', async () => {
    await using server = await serveHttp((_request, response) => response.end());
    await using client = createClient();
    for (const headers of [{ 'x-a': 'b\r\nx-c: d' }, { host: 'elsewhere' }, { 'x a': 'b' }, { 'transfer-encoding': 'chunked' }]) {
      const failure = await failureOf(client.send(get(server.url, { headers })));
      expect(failure.kind).toBe('protocol');
      expect(failure.message).not.toContain('x-c');
    }
    expect(server.accepted).toBe(0);
  });
});

describe('streaming', () => {
  it('pushes each chunk as it was sent, in order', async () => {
    const sent = Array.from({ length: 200 }, (_, index) => `data: ${index}\n\n`);
    await using server = await serveHttp((_request, response) => {
      for (const chunk of sent) response.write(chunk);
      response.end();
    });
    await using client = createClient();
    const received: string[] = [];
    await client.stream(get(server.url), { onHead: () => undefined, onData: (chunk) => void received.push(chunk.toString()) });
    expect(received).toEqual(sent);
  });

  it('pauses the socket while the receiver is busy: memory stays bounded and order holds', async () => {
    const total = 64 * 1024 * 1024;
    const block = 64 * 1024;
    let written = 0;
    await using server = await serveHttp((_request, response) => {
      const push = (): void => {
        while (written < total) {
          const chunk = Buffer.alloc(block, (written / block) % 251);
          written += block;
          if (!response.write(chunk)) {
            response.once('drain', push);
            return;
          }
        }
        response.end();
      };
      push();
    });
    await using client = createClient();
    let received = 0;
    let largestLead = 0;
    await client.stream(get(server.url, { maxResponseBytes: total }), {
      onHead: () => undefined,
      onData: async (chunk) => {
        for (const byte of [chunk[0], chunk.at(-1)]) expect(byte === undefined).toBe(false);
        expect(chunk[0]).toBe(Math.floor(received / block) % 251);
        received += chunk.length;
        largestLead = Math.max(largestLead, written - received);
        await new Promise(setImmediate);
      },
    });
    expect(received).toBe(total);
    // What the kernel's socket buffers and the server's own buffer hold; a client that did not pause would reach 64 MiB.
    expect(largestLead).toBeLessThan(16 * 1024 * 1024);
  }, 60_000);

  it('races ahead when the receiver does not hold it (control)', async () => {
    const total = 32 * 1024 * 1024;
    await using server = await serveHttp((_request, response) => response.end(Buffer.alloc(total)));
    await using client = createClient();
    let pending = 0;
    let largest = 0;
    await client.stream(get(server.url, { maxResponseBytes: total }), {
      onHead: () => undefined,
      onData: (chunk) => {
        pending += chunk.length;
        largest = Math.max(largest, pending);
      },
    });
    expect(largest).toBe(total);
  });

  it('delivers what arrived before a reset to a slow receiver, then fails', async () => {
    await using server = await serveTcp((socket) => {
      socket.once('data', () => {
        socket.write('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\na\r\n1\r\nb\r\n');
        setImmediate(() => socket.end('1\r\nc\r\n'));
      });
    });
    await using client = createClient();
    const received: string[] = [];
    const failure = await failureOf(
      client.stream(get(server.url), {
        onHead: () => undefined,
        onData: async (chunk) => {
          await new Promise((resolve) => setTimeout(resolve, 20));
          received.push(chunk.toString());
        },
      }),
    );
    expect([received.join(''), failure.kind, failure.phase]).toEqual(['abc', 'reset', 'body']);
  });

  it('passes on what the receiver throws and closes the socket', async () => {
    await using server = await serveHttp((_request, response) => {
      response.write('x');
    });
    await using client = createClient();
    const own = new RangeError('no more');
    const throwing = client.stream(get(server.url), {
      onHead: () => undefined,
      onData: () => {
        throw own;
      },
    });
    await expect(throwing).rejects.toBe(own);
    const rejecting = client.stream(get(server.url), { onHead: () => undefined, onData: () => Promise.reject(own) });
    await expect(rejecting).rejects.toBe(own);
    await server.drained();
    expect(client.stats()).toEqual([]);
  });

  it('frees the socket at once when aborted in any phase, and leaves no listener on the signal', async () => {
    await using silent = await serveHttp(() => undefined);
    await using talking = await serveHttp((_request, response) => void response.write('x'));
    await using client = createClient();
    const inHead = new AbortController();
    const waiting = failureOf(client.send(get(silent.url, { signal: inHead.signal })));
    while (silent.accepted === 0) await new Promise(setImmediate);
    inHead.abort();
    expect([(await waiting).kind, (await waiting).phase]).toEqual(['aborted', 'headers']);
    const inBody = new AbortController();
    const failure = await failureOf(
      client.stream(get(talking.url, { signal: inBody.signal }), { onHead: () => undefined, onData: () => inBody.abort() }),
    );
    expect([failure.kind, failure.phase]).toEqual(['aborted', 'body']);
    await Promise.all([silent.drained(), talking.drained()]);
    const before = await failureOf(client.send(get(silent.url, { signal: AbortSignal.abort() })));
    expect([before.kind, silent.accepted]).toEqual(['aborted', 1]);
  });

  it('carries a thousand streams at once without waiting and gives every socket back', async () => {
    const count = 1_000;
    const open: (() => void)[] = [];
    await using server = await serveHttp((_request, response) => {
      response.write('first');
      open.push(() => response.end('last'));
    });
    await using client = createClient();
    let heads = 0;
    const streams = Array.from({ length: count }, async () => {
      let text = '';
      await client.stream(get(server.url, { timeouts: { connectMs: 20_000, headersMs: 20_000, idleMs: 20_000, totalMs: 25_000 } }), {
        onHead: () => void heads++,
        onData: (chunk) => void (text += chunk.toString()),
      });
      return text;
    });
    while (heads < count) await new Promise(setImmediate);
    expect(client.stats()).toEqual([{ origin: server.url, busy: count, idle: 0, waiting: 0 }]);
    for (const end of open) end();
    expect((await Promise.all(streams)).every((text) => text === 'firstlast')).toBe(true);
    expect(client.stats()).toEqual([{ origin: server.url, busy: 0, idle: count, waiting: 0 }]);
  });

  it('takes an aborted call out of the queue', async () => {
    await using server = await serveHttp(() => undefined);
    await using client = createClient({ limits: { connectionsPerOrigin: 1 } });
    const running = failureOf(client.send(get(server.url)));
    const controller = new AbortController();
    const queued = failureOf(client.send(get(server.url, { signal: controller.signal })));
    expect(client.stats()[0]?.waiting).toBe(1);
    controller.abort();
    expect((await queued).phase).toBe('connect');
    expect(client.stats()[0]?.waiting).toBe(0);
    await client.close();
    expect((await running).kind).toBe('aborted');
  });
});

describe('deadlines', () => {
  const within = async (request: OutboundRequest): Promise<[HttpClientError, number]> => {
    await using client = createClient();
    const startMs = performance.now();
    const failure = await failureOf(client.send(request));
    return [failure, performance.now() - startMs];
  };

  it('ends an attempt to connect and its socket', async () => {
    await using server = await serveTcp((socket) => void socket.resume());
    // TLS to a server that never answers the greeting: TCP stands, the connection is not ready.
    const url = server.url.replace('http:', 'https:');
    const [failure, tookMs] = await within(get(url, { timeouts: { ...GENEROUS, connectMs: 60 } }));
    expect([failure.kind, failure.phase, failure.message]).toEqual([
      'timeout',
      'connect',
      `no connection to ${url} within 60 ms (connectMs)`,
    ]);
    expect(tookMs).toBeLessThan(1_000);
    await server.drained();
  });

  it('ends a call whose head does not come', async () => {
    await using server = await serveHttp(() => undefined);
    const [failure, tookMs] = await within(get(server.url, { timeouts: { ...GENEROUS, headersMs: 60 } }));
    expect([failure.kind, failure.phase]).toEqual(['timeout', 'headers']);
    expect(failure.message).toContain('(headersMs)');
    expect(tookMs).toBeLessThan(1_000);
    await server.drained();
  });

  it('ends a body that stalls, though bytes came before', async () => {
    await using server = await serveHttp((_request, response) => {
      response.write('a');
      setTimeout(() => response.write('b'), 40);
    });
    const [failure, tookMs] = await within(get(server.url, { timeouts: { ...GENEROUS, idleMs: 80 } }));
    expect([failure.kind, failure.phase]).toEqual(['timeout', 'body']);
    expect(failure.message).toContain('(idleMs)');
    expect(tookMs).toBeGreaterThanOrEqual(115);
    await server.drained();
  });

  it('ends a body that trickles for ever', async () => {
    await using server = await serveHttp((_request, response) => {
      const timer = setInterval(() => response.write('x'), 10);
      response.on('close', () => clearInterval(timer));
    });
    const [failure] = await within(get(server.url, { timeouts: { ...GENEROUS, idleMs: 1_000, totalMs: 100 } }));
    expect(failure.message).toContain('(totalMs)');
    await server.drained();
  });

  it('does not count the time in which the receiver holds the socket as idle', async () => {
    await using server = await serveHttp((_request, response) => {
      response.write('a');
      setImmediate(() => response.end('b'));
    });
    await using client = createClient();
    let text = '';
    await client.stream(get(server.url, { timeouts: { ...GENEROUS, idleMs: 50 } }), {
      onHead: () => undefined,
      onData: async (chunk) => {
        text += chunk.toString();
        await new Promise((resolve) => setTimeout(resolve, 120));
      },
    });
    expect(text).toBe('ab');
  });
});

describe('broken upstreams', () => {
  const answer = async (bytes: string, how: 'end' | 'reset' | 'stay' = 'end'): Promise<HttpClientError | string> => {
    await using server = await serveTcp((socket) => {
      socket.once('data', () => {
        socket.write(bytes, () => {
          if (how === 'end') socket.end();
          if (how === 'reset') socket.resetAndDestroy();
        });
      });
    });
    await using client = createClient();
    return await client.send(get(server.url)).then(
      ({ body }) => body.toString(),
      (error: unknown) => (error instanceof HttpClientError ? error : Promise.reject(error)),
    );
  };

  it.each([
    ['a reset before the head', '', 'reset', 'reset', 'headers'],
    ['an end before the head', '', 'end', 'reset', 'headers'],
    ['half a head', 'HTTP/1.1 200 OK\r\ncontent-le', 'end', 'reset', 'headers'],
    ['half a body of known length', 'HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n12345', 'end', 'reset', 'body'],
    [
      'half a body and connection: close',
      'HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 10\r\n\r\n12345',
      'end',
      'reset',
      'body',
    ],
    ['a reset in the body', 'HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n12345', 'reset', 'reset', 'body'],
    ['a body without its last chunk', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\na\r\n', 'end', 'reset', 'body'],
    ['something that is not HTTP', 'SSH-2.0-OpenSSH_9.9\r\n', 'stay', 'protocol', 'headers'],
    ['a chunk size that is no number', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n', 'stay', 'protocol', 'body'],
    ['both lengths at once', 'HTTP/1.1 200 OK\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n', 'stay', 'protocol', 'headers'],
    ['a head without end', `HTTP/1.1 200 OK\r\n${'x: yyyyyyyyyyyyyyyyyyyyyyyyyyyyy\r\n'.repeat(4_000)}`, 'stay', 'protocol', 'headers'],
    ['an upgrade nobody asked for', 'HTTP/1.1 101 Switching\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n', 'stay', 'protocol', 'headers'],
  ] as const)('reports %s', async (_name, bytes, how, kind, phase) => {
    const failure = await answer(bytes, how);
    expect(failure).toBeInstanceOf(HttpClientError);
    expect(failure).toMatchObject({ kind, phase });
  });

  it('accepts a body that ends with the connection, and skips interim answers', async () => {
    expect(await answer('HTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\nHTTP/1.1 200 OK\r\n\r\nwhole')).toBe('whole');
  });

  it('does not use bytes after an answer as the next answer', async () => {
    await using server = await serveTcp((socket) => {
      socket.on('data', () => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\naHTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\nb'));
    });
    await using client = createClient();
    for (let call = 0; call < 3; call++) expect((await client.send(get(server.url))).body.toString()).toBe('a');
    expect(server.accepted).toBe(3);
  });

  it('refuses an answer larger than allowed, by its announcement and by its bytes', async () => {
    let written = 0;
    await using server = await serveHttp((request, response) => {
      if (request.url === '/announced') response.setHeader('content-length', 1_000_000);
      response.on('error', () => undefined);
      const push = (): void => {
        written += 1;
        response.write('x'.repeat(100));
        if (!response.destroyed && written < 1_000) setImmediate(push);
      };
      push();
    });
    await using client = createClient();
    for (const path of ['/announced', '/chunked']) {
      const failure = await failureOf(client.send(get(server.url + path, { maxResponseBytes: 1_000 })));
      expect(failure).toMatchObject({ kind: 'too-large', phase: 'body' });
    }
    await server.drained();
  });

  it('reports a refused connection and a name that does not exist', async () => {
    const server = await serveTcp(() => undefined);
    await server[Symbol.asyncDispose]();
    await using client = createClient();
    const refused = await failureOf(client.send(get(server.url)));
    expect(refused).toMatchObject({ kind: 'connect', phase: 'connect' });
    expect(refused.message).toBe(`cannot connect to ${server.url} (ECONNREFUSED)`);
    expect(client.stats()).toEqual([]);
  });

  it('connects again when the server closed the idle connection', async () => {
    await using server = await serveHttp((request, response) => {
      response.end('x');
      void once(response, 'close').then(() => request.socket.destroy());
    });
    await using client = createClient();
    for (let call = 1; call <= 5; call++) {
      expect((await client.send(get(server.url))).body.toString()).toBe('x');
      while (client.stats().length > 0) await new Promise(setImmediate);
    }
  });
});
