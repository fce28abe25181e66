export const sdk = 0;
