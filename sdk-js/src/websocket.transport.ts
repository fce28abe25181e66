import { ConfigurationError, ConnectionError, createError } from './errors.ts';
import { dataOfResult, isRecord, toAntiphonError } from './graphql-result.ts';
import { toTransportError } from './http.transport.ts';
import type { OperationRequest } from './http.transport.ts';
import type { ClientSettings } from './settings.ts';

/** A socket cannot ask its sender to wait; a reader that falls this far behind is cut off instead of filling the memory. */
const MAX_QUEUED_EVENTS = 10_000;
const OPERATION_ID = '1';

const CODE_BY_CLOSE: Readonly<Record<number, string>> = {
  1012: 'UNAVAILABLE',
  1013: 'UNAVAILABLE',
  4400: 'INVALID_INPUT',
  4401: 'UNAUTHENTICATED',
  // The protocol's answer to a connection_init with a wrong key; a missing permission is an error of the operation.
  4403: 'UNAUTHENTICATED',
  4429: 'RATE_LIMITED',
};

/** Runs a subscription over a WebSocket of its own, by the protocol `graphql-transport-ws`. */
export async function* subscribeOverWebsocket(
  settings: ClientSettings,
  request: OperationRequest,
  signal: AbortSignal | undefined,
): AsyncGenerator<unknown, void, undefined> {
  if (typeof globalThis.WebSocket !== 'function') {
    throw new ConfigurationError('There is no global WebSocket here. Use transport `sse`, or Node 22 or newer.', { code: 'CONFIGURATION' });
  }
  const queue = new EventQueue();
  const abort = (): void => queue.fail(signal?.reason);
  signal?.addEventListener('abort', abort, { once: true });
  if (signal?.aborted === true) abort();
  const socket = queue.hasEnded ? null : connect(settings, request, queue);
  try {
    yield* queue.drain();
  } catch (error) {
    throw toTransportError(error, settings, signal);
  } finally {
    signal?.removeEventListener('abort', abort);
    if (socket !== null) leave(socket);
  }
}

function connect(settings: ClientSettings, request: OperationRequest, queue: EventQueue): WebSocket {
  const socket = new WebSocket(settings.websocketUrl, 'graphql-transport-ws');
  const send = (message: object): void => socket.send(JSON.stringify(message));
  socket.addEventListener('open', () => send({ type: 'connection_init', payload: { authorization: `Bearer ${settings.apiKey}` } }));
  socket.addEventListener('message', (event) => {
    try {
      receive(JSON.parse(String(event.data)), { request, queue, send });
    } catch (error) {
      queue.fail(error);
    }
  });
  socket.addEventListener('error', () => queue.fail(new Error('the WebSocket could not be opened or broke')));
  socket.addEventListener('close', ({ code, reason }) => queue.fail(toCloseError(code, reason)));
  return socket;
}

interface Conversation {
  readonly request: OperationRequest;
  readonly queue: EventQueue;
  readonly send: (message: object) => void;
}

function receive(message: unknown, { request, queue, send }: Conversation): void {
  const { type, payload } = isRecord(message) ? message : {};
  switch (type) {
    case 'connection_ack':
      return send({ id: OPERATION_ID, type: 'subscribe', payload: request });
    case 'ping':
      return send({ type: 'pong' });
    case 'next':
      return queue.push(dataOfResult(isRecord(payload) ? payload : {}));
    case 'error':
      return queue.fail(toAntiphonError(Array.isArray(payload) ? payload[0] : payload));
    case 'complete':
      return queue.end();
    case 'pong':
      return;
    default:
      queue.fail(new ConnectionError('The server sent a message that is not of graphql-transport-ws.', { code: 'CONNECTION' }));
  }
}

function leave(socket: WebSocket): void {
  if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ id: OPERATION_ID, type: 'complete' }));
  socket.close(1000);
}

function toCloseError(code: number, reason: string): Error {
  const known = CODE_BY_CLOSE[code];
  const message = reason === '' ? `The server closed the connection with code ${code}.` : `The server closed the connection: ${reason}`;
  return known === undefined ? new ConnectionError(message, { code: 'CONNECTION' }) : createError(known, message);
}

/** Hands events from callbacks to one reader. What was pushed before an end or a failure is still delivered. */
class EventQueue {
  readonly #events: unknown[] = [];
  #ended: { readonly error: unknown; readonly isFailure: boolean } | null = null;
  #wake: (() => void) | null = null;

  get hasEnded(): boolean {
    return this.#ended !== null;
  }

  push(event: unknown): void {
    if (this.#ended !== null) return;
    if (this.#events.length >= MAX_QUEUED_EVENTS) {
      const message = `The reader fell ${MAX_QUEUED_EVENTS} events behind. Read faster, or use transport sse, which waits.`;
      return this.fail(new ConnectionError(message, { code: 'CONNECTION' }));
    }
    this.#events.push(event);
    this.#wake?.();
  }

  end(): void {
    this.#ended ??= { error: undefined, isFailure: false };
    this.#wake?.();
  }

  fail(error: unknown): void {
    this.#ended ??= { error, isFailure: true };
    this.#wake?.();
  }

  async *drain(): AsyncGenerator<unknown, void, undefined> {
    for (;;) {
      while (this.#events.length > 0) yield this.#events.shift();
      if (this.#ended?.isFailure === true) throw this.#ended.error;
      if (this.#ended !== null) return;
      await new Promise<void>((resolve) => (this.#wake = resolve));
      this.#wake = null;
    }
  }
}
