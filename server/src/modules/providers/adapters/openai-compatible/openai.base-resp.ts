/** MiniMax tells failures under status 200, by codes of its own in `base_resp`: the HTTP status that each stands for. */
import type { JsonObject } from '../../contract.ts';
import { numberOf, objectOf } from '../../shared/json.ts';

const STATUSES: Readonly<Record<number, number>> = {
  1001: 504,
  1002: 429,
  1004: 401,
  1008: 402,
  1026: 400,
  1027: 400,
  1039: 429,
  1041: 429,
  1042: 400,
  2013: 400,
  2049: 401,
  2056: 429,
};

export interface BaseResponse {
  readonly status: number;
  /** Input or output was found sensitive. */
  readonly isBlocked: boolean;
}

/** Null where the body has no `base_resp`, or one that tells of no failure; codes we do not know are the server's own failures. */
export function baseResponseOf(body: JsonObject): BaseResponse | null {
  const code = numberOf(objectOf(body['base_resp'])?.['status_code']);
  if (code === null || code === 0) return null;
  return { status: STATUSES[code] ?? 500, isBlocked: code === 1026 || code === 1027 };
}
