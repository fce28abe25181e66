/** Test side only: recorded cases of wires of their own, their replay over real sockets, read without the adapters. */
import { existsSync, readFileSync } from 'node:fs';
import type { JsonObject } from '../../server/src/modules/providers/contract.ts';
import { serveRecorded, type RecordedExchange, type ReplayServer, type Splitting } from '../testkit/replay-server.ts';

const FIXTURES = new URL('../../../shared/fixtures/providers/', import.meta.url);

/** Whether the recordings stand beside the repository. */
export const HAS_RECORDINGS = existsSync(new URL('manifest.json', FIXTURES));

export interface RecordedWireCase {
  readonly name: string;
  readonly api: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly request: { readonly path: string; readonly method: string; readonly body: JsonObject | null } | null;
  /** A whole answer; null when it is a stream. */
  readonly body: JsonObject | null;
  readonly stream: Buffer | null;
  readonly chunkLengths: readonly number[] | null;
}

interface ManifestRow {
  readonly provider: string;
  readonly case: string;
  readonly api: string;
  readonly files: readonly string[];
}

interface RequestFile {
  readonly method: string;
  readonly url?: string;
  readonly path?: string;
  readonly body?: JsonObject;
}

interface ResponseFile {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body?: JsonObject;
  readonly stream?: string;
  readonly framing?: string;
  readonly chunkLengths?: readonly number[];
}

/** All cases in the folder of `provider`. */
export function readWireCases(provider: string): readonly RecordedWireCase[] {
  if (!HAS_RECORDINGS) return [];
  const rows = readJson<readonly ManifestRow[]>('manifest.json');
  return rows.filter((row) => row.provider === provider).map(readCase);
}

function readCase(row: ManifestRow): RecordedWireCase {
  const requestFile = row.files.find((file) => file.endsWith('.request.json'));
  const response = readJson<ResponseFile>(`${row.provider}/${row.case}.response.json`);
  const request = requestFile === undefined ? null : readJson<RequestFile>(`${row.provider}/${requestFile}`);
  return {
    name: row.case,
    api: row.api,
    status: response.status,
    headers: response.headers ?? {},
    request:
      request === null
        ? null
        : {
            method: request.method,
            path: new URL(request.url ?? request.path ?? '/', 'http://recorded').pathname,
            body: request.body ?? null,
          },
    body: response.body ?? null,
    stream: response.stream === undefined ? null : readStream(`${row.provider}/${response.stream}`, response.framing),
    chunkLengths: response.chunkLengths ?? null,
  };
}

/** The source of some streams had taken the framing off. */
function readStream(path: string, framing: string | undefined): Buffer {
  const bytes = readFileSync(new URL(path, FIXTURES));
  if (framing !== 'json-lines') return bytes;
  const lines = bytes
    .toString('utf8')
    .split('\n')
    .filter((line) => line.trim() !== '');
  return Buffer.from(lines.map((line) => `event: ${(JSON.parse(line) as { type: string }).type}\ndata: ${line}\n\n`).join(''));
}

function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(new URL(path, FIXTURES), 'utf8')) as T;
}

/** Where streams are cut beside nowhere and where they were. */
export const CUTS = ['bytes', { seed: 7, mostBytes: 400 }, { seed: 1913, mostBytes: 40 }] as const satisfies readonly Splitting[];

/** Answers every request with the recorded answer over a real socket, and compares what was asked. */
export function replayCase(
  recorded: RecordedWireCase,
  expected: Partial<RecordedExchange> & Pick<RecordedExchange, 'path'>,
  splitting: Splitting = 'whole',
): Promise<ReplayServer> {
  return serveRecorded(
    {
      method: 'POST',
      status: recorded.status,
      responseHeaders: { 'content-type': 'application/json', ...recorded.headers },
      responseBody: recorded.stream ?? Buffer.from(JSON.stringify(recorded.body)),
      ...expected,
    },
    splitting,
  );
}
