export const tool = 0;
