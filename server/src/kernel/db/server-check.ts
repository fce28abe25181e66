import pg from 'pg';
import { describeTarget, toClientConfig, type DatabaseTarget } from './connection.ts';
import { DatabaseSetupError, toReason } from './setup-error.ts';

/** The oldest server whose SQL our migrations and queries keep to. */
const MINIMUM_VERSION = 15;
const CONNECTION_TIMEOUT_MS = 10_000;

export interface ServerDescription {
  /** As the server says it, e.g. `15.20 (Debian 15.20-0+deb12u1)`. */
  readonly version: string;
  readonly majorVersion: number;
}

/** `number` as in `server_version_num`: 150020 is 15.20. */
export interface ServerFacts {
  readonly number: string;
  readonly version: string;
  readonly encoding: string;
}

/**
 * Connects once and makes sure that the server can carry us: PostgreSQL 15 or newer, a UTF-8 database.
 * Throws `DatabaseSetupError` otherwise, naming host, port and what to check.
 */
export async function checkServer(target: DatabaseTarget): Promise<ServerDescription> {
  const client = new pg.Client({
    ...toClientConfig(target),
    application_name: 'antiphon:check',
    connectionTimeoutMillis: CONNECTION_TIMEOUT_MS,
    query_timeout: CONNECTION_TIMEOUT_MS,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<ServerFacts>(
      `select current_setting('server_version_num') as number, current_setting('server_version') as version,
              current_setting('server_encoding') as encoding`,
    );
    return judgeServer(target, rows[0]);
  } catch (error) {
    throw error instanceof DatabaseSetupError ? error : unreachable(target, error);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** The verdict over what a server says about itself. */
export function judgeServer(target: DatabaseTarget, row: ServerFacts | undefined): ServerDescription {
  const { host, port, database } = describeTarget(target);
  if (row === undefined) throw new DatabaseSetupError(`What listens on ${host}, port ${port}, does not answer as PostgreSQL does.`);
  const majorVersion = Math.floor(Number(row.number) / 10_000);
  if (majorVersion < MINIMUM_VERSION)
    throw new DatabaseSetupError(
      `The server on ${host}, port ${port}, is PostgreSQL ${row.version}; version ${MINIMUM_VERSION} or newer is needed. ` +
        'Upgrade it, point DATABASE_URL at a newer one, or unset DATABASE_URL to run the embedded PostgreSQL.',
    );
  if (row.encoding !== 'UTF8')
    throw new DatabaseSetupError(
      `The database "${database}" on ${host}, port ${port}, has the encoding ${row.encoding}; UTF8 is needed. ` +
        `Create another one with: create database … encoding 'UTF8' template template0.`,
    );
  return { version: row.version, majorVersion };
}

function unreachable(target: DatabaseTarget, error: unknown): DatabaseSetupError {
  const { host, port, database } = describeTarget(target);
  const { code } = error as { code?: unknown };
  return new DatabaseSetupError(`Cannot use the database "${database}" on ${host}, port ${port}: ${toReason(error)}. ${advise(code)}`, {
    cause: error,
  });
}

function advise(code: unknown): string {
  if (code === '28P01' || code === '28000') return 'Check user and password in DATABASE_URL, and pg_hba.conf on the server.';
  if (code === '3D000') return 'Create that database first, or name an existing one in DATABASE_URL.';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'Check the host name in DATABASE_URL and the DNS of this machine.';
  if (code === '53300') return 'The server has no connection left: raise its max_connections or close other clients.';
  if (code === '57P03') return 'The server is starting or stopping: try again in a moment.';
  return 'Check that the server runs, that host and port in DATABASE_URL are right, and that no firewall stands between.';
}
