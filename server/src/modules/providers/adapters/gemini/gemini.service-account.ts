/** A Google service account: its key signs an assertion, which Google's token endpoint takes for an access token of an hour. */
import { createPrivateKey, sign, type KeyObject } from 'node:crypto';
import type { Clock } from '../../../../kernel/clock/index.ts';
import { Secret } from '../../../../kernel/crypto/index.ts';
import type { BufferedResponse, HttpClient } from '../../../../kernel/http-client/index.ts';
import { ProviderError } from '../../contract.ts';
import { countOf, stringOf } from '../../shared/json.ts';
import { toMalformedError, toStatusError, toTransportError, type ErrorContext } from './gemini.errors.ts';
import { toUpstreamResponse } from './gemini.exchange.ts';
import type { GoogleCredential } from './gemini.settings.ts';
import { parseObject } from './gemini.wire.ts';

const SCOPE = 'https://www.googleapis.com/auth/cloud-platform';
const GRANT_TYPE = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const DEFAULT_TOKEN_URL = 'https://oauth2.googleapis.com/token';
/** The longest that Google allows. */
const ASSERTION_LIFE_SECONDS = 3600;
/** A token is renewed so long before its end, so that none ends on the way. */
const RENEW_BEFORE_END_MS = 5 * 60_000;
const TOKEN_TIMEOUT_MS = 15_000;
const MAX_TOKEN_ANSWER_BYTES = 256 * 1024;

export interface ServiceAccount {
  readonly clientEmail: string;
  readonly privateKey: KeyObject;
  readonly keyId: string | null;
  readonly projectId: string | null;
  readonly tokenUrl: string;
}

/** Reads the key file that Google hands out, as JSON text. Throws `TypeError` that says what is wrong with it, and shows nothing of it. */
export function parseServiceAccount(json: string): ServiceAccount {
  const key = parseObject(json);
  if (key === null) throw new TypeError('it is not JSON: give the whole text of the key file');
  if (key['type'] !== 'service_account') throw new TypeError('its type is not service_account: make a key of a service account');
  const clientEmail = stringOf(key['client_email']);
  const pem = stringOf(key['private_key']);
  if (clientEmail === null || pem === null) throw new TypeError('it lacks client_email or private_key: give the whole key file');
  return {
    clientEmail,
    privateKey: toPrivateKey(pem),
    keyId: stringOf(key['private_key_id']),
    projectId: stringOf(key['project_id']),
    tokenUrl: toTokenUrl(stringOf(key['token_uri']) ?? DEFAULT_TOKEN_URL),
  };
}

/** Never with its cause: what a parser says of a key may quote it. */
function toPrivateKey(pem: string): KeyObject {
  let privateKey: KeyObject | null = null;
  try {
    privateKey = createPrivateKey(pem);
  } catch {
    // Told below.
  }
  if (privateKey?.asymmetricKeyType === 'rsa') return privateKey;
  throw new TypeError('its private_key is no RSA key in PEM form: give the key file as it was downloaded');
}

function toTokenUrl(text: string): string {
  const url = URL.parse(text);
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) throw new TypeError('its token_uri is no URL');
  return url.href;
}

export interface ServiceAccountSettings {
  readonly account: ServiceAccount;
  readonly displayName: string;
  readonly httpClient: HttpClient;
  readonly egress: 'public' | 'operator';
  readonly clock: Pick<Clock, 'nowMs'>;
}

/** Tokens are fetched when they are first needed, kept until shortly before their end, and fetched once for all who wait. */
export function serviceAccountCredential(settings: ServiceAccountSettings): GoogleCredential {
  return new ServiceAccountCredential(settings);
}

interface AccessToken {
  readonly token: Secret;
  readonly renewAtMs: number;
}

class ServiceAccountCredential implements GoogleCredential {
  readonly #settings: ServiceAccountSettings;
  readonly #errors: ErrorContext;
  #token: AccessToken | null = null;
  #fetching: Promise<AccessToken> | null = null;

