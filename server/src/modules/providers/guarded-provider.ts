import { ProviderError, type Provider } from './contract.ts';

type Method = Exclude<keyof Provider, 'id' | 'displayName' | 'capabilities' | 'dialects' | 'close'>;

const METHODS: Readonly<Record<Method, true>> = {
  complete: true,
  stream: true,
  relay: true,
  embed: true,
  countTokens: true,
  rerank: true,
  listModels: true,
  moderate: true,
  makeImages: true,
  synthesizeSpeech: true,
  transcribe: true,
  probe: true,
};

const HIDDEN = '[redacted]';
/** Shorter texts are no secrets, and would be found in every other word. */
const LEAST_SECRET_LENGTH = 8;
const CUT_MARK = '…';

/**
 * The provider, whose errors tell a caller nothing of `secrets`: a vendor's refusal may repeat the headers that it was sent, and keys of
 * unknown vendors have no shape to know them by.
 */
export function guardProvider(provider: Provider, secrets: readonly string[]): Provider {
  const hidden = secrets.filter((secret) => secret.length >= LEAST_SECRET_LENGTH);
  if (hidden.length === 0) return provider;
  const { id, displayName, capabilities, dialects } = provider;
  const guarded: Record<string, unknown> = { id, displayName, capabilities, dialects, close: () => provider.close() };
  for (const name of Object.keys(METHODS) as Method[]) {
    const method = provider[name] as ((...parameters: unknown[]) => Promise<unknown>) | undefined;
    if (method !== undefined) guarded[name] = (...parameters: unknown[]) => guard(() => method.apply(provider, parameters), hidden);
  }
  return guarded as unknown as Provider;
}

async function guard(call: () => Promise<unknown>, hidden: readonly string[]): Promise<unknown> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof ProviderError) error.rewriteCallerMessage((message) => withoutSecrets(message, hidden));
    throw error;
  }
}

/** `text` without any of `secrets`, also where its end was cut within one. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  let clean = text;
  for (const secret of secrets) {
    clean = clean.replaceAll(secret, HIDDEN);
    const isCut = clean.endsWith(CUT_MARK);
    const end = isCut ? clean.slice(0, -CUT_MARK.length) : clean;
    const length = longestBeginningAtEnd(end, secret);
    if (length > 0) clean = end.slice(0, -length) + HIDDEN + (isCut ? CUT_MARK : '');
  }
  return clean;
}

/** How much of the beginning of `secret` the text ends with; 0 for a few characters, which tell nothing. */
function longestBeginningAtEnd(text: string, secret: string): number {
  for (let length = Math.min(text.length, secret.length - 1); length >= LEAST_SECRET_LENGTH; length -= 1)
    if (text.endsWith(secret.slice(0, length))) return length;
  return 0;
}
