import type { Usage } from './contract.ts';

/** All that a price is applied to. */
export type TokenQuantities = Omit<Usage, 'raw'> & {
  /** The service tier that the provider says it used, in its own word; left out or null: the standard one. */
  readonly serviceTier?: string | null;
};
