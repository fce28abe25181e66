/** Test side only: recorded answers and streams of chats, as both sides are given them. */
import { existsSync, readFileSync } from 'node:fs';

const FIXTURES = new URL('../../../../shared/fixtures/providers/', import.meta.url);

/** Whether the recordings stand beside the repository. */
export const HAS_RECORDINGS = existsSync(new URL('manifest.json', FIXTURES));

export interface OracleCase {
  /** `<provider>/<case>`. */
  readonly name: string;
  readonly provider: string;
  readonly api: string;
  readonly isStream: boolean;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Buffer;
}

interface ManifestRow {
  readonly provider: string;
  readonly case: string;
  readonly api: string;
  readonly status: number;
  readonly tags: readonly string[];
}

interface ResponseFile {
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
  readonly rawBody?: string;
  readonly stream?: string;
  readonly framing?: string;
}

/** Wires on which both sides read chats. */
const APIS: ReadonlySet<string> = new Set(['chat', 'messages', 'converse', 'converse-stream', 'v2-chat', 'generate-content', 'responses']);

export function readOracleCases(): readonly OracleCase[] {
  if (!HAS_RECORDINGS) return [];
  const rows = JSON.parse(readFileSync(new URL('manifest.json', FIXTURES), 'utf8')) as readonly ManifestRow[];
  return rows.filter(({ api, status, tags }) => APIS.has(api) && status === 200 && !tags.includes('json-array-stream')).map(readCase);
}

function readCase(row: ManifestRow): OracleCase {
  const name = `${row.provider}/${row.case}`;
  const response = JSON.parse(readFileSync(new URL(`${name}.response.json`, FIXTURES), 'utf8')) as ResponseFile;
  const isStream = response.stream !== undefined;
  return {
    name,
    provider: row.provider,
    api: row.api,
    isStream,
    headers: { 'content-type': isStream ? 'text/event-stream' : 'application/json', ...response.headers },
    bytes: response.stream === undefined ? bodyOf(response) : readStream(`${row.provider}/${response.stream}`, response.framing),
  };
}

function bodyOf({ rawBody, body }: ResponseFile): Buffer {
  return Buffer.from(rawBody ?? JSON.stringify(body));
}

/** The source of some streams had taken the framing off. */
function readStream(path: string, framing: string | undefined): Buffer {
  const bytes = readFileSync(new URL(path, FIXTURES));
  if (framing !== 'json-lines') return bytes;
  const lines = bytes
    .toString('utf8')
    .split('\n')
    .filter((line) => line.trim() !== '');
  const typeOf = (line: string): string => (JSON.parse(line) as { type?: string }).type ?? '';
  return Buffer.from(lines.map((line) => `${typeOf(line) === '' ? '' : `event: ${typeOf(line)}\n`}data: ${line}\n\n`).join(''));
}
