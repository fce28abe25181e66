/** One keep-alive connection of the load generator: one call at a time, raw bytes out, checked answer in. */
import { connect, type Socket } from 'node:net';
import type { AnswerCheck } from './answer-check.ts';
import { headerValue, WireReader } from './http-wire.ts';

/** How one call ended. Times from `performance.now()`. */
export interface CallOutcome {
  failure: string | undefined;
  /** First byte of the answer's body; undefined when none came. */
  firstByteAt: number | undefined;
  endedAt: number;
  check: AnswerCheck;
}

export class LoadConnection {
  readonly #socket: Socket;
  readonly #reader: WireReader;
  #check: AnswerCheck | undefined;
  #done: ((outcome: CallOutcome) => void) | undefined;
  #firstByteAt: number | undefined;
  #isUsable = true;
  #mustClose = false;

  private constructor(socket: Socket) {
    this.#socket = socket;
    this.#reader = new WireReader('response', {
      head: (line, block) => {
        const length = headerValue(block, 'content-length');
        this.#mustClose = headerValue(block, 'connection')?.toLowerCase() === 'close';
        this.#check?.head(line.slice(9, 12), length === undefined ? undefined : Number(length));
      },
      body: (piece) => {
        this.#firstByteAt ??= performance.now();
        this.#check?.body(piece);
      },
      end: () => this.#finish(this.#check?.failure()),
      error: (error) => this.#break(error.message),
    });
    socket.on('data', (piece: Buffer) => this.#reader.push(piece));
    socket.on('error', (error) => this.#break(error.message));
    socket.on('close', () => {
      this.#reader.close();
      this.#break('connection closed before the answer ended');
    });
  }

  static open(hostname: string, port: number): Promise<LoadConnection> {
    return new Promise((resolve, reject) => {
      const socket = connect({ host: hostname, port, noDelay: true });
      socket.once('error', reject);
      socket.once('connect', () => {
        socket.off('error', reject);
        resolve(new LoadConnection(socket));
      });
    });
  }

  /** False once the peer closed it or an answer could not be read. */
  get isUsable(): boolean {
    return this.#isUsable;
  }

  /** Sends one request; `done` is called exactly once. */
  call(request: Buffer, check: AnswerCheck, done: (outcome: CallOutcome) => void): void {
    this.#check = check;
    this.#done = done;
    this.#firstByteAt = undefined;
    this.#socket.write(request);
  }

  /** Closes the connection; a call in flight fails with `reason`. */
  close(reason: string): void {
    this.#break(reason);
  }

  #break(reason: string): void {
    this.#isUsable = false;
    this.#socket.destroy();
    this.#finish(reason);
  }

  #finish(failure: string | undefined): void {
    if (this.#mustClose) {
      this.#isUsable = false;
      this.#socket.destroy();
    }
    const check = this.#check;
    const done = this.#done;
    this.#check = undefined;
    this.#done = undefined;
    if (check !== undefined && done !== undefined) {
      done({ failure, firstByteAt: this.#firstByteAt, endedAt: performance.now(), check });
    }
  }
}
