import { store } from '../ledger/ledger.store.ts';
export const used = store;
