/**
 * npm run bench:translation [-- --json]
 *
 * CPU per chunk of a translated stream: bytes of one wire in, events of another wire out, through the built adapters and encoders. The
 * network is left out: reads are handed over in memory, one chunk each, as they come from a provider that sends token by token. Prints a
 * table wire × door in microseconds per chunk and exits with 1 when a cell is dearer than the bar.
 */
import { once } from 'node:events';
import { crc32 } from 'node:zlib';
import { parseArgs } from 'node:util';
import type * as Clocks from '../server/src/kernel/clock/index.ts';
import type * as Crypto from '../server/src/kernel/crypto/index.ts';
import type * as Ids from '../server/src/kernel/ids/index.ts';
import type * as Providers from '../server/src/modules/providers/index.ts';

const BAR_MICROSECONDS = 5;
const CHUNKS = 400;
const WARM_STREAMS = 150;
const MEASURED_STREAMS = 250;
const ROUNDS = 3;
const WORD = ' bicycle';

/** A module as it was built. */
async function built(path: string): Promise<unknown> {
  return import(`../server/dist/src/${path}/index.js`);
}

const { VENDORS, OpenAiChunkEncoder, MessagesEventEncoder, GeminiChunkEncoder, ResponseEventEncoder, OllamaChunkEncoder } = (await built(
  'modules/providers',
)) as typeof Providers;
const { Secret } = (await built('kernel/crypto')) as typeof Crypto;
const { systemClock } = (await built('kernel/clock')) as typeof Clocks;
const { createIds } = (await built('kernel/ids')) as typeof Ids;

type Provider = ReturnType<(typeof VENDORS)[number]['connect']>;
type HttpClient = Parameters<(typeof VENDORS)[number]['connect']>[1]['httpClient'];

interface Encoder {
  encode(part: never): string;
  end(): string;
}

/** A wire, as reads of one chunk each. */
interface Wire {
  readonly vendor: string;
  readonly contentType: string;
  readonly reads: readonly Buffer[];
}

const sse = (data: unknown, event?: string): Buffer =>
  Buffer.from(`${event === undefined ? '' : `event: ${event}\n`}data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`);
const words = <Item>(make: (index: number) => Item): Item[] => Array.from({ length: CHUNKS }, (_, index) => make(index));

function openAiReads(): Buffer[] {
  const chunk = (delta: object, finish: string | null): object => ({
    id: 'chatcmpl-bench',
    object: 'chat.completion.chunk',
    created: 1_795_000_000,
    model: 'gpt-4.1-mini',
    service_tier: 'default',
    system_fingerprint: 'fp_bench',
    choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }],
    usage: null,
  });
  const usage = { prompt_tokens: 7, completion_tokens: CHUNKS, total_tokens: 7 + CHUNKS };
  return [
    sse(chunk({ role: 'assistant', content: '' }, null)),
    ...words(() => sse(chunk({ content: WORD }, null))),
    sse(chunk({}, 'stop')),
    sse({ ...chunk({}, null), choices: [], usage }),
    sse('[DONE]'),
  ];
}

function anthropicReads(): Buffer[] {
  const event = (data: { type: string } & Record<string, unknown>): Buffer => sse(data, data.type);
  const usage = { input_tokens: 7, output_tokens: 1, cache_creation_input_tokens: 0, cache_read_input_tokens: 0 };
  const message = {
    id: 'msg_bench',
    type: 'message',
    role: 'assistant',
    model: 'claude',
    content: [],
    stop_reason: null,
    stop_sequence: null,
    usage,
  };
  return [
    event({ type: 'message_start', message }),
    event({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } }),
    ...words(() => event({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: WORD } })),
    event({ type: 'content_block_stop', index: 0 }),
    event({ type: 'message_delta', delta: { stop_reason: 'end_turn', stop_sequence: null }, usage: { output_tokens: CHUNKS } }),
    event({ type: 'message_stop' }),
  ];
}

