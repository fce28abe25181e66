/** Texts that are planted where secrets and payloads stand, and the search for them in whatever leaves a process. */
import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestDatabase } from '../testkit/database.ts';

/** Credentials at providers: nobody may see them, wherever. */
export const CREDENTIALS = ['environmentKey', 'fileKey', 'managedKey', 'rotatedKey', 'managedHeader', 'awsSecret', 'awsToken'] as const;
/** What callers and models say: it belongs to the answer of its caller and into the tables that keep payloads. */
export const PAYLOADS = [
  'prompt',
  'system',
  'toolArguments',
  'toolResult',
  'toolText',
  'fileContents',
  'taskInput',
  'answer',
  'answerArguments',
] as const;
/** What a caller gives to be kept as such: its own users, its notes (metadata), and paths that are not there. */
export const NAMES = ['endUser', 'path'] as const;
/** What comes along with calls and is kept nowhere. */
export const PASSING = ['callerHeader', 'userAgent', 'cookie', 'wrongKey', 'upstreamError', 'upstreamHeader', 'garbage'] as const;

export type MarkerName = (typeof CREDENTIALS)[number] | (typeof PAYLOADS)[number] | (typeof PASSING)[number] | (typeof NAMES)[number];
export type Markers = Readonly<Record<MarkerName, string>>;

export function plantMarkers(): Markers {
  const names = [...CREDENTIALS, ...PAYLOADS, ...PASSING, ...NAMES];
  return Object.fromEntries(names.map((name) => [name, `planted-${name}-${randomBytes(8).toString('hex')}`])) as Record<MarkerName, string>;
}

/** The ways in which a text may be written: as it is, as a name in a query, in base64 wherever it begins within it, in hexadecimal. */
export function formsOf(marker: string): readonly string[] {
  const inBase64 = [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), Buffer.from(marker)]).toString('base64');
    // Characters that depend on neighbours are left out at both ends.
    return text.slice(shift === 0 ? 0 : shift + 1, Math.floor((shift + marker.length) / 3) * 4);
  });
  return [
    marker,
    marker.replaceAll('-', '_'),
    Buffer.from(marker).toString('hex'),
    ...inBase64.flatMap((text) => [text, text.replaceAll('+', '-').replaceAll('/', '_')]),
  ];
}

/** Places by name, with the text of each. */
export type Places = Readonly<Record<string, string>>;

/** Each marker that was found, as `name in place`. */
export function findMarkers(places: Places, markers: Markers, names: readonly MarkerName[]): string[] {
  return Object.entries(places).flatMap(([place, text]) =>
    names.flatMap((name) => (formsOf(markers[name]).some((form) => text.includes(form)) ? [`${name} in ${place}`] : [])),
  );
}

/** What the caller was told of a failure: where payloads are kept, a provider's words about them are too. */
const TOLD_COLUMN = 'error_message';
export const TOLD_PLACE = 'error messages of settlements';

/** Rows of every table, bytes in hexadecimal. */
export async function readTables({ pools }: TestDatabase): Promise<Places> {
  const { rows } = await pools.general.query<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
  );
  const texts = await Promise.all(
    rows.map(async ({ name }) => {
      const found = await pools.general.query<{ text: string }>(`select (to_jsonb(t) - '${TOLD_COLUMN}')::text as text from "${name}" t`);
      return [`table ${name}`, found.rows.map(({ text }) => text).join('\n')] as const;
    }),
  );
  const told = await pools.general.query<{ text: string }>(
    `select ${TOLD_COLUMN} as text from completion_settlement where ${TOLD_COLUMN} is not null`,
  );
  return { ...Object.fromEntries(texts), [TOLD_PLACE]: told.rows.map(({ text }) => text).join('\n') };
}

/** Every file of a folder, whatever is in it. */
export async function readFolder(folder: string): Promise<Places> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const texts = await Promise.all(
    files.map(async ({ parentPath, name }) => [`file ${name}`, await readFile(join(parentPath, name), 'latin1')] as const),
  );
  return Object.fromEntries(texts);
}
