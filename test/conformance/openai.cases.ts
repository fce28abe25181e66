/** Test side only: recorded cases of the OpenAI wire, and what each provider needs to be spoken to. */
import { existsSync, readFileSync } from 'node:fs';
import type { JsonObject, ProviderCapabilities } from '../../server/src/modules/providers/index.ts';
import {
  COMPATIBLE_CAPABILITIES,
  COMPATIBLE_WIRE,
  OPENAI_CAPABILITIES,
  OPENAI_WIRE,
  type OpenAiWireRules,
} from '../../server/src/modules/providers/adapters/openai-compatible/index.ts';

const FIXTURES = new URL('../../../shared/fixtures/providers/', import.meta.url);

/** Whether the recordings stand beside the repository. */
export const HAS_RECORDINGS = existsSync(new URL('manifest.json', FIXTURES));

export interface RecordedCase {
  /** `<provider>/<case>`. */
  readonly name: string;
  readonly provider: string;
  readonly api: 'chat' | 'embeddings' | 'models';
  readonly kind: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly path: string | null;
  readonly requestBody: JsonObject | null;
  /** A whole answer's bytes; null when it is a stream. */
  readonly body: Buffer | null;
  readonly stream: Buffer | null;
  readonly chunkLengths: readonly number[] | null;
}

/** How a provider departs from the wire of an unknown compatible server. */
export const WIRES: Readonly<Record<string, OpenAiWireRules>> = {
  openai: OPENAI_WIRE,
  'azure-openai': { ...OPENAI_WIRE, maxOutputTokensName: 'max_tokens' },
  cerebras: { ...COMPATIBLE_WIRE, reasoningField: 'reasoning', maxOutputTokensName: 'max_completion_tokens' },
  crusoe: COMPATIBLE_WIRE,
  databricks: COMPATIBLE_WIRE,
  deepseek: COMPATIBLE_WIRE,
  fireworks: COMPATIBLE_WIRE,
  groq: { ...COMPATIBLE_WIRE, reasoningField: 'reasoning', maxOutputTokensName: 'max_completion_tokens' },
  huggingface: COMPATIBLE_WIRE,
  hyperbolic: COMPATIBLE_WIRE,
  'llama-cpp': COMPATIBLE_WIRE,
  minimax: COMPATIBLE_WIRE,
  mistral: COMPATIBLE_WIRE,
  moonshot: COMPATIBLE_WIRE,
  nebius: COMPATIBLE_WIRE,
  novita: COMPATIBLE_WIRE,
  'nvidia-nim': COMPATIBLE_WIRE,
  ollama: { ...COMPATIBLE_WIRE, reasoningField: 'reasoning' },
  'openai-compatible-generic': COMPATIBLE_WIRE,
  openrouter: { ...COMPATIBLE_WIRE, reasoningField: 'reasoning' },
  perplexity: COMPATIBLE_WIRE,
  qwen: COMPATIBLE_WIRE,
  sambanova: COMPATIBLE_WIRE,
  'snowflake-cortex': COMPATIBLE_WIRE,
  together: COMPATIBLE_WIRE,
  venice: COMPATIBLE_WIRE,
  vllm: COMPATIBLE_WIRE,
  watsonx: COMPATIBLE_WIRE,
  xai: { ...COMPATIBLE_WIRE, reasoningTokens: 'beside' },
  zhipu: COMPATIBLE_WIRE,
  bedrock: COMPATIBLE_WIRE,
  'google-gemini': COMPATIBLE_WIRE,
  anthropic: COMPATIBLE_WIRE,
};

export function capabilitiesOf(provider: string): ProviderCapabilities {
  return provider === 'openai' ? OPENAI_CAPABILITIES : COMPATIBLE_CAPABILITIES;
}

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
};
/** Their embeddings and models have wires of their own. */
const OWN_WIRES: ReadonlySet<string> = new Set(['bedrock', 'google-gemini', 'anthropic']);

export function readCases(): readonly RecordedCase[] {
  if (!HAS_RECORDINGS) return [];
  const rows = readJson<readonly ManifestRow[]>('manifest.json');
  return rows.filter((row) => isOfThisWire(row)).map(readCase);
}

function isOfThisWire({ provider, api }: ManifestRow): boolean {
  if (WIRES[provider] === undefined || APIS[api] === undefined) return false;
  return !OWN_WIRES.has(provider) || api === 'openai-compat';
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
    api: APIS[row.api] as RecordedCase['api'],
    kind: row.kind,
    status: response.status,
    headers: response.headers ?? {},
    path: request === null ? null : pathOf(request.url ?? request.path ?? ''),
    requestBody: request?.body ?? null,
    body: response.stream === undefined ? Buffer.from(text) : null,
    stream: response.stream === undefined ? null : readStream(`${row.provider}/${response.stream}`, response.framing),
    chunkLengths: response.chunkLengths ?? null,
  };
}

function pathOf(url: string): string {
  return url.replace(/^https?:\/\/[^/]*/, '').replace(/[?#].*$/, '');
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
