export const ledger = 0;
