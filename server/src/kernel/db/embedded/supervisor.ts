import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock } from '../../clock/index.ts';
import type { Logger } from '../../telemetry/index.ts';
import { toReason } from '../setup-error.ts';
import type { Postmaster } from './postmaster.ts';

/** Keeps one server running until told to stop. */
export interface Supervisor {
  /** Whether the server runs and has accepted connections. */
  isUp(): boolean;
  /** The server's process, while it is up. */
  pid(): number | null;
  /** Called each time the server is back after it ended by itself. Returns the call that ends this. */
  onRestart(listener: () => void): () => void;
  /** Stops the server cleanly, or the attempts to start it. Safe to call twice. */
  stop(): Promise<void>;
}

export interface SupervisorOptions {
  /** Clears what a server that ended has left, then starts a new one. Rejects when it did not start. */
  readonly launch: () => Promise<Postmaster>;
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>;
  /** Delay before the first repeat; doubles up to `maxDelayMs`. Defaults 100 and 3,000. */
  readonly firstDelayMs?: number;
  readonly maxDelayMs?: number;
  /** How long the first start is tried before it is given up. Default 20,000: children of a killed server need some seconds to end. */
  readonly firstStartLimitMs?: number;
}

/** A server that ran for this long was well; its end starts a new count of delays. */
const WELL_AFTER_MS = 10_000;
/** Failures before this time are expected (children of the dead server are ending); later ones need a person. */
const PATIENCE_MS = 10_000;

/** Resolves when the server is up for the first time; rejects when it could not be started within `firstStartLimitMs`. */
export async function superviseServer(options: SupervisorOptions): Promise<Supervisor> {
  const { log, firstStartLimitMs = 20_000 } = options;
  const listeners = new Set<() => void>();
  const stopping = new AbortController();
  let server: Postmaster | null = await startWithin(options, firstStartLimitMs, stopping.signal);

  const run = async (): Promise<void> => {
    let delays = createDelays(options);
    while (server !== null) {
      const startedMs = systemClock.monotonicMs();
      const reason = await server.exited;
      server = null;
      if (stopping.signal.aborted) return;
      log.error({ reason }, 'the database server ended by itself; starting it again');
      if (systemClock.monotonicMs() - startedMs >= WELL_AFTER_MS) delays = createDelays(options);
      server = await restart(options, delays, stopping.signal);
      if (server !== null) for (const listener of listeners) notify(listener, log);
    }
  };
  const running = run();

  return {
    isUp: () => server !== null && !stopping.signal.aborted,
    pid: () => server?.pid ?? null,
    onRestart: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    stop: async () => {
      stopping.abort();
      await server?.stop();
      await running;
    },
  };
}

async function startWithin(options: SupervisorOptions, limitMs: number, stopping: AbortSignal): Promise<Postmaster> {
  const delays = createDelays(options);
  const deadlineMs = systemClock.monotonicMs() + limitMs;
  for (;;) {
    try {
      return await options.launch();
    } catch (error) {
      if (systemClock.monotonicMs() >= deadlineMs || !isWorthRepeating(error)) throw error;
      options.log.warn({ error }, 'the database server did not start; trying again');
    }
    await sleep(delays.next(), undefined, { signal: stopping });
  }
}

/** A first start that fails for a lasting reason (no program, a broken cluster) should say so at once. */
function isWorthRepeating(error: unknown): boolean {
  return /pre-existing shared memory|lock file|could not (?:bind|create) .*socket|is being used|Is another/i.test(toReason(error));
}

/** Null when it was told to stop before it succeeded. */
async function restart(options: SupervisorOptions, delays: Delays, stopping: AbortSignal): Promise<Postmaster | null> {
  const { launch, log } = options;
  const startMs = systemClock.monotonicMs();
  for (;;) {
    await sleep(delays.next(), undefined, { signal: stopping }).catch(() => undefined);
    if (stopping.aborted) return null;
    try {
      const server = await launch();
      if (stopping.aborted) {
        await server.stop();
        return null;
      }
      log.info({ pid: server.pid, downMs: Math.round(systemClock.monotonicMs() - startMs) }, 'the database server is up again');
      return server;
    } catch (error) {
      const downMs = Math.round(systemClock.monotonicMs() - startMs);
      if (downMs < PATIENCE_MS) log.warn({ error, downMs }, 'the database server did not start; trying again');
      else log.error({ error, downMs }, 'the database server does not start; trying on. Its own messages are in postgresql.log');
    }
  }
}

interface Delays {
  next(): number;
}

function createDelays({ firstDelayMs = 100, maxDelayMs = 3_000 }: SupervisorOptions): Delays {
  let delayMs = firstDelayMs;
  return {
    next: () => {
      const current = delayMs;
      delayMs = Math.min(delayMs * 2, maxDelayMs);
      return current;
    },
  };
}

function notify(listener: () => void, log: Pick<Logger, 'error'>): void {
  try {
    listener();
  } catch (error) {
    log.error({ error }, 'a listener for database restarts failed');
  }
}
