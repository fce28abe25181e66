import type { ProviderErrorClass } from '../../../server/src/modules/providers/index.ts';
import type { Chance } from './chance.ts';

/** How an upstream behaves at a moment. */
export interface Condition {
  /** Every time is multiplied by this. */
  readonly slowness: number;
  /** Share of calls that fail. */
  readonly failureShare: number;
  readonly failsAs: ProviderErrorClass;
  /** How long a failure takes. */
  readonly failureMs: number;
  readonly retryAfterMs: number | null;
  /** So many calls run at full speed at once. */
  readonly slots: number;
  /** What happens to calls beyond the slots. */
  readonly beyondSlots: 'share' | 'refuse';
}

export const HEALTHY: Condition = {
  slowness: 1,
  failureShare: 0,
  failsAs: 'transport',
  failureMs: 5,
  retryAfterMs: null,
  slots: Infinity,
  beyondSlots: 'share',
};

export interface SimulatedAnswer {
  readonly firstTokenMs: number | null;
  readonly totalMs: number;
  readonly failure: { readonly errorClass: ProviderErrorClass; readonly retryAfterMs: number | null } | null;
}

/** One answer as a real provider once gave it. */
export interface MeasuredAnswer {
  readonly firstTokenMs: number;
  readonly msPerToken: number;
  readonly errorClass: ProviderErrorClass | null;
}

export interface UpstreamSettings {
  readonly name: string;
  /** Half of the answers begin earlier. */
  readonly firstTokenMs: number;
  readonly msPerToken: number;
  readonly conditionAt: (atMs: number) => Condition;
  /** Answers are drawn from these instead of being made up. */
  readonly measured?: readonly MeasuredAnswer[];
  /** Nano-USD per token, in and out. */
  readonly price?: { readonly input: number; readonly output: number };
}

const SPREAD = 0.3;

/** A provider of a simulated world. */
export class SimulatedUpstream {
  readonly settings: UpstreamSettings;
  readonly #chance: Chance;
  #inFlight = 0;

  constructor(settings: UpstreamSettings, chance: Chance) {
    this.settings = settings;
    this.#chance = chance;
  }

  /** Begins a call; `ended` must follow after `totalMs`. */
  begin(atMs: number, outputTokens: number): SimulatedAnswer {
    const condition = this.settings.conditionAt(atMs);
    this.#inFlight += 1;
    const isBeyond = this.#inFlight > condition.slots;
    const slowness = condition.slowness * (isBeyond && condition.beyondSlots === 'share' ? this.#inFlight / condition.slots : 1);
    const drawn = this.#drawAnswer();
    const firstTokenMs = drawn.firstTokenMs * slowness;
    const totalMs = firstTokenMs + outputTokens * drawn.msPerToken * slowness;
    if (this.#chance.unit() < condition.failureShare)
      return {
        firstTokenMs: null,
        totalMs: condition.failureMs,
        failure: { errorClass: condition.failsAs, retryAfterMs: condition.retryAfterMs },
      };
    if (drawn.errorClass !== null)
      return { firstTokenMs: null, totalMs: condition.failureMs, failure: { errorClass: drawn.errorClass, retryAfterMs: null } };
    if (isBeyond && condition.beyondSlots === 'refuse')
      return { firstTokenMs: null, totalMs: condition.failureMs, failure: { errorClass: 'rate-limit', retryAfterMs: null } };
    return { firstTokenMs, totalMs, failure: null };
  }

  #drawAnswer(): MeasuredAnswer {
    const { measured, firstTokenMs, msPerToken } = this.settings;
    const drawn = measured?.[Math.floor(this.#chance.unit() * measured.length)];
    return (
      drawn ?? {
        firstTokenMs: this.#chance.around(firstTokenMs, SPREAD),
        msPerToken: this.#chance.around(msPerToken, SPREAD),
        errorClass: null,
      }
    );
  }

  ended(): void {
    this.#inFlight -= 1;
  }
}
