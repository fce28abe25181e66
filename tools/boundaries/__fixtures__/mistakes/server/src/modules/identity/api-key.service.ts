export const service = 0;
