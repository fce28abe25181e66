import { ProviderError } from '../../contract.ts';
import { createDeferred } from './local-smollm2.deferred.ts';
import { toAbortError, tooLongError } from './local-smollm2.errors.ts';
import { createWorkerHost, type WorkerConnection } from './local-smollm2.host.ts';
import type { GenerationEvent, GenerationOutcome, GenerationRequest, LoadOptions, WorkerEvent } from './local-smollm2.protocol.ts';
import { createTurnstile } from './local-smollm2.turnstile.ts';

export interface LocalModelOptions {
  readonly load: LoadOptions;
  /** Calls that may wait while one is answered; one more is refused as `overloaded`. */
  readonly waitingLimit: number;
  /** The process ends after this long without a call, and gives its memory back. */
  readonly idleStopMs: number;
  /** Time for the process to start and read the weights. */
  readonly startTimeoutMs: number;
  /** Time for a cancelled call to leave the model before the process is ended. */
  readonly cancelGraceMs: number;
}

export type GenerationPart = { readonly type: 'text'; readonly text: string } | ({ readonly type: 'finished' } & GenerationOutcome);

/** A language model in a process of its own: started by the first call, one answer at a time. */
export interface LocalModel {
  /**
   * The answer as it is sampled; the last part is `finished`. Leaving the loop early, or `signal`, stops the sampling.
   * Throws `ProviderError`: `overloaded`, `too-long`, `transport` (the process failed; the next call starts it again),
   * `timeout` and `cancelled` (by the reason of the signal).
   */
  generate(request: GenerationRequest, signal: AbortSignal): AsyncGenerator<GenerationPart, void, void>;
  /** Starts the process if need be and resolves when the weights are loaded. */
  load(signal: AbortSignal): Promise<void>;
  /** The id of the running process; null while there is none. */
  pid(): number | null;
  /** Ends the process; answers that are running fail with `transport`, and so do later calls. */
  close(): Promise<void>;
}

export function createLocalModel(options: LocalModelOptions): LocalModel {
  const host = createWorkerHost(options.load, options.startTimeoutMs);
  const turnstile = createTurnstile(options.waitingLimit);
  const shutdown = new AbortController();
  let idleTimer: NodeJS.Timeout | null = null;
  let nextGenerationId = 1;

  const restartIdleTimer = (): void => {
    if (idleTimer !== null) clearTimeout(idleTimer);
    if (shutdown.signal.aborted) return;
    idleTimer = setTimeout(() => {
      if (!turnstile.isBusy()) void host.end('The local model was stopped because nobody used it.');
    }, options.idleStopMs);
    idleTimer.unref();
  };

  async function* generate(request: GenerationRequest, callerSignal: AbortSignal): AsyncGenerator<GenerationPart, void, void> {
    const signal = AbortSignal.any([callerSignal, shutdown.signal]);
    const leave = await turnstile.enter(signal);
    let whenFree: Promise<void> = Promise.resolve();
    try {
      const connection = await orAbort(host.connect(), signal);
      const exchange = startExchange(connection, nextGenerationId++, request, options);
      whenFree = exchange.whenFree;
      try {
        yield* exchange.parts(signal);
      } finally {
        exchange.cancel();
      }
    } finally {
      // The caller does not wait for a cancelled answer to leave the model, the next one does.
      void whenFree.then(leave).then(restartIdleTimer);
    }
  }

  return {
    generate,
    async load(callerSignal) {
      await orAbort(host.connect(), AbortSignal.any([callerSignal, shutdown.signal]));
      restartIdleTimer();
    },
    pid: () => host.pid(),
    async close() {
      shutdown.abort(new ProviderError('transport', 'The local model is shut down.'));
      if (idleTimer !== null) clearTimeout(idleTimer);
      await host.end('The local model is shut down.');
    },
  };
}

interface Exchange {
  parts(signal: AbortSignal): AsyncGenerator<GenerationPart, void, void>;
  /** Tells the process to stop this answer; does nothing once it has ended. */
  cancel(): void;
  /** Resolves when the process can take another call, or is gone. */
  readonly whenFree: Promise<void>;
}

/** One answer: events of the process on one side, an iterator on the other. The mailbox is bounded by the tokens of the context. */
function startExchange(
  connection: WorkerConnection,
  generationId: number,
  request: GenerationRequest,
  options: LocalModelOptions,
): Exchange {
  const mailbox: (GenerationEvent | ProviderError)[] = [];
  const free = createDeferred<void>();
  let wake: () => void = () => undefined;
  let isEnded = false;
  let graceTimer: NodeJS.Timeout | null = null;

  const deliver = (item: GenerationEvent | ProviderError, isLast: boolean): void => {
    mailbox.push(item);
    if (isLast) {
      isEnded = true;
      if (graceTimer !== null) clearTimeout(graceTimer);
      connection.setListener(null);
      free.resolve();
    }
    wake();
  };
  connection.setListener({
    onEvent(event: WorkerEvent) {
      if (!('generationId' in event) || event.generationId !== generationId) return;
      deliver(event, event.kind !== 'text');
    },
    onClosed: (error) => deliver(error, true),
  });
  connection.send({ kind: 'generate', generationId, request });

  async function* parts(signal: AbortSignal): AsyncGenerator<GenerationPart, void, void> {
    const onAbort = (): void => wake();
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      for (;;) {
        if (signal.aborted) throw toAbortError(signal);
        const item = mailbox.shift();
        if (item === undefined) {
          const arrival = createDeferred<void>();
          wake = arrival.resolve;
          await arrival.promise;
          continue;
        }
        const part = toPart(item);
        yield part;
        if (part.type === 'finished') return;
      }
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  }

  return {
    parts,
    cancel() {
      if (isEnded || graceTimer !== null) return;
      connection.send({ kind: 'cancel', generationId });
      graceTimer = setTimeout(() => void connection.end('A cancelled answer did not leave the local model.'), options.cancelGraceMs);
    },
    whenFree: free.promise,
  };
}

function toPart(item: GenerationEvent | ProviderError): GenerationPart {
  if (item instanceof ProviderError) throw item;
  if (item.kind === 'text') return { type: 'text', text: item.text };
  if (item.kind === 'too-long') throw tooLongError(item.inputTokens, item.contextTokens);
  if (item.kind === 'failed')
    throw new ProviderError('transport', 'The engine of the local model failed.', { cause: new Error(item.message) });
  const { stopCause, inputTokens, outputTokens } = item;
  return { type: 'finished', stopCause, inputTokens, outputTokens };
}

/** The promise's result, or the signal's error if that comes first; the work behind the promise goes on. */
async function orAbort<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  // When the signal wins, the work may still fail later with nobody there to hear it.
  work.catch(() => undefined);
  if (signal.aborted) throw toAbortError(signal);
  const aborted = createDeferred<never>();
  const onAbort = (): void => aborted.reject(toAbortError(signal));
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
