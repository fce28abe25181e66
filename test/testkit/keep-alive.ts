import { Agent, request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { text as readText } from 'node:stream/consumers';

export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** Tells connections apart: the port at our end. */
  readonly localPort: number;
}

export interface HttpAsk {
  readonly method?: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Written piece by piece; without a `content-length` header it goes in chunks. */
  readonly body?: readonly (string | Buffer)[];
}

/** A client that sends one request after the other over one connection, as long as the server lets it. */
export interface KeepAliveClient extends Disposable {
  send(ask: HttpAsk): Promise<HttpAnswer>;
}

export function openKeepAlive(): KeepAliveClient {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  return {
    send: ({ method = 'POST', url, headers = {}, body = [] }) =>
      new Promise((resolve, reject) => {
        const request = httpRequest(url, { method, headers, agent });
        let localPort = 0;
        request.once('socket', (socket) => socket.once('connect', () => (localPort = socket.localPort ?? 0)));
        request.once('response', (response) => {
          localPort ||= response.socket.localPort ?? 0;
          const { statusCode: status = 0 } = response;
          readText(response).then((text) => resolve({ status, headers: response.headers, text, localPort }), reject);
        });
        request.once('error', reject);
        for (const piece of body) request.write(piece);
        request.end();
      }),
    [Symbol.dispose]: () => agent.destroy(),
  };
}
