/**
 * Chance that can be repeated: whole-number arithmetic on 32 bits, the same on every machine and in every version of the runtime.
 */

/** Spreads 32 bits so that neighbouring inputs give unrelated outputs (a bijection). */
export function mix32(value: number): number {
  let bits = value | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x21f0aaad);
  bits = Math.imul(bits ^ (bits >>> 15), 0x735a2d97);
  return (bits ^ (bits >>> 15)) >>> 0;
}

/** Two numbers as one. */
export function mixPair(left: number, right: number): number {
  return mix32((mix32(left) + Math.imul(right | 0, 0x9e3779b1)) | 0);
}

/** 32 bits of a text (FNV-1a over its UTF-16 units, then mixed). */
export function hashText(text: string): number {
  let bits = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) bits = Math.imul(bits ^ text.charCodeAt(index), 0x01000193);
  return mix32(bits);
}

/** A number in [0, 1) that depends on the seed and on what it is drawn for. */
export function drawUnit(seed: number, purpose: number): number {
  return mixPair(seed, purpose) / 0x1_0000_0000;
}

/** A whole number in [0, bound). */
export function drawBelow(seed: number, purpose: number, bound: number): number {
  return Math.floor(drawUnit(seed, purpose) * bound);
}

/** What is drawn within one decision; each has a purpose of its own, so that none depends on how many were drawn before. */
export const PURPOSE = { canary: 1, probe: 2, floor: 3, floorPick: 4, mirror: 1_000, pick: 10_000, tie: 1_000_000 } as const;
