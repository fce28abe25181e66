/** Test side only: recorded cases of Bedrock, their replay, and readers of what was recorded that share no code with the adapter. */
import { existsSync, readFileSync } from 'node:fs';
import type { JsonObject, JsonValue } from '../../server/src/modules/providers/contract.ts';
import { serveRecorded, type RecordedExchange, type ReplayServer, type Splitting } from '../testkit/replay-server.ts';

const FIXTURES = new URL('../../../shared/fixtures/providers/', import.meta.url);

/** Whether the recordings stand beside the repository. */
export const HAS_RECORDINGS = existsSync(new URL('manifest.json', FIXTURES));

export interface RecordedCase {
  readonly name: string;
  readonly api: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Path and body of the request, where they were kept. */
  readonly request: { readonly path: string; readonly body: JsonObject } | null;
  /** A whole answer; null when it is a stream. */
  readonly body: JsonObject | null;
  readonly stream: Buffer | null;
  /** Byte lengths of the recorded reads. */
  readonly chunkLengths: readonly number[] | null;
}

export interface SignatureVector {
  readonly name: string;
  readonly authorization: string;
  readonly canonicalRequest: string;
  readonly request: string;
  readonly signedRequest: string;
  readonly stringToSign: string;
}

interface ManifestRow {
  readonly provider: string;
  readonly case: string;
  readonly api: string;
  readonly files: readonly string[];
}

interface ResponseFile {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body?: JsonObject;
  readonly stream?: string;
  readonly chunkLengths?: readonly number[];
}

const rows = HAS_RECORDINGS ? readJson<readonly ManifestRow[]>('manifest.json').filter(({ provider }) => provider === 'bedrock') : [];

/** All cases of the vendor's folder but the signature vectors. */
export function readCases(): readonly RecordedCase[] {
  return rows.filter(({ api }) => api !== 'sigv4').map(readCase);
}

export function readSignatureVectors(): readonly SignatureVector[] {
  return rows
    .filter(({ api }) => api === 'sigv4')
    .map((row) => ({ ...readJson<Omit<SignatureVector, 'name'>>(`bedrock/${row.case}.json`), name: row.case }));
}

function readCase(row: ManifestRow): RecordedCase {
  const response = readJson<ResponseFile>(`bedrock/${row.case}.response.json`);
  const requestFile = row.files.find((file) => file.endsWith('.request.json'));
  const request = requestFile === undefined ? null : readJson<{ url?: string; path?: string; body?: JsonObject }>(`bedrock/${requestFile}`);
  return {
    name: row.case,
    api: row.api,
    status: response.status,
    headers: response.headers ?? {},
    request: request === null ? null : { path: pathOf(request.url ?? request.path ?? ''), body: request.body ?? {} },
    body: response.body ?? null,
    stream: response.stream === undefined ? null : readFileSync(new URL(`bedrock/${response.stream}`, FIXTURES)),
    chunkLengths: response.chunkLengths ?? null,
  };
}

function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(new URL(path, FIXTURES), 'utf8')) as T;
}

