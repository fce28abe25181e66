import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../testkit/database.ts';
import { openKeepAlive, type HttpAnswer, type HttpAsk } from '../testkit/keep-alive.ts';
import { startServerProcess, type ServerProcess } from '../testkit/server-process.ts';
import {
  ANTHROPIC_MISTAKES,
  CALLER_WORDS,
  CHAT_PATH,
  chatBody,
  GEMINI_MISTAKES,
  GRAPHQL_MISTAKES,
  MESSAGES_PATH,
  OLLAMA_MISTAKES,
  OPENAI_MISTAKES,
  UNKNOWN_KEY,
  type Mistake,
} from './caller-mistakes.ts';
import { awaitRefusal, awaitRefusals, readCall } from './ledger-rows.ts';

const MAX_BODY_BYTES = 100_000;
let database: TestDatabase;
let server: ServerProcess;

beforeAll(async () => {
  database = await createTestDatabase();
  server = await startServerProcess({ databaseUrl: database.url, env: { ANTIPHON_MAX_BODY_BYTES: String(MAX_BODY_BYTES) } });
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await database.drop();
});

function toAsk({ path, method = 'POST', key = server.banner.apiKey, headers, body }: Mistake): HttpAsk {
  return {
    url: new URL(path, server.banner.graphqlUrl).href,
    method,
    headers: {
      'content-type': 'application/json',
      ...(key === null ? {} : { authorization: `Bearer ${key}` }),
      ...headers,
      ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
    },
    body: body === undefined ? [] : [body],
  };
}

interface ErrorBody {
  /** OpenAI's, Anthropic's (by type), Google's (by status), Ollama's (a sentence). */
  readonly error?: string | { readonly code?: string | number; readonly type?: string; readonly status?: string };
  readonly errors?: readonly { readonly extensions: { readonly code: string } }[];
  readonly data?: { readonly completionCreate: { readonly errors: readonly { readonly code: string }[] } };
}

function codeIn({ text }: HttpAnswer): string | undefined {
  const { error, errors, data } = JSON.parse(text) as ErrorBody;
  if (typeof error === 'string') return error;
  if (error !== undefined) return error.status ?? (typeof error.code === 'string' ? error.code : error.type);
  return errors?.[0]?.extensions.code ?? data?.completionCreate.errors[0]?.code;
}

describe.each([
  ['OpenAI', OPENAI_MISTAKES],
  ['Anthropic', ANTHROPIC_MISTAKES],
  ['Gemini', GEMINI_MISTAKES],
  ['Ollama', OLLAMA_MISTAKES],
  ['GraphQL', GRAPHQL_MISTAKES],
] as const)('a caller’s mistake at the %s door', (doorName, cases) => {
  it.concurrent.each(cases)('is told and counted: $title', async (mistake) => {
    using client = openKeepAlive();
    const answer = await client.send(toAsk(mistake));
    const code = codeIn(answer);
    expect({ status: answer.status, code: doorName === 'Ollama' ? code?.slice(0, mistake.code.length) : code }).toEqual({
      status: mistake.status,
      code: mistake.code,
    });
    const requestId = String(answer.headers['x-request-id']);
    if (mistake.isCompletion === true)
      expect(await readCall(database, requestId)).toMatchObject({
        kind: 'SETTLED',
        outcome: 'FAILED',
        basis: 'VOID',
        errorCode: mistake.recorded,
        costNanoUsd: '0',
      });
    else expect(await readCall(database, requestId)).toBeNull();
    // The connection takes the next request as if nothing had happened, unless the answer said that it would not.
    const next = await client.send(toAsk({ ...(OPENAI_MISTAKES[0] as Mistake), key: server.banner.apiKey }));
    expect(next.status).toBe(200);
    if (answer.headers.connection !== 'close') expect(next.localPort).toBe(answer.localPort);
  });

  it('leaves one refusal each', async () => {
    const expected = cases.filter(({ isCompletion }) => isCompletion !== true).map(({ recorded }) => recorded);
    const counted = await awaitRefusals(database, doorName.toUpperCase(), expected.length);
    expect(counted.sort()).toEqual(expected.sort());
  });
});

describe('a body that is too large', () => {
  const tooLarge = (path: string, headers: Readonly<Record<string, string>>, body: readonly (string | Buffer)[]): HttpAsk => ({
    url: new URL(path, server.banner.graphqlUrl).href,
    headers: { authorization: `Bearer ${server.banner.apiKey}`, 'content-type': 'application/json', ...headers },
    body,
  });

  it.each([
    [CHAT_PATH, 'invalid_input'],
    [MESSAGES_PATH, 'request_too_large'],
    ['/v1beta/models/local/echo:generateContent', 'INVALID_ARGUMENT'],
    ['/api/chat', `The body is larger than ${MAX_BODY_BYTES} bytes. Send less, or raise ANTIPHON_MAX_BODY_BYTES.`],
    ['/graphql', 'INVALID_INPUT'],
  ])('is refused by what it declares: %s', async (path, code) => {
    using client = openKeepAlive();
    const answer = await client.send(
      tooLarge(path, { 'content-length': String(MAX_BODY_BYTES + 1) }, [Buffer.alloc(MAX_BODY_BYTES + 1, 32)]),
    );
    expect([answer.status, codeIn(answer)]).toEqual([413, code]);
    expect(await awaitRefusal(database, String(answer.headers['x-request-id']))).toMatchObject({ code: 'INVALID_INPUT', httpStatus: 413 });
  });

  it.each([CHAT_PATH, '/graphql'])('is refused while it comes, and its sender gets the answer: %s', async (path) => {
    using client = openKeepAlive();
    const pieces = Array.from({ length: 400 }, () => Buffer.alloc(64 * 1024, 32));
    const answer = await client.send(tooLarge(path, {}, pieces));
    expect([answer.status, codeIn(answer)?.toUpperCase()]).toEqual([413, 'INVALID_INPUT']);
  });

  it('is refused by what it declares even when all of it is sent at once', async () => {
    using client = openKeepAlive();
    const body = Buffer.alloc(20 * 1024 * 1024, 32);
    const answer = await client.send(tooLarge(CHAT_PATH, { 'content-length': String(body.length) }, [body]));
    expect(answer.status).toBe(413);
  });

  it('is taken up to the last byte that is allowed', async () => {
    using client = openKeepAlive();
    const body = chatBody().padEnd(MAX_BODY_BYTES, ' ');
    const answer = await client.send(tooLarge(CHAT_PATH, { 'content-length': String(body.length) }, [body]));
    expect(answer.status).toBe(200);
  });
});

describe('what callers send wrongly', () => {
  it('is in no log line and no refusal', async () => {
    const { rows } = await database.pools.general.query('select * from request_refusal');
    expect(rows.length).toBeGreaterThan(15);
    for (const text of [JSON.stringify(rows), server.logText()]) {
      expect(text).not.toContain(CALLER_WORDS);
      expect(text).not.toContain(UNKNOWN_KEY);
      expect(text).not.toContain(server.banner.apiKey);
    }
  });
});
