import { existsSync } from 'node:fs';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { text as readText } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../testkit/database.ts';
import { startServerProcess, type ServerBanner, type ServerProcess } from '../testkit/server-process.ts';
import { beginStream, plainEvents, serveUpstream, type Upstream, type UpstreamRequest } from '../testkit/upstream.ts';
import { authorized } from './doors.ts';
import { awaitSettled, readBalance, readCall } from './ledger-rows.ts';

let upstream: Upstream;
/** Calls by prompt, that wait to be told to go on. */
let floodedBytes = 0;
const paused = new Map<string, () => void>();

beforeAll(async () => {
  upstream = await serveUpstream('openai', async (response, request) => {
    const prompt = promptOf(request);
    const { head, words, end } = plainEvents('openai', ['Hello ', 'there ', 'friend.']);
    beginStream(response).write([...head, ...words.slice(0, 2)].join(''));
    if (prompt.startsWith('flood')) {
      // As fast as it is taken, for as long as somebody takes it.
      const filler = plainEvents('openai', ['x'.repeat(64 * 1024)]).words.join('');
      while (!response.destroyed) {
        floodedBytes += filler.length;
        if (!response.write(filler)) await drained(response);
      }
      return;
    }
    await new Promise<void>((resolve) => paused.set(prompt, resolve));
    response.end([...words.slice(2), ...end].join(''));
  });
});
afterAll(() => upstream[Symbol.asyncDispose]());

function promptOf({ body }: UpstreamRequest): string {
  const [message] = body['messages'] as { content: string }[];
  return message?.content ?? '';
}

function drained(response: NodeJS.WritableStream): Promise<void> {
  return new Promise((resolve) => response.once('drain', resolve).once('close', resolve));
}

function start(database: TestDatabase): Promise<ServerProcess> {
  const env = { OPENAI_API_KEY: 'sk-upstream', OPENAI_BASE_URL: upstream.baseUrl };
  return startServerProcess({ databaseUrl: database.url, env });
}

interface OpenStream {
  readonly response: IncomingMessage;
  readonly requestId: string;
  leave(): void;
}

/** A stream whose first words have arrived. */
function openStream(
  { openaiBaseUrl, ...banner }: ServerBanner,
  prompt: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<OpenStream> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(`${openaiBaseUrl}/chat/completions`, {
      method: 'POST',
      headers: authorized({ openaiBaseUrl, ...banner }, headers),
    });
    request.once('error', reject);
    request.once('response', (response) =>
      resolve({ response, requestId: String(response.headers['x-request-id']), leave: () => response.destroy() }),
    );
    request.end(JSON.stringify({ model: 'openai/gpt-4.1-mini', stream: true, messages: [{ role: 'user', content: prompt }] }));
  });
}

async function resume(prompt: string): Promise<void> {
  await upstream.received((request) => promptOf(request) === prompt);
  paused.get(prompt)?.();
}

describe('a server that is told to stop', () => {
  it('finishes the stream it is in, takes nothing new, and leaves nothing open', async () => {
    await using database = await createTestDatabase();
    await using server = await start(database);
    const stream = await openStream(server.banner, 'sigterm');
    server.signal('SIGTERM');
    await expect(untilRefused(server.banner)).resolves.toBe('ECONNREFUSED');
    // Once more changes nothing: impatience must not cut an answer that is paid for.
    server.signal('SIGTERM');
    const began = performance.now();
    await resume('sigterm');
    const text = await readText(stream.response);
    expect(text).toContain('friend.');
    expect(text.endsWith('data: [DONE]\n\n')).toBe(true);
    expect(await server.exited).toBe(0);
    // Not when the caller's keep-alive runs out, or after the 25 seconds that it may take.
    expect(performance.now() - began).toBeLessThan(3000);
    expect(await readCall(database, stream.requestId)).toMatchObject({
      kind: 'SETTLED',
      outcome: 'SUCCEEDED',
      basis: 'ACTUAL',
      costNanoUsd: '7600',
    });
  });

  it('finishes and settles a call whose caller has left it to finish', async () => {
    await using database = await createTestDatabase();
    await using server = await start(database);
    const stream = await openStream(server.banner, 'left behind', { 'x-antiphon-on-disconnect': 'finish' });
    const asked = await upstream.received((request) => promptOf(request) === 'left behind');
    stream.leave();
    server.signal('SIGTERM');
    await expect(untilRefused(server.banner)).resolves.toBe('ECONNREFUSED');
    await resume('left behind');
    expect(await asked.wasCutOff).toBe(false);
    expect(await server.exited).toBe(0);
    expect(await readCall(database, stream.requestId)).toMatchObject({ outcome: 'SUCCEEDED', basis: 'ACTUAL', costNanoUsd: '7600' });
  });

  it('ends at once when it has nothing to do, keep-alive connections or not', async () => {
    await using database = await createTestDatabase();
    await using server = await start(database);
    await (await fetch(`${server.banner.openaiBaseUrl}/models`, { headers: authorized(server.banner) })).text();
    const began = performance.now();
    server.signal('SIGTERM');
    expect(await server.exited).toBe(0);
    expect(performance.now() - began).toBeLessThan(3000);
  });
});

