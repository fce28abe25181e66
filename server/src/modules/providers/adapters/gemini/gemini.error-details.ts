/** What an error body of Google's APIs holds: `{error: {code, message, status, details: [google.rpc.*]}}`. */
import type { JsonObject } from '../../contract.ts';
import { arrayOf, numberOf, objectOf, stringOf } from '../../shared/json.ts';
import { MAX_RETRY_AFTER_MS } from '../../shared/retry-after.ts';
import { objectsOf } from './gemini.wire.ts';

export interface WireError {
  /** The canonical code by name, such as `RESOURCE_EXHAUSTED`. */
  readonly status: string | null;
  readonly code: number | null;
  readonly message: string | null;
  /** `reason` of `google.rpc.ErrorInfo`, such as `API_KEY_INVALID`. */
  readonly reason: string | null;
  readonly details: readonly JsonObject[];
}

export function readError(body: JsonObject | null): WireError {
  const error = objectOf(body?.['error']);
  const details = objectsOf(error?.['details']);
  return {
    status: stringOf(error?.['status']),
    code: numberOf(error?.['code']),
    message: stringOf(error?.['message']) ?? stringOf(body?.['error']) ?? stringOf(body?.['message']),
    reason: stringOf(detailOf(details, 'ErrorInfo')?.['reason']),
    details,
  };
}

/** Ids of the quotas that were exceeded; they name the period: `…PerMinute`, `…PerDay`. */
export function quotaIdsOf({ details }: WireError): readonly string[] {
  const violations = arrayOf(detailOf(details, 'QuotaFailure')?.['violations']).map(objectOf);
  const metadata = objectOf(detailOf(details, 'ErrorInfo')?.['metadata']);
  return [...violations.map((violation) => violation?.['quotaId']), metadata?.['quota_limit']].flatMap((id) => stringOf(id) ?? []);
}

const RETRY_IN_MESSAGE = /retry in (\d{1,9}(?:\.\d{1,12})?)s/i;

/** The wait of `google.rpc.RetryInfo` (`"34.4s"`, or seconds and nanos), else that of the message, in milliseconds and at most an hour. */
export function retryDelayMsOf(error: WireError): number | null {
  const delay = detailOf(error.details, 'RetryInfo')?.['retryDelay'];
  const told = /^(\d{1,9}(?:\.\d{1,12})?)s$/.exec(stringOf(delay) ?? '')?.[1] ?? RETRY_IN_MESSAGE.exec(error.message ?? '')?.[1];
  const parts = objectOf(delay);
  const seconds =
    parts === null ? (told === undefined ? null : Number(told)) : Number(parts['seconds'] ?? 0) + Number(parts['nanos'] ?? 0) / 1e9;
  if (seconds === null || !Number.isFinite(seconds) || seconds < 0) return null;
  return Math.min(MAX_RETRY_AFTER_MS, Math.ceil(seconds * 1000));
}

/** The field that is objected to: of `google.rpc.BadRequest`, else as the message quotes it. */
export function paramOf(error: WireError): string | null {
  const violation = objectOf(arrayOf(detailOf(error.details, 'BadRequest')?.['fieldViolations'])[0]);
  const field = stringOf(violation?.['field']);
  if (field !== null && field !== '') return field.slice(0, 128);
  return /\bat '([A-Za-z_][\w.[\]]{0,127})'/.exec(error.message ?? '')?.[1] ?? null;
}

function detailOf(details: readonly JsonObject[], type: string): JsonObject | undefined {
  return details.find((detail) => stringOf(detail['@type'])?.endsWith(`google.rpc.${type}`));
}