/** Recorders wrote the model in either spelling; on the wire its colon is encoded. */
function pathOf(url: string): string {
  const path = url.replace(/^https?:\/\/[^/]*/, '').replace(/[?#].*$/, '');
  return path
    .split('/')
    .map((segment) => encodeURIComponent(decodeURIComponent(segment)))
    .join('/');
}

/** The model that a path names. */
export function modelOf(recorded: RecordedCase): string {
  const segment = /\/model\/([^/]+)\//.exec(recorded.request?.path ?? '')?.[1];
  return segment === undefined ? 'amazon.nova-lite-v1:0' : decodeURIComponent(segment);
}

type Fields = Record<string, JsonValue>;

/** A message of a recorded event stream: where its headers end is read from the lengths, checksums are left to the adapter's tests. */
export interface RecordedMessage {
  readonly type: string;
  readonly event: JsonObject;
}

/** The messages of a recorded stream. Its headers are texts throughout, so their names and values can be found by their lengths. */
export function messagesOf(stream: Buffer): RecordedMessage[] {
  const messages: RecordedMessage[] = [];
  for (let at = 0; at < stream.length; at += stream.readUInt32BE(at)) {
    const payloadAt = at + 12 + stream.readUInt32BE(at + 4);
    const end = at + stream.readUInt32BE(at) - 4;
    const headers = stream.subarray(at + 12, payloadAt).toString('latin1');
    // Between name and value stand three bytes: the value's type and its length.
    const type = /:event-type[^A-Za-z]{3}([A-Za-z]+)/.exec(headers)?.[1] ?? '';
    messages.push({ type, event: JSON.parse(stream.subarray(payloadAt, end).toString('utf8')) as JsonObject });
  }
  return messages;
}

/** The events of a native stream, as their model wrote them. */
export function nativeEventsOf(stream: Buffer): JsonObject[] {
  return messagesOf(stream).map(({ event }) => JSON.parse(Buffer.from(event['bytes'] as string, 'base64').toString('utf8')) as JsonObject);
}

/** The whole answer that a recorded Converse stream adds up to. Inputs of tools stay as text under `inputText`. */
export function foldMessages(messages: readonly RecordedMessage[]): JsonObject {
  const content: Fields[] = [];
  const answer: Fields = {};
  for (const { type, event } of messages) {
    const { contentBlockIndex, start, delta, p: _padding, ...rest } = event;
    const index = contentBlockIndex as number;
    if (type === 'contentBlockStart') content[index] = { ...(start as Fields) };
    else if (type === 'contentBlockDelta') content[index] = addDelta(content[index] ?? {}, delta as Fields);
    else if (type === 'messageStop' || type === 'metadata') Object.assign(answer, rest);
    else if (type !== 'messageStart' && type !== 'contentBlockStop')
      throw new Error(`The reader of recorded streams does not know ${type}.`);
  }
  return { ...answer, output: { message: { role: 'assistant', content } } };
}

function addDelta(block: Fields, delta: Fields): Fields {
  if (delta['text'] !== undefined) return { text: `${(block['text'] as string | undefined) ?? ''}${delta['text'] as string}` };
  const toolUse = delta['toolUse'] as Fields | undefined;
  if (toolUse !== undefined) {
    const before = block['toolUse'] as Fields;
    const inputText = `${(before['inputText'] as string | undefined) ?? ''}${toolUse['input'] as string}`;
    return { toolUse: { ...before, inputText } };
  }
  const reasoning = delta['reasoningContent'] as Fields | undefined;
  if (reasoning === undefined) throw new Error(`The reader of recorded streams does not know the delta ${Object.keys(delta).join()}.`);
  if (reasoning['redactedContent'] !== undefined) return { reasoningContent: reasoning };
  const told = ((block['reasoningContent'] as Fields | undefined)?.['reasoningText'] ?? {}) as Fields;
  const text = `${(told['text'] as string | undefined) ?? ''}${(reasoning['text'] as string | undefined) ?? ''}`;
  const signature = `${(told['signature'] as string | undefined) ?? ''}${(reasoning['signature'] as string | undefined) ?? ''}`;
  return { reasoningContent: { reasoningText: { text, ...(signature === '' ? {} : { signature }) } } };
}

/** Answers every request with the recorded answer over a real socket, and compares what was asked with `expected`. */
export function replay(
  { status, headers, body, stream }: Pick<RecordedCase, 'status' | 'headers' | 'body' | 'stream'>,
  expected: Pick<RecordedExchange, 'path'> & Partial<Pick<RecordedExchange, 'method' | 'requestBody' | 'requestHeaders' | 'normalize'>>,
  splitting: Splitting = 'whole',
): Promise<ReplayServer> {
  return serveRecorded(
    {
      method: 'POST',
      ...expected,
      status,
      responseHeaders: { 'content-type': stream === null ? 'application/json' : 'application/vnd.amazon.eventstream', ...headers },
      responseBody: stream ?? Buffer.from(JSON.stringify(body)),
    },
    splitting,
  );
}
