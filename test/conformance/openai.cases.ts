/** Test side only: recorded cases of the OpenAI wire, and what each provider needs to be spoken to. */
import { existsSync, readFileSync } from 'node:fs';
import { findVendor, type JsonObject, type Vendor } from '../../server/src/modules/providers/index.ts';

const FIXTURES = new URL('../../../shared/fixtures/providers/', import.meta.url);

/** Whether the recordings stand beside the repository. */
export const HAS_RECORDINGS = existsSync(new URL('manifest.json', FIXTURES));

export interface RecordedCase {
  /** `<provider>/<case>`. */
  readonly name: string;
  readonly provider: string;
  readonly api: 'chat' | 'embeddings' | 'models' | 'moderations' | 'other';
  readonly kind: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Where it was sent: host and path, or the path alone where the recorder kept no host; null when it is not known. */
  readonly url: string | null;
  readonly path: string | null;
  readonly requestBody: JsonObject | null;
  /** A whole answer's bytes; null when it is a stream. */
  readonly body: Buffer | null;
  readonly stream: Buffer | null;
  readonly chunkLengths: readonly number[] | null;
}

/**
 * Recorded on this wire beside a wire of their own, or under a name that is no vendor's: replayed as any server of this wire. What is
 * special to them is tested by the suites of their own.
 */
const AS_ANY_SERVER: ReadonlySet<string> = new Set([
  'anthropic',
  'bedrock',
  'google-gemini',
  'ollama',
  'openai-compatible-generic',
  'watsonx',
]);

/** The vendor with whose settings a provider's recordings are replayed; null where they are of another wire. */
export function vendorOf(provider: string): Vendor | null {
  if (AS_ANY_SERVER.has(provider)) return findVendor('compatible');
  const vendor = findVendor(provider);
  return vendor !== null && isOfThisWire(vendor) ? vendor : null;
}

function isOfThisWire(vendor: Vendor): boolean {
  return vendor.baseUrlEndsBefore?.endsWith('/chat/completions') === true;
}

/** Beginnings of bases that were recorded beside a vendor's usual one, with the reason. */
export const OTHER_BASES: Readonly<Record<string, string>> = {
  'api.z.ai/api/coding/paas/v4': 'the plan for coding',
  'api.together.ai/v1': 'another name of the same host',
  'api.perplexity.ai/v1': 'embeddings stand a step below chats',
  'router.huggingface.co/': 'routes to one vendor or one model',
  'ACCOUNT.snowflakecomputing.com/api/v2/cortex/v1': 'the host of an account, which the usual base leaves open',
  'mock.databricks.com/serving-endpoints': 'the host of a workspace, which the usual base leaves open',
};

interface ManifestRow {
  readonly provider: string;
  readonly case: string;
  readonly api: string;
  readonly kind: string;
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

const APIS: Readonly<Record<string, RecordedCase['api']>> = {
  chat: 'chat',
  'openai-compat': 'chat',
  embeddings: 'embeddings',
  models: 'models',
  moderations: 'moderations',
  // Of other APIs of these vendors the failures are read: they have one form for all.
  completions: 'other',
  'hf-task': 'other',
  'models-as-a-service': 'other',
};
/** Filed as chats. */
const LISTS_OF_MODELS: ReadonlySet<string> = new Set(['google-gemini/openai-compat.text.01', 'google-gemini/openai-compat.text.02']);
/** Their embeddings and models have wires of their own. */
const OWN_WIRES: ReadonlySet<string> = new Set(['bedrock', 'google-gemini', 'anthropic']);

export function readCases(): readonly RecordedCase[] {
  if (!HAS_RECORDINGS) return [];
  const rows = readJson<readonly ManifestRow[]>('manifest.json');
  return rows.filter((row) => isReplayed(row)).map(readCase);
}

function isReplayed({ provider, api }: ManifestRow): boolean {
  if (APIS[api] === undefined || vendorOf(provider) === null) return false;
  return !OWN_WIRES.has(provider) || api === 'openai-compat' || api === 'chat';
}

function readCase(row: ManifestRow): RecordedCase {
  const requestFile = row.files.find((file) => file.endsWith('.request.json'));
  const response = readJson<ResponseFile>(`${row.provider}/${row.case}.response.json`);
  const request =
    requestFile === undefined ? null : readJson<{ url?: string; path?: string; body?: JsonObject }>(`${row.provider}/${requestFile}`);
  const text = response.rawBody ?? (response.body === undefined ? '' : JSON.stringify(response.body));
  return {
    name: `${row.provider}/${row.case}`,
    provider: row.provider,
    api: LISTS_OF_MODELS.has(`${row.provider}/${row.case}`) ? 'models' : (APIS[row.api] as RecordedCase['api']),
    kind: row.kind,
    status: response.status,
    headers: response.headers ?? {},
    url: request === null ? null : urlOf(request.url ?? request.path ?? ''),
    path: request === null ? null : pathOf(request.url ?? request.path ?? ''),
    requestBody: request?.body ?? null,
    body: response.stream === undefined ? Buffer.from(text) : null,
    stream: response.stream === undefined ? null : readStream(`${row.provider}/${response.stream}`, response.framing),
    chunkLengths: response.chunkLengths ?? null,
  };
}

function urlOf(url: string): string {
  return url.replace(/^https?:\/\/|^<[^>]*>/, '').replace(/[?#].*$/, '');
}

function pathOf(url: string): string {
  return url.replace(/^https?:\/\/[^/]*|^<[^>]*>/, '').replace(/[?#].*$/, '');
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
