import { existsSync, readFileSync } from 'node:fs';

/** A recorded case, as the list of recordings describes it. */
export interface RecordedRow {
  readonly provider: string;
  readonly case: string;
  readonly api: string;
  readonly kind: string;
  readonly tags: readonly string[];
  readonly status: number;
}

const MANIFEST = new URL('../../../shared/fixtures/providers/manifest.json', import.meta.url);

/** All recorded cases; null where the recordings do not stand beside the repository. */
export function readManifest(): readonly RecordedRow[] | null {
  return existsSync(MANIFEST) ? (JSON.parse(readFileSync(MANIFEST, 'utf8')) as RecordedRow[]) : null;
}

/** `<provider>/<case>`. */
export function nameOf(row: Pick<RecordedRow, 'provider' | 'case'>): string {
  return `${row.provider}/${row.case}`;
}
