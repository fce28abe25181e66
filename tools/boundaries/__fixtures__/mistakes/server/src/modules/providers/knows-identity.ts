import { identity } from '../identity/index.ts';
export const used = identity;
