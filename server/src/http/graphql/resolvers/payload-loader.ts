import type { Ledger, StoredPayload } from '../../../modules/ledger/index.ts';
import type { GraphqlContext } from './context.ts';

type Load = (ids: readonly string[]) => Promise<Map<string, StoredPayload>>;

/** Collects the ids that one operation asks for in the same turn and loads them in one statement. */
class Batch {
  readonly #load: Load;
  #pending: { ids: string[]; result: Promise<Map<string, StoredPayload>> } | null = null;

  constructor(load: Load) {
    this.#load = load;
  }

  async get(id: string): Promise<StoredPayload | null> {
    this.#pending ??= this.#open();
    this.#pending.ids.push(id);
    return (await this.#pending.result).get(id) ?? null;
  }

  #open(): { ids: string[]; result: Promise<Map<string, StoredPayload>> } {
    const ids: string[] = [];
    const result = new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
      this.#pending = null;
      return this.#load([...new Set(ids)]);
    });
    return { ids, result };
  }
}

/** Recorded inputs and outputs, batched per operation. */
export class PayloadLoader {
  readonly #completions: Ledger['completions'];
  readonly #batches = new WeakMap<GraphqlContext, { inputs: Batch; outputs: Batch }>();

  constructor(completions: Ledger['completions']) {
    this.#completions = completions;
  }

  input(context: GraphqlContext, id: string): Promise<StoredPayload | null> {
    return this.#of(context).inputs.get(id);
  }

  output(context: GraphqlContext, id: string): Promise<StoredPayload | null> {
    return this.#of(context).outputs.get(id);
  }

  #of(context: GraphqlContext): { inputs: Batch; outputs: Batch } {
    let batches = this.#batches.get(context);
    if (batches === undefined) {
      batches = {
        inputs: new Batch((ids) => this.#completions.loadInputs(ids)),
        outputs: new Batch((ids) => this.#completions.loadOutputs(ids)),
      };
      this.#batches.set(context, batches);
    }
    return batches;
  }
}
