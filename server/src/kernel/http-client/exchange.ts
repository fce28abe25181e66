import type { Dispatcher } from 'undici';
import type { Clock } from '../clock/index.ts';
import type { Connection } from './connection.ts';
import { HttpClientError, type ExchangePhase, type OutboundRequest, type ResponseHeaders, type ResponseReceiver } from './http-client.ts';
import type { ConnectionTaker, OriginPool } from './origin-pool.ts';
import { toHttpClientError } from './transport-failure.ts';

const DEFAULT_MAX_RESPONSE_BYTES = 64 * 1024 * 1024;

export interface ExchangeInput {
  readonly request: OutboundRequest;
  readonly origin: string;
  readonly dispatch: Dispatcher.DispatchOptions;
  readonly receiver: ResponseReceiver;
  readonly pool: OriginPool;
  readonly clock: Pick<Clock, 'monotonicMs'>;
  /** Called exactly once: without an argument after the last byte was delivered. */
  onSettled(failure?: unknown): void;
}

/**
 * One request and its answer. Deadlines cost one timer: reading a chunk only moves a number, and the timer, when it fires, looks whether
 * the deadline has moved meanwhile.
 */
export class Exchange implements Dispatcher.DispatchHandler, ConnectionTaker {
  readonly #input: ExchangeInput;
  readonly #maxResponseBytes: number;
  readonly #totalDeadlineMs: number;
  #phase: ExchangePhase = 'connect';
  #phaseDeadlineMs = Infinity;
  #timer: NodeJS.Timeout | undefined;
  #timerAtMs = Infinity;
  #connection: Connection | null = null;
  #controller: Dispatcher.DispatchController | null = null;
  #receivedBytes = 0;
  #isSettled = false;
  /** The receiver has asked for a pause that is not over yet. */
  #isHeld = false;
  /** What arrived although the socket is paused: the rest of a read, or what a closing socket still held. */
  readonly #backlog: Buffer[] = [];
  /** The end of the answer, kept until the backlog is delivered. */
  #ending: { readonly failure: HttpClientError | null } | null = null;

  constructor(input: ExchangeInput) {
    this.#input = input;
    this.#maxResponseBytes = input.request.maxResponseBytes ?? DEFAULT_MAX_RESPONSE_BYTES;
    this.#totalDeadlineMs = input.clock.monotonicMs() + input.request.timeouts.totalMs;
  }