function geminiReads(): Buffer[] {
  const chunk = (text: string, index: number, end: object = {}): Buffer =>
    sse({
      candidates: [{ content: { parts: [{ text }], role: 'model' }, index: 0, ...end }],
      usageMetadata: { promptTokenCount: 7, candidatesTokenCount: index, totalTokenCount: 7 + index },
      modelVersion: 'gemini-2.5-flash',
      responseId: 'bench',
    });
  return [...words((index) => chunk(WORD, index)), chunk('.', CHUNKS, { finishReason: 'STOP' })];
}

function bedrockReads(): Buffer[] {
  const frame = (type: string, payload: object): Buffer => awsFrame(type, JSON.stringify({ ...payload, p: 'abcdefghijklmnop' }));
  const usage = { inputTokens: 7, outputTokens: CHUNKS, totalTokens: 7 + CHUNKS };
  return [
    frame('messageStart', { role: 'assistant' }),
    ...words(() => frame('contentBlockDelta', { contentBlockIndex: 0, delta: { text: WORD } })),
    frame('contentBlockStop', { contentBlockIndex: 0 }),
    frame('messageStop', { stopReason: 'end_turn' }),
    frame('metadata', { usage, metrics: { latencyMs: 1 } }),
  ];
}

/** One message of AWS' event stream: lengths, checksum, headers of text (type 7), payload, checksum. */
function awsFrame(type: string, payload: string): Buffer {
  const texts = { ':event-type': type, ':content-type': 'application/json', ':message-type': 'event' };
  const headers = Buffer.concat(
    Object.entries(texts).map(([name, value]) =>
      Buffer.concat([
        Buffer.from([name.length]),
        Buffer.from(name),
        Buffer.from([7, value.length >> 8, value.length & 0xff]),
        Buffer.from(value),
      ]),
    ),
  );
  const body = Buffer.from(payload);
  const frame = Buffer.alloc(16 + headers.length + body.length);
  frame.writeUInt32BE(frame.length, 0);
  frame.writeUInt32BE(headers.length, 4);
  frame.writeUInt32BE(crc32(frame.subarray(0, 8)), 8);
  headers.copy(frame, 12);
  body.copy(frame, 12 + headers.length);
  frame.writeUInt32BE(crc32(frame.subarray(0, -4)), frame.length - 4);
  return frame;
}

function cohereReads(): Buffer[] {
  const event = (data: { type: string } & Record<string, unknown>): Buffer => sse(data, data.type);
  const usage = { billed_units: { input_tokens: 7, output_tokens: CHUNKS }, tokens: { input_tokens: 7, output_tokens: CHUNKS } };
  return [
    event({ type: 'message-start', id: 'bench', delta: { message: { role: 'assistant', content: [], tool_plan: '', tool_calls: [] } } }),
    event({ type: 'content-start', index: 0, delta: { message: { content: { type: 'text', text: '' } } } }),
    ...words(() => event({ type: 'content-delta', index: 0, delta: { message: { content: { text: WORD } } } })),
    event({ type: 'content-end', index: 0 }),
    event({ type: 'message-end', delta: { finish_reason: 'COMPLETE', usage } }),
  ];
}

function ollamaReads(): Buffer[] {
  const line = (data: object): Buffer =>
    Buffer.from(`${JSON.stringify({ model: 'llama', created_at: '2026-11-25T00:00:00Z', ...data })}\n`);
  return [
    ...words(() => line({ message: { role: 'assistant', content: WORD }, done: false })),
    line({ message: { role: 'assistant', content: '' }, done: true, done_reason: 'stop', prompt_eval_count: 7, eval_count: CHUNKS }),
  ];
}

const WIRES: Readonly<Record<string, Wire>> = {
  openai: { vendor: 'openai', contentType: 'text/event-stream', reads: openAiReads() },
  anthropic: { vendor: 'anthropic', contentType: 'text/event-stream', reads: anthropicReads() },
  gemini: { vendor: 'google-gemini', contentType: 'text/event-stream', reads: geminiReads() },
  bedrock: { vendor: 'bedrock', contentType: 'application/vnd.amazon.eventstream', reads: bedrockReads() },
  cohere: { vendor: 'cohere', contentType: 'text/event-stream', reads: cohereReads() },
  ollama: { vendor: 'ollama', contentType: 'application/x-ndjson', reads: ollamaReads() },
};

