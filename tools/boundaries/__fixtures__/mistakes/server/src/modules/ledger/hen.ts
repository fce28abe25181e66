import type { Egg } from './egg.ts';
export interface Hen {
  egg: Egg;
}
