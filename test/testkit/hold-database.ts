import pg from 'pg';
import { startEmbeddedPostgres, toClientConfig } from '../../server/src/kernel/db/index.ts';
import { createLogger } from '../../server/src/kernel/telemetry/index.ts';

/**
 * A process that holds an embedded PostgreSQL, to be killed by tests: `node hold-database.ts <dataDir> <systemDir> [<binariesRoot>]`.
 * Says what it has in one line of JSON, answers SIGINT with another (the server still works), and stops at SIGTERM.
 */
export type HolderMessage =
  | {
      readonly kind: 'up';
      readonly pid: number;
      readonly serverPid: number;
      readonly connection: { host: string; port: number; user: string; database: string };
    }
  | { readonly kind: 'alive'; readonly rows: unknown[] }
  | { readonly kind: 'refused'; readonly name: string; readonly message: string };

function say(message: HolderMessage): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

const [dataDir = '', systemDir = '', binariesRoot] = process.argv.slice(2);
try {
  const server = await startEmbeddedPostgres({
    dataDir,
    systemDir,
    log: createLogger({ level: 'error' }),
    ...(binariesRoot === undefined ? {} : { binariesRoot }),
  });
  process.on('SIGINT', () => {
    const client = new pg.Client(toClientConfig(server.connection));
    void client
      .connect()
      .then(() => client.query('select 1 as one'))
      .then(({ rows }) => say({ kind: 'alive', rows }))
      .finally(() => void client.end());
  });
  process.once('SIGTERM', () => void server.stop().then(() => process.exit(0)));
  const { host, port = 0, user, database } = server.connection;
  say({ kind: 'up', pid: process.pid, serverPid: server.pid() ?? 0, connection: { host, port, user, database } });
} catch (error) {
  const { name, message } = error as Error;
  say({ kind: 'refused', name, message });
  process.exitCode = 1;
}
