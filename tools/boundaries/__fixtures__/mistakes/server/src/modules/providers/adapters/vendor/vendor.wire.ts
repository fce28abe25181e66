export const wire = 0;
