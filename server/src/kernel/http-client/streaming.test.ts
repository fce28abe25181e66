import { describe, expect, it } from 'vitest';
import { getRequest, httpFailureOf, openHttpClient } from '../../../../test/testkit/http-client.ts';
import { serveHttp, serveTcp } from '../../../../test/testkit/loopback.ts';

describe('streaming', () => {
  it('pushes each chunk as it was sent, in order', async () => {
    const sent = Array.from({ length: 200 }, (_, index) => `data: ${index}\n\n`);
    await using server = await serveHttp((_request, response) => {
      for (const chunk of sent) response.write(chunk);
      response.end();
    });
    await using client = openHttpClient();
    const received: string[] = [];
    await client.stream(getRequest(server.url), { onHead: () => undefined, onData: (chunk) => void received.push(chunk.toString()) });
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
    await using client = openHttpClient();
    let received = 0;
    let largestLead = 0;
    await client.stream(getRequest(server.url, { maxResponseBytes: total }), {
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
    await using client = openHttpClient();
    let pending = 0;
    let largest = 0;
    await client.stream(getRequest(server.url, { maxResponseBytes: total }), {
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
    await using client = openHttpClient();
    const received: string[] = [];
    const failure = await httpFailureOf(
      client.stream(getRequest(server.url), {
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
    await using client = openHttpClient();
    const own = new RangeError('no more');
    const throwing = client.stream(getRequest(server.url), {
      onHead: () => undefined,
      onData: () => {
        throw own;
      },
    });
    await expect(throwing).rejects.toBe(own);
    const rejecting = client.stream(getRequest(server.url), { onHead: () => undefined, onData: () => Promise.reject(own) });
    await expect(rejecting).rejects.toBe(own);
    await server.drained();
    expect(client.stats()).toEqual([]);
  });

  it('frees the socket at once when aborted in any phase, and leaves no listener on the signal', async () => {
    await using silent = await serveHttp(() => undefined);
    await using talking = await serveHttp((_request, response) => void response.write('x'));
    await using client = openHttpClient();
    const inHead = new AbortController();
    const waiting = httpFailureOf(client.send(getRequest(silent.url, { signal: inHead.signal })));
    while (silent.accepted === 0) await new Promise(setImmediate);
    inHead.abort();
    expect([(await waiting).kind, (await waiting).phase]).toEqual(['aborted', 'headers']);
    const inBody = new AbortController();
    const failure = await httpFailureOf(
      client.stream(getRequest(talking.url, { signal: inBody.signal }), { onHead: () => undefined, onData: () => inBody.abort() }),
    );
    expect([failure.kind, failure.phase]).toEqual(['aborted', 'body']);
    await Promise.all([silent.drained(), talking.drained()]);
    const before = await httpFailureOf(client.send(getRequest(silent.url, { signal: AbortSignal.abort() })));
    expect([before.kind, silent.accepted]).toEqual(['aborted', 1]);
  });

  it('carries a thousand streams at once without waiting and gives every socket back', async () => {
    const count = 1_000;
    const open: (() => void)[] = [];
    await using server = await serveHttp((_request, response) => {
      response.write('first');
      open.push(() => response.end('last'));
    });
    await using client = openHttpClient();
    let heads = 0;
    const streams = Array.from({ length: count }, async () => {
      let text = '';
      await client.stream(getRequest(server.url), {
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
    await using client = openHttpClient({ limits: { connectionsPerOrigin: 1 } });
    const running = httpFailureOf(client.send(getRequest(server.url)));
    const controller = new AbortController();
    const queued = httpFailureOf(client.send(getRequest(server.url, { signal: controller.signal })));
    expect(client.stats()[0]?.waiting).toBe(1);
    controller.abort();
    expect((await queued).phase).toBe('connect');
    expect(client.stats()[0]?.waiting).toBe(0);
    await client.close();
    expect((await running).kind).toBe('aborted');
  });
});
