import { request as httpRequest, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { text as readText } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { openKeepAlive } from '../../../test/testkit/keep-alive.ts';
import { systemClock } from '../kernel/clock/index.ts';
import { AntiphonError } from '../kernel/errors/index.ts';
import { createIds } from '../kernel/ids/index.ts';
import { createLogger } from '../kernel/telemetry/index.ts';
import { createHttpServer, sendJson, type HttpServer } from './http-server.ts';
import type { Handler, Routes } from './route.ts';

interface Opened extends AsyncDisposable {
  readonly server: HttpServer;
  readonly url: string;
  readonly port: number;
  readonly log: string[];
}

async function open(routes: Routes): Promise<Opened> {
  const lines: string[] = [];
  const log = createLogger({ level: 'debug', destination: { write: (line) => void lines.push(line) } });
  const server = createHttpServer({ routes, clock: systemClock, ids: createIds(systemClock), log });
  const port = await server.listen('127.0.0.1', 0);
  return { server, url: `http://127.0.0.1:${port}`, port, log: lines, [Symbol.asyncDispose]: () => server.drain(0) };
}

const say =
  (name: string): Handler =>
  ({ response, path, query }) =>
    sendJson(response, 200, { name, path, query });

function get(url: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => httpRequest(url).once('response', resolve).once('error', reject).end());
}

describe('routes', () => {
  const routes: Routes = { exact: { '/a': say('exact') }, prefixes: { '/a/': say('short'), '/a/b/': say('long') } };

  it.each([
    ['/a', { name: 'exact', path: '/a', query: '' }],
    ['/a?x=1&y', { name: 'exact', path: '/a', query: 'x=1&y' }],
    ['/a/c', { name: 'short', path: '/a/c', query: '' }],
    ['/a/b/c%2Fd', { name: 'long', path: '/a/b/c%2Fd', query: '' }],
  ])('%s goes to the closest one', async (path, answer) => {
    await using opened = await open(routes);
    expect(await (await fetch(opened.url + path)).json()).toEqual(answer);
  });

  it('that are not there are told in JSON, with an id', async () => {
    await using opened = await open(routes);
    const response = await fetch(`${opened.url}/nowhere`);
    expect([response.status, ((await response.json()) as { error: { code: string } }).error.code]).toEqual([404, 'not_found']);
    expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('a handler that fails', () => {
  it.each([
    [
      'at once',
      () => {
        throw new TypeError('secret detail');
      },
    ],
    [
      'later',
      async () => {
        await Promise.resolve();
        throw new TypeError('secret detail');
      },
    ],
  ] satisfies [string, Handler][])('%s is masked and logged once', async (_name, fail) => {
    await using opened = await open({ exact: { '/': fail } });
    const response = await fetch(opened.url);
    const text = await response.text();
    expect([response.status, text.includes('secret detail')]).toEqual([500, false]);
    expect(opened.log.filter((line) => line.includes('secret detail'))).toHaveLength(1);
    expect(opened.log[0]).toContain(response.headers.get('x-request-id') ?? 'none');
  });

  it('after it has begun to answer cuts the connection, so that half is not taken for whole', async () => {
    const fail: Handler = ({ response }) => {
      response.writeHead(200, { 'content-length': 100 }).write('half');
      throw new AntiphonError('INTERNAL', 'no');
    };
    await using opened = await open({ exact: { '/': fail } });
    await expect(fetch(opened.url).then((response) => response.text())).rejects.toThrow(/terminated|fetch failed/);
  });
});

describe('a caller that leaves', () => {
  it('aborts the exchange, also where nobody had asked about it yet', async () => {
    let told: (isAborted: boolean) => void = () => undefined;
    const isAborted = new Promise<boolean>((resolve) => (told = resolve));
    await using opened = await open({
      exact: {
        '/': (exchange) => {
          exchange.response.once('close', () => told(exchange.signal.aborted));
          exchange.response.writeHead(200).write('x');
        },
      },
    });
    (await get(opened.url)).destroy();
    expect(await isAborted).toBe(true);
  });

  it('after the whole answer aborts nothing', async () => {
    let told: (isAborted: boolean) => void = () => undefined;
    const isAborted = new Promise<boolean>((resolve) => (told = resolve));
    await using opened = await open({
      exact: {
        '/': (exchange) => {
          exchange.response.once('close', () => told(exchange.signal.aborted));
          sendJson(exchange.response, 200, {});
        },
      },
    });
    await (await fetch(opened.url)).text();
    expect(await isAborted).toBe(false);
  });
});

describe('draining', () => {
  it('lets a running answer end, closes its connection then, and takes nothing new', async () => {
    let began: (finish: () => void) => void = () => undefined;
    const isBegun = new Promise<() => void>((resolve) => (began = resolve));
    await using opened = await open({
      exact: {
        '/': ({ response }) => {
          response.writeHead(200).write('begun, ');
          began(() => void response.end('ended'));
        },
      },
    });
    using client = openKeepAlive();
    const answer = client.send({ method: 'GET', url: opened.url });
    const finish = await isBegun;
    const drained = opened.server.drain(60_000);
    await expect(fetch(opened.url)).rejects.toThrow('fetch failed');
    finish();
    expect((await answer).text).toBe('begun, ended');
    // The client would keep the connection: only the server's closing it ends the drain.
    await drained;
  });

  it('cuts what does not end in time', async () => {
    await using opened = await open({ exact: { '/': ({ response }) => void response.writeHead(200).write('endless') } });
    const response = await get(opened.url);
    const text = readText(response);
    await opened.server.drain(20);
    await expect(text).rejects.toThrow('aborted');
  });
});

describe('listening', () => {
  it('says what to do when the port is taken', async () => {
    await using opened = await open({ exact: {} });
    const other = createHttpServer({
      routes: { exact: {} },
      clock: systemClock,
      ids: createIds(systemClock),
      log: createLogger({ level: 'silent' }),
    });
    await expect(other.listen('127.0.0.1', opened.port)).rejects.toThrow(`Port ${opened.port} on 127.0.0.1 is taken.`);
  });

  it('refuses heads that are larger than any client sends', async () => {
    await using opened = await open({ exact: { '/': say('root') } });
    const socket = connect(opened.port, '127.0.0.1');
    socket.write(`GET / HTTP/1.1\r\nhost: x\r\nx-long: ${'x'.repeat(40_000)}\r\n\r\n`);
    expect(await readText(socket)).toContain('431 Request Header Fields Too Large');
  });
});
