import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

const LINE_END = '\r\n';
const LINE_END_BYTES = 2;

/**
 * Writes the pieces of a long answer. After the head has gone out with the first piece, each further one is framed here (RFC 9112 §7.1) and
 * handed to the connection as one buffer: `response.write` would hand over four for each and join them again, which costs as much as the
 * rest of a relayed piece. Falls back to it wherever the connection is not the response's own at the moment.
 */
export class ChunkWriter {
  readonly #response: ServerResponse;
  #hasWritten = false;
  #isCorked = false;

  constructor(response: ServerResponse) {
    this.#response = response;
  }

  /** A promise when the connection is full, kept when it has room again or is closed. */
  write(bytes: Buffer): void | Promise<void> {
    const response = this.#response;
    const { socket } = response;
    if (response.destroyed || bytes.length === 0) return undefined;
    if (!this.#hasWritten || socket === null || !isFramedByUs(response, socket)) {
      this.#hasWritten = true;
      return response.write(bytes) ? undefined : this.#room(response);
    }
    this.#cork(socket);
    return socket.write(frame(bytes)) ? undefined : this.#room(socket);
  }

  /** Pieces that came in one read go out in one write. */
  #cork(socket: Socket): void {
    if (this.#isCorked) return;
    this.#isCorked = true;
    socket.cork();
    process.nextTick(() => {
      this.#isCorked = false;
      socket.uncork();
    });
  }

  #room(full: ServerResponse | Socket): Promise<void> {
    const response = this.#response;
    return new Promise((resolve) => {
      const done = (): void => {
        full.off('drain', done);
        response.off('close', done);
        resolve();
      };
      full.on('drain', done);
      response.on('close', done);
    });
  }
}

/** Whether the head is out, the answer is chunked, and nothing of it waits inside the response. */
function isFramedByUs(response: ServerResponse, socket: Socket): boolean {
  return response.headersSent && response.chunkedEncoding && socket.writable && response.writableCorked === 0;
}

function frame(bytes: Buffer): Buffer {
  const size = bytes.length.toString(16);
  const framed = Buffer.allocUnsafe(size.length + bytes.length + 2 * LINE_END_BYTES);
  framed.write(size + LINE_END, 0, 'latin1');
  bytes.copy(framed, size.length + LINE_END_BYTES);
  framed.write(LINE_END, size.length + LINE_END_BYTES + bytes.length, 'latin1');
  return framed;
}
