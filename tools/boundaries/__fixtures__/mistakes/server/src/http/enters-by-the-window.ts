import { store } from '../modules/ledger/ledger.store.ts';
export const used = store;
