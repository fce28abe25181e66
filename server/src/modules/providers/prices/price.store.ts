import type { Pool } from 'pg';
import { AntiphonError } from '../../../kernel/errors/index.ts';
import type { StoredRates } from './price-rates.ts';

/** A price that was set; never changed afterwards. */
export interface StoredPrice {
  readonly id: string;
  readonly sequence: bigint;
  readonly modelId: string;
  readonly effectiveFromMs: number;
  readonly version: string;
  readonly source: string;
  /** Null: from here on the catalogue counts again. */
  readonly rates: StoredRates | null;
  readonly createdAtMs: number;
}

export type NewPrice = Omit<StoredPrice, 'sequence'> & { readonly organizationId: string; readonly apiKeyId: string | null };

export interface PricePageQuery {
  /** Null: of every model. */
  readonly modelId: string | null;
  /** Only those set before this one. */
  readonly before: bigint | null;
  /** Only those set after this one. */
  readonly after: bigint | null;
  readonly limit: number;
  /** Which end of what is left is taken; items are newest first either way. */
  readonly end: 'newest' | 'oldest';
}

interface PriceRow {
  readonly id: string;
  readonly sequence: string;
  readonly model_id: string;
  readonly effective_ms: number;
  readonly version: string;
  readonly source: string;
  readonly rates: StoredRates | null;
  readonly created_ms: number;
}

const COLUMNS = `id, sequence, model_id, (extract(epoch from effective_from) * 1000)::float8 as effective_ms, version, source, rates,
  (extract(epoch from created_at) * 1000)::float8 as created_ms`;

/** Prices that were set, for the whole installation. Every method throws `UNAVAILABLE` without a database. */
export class PriceStore {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  async insert(price: NewPrice): Promise<StoredPrice> {
    const [row] = await this.#query<PriceRow>(
      `insert into model_price (id, organization_id, api_key_id, model_id, effective_from, version, source, rates, created_at)
       values ($1, $2, $3, $4, to_timestamp($5 / 1000.0), $6, $7, $8, to_timestamp($9 / 1000.0)) returning ${COLUMNS}`,
      [
        price.id,
        price.organizationId,
        price.apiKeyId,
        price.modelId,
        price.effectiveFromMs,
        price.version,
        price.source,
        price.rates === null ? null : JSON.stringify(price.rates),
        price.createdAtMs,
      ],
    );
    return toStoredPrice(row as PriceRow);
  }

  /** In the order in which they were set. */
  async listAll(): Promise<readonly StoredPrice[]> {
    return (await this.#query<PriceRow>(`select ${COLUMNS} from model_price order by sequence`, [])).map(toStoredPrice);
  }

  /** Changes whenever a price was set: of rows that are only added, their number and the largest tell. */
  async revision(): Promise<string> {
    const [row] = await this.#query<{ revision: string }>(
      `select count(*) || '-' || coalesce(max(sequence), 0) as revision from model_price`,
      [],
    );
    return row?.revision ?? '';
  }

  async count(modelId: string | null): Promise<number> {
    const [row] = await this.#query<{ count: number }>(
      'select count(*)::integer as count from model_price where $1::text is null or model_id = $1',
      [modelId],
    );
    return row?.count ?? 0;
  }

  /** A page, newest first, and one more item when there is more. */
  async listPage({ modelId, before, after, limit, end }: PricePageQuery): Promise<readonly StoredPrice[]> {
    const rows = await this.#query<PriceRow>(
      `select ${COLUMNS} from model_price
       where ($1::text is null or model_id = $1) and ($2::bigint is null or sequence < $2) and ($3::bigint is null or sequence > $3)
       order by sequence ${end === 'newest' ? 'desc' : 'asc'} limit $4`,
      [modelId, before, after, limit + 1],
    );
    return rows.map(toStoredPrice);
  }

  async find(id: string): Promise<StoredPrice | null> {
    const [row] = await this.#query<PriceRow>(`select ${COLUMNS} from model_price where id = $1`, [id]);
    return row === undefined ? null : toStoredPrice(row);
  }

  async #query<Row extends object>(text: string, values: unknown[]): Promise<Row[]> {
    try {
      return (await this.#pool.query<Row>(text, values)).rows;
    } catch (error) {
      throw new AntiphonError('UNAVAILABLE', 'Prices cannot be read or set now: the database cannot be reached. Try again in a moment.', {
        retryAfterMs: 1000,
        cause: error,
      });
    }
  }
}

function toStoredPrice(row: PriceRow): StoredPrice {
  return {
    id: row.id,
    sequence: BigInt(row.sequence),
    modelId: row.model_id,
    effectiveFromMs: row.effective_ms,
    version: row.version,
    source: row.source,
    rates: row.rates,
    createdAtMs: row.created_ms,
  };
}
