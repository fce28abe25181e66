import type { Clock } from '../../kernel/clock/index.ts';
import { AntiphonError } from '../../kernel/errors/index.ts';
import type { Logger } from '../../kernel/telemetry/index.ts';
import type { PriceOf } from './ledger.reconciler.ts';
import type { Rerating, ReratingOrder, ReratingStore } from './rerating.store.ts';

export interface ReratingsDeps {
  readonly store: ReratingStore;
  readonly clock: Clock;
  readonly log: Pick<Logger, 'info'>;
  readonly priceOf: PriceOf;
}

/** Passes of an organization that wait or run at once, about. */
const MAX_OPEN = 10;

/** The job that carries out what was ordered: `runOpen`. */
export const RERATE_JOB = 'RerateCompletions';

/** Prices calls again that were settled before their price was known or right, and writes the difference beside them. */
export class Reratings {
  readonly #deps: ReratingsDeps;

  constructor(deps: ReratingsDeps) {
    this.#deps = deps;
  }

  /**
   * Takes an order; `runOpen` carries it out. `toMs` null: until now. Throws INVALID_INPUT for a range that holds no time, CONFLICT when
   * too many are waiting.
   */
  async order(order: Omit<ReratingOrder, 'toMs'> & { readonly toMs: number | null }): Promise<Rerating> {
    const nowMs = this.#deps.clock.nowMs();
    const toMs = Math.min(order.toMs ?? nowMs, nowMs);
    if (order.fromMs !== null && order.fromMs >= toMs)
      throw new AntiphonError('INVALID_INPUT', 'The range holds no time: give a start that lies before its end and before now.', {
        path: ['input', 'from'],
      });
    if ((await this.#deps.store.countOpen(order.organizationId)) >= MAX_OPEN)
      throw new AntiphonError('CONFLICT', `There are ${MAX_OPEN} passes that have not ended yet. Wait until one of them has.`);
    return this.#deps.store.create({ ...order, toMs }, nowMs);
  }

  /** Null when the organization has none with this id. */
  find(organizationId: string, id: string): Promise<Rerating | null> {
    return this.#deps.store.find(organizationId, id);
  }

  /** Carries out everything that was ordered. Safe to repeat and to break off: what was done stays done, and the rest is gone on with. */
  async runOpen(signal: AbortSignal): Promise<void> {
    const { store, clock, log, priceOf } = this.#deps;
    for (const id of await store.findOpen()) {
      let pages = 0;
      let hasMore = true;
      while (hasMore) {
        signal.throwIfAborted();
        hasMore = await store.runPage(id, priceOf, clock.nowMs());
        pages += 1;
      }
      log.info({ reratingId: id, pages }, 'calls were priced again');
    }
  }
}
