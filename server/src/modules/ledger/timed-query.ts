import type { QueryConfig } from 'pg';

/** A query that `pg` gives up after `timeoutMs`; its types do not know that a single query may say so. */
export function timedQuery(text: string, values: unknown[], timeoutMs: number): QueryConfig {
  const query: QueryConfig & { readonly query_timeout: number } = { text, values, query_timeout: timeoutMs };
  return query;
}
