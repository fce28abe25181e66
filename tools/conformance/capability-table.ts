import type { ProviderCapabilities, Vendor } from '../../server/src/modules/providers/index.ts';
import type { RecordedRow } from './manifest.ts';

interface Column {
  readonly title: string;
  /** Whether the vendor declares it; null where nothing declares it. */
  readonly isDeclared: (capabilities: ProviderCapabilities) => boolean | null;
  readonly isShownBy: (row: RecordedRow) => boolean;
}

const isAnswer = ({ status, tags, api }: RecordedRow): boolean => status < 400 && !NO_CHAT.has(api) && !tags.includes('sigv4');
const NO_CHAT: ReadonlySet<string> = new Set(['embeddings', 'models', 'rerank', 'moderations', 'count-tokens', 'cached-contents']);
const tagged =
  (...names: readonly string[]) =>
  (row: RecordedRow): boolean =>
    isAnswer(row) && names.some((name) => row.tags.includes(name) || row.kind.replace(/^stream-/, '') === name);

const COLUMNS: readonly Column[] = [
  { title: 'answers', isDeclared: () => true, isShownBy: (row) => isAnswer(row) && !row.tags.includes('stream') },
  { title: 'streams', isDeclared: ({ streaming }) => streaming, isShownBy: (row) => isAnswer(row) && row.tags.includes('stream') },
  { title: 'tools', isDeclared: ({ tools }) => tools, isShownBy: tagged('tool-call', 'tool-result', 'tool-no-args') },
  { title: 'several at once', isDeclared: ({ parallelTools }) => parallelTools, isShownBy: tagged('parallel-tools') },
  { title: 'structured', isDeclared: ({ structuredOutput }) => structuredOutput !== 'none', isShownBy: tagged('structured') },
  { title: 'reasoning', isDeclared: ({ reasoning }) => reasoning, isShownBy: tagged('reasoning', 'redacted-reasoning') },
  { title: 'images in', isDeclared: ({ vision }) => vision, isShownBy: tagged('vision') },
  { title: 'documents', isDeclared: ({ documents }) => documents, isShownBy: tagged('document') },
  { title: 'prompt cache', isDeclared: ({ promptCache }) => promptCache !== 'none', isShownBy: tagged('cached-tokens') },
  { title: 'embeddings', isDeclared: ({ embeddings }) => embeddings, isShownBy: ({ api, status }) => api === 'embeddings' && status < 400 },
  { title: 'ranking', isDeclared: () => null, isShownBy: ({ api, status }) => api === 'rerank' && status < 400 },
  { title: 'failures', isDeclared: () => null, isShownBy: ({ status }) => status >= 400 },
];

/** Provider by capability: `yes` or `no` as the vendor declares it, and how many recorded cases show it. */
export function renderCapabilityTable(vendors: readonly Vendor[], rows: readonly RecordedRow[]): string {
  const head = ['provider', ...COLUMNS.map(({ title }) => title)];
  const lines = vendors.map(({ id, displayName, capabilities }) => {
    const own = rows.filter(({ provider }) => provider === id);
    return [`${displayName} (\`${id}\`)`, ...COLUMNS.map((column) => cellOf(column, capabilities, own))];
  });
  return [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function cellOf({ isDeclared, isShownBy }: Column, capabilities: ProviderCapabilities, rows: readonly RecordedRow[]): string {
  const count = rows.filter(isShownBy).length;
  const declared = isDeclared(capabilities);
  const word = declared === null ? '' : declared ? 'yes' : 'no';
  return [word, count === 0 ? '' : String(count)].filter((part) => part !== '').join(' ') || '—';
}
