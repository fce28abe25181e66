/**
 * Memory for the numbers of one decision, used again by the next: pools of a thousand would otherwise keep the collector busy. What is
 * borrowed is good until `beginDecision` is called again; nothing of it may be kept in what a decision returns.
 */
const MAX_KEPT = 16;

const kept: Float64Array[] = [];
let borrowedCount = 0;

/** From here on everything that was borrowed before may be overwritten. */
export function beginDecision(): void {
  borrowedCount = 0;
}

/** A column of so many numbers, of any content. */
export function borrowColumn(length: number): Float64Array {
  const slot = borrowedCount;
  borrowedCount += 1;
  if (slot >= MAX_KEPT) return new Float64Array(length);
  let column = kept[slot];
  if (column === undefined || column.length < length) kept[slot] = column = new Float64Array(Math.max(64, length));
  return column.length === length ? column : column.subarray(0, length);
}
