import { identity } from '../src/modules/identity/index.ts';
export const used = identity;
