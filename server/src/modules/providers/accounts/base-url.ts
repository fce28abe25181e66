import { isPublicHost } from '../../../kernel/http-client/index.ts';
import type { Vendor } from '../vendors/index.ts';

const MAX_URL_LENGTH = 2000;

/** A base URL that may be used, with the egress it gets; or what is wrong with it. */
export type BaseUrlDecision =
  | { readonly kind: 'accepted'; readonly baseUrl: string; readonly egress: 'public' | 'operator' }
  | { readonly kind: 'refused'; readonly message: string };

/**
 * Decides about the base URL of an account that somebody connects through the API; null: the vendor's own place. Where that has a
 * setting in its host (`{region}`) there is nothing to look at yet: it is checked when it is called, as every name is.
 */
export function decideAccountUrl(baseUrl: string | null, vendor: Vendor, privateOrigins: ReadonlySet<string>): AccountUrlDecision {
  const written = baseUrl ?? vendor.defaultBaseUrl;
  if (written === null) return { kind: 'refused', message: `${vendor.displayName} has no usual base URL: give one.` };
  if (baseUrl === null && written.includes('{')) return { kind: 'accepted', baseUrl: null, egress: 'public' };
  const decision = decideBaseUrl(written, vendor, privateOrigins);
  return decision.kind === 'accepted' && baseUrl === null ? { ...decision, baseUrl: null } : decision;
}

export type AccountUrlDecision =
  | { readonly kind: 'accepted'; readonly baseUrl: string | null; readonly egress: 'public' | 'operator' }
  | { readonly kind: 'refused'; readonly message: string };

/**
 * Decides about a base URL that somebody wrote through the API. It must be HTTPS on the public internet, unless its origin is among
 * `privateOrigins`, which the operator allowed. Names are checked again when they are resolved, at every call.
 */
export function decideBaseUrl(text: string, vendor: Vendor, privateOrigins: ReadonlySet<string>): BaseUrlDecision {
  const read = readBaseUrl(text, vendor);
  if (read.kind === 'refused') return read;
  const { origin, hostname, protocol } = new URL(read.baseUrl);
  if (privateOrigins.has(origin)) return { ...read, egress: 'operator' };
  if (!isPublicHost(hostname))
    return refused(
      `${hostname} is not on the public internet. Whoever runs this server can allow ${origin} by ANTIPHON_PRIVATE_ORIGINS, or connect it by the providers file.`,
    );
  if (protocol !== 'https:') return refused('Write the base URL with https://: a credential must not cross the internet in clear.');
  return { ...read, egress: 'public' };
}

/** The form alone, for base URLs that the operator wrote: any http(s) address goes. */
export function readBaseUrl(text: string, { baseUrlEndsBefore }: Pick<Vendor, 'baseUrlEndsBefore'>): BaseUrlDecision {
  if (text.length > MAX_URL_LENGTH) return refused(`A base URL has at most ${MAX_URL_LENGTH} characters.`);
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    // Not repeated: people paste keys into the wrong field.
    return refused('This is no URL. Write https://host/path.');
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return refused('A base URL begins with https:// or http://.');
  if (url.username !== '' || url.password !== '') return refused('A base URL holds no user or password. Give them as a credential.');
  if (url.search !== '' || url.hash !== '') return refused('A base URL has no query and no fragment.');
  const baseUrl = url.href.replace(/\/+$/, '');
  if (baseUrlEndsBefore !== undefined && baseUrl.endsWith(baseUrlEndsBefore))
    return refused(`The base URL ends before ${baseUrlEndsBefore}: leave that part out.`);
  return { kind: 'accepted', baseUrl, egress: 'operator' };
}

function refused(message: string): BaseUrlDecision {
  return { kind: 'refused', message };
}
