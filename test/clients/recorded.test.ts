import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as anthropic from '../conformance/anthropic.cases.ts';
import * as openai from '../conformance/openai.cases.ts';
import { MALFORMED_STREAMS, NOT_A_CHAT } from '../conformance/openai.expectations.ts';
import { eventsOf, foldAnswer, foldStream, type FoldedChoice } from '../conformance/openai.fold.ts';
import { split } from '../testkit/replay-server.ts';
import type { Wire } from '../testkit/upstream.ts';
import { MODELS, startClientServer, type ClientServer, type Override } from './client-server.ts';

/** What a provider once answered, on either wire. */
interface Recording {
  readonly name: string;
  readonly wire: Wire;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly isStream: boolean;
  readonly bytes: Buffer;
  readonly chunkLengths: readonly number[] | null;
}

const RECORDINGS: readonly Recording[] = [
  ...openai
    .readCases()
    .filter(({ api, name }) => api === 'chat' && !NOT_A_CHAT.has(name) && MALFORMED_STREAMS[name] === undefined)
    .map(({ name, status, headers, body, stream, chunkLengths }) =>
      toRecording('openai', { name, status, headers, body, stream, chunkLengths }),
    ),
  ...anthropic
    .readCases()
    .filter(({ api }) => api === 'messages')
    .map(({ name, status, headers, body, stream, chunkLengths }) =>
      toRecording('anthropic', {
        name,
        status,
        headers,
        body: body === null ? null : Buffer.from(JSON.stringify(body)),
        stream,
        chunkLengths,
      }),
    ),
];

function toRecording(
  wire: Wire,
  recorded: Pick<Recording, 'name' | 'status' | 'headers' | 'chunkLengths'> & { body: Buffer | null; stream: Buffer | null },
): Recording {
  const { body, stream, ...facts } = recorded;
  return { ...facts, wire, isStream: stream !== null, bytes: stream ?? body ?? Buffer.alloc(0) };
}

/** Answers as the recording says that is named in the prompt, cut where it was cut. */
const replay: Override = ({ text }, response) => {
  const recording = RECORDINGS[Number(/\[recorded (\d+)\]/.exec(text)?.[1])];
  if (recording === undefined) return false;
  const { status, headers, isStream, bytes, chunkLengths } = recording;
  response.writeHead(status, {
    'content-type': headers['content-type'] ?? (isStream ? 'text/event-stream' : 'application/json'),
    ...(headers['retry-after'] === undefined ? {} : { 'retry-after': headers['retry-after'] }),
  });
  for (const piece of split(bytes, chunkLengths ?? 'whole')) response.write(piece);
  response.end();
  return true;
};

let stand: ClientServer;
let client: OpenAI;
beforeAll(async () => {
  if (RECORDINGS.length === 0) return;
  stand = await startClientServer(replay);
  const { openaiBaseUrl: baseURL, apiKey } = stand.server.banner;
  client = new OpenAI({ baseURL, apiKey, maxRetries: 0 });
});
afterAll(() => (RECORDINGS.length === 0 ? undefined : stand[Symbol.asyncDispose]()));

/** What the client made of it, put together. */
async function ask(recording: Recording): Promise<FoldedChoice[]> {
  const messages = [{ role: 'user' as const, content: `[recorded ${RECORDINGS.indexOf(recording)}]` }];
  const model = MODELS[recording.wire];
  if (!recording.isStream) return foldAnswer({ ...(await client.chat.completions.create({ model, messages })) });
  const chunks: Record<string, unknown>[] = [];
  for await (const chunk of await client.chat.completions.create({ model, messages, stream: true })) chunks.push({ ...chunk });
  return foldStream(chunks);
}

function expectedOf({ wire, isStream, bytes }: Recording): FoldedChoice[] {
  if (wire === 'openai')
    return isStream ? foldStream(eventsOf(bytes)) : foldAnswer(JSON.parse(bytes.toString()) as Record<string, unknown>);
  const message = isStream ? anthropic.foldEvents(anthropic.eventsOf(bytes)) : (JSON.parse(bytes.toString()) as Record<string, unknown>);
  const blocks = (message['content'] ?? []) as Record<string, unknown>[];
  const join = (type: string, field: string): string =>
    blocks.map((block) => (block['type'] === type ? String(block[field] ?? '') : '')).join('');
  return [
    {
      index: 0,
      text: join('text', 'text'),
      reasoning: join('thinking', 'thinking'),
      refusal: (message['stop_details'] as { explanation?: string } | null | undefined)?.explanation ?? '',
      calls: blocks
        .filter(({ type }) => type === 'tool_use')
        .map(({ id, name, input }) => ({ id: String(id), name: String(name), arguments: JSON.stringify(input) })),
      finishReason: FINISHES[String(message['stop_reason'])],
      logprobTokens: 0,
    },
  ];
}

const FINISHES: Readonly<Record<string, string>> = {
  end_turn: 'stop',
  stop_sequence: 'stop',
  tool_use: 'tool_calls',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  refusal: 'content_filter',
  pause_turn: 'stop',
};

/** Arguments are JSON: how they were spaced belongs to the wire they came by. */
function withParsedArguments(choices: readonly FoldedChoice[], wire: Wire): unknown {
  if (wire === 'openai') return choices;
  return choices.map((choice) => ({
    ...choice,
    calls: choice.calls.map((call) => ({ ...call, arguments: JSON.parse(call.arguments || '{}') as unknown })),
  }));
}

/** A server that does not keep to the wire may refuse with status 200. */
const isRefusal = ({ status, wire, isStream, bytes }: Recording): boolean =>
  status >= 400 || (wire === 'anthropic' && !isStream && (JSON.parse(bytes.toString()) as { type?: string }).type === 'error');

describe.skipIf(RECORDINGS.length === 0)('the official client over the whole server and recorded traffic', () => {
  it.concurrent.each(RECORDINGS.filter((recording) => recording.status === 200 && !isRefusal(recording)))(
    'reads $wire $name as it was said',
    async (recording) => {
      expect(withParsedArguments(await ask(recording), recording.wire)).toEqual(withParsedArguments(expectedOf(recording), recording.wire));
    },
  );

  it.concurrent.each(RECORDINGS.filter(isRefusal))('throws at $wire $name', async (recording) => {
    await expect(ask(recording)).rejects.toBeInstanceOf(OpenAI.APIError);
  });
});
