import { createApp } from './app.ts';
import { renderBanner } from './banner.ts';
import { ConfigError, loadConfig, type Config } from './kernel/config/index.ts';
import { DatabaseSetupError } from './kernel/db/index.ts';
import { createLogger } from './kernel/telemetry/index.ts';
import { VENDORS } from './modules/providers/index.ts';

const EXIT_FAILED = 1;
const isJson = process.argv.includes('--json');
const bootedAtMs = performance.now();

function readConfig(): Config {
  try {
    return loadConfig(process.env, VENDORS);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(EXIT_FAILED);
  }
}

const config = readConfig();
const log = createLogger({ level: config.logLevel });
const app = createApp({ config, log });

process.on('unhandledRejection', (error) => log.error({ error }, 'a promise was rejected and nobody listened; this is a fault of ours'));

let isStopping = false;
async function stop(signal: string): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  log.info({ signal }, 'stopping: running calls are finished, nothing new is taken');
  await app.stop();
  process.exit(0);
}
process.on('SIGTERM', () => void stop('SIGTERM'));
process.on('SIGINT', () => void stop('SIGINT'));

try {
  const banner = await app.start();
  process.stdout.write(isJson ? `${JSON.stringify(banner)}\n` : `${renderBanner(banner, performance.now() - bootedAtMs)}\n`);
} catch (error) {
  // What a person can mend is told in its own words; anything else needs its stack.
  if (error instanceof DatabaseSetupError) process.stderr.write(`${error.message}\n`);
  else if (error instanceof Error)
    process.stderr.write(`Antiphon could not start: ${config.logLevel === 'debug' ? error.stack : error.message}\n`);
  await app.stop();
  process.exit(EXIT_FAILED);
}
