import { ConfigurationError } from './errors.ts';

export interface ClientOptions {
  /** Address of the server without a path; `ANTIPHON_BASE_URL` when omitted, else `http://127.0.0.1:4000`. */
  readonly baseUrl?: string | undefined;
  /** API key; `ANTIPHON_API_KEY` when omitted. */
  readonly apiKey?: string | undefined;
  /** Stands in for the global `fetch`, for proxies and tests. */
  readonly fetch?: typeof fetch | undefined;
  /** Milliseconds for one query or mutation, 600,000 by default. Subscriptions have no limit. */
  readonly timeoutMs?: number | undefined;
}

/** The options after defaults, checked. */
export interface ClientSettings {
  readonly graphqlUrl: string;
  readonly streamUrl: string;
  readonly websocketUrl: string;
  readonly apiKey: string;
  readonly fetch: typeof fetch;
  readonly timeoutMs: number;
}

const DEFAULT_BASE_URL = 'http://127.0.0.1:4000';
const DEFAULT_TIMEOUT_MS = 600_000;

type Environment = Readonly<Record<string, string | undefined>>;

/** Fills in the environment and defaults. Throws `ConfigurationError` for what is missing or malformed. */
export function resolveSettings(options: ClientOptions, environment: Environment = readEnvironment()): ClientSettings {
  const apiKey = options.apiKey ?? environment['ANTIPHON_API_KEY'];
  if (!apiKey) {
    throw new ConfigurationError(
      'There is no API key. Set ANTIPHON_API_KEY or pass { apiKey }. The first `npm start` of the server prints a key.',
      { code: 'CONFIGURATION' },
    );
  }
  const base = parseBaseUrl(options.baseUrl ?? (environment['ANTIPHON_BASE_URL'] || DEFAULT_BASE_URL));
  return {
    graphqlUrl: `${base}/graphql`,
    streamUrl: `${base}/graphql/stream`,
    websocketUrl: `${base.replace(/^http/, 'ws')}/graphql`,
    apiKey,
    fetch: options.fetch ?? globalThis.fetch.bind(globalThis),
    timeoutMs: options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
  };
}

function parseBaseUrl(text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text.replace(/\/+$/, '');
  throw new ConfigurationError(`The base URL ${JSON.stringify(text)} is not an http or https address, such as ${DEFAULT_BASE_URL}.`, {
    code: 'CONFIGURATION',
  });
}

/** Empty where there is no process, as in browsers. */
function readEnvironment(): Environment {
  return globalThis.process?.env ?? {};
}
