import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A server on loopback, on a free port, that ends with the `await using` block that opened it. */
export interface LoopbackServer extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  /** Connections accepted so far. */
  readonly accepted: number;
  /** Connections open now. */
  readonly open: number;
  /** Resolves when no connection is open any more. */
  drained(): Promise<void>;
}

export function serveHttp(listener: RequestListener, host = '127.0.0.1'): Promise<LoopbackServer> {
  return listen(createHttpServer({ keepAliveTimeout: 60_000 }, listener), host);
}

/** Speaks whatever `onConnection` writes: the way to be a broken HTTP server. */
export function serveTcp(onConnection: (socket: Socket) => void, host = '127.0.0.1'): Promise<LoopbackServer> {
  return listen(createServer(onConnection), host);
}

/** Any server of `node:net`, TLS included. */
export async function listen(server: Server, host: string): Promise<LoopbackServer> {
  const sockets = new Set<Socket>();
  const waiters: (() => void)[] = [];
  let accepted = 0;
  server.on('connection', (socket: Socket) => {
    accepted += 1;
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => {
      sockets.delete(socket);
      if (sockets.size === 0) for (const wake of waiters.splice(0)) wake();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${host}:${port}`,
    port,
    get accepted() {
      return accepted;
    },
    get open() {
      return sockets.size;
    },
    drained: () => (sockets.size === 0 ? Promise.resolve() : new Promise((resolve) => waiters.push(resolve))),
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
