import type { Pool } from 'pg';
import type { Clock } from '../../../kernel/clock/index.ts';
import type { Coordination, Subscription } from '../../../kernel/coordination/index.ts';
import { AntiphonError } from '../../../kernel/errors/index.ts';
import type { Ids } from '../../../kernel/ids/index.ts';
import type { Logger } from '../../../kernel/telemetry/index.ts';
import type { PriceBook, PriceOverride } from '../price-book.ts';
import type { Price } from '../pricing.policy.ts';
import { fromStoredRates, toStoredRates, type PriceRates } from './price-rates.ts';
import { PriceStore, type PricePageQuery, type StoredPrice } from './price.store.ts';

export interface PriceListDeps {
  readonly pool: Pool;
  readonly coordination: Pick<Coordination, 'publish' | 'subscribe'>;
  /** What is kept up to date. */
  readonly book: PriceBook;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Pick<Logger, 'warn'>;
}

export interface PriceSetting {
  /** `<providerId>/<model>`. */
  readonly modelId: string;
  /** May lie in the past: calls from then on can be priced again. */
  readonly effectiveFromMs: number;
  /** Where the figures come from: a contract, an invoice, a page. */
  readonly source: string;
  /** Null: from then on the catalogue counts again. */
  readonly rates: PriceRates | null;
}

/** A price that was set, as it is shown. */
export interface SetPrice {
  readonly id: string;
  readonly sequence: bigint;
  readonly modelId: string;
  readonly effectiveFromMs: number;
  readonly version: string;
  readonly source: string;
  readonly price: Price | null;
  readonly createdAtMs: number;
}

const CHANNEL = 'model-prices';
/** For processes that no message reaches. */
const POLL_MS = 10_000;
/** All of them are in memory. */
const MAX_PRICES = 10_000;
/** About as long as anybody's contract runs. */
const MAX_YEARS_AHEAD_MS = 10 * 365 * 86_400_000;

/** The prices that the operator sets, over those that come with the server: kept in PostgreSQL, answered from memory. */
export class PriceList {
  readonly #deps: PriceListDeps;
  readonly #store: PriceStore;
  #revision = '';
  #loading: Promise<void> | null = null;
  #timer: NodeJS.Timeout | undefined;
  #subscription: Subscription | undefined;

  constructor(deps: PriceListDeps) {
    this.#deps = deps;
    this.#store = new PriceStore(deps.pool);
  }

  /** Reads all prices and follows what is set elsewhere. Throws `UNAVAILABLE` without a database: no call may be priced wrongly. */
  async start(): Promise<void> {
    await this.#load();
    const follow = (): void => void this.#loadQuietly();
    this.#subscription = await this.#deps.coordination.subscribe(CHANNEL, follow, follow);
    this.#timer = setInterval(follow, POLL_MS);
    this.#timer.unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#subscription?.close();
    await this.#loading?.catch(() => undefined);
  }

  /** Sets a price; in force here when it resolves, elsewhere a moment later. Repeating it adds a version with the same figures. */
  async set(setting: PriceSetting, by: { readonly organizationId: string; readonly apiKeyId: string | null }): Promise<SetPrice> {
    const { ids, clock } = this.#deps;
    const nowMs = clock.nowMs();
    if (setting.effectiveFromMs > nowMs + MAX_YEARS_AHEAD_MS)
      throw new AntiphonError('INVALID_INPUT', 'A price begins within ten years from now.', { path: ['input', 'effectiveFrom'] });
    if ((await this.#store.count(null)) >= MAX_PRICES)
      throw new AntiphonError('CONFLICT', `There are ${MAX_PRICES} prices already, which is as many as can be kept.`);
    const id = ids.uuidv7();
    const stored = await this.#store.insert({
      ...by,
      id,
      modelId: setting.modelId,
      effectiveFromMs: setting.effectiveFromMs,
      version: toVersion(setting, id),
      source: setting.source,
      rates: setting.rates === null ? null : toStoredRates(setting.rates),
      createdAtMs: nowMs,
    });
    await this.#load();
    await this.#deps.coordination.publish(CHANNEL, stored.version).catch((error: unknown) => {
      this.#deps.log.warn({ error }, `other processes learn of a new price within ${POLL_MS / 1000} seconds instead of at once`);
    });
    return toSetPrice(stored);
  }

  async list(
    query: PricePageQuery,
  ): Promise<{ readonly items: readonly SetPrice[]; readonly hasMore: boolean; readonly totalCount: number }> {
    const [found, totalCount] = await Promise.all([this.#store.listPage(query), this.#store.count(query.modelId)]);
    const items = found.slice(0, query.limit).map(toSetPrice);
    if (query.end === 'oldest') items.reverse();
    return { items, hasMore: found.length > query.limit, totalCount };
  }

  async find(id: string): Promise<SetPrice | null> {
    const found = await this.#store.find(id);
    return found === null ? null : toSetPrice(found);
  }

  /** One reading at a time; whoever asks during one waits for another, since that one may have begun too early. */
  async #load(): Promise<void> {
    const before = this.#loading;
    const loading = (async () => {
      await before?.catch(() => undefined);
      const revision = await this.#store.revision();
      if (revision === this.#revision) return;
      const prices = await this.#store.listAll();
      this.#deps.book.setOverrides(prices.map(toOverride));
      this.#revision = revision;
    })();
    this.#loading = loading;
    await loading;
  }

  #loadQuietly(): Promise<void> {
    return this.#load().catch((error: unknown) => {
      this.#deps.log.warn({ error }, 'prices could not be read; those of before stay in force and it is tried again');
    });
  }
}

/** The date tells people when, the end of the id that no two are alike. */
function toVersion({ modelId, effectiveFromMs }: PriceSetting, id: string): string {
  const time = new Date(effectiveFromMs).toISOString().replace('T00:00:00.000Z', '');
  return `${modelId}@${time}#${id.slice(-8)}`;
}

function toPrice(stored: StoredPrice): Price | null {
  const { version, effectiveFromMs, source, rates } = stored;
  return rates === null ? null : { version, effectiveFromMs, source, ...fromStoredRates(rates) };
}

function toSetPrice(stored: StoredPrice): SetPrice {
  const { rates: _rates, ...rest } = stored;
  return { ...rest, price: toPrice(stored) };
}

function toOverride(stored: StoredPrice): PriceOverride {
  const { modelId, effectiveFromMs, sequence } = stored;
  return { modelId, effectiveFromMs, sequence, price: toPrice(stored) };
}
