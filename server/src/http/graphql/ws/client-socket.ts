import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { Clock } from '../../../kernel/clock/index.ts';
import { MessageBucket } from './message-bucket.ts';
import { CloseCode, type SocketLimits } from './socket-limits.ts';

const MAX_REASON_BYTES = 123;
/** Time for the close to reach a client that is cut off. */
const CUT_OFF_AFTER_MS = 1000;

/** One client's socket: what it sends is rationed, what it is sent waits until it reads, and silence ends it. */
export class ClientSocket {
  readonly #socket: WebSocket;
  readonly #stream: Duplex;
  readonly #limits: SocketLimits;
  readonly #bucket: MessageBucket;
  readonly #pinger: NodeJS.Timeout;
  #isAlive = true;

  /** `stream` is what the socket writes to; it tells when more can be written. */
  constructor(socket: WebSocket, stream: Duplex, limits: SocketLimits, clock: Clock) {
    this.#socket = socket;
    this.#stream = stream;
    this.#limits = limits;
    this.#bucket = new MessageBucket(limits.messageRate, clock);
    this.#pinger = setInterval(() => this.#ping(), limits.pingEveryMs);
    socket.on('ping', (data) => {
      if (this.#mayRead()) socket.pong(data);
    });
    socket.on('pong', () => {
      this.#isAlive = true;
      this.#mayRead();
    });
    // What is wrong with a socket is told by its close.
    socket.on('error', () => undefined);
    socket.once('close', () => clearInterval(this.#pinger));
  }

  get protocol(): string {
    return this.#socket.protocol;
  }

  get isOpen(): boolean {
    return this.#socket.readyState === this.#socket.OPEN;
  }

  onMessage(read: (data: string) => Promise<void>, onFailure: (error: unknown) => void): void {
    this.#socket.on('message', (data, isBinary) => {
      if (!this.#mayRead()) return;
      const text = isBinary || !Buffer.isBuffer(data) ? '' : data.toString('utf8');
      read(text).catch((error: unknown) => {
        onFailure(error);
        this.close(CloseCode.internal, 'Internal error');
      });
    });
  }

  onClose(closed: (code: number, reason: string) => void): void {
    this.#socket.once('close', (code, reason) => closed(code, reason.toString('utf8')));
  }

  /** Resolves at once while the client reads; otherwise when it has caught up or is gone. */
  send(text: string): void | Promise<void> {
    if (!this.isOpen) return undefined;
    this.#gather();
    this.#socket.send(text);
    if (!this.#stream.writableNeedDrain) return undefined;
    return this.#drained();
  }

  close(code: number, reason: string): void {
    const bytes = Buffer.from(reason, 'utf8');
    this.#socket.close(code, bytes.length <= MAX_REASON_BYTES ? reason : bytes.subarray(0, MAX_REASON_BYTES).toString('latin1'));
  }

  /** For clients that may not stop for a close: nothing they send is read any more, and soon the connection is gone. */
  #cutOff(code: number, reason: string): void {
    this.close(code, reason);
    this.#socket.pause();
    setTimeout(() => this.#socket.terminate(), CUT_OFF_AFTER_MS).unref();
  }

  /** What is sent in one turn goes out together. */
  #gather(): void {
    if (this.#stream.writableCorked > 0) return;
    this.#stream.cork();
    process.nextTick(() => this.#stream.uncork());
  }

  /** Whether one more message may be read; closes the socket otherwise. */
  #mayRead(): boolean {
    if (!this.isOpen) return false;
    if (this.#bucket.take()) return true;
    const { perSecond, burst } = this.#limits.messageRate;
    this.#cutOff(CloseCode.tooMany, `Too many messages; ${perSecond} a second are allowed, ${burst} at once`);
    return false;
  }

  #drained(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        if (this.#socket.bufferedAmount <= this.#limits.maxBufferedBytes) return;
        this.#cutOff(CloseCode.tooSlow, 'The client reads too slowly');
      }, this.#limits.drainWaitMs);
      const done = (): void => {
        clearTimeout(timer);
        this.#stream.off('drain', done);
        this.#stream.off('close', done);
        resolve();
      };
      this.#stream.on('drain', done);
      this.#stream.on('close', done);
      if (this.#stream.destroyed) done();
    });
  }

  #ping(): void {
    if (!this.#isAlive) {
      this.#socket.terminate();
      return;
    }
    this.#isAlive = false;
    if (this.isOpen) this.#socket.ping();
  }
}
