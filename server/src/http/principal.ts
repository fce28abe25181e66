import type { IncomingHttpHeaders } from 'node:http';
import { AntiphonError } from '../kernel/errors/index.ts';
import type { Identity, Principal, Scope } from '../modules/identity/index.ts';

export const SESSION_COOKIE = 'antiphon_session';
const BEARER = /^bearer\s+(\S+)\s*$/i;
const MAX_CREDENTIAL_LENGTH = 512;

/** Where clients of the wires put their key beside `Authorization`: Anthropic's, Google's, Azure's. */
const KEY_HEADERS = ['x-api-key', 'x-goog-api-key', 'api-key'] as const;

const NO_CREDENTIAL = 'There is no API key in this request. Send it as "Authorization: Bearer antp_live_…".';

/** Turns what a request carries into a principal. Nobody after this sees a raw key. */
export class PrincipalReader {
  readonly #identity: Identity;

  constructor(identity: Identity) {
    this.#identity = identity;
  }

  /** Throws UNAUTHENTICATED or UNAVAILABLE. Answers without a promise while the key is in the cache. */
  read(headers: IncomingHttpHeaders): Principal | Promise<Principal> {
    const { authorization } = headers;
    if (authorization !== undefined) return this.readAuthorization(authorization);
    for (const name of KEY_HEADERS) {
      const apiKey = headers[name];
      if (typeof apiKey === 'string') return this.readKey(apiKey);
    }
    const session = readCookie(headers.cookie, SESSION_COOKIE);
    if (session !== null) return this.#identity.sessions.authenticate(session);
    throw new AntiphonError('UNAUTHENTICATED', NO_CREDENTIAL);
  }

  /** The value of an `Authorization` header, or of the same field in a WebSocket's `connection_init`. */
  readAuthorization(authorization: string): Principal | Promise<Principal> {
    const key = BEARER.exec(authorization.slice(0, MAX_CREDENTIAL_LENGTH))?.[1];
    if (key === undefined) throw new AntiphonError('UNAUTHENTICATED', NO_CREDENTIAL);
    return this.readKey(key);
  }

  /** A bare key, wherever it stood. */
  readKey(key: string): Principal | Promise<Principal> {
    if (key.length > MAX_CREDENTIAL_LENGTH) throw new AntiphonError('UNAUTHENTICATED', NO_CREDENTIAL);
    return this.#identity.authenticator.authenticate(key);
  }
}

/** Throws FORBIDDEN when the caller does not hold `scope`. */
export function requireScope(principal: Principal, scope: Scope): void {
  if (!principal.scopes.has(scope))
    throw new AntiphonError('FORBIDDEN', `This key does not hold the permission ${scope}. Use a key that does.`);
}

function readCookie(header: string | undefined, name: string): string | null {
  for (const pair of (header ?? '').split(';')) {
    const at = pair.indexOf('=');
    if (at !== -1 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return null;
}
