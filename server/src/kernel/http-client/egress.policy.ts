import { BlockList, isIP } from 'node:net';
import { HttpClientError } from './http-client.ts';

/** IPv4 that is not the public internet: the IANA special-purpose registry (RFC 6890), plus the metadata address outside of it. */
const REFUSED_IPV4: readonly (readonly [network: string, prefix: number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['168.63.129.16', 32], // Azure's host agent answers here, on an address that looks public.
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];

/**
 * Only 2000::/3 is global unicast, so mapped (::ffff:0:0/96), NAT64 (64:ff9b::/96, 64:ff9b:1::/48), unique local, link-local, site-local
 * and multicast addresses fall outside already. These lie within and still carry another address or lead nowhere.
 */
const REFUSED_IPV6: readonly (readonly [network: string, prefix: number])[] = [
  ['2001::', 23], // protocol assignments: Teredo (an IPv4 inside), ORCHID, benchmarking
  ['2001:db8::', 32],
  ['2002::', 16], // 6to4: an IPv4 inside
  ['3fff::', 20],
];

const refused = new BlockList();
for (const [network, prefix] of REFUSED_IPV4) refused.addSubnet(network, prefix, 'ipv4');
for (const [network, prefix] of REFUSED_IPV6) refused.addSubnet(network, prefix, 'ipv6');
const globalUnicast = new BlockList();
globalUnicast.addSubnet('2000::', 3, 'ipv6');

/** Whether `address` (an IP, no name) belongs to the public internet. Anything that is not a plain address is not. */
export function isPublicAddress(address: string): boolean {
  if (address.includes('%')) return false;
  switch (isIP(address)) {
    case 4:
      return !refused.check(address, 'ipv4');
    case 6:
      return globalUnicast.check(address, 'ipv6') && !refused.check(address, 'ipv6');
    default:
      return false;
  }
}

/**
 * Whether the host of a URL (as `URL.hostname` gives it) may belong to the public internet, as far as its text tells. A name that
 * leads to a private address is found out only when it is resolved.
 */
export function isPublicHost(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  if (isIP(host) !== 0) return isPublicAddress(host);
  return host !== '' && host !== 'localhost' && !host.endsWith('.localhost');
}

/** A URL that was taken apart and may be called. */
export interface OutboundTarget {
  /** `https://host:port`, canonical. */
  readonly origin: string;
  /** Path with query, without fragment. */
  readonly path: string;
}

/**
 * Takes `url` apart and refuses, with kind `egress-refused`, what must never be called: other schemes, user data in the URL, and for
 * `public` also addresses written as decimal, octal, hexadecimal or short forms, and plain addresses that `isPublic` does not know.
 * Names are checked later, when they are resolved. Throws kind `protocol` for what is no URL.
 */
export function parseOutboundTarget(url: string, egress: 'public' | 'operator', isPublic: (address: string) => boolean): OutboundTarget {
  const parsed = parseUrl(url);
  if (parsed.protocol !== 'https:' && parsed.protocol !== 'http:')
    throw refuse(`the scheme ${parsed.protocol} is not allowed; use https:// or http://`);
  if (parsed.username !== '' || parsed.password !== '' || authorityOf(url).includes('@'))
    throw refuse('the URL carries user data before the host; send credentials in a header');
  if (egress === 'public') assertPublicHost(url, parsed.hostname, isPublic);
  return { origin: parsed.origin, path: parsed.pathname + parsed.search };
}

function parseUrl(url: string): URL {
  try {
    return new URL(url);
  } catch {
    // Node's error carries the whole text; the text may carry a key.
    throw new HttpClientError('protocol', 'the URL cannot be parsed; expected http(s)://host/path');
  }
}

function assertPublicHost(url: string, hostname: string, isPublic: (address: string) => boolean): void {
  if (hostname === '') throw refuse('the URL has no host');
  const address = hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
  const family = isIP(address);
  if (family === 0) return;
  if (family === 4 && hostOf(url) !== hostname)
    throw refuse(`the host is another notation of the address ${hostname}; write addresses as four decimal numbers`);
  if (!isPublic(address)) throw refuse(`${address} is not a public address`);
}

export function refuse(reason: string): HttpClientError {
  return new HttpClientError('egress-refused', `refused to call out: ${reason}`);
}

/** What was written between `//` and the path, before any normalising. */
function authorityOf(url: string): string {
  const match = /^[a-z][a-z0-9+.-]*:[\\/]*([^\\/?#]*)/i.exec(url.trim());
  return match?.[1] ?? '';
}

function hostOf(url: string): string {
  return authorityOf(url).replace(/:\d*$/, '').toLowerCase();
}
