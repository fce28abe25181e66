/** Test side only: recorded cases of the Responses wire, whoever served it. */
import { existsSync, readFileSync } from 'node:fs';
import type { JsonObject } from '../../server/src/modules/providers/index.ts';

const FIXTURES = new URL('../../../shared/fixtures/providers/', import.meta.url);

/** Whether the recordings stand beside the repository. */
export const HAS_RECORDINGS = existsSync(new URL('manifest.json', FIXTURES));

export interface RecordedCase {
  /** `<provider>/<case>`. */
  readonly name: string;
  readonly provider: string;
  readonly api: 'responses' | 'count-tokens';
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly requestBody: JsonObject | null;
  /** A whole answer's bytes; null when it is a stream. */
  readonly body: Buffer | null;
  readonly stream: Buffer | null;
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
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
  readonly rawBody?: string;
  readonly stream?: string;
  readonly framing?: string;
  readonly chunkLengths?: readonly number[];
}

interface RequestFile {
  readonly url?: string;
  readonly path?: string;
  readonly body?: JsonObject;
}

export function readCases(): readonly RecordedCase[] {
  if (!HAS_RECORDINGS) return [];
  return readJson<readonly ManifestRow[]>('manifest.json').flatMap((row) => readCase(row) ?? []);
}

/** Some cases are filed under other APIs; their URL tells. */
function readCase(row: ManifestRow): RecordedCase | null {
  const requestFile = row.files.find((file) => file.endsWith('.request.json'));
  const request = requestFile === undefined ? null : readJson<RequestFile>(`${row.provider}/${requestFile}`);
  const path = (request?.url ?? request?.path ?? '').replace(/[?#].*$/, '');
  const isCount = path.endsWith('/responses/input_tokens');
  if (!isCount && !path.endsWith('/responses') && !row.api.endsWith('responses')) return null;
  const response = readJson<ResponseFile>(`${row.provider}/${row.case}.response.json`);
  const text = response.rawBody ?? (response.body === undefined ? '' : JSON.stringify(response.body));
  return {
    name: `${row.provider}/${row.case}`,
    provider: row.provider,
    api: isCount ? 'count-tokens' : 'responses',
    status: response.status,
    headers: response.headers ?? {},
    requestBody: request?.body ?? null,
    body: response.stream === undefined ? Buffer.from(text) : null,
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
  return Buffer.from(lines.map((line) => `data: ${line}\n\n`).join(''));
}

function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(new URL(path, FIXTURES), 'utf8')) as T;
}
