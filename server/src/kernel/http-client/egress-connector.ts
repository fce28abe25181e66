import { lookup as dnsLookup } from 'node:dns/promises';
import type { LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import { refuse } from './egress.policy.ts';

export interface ResolvedAddress {
  readonly address: string;
  readonly family: 4 | 6;
}

/** How `public` calls find and judge addresses. Injected, so that tests can be the DNS. */
export interface EgressRules {
  /** All addresses of a name. Asked once for each new connection. */
  resolve(hostname: string): Promise<readonly ResolvedAddress[]>;
  isPublicAddress(address: string): boolean;
}

/** The operating system's resolver, which honours its hosts file. */
export async function resolveBySystem(hostname: string): Promise<readonly ResolvedAddress[]> {
  const found = await dnsLookup(hostname, { all: true, verbatim: true });
  return found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));
}

/** Undici's own limit is the last wall; each request brings its own, shorter one. */
const CONNECT_CEILING_MS = 120_000;

/** Connects TCP or TLS without any rule on addresses. HTTP/1.1 only: one answer never waits behind another's bytes. */
export function createOperatorConnector(): buildConnector.connector {
  return buildConnector({ allowH2: false, timeout: CONNECT_CEILING_MS });
}

/**
 * Connects only to public addresses. The name is resolved once, every answer must be public (a mixed answer is how rebinding looks), and
 * the socket goes to exactly what was checked; TLS still asks for the name. The address of the open socket is checked once more before a byte is sent.
 */
export function createPublicConnector(rules: EgressRules): buildConnector.connector {
  const connect = buildConnector({ allowH2: false, timeout: CONNECT_CEILING_MS, lookup: createCheckedLookup(rules) });
  return (options, callback) =>
    // The socket is returned, undici cancels attempts through it; its types do not say so.
    connect(options, (...[error, socket]) => {
      if (error !== null) {
        callback(error, null);
        return;
      }
      if (socket.remoteAddress === undefined || !rules.isPublicAddress(socket.remoteAddress)) {
        socket.on('error', () => undefined).destroy();
        callback(refuse(`the connection went to ${socket.remoteAddress ?? 'an unknown address'}, which is not public`), null);
        return;
      }
      callback(null, socket);
    });
}

function createCheckedLookup(rules: EgressRules): LookupFunction {
  return (hostname, options, callback) => {
    resolveChecked(hostname, rules).then(
      (addresses) => {
        const [first] = addresses;
        if (options.all === true) callback(null, [...addresses]);
        else callback(null, first.address, first.family);
      },
      (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), ''),
    );
  };
}

async function resolveChecked(hostname: string, rules: EgressRules): Promise<readonly [ResolvedAddress, ...ResolvedAddress[]]> {
  const [first, ...others] = await rules.resolve(hostname);
  if (first === undefined) throw refuse(`${hostname} has no address`);
  for (const { address } of [first, ...others])
    if (!rules.isPublicAddress(address)) throw refuse(`${hostname} resolves to ${address}, which is not a public address`);
  return [first, ...others];
}