const identity = { id: 'bench', model: 'bench', createdAtSeconds: 1_795_000_000 };
const DOORS: Readonly<Record<string, () => Encoder>> = {
  openai: () => new OpenAiChunkEncoder({ ...identity, includeUsage: true }),
  'openai-responses': () => new ResponseEventEncoder({ ...identity, base: {}, nowSeconds: () => 0 }),
  anthropic: () => new MessagesEventEncoder(identity),
  gemini: () => new GeminiChunkEncoder({ ...identity, framing: 'sse' }),
  ollama: () => new OllamaChunkEncoder({ ...identity, kind: 'chat', startedAtMs: 0, nowMs: () => Date.now() }),
};

/** Hands the reads of `wire` to the adapter as a connection would. */
function playback(wire: Wire): HttpClient {
  return {
    stream: async (_request, receiver) => {
      receiver.onHead(200, { 'content-type': wire.contentType });
      for (const read of wire.reads) {
        const wait = receiver.onData(read);
        if (wait !== undefined) await wait;
      }
    },
    send: () => Promise.reject(new Error('nothing is sent whole')),
    close: () => Promise.resolve(),
  };
}

function connect(wire: Wire): Provider {
  const vendor = VENDORS.find(({ id }) => id === wire.vendor);
  if (vendor === undefined) throw new Error(`There is no vendor ${wire.vendor}.`);
  const secret = new Secret('key-of-the-bench');
  return vendor.connect(
    {
      providerId: vendor.id,
      displayName: vendor.displayName,
      baseUrl: 'http://127.0.0.1:9',
      settings: { region: 'us-east-1' },
      secrets: { apiKey: secret, bearerToken: secret, apiToken: secret },
      headers: {},
      egress: 'operator',
    },
    { httpClient: playback(wire), clock: systemClock, ids: createIds(systemClock), maxOutputTokensOf: () => 1000 },
  );
}

/** Plays one stream; the number of characters that went out, so that nothing of it can be left out as unused. */
async function play(provider: Provider, door: () => Encoder): Promise<number> {
  const encoder = door();
  let characters = 0;
  const request = { messages: [{ role: 'user', content: [{ type: 'text', text: 'Say it.' }] }] } as const;
  const context = { attemptId: 'bench', signal: new AbortController().signal, remainingMs: 60_000, traceHeaders: {} };
  await provider.stream(
    { model: 'bench', request: () => request, wire: null, context },
    { part: (part) => void (characters += encoder.encode(part as never).length) },
  );
  return characters + encoder.end().length;
}

async function measure(provider: Provider, door: () => Encoder): Promise<number> {
  const { user, system } = process.cpuUsage();
  for (let count = 0; count < MEASURED_STREAMS; count += 1) await play(provider, door);
  const after = process.cpuUsage();
  return (after.user + after.system - user - system) / MEASURED_STREAMS / CHUNKS;
}

const median = (values: readonly number[]): number => [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0;

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });
const table: Record<string, Record<string, number>> = {};
let isMissed = false;
for (const [name, wire] of Object.entries(WIRES)) {
  const provider = connect(wire);
  const row: Record<string, number> = {};
  for (const [doorName, door] of Object.entries(DOORS)) {
    if ((await play(provider, door)) < CHUNKS * WORD.length) throw new Error(`${name} → ${doorName} lost text.`);
    for (let count = 0; count < WARM_STREAMS; count += 1) await play(provider, door);
    const rounds: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) rounds.push(await measure(provider, door));
    const cost = Number(median(rounds).toFixed(2));
    row[doorName] = cost;
    if (cost > BAR_MICROSECONDS) isMissed = true;
  }
  table[name] = row;
}
if (values.json) process.stdout.write(`${JSON.stringify({ unit: 'µs per chunk', bar: BAR_MICROSECONDS, table })}\n`);
else {
  console.log('CPU per chunk of a translated stream, µs; rows: wire of the provider, columns: wire of the caller');
  console.table(table);
  console.log(isMissed ? `MISSED: a cell is above ${BAR_MICROSECONDS} µs.` : `Every cell is at most ${BAR_MICROSECONDS} µs.`);
}
if (process.stdout.writableNeedDrain) await once(process.stdout, 'drain');
process.exitCode = isMissed ? 1 : 0;
