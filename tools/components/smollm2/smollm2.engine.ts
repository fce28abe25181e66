import { readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { InstallError } from '../install.errors.ts';
import { isNetworkFailure, lastLines, runProgram, type Program } from '../run-program.ts';
import type { ComponentPin } from './smollm2.pin.ts';

const HERE = dirname(fileURLToPath(import.meta.url));
const INSTALL_TIMEOUT_MS = 15 * 60_000;
const CHECK_TIMEOUT_MS = 60_000;

interface Manifest {
  dependencies: Record<string, string>;
}

interface Lockfile {
  packages: Record<string, { dependencies?: Record<string, string>; optional?: boolean; integrity?: string }>;
}

const NPM_OPTIONS = [
  '--no-save',
  '--omit=optional',
  '--omit=dev',
  '--ignore-scripts',
  '--no-audit',
  '--no-fund',
  '--workspaces=false',
  '--loglevel=error',
  // npm's own patience is minutes for every package when there is no network.
  '--fetch-retries=1',
  '--fetch-retry-mintimeout=1000',
] as const;

/**
 * Installs the engine into `folder/node_modules`: every package pinned by the committed lockfile, no install scripts, and of the
 * engine's fourteen prebuilt libraries (several with gigabytes for GPUs) only the one for this platform.
 */
export async function installEngine(pin: ComponentPin, platform: string, npm: Program, folder: string, signal: AbortSignal): Promise<void> {
  const library = pin.engine.platforms[platform];
  if (library === undefined) throw new InstallError(unsupportedMessage(pin, platform));
  const lockfile = await writePackageFiles(library, pin.engine.version, folder);
  // `npm ci` would refuse: some of the engine's optional libraries were never published in this version, so no lockfile can hold them.
  const { exitCode, output } = await runProgram(npm, ['install', '--prefix', folder, ...NPM_OPTIONS], {
    cwd: folder,
    timeoutMs: INSTALL_TIMEOUT_MS,
    signal,
    env: withoutLifecycle(process.env),
  });
  if (exitCode === null) throw new InstallError('npm was not found. It comes with Node.js; install it and try again.');
  if (exitCode !== 0) throw new InstallError(toInstallMessage(pin, output));
  await refuseUnpinned(lockfile, folder);
  // 35 MB of llama.cpp's sources, there only for those who compile it.
  await rm(join(folder, 'node_modules/node-llama-cpp/llama/gitRelease.bundle'), { force: true });
}

export function unsupportedMessage(pin: ComponentPin, platform: string): string {
  const supported = Object.keys(pin.engine.platforms).join(', ');
  return `There is no pinned engine for ${platform}; the local model runs on ${supported} (with glibc).`;
}

/** The library becomes a direct dependency, so that leaving out optional packages leaves out all the others. */
async function writePackageFiles(library: string, version: string, folder: string): Promise<Lockfile> {
  const manifest = JSON.parse(await readFile(join(HERE, 'engine.package.json'), 'utf8')) as Manifest;
  const lockfile = JSON.parse(await readFile(join(HERE, 'engine.package-lock.json'), 'utf8')) as Lockfile;
  const root = lockfile.packages[''];
  const entry = lockfile.packages[`node_modules/${library}`];
  if (root === undefined || entry === undefined) throw new InstallError(`engine.package-lock.json does not pin ${library}.`);
  manifest.dependencies[library] = version;
  root.dependencies = { ...root.dependencies, [library]: version };
  delete entry.optional;
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest, null, 2));
  await writeFile(join(folder, 'package-lock.json'), JSON.stringify(lockfile, null, 2));
  return lockfile;
}

/** Every package that npm put there must be one of the committed lockfile, by its content. */
async function refuseUnpinned(lockfile: Lockfile, folder: string): Promise<void> {
  const installed = JSON.parse(await readFile(join(folder, 'node_modules/.package-lock.json'), 'utf8')) as Lockfile;
  for (const [path, { integrity }] of Object.entries(installed.packages)) {
    if (integrity !== undefined && integrity === lockfile.packages[path]?.integrity) continue;
    throw new InstallError(`npm installed another ${path} than engine.package-lock.json pins. Nothing was installed.`);
  }
}

/** npm tells its scripts about the package it runs them for; the npm that we start works on another one. */
function withoutLifecycle(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const isOurs = (name: string): boolean => /^npm_(package|lifecycle)_|^npm_config_(local_prefix|prefix|workspaces?)$/iu.test(name);
  return Object.fromEntries(Object.entries(env).filter(([name]) => !isOurs(name)));
}

function toInstallMessage(pin: ComponentPin, output: string): string {
  const what = `${pin.engine.package} ${pin.engine.version}`;
  const reason = isNetworkFailure(output)
    ? `npm could not reach its registry, so ${what} was not fetched. Connect to the network and try again.`
    : `npm could not install ${what}.`;
  return `${reason} Its last words:\n${lastLines(output)}`;
}

/** Loads the library and reads the vocabulary in a process of its own, so that success means it runs on this machine. */
export async function checkEngine(pin: ComponentPin, folder: string, signal: AbortSignal): Promise<void> {
  const engineUrl = pathToFileURL(join(folder, pin.engine.entry)).href;
  const args = [join(HERE, 'check-engine.ts'), engineUrl, join(folder, pin.weights.file)];
  const { exitCode, output } = await runProgram([process.execPath], args, { cwd: folder, timeoutMs: CHECK_TIMEOUT_MS, signal });
  if (exitCode !== 0) throw new InstallError(`The engine was fetched but does not run on this machine:\n${lastLines(output)}`);
}
