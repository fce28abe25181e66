/** What answers tell of rate limits in their headers, by data: which headers a provider uses and how it writes times. */
import type { RateLimitHeadroom, RateLimitWindow } from '../contract.ts';

/** Names of the headers of one limit, lower case. */
export interface WindowHeaders {
  readonly limit?: string;
  readonly remaining: string;
  readonly reset?: string;
}

/** Several windows of a kind (a minute, a day; input, output) are one: that of which the smallest share is left. */
export interface RateLimitRules {
  readonly requests: readonly WindowHeaders[];
  readonly tokens: readonly WindowHeaders[];
  readonly resetFormat: ResetFormat;
}

/**
 * How a reset is written: a Go duration (`1m30s`, `6ms`), an RFC 3339 time, seconds, milliseconds, or milliseconds since 1970.
 * `any` is for servers that we do not know: their numbers are seconds unless they can only be a date.
 */
export type ResetFormat = 'duration' | 'rfc3339' | 'seconds' | 'milliseconds' | 'epoch-ms' | 'any';

type Headers = Readonly<Record<string, string | undefined>>;

/** OpenAI's names, which most others took over. */
export const COMMON_REQUESTS: WindowHeaders = windowOf('requests');
export const COMMON_TOKENS: WindowHeaders = windowOf('tokens');

/** `x-ratelimit-limit-<kind>` and so on. */
export function windowOf(kind: string): Required<WindowHeaders> {
  return { limit: `x-ratelimit-limit-${kind}`, remaining: `x-ratelimit-remaining-${kind}`, reset: `x-ratelimit-reset-${kind}` };
}

/**
 * Null when the answer tells nothing, or nothing that can be read. Dates are measured from the answer's own `date`, so that no clock
 * but the provider's counts, and from `nowMs` where it has none.
 */
export function headroomOf(rules: RateLimitRules, headers: Headers, nowMs: number | null): RateLimitHeadroom | null {
  const answeredAtMs = Date.parse(headers['date'] ?? '');
  const fromMs = Number.isNaN(answeredAtMs) ? nowMs : answeredAtMs;
  const requests = tightest(rules.requests, rules.resetFormat, headers, fromMs);
  const tokens = tightest(rules.tokens, rules.resetFormat, headers, fromMs);
  const structured = requests === null && tokens === null ? structuredOf(headers) : null;
  if (structured !== null) return { requests: structured };
  if (requests === null && tokens === null) return null;
  return { ...(requests === null ? {} : { requests }), ...(tokens === null ? {} : { tokens }) };
}

function tightest(windows: readonly WindowHeaders[], format: ResetFormat, headers: Headers, nowMs: number | null): RateLimitWindow | null {
  let best: RateLimitWindow | null = null;
  for (const { limit, remaining, reset } of windows) {
    const left = countOf(headers[remaining]);
    if (left === null) continue;
    const window = {
      limit: limit === undefined ? null : countOf(headers[limit]),
      remaining: left,
      resetMs: reset === undefined ? null : resetMsOf(headers[reset], format, nowMs),
    };
    if (best === null || shareOf(window) < shareOf(best)) best = window;
  }
  return best;
}

function shareOf({ limit, remaining }: RateLimitWindow): number {
  if (remaining === 0) return 0;
  return limit === null || limit === 0 ? Number.MAX_VALUE : remaining / limit;
}

/** A whole number that is not negative; -1 stands for "no limit" at Azure, and recorders write words. */
function countOf(text: string | undefined): number | null {
  if (text === undefined || !/^\s*\d{1,15}(?:\.\d{1,9})?\s*$/.test(text)) return null;
  return Math.floor(Number(text));
}

/** Milliseconds until a reset, never negative and at most a year; null when the text is not of that format. */
export function resetMsOf(text: string | undefined, format: ResetFormat, nowMs: number | null): number | null {
  if (text === undefined) return null;
  const value = text.trim();
  const milliseconds = format === 'any' ? anyMsOf(value, nowMs) : readMs(value, format, nowMs);
  if (milliseconds === null) return null;
  return Math.min(MAX_RESET_MS, Math.max(0, Math.ceil(milliseconds)));
}

const MAX_RESET_MS = 366 * 24 * 3_600_000;
/** No wait is this many seconds, and no date this early: such a number is a date. */
const SMALLEST_EPOCH_S = 1e9;
const SMALLEST_EPOCH_MS = 1e12;

function readMs(value: string, format: Exclude<ResetFormat, 'any'>, nowMs: number | null): number | null {
  switch (format) {
    case 'duration':
      return durationMsOf(value);
    case 'rfc3339':
      return timeMsOf(value, nowMs);
    case 'seconds':
      return numberOf(value, 1000);
    case 'milliseconds':
      return numberOf(value, 1);
    case 'epoch-ms': {
      const atMs = numberOf(value, 1);
      return atMs === null || nowMs === null ? null : atMs - nowMs;
    }
  }
}

function anyMsOf(value: string, nowMs: number | null): number | null {
  const number = numberOf(value, 1);
  if (number === null) return durationMsOf(value) ?? timeMsOf(value, nowMs);
  if (number < SMALLEST_EPOCH_S) return number * 1000;
  if (nowMs === null) return null;
  return (number >= SMALLEST_EPOCH_MS ? number : number * 1000) - nowMs;
}

function numberOf(value: string, factor: number): number | null {
  return /^\d{1,15}(?:\.\d{1,18})?$/.test(value) ? Number(value) * factor : null;
}

function timeMsOf(value: string, nowMs: number | null): number | null {
  if (nowMs === null || !/^\d{4}-\d\d-\d\dT/.test(value)) return null;
  const atMs = Date.parse(value);
  return Number.isNaN(atMs) ? null : atMs - nowMs;
}

const UNIT_MS: Readonly<Record<string, number>> = { ns: 1e-6, us: 1e-3, µs: 1e-3, ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Go's way to write a duration: `1h2m3.5s`, `120ms`, `0s`. Null for anything else. */
export function durationMsOf(text: string): number | null {
  if (!/^(?:\d{1,12}(?:\.\d{1,12})?(?:ns|us|µs|ms|s|m|h|d)){1,8}$/.test(text)) return null;
  let sum = 0;
  for (const [, amount, unit] of text.matchAll(/([\d.]+)([a-zµ]+)/g)) sum += Number(amount) * (UNIT_MS[unit ?? ''] ?? 0);
  return sum;
}

/** The IETF's own form: `ratelimit: "api";r=498;t=68` and `ratelimit-policy: …;q=500;w=300`, times in seconds. */
function structuredOf(headers: Headers): RateLimitWindow | null {
  const remaining = parameterOf(headers['ratelimit'], 'r');
  if (remaining === null) return null;
  const resetSeconds = parameterOf(headers['ratelimit'], 't');
  return { limit: parameterOf(headers['ratelimit-policy'], 'q'), remaining, resetMs: resetSeconds === null ? null : resetSeconds * 1000 };
}

function parameterOf(text: string | undefined, name: string): number | null {
  if (text === undefined || text.length > 1024) return null;
  for (const part of text.split(';')) {
    const [key, value] = part.trim().split('=');
    if (key === name) return countOf(value);
  }
  return null;
}
