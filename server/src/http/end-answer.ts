import type { IncomingMessage, ServerResponse } from 'node:http';

/** What may still come of a body whose request has been answered: enough for its sender to read the answer, and no more. */
const LINGER_MS = 5000;
const LINGER_MAX_BYTES = 64 * 1024 * 1024;
/** How long a caller that does not read may keep the last of a stream waiting. */
const FLUSH_MS = 30_000;

/**
 * Ends an answer whose head, with `content-length`, has been written. Where the request's body is still coming, it is read on and thrown
 * away for a while first: a connection that is closed under its sender is reset, and the answer would be lost with it.
 */
export function endAnswer(request: IncomingMessage, response: ServerResponse, text: string): void {
  if (request.complete || request.destroyed) {
    response.end(text);
    return;
  }
  response.write(text);
  let leftBytes = LINGER_MAX_BYTES;
  const onData = (chunk: Buffer): void => {
    leftBytes -= chunk.length;
    if (leftBytes < 0) end();
  };
  const end = (): void => {
    clearTimeout(timer);
    request.off('data', onData).off('end', end).off('close', end);
    response.end();
  };
  const timer = setTimeout(end, LINGER_MS);
  timer.unref();
  request.on('data', onData).once('end', end).once('close', end).resume();
}

/** Ends a stream with its last bytes. A caller that does not read them in time loses its connection: nothing else would ever close it. */
export function endStream(response: ServerResponse, bytes: Buffer | string): void {
  response.end(bytes);
  if (response.writableLength === 0) return;
  const timer = setTimeout(() => response.destroy(), FLUSH_MS);
  timer.unref();
  response.once('close', () => clearTimeout(timer));
}
