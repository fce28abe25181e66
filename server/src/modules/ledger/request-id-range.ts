/**
 * Ids begin with the millisecond in which they were made, so a range of start times is nearly a range of ids, and those are indexed.
 * The id is made a little before or after the start is taken, and may run ahead when very many are made in one millisecond.
 */
const SLACK_MS = 600_000;

/** The smallest id that a request which started at `fromMs` or later can have. */
export function lowestIdFrom(fromMs: number): string {
  return toId(Math.max(0, fromMs - SLACK_MS), '0000');
}

/** An id that no request which started before `toMs` reaches. */
export function highestIdBefore(toMs: number): string {
  return toId(Math.max(0, toMs + SLACK_MS), 'ffff');
}

function toId(timeMs: number, rest: '0000' | 'ffff'): string {
  const time = Math.trunc(timeMs).toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-${rest}-${rest}-${rest}${rest}${rest}`;
}
