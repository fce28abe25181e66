export const analytics = 0;
