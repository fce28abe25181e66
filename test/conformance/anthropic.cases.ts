/** Test side only: recorded cases, their replay, and readers of what was recorded that share no code with the adapter. */
import { existsSync, readFileSync } from 'node:fs';
import type { JsonObject, JsonValue } from '../../server/src/modules/providers/contract.ts';
import { serveRecorded, type ReplayServer, type Splitting } from '../testkit/replay-server.ts';
import { toNormalForm } from './anthropic.reader.ts';

const FIXTURES = new URL('../../../shared/fixtures/providers/', import.meta.url);

/** Whether the recordings stand beside the repository. */
export const HAS_RECORDINGS = existsSync(new URL('manifest.json', FIXTURES));

export interface RecordedCase {
  readonly name: string;
  readonly api: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** The request's body and headers, where they were kept. */
  readonly request: { readonly body: JsonObject; readonly headers: Readonly<Record<string, string>> } | null;
  /** A whole answer; null when it is a stream. */
  readonly body: JsonObject | null;
  /** A stream's bytes as they were on the wire (its framing put back where the source had taken it off). */
  readonly stream: Buffer | null;
  /** Byte lengths of the recorded reads. */
  readonly chunkLengths: readonly number[] | null;
}

interface ManifestRow {
  readonly provider: string;
  readonly case: string;
  readonly api: string;
  readonly files: readonly string[];
}

interface ResponseFile {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body?: JsonObject;
  readonly stream?: string;
  readonly framing?: 'json-lines';
  readonly chunkLengths?: readonly number[];
}

/** All cases of the vendor's folder, and those of its wire in other folders. */
export function readCases(): readonly RecordedCase[] {
  if (!HAS_RECORDINGS) return [];
  const rows = readJson<readonly ManifestRow[]>('manifest.json');
  return rows
    .filter((row) => row.provider === 'anthropic' || OTHER_SERVERS.includes(row.provider))
    .filter(isOfThisWire)
    .map(readCase);
}

/** Servers of the same wire that are not the vendor's own: their cases are named with the provider before a slash. */
const OTHER_SERVERS: readonly string[] = ['azure-openai', 'ollama'];

function isOfThisWire({ provider, api }: ManifestRow): boolean {
  return provider === 'anthropic' || api === 'messages';
}

function readCase(row: ManifestRow): RecordedCase {
  const requestFile = row.files.find((file) => file.endsWith('.request.json'));
  const response = readJson<ResponseFile>(`${row.provider}/${row.case}.response.json`);
  const request =
    requestFile === undefined ? null : readJson<{ body?: JsonObject; headers: Record<string, string> }>(`${row.provider}/${requestFile}`);
  return {
    name: row.provider === 'anthropic' ? row.case : `${row.provider}/${row.case}`,
    api: row.api,
    status: response.status,
    headers: response.headers,
    request: request?.body === undefined ? null : { body: request.body, headers: request.headers },
    body: response.body ?? null,
    stream: response.stream === undefined ? null : readStream(`${row.provider}/${response.stream}`, response.framing),
    chunkLengths: response.chunkLengths ?? null,
  };
}

/** One source wrote each line of a stream, as a JSON string, into an event of its own. */
const WRAPPED = Buffer.from('data: "event: message_start"');

function unwrap(bytes: Buffer): Buffer {
  const lines = bytes
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '');
  return Buffer.from(lines.map((line) => `${JSON.parse(line.slice('data: '.length)) as string}\n`).join(''));
}

function readStream(file: string, framing: 'json-lines' | undefined): Buffer {
  const bytes = readFileSync(new URL(file, FIXTURES));
  if (framing === undefined) return bytes.subarray(0, WRAPPED.length).equals(WRAPPED) ? unwrap(bytes) : bytes;
  const lines = bytes
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '');
  return Buffer.from(lines.map((line) => `event: ${(JSON.parse(line) as { type: string }).type}\ndata: ${line}\n\n`).join(''));
}

function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(new URL(path, FIXTURES), 'utf8')) as T;
}

/** The `data` of each event of a recorded stream, parsed; enough for recordings, which hold no comments and no multi-line data. */
export function eventsOf(stream: Buffer): JsonObject[] {
  return stream
    .toString('utf8')
    .split('\n')
    .filter((line) => line.startsWith('data:'))
    .map((line) => JSON.parse(line.slice('data:'.length)) as JsonObject);
}

