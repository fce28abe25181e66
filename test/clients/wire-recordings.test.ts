import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as anthropic from '../conformance/anthropic.cases.ts';
import * as gemini from '../conformance/gemini.cases.ts';
import { createTestDatabase, type TestDatabase } from '../testkit/database.ts';
import { serveHttp, type LoopbackServer } from '../testkit/loopback.ts';
import { split } from '../testkit/replay-server.ts';
import { startServerProcess, type ServerProcess } from '../testkit/server-process.ts';

/** What a provider once answered on a wire that a door shares. */
interface Recording {
  readonly name: string;
  readonly wire: 'anthropic' | 'gemini';
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly isStream: boolean;
  readonly bytes: Buffer;
  readonly chunkLengths: readonly number[] | null;
}

type Recorded = Pick<Recording, 'name' | 'status' | 'headers' | 'chunkLengths'> & {
  readonly body: unknown;
  readonly stream: Buffer | null;
};

function toRecording(wire: Recording['wire'], { body, stream, ...facts }: Recorded): Recording {
  // A body that is written again with blanks shows whether it is passed on or made anew.
  return {
    name: facts.name,
    status: facts.status,
    headers: facts.headers,
    chunkLengths: facts.chunkLengths,
    wire,
    isStream: stream !== null,
    bytes: stream ?? Buffer.from(JSON.stringify(body, null, 1)),
  };
}

const RECORDINGS: readonly Recording[] = [
  ...anthropic
    .readCases()
    .filter(({ api }) => api === 'messages')
    .map((recorded) => toRecording('anthropic', recorded)),
  ...gemini
    .readCases()
    .filter(({ api, flavour }) => api === 'generate-content' && flavour === 'gemini')
    .map((recorded) => toRecording('gemini', recorded)),
];

/** Answers as the recording says that is named in the prompt, cut where it was cut. */
async function replay(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const recording = RECORDINGS[Number(/\[recorded (\d+)\]/.exec(Buffer.concat(chunks).toString())?.[1])] as Recording;
  const { status, headers, isStream, bytes, chunkLengths } = recording;
  response.writeHead(status, { 'content-type': headers['content-type'] ?? (isStream ? 'text/event-stream' : 'application/json') });
  for (const piece of split(bytes, chunkLengths ?? 'whole')) response.write(piece);
  response.end();
}

let database: TestDatabase;
let upstream: LoopbackServer;
let server: ServerProcess;
beforeAll(async () => {
  if (RECORDINGS.length === 0) return;
  database = await createTestDatabase();
  upstream = await serveHttp((request, response) => void replay(request, response));
  server = await startServerProcess({
    databaseUrl: database.url,
    env: {
      ANTHROPIC_API_KEY: 'sk-ant-upstream',
      ANTHROPIC_BASE_URL: upstream.url,
      GEMINI_API_KEY: 'gemini-upstream',
      GOOGLE_GEMINI_BASE_URL: `${upstream.url}/v1beta`,
    },
  });
});
afterAll(async () => {
  if (RECORDINGS.length === 0) return;
  await server[Symbol.asyncDispose]();
  await upstream[Symbol.asyncDispose]();
  await database.drop();
});

async function ask(recording: Recording, isList = false): Promise<Response> {
  const { wire, isStream } = recording;
  const prompt = `[recorded ${RECORDINGS.indexOf(recording)}]`;
  const [path, body] =
    wire === 'anthropic'
      ? [
          '/v1/messages',
          { model: 'anthropic/claude-haiku-4-5', max_tokens: 10, stream: isStream, messages: [{ role: 'user', content: prompt }] },
        ]
      : [
          `/v1beta/models/google-gemini/gemini-2.5-flash:${isStream ? `streamGenerateContent${isList ? '' : '?alt=sse'}` : 'generateContent'}`,
          { contents: [{ role: 'user', parts: [{ text: prompt }] }] },
        ];
  const headers = { authorization: `Bearer ${server.banner.apiKey}`, 'content-type': 'application/json' };
  return fetch(new URL(path, server.banner.openaiBaseUrl), { method: 'POST', headers, body: JSON.stringify(body) });
}

/** Those that do not arrive as they were recorded, each with its reason and what comes in its place. */
const EXCEPTIONS: Readonly<Record<string, { readonly why: string; readonly check: (text: string, bytes: Buffer) => void }>> = {
  'ollama/messages.text.01': {
    why: 'An error under status 200 is an error, with its status.',
    check: (text) => expect(JSON.parse(text)).toMatchObject({ type: 'error', error: { type: 'invalid_request_error' } }),
  },
  'google-gemini/generate-content.edge-failure-only-prompt-feedback.01': {
    why: 'A prompt that was blocked is an error at every door.',
    check: (text) => expect(JSON.parse(text)).toMatchObject({ error: { code: 400, details: [{ reason: 'CONTENT_BLOCKED' }] } }),
  },
  'google-gemini/generate-content.stream-edge-success-finish-message.01': {
    why: 'The last event has no blank line after it, without which clients would not read it: it gets one.',
    check: (text, bytes) => expect(text).toBe(`${bytes.toString().trimEnd()}\n\n`),
  },
};

const good = RECORDINGS.filter(({ status }) => status === 200);

describe.skipIf(RECORDINGS.length === 0)('an answer of the door’s own wire, as it was recorded', () => {
  it.concurrent.each(good.filter(({ name }) => name in EXCEPTIONS))('is an exception with a reason: $name', async (recording) => {
    EXCEPTIONS[recording.name]?.check(await (await ask(recording)).text(), recording.bytes);
  });

  it('has no exception that is none', () => {
    const names = new Set(good.map(({ name }) => name));
    expect(Object.keys(EXCEPTIONS).filter((name) => !names.has(name))).toEqual([]);
  });

  it.concurrent.each(good.filter(({ name }) => !(name in EXCEPTIONS)))('arrives byte for byte: $wire $name', async (recording) => {
    const response = await ask(recording);
    expect(Buffer.from(await response.arrayBuffer()).toString()).toBe(recording.bytes.toString());
    expect(response.status).toBe(200);
  });

  it.concurrent.each(RECORDINGS.filter(({ status }) => status >= 400))('is an error of the wire: $wire $name', async (recording) => {
    const response = await ask(recording);
    const body = (await response.json()) as { type?: string; error: { code?: number } };
    expect(response.status).toBeGreaterThanOrEqual(400);
    if (recording.wire === 'anthropic') expect(body.type).toBe('error');
    else expect(body.error.code).toBe(response.status);
  });

  it.concurrent.each(good.filter(({ wire, isStream }) => wire === 'gemini' && isStream))(
    'is a list with the same elements where no events are asked for: $name',
    async (recording) => {
      const elements = recording.bytes
        .toString()
        .split(/\r?\n\r?\n/)
        .filter((event) => event.trim() !== '')
        .map((event) => JSON.parse(event.replace(/^data: ?/, '')) as unknown);
      expect(await (await ask(recording, true)).json()).toEqual(elements);
    },
  );
});
