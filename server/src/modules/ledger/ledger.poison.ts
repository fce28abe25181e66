import type { LedgerEntry } from './ledger.entry.ts';
import { isSchemaFault, isTransient } from './ledger.errors.ts';
import type { Lane } from './ledger.lane.ts';

export interface WriteVerdicts<Entry extends LedgerEntry> {
  /** `entry` is durable. `abandoned` holds the ids whose earlier row stands, of the whole batch. */
  written(entry: Entry, abandoned: ReadonlySet<string>): void;
  /** PostgreSQL refuses `entry` itself. The answer is written in its place; null gives it up. */
  refused(entry: Entry, error: unknown): Promise<Entry | null>;
}

export interface WriteRest<Entry> {
  /** Entries whose fate is unknown because PostgreSQL went away, in order; empty when all were judged. */
  readonly unwritten: readonly Entry[];
  readonly cause: unknown;
}

/**
 * Writes `entries` in one statement. When that is refused, halves are tried until the entry that is to blame is alone,
 * so that it does not take others with it.
 */
export async function writeEach<Entry extends LedgerEntry>(
  lane: Lane,
  entries: readonly Entry[],
  verdicts: WriteVerdicts<Entry>,
): Promise<WriteRest<Entry>> {
  // Last in, first out, so that order is kept.
  const groups: (readonly Entry[])[] = [entries];
  for (let group = groups.pop(); group !== undefined; group = groups.pop()) {
    let abandoned: ReadonlySet<string>;
    try {
      abandoned = await lane.write(group);
    } catch (error) {
      if (isTransient(error)) return { unwritten: [...group, ...groups.toReversed().flat()], cause: error };
      // Every entry would be refused alike: do not ask a thousand times.
      if (group.length > 1 && !isSchemaFault(error)) {
        const middle = group.length >> 1;
        groups.push(group.slice(middle), group.slice(0, middle));
        continue;
      }
      for (const entry of group) {
        const replacement = await verdicts.refused(entry, error);
        if (replacement !== null) groups.push([replacement]);
      }
      continue;
    }
    for (const entry of group) verdicts.written(entry, abandoned);
  }
  return { unwritten: [], cause: null };
}

/** `entry` with its sizes but without its bodies, or null when it has none: accounting must not depend on what a provider sent. */
export function withoutBodies(entry: LedgerEntry): LedgerEntry | null {
  if ((entry.input?.json ?? null) === null && (entry.output?.json ?? null) === null) return null;
  return {
    ...entry,
    input: entry.input === null ? null : { ...entry.input, json: null },
    output: entry.output === null ? null : { ...entry.output, json: null },
  };
}