  constructor(settings: ServiceAccountSettings) {
    this.#settings = settings;
    this.#errors = { displayName: `${settings.displayName}'s token endpoint`, nowMs: () => settings.clock.nowMs() };
  }

  async headers({ signal }: { readonly signal: AbortSignal }): Promise<Readonly<Record<string, string>>> {
    const known = this.#token;
    const { token } = known !== null && this.#settings.clock.nowMs() < known.renewAtMs ? known : await withSignal(this.#renew(), signal);
    return { authorization: `Bearer ${token.reveal()}` };
  }

  discard(): void {
    this.#token = null;
  }

  #renew(): Promise<AccessToken> {
    this.#fetching ??= this.#fetch().finally(() => {
      this.#fetching = null;
    });
    return this.#fetching;
  }

  async #fetch(): Promise<AccessToken> {
    const response = await this.#exchange();
    const upstream = toUpstreamResponse(response.status, response.headers);
    const text = response.body.toString('utf8');
    const answer = parseObject(text);
    if (response.status !== 200) throw this.#refusal(response, stringOf(answer?.['error']), text);
    const token = stringOf(answer?.['access_token']);
    const lifeSeconds = countOf(answer?.['expires_in']);
    // The body is not kept: it may hold a token all the same.
    if (token === null || lifeSeconds === null) throw toMalformedError(this.#errors, upstream, 'the body is no access token');
    const lifeMs = lifeSeconds * 1000;
    this.#token = {
      token: new Secret(token),
      renewAtMs: this.#settings.clock.nowMs() + Math.max(lifeMs / 2, lifeMs - RENEW_BEFORE_END_MS),
    };
    return this.#token;
  }

  async #exchange(): Promise<BufferedResponse> {
    const { account, httpClient, egress } = this.#settings;
    try {
      return await httpClient.send({
        method: 'POST',
        url: account.tokenUrl,
        headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ grant_type: GRANT_TYPE, assertion: this.#assertion() }).toString(),
        timeouts: { connectMs: TOKEN_TIMEOUT_MS, headersMs: TOKEN_TIMEOUT_MS, idleMs: TOKEN_TIMEOUT_MS, totalMs: TOKEN_TIMEOUT_MS },
        egress,
        maxResponseBytes: MAX_TOKEN_ANSWER_BYTES,
      });
    } catch (error) {
      throw toTransportError(this.#errors, error);
    }
  }

  /** OAuth's own errors (`invalid_grant`: a key that was deleted, or a clock that is wrong) are about who we are, whatever their status. */
  #refusal(response: BufferedResponse, code: string | null, text: string): ProviderError {
    const upstream = toUpstreamResponse(response.status, response.headers);
    const failure = toStatusError(this.#errors, upstream, response.headers, text);
    if (code === null || failure.errorClass !== 'invalid') return failure;
    const { httpStatus, upstreamBody } = failure;
    return new ProviderError('auth', `${this.#errors.displayName} refused the key of the service account (HTTP ${httpStatus}).`, {
      httpStatus,
      upstream,
      upstreamBody,
    });
  }

  #assertion(): string {
    const { account, clock } = this.#settings;
    const issuedAt = Math.floor(clock.nowMs() / 1000);
    const header = { alg: 'RS256', typ: 'JWT', ...(account.keyId === null ? {} : { kid: account.keyId }) };
    const claims = {
      iss: account.clientEmail,
      scope: SCOPE,
      aud: account.tokenUrl,
      iat: issuedAt,
      exp: issuedAt + ASSERTION_LIFE_SECONDS,
    };
    const signed = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
    return `${signed}.${sign('RSA-SHA256', Buffer.from(signed), account.privateKey).toString('base64url')}`;
  }
}

/** Who is called off stops waiting; the token is fetched all the same, for the others. */
function withSignal<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  const cancelled = (): ProviderError => new ProviderError('cancelled', 'The call was cancelled by us while it waited for a token.');
  if (signal.aborted) {
    promise.catch(() => undefined);
    return Promise.reject(cancelled());
  }
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(cancelled());
    signal.addEventListener('abort', stop, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
