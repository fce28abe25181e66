import { spawn } from 'node:child_process';
import { InstallError } from './install.errors.ts';

/** A program and the arguments that come before ours, e.g. `['node', 'npm-cli.js']`. */
export type Program = readonly [command: string, ...leading: string[]];

export interface ProgramResult {
  /** Null when the program does not exist. */
  readonly exitCode: number | null;
  /** The last of what it wrote to both outputs. */
  readonly output: string;
}

const OUTPUT_LIMIT_CHARACTERS = 16_384;

/** Runs a program to its end. Rejects with `InstallError` when it is stopped: it took longer than `timeoutMs`, or `signal` aborted. */
export function runProgram(
  [command, ...leading]: Program,
  args: readonly string[],
  options: { readonly cwd: string; readonly timeoutMs: number; readonly signal: AbortSignal; readonly env?: NodeJS.ProcessEnv },
): Promise<ProgramResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...leading, ...args], {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const keep = (text: string): void => {
      output = (output + text).slice(-OUTPUT_LIMIT_CHARACTERS);
    };
    child.stdout.setEncoding('utf8').on('data', keep);
    child.stderr.setEncoding('utf8').on('data', keep);
    let stopped: InstallError | null = null;
    const stop = (why: string): void => {
      stopped = new InstallError(`${command} was stopped: ${why}.`);
      child.kill('SIGKILL');
    };
    const timer = setTimeout(() => stop(`it took longer than ${options.timeoutMs / 1000} s`), options.timeoutMs);
    const onAbort = (): void => stop('the installation was interrupted');
    if (options.signal.aborted) onAbort();
    options.signal.addEventListener('abort', onAbort, { once: true });
    const cleanUp = (): void => {
      clearTimeout(timer);
      options.signal.removeEventListener('abort', onAbort);
    };
    child.on('error', (error: NodeJS.ErrnoException) => {
      cleanUp();
      if (error.code === 'ENOENT') resolve({ exitCode: null, output: '' });
      else reject(error);
    });
    child.on('close', (exitCode, signal) => {
      cleanUp();
      if (stopped !== null) return reject(stopped);
      return resolve({ exitCode: exitCode ?? 1, output: signal === null ? output : `${output}\n(ended by ${signal})` });
    });
  });
}

const NETWORK_FAILURE =
  /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|NewConnectionError|ConnectTimeout|ReadTimeout|name resolution|network is unreachable|connection (refused|aborted|reset)|max retries exceeded/iu;

/** Whether what a package client wrote means that it could not reach its registry. */
export function isNetworkFailure(output: string): boolean {
  return NETWORK_FAILURE.test(output);
}

/** The last lines of an output, for an error message. */
export function lastLines(output: string, count = 6): string {
  return output.trim().split('\n').slice(-count).join('\n');
}
