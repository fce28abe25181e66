import { ledger } from '../ledger/index.ts';
export const used = ledger;
