import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { ProviderError } from '../../contract.ts';
import { createDeferred } from './local-smollm2.deferred.ts';
import { isWorkerEvent, type LoadOptions, type WorkerCommand, type WorkerEvent } from './local-smollm2.protocol.ts';

/** What the process wrote to its error output last, kept to explain a crash. */
const ERROR_OUTPUT_LIMIT_BYTES = 4096;

/** A running process with the model loaded. */
export interface WorkerConnection {
  readonly pid: number;
  /** False once the process has ended or was told to. */
  isOpen(): boolean;
  send(command: WorkerCommand): void;
  /** The listener of the one call that is running; null between calls. */
  setListener(listener: WorkerListener | null): void;
  /** Ends the process at once. Resolves when it is gone; safe to call again. */
  end(reason: string): Promise<void>;
}

export interface WorkerListener {
  onEvent(event: WorkerEvent): void;
  /** The process ended; nothing comes after. */
  onClosed(error: ProviderError): void;
}

export interface WorkerHost {
  /** The running process, started now if there is none. Rejects with `transport` when it cannot be started. */
  connect(): Promise<WorkerConnection>;
  /** The id of the running process, or null. */
  pid(): number | null;
  /** Ends the process if there is one; `connect` starts another. */
  end(reason: string): Promise<void>;
}

/** Starts the process on first use, and again after it has ended, whatever ended it. */
export function createWorkerHost(load: LoadOptions, startTimeoutMs: number): WorkerHost {
  let current: { readonly connection: WorkerConnection; readonly loaded: Promise<WorkerConnection> } | null = null;

  const connect = (): Promise<WorkerConnection> => {
    if (current?.connection.isOpen()) return current.loaded;
    const started = startWorker(load, startTimeoutMs);
    current = started;
    return started.loaded;
  };

  return {
    connect,
    pid: () => (current?.connection.isOpen() ? current.connection.pid : null),
    end: async (reason) => current?.connection.end(reason),
  };
}

function startWorker(load: LoadOptions, startTimeoutMs: number): { connection: WorkerConnection; loaded: Promise<WorkerConnection> } {
  const extension = import.meta.url.endsWith('.ts') ? '.ts' : '.js';
  const workerPath = fileURLToPath(new URL(`./local-smollm2.worker${extension}`, import.meta.url));
  // An empty environment and no inherited flags: native code has no business with our keys, nor with our debugger.
  const child = fork(workerPath, [], { env: {}, execArgv: [], serialization: 'json', stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  const connection = createConnection(child);
  const { promise, resolve, reject } = createDeferred<WorkerConnection>();
  const timer = setTimeout(() => void connection.end(`The model was not loaded after ${startTimeoutMs} ms.`), startTimeoutMs);
  connection.setListener({
    onEvent(event) {
      if (event.kind === 'loaded') resolve(connection);
      if (event.kind === 'load-failed') void connection.end(`The model could not be loaded: ${event.message}`);
    },
    onClosed: reject,
  });
  connection.send({ kind: 'load', options: load });
  return { connection, loaded: promise.finally(() => clearTimeout(timer)) };
}

function createConnection(child: ChildProcess): WorkerConnection {
  let listener: WorkerListener | null = null;
  let errorOutput = '';
  let endReason: string | null = null;
  let closedError: ProviderError | null = null;
  const closed = createDeferred<void>();

  const close = (how: string): void => {
    if (closedError !== null) return;
    closedError = toClosedError(endReason ?? `The process of the local model ended (${how}).`, errorOutput);
    closed.resolve();
    listener?.onClosed(closedError);
    listener = null;
  };
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    errorOutput = (errorOutput + text).slice(-ERROR_OUTPUT_LIMIT_BYTES);
  });
  child.on('message', (message) => {
    if (endReason === null && isWorkerEvent(message)) listener?.onEvent(message);
  });
  child.on('exit', (code, signal) => close(signal === null ? `exit code ${code}` : `signal ${signal}`));
  child.on('error', (error) => {
    // Spawning failed: there will be no `exit`. Any other error (a channel that closed while we wrote) is followed by one.
    if (child.pid === undefined) close(error.message);
  });

  return {
    pid: child.pid ?? -1,
    isOpen: () => closedError === null && endReason === null,
    send(command) {
      if (child.connected) child.send(command, () => undefined);
    },
    setListener(next) {
      listener = next;
      if (closedError !== null) next?.onClosed(closedError);
    },
    end(reason) {
      endReason ??= reason;
      child.kill('SIGKILL');
      return closed.promise;
    },
  };
}

function toClosedError(message: string, errorOutput: string): ProviderError {
  const cause = errorOutput.trim() === '' ? undefined : new Error(errorOutput.trim());
  return new ProviderError('transport', `${message} The next call starts it again.`, { cause });
}
