import type { HttpClient, OutboundRequest } from '../../../../kernel/http-client/index.ts';
import type { GoogleCredential } from './gemini.settings.ts';

/**
 * A client that proves to Google who we are, for adapters of other makers' wires that Google serves. A token that is refused is not used
 * again. Closing it closes nothing.
 */
export function createGoogleHttpClient(client: HttpClient, credential: GoogleCredential): HttpClient {
  const authorised = async (request: OutboundRequest): Promise<OutboundRequest> => {
    const signal = request.signal ?? new AbortController().signal;
    const headers = await credential.headers({ signal, remainingMs: request.timeouts.totalMs });
    return { ...request, headers: { ...request.headers, ...headers } };
  };
  const onStatus = (status: number): void => {
    if (status === 401) credential.discard();
  };
  return {
    send: async (request) => {
      const response = await client.send(await authorised(request));
      onStatus(response.status);
      return response;
    },
    stream: async (request, receiver) =>
      client.stream(await authorised(request), {
        onHead: (status, headers) => {
          onStatus(status);
          receiver.onHead(status, headers);
        },
        onData: (chunk) => receiver.onData(chunk),
      }),
    close: () => Promise.resolve(),
  };
}
