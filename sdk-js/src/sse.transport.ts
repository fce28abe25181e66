import { readChunks } from './bounded-body.ts';
import { ConnectionError } from './errors.ts';
import { parseEventStream } from './event-stream.ts';
import { dataOfResult, isGraphqlResult } from './graphql-result.ts';
import { originOf, post, readResult, toTransportError } from './http.transport.ts';
import type { OperationRequest } from './http.transport.ts';
import type { ClientSettings } from './settings.ts';

/** Runs a subscription by server-sent events. It reads only as fast as the caller does. */
export async function* subscribeOverSse(
  settings: ClientSettings,
  request: OperationRequest,
  signal: AbortSignal | undefined,
): AsyncGenerator<unknown, void, undefined> {
  const leave = new AbortController();
  const either = signal === undefined ? leave.signal : AbortSignal.any([signal, leave.signal]);
  try {
    const response = await post(settings, settings.streamUrl, request, 'text/event-stream', either);
    if (response.headers.get('content-type')?.startsWith('text/event-stream') !== true) {
      dataOfResult(await readResult(response), originOf(response));
      throw new ConnectionError('The server answered a subscription with a single result.', { code: 'CONNECTION' });
    }
    yield* readEvents(response);
  } catch (error) {
    throw toTransportError(error, settings, signal);
  } finally {
    leave.abort();
  }
}

async function* readEvents(response: Response): AsyncGenerator<unknown, void, undefined> {
  const origin = originOf(response);
  for await (const event of parseEventStream(readChunks(response))) {
    if (event.name === 'complete') return;
    if (event.name !== 'next') continue;
    const result: unknown = JSON.parse(event.data);
    if (!isGraphqlResult(result)) throw new ConnectionError('The server sent an event that is no GraphQL result.', { code: 'CONNECTION' });
    yield dataOfResult(result, { requestId: origin.requestId });
  }
  throw new ConnectionError('The stream ended before it was complete. The record of the call tells what became of it.', {
    code: 'CONNECTION',
    requestId: origin.requestId,
  });
}
