import { afterAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../server/src/kernel/clock/index.ts';
import { Secret } from '../../server/src/kernel/crypto/index.ts';
import { createAnthropicProvider } from '../../server/src/modules/providers/adapters/anthropic/index.ts';
import {
  COMPATIBLE_CAPABILITIES,
  COMPATIBLE_WIRE,
  createOpenAiCompatibleProvider,
} from '../../server/src/modules/providers/adapters/openai-compatible/index.ts';
import {
  OllamaChunkEncoder,
  type JsonObject,
  type JsonValue,
  type Provider,
  type StreamPart,
} from '../../server/src/modules/providers/index.ts';
import { callOf, collect, createTestClient, errorOf, partsOf, PLAIN_REQUEST } from '../testkit/provider-calls.ts';
import { HAS_RECORDINGS, readWireCases, replayCase, type RecordedWireCase } from './recorded-wires.ts';

/** Answers of the endpoint before chats, which no adapter asks. */
const LEGACY_COMPLETIONS = ['completions.length-stop.01', 'completions.stream-length-stop.01', 'completions.text.01'];

const httpClient = createTestClient();
afterAll(() => httpClient.close());
const cases = readWireCases('ollama');
const REQUEST = { ...PLAIN_REQUEST, maxOutputTokens: 100 };
const CALL = callOf('gpt-oss:20b', REQUEST);

type Fields = Record<string, JsonValue>;

const common = { httpClient, clock: systemClock, egress: 'operator' } as const;

function anthropicAt(baseUrl: string): Provider {
  return createAnthropicProvider({
    ...common,
    id: 'ollama-messages',
    displayName: 'Ollama',
    baseUrl,
    apiKey: new Secret('key-of-the-test'),
  });
}

function compatibleAt(baseUrl: string): Provider {
  return createOpenAiCompatibleProvider({
    ...common,
    id: 'ollama-compatible',
    displayName: 'Ollama',
    baseUrl: `${baseUrl}/v1`,
    apiKey: null,
    capabilities: COMPATIBLE_CAPABILITIES,
    wire: COMPATIBLE_WIRE,
  });
}

const ofApi = (api: string): readonly RecordedWireCase[] => cases.filter((recorded) => recorded.api === api);
const named = (list: readonly RecordedWireCase[]) => list.map((recorded) => [recorded.name, recorded] as const);

describe.skipIf(!HAS_RECORDINGS)('the Anthropic face of Ollama over recorded traffic', () => {
  const answers = ofApi('messages').filter(({ body }) => body?.['type'] === 'message');

  it('knows every recorded case', () => {
    expect([answers.length, ofApi('messages').length]).toEqual([5, 7]);
  });

  it.each(named(answers))('%s is whole', async (_name, recorded) => {
    const message = recorded.body as Fields;
    await using server = await replayCase(recorded, { path: '/v1/messages' });
    const { choices, usage, id, model } = await anthropicAt(server.url).complete(CALL);
    const blocks = message['content'] as Fields[];
    const textOf = (name: string): string => blocks.map((block) => (block[name] as string | undefined) ?? '').join('');
    expect([id, model]).toEqual([message['id'], message['model']]);
    expect(choices[0]).toMatchObject({
      text: textOf('text'),
      reasoning: [{ text: textOf('thinking') }],
      rawFinishReason: message['stop_reason'],
      toolCalls: blocks
        .filter(({ type }) => type === 'tool_use')
        .map((block) => ({ id: block['id'], name: block['name'], argumentsText: JSON.stringify(block['input']) })),
    });
    const counted = message['usage'] as Record<string, number>;
    expect(usage).toMatchObject({ inputTokens: counted['input_tokens'], outputTokens: counted['output_tokens'] });
    expect(server.mismatches).toEqual([]);
  });

  it('messages.stream-reasoning.01 is whole once the lines that its recorder quoted are lines again', async () => {
    const recorded = cases.find(({ name }) => name === 'messages.stream-reasoning.01') as RecordedWireCase;
    const quoted = (recorded.stream as Buffer)
      .toString('utf8')
      .split('\n')
      .filter((line) => line.startsWith('data: '));
    const lines = quoted.map((line) => JSON.parse(line.slice('data: '.length)) as string);
    const events = lines.filter((line) => line.startsWith('data: ')).map((line) => JSON.parse(line.slice('data: '.length)) as Fields);
    const written = (name: string): string =>
      events.map(({ delta }) => ((delta as Fields | undefined)?.[name] as string | undefined) ?? '').join('');
    await using server = await replayCase({ ...recorded, stream: Buffer.from(`${lines.join('\n')}\n`) }, { path: '/v1/messages' });
    const { choices, usage } = collect(await partsOf(anthropicAt(server.url), CALL));
    expect(choices).toMatchObject([{ text: written('text'), reasoning: [{ text: written('thinking') }], rawFinishReason: 'end_turn' }]);
    expect(usage).toMatchObject({ inputTokens: 79, outputTokens: 64 });
  });

  it('messages.text.01 is a refusal under status 200', async () => {
    const recorded = cases.find(({ name }) => name === 'messages.text.01') as RecordedWireCase;
    await using server = await replayCase(recorded, { path: '/v1/messages' });
    expect(await errorOf(anthropicAt(server.url).complete(CALL))).toMatchObject({
      errorClass: 'invalid',
      callerMessage: 'messages is required',
    });
  });
});

describe.skipIf(!HAS_RECORDINGS)('the OpenAI face of Ollama over recorded traffic, beside its chats', () => {
  const chats = ofApi('completions').filter(({ request }) => Array.isArray(request?.body?.['messages']));

  it('knows every recorded case', () => {
    const others = ofApi('completions').filter((recorded) => !chats.includes(recorded));
    expect(others.map(({ name }) => name)).toEqual(LEGACY_COMPLETIONS);
  });

  it.each(named(chats))('%s is a chat that its recorder filed elsewhere', async (_name, recorded) => {
    await using server = await replayCase(recorded, { path: '/v1/chat/completions' });
    const { choices } = collect(await partsOf(compatibleAt(server.url), CALL));
    const deltas = (recorded.stream as Buffer)
      .toString('utf8')
      .split('\n')
      .filter((line) => line.startsWith('data: {'))
      .map((line) => ((JSON.parse(line.slice('data: '.length)) as Fields)['choices'] as Fields[])[0]?.['delta'] as Fields);
    const calls = deltas.flatMap(({ tool_calls: fragments }) => (fragments ?? []) as Fields[]);
    expect(choices).toMatchObject([
      {
        text: deltas.map(({ content }) => (content as string | null) ?? '').join(''),
        toolCalls: calls.map(({ id, function: definition }) => ({
          id,
          name: (definition as Fields)['name'],
          argumentsText: (definition as Fields)['arguments'],
        })),
        rawFinishReason: calls.length === 0 ? 'stop' : 'tool_calls',
      },
    ]);
  });
});

describe.skipIf(!HAS_RECORDINGS)('the door for generations, held against recorded answers', () => {
  /** Numbers of the model's context, which other providers have not; times are the door's own. */
  const OURS = new Set(['context', 'created_at', 'total_duration', 'load_duration', 'prompt_eval_duration', 'eval_duration']);
  const comparable = (line: Fields): JsonObject => Object.fromEntries(Object.entries(line).filter(([name]) => !OURS.has(name)));

  it.each(named(ofApi('native-generate').filter(({ stream }) => stream !== null)))('%s is written as it was', (_name, recorded) => {
    const lines = (recorded.stream as Buffer)
      .toString('utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Fields);
    const last = lines.at(-1) as Record<string, number>;
    const encoder = new OllamaChunkEncoder({ model: lines[0]?.['model'] as string, kind: 'generate', nowMs: () => 0, startedAtMs: 0 });
    const usage = { inputTokens: last['prompt_eval_count'] ?? 0, outputTokens: last['eval_count'] as number };
    const zeros = {
      cachedReadTokens: 0,
      cacheWriteTokens: 0,
      reasoningTokens: 0,
      audioInputTokens: 0,
      audioOutputTokens: 0,
      imageInputTokens: 0,
    };
    const parts: StreamPart[] = [
      ...lines.slice(0, -1).map((line): StreamPart => ({ type: 'text-delta', choice: 0, text: line['response'] as string })),
      { type: 'choice-finish', choice: 0, finishReason: 'stop', rawFinishReason: 'stop' },
      { type: 'usage', usage: { ...usage, ...zeros, totalTokens: usage.inputTokens + usage.outputTokens, raw: null } },
    ];
    const written = parts.map((part) => encoder.encode(part)).join('') + encoder.end();
    const expected = lines.map((line) => comparable(line['done'] === true ? { prompt_eval_count: 0, ...line } : line));
    expect(
      written
        .trim()
        .split('\n')
        .map((line) => comparable(JSON.parse(line) as Fields)),
    ).toEqual(expected);
  });
});
