import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { GENEROUS_TIMEOUTS, getRequest, httpFailureOf, openHttpClient } from '../../../../test/testkit/http-client.ts';
import { serveHttp, serveTcp } from '../../../../test/testkit/loopback.ts';
import { HttpClientError, type OutboundRequest } from './index.ts';

describe('deadlines', () => {
  const within = async (request: OutboundRequest): Promise<[HttpClientError, number]> => {
    await using client = openHttpClient();
    const startMs = performance.now();
    const failure = await httpFailureOf(client.send(request));
    return [failure, performance.now() - startMs];
  };

  it('ends an attempt to connect and its socket', async () => {
    await using server = await serveTcp((socket) => void socket.resume());
    // TLS to a server that never answers the greeting: TCP stands, the connection is not ready.
    const url = server.url.replace('http:', 'https:');
    const [failure, tookMs] = await within(getRequest(url, { timeouts: { ...GENEROUS_TIMEOUTS, connectMs: 60 } }));
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
    const [failure, tookMs] = await within(getRequest(server.url, { timeouts: { ...GENEROUS_TIMEOUTS, headersMs: 60 } }));
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
    const [failure, tookMs] = await within(getRequest(server.url, { timeouts: { ...GENEROUS_TIMEOUTS, idleMs: 80 } }));
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
    const [failure] = await within(getRequest(server.url, { timeouts: { ...GENEROUS_TIMEOUTS, idleMs: 1_000, totalMs: 100 } }));
    expect(failure.message).toContain('(totalMs)');
    await server.drained();
  });

  it('does not count the time in which the receiver holds the socket as idle', async () => {
    await using server = await serveHttp((_request, response) => {
      response.write('a');
      setImmediate(() => response.end('b'));
    });
    await using client = openHttpClient();
    let text = '';
    await client.stream(getRequest(server.url, { timeouts: { ...GENEROUS_TIMEOUTS, idleMs: 50 } }), {
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
    await using client = openHttpClient();
    return await client.send(getRequest(server.url)).then(
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
    await using client = openHttpClient();
    for (let call = 0; call < 3; call++) expect((await client.send(getRequest(server.url))).body.toString()).toBe('a');
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
    await using client = openHttpClient();
    for (const path of ['/announced', '/chunked']) {
      const failure = await httpFailureOf(client.send(getRequest(server.url + path, { maxResponseBytes: 1_000 })));
      expect(failure).toMatchObject({ kind: 'too-large', phase: 'body' });
    }
    await server.drained();
  });

  it('reports a refused connection and a name that does not exist', async () => {
    const server = await serveTcp(() => undefined);
    await server[Symbol.asyncDispose]();
    await using client = openHttpClient();
    const refused = await httpFailureOf(client.send(getRequest(server.url)));
    expect(refused).toMatchObject({ kind: 'connect', phase: 'connect' });
    expect(refused.message).toBe(`cannot connect to ${server.url} (ECONNREFUSED)`);
    expect(client.stats()).toEqual([]);
  });

  it('connects again when the server closed the idle connection', async () => {
    await using server = await serveHttp((request, response) => {
      response.end('x');
      void once(response, 'close').then(() => request.socket.destroy());
    });
    await using client = openHttpClient();
    for (let call = 1; call <= 5; call++) {
      expect((await client.send(getRequest(server.url))).body.toString()).toBe('x');
      while (client.stats().length > 0) await new Promise(setImmediate);
    }
  });
});
