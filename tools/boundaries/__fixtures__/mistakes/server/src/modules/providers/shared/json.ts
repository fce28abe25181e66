export const json = 0;
