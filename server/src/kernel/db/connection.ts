import type { ClientConfig } from 'pg';
import { Secret } from '../crypto/index.ts';

/** Where a PostgreSQL without a password listens: the embedded one. `host` is the folder of its unix socket. */
export interface ConnectionFields {
  readonly host: string;
  /** Default 5432. For a unix socket it is only a part of the socket's name. */
  readonly port?: number;
  readonly user: string;
  readonly database: string;
}

/** A database to work on: the fields of the embedded server, or an operator's `DATABASE_URL`. */
export type DatabaseTarget = ConnectionFields | Secret;

const DEFAULT_PORT = 5432;

/**
 * The options `pg` needs to reach `target`. Everything is given explicitly for the embedded server, because `pg` would otherwise fill
 * gaps from `PGPORT` and its relatives in the environment.
 */
export function toClientConfig(target: DatabaseTarget): ClientConfig {
  if (target instanceof Secret) return { connectionString: target.reveal() };
  const { host, user, database } = target;
  return { host, port: target.port ?? DEFAULT_PORT, user, database, ssl: false };
}

/** `target` as a URL for programs that take nothing else. A unix socket's folder is the percent-encoded host. */
export function toDatabaseUrl(target: DatabaseTarget): Secret {
  if (target instanceof Secret) return target;
  const { host, user, database } = target;
  const address = `${encodeURIComponent(host)}:${target.port ?? DEFAULT_PORT}`;
  return new Secret(`postgresql://${encodeURIComponent(user)}@${address}/${encodeURIComponent(database)}`);
}

/** The same server, another database on it. */
export function withDatabase(target: DatabaseTarget, database: string): DatabaseTarget {
  if (!(target instanceof Secret)) return { ...target, database };
  const url = parseDatabaseUrl(target);
  url.pathname = `/${encodeURIComponent(database)}`;
  return new Secret(url.href);
}

/** Host, port and database for messages. Never the user's password. */
export function describeTarget(target: DatabaseTarget): { host: string; port: number; database: string } {
  if (!(target instanceof Secret)) return { host: target.host, port: target.port ?? DEFAULT_PORT, database: target.database };
  const url = parseDatabaseUrl(target);
  return {
    host: decodeURIComponent(url.searchParams.get('host') ?? url.hostname) || 'localhost',
    port: url.port === '' ? DEFAULT_PORT : Number(url.port),
    database: decodeURIComponent(url.pathname.slice(1)) || decodeURIComponent(url.username),
  };
}

function parseDatabaseUrl(url: Secret): URL {
  try {
    return new URL(url.reveal());
  } catch {
    // Not passed on as the cause: Node's error carries the whole text, password included.
    throw new Error('DATABASE_URL is not a URL. Expected postgresql://user:password@host:5432/database.');
  }
}
