/** Short-lived bearer tokens that are bought with a long-lived credential: kept until they near their end, bought once however many wait. */
import type { Clock } from '../../../kernel/clock/index.ts';
import { Secret } from '../../../kernel/crypto/index.ts';
import {
  HttpClientError,
  type BufferedResponse,
  type HttpClient,
  type OutboundRequest,
  type ResponseReceiver,
} from '../../../kernel/http-client/index.ts';
import { classOfStatus, toMalformedFailure, toStatusFailure, toTransportFailure } from './failure.ts';
import { countOf, objectOf, parseJson, stringOf } from './json.ts';

/** A token is given up this long before its end, or at half its life when that is shorter. */
const MARGIN_MS = 5 * 60_000;
const DEFAULT_LIFE_SECONDS = 300;
const EXCHANGE_TIMEOUTS = { connectMs: 10_000, headersMs: 20_000, idleMs: 20_000, totalMs: 20_000 };
const MAX_TOKEN_RESPONSE_BYTES = 256 * 1024;

/** Where tokens are bought, in the form of OAuth 2: a form in, `access_token` and `expires_in` out. */
export interface TokenExchange {
  readonly displayName: string;
  readonly url: string;
  /** Made anew for each purchase, so that a secret is revealed only then. */
  readonly form: () => Readonly<Record<string, string>>;
  readonly headers?: () => Readonly<Record<string, string>>;
  readonly egress: 'public' | 'operator';
}

interface Issued {
  readonly token: Secret;
  readonly usableUntilMs: number;
}

export class TokenSource {
  readonly #client: HttpClient;
  readonly #exchange: TokenExchange;
  readonly #clock: Pick<Clock, 'nowMs'>;
  #issued: Issued | null = null;
  #pending: Promise<Issued> | null = null;

  constructor(client: HttpClient, exchange: TokenExchange, clock: Pick<Clock, 'nowMs'>) {
    this.#client = client;
    this.#exchange = exchange;
    this.#clock = clock;
  }

  /** A token that is good now. Rejects with `ProviderError` when none can be had; the next call then tries again. */
  async get(): Promise<Secret> {
    const known = this.#issued;
    if (known !== null && this.#clock.nowMs() < known.usableUntilMs) return known.token;
    this.#pending ??= this.#buy().finally(() => {
      this.#pending = null;
    });
    return (await this.#pending).token;
  }

  /** The provider refused this token: the next call buys another. */
  forget(token: Secret): void {
    if (this.#issued?.token === token) this.#issued = null;
  }

  async #buy(): Promise<Issued> {
    const { displayName, url, form, headers, egress } = this.#exchange;
    const askedAtMs = this.#clock.nowMs();
    let response: BufferedResponse;
    try {
      response = await this.#client.send({
        method: 'POST',
        url,
        headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded', ...headers?.() },
        body: new URLSearchParams(form()).toString(),
        timeouts: EXCHANGE_TIMEOUTS,
        egress,
        maxResponseBytes: MAX_TOKEN_RESPONSE_BYTES,
      });
    } catch (error) {
      throw toTransportFailure(displayName, error);
    }
    this.#issued = this.#toIssued(response, askedAtMs);
    return this.#issued;
  }

  #toIssued({ status, headers, body }: BufferedResponse, askedAtMs: number): Issued {
    const { displayName } = this.#exchange;
    const upstream = { httpStatus: status, requestId: headers['transaction-id'] ?? headers['x-request-id'] ?? null, headers: {} };
    const text = body.toString('utf8');
    // Token servers answer 400 to a credential they do not know; whatever they refuse of ours is not the caller's to mend.
    if (status !== 200) {
      const byStatus = classOfStatus(status);
      const errorClass = byStatus === 'invalid' || byStatus === 'not-found' ? 'auth' : byStatus;
      throw toStatusFailure(displayName, upstream, headers, text, { errorClass, message: null }, this.#clock.nowMs());
    }
    const answer = objectOf(parseJson(text));
    const token = stringOf(answer?.['access_token']);
    // The body may hold a token all the same, so it is not kept.
    if (token === null || token === '') throw toMalformedFailure(displayName, upstream, 'the answer of its token server has no token');
    const lifeMs = (countOf(answer?.['expires_in']) ?? DEFAULT_LIFE_SECONDS) * 1000;
    return { token: new Secret(token), usableUntilMs: askedAtMs + Math.max(lifeMs - MARGIN_MS, lifeMs / 2) };
  }
}

/** A client that sends every request with a token of `source` as its bearer. Closing it closes nothing. */
export function createTokenHttpClient(client: HttpClient, source: TokenSource): HttpClient {
  return {
    send: async (request) => {
      const token = await tokenFor(request, source);
      const response = await client.send(withBearer(request, token));
      if (response.status === 401) source.forget(token);
      return response;
    },
    stream: async (request, receiver) => {
      const token = await tokenFor(request, source);
      await client.stream(
        withBearer(request, token),
        forgetting(receiver, () => source.forget(token)),
      );
    },
    close: () => Promise.resolve(),
  };
}

/** Others may wait for the same purchase, so a caller that leaves leaves alone. */
async function tokenFor({ signal }: OutboundRequest, source: TokenSource): Promise<Secret> {
  const token = source.get();
  if (signal === undefined) return token;
  let leave: () => void = () => undefined;
  const left = new Promise<never>((_resolve, reject) => {
    leave = () => reject(new HttpClientError('aborted', 'The call was given up while a token was bought.', { phase: null }));
    if (signal.aborted) leave();
    else signal.addEventListener('abort', leave, { once: true });
  });
  try {
    return await Promise.race([token, left]);
  } finally {
    signal.removeEventListener('abort', leave);
    token.catch(() => undefined);
  }
}

function withBearer(request: OutboundRequest, token: Secret): OutboundRequest {
  return { ...request, headers: { ...request.headers, authorization: `Bearer ${token.reveal()}` } };
}

function forgetting(receiver: ResponseReceiver, forget: () => void): ResponseReceiver {
  return {
    onHead: (status, headers) => {
      if (status === 401) forget();
      receiver.onHead(status, headers);
    },
    onData: (chunk) => receiver.onData(chunk),
  };
}
