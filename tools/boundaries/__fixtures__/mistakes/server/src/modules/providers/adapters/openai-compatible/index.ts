export const base = 0;
