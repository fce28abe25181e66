import type { Hen } from './hen.ts';
export interface Egg {
  hen: Hen;
}
