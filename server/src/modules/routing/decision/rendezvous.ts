import type { PoolView } from './pool-view.ts';
import { hashText, mixPair } from './seeded.ts';

/** Weights become whole numbers up to this; a target of weight k draws k times. */
const MAX_DRAWS = 16;

/**
 * The members by their claim on a key, the strongest first (rendezvous hashing): each draws numbers from the key and its own name, the
 * highest wins, and a heavier one draws more often. When a member leaves, only its own keys move.
 */
export function rankByKey(view: PoolView, members: Int32Array, key: string, count: number): number[] {
  const keyHash = hashText(key);
  const draws = toDraws(view, members);
  const claims = Float64Array.from(members, (target, index) => strongestDraw(keyHash, view.hash[target] as number, draws[index] as number));
  const ranked: number[] = [];
  while (ranked.length < Math.min(count, members.length)) {
    let best = 0;
    for (let index = 1; index < claims.length; index += 1) if ((claims[index] as number) > (claims[best] as number)) best = index;
    ranked.push(members[best] as number);
    claims[best] = -1;
  }
  return ranked;
}

function toDraws(view: PoolView, members: Int32Array): Uint8Array {
  let heaviest = 0;
  let lightest = Infinity;
  for (const target of members) {
    heaviest = Math.max(heaviest, view.weight[target] as number);
    lightest = Math.min(lightest, view.weight[target] as number);
  }
  const unit = heaviest === lightest ? heaviest : Math.max(lightest, heaviest / MAX_DRAWS);
  return Uint8Array.from(members, (target) => Math.max(1, Math.round((view.weight[target] as number) / unit)));
}

function strongestDraw(keyHash: number, targetHash: number, draws: number): number {
  let strongest = 0;
  const own = mixPair(keyHash, targetHash);
  for (let draw = 0; draw < draws; draw += 1) strongest = Math.max(strongest, mixPair(own, draw));
  return strongest;
}
