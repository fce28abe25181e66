/** The class of an error of Google's APIs: by its reason, then its wording, then its canonical code, then the HTTP status. */
import type { ProviderErrorClass } from '../../contract.ts';
import { quotaIdsOf, type WireError } from './gemini.error-details.ts';

/** Reasons of `google.rpc.ErrorInfo`. A bad key comes as 400 INVALID_ARGUMENT, so the reason is the only way to know it. */
const CLASS_BY_REASON: Readonly<Record<string, ProviderErrorClass>> = {
  API_KEY_INVALID: 'auth',
  API_KEY_EXPIRED: 'auth',
  API_KEY_SERVICE_BLOCKED: 'auth',
  API_KEY_HTTP_REFERRER_BLOCKED: 'auth',
  API_KEY_IP_ADDRESS_BLOCKED: 'auth',
  CREDENTIALS_MISSING: 'auth',
  ACCESS_TOKEN_EXPIRED: 'auth',
  ACCESS_TOKEN_SCOPE_INSUFFICIENT: 'auth',
  ACCESS_TOKEN_TYPE_UNSUPPORTED: 'auth',
  ACCOUNT_STATE_INVALID: 'auth',
  CONSUMER_INVALID: 'auth',
  CONSUMER_SUSPENDED: 'auth',
  IAM_PERMISSION_DENIED: 'auth',
  SERVICE_DISABLED: 'auth',
  BILLING_DISABLED: 'quota',
};

const CLASS_BY_STATUS_NAME: Readonly<Record<string, ProviderErrorClass>> = {
  UNAUTHENTICATED: 'auth',
  PERMISSION_DENIED: 'auth',
  NOT_FOUND: 'not-found',
  RESOURCE_EXHAUSTED: 'rate-limit',
  INVALID_ARGUMENT: 'invalid',
  FAILED_PRECONDITION: 'invalid',
  OUT_OF_RANGE: 'invalid',
  ALREADY_EXISTS: 'invalid',
  UNIMPLEMENTED: 'invalid',
  DEADLINE_EXCEEDED: 'timeout',
  // Cancelled on their side; what we cancel never gets this far.
  CANCELLED: 'overloaded',
  ABORTED: 'overloaded',
  INTERNAL: 'overloaded',
  UNAVAILABLE: 'overloaded',
  UNKNOWN: 'overloaded',
  DATA_LOSS: 'overloaded',
};

const CLASS_BY_HTTP_STATUS: Readonly<Record<number, ProviderErrorClass>> = {
  401: 'auth',
  402: 'quota',
  403: 'auth',
  404: 'not-found',
  408: 'timeout',
  413: 'too-long',
  429: 'rate-limit',
  499: 'overloaded',
  504: 'timeout',
};

interface WordingRule {
  readonly wording: RegExp;
  readonly errorClass: ProviderErrorClass;
  /** Canonical codes under which the wording decides; null stands for a body without one. */
  readonly statuses: ReadonlySet<string | null>;
}

/** Cases that share a code with others, so that only the wording tells them apart. */
const WORDING_RULES: readonly WordingRule[] = [
  {
    // "The input token count (1250074) exceeds the maximum number of tokens allowed (1048576)."
    wording: /token count.{0,60}exceeds|exceeds the maximum (?:number of tokens|context|input)|prompt is too long|payload size exceeds/i,
    errorClass: 'too-long',
    statuses: new Set(['INVALID_ARGUMENT', 'OUT_OF_RANGE', null]),
  },
  {
    wording: /API key (?:not valid|not found|expired)|API Key not found|reported as leaked/i,
    errorClass: 'auth',
    statuses: new Set(['INVALID_ARGUMENT', 'PERMISSION_DENIED', null]),
  },
  {
    // "User location is not supported for the API use.": where the server stands, not what the caller wrote.
    wording: /location is not supported/i,
    errorClass: 'auth',
    statuses: new Set(['FAILED_PRECONDITION', 'INVALID_ARGUMENT', null]),
  },
  {
    // "Your prepayment credits are depleted.", "… monthly spending cap", "… enable billing on your project"
    wording: /credits? (?:are|is) depleted|spending (?:cap|limit)|enable billing|billing account/i,
    errorClass: 'quota',
    statuses: new Set(['RESOURCE_EXHAUSTED', 'FAILED_PRECONDITION', 'PERMISSION_DENIED', null]),
  },
  {
    // "CachedContent not found (or permission denied)": the caller named it, and our key is fine.
    wording: /^CachedContent not found/i,
    errorClass: 'not-found',
    statuses: new Set(['PERMISSION_DENIED', 'NOT_FOUND', null]),
  },
];

/** `httpStatus` is null within a stream, where the status is spent. */
export function classify(httpStatus: number | null, error: WireError): ProviderErrorClass {
  const byReason = CLASS_BY_REASON[error.reason ?? ''];
  if (byReason !== undefined) return byReason;
  const { message } = error;
  if (message !== null) {
    const rule = WORDING_RULES.find(({ wording, statuses }) => statuses.has(error.status) && wording.test(message));
    if (rule !== undefined) return rule.errorClass;
  }
  const byName = CLASS_BY_STATUS_NAME[error.status ?? ''];
  const errorClass = byName ?? byHttpStatus(httpStatus ?? error.code) ?? 'overloaded';
  return errorClass === 'rate-limit' && quotaIdsOf(error).some((id) => /PerDay|PerMonth/i.test(id)) ? 'quota' : errorClass;
}

function byHttpStatus(status: number | null): ProviderErrorClass | undefined {
  if (status === null) return undefined;
  if (CLASS_BY_HTTP_STATUS[status] !== undefined) return CLASS_BY_HTTP_STATUS[status];
  if (status >= 500) return 'overloaded';
  return status >= 400 ? 'invalid' : 'malformed';
}
