/** Prices that the test sets, and what the ledger holds in the end. */
import { toEntityId } from '../../server/src/http/entity-id.ts';
import type { TestDatabase } from '../testkit/database.ts';
import type { ServerBanner } from '../testkit/server-process.ts';

export interface LedgerRow {
  readonly door: string;
  readonly outcome: string | null;
  readonly basis: string | null;
  readonly errorCode: string | null;
  readonly inputTokens: string | null;
  readonly outputTokens: string | null;
  readonly costNanoUsd: string | null;
  /** What the provider could not do of what was asked. */
  readonly warnings: readonly string[];
}

/** By the ids under which callers know their calls. */
export async function readLedger({ pools }: TestDatabase): Promise<ReadonlyMap<string, LedgerRow>> {
  const { rows } = await pools.general.query<LedgerRow & { id: string }>(
    `select r.id, r.door, s.outcome, s.basis, s.error_code as "errorCode", s.input_tokens as "inputTokens", s.output_tokens as "outputTokens",
       s.cost_nano_usd as "costNanoUsd", coalesce(s.warnings, '[]'::json) as warnings
     from completion_request r left join completion_settlement s on s.request_id = r.id`,
  );
  return new Map(rows.map(({ id, ...row }) => [toEntityId('completion', id), row]));
}

const SET = `mutation ($input: ModelPriceSetInput!) { modelPriceSet(input: $input) { errors { ... on UserError { message } } } }`;

/** A dollar for a million tokens in, three for a million out, whatever the catalogue says. */
export async function setPrices({ graphqlUrl, apiKey }: ServerBanner, models: readonly string[]): Promise<void> {
  const price = { rates: { inputUsdPerMillion: '1', outputUsdPerMillion: '3' } };
  for (const model of models) {
    const input = { model, effectiveFrom: '2026-01-01T00:00:00Z', source: 'the test', price };
    const response = await fetch(graphqlUrl, {
      method: 'POST',
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ query: SET, variables: { input } }),
    });
    const { data, errors } = (await response.json()) as { data?: { modelPriceSet: { errors: unknown[] } }; errors?: unknown };
    if (errors !== undefined || data?.modelPriceSet.errors.length !== 0)
      throw new Error(`no price for ${model}: ${JSON.stringify({ data, errors })}`);
  }
}
