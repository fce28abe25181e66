import { Chance } from './chance.ts';
import type { Arrival } from './world.ts';

/** Calls by chance at a steady rate: Poisson arrivals, output lengths spread around 40 tokens. */
export function* steadyLoad(seed: number, perSecond: number, endMs: number): Generator<Arrival> {
  const chance = new Chance(seed, 2);
  for (let atMs = chance.exponential(1000 / perSecond); atMs < endMs; atMs += chance.exponential(1000 / perSecond))
    yield { atMs, inputTokens: 500, outputTokens: 1 + Math.round(Math.min(chance.exponential(40), 400)) };
}
