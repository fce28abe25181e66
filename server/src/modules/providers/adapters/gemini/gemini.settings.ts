import type { Clock } from '../../../../kernel/clock/index.ts';
import type { Secret } from '../../../../kernel/crypto/index.ts';
import type { HttpClient } from '../../../../kernel/http-client/index.ts';
import type { GeminiFlavour } from './gemini.wire.ts';

export interface GeminiSettings {
  /** The part of a model id before the slash. */
  readonly id: string;
  readonly displayName: string;
  readonly flavour: GeminiFlavour;
  /** Ends before `/models/…` (Gemini) or `/publishers/…` (Vertex AI: with project and location, or without in express mode). */
  readonly baseUrl: string;
  readonly credential: GoogleCredential;
  readonly httpClient: HttpClient;
  /** `operator` when the base URL was written by the operator; anything else is `public`. */
  readonly egress: 'public' | 'operator';
  /** Sent with every request, lower-case names. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Vertex AI lists no models for free; its probe counts the tokens of one word for this one. Default `gemini-2.5-flash`. */
  readonly probeModel?: string;
  /** Default 10 s. */
  readonly connectTimeoutMs?: number;
  /** Longest silence within an answer; default 5 min, as long as models may think without a word. */
  readonly idleTimeoutMs?: number;
  readonly clock: Pick<Clock, 'nowMs'>;
}

/** How we prove who we are. */
export interface GoogleCredential {
  /** Headers of one request. May fetch a token first; rejects with `ProviderError`. */
  headers(call: { readonly signal: AbortSignal; readonly remainingMs: number }): Promise<Readonly<Record<string, string>>>;
  /** The upstream refused what `headers` gave: nothing of it may be used again. */
  discard(): void;
}

/** The key of the Gemini API, or of Vertex AI in express mode. Never put into the URL, where logs would keep it. */
export function apiKeyCredential(apiKey: Secret): GoogleCredential {
  return { headers: () => Promise.resolve({ 'x-goog-api-key': apiKey.reveal() }), discard: () => undefined };
}

/** An access token that somebody else renews. */
export function accessTokenCredential(accessToken: Secret): GoogleCredential {
  return { headers: () => Promise.resolve({ authorization: `Bearer ${accessToken.reveal()}` }), discard: () => undefined };
}
