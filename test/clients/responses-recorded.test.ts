import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as anthropic from '../conformance/anthropic.cases.ts';
import * as chat from '../conformance/openai.cases.ts';
import { MALFORMED_STREAMS, NOT_A_CHAT } from '../conformance/openai.expectations.ts';
import { eventsOf, foldAnswer, foldStream } from '../conformance/openai.fold.ts';
import * as responses from '../conformance/responses.cases.ts';
import { FAILED_STREAMS, NOT_A_RESPONSE } from '../conformance/responses.expectations.ts';
import { foldItems, lastResponse, eventsOf as responseEventsOf } from '../conformance/responses.fold.ts';
import { createTestDatabase, type TestDatabase } from '../testkit/database.ts';
import { split } from '../testkit/replay-server.ts';
import { startServerProcess, type ServerProcess } from '../testkit/server-process.ts';
import { serveUpstream, type Answer, type Upstream } from '../testkit/upstream.ts';

type Provider = 'openai' | 'anthropic' | 'compatible';

/** What a provider once answered, and who answers so here. */
interface Recording {
  readonly name: string;
  readonly provider: Provider;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly isStream: boolean;
  readonly bytes: Buffer;
  readonly chunkLengths: readonly number[] | null;
}

interface Recorded {
  readonly name: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly stream: Buffer | null;
  readonly chunkLengths: readonly number[] | null;
}

function toRecording(provider: Provider, { name, status, headers, body, stream, chunkLengths }: Recorded): Recording {
  const whole = Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body));
  return { name, provider, status, headers, isStream: stream !== null, bytes: stream ?? whole, chunkLengths };
}

const RECORDINGS: readonly Recording[] = [
  ...responses
    .readCases()
    .filter(({ api, name }) => api === 'responses' && NOT_A_RESPONSE[name] === undefined)
    .map((recorded) => toRecording('openai', recorded)),
  ...anthropic
    .readCases()
    .filter(({ api }) => api === 'messages')
    .map((recorded) => toRecording('anthropic', recorded)),
  ...chat
    .readCases()
    .filter(({ api, name }) => api === 'chat' && !NOT_A_CHAT.has(name) && MALFORMED_STREAMS[name] === undefined)
    .map((recorded) => toRecording('compatible', recorded)),
];
const MODELS: Readonly<Record<Provider, string>> = {
  openai: 'openai/gpt-5',
  anthropic: 'anthropic/claude-haiku-4-5',
  compatible: 'compatible/any',
};
/** Answers with status 200 that are errors. */
const ERRORS_WITHIN: Readonly<Record<string, string>> = { 'ollama/messages.text.01': 'a refusal under status 200' };
const isError = ({ status, name }: Recording): boolean => status >= 400 || ERRORS_WITHIN[name] !== undefined;
const fine = (provider: Provider): readonly Recording[] =>
  RECORDINGS.filter((recording) => recording.provider === provider && !isError(recording) && FAILED_STREAMS[recording.name] === undefined);

/** Answers as the recording says that is named in the prompt, cut where it was cut. */
const replay: Answer = (response, { text }) => {
  const recording = RECORDINGS[Number(/\[recorded (\d+)\]/.exec(text)?.[1])];
  if (recording === undefined) throw new Error('no recording was asked for');
  const { status, headers, isStream, bytes, chunkLengths } = recording;
  response.writeHead(status, { 'content-type': isStream ? 'text/event-stream' : (headers['content-type'] ?? 'application/json') });
  for (const piece of split(bytes, chunkLengths ?? 'whole')) response.write(piece);
  response.end();
};

let database: TestDatabase;
let upstreams: readonly Upstream[] = [];
let server: ServerProcess;
let client: OpenAI;
beforeAll(async () => {
  if (RECORDINGS.length === 0) return;
  database = await createTestDatabase();
  const [openAi, messages] = await Promise.all([serveUpstream('openai', replay), serveUpstream('anthropic', replay)]);
  upstreams = [openAi, messages];
  server = await startServerProcess({
    databaseUrl: database.url,
    env: {
      OPENAI_API_KEY: 'sk-upstream',
      OPENAI_BASE_URL: openAi.baseUrl,
      ANTHROPIC_API_KEY: 'sk-ant-upstream',
      ANTHROPIC_BASE_URL: messages.baseUrl,
      ANTIPHON_COMPATIBLE_BASE_URL: openAi.baseUrl,
      ANTIPHON_COMPATIBLE_MODELS: 'any',
    },
  });
  const { openaiBaseUrl: baseURL, apiKey } = server.banner;
  client = new OpenAI({ baseURL, apiKey, maxRetries: 0 });
});
afterAll(async () => {
  if (RECORDINGS.length === 0) return;
  await server[Symbol.asyncDispose]();
  for (const upstream of upstreams) await upstream[Symbol.asyncDispose]();
  await database.drop();
});

const bodyOf = (recording: Recording) => ({
  model: MODELS[recording.provider],
  input: `[recorded ${RECORDINGS.indexOf(recording)}]`,
  stream: recording.isStream,
});

function post(recording: Recording): Promise<Response> {
  const { openaiBaseUrl, apiKey } = server.banner;
  const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' };
  return fetch(`${openaiBaseUrl}/responses`, { method: 'POST', headers, body: JSON.stringify(bodyOf(recording)) });
}

