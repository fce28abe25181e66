import type { MigrationObject } from '../src/kernel/db/index.ts';
import { Spine } from './0001-spine.ts';
import { ProviderAccounts } from './0002-provider-accounts.ts';
import { Prices } from './0003-prices.ts';
import { StoredResponses } from './0004-stored-responses.ts';

/**
 * One timeline for all modules, oldest first. Append only: names are kept in every database, and what has been merged is not edited.
 * To add one: create `NNNN-<subject>.ts` with a class that extends `Migration`, then append `{ name: 'NNNN-<subject>', class: … }`.
 */
export const migrations: readonly MigrationObject[] = [
  { name: '0001-spine', class: Spine },
  { name: '0002-provider-accounts', class: ProviderAccounts },
  { name: '0003-prices', class: Prices },
  { name: '0004-stored-responses', class: StoredResponses },
];
