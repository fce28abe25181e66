export const resolver = 0;
