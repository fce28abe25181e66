/**
 * AWS Signature Version 4 for requests with a body in hand. Every function is pure; times are given.
 * A path is signed as it stands on the wire, encoded once more: the `:` of a model id is `%3A` in the URL and `%253A` here.
 */
import { createHash, createHmac } from 'node:crypto';
import type { Secret } from '../../../../kernel/crypto/index.ts';

/** Keys of an identity, long-lived or (with a session token) temporary. */
export interface AwsKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: Secret;
  readonly sessionToken: Secret | null;
}

export interface SigningScope {
  readonly region: string;
  readonly service: string;
}

/** What is signed of a request. Header names in any case; repeated ones stand once each. */
export interface SignableRequest {
  readonly method: string;
  /** As on the wire, without the query. */
  readonly path: string;
  /** Decoded names and values, in any order. */
  readonly query: readonly (readonly [name: string, value: string])[];
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string | Buffer;
}

const ALGORITHM = 'AWS4-HMAC-SHA256';

/** The headers to send beside the request's own: date, token of temporary keys, and the signature over `content-type`, `host` and these. */
export function signatureHeadersOf(
  request: { readonly method: string; readonly url: string; readonly contentType: string | null; readonly body: string | Buffer },
  keys: AwsKeys,
  scope: SigningScope,
  nowMs: number,
): Record<string, string> {
  const url = new URL(request.url);
  const signed: Record<string, string> = {
    ...(request.contentType === null ? {} : { 'content-type': request.contentType }),
    host: url.host,
    'x-amz-date': timestampOf(nowMs),
    ...(keys.sessionToken === null ? {} : { 'x-amz-security-token': keys.sessionToken.reveal() }),
  };
  const authorization = authorizationOf(
    {
      method: request.method,
      path: url.pathname,
      query: [...url.searchParams],
      headers: Object.entries(signed),
      body: request.body,
    },
    keys,
    scope,
    nowMs,
  );
  const { host: _host, 'content-type': _type, ...added } = signed;
  return { ...added, authorization };
}

/** The value of `authorization`. */
export function authorizationOf(request: SignableRequest, keys: AwsKeys, scope: SigningScope, nowMs: number): string {
  const signature = hmac(signingKeyOf(keys, scope, nowMs), stringToSignOf(canonicalRequestOf(request), scope, nowMs)).toString('hex');
  const credential = `${keys.accessKeyId}/${credentialScopeOf(scope, nowMs)}`;
  return `${ALGORITHM} Credential=${credential}, SignedHeaders=${canonicalHeadersOf(request).names}, Signature=${signature}`;
}

/** The request in the one spelling that both sides hash. */
export function canonicalRequestOf(request: SignableRequest): string {
  const { lines, names } = canonicalHeadersOf(request);
  const bodyHash = createHash('sha256').update(request.body).digest('hex');
  return [request.method, canonicalPathOf(request.path), canonicalQueryOf(request.query), `${lines}\n`, names, bodyHash].join('\n');
}

export function stringToSignOf(canonicalRequest: string, scope: SigningScope, nowMs: number): string {
  const hash = createHash('sha256').update(canonicalRequest).digest('hex');
  return [ALGORITHM, timestampOf(nowMs), credentialScopeOf(scope, nowMs), hash].join('\n');
}

/** Percent-encodes all but the unreserved characters of RFC 3986; `encodeURIComponent` leaves five more as they are. */
export function encodeStrictly(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** `.` and empty segments go, `..` takes one back; a slash at the end stays. */
function canonicalPathOf(path: string): string {
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(encodeStrictly(segment));
  }
  const isFolder = segments.length > 0 && path.endsWith('/');
  return `/${segments.join('/')}${isFolder ? '/' : ''}`;
}

function canonicalQueryOf(query: SignableRequest['query']): string {
  const pairs = query.map(([name, value]) => [encodeStrictly(name), encodeStrictly(value)] as const);
  // By code unit: locale must not decide.
  const ordered = pairs.sort(([leftName, leftValue], [rightName, rightValue]) =>
    leftName === rightName ? compare(leftValue, rightValue) : compare(leftName, rightName),
  );
  return ordered.map(([name, value]) => `${name}=${value}`).join('&');
}

function canonicalHeadersOf({ headers }: SignableRequest): { readonly lines: string; readonly names: string } {
  const byName = new Map<string, string[]>();
  for (const [name, value] of headers) {
    const values = byName.get(name.toLowerCase()) ?? [];
    values.push(value.trim().replace(/\s+/g, ' '));
    byName.set(name.toLowerCase(), values);
  }
  const ordered = [...byName].sort(([left], [right]) => compare(left, right));
  return {
    lines: ordered.map(([name, values]) => `${name}:${values.join(',')}`).join('\n'),
    names: ordered.map(([name]) => name).join(';'),
  };
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

function signingKeyOf(keys: AwsKeys, scope: SigningScope, nowMs: number): Buffer {
  const ofDay = hmac(`AWS4${keys.secretAccessKey.reveal()}`, dayOf(nowMs));
  return hmac(hmac(hmac(ofDay, scope.region), scope.service), 'aws4_request');
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function credentialScopeOf(scope: SigningScope, nowMs: number): string {
  return `${dayOf(nowMs)}/${scope.region}/${scope.service}/aws4_request`;
}

function dayOf(nowMs: number): string {
  return timestampOf(nowMs).slice(0, 8);
}

/** `20150830T123600Z`. */
function timestampOf(nowMs: number): string {
  return `${new Date(nowMs).toISOString().replace(/[-:]/g, '').slice(0, 15)}Z`;
}