interface Said {
  readonly text: string;
  readonly reasoning: string;
  readonly calls: readonly { readonly id: string; readonly name: string; readonly arguments: unknown }[];
}

/** Through the official client and, where it streams, its helper, which refuses events out of order. */
async function ask(recording: Recording): Promise<Said & { readonly status: string | undefined }> {
  const { stream, ...body } = bodyOf(recording);
  const response = stream ? await client.responses.stream(body).finalResponse() : await client.responses.create(body);
  const folded = foldItems(response.output as unknown as Record<string, unknown>[]);
  return {
    status: response.status,
    text: folded.text,
    reasoning: folded.reasoning.map(({ text }) => text).join(''),
    calls: folded.calls.map((call) => ({ id: String(call.id), name: String(call.name), arguments: parsed(call.arguments) })),
  };
}

const parsed = (text: unknown): unknown => {
  try {
    return JSON.parse(String(text) || '{}');
  } catch {
    return text;
  }
};

function expectedOf({ provider, isStream, bytes }: Recording): Said {
  if (provider === 'anthropic') return expectedOfMessage(isStream, bytes);
  const [first] = isStream ? foldStream(eventsOf(bytes)) : foldAnswer(JSON.parse(bytes.toString()) as Record<string, unknown>);
  return {
    text: first?.text ?? '',
    reasoning: first?.reasoning ?? '',
    calls: (first?.calls ?? []).map((call, at) => ({ ...call, id: call.id || `call_${at}`, arguments: parsed(call.arguments) })),
  };
}

function expectedOfMessage(isStream: boolean, bytes: Buffer): Said {
  const message = isStream ? anthropic.foldEvents(anthropic.eventsOf(bytes)) : (JSON.parse(bytes.toString()) as Record<string, unknown>);
  const blocks = (message['content'] ?? []) as Record<string, unknown>[];
  const join = (type: string, field: string): string =>
    blocks.map((block) => (block['type'] === type ? String(block[field] ?? '') : '')).join('');
  return {
    text: join('text', 'text'),
    reasoning: join('thinking', 'thinking'),
    calls: blocks
      .filter(({ type }) => type === 'tool_use')
      .map(({ id, name, input }) => ({ id: String(id), name: String(name), arguments: input })),
  };
}

/** Ids that a server left out are made up on the way. */
const comparable = ({ calls, ...said }: Said): unknown => ({
  ...said,
  calls: calls.map((call) => ({ ...call, id: /^call_\d(_\d)?$/.test(call.id) ? 'made up' : call.id })),
});

describe.skipIf(RECORDINGS.length === 0)('recorded responses through the whole server', () => {
  it.concurrent.each(fine('openai'))('pass byte for byte and are kept: $name', async (recording) => {
    const answer = await post(recording);
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(answer.status).toBe(200);
    expect(bytes.toString('utf8').trimEnd()).toBe(recording.bytes.toString('utf8').trimEnd());
    const told = recording.isStream
      ? (responseEventsOf(recording.bytes).findLast(({ response }) => response !== undefined)?.['response'] as Record<string, unknown>)
      : (JSON.parse(recording.bytes.toString()) as Record<string, unknown>);
    const kept = await database.pools.general.query<{ response: unknown }>(
      'select response from stored_response s join completion_request r on r.id = s.completion_id where s.id = $1 limit 1',
      [told['id']],
    );
    // Several recordings have the same redacted id: the first of them is kept.
    expect(kept.rows).toHaveLength(1);
    if (!String(told['id']).includes('REDACTED')) expect(kept.rows[0]?.response).toEqual(told);
  });

  it.concurrent.each(RECORDINGS.filter(({ provider, name }) => provider === 'openai' && FAILED_STREAMS[name] !== undefined))(
    'that fail before any output are told as errors: $name',
    async (recording) => {
      const answer = await post(recording);
      expect(answer.status).toBe(FAILED_STREAMS[recording.name] === 'rate-limit' ? 429 : 502);
      expect(await answer.json()).toMatchObject({ error: { code: expect.stringMatching(/^(rate_limit_exceeded|provider_failed)$/) } });
    },
  );

  it.concurrent.each(fine('anthropic'))('are read by the official client as Anthropic said them: $name', async (recording) => {
    const { status, ...said } = await ask(recording);
    expect(['completed', 'incomplete']).toContain(status);
    expect(comparable(said)).toEqual(comparable(expectedOf(recording)));
  });

  it.concurrent.each(fine('compatible'))('are read by the official client as a chat server said them: $name', async (recording) => {
    const { status, ...said } = await ask(recording);
    expect(['completed', 'incomplete']).toContain(status);
    expect(comparable(said)).toEqual(comparable(expectedOf(recording)));
  });

  it.concurrent.each(RECORDINGS.filter(isError))('throw what the official client knows: $provider $name', async (recording) => {
    await expect(ask(recording)).rejects.toBeInstanceOf(OpenAI.APIError);
  });

  it('hold what they are compared with (control)', () => {
    expect(RECORDINGS.length).toBeGreaterThan(600);
    expect(lastResponse([{ type: 'response.completed', response: { id: 'r', output: [] } }])).toEqual({ id: 'r', output: [] });
  });
});