  begin(): void {
    const { request, pool } = this.#input;
    if (request.signal?.aborted === true) {
      this.#onAbort();
      return;
    }
    request.signal?.addEventListener('abort', this.#onAbort);
    this.#enter('connect', request.timeouts.connectMs);
    try {
      pool.acquire(this);
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Ends it from outside, with kind `aborted`. */
  abort(reason: string): void {
    this.#fail(new HttpClientError('aborted', reason, { phase: this.#phase }));
  }

  start(connection: Connection): void {
    this.#connection = connection;
    connection.dispatch(this.#input.dispatch, this);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    this.#enter('headers', this.#input.request.timeouts.headersMs);
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: RawHeaders): void {
    if (this.#isSettled || status < 200) return;
    const flat = flattenHeaders(headers);
    this.#enter('body', this.#input.request.timeouts.idleMs);
    if (Number(flat['content-length']) > this.#maxResponseBytes) {
      this.#failTooLarge();
      return;
    }
    try {
      this.#input.receiver.onHead(status, flat);
    } catch (error) {
      this.#fail(error);
    }
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#isSettled) return;
    this.#receivedBytes += chunk.length;
    if (this.#receivedBytes > this.#maxResponseBytes) {
      this.#failTooLarge();
      return;
    }
    if (this.#isHeld) {
      this.#backlog.push(chunk);
      return;
    }
    this.#phaseDeadlineMs = this.#input.clock.monotonicMs() + this.#input.request.timeouts.idleMs;
    this.#deliver(chunk);
  }

  onResponseEnd(): void {
    this.#giveConnectionBack(true);
    this.#end(null);
  }

  onResponseError(_controller: Dispatcher.DispatchController | null, error: Error): void {
    if (this.#isSettled) return;
    this.#giveConnectionBack(false);
    this.#end(toHttpClientError(error, this.#phase, this.#input.origin, this.#receivedBytes));
  }

  readonly #onAbort = (): void => {
    this.#fail(
      new HttpClientError('aborted', 'the caller aborted the call', { phase: this.#phase, cause: this.#input.request.signal?.reason }),
    );
  };

  #deliver(chunk: Buffer): void {
    let pending: void | Promise<void>;
    try {
      pending = this.#input.receiver.onData(chunk);
    } catch (error) {
      this.#fail(error);
      return;
    }
    if (pending !== undefined) this.#hold(pending);
  }

  #hold(pending: Promise<void>): void {
    this.#isHeld = true;
    this.#phaseDeadlineMs = Infinity;
    if (this.#ending === null) this.#controller?.pause();
    pending.then(this.#onReceiverReady, (error: unknown) => this.#fail(error));
  }

  readonly #onReceiverReady = (): void => {
    if (this.#isSettled) return;
    this.#isHeld = false;
    while (!this.#isHeld && !this.#isSettled) {
      const chunk = this.#backlog.shift();
      if (chunk === undefined) break;
      this.#deliver(chunk);
    }
    if (this.#isHeld || this.#isSettled) return;
    if (this.#ending !== null) {
      this.#end(this.#ending.failure);
      return;
    }
    this.#enter('body', this.#input.request.timeouts.idleMs);
    this.#controller?.resume();
  };

  #end(failure: HttpClientError | null): void {
    if (this.#isSettled) return;
    if (this.#isHeld) {
      this.#ending = { failure };
      return;
    }
    this.#settle();
    if (failure === null) this.#input.onSettled();
    else this.#input.onSettled(failure);
  }

  #fail(failure: unknown): void {
    if (this.#isSettled) return;
    this.#settle();
    this.#backlog.length = 0;
    if (this.#connection === null) this.#input.pool.cancel(this);
    else {
      this.#controller?.abort(failure instanceof Error ? failure : new Error(String(failure)));
      this.#giveConnectionBack(false);
    }
    this.#input.onSettled(failure);
  }

  #failTooLarge(): void {
    const { origin } = this.#input;
    const message = `the answer of ${origin} is larger than the ${this.#maxResponseBytes} bytes allowed`;
    this.#fail(new HttpClientError('too-large', message, { phase: this.#phase }));
  }

  #giveConnectionBack(isReusable: boolean): void {
    const connection = this.#connection;
    this.#connection = null;
    if (connection !== null) this.#input.pool.release(connection, isReusable);
  }

  #settle(): void {
    this.#isSettled = true;
    clearTimeout(this.#timer);
    this.#input.request.signal?.removeEventListener('abort', this.#onAbort);
  }

  #enter(phase: ExchangePhase, limitMs: number): void {
    const nowMs = this.#input.clock.monotonicMs();
    this.#phase = phase;
    this.#phaseDeadlineMs = nowMs + limitMs;
    const deadlineMs = Math.min(this.#phaseDeadlineMs, this.#totalDeadlineMs);
    if (deadlineMs < this.#timerAtMs) this.#arm(deadlineMs, nowMs);
  }

  #arm(deadlineMs: number, nowMs: number): void {
    clearTimeout(this.#timer);
    this.#timerAtMs = deadlineMs;
    this.#timer = setTimeout(this.#onTimer, Math.max(1, Math.ceil(deadlineMs - nowMs)));
  }

  readonly #onTimer = (): void => {
    const nowMs = this.#input.clock.monotonicMs();
    const deadlineMs = Math.min(this.#phaseDeadlineMs, this.#totalDeadlineMs);
    if (nowMs < deadlineMs) this.#arm(deadlineMs, nowMs);
    else this.#fail(new HttpClientError('timeout', this.#describeTimeout(), { phase: this.#phase }));
  };

  #describeTimeout(): string {
    const { origin, request } = this.#input;
    const { connectMs, headersMs, idleMs, totalMs } = request.timeouts;
    if (this.#totalDeadlineMs <= this.#phaseDeadlineMs) return `${origin} did not finish within ${totalMs} ms (totalMs)`;
    if (this.#phase === 'connect') return `no connection to ${origin} within ${connectMs} ms (connectMs)`;
    if (this.#phase === 'headers') return `${origin} did not begin to answer within ${headersMs} ms (headersMs)`;
    return `${origin} paused its answer for more than ${idleMs} ms (idleMs)`;
  }
}

type RawHeaders = Record<string, string | string[] | undefined>;

function flattenHeaders(headers: RawHeaders): ResponseHeaders {
  const flat: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name];
    if (value !== undefined) flat[name] = typeof value === 'string' ? value : value.join(', ');
  }
  return flat;
}
