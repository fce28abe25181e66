/** Test side only: recorded cases of Google's two APIs, their replay, and readers of what was recorded that share no code with the adapter. */
import { existsSync, readFileSync } from 'node:fs';
import type { JsonObject } from '../../server/src/modules/providers/contract.ts';
import { serveRecorded, type ReplayServer, type Splitting } from '../testkit/replay-server.ts';
import { toNormalForm } from './gemini.reader.ts';

const FIXTURES = new URL('../../../shared/fixtures/providers/', import.meta.url);

/** Whether the recordings stand beside the repository. */
export const HAS_RECORDINGS = existsSync(new URL('manifest.json', FIXTURES));

export type Flavour = 'gemini' | 'vertex';

export interface RecordedCase {
  /** With the folder before it: `google-vertex/generate-content.text.01`. */
  readonly name: string;
  readonly flavour: Flavour;
  readonly api: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Path without query, and the body; null where the source kept neither. */
  readonly request: { readonly path: string; readonly body: JsonObject } | null;
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
  readonly framing?: string;
  readonly chunkLengths?: readonly number[];
}

interface RequestFile {
  readonly method: string;
  readonly url: string;
  readonly body?: JsonObject;
}

/** All cases of both folders. */
export function readCases(): readonly RecordedCase[] {
  if (!HAS_RECORDINGS) return [];
  const rows = readJson<readonly ManifestRow[]>('manifest.json');
  return rows.filter(({ provider }) => provider === 'google-gemini' || provider === 'google-vertex').map(readCase);
}

function readCase({ provider, case: name, api, files }: ManifestRow): RecordedCase {
  const requestFile = files.find((file) => file.endsWith('.request.json'));
  const request = requestFile === undefined ? null : readJson<RequestFile>(`${provider}/${requestFile}`);
  const response = readJson<ResponseFile>(`${provider}/${name}.response.json`);
  return {
    name: `${provider}/${name}`,
    flavour: provider === 'google-vertex' ? 'vertex' : 'gemini',
    api,
    status: response.status,
    headers: response.headers,
    request: request === null ? null : { path: new URL(request.url, 'https://recorded.example').pathname, body: request.body ?? {} },
    body: response.body ?? null,
    stream: response.stream === undefined ? null : readStream(`${provider}/${response.stream}`, response.framing),
    chunkLengths: response.chunkLengths ?? null,
  };
}

function readStream(file: string, framing: string | undefined): Buffer {
  const bytes = readFileSync(new URL(file, FIXTURES));
  if (framing !== 'json-lines') return bytes;
  const lines = bytes
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '');
  return Buffer.from(lines.map((line) => `data: ${line}\r\n\r\n`).join(''));
}

function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(new URL(path, FIXTURES), 'utf8')) as T;
}

/** The chunks of a recorded stream; enough for recordings, which hold no comments and no multi-line data. */
export function chunksOf(stream: Buffer): JsonObject[] {
  return stream
    .toString('utf8')
    .split(/\r?\n/)
    .filter((line) => line.startsWith('data:'))
    .map((line) => JSON.parse(line.slice('data:'.length)) as JsonObject);
}

/** The chunks as the wire streams them where no events were asked for: one list over many lines. */
export function asJsonList(chunks: readonly JsonObject[]): Buffer {
  return Buffer.from(`[${chunks.map((chunk) => JSON.stringify(chunk, null, 2)).join('\n,\r\n')}\n]\n`);
}

/** The chunks of a case, or its one answer. */
export function answersOf(recorded: Pick<RecordedCase, 'stream' | 'body'>): readonly JsonObject[] {
  if (recorded.stream !== null) return chunksOf(recorded.stream);
  return recorded.body === null ? [] : [recorded.body];
}

/** Where the provider's base URL ends and its own path begins: before `/models/` or `/publishers/`. */
export function prefixOf(path: string): string {
  return path.replace(/\/(?:publishers\/[^/]+\/)?models\/.*$/, '');
}

/** The model as a caller names it. */
export function modelOf(path: string): string {
  return decodeURIComponent(/\/models\/([^:]+):/.exec(path)?.[1] ?? 'gemini-test');
}

export const TEST_PATHS: Readonly<Record<Flavour, string>> = {
  gemini: '/v1beta/models/gemini-test',
  vertex: '/v1beta1/projects/p/locations/l/publishers/google/models/gemini-test',
};

type Answer = Pick<RecordedCase, 'status' | 'headers' | 'body' | 'stream'>;

/** Answers every request with the recorded answer over a real socket, and compares what was asked when a request is given. */
export function replay(
  { status, headers, body, stream }: Answer,
  splitting: Splitting = 'whole',
  expected: { readonly path?: string; readonly body?: JsonObject; readonly headers?: Readonly<Record<string, string>> } = {},
): Promise<ReplayServer> {
  return serveRecorded(
    {
      method: 'POST',
      path: expected.path ?? '/',
      ...(expected.headers === undefined ? {} : { requestHeaders: expected.headers }),
      ...(expected.body === undefined ? {} : { requestBody: expected.body }),
      normalize: (sent) => toNormalForm(sent as JsonObject),
      status,
      responseHeaders: { 'content-type': stream === null ? 'application/json; charset=UTF-8' : 'text/event-stream', ...headers },
      responseBody: stream ?? Buffer.from(JSON.stringify(body)),
    },
    splitting,
  );
}
