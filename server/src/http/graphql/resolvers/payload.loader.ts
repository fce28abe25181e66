import type { CompletionReadModel, StoredPayload } from '../../../modules/ledger/index.ts';

type Load = (ids: readonly string[]) => Promise<Map<string, StoredPayload>>;

/** Reads what went in and came out of completions; requests of the same turn share one statement. */
export class PayloadLoader {
  readonly input: (completionId: string) => Promise<StoredPayload | null>;
  readonly output: (completionId: string) => Promise<StoredPayload | null>;

  constructor(reads: CompletionReadModel) {
    this.input = batch((ids) => reads.loadInputs(ids));
    this.output = batch((ids) => reads.loadOutputs(ids));
  }
}

function batch(load: Load): (id: string) => Promise<StoredPayload | null> {
  let waiting: { ids: Set<string>; loaded: Promise<Map<string, StoredPayload>> } | null = null;
  return async (id) => {
    if (waiting === null) {
      const ids = new Set<string>();
      // After the current turn every resolver of this level has asked.
      const loaded = Promise.resolve().then(() => {
        waiting = null;
        return load([...ids]);
      });
      waiting = { ids, loaded };
    }
    const { ids, loaded } = waiting;
    ids.add(id);
    return (await loaded).get(id) ?? null;
  };
}
