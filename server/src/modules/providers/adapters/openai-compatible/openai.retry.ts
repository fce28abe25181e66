import type { JsonValue, UpstreamResponse } from '../../contract.ts';
import { arrayOf, objectOf, stringOf } from '../../shared/json.ts';
import { durationMsOf } from '../../shared/rate-limits.ts';
import { MAX_RETRY_AFTER_MS, retryAfterMsOf } from '../../shared/retry-after.ts';

const RETRY_INFO = 'google.rpc.RetryInfo';

/**
 * The wait that a failed answer asks for, at most an hour: of its headers, else of its body (Google's `RetryInfo`), else until the limit
 * that it says is used up is there again (OpenRouter). Null when it asks for none.
 */
export function waitOf(
  { httpStatus, headroom }: UpstreamResponse,
  headers: Readonly<Record<string, string>>,
  body: JsonValue | undefined,
  nowMs: number,
): number | null {
  if (httpStatus < 400) return null;
  const told = retryAfterMsOf(headers, nowMs) ?? retryInfoMsOf(body);
  if (told !== null || httpStatus !== 429) return told;
  const waits = [headroom?.requests, headroom?.tokens].flatMap((window) =>
    window === undefined || window.remaining > 0 ? [] : (window.resetMs ?? []),
  );
  return waits.length === 0 ? null : Math.min(MAX_RETRY_AFTER_MS, Math.max(...waits));
}

function retryInfoMsOf(body: JsonValue | undefined): number | null {
  const outer = objectOf(Array.isArray(body) ? arrayOf(body)[0] : body);
  for (const value of arrayOf(objectOf(outer?.['error'])?.['details'])) {
    const detail = objectOf(value);
    if (stringOf(detail?.['@type'])?.endsWith(RETRY_INFO) !== true) continue;
    const waitMs = durationMsOf(stringOf(detail?.['retryDelay']) ?? '');
    if (waitMs !== null) return Math.min(MAX_RETRY_AFTER_MS, Math.ceil(waitMs));
  }
  return null;
}
