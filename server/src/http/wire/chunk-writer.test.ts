import { once } from 'node:events';
import { Agent, createServer, request, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { ChunkWriter } from './chunk-writer.ts';

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  }
});

async function serve(listener: RequestListener): Promise<number> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

async function get(port: number, agent?: Agent): Promise<Buffer> {
  const outgoing = request({ port, host: '127.0.0.1', ...(agent === undefined ? {} : { agent }) });
  outgoing.end();
  const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
  const pieces: Buffer[] = [];
  for await (const piece of answer as AsyncIterable<Buffer>) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** Writes `pieces` one by one, waiting where it is asked to, and ends with `end`. */
function writing(pieces: readonly Buffer[], end: string): RequestListener {
  return (_message, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const writer = new ChunkWriter(response);
    void (async () => {
      for (const piece of pieces) await writer.write(piece);
      response.end(end);
    })();
  };
}

describe('pieces of a long answer', () => {
  it('arrive as they were, whatever their sizes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 70_000 }), { maxLength: 12 }), fc.string(), async (arrays, end) => {
        const pieces = arrays.map((bytes) => Buffer.from(bytes));
        const port = await serve(writing(pieces, end));
        expect((await get(port)).equals(Buffer.concat([...pieces, Buffer.from(end)]))).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  it('leave the connection fit for the next request', async () => {
    const port = await serve(writing([Buffer.from('one '), Buffer.from('two '), Buffer.from('three')], ''));
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const answers = [await get(port, agent), await get(port, agent), await get(port, agent)];
    agent.destroy();
    expect(answers.map(String)).toEqual(['one two three', 'one two three', 'one two three']);
  });

  it('wait for their turn when requests are pipelined', async () => {
    let count = 0;
    const port = await serve((message, response) => {
      const name = message.url ?? '';
      count += 1;
      const delayMs = count === 1 ? 30 : 0;
      setTimeout(() => writing([Buffer.from(`${name}a `), Buffer.from(`${name}b `)], 'end ')(message, response), delayMs);
    });
    const socket = connect(port, '127.0.0.1');
    const head = (path: string, more = ''): string => `GET ${path} HTTP/1.1\r\nhost: x\r\n${more}\r\n`;
    socket.write(head('/1') + head('/2', 'connection: close\r\n'));
    let text = '';
    for await (const piece of socket as AsyncIterable<Buffer>) text += piece.toString();
    expect(text.match(/\/\d[ab]|end|HTTP/g)).toEqual(['HTTP', '/1a', '/1b', 'end', 'HTTP', '/2a', '/2b', 'end']);
  });

  it('wait for a reader that is slow, and stop waiting when it leaves', async () => {
    let written = 0;
    let isOver = false;
    const piece = Buffer.alloc(256 * 1024, 'x');
    const port = await serve((_message, response) => {
      response.writeHead(200);
      const writer = new ChunkWriter(response);
      void (async () => {
        while (!response.destroyed && written < 1000) {
          await writer.write(piece);
          written += 1;
        }
        isOver = true;
      })();
    });
    const socket = connect(port, '127.0.0.1');
    socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
    await once(socket, 'readable');
    const seen: number[] = [];
    while (seen.length < 3 || seen.at(-1) !== seen.at(-2)) {
      seen.push(written);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(written).toBeLessThan(200);
    socket.destroy();
    await expect.poll(() => isOver).toBe(true);
  });

  it('go out as they are to a caller that knows no chunks', async () => {
    const port = await serve(writing([Buffer.from('one '), Buffer.from('two')], '!'));
    const socket = connect(port, '127.0.0.1');
    socket.write('GET / HTTP/1.0\r\nhost: x\r\n\r\n');
    let text = '';
    for await (const piece of socket as AsyncIterable<Buffer>) text += piece.toString();
    expect(text.slice(text.indexOf('\r\n\r\n') + 4)).toBe('one two!');
  });
});