async function untilRefused({ openaiBaseUrl }: ServerBanner): Promise<string> {
  for (;;) {
    const code = await fetch(`${openaiBaseUrl}/models`).then(
      () => null,
      (error: unknown) => ((error as Error).cause as { code?: string } | undefined)?.code ?? 'unknown',
    );
    if (code !== null) return code;
  }
}

describe('a caller that leaves mid-stream', () => {
  let database: TestDatabase;
  let server: ServerProcess;
  beforeAll(async () => {
    database = await createTestDatabase();
    server = await start(database);
  });
  afterAll(async () => {
    await server[Symbol.asyncDispose]();
    await database.drop();
  });

  it('stops the provider, and is billed what was produced', async () => {
    const stream = await openStream(server.banner, 'leave');
    const asked = await upstream.received((request) => promptOf(request) === 'leave');
    stream.leave();
    expect(await asked.wasCutOff).toBe(true);
    const call = await awaitSettled(database, stream.requestId);
    // "Hello there " is three tokens; "leave" one, and four for its message.
    expect(call).toMatchObject({
      kind: 'SETTLED',
      outcome: 'CANCELLED',
      basis: 'ESTIMATED',
      errorCode: 'CANCELLED',
      inputTokens: '5',
      outputTokens: '3',
    });
    expect(call.costNanoUsd).toBe(String(5 * 400 + 3 * 1600));
  });

  it('lets the provider finish where the call says so', async () => {
    const stream = await openStream(server.banner, 'leave and finish', { 'x-antiphon-on-disconnect': 'finish' });
    const asked = await upstream.received((request) => promptOf(request) === 'leave and finish');
    stream.leave();
    await resume('leave and finish');
    expect(await asked.wasCutOff).toBe(false);
    expect(await awaitSettled(database, stream.requestId)).toMatchObject({ outcome: 'SUCCEEDED', basis: 'ACTUAL', costNanoUsd: '7600' });
  });

  it('and one that stays get their own answers', async () => {
    const [leaves, stays] = await Promise.all([openStream(server.banner, 'one leaves'), openStream(server.banner, 'one stays')]);
    leaves.leave();
    await resume('one stays');
    expect(await readText(stays.response)).toContain('friend.');
    expect(await awaitSettled(database, stays.requestId)).toMatchObject({ outcome: 'SUCCEEDED' });
    expect(await awaitSettled(database, leaves.requestId)).toMatchObject({ outcome: 'CANCELLED' });
  });

  it.skipIf(!existsSync('/proc/self/status'))('but reads nothing slows the provider down, and memory stays flat', async () => {
    const before = await server.residentBytes();
    const streams = await Promise.all(Array.from({ length: UNREAD }, (_, at) => openStream(server.banner, `flood ${at}`)));
    for (const { response } of streams) response.pause();
    const stoodAt = await untilStill(() => floodedBytes);
    const after = await server.residentBytes();
    // What the sockets on the way hold, and one read of ours.
    expect(stoodAt / UNREAD / MEBIBYTE).toBeLessThan(16);
    expect((after - before) / MEBIBYTE).toBeLessThan(250);
    // Control: the same provider is not slowed down by a caller that reads.
    const [reader] = streams as [OpenStream];
    reader.response.resume();
    await until(() => floodedBytes > stoodAt + 30 * MEBIBYTE);
    for (const { leave } of streams) leave();
    await Promise.all(streams.map(({ requestId }) => awaitSettled(database, requestId)));
  });

  it('leaves no call unsettled', async () => {
    const { started, settled, attempts, settledAttempts } = await readBalance(database);
    expect([settled, settledAttempts]).toEqual([started, attempts]);
  });
});

const UNREAD = 60;
const MEBIBYTE = 1024 * 1024;

/** The figure that `read` gives once it has not changed for half a second. */
async function untilStill(read: () => number): Promise<number> {
  let last = -1;
  for (let now = read(); now !== last; now = read()) {
    last = now;
    await sleep(500);
  }
  return last;
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await sleep(10);
}
