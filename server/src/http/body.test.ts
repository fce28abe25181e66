import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { serveHttp } from '../../../test/testkit/loopback.ts';
import { BodyTooLarge, readBody } from './body.ts';

const LIMIT = 10;

/** What becomes of a body that is sent in these pieces, each on its own. */
async function send(pieces: readonly string[], head: string, isCutOff = false): Promise<string | Error> {
  let settle: (result: string | Error) => void = () => undefined;
  const result = new Promise<string | Error>((resolve) => (settle = resolve));
  await using server = await serveHttp((request, response) => {
    readBody(request, LIMIT)
      .then((body) => settle(body.toString()), settle)
      .finally(() => response.end());
  });
  const socket = connect(server.port, '127.0.0.1');
  await once(socket, 'connect');
  socket.setNoDelay(true).on('error', () => undefined);
  socket.write(`POST / HTTP/1.1\r\nhost: x\r\n${head}\r\n\r\n`);
  for (const piece of pieces) await new Promise<void>((resolve) => socket.write(piece, () => setImmediate(resolve)));
  if (isCutOff) socket.destroy();
  const settled = await result;
  socket.destroy();
  return settled;
}

describe('a body', () => {
  it.each([
    ['at once', ['0123456789']],
    ['in pieces', ['012', '345', '6789']],
    ['empty', []],
  ])('is read %s', async (_name, pieces) => {
    const text = pieces.join('');
    expect(await send(pieces, `content-length: ${text.length}`)).toBe(text);
  });

  it('is read without a declared length', async () => {
    expect(await send(['3\r\nabc\r\n', '2\r\nde\r\n0\r\n\r\n'], 'transfer-encoding: chunked')).toBe('abcde');
  });

  it('is refused by what it declares, before any of it is read', async () => {
    expect(await send([], `content-length: ${LIMIT + 1}`)).toBeInstanceOf(BodyTooLarge);
  });

  it('is refused when it turns out too large', async () => {
    expect(await send(['b\r\n0123456789x\r\n0\r\n\r\n'], 'transfer-encoding: chunked')).toBeInstanceOf(BodyTooLarge);
  });

  it('that breaks off is the caller’s leaving', async () => {
    expect(await send(['abc'], 'content-length: 8', true)).toMatchObject({ code: 'CANCELLED' });
  });
});
