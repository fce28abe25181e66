/** No provider is waited for longer than this: one once asked for 114 hours. */
export const MAX_RETRY_AFTER_MS = 3_600_000;

/**
 * The wait a failed answer asks for in milliseconds, capped at one hour; null when it asks for none.
 * Reads `retry-after-ms`, then `retry-after` as seconds (fractions too) or as an HTTP date.
 * Only for error statuses: some providers send these headers with a 200.
 */
export function retryAfterMsOf(headers: Readonly<Record<string, string>>, nowMs: number): number | null {
  const milliseconds = positiveNumberOf(headers['retry-after-ms']);
  if (milliseconds !== null) return cap(milliseconds);
  const text = headers['retry-after'];
  const seconds = positiveNumberOf(text);
  if (seconds !== null) return cap(seconds * 1000);
  const dateMs = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(dateMs) ? null : cap(dateMs - nowMs);
}

function positiveNumberOf(text: string | undefined): number | null {
  if (text === undefined || !/^\s*\d+(?:\.\d+)?\s*$/.test(text)) return null;
  return Number(text);
}

function cap(waitMs: number): number {
  return Math.min(MAX_RETRY_AFTER_MS, Math.max(0, Math.ceil(waitMs)));
}