type Fields = Record<string, JsonValue>;

/** The message a recorded stream adds up to, as the vendor's own clients put it together. */
export function foldEvents(events: readonly JsonObject[]): JsonObject {
  const message: Fields = {};
  const content: Fields[] = [];
  const inputs = new Map<number, string>();
  for (const event of events as readonly Fields[]) {
    const index = event['index'] as number;
    if (event['type'] === 'message_start' && message['id'] === undefined) Object.assign(message, event['message']);
    else if (event['type'] === 'content_block_start') content[index] = { ...(event['content_block'] as Fields) };
    else if (event['type'] === 'content_block_delta') applyDelta(content[index] as Fields, event['delta'] as Fields, inputs, index);
    else if (event['type'] === 'message_delta') {
      const { usage, delta, type: _type, ...rest } = event;
      Object.assign(message, rest, delta, { usage: { ...(message['usage'] as Fields), ...(usage as Fields) } });
    }
  }
  for (const [index, text] of inputs) if (text !== '') (content[index] as Fields)['input'] = JSON.parse(text) as JsonValue;
  return { ...message, content };
}

/** The arguments of each tool call as the fragments of a stream spell them; `{}` where there are none. */
export function argumentTextsOf(events: readonly JsonObject[]): string[] {
  const texts = new Map<JsonValue | undefined, string>();
  for (const { type, index, content_block: block, delta } of events as readonly Fields[]) {
    if (type === 'content_block_start' && (block as Fields)['type'] === 'tool_use') texts.set(index, '');
    const fragment = type === 'content_block_delta' ? (delta as Fields)['partial_json'] : undefined;
    if (fragment !== undefined && texts.has(index)) texts.set(index, `${texts.get(index) ?? ''}${fragment as string}`);
  }
  return Array.from(texts.values(), (text) => text || '{}');
}

function applyDelta(block: Fields, delta: Fields, inputs: Map<number, string>, index: number): void {
  const append = (name: string, text: JsonValue | undefined): void => {
    block[name] = `${(block[name] as string | null) ?? ''}${text as string}`;
  };
  if (delta['type'] === 'text_delta') append('text', delta['text']);
  else if (delta['type'] === 'thinking_delta') append('thinking', delta['thinking']);
  else if (delta['type'] === 'signature_delta') append('signature', delta['signature']);
  else if (delta['type'] === 'compaction_delta') append('content', delta['content']);
  else if (delta['type'] === 'input_json_delta') inputs.set(index, (inputs.get(index) ?? '') + (delta['partial_json'] as string));
  else if (delta['type'] === 'citations_delta')
    block['citations'] = [...((block['citations'] as JsonValue[] | null) ?? []), delta['citation'] as JsonValue];
  else throw new Error(`The reader of recorded streams does not know deltas of type ${String(delta['type'])}.`);
}

/** The stream with CR LF as line ends, which the standard allows too. */
export function withCarriageReturns(stream: Buffer): Buffer {
  return Buffer.from(stream.toString('utf8').replaceAll('\n', '\r\n'));
}

/** What a request must look like to be the recorded one. */
export interface ExpectedRequest {
  /** Default: POST. */
  readonly method?: string;
  /** Default: that of a message. */
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: JsonObject;
}

type Answer = Pick<RecordedCase, 'status' | 'headers' | 'body' | 'stream'>;

/** Answers every request with the recorded answer over a real socket, and compares what was asked. */
export function replay(
  { status, headers, body, stream }: Answer,
  splitting: Splitting = 'whole',
  expected: ExpectedRequest = {},
): Promise<ReplayServer> {
  const contentType = stream === null ? 'application/json' : 'text/event-stream; charset=utf-8';
  return serveRecorded(
    {
      method: expected.method ?? 'POST',
      path: expected.path ?? '/v1/messages',
      ...(expected.headers === undefined ? {} : { requestHeaders: expected.headers }),
      ...(expected.body === undefined ? {} : { requestBody: expected.body }),
      normalize: (sent) => toNormalForm(sent as JsonObject),
      status,
      responseHeaders: { 'content-type': contentType, ...headers },
      responseBody: stream ?? Buffer.from(JSON.stringify(body)),
    },
    splitting,
  );
}
