import type { LedgerEntry } from './ledger.entry.ts';
import { isSchemaFault, isTransient } from './ledger.errors.ts';
import type { Lane } from './ledger.lane.ts';

/** An entry with whatever its owner has to know about it. */
export interface Item {
  readonly entry: LedgerEntry;
}

export interface WriteVerdicts<Owned extends Item> {
  /** `item` is durable. `abandoned` holds the ids whose earlier row stands, of the whole batch. */
  written(item: Owned, abandoned: ReadonlySet<string>): void;
  /** PostgreSQL refuses `item` itself. The answer is written in its place; null gives it up. */
  refused(item: Owned, error: unknown): Promise<Owned | null>;
}

export interface WriteRest<Owned> {
  /** Items whose fate is unknown because PostgreSQL went away, in order; empty when all were judged. */
  readonly unwritten: readonly Owned[];
  readonly cause: unknown;
}

/**
 * Writes `items` in one statement. When that is refused, halves are tried until the item that is to blame is alone,
 * so that it does not take others with it.
 */
export async function writeEach<Owned extends Item>(
  lane: Lane,
  items: readonly Owned[],
  verdicts: WriteVerdicts<Owned>,
): Promise<WriteRest<Owned>> {
  // Last in, first out, so that order is kept.
  const groups: (readonly Owned[])[] = [items];
  for (let group = groups.pop(); group !== undefined; group = groups.pop()) {
    let abandoned: ReadonlySet<string>;
    try {
      abandoned = await lane.write(group.map(({ entry }) => entry));
    } catch (error) {
      if (isTransient(error)) return { unwritten: [...group, ...groups.toReversed().flat()], cause: error };
      // Every item would be refused alike: do not ask a thousand times.
      if (group.length > 1 && !isSchemaFault(error)) {
        const middle = group.length >> 1;
        groups.push(group.slice(middle), group.slice(0, middle));
        continue;
      }
      for (const item of group) {
        const replacement = await verdicts.refused(item, error);
        if (replacement !== null) groups.push([replacement]);
      }
      continue;
    }
    for (const item of group) verdicts.written(item, abandoned);
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
