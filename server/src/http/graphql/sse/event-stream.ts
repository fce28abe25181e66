import type { ServerResponse } from 'node:http';
import type { FormattedExecutionResult } from 'graphql';
import { toEntityId } from '../../entity-id.ts';
import type { Exchange } from '../../route.ts';
import type { ExecutionOutput } from '../executor/index.ts';

/** A comment this often keeps proxies from taking a quiet stream for a dead one. */
const PING_EVERY_MS = 12_000;
/** A provider that never pauses must not be gathered without end. */
const MAX_GATHERED_CHARACTERS = 16 * 1024;
const PING = ':\n\n';
const COMPLETE = 'event: complete\ndata:\n\n';

/**
 * Sends results as server-sent events (GraphQL over SSE, distinct connections mode): `next` for each, then `complete`. A result is asked
 * for only when the socket has taken the one before, so a slow reader slows the provider, not our memory.
 */
export async function sendEventStream({ response, requestId }: Exchange, output: ExecutionOutput): Promise<void> {
  if (response.destroyed) {
    if (Symbol.asyncIterator in output) await output.return?.();
    return;
  }
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
    'x-request-id': toEntityId('completion', requestId),
  });
  // Some clients take a stream for open only when they have read something.
  response.write(PING);
  if (Symbol.asyncIterator in output) await pump(response, output);
  else response.write(toFrame(output));
  response.end(COMPLETE);
}

async function pump(response: ServerResponse, results: AsyncIterableIterator<FormattedExecutionResult>): Promise<void> {
  const writer = new FrameWriter(response);
  const ping = setInterval(() => writer.write(PING), PING_EVERY_MS);
  const onClose = (): void => void results.return?.();
  response.once('close', onClose);
  try {
    for (;;) {
      const { done, value } = await results.next();
      if (done === true || response.destroyed) return;
      writer.write(toFrame(value));
      if (response.writableNeedDrain) await drained(response);
    }
  } finally {
    clearInterval(ping);
    response.off('close', onClose);
    writer.flush();
  }
}

/** Writes frames of one turn together: what a provider sent at once goes out by one system call. */
class FrameWriter {
  readonly #response: ServerResponse;
  #frames = '';

  constructor(response: ServerResponse) {
    this.#response = response;
  }

  write(frame: string): void {
    if (this.#frames === '') process.nextTick(() => this.flush());
    this.#frames += frame;
    if (this.#frames.length >= MAX_GATHERED_CHARACTERS) this.flush();
  }

  flush(): void {
    const frames = this.#frames;
    if (frames === '') return;
    this.#frames = '';
    if (!this.#response.destroyed && !this.#response.writableEnded) this.#response.write(frames);
  }
}

function toFrame(result: FormattedExecutionResult): string {
  return `event: next\ndata: ${JSON.stringify(result)}\n\n`;
}

/** Resolves when the socket takes more, or is gone. */
function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    if (response.destroyed) {
      resolve();
      return;
    }
    const done = (): void => {
      response.off('drain', done);
      response.off('close', done);
      resolve();
    };
    response.on('drain', done);
    response.on('close', done);
  });
}
