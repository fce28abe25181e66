import { completions } from '../completions/index.ts';
export const used = completions;
