import { completions } from '../modules/completions/index.ts';
export const door = completions;
