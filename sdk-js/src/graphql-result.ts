import { codeOfStatus, createError } from './errors.ts';
import type { AntiphonError, ErrorDetails } from './errors.ts';

/** Where a result came from, as far as it helps to report a failure. */
export interface ResultOrigin {
  readonly requestId?: string | null;
  readonly retryAfterMs?: number | null;
  /** HTTP status; decides when the error names no code. */
  readonly status?: number;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether this is a GraphQL result at all: an object with `data` or `errors`. */
export function isGraphqlResult(value: unknown): value is Record<string, unknown> {
  return isRecord(value) && ('data' in value || Array.isArray(value['errors']));
}

/** The data of a result. Throws its first error; partial data is kept in that error. */
export function dataOfResult(result: Record<string, unknown>, origin: ResultOrigin = {}): unknown {
  const errors: unknown = result['errors'];
  if (Array.isArray(errors) && errors.length > 0) throw toAntiphonError(errors[0], { ...origin, data: result['data'] ?? undefined });
  return result['data'];
}

/** A GraphQL error, from wherever it came, as the error of its code. */
export function toAntiphonError(error: unknown, origin: ResultOrigin & { readonly data?: unknown } = {}): AntiphonError {
  const fields = isRecord(error) ? error : {};
  const extensions = isRecord(fields['extensions']) ? fields['extensions'] : {};
  const code = textOf(extensions['code']) ?? textOf(fields['code']) ?? codeOfStatus(origin.status ?? 500);
  const retryAfterMs = extensions['retryAfterMs'];
  const details: ErrorDetails = {
    requestId: textOf(extensions['requestId']) ?? origin.requestId,
    retryAfterMs: typeof retryAfterMs === 'number' ? retryAfterMs : origin.retryAfterMs,
    path: Array.isArray(fields['path']) ? fields['path'].filter(isPathSegment) : null,
    data: origin.data,
  };
  return createError(code, textOf(fields['message']) ?? 'The server reported a failure without a message.', details);
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function isPathSegment(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}
