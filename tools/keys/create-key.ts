import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { systemClock } from '../../server/src/kernel/clock/index.ts';
import { loadConfig, type Config } from '../../server/src/kernel/config/index.ts';
import { MemoryCoordination } from '../../server/src/kernel/coordination/index.ts';
import { createPools, startEmbeddedPostgres, type DatabaseTarget } from '../../server/src/kernel/db/index.ts';
import { createIds } from '../../server/src/kernel/ids/index.ts';
import { createLogger } from '../../server/src/kernel/telemetry/index.ts';
import { createIdentity } from '../../server/src/modules/identity/index.ts';
import { VENDORS } from '../../server/src/modules/providers/index.ts';

/**
 * `npm run key:create [-- --name <text>] [--test]`: adds a key to the installation of ANTIPHON_DATA_DIR and prints it once. With
 * DATABASE_URL the servers may be running; an embedded database belongs to one process, so its server has to be stopped first.
 */
const log = createLogger({ level: 'error' });

async function createKey(config: Config, name: string, kind: 'live' | 'test'): Promise<string> {
  if (!existsSync(config.dataDir))
    throw new Error(
      `${config.dataDir} is not there. Set ANTIPHON_DATA_DIR to the folder of your installation, or make one with: npm start`,
    );
  const embedded = config.databaseUrl === null ? await startEmbeddedPostgres({ dataDir: config.dataDir, log }) : null;
  try {
    return await addKey(embedded?.connection ?? (config.databaseUrl as DatabaseTarget), config, name, kind);
  } finally {
    await embedded?.stop();
  }
}

async function addKey(target: DatabaseTarget, config: Config, name: string, kind: 'live' | 'test'): Promise<string> {
  const clock = systemClock;
  const pools = createPools(target, { log });
  const identity = createIdentity({
    pool: pools.general,
    coordination: new MemoryCoordination({ clock }),
    dataDir: config.dataDir,
    limits: config.limits,
    ids: createIds(clock),
    clock,
    log,
  });
  try {
    return (await identity.apiKeys.create({ name, kind })).reveal();
  } finally {
    await identity.close();
    await pools.end();
  }
}

try {
  const { values } = parseArgs({
    options: { name: { type: 'string', default: 'Key made by npm run key:create' }, test: { type: 'boolean', default: false } },
  });
  const key = await createKey(loadConfig(process.env, VENDORS), values.name, values.test ? 'test' : 'live');
  process.stdout.write(`${key}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
