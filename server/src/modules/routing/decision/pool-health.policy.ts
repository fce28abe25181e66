/** What the ejection of one member is decided on. */
export interface PoolMember {
  /** Its breaker is open or half-open. */
  readonly isTripped: boolean;
  readonly successShare: number;
}

/** At most this share of a pool is taken out for its health. */
export const EJECTION_CAP = 0.5;

/** How many members of a pool of this size may be out at once: half, rounded down, so never the only or the last one. */
export function maxEjected(memberCount: number): number {
  return Math.floor(memberCount * EJECTION_CAP);
}

/**
 * Positions of the members that are out: the tripped ones, the least successful first, until the cap. Tripped members beyond it stay in
 * rotation: with most of a pool failing, the fault is rarely theirs alone, and the rest could not carry the load.
 */
export function chooseEjected(members: readonly PoolMember[]): ReadonlySet<number> {
  return new Set(
    members
      .map((member, position) => ({ ...member, position }))
      .filter(({ isTripped }) => isTripped)
      .sort((left, right) => left.successShare - right.successShare || left.position - right.position)
      .slice(0, maxEjected(members.length))
      .map(({ position }) => position),
  );
}
