import type { RateLimitHeadroom, RateLimitWindow } from '../../providers/index.ts';

/** A window whose end is not told is believed for so long. */
const DEFAULT_RESET_MS = 60_000;

/** What the provider still takes, as its last answer told, until the window it told of ends. */
export class Headroom {
  #windows: readonly { readonly share: number; readonly untilMs: number }[] = [];

  record(headroom: RateLimitHeadroom, nowMs: number): void {
    this.#windows = [headroom.requests, headroom.tokens].flatMap((window) => {
      const share = window === undefined ? null : shareOf(window);
      return share === null ? [] : [{ share, untilMs: nowMs + (window?.resetMs ?? DEFAULT_RESET_MS) }];
    });
  }

  /** The smallest share left, 0 to 1; null: not told. */
  shareAt(nowMs: number): number | null {
    const shares = this.#windows.filter(({ untilMs }) => untilMs > nowMs).map(({ share }) => share);
    return shares.length === 0 ? null : Math.min(...shares);
  }
}

function shareOf({ limit, remaining }: RateLimitWindow): number | null {
  if (remaining <= 0) return 0;
  return limit === null || limit <= 0 ? null : Math.min(1, remaining / limit);
}
