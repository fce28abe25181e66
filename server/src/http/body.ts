import type { IncomingMessage } from 'node:http';
import { AntiphonError } from '../kernel/errors/index.ts';

/** A body that is too large: doors answer 413 in their dialect. */
export class BodyTooLarge extends AntiphonError {
  constructor(maxBytes: number) {
    super('INVALID_INPUT', `The body is larger than ${maxBytes} bytes. Send less, or raise ANTIPHON_MAX_BODY_BYTES.`);
  }
}

/** Reads a body up to `maxBytes`; rejects with `BodyTooLarge` without reading on, or INVALID_INPUT when it breaks off. */
export function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const declared = Number(request.headers['content-length'] ?? 0);
  if (declared > maxBytes) return Promise.reject(new BodyTooLarge(maxBytes));
  return new Promise((resolve, reject) => {
    let chunks: Buffer[] | null = null;
    let first: Buffer | null = null;
    let size = 0;
    const onData = (chunk: Buffer): void => {
      size += chunk.length;
      if (size > maxBytes) {
        request.off('data', onData);
        request.pause();
        reject(new BodyTooLarge(maxBytes));
      } else if (first === null) first = chunk;
      else (chunks ??= [first]).push(chunk);
    };
    request.on('data', onData);
    request.once('end', () => resolve(chunks !== null ? Buffer.concat(chunks, size) : (first ?? Buffer.alloc(0))));
    request.once('error', (cause) => reject(new AntiphonError('CANCELLED', 'The request broke off.', { cause })));
    request.once('aborted', () => reject(new AntiphonError('CANCELLED', 'The request broke off.')));
  });
}
