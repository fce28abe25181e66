import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { serveHttp } from '../../../test/testkit/loopback.ts';
import { endAnswer, endStream } from './end-answer.ts';

const ANSWER = 'too large';
const HEAD = { 'content-type': 'text/plain', 'content-length': ANSWER.length, connection: 'close' };
const MEBIBYTE = 1024 * 1024;

afterEach(() => void vi.useRealTimers());

async function open(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  return socket;
}

const requestHead = (length: number): string => `POST / HTTP/1.1\r\nhost: x\r\ncontent-length: ${length}\r\n\r\n`;

/** Everything the server sends until it closes. */
async function readAll(socket: Socket): Promise<string> {
  let text = '';
  for await (const chunk of socket.setEncoding('utf8')) text += chunk;
  return text;
}

describe('an answer to a body that is still coming', () => {
  it('reaches its sender at once, who may go on sending', async () => {
    await using server = await serveHttp((request, response) => {
      response.writeHead(413, HEAD);
      endAnswer(request, response, ANSWER);
    });
    const socket = await open(server.port);
    socket.write(requestHead(8 * MEBIBYTE));
    const [first] = (await once(socket, 'data')) as [Buffer];
    expect(first.toString()).toContain(ANSWER);
    for (let sent = 0; sent < 8; sent += 1) await new Promise<void>((resolve) => socket.write(Buffer.alloc(MEBIBYTE), () => resolve()));
    await once(socket.resume(), 'end');
    socket.destroy();
  });

  it('is lost where the connection is closed under its sender (control)', async () => {
    await using server = await serveHttp((_request, response) => {
      response.writeHead(413, HEAD).end(ANSWER);
    });
    const socket = await open(server.port);
    const failed = once(socket, 'error');
    socket.write(requestHead(64 * MEBIBYTE));
    const send = (): void => void socket.write(Buffer.alloc(MEBIBYTE), (error) => (error ? undefined : send()));
    send();
    expect(['EPIPE', 'ECONNRESET']).toContain(((await failed) as [{ code: string }])[0].code);
  });

  it('does not wait for a sender that stops', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    await using server = await serveHttp((request, response) => {
      response.writeHead(413, HEAD);
      endAnswer(request, response, ANSWER);
      vi.advanceTimersByTime(5000);
    });
    const socket = await open(server.port);
    socket.write(requestHead(MEBIBYTE));
    expect(await readAll(socket)).toContain(ANSWER);
  });

  it('leaves the connection open where all of it had come', async () => {
    await using server = await serveHttp((request, response) => {
      request.resume().once('end', () => {
        response.writeHead(200, { 'content-length': 2 });
        endAnswer(request, response, 'ok');
      });
    });
    const socket = await open(server.port);
    for (let call = 0; call < 2; call += 1) {
      socket.write(`${requestHead(4)}body`);
      expect(String((await once(socket, 'data'))[0])).toContain('200 OK');
    }
    socket.destroy();
    expect(server.accepted).toBe(1);
  });
});

describe('the end of a stream', () => {
  async function endUnread(): Promise<{ response: ServerResponse; [Symbol.asyncDispose](): Promise<void> }> {
    let ended: (response: ServerResponse) => void = () => undefined;
    const isEnded = new Promise<ServerResponse>((resolve) => (ended = resolve));
    const server = await serveHttp((_request, response) => {
      response.writeHead(200);
      endStream(response, Buffer.alloc(32 * MEBIBYTE));
      ended(response);
    });
    const socket = await open(server.port);
    socket.pause().write(requestHead(0));
    const response = await isEnded;
    return {
      response,
      [Symbol.asyncDispose]: async () => {
        socket.destroy();
        await server[Symbol.asyncDispose]();
      },
    };
  }

  it('does not wait for ever for a caller that does not read', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    await using ending = await endUnread();
    const closed = once(ending.response, 'close');
    vi.advanceTimersByTime(29_999);
    expect(ending.response.destroyed).toBe(false);
    vi.advanceTimersByTime(1);
    await closed;
    expect(ending.response.writableFinished).toBe(false);
  });
});
