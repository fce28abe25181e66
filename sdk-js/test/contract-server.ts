import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { readFileSync } from 'node:fs';
import { buildSchema, graphql, subscribe } from 'graphql';
import { createHandler } from 'graphql-sse/lib/use/http';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';

const sdlText = readFileSync(new URL('../../schema/schema.graphql', import.meta.url), 'utf8');

export type RootValue = Record<string, (args: never) => unknown>;

/** What a test saw arrive. */
export interface SeenRequest {
  readonly path: string;
  readonly authorization: string | undefined;
}

export interface ContractServer extends AsyncDisposable {
  readonly baseUrl: string;
  readonly seen: SeenRequest[];
}

/** A server of the true contract over the stock HTTP, SSE and WebSocket handlers; `root` answers its fields. Closes with the scope. */
export async function startContractServer(root: RootValue): Promise<ContractServer> {
  const schema = buildSchema(sdlText);
  const seen: SeenRequest[] = [];
  const stream = createHandler({ schema, subscribe: (args) => subscribe({ ...args, rootValue: root }) });
  const server = createServer((request, response) => {
    seen.push({ path: request.url ?? '', authorization: request.headers.authorization });
    void (request.url === '/graphql/stream' ? stream(request, response) : answer(request, response));
  });
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { query, variables } = JSON.parse(await readBody(request)) as { query: string; variables: Record<string, unknown> };
    const result = await graphql({ schema, source: query, rootValue: root, variableValues: variables });
    response.setHeader('content-type', 'application/graphql-response+json');
    response.setHeader('x-request-id', 'request-1');
    response.end(JSON.stringify(result));
  };
  const sockets = new WebSocketServer({ server, path: '/graphql' });
  const live = useServer(
    {
      schema,
      roots: { subscription: root },
      onConnect: ({ connectionParams }) => {
        seen.push({ path: 'ws', authorization: String(connectionParams?.['authorization']) });
        return connectionParams?.['authorization'] === 'Bearer key-1';
      },
    },
    sockets,
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    baseUrl: addressOf(server.address()),
    seen,
    async [Symbol.asyncDispose]() {
      await live.dispose();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A server that answers every request as the test says. */
export async function startRawServer(
  handle: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<AsyncDisposable & { readonly baseUrl: string }> {
  const server = createServer(handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    baseUrl: addressOf(server.address()),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function addressOf(address: ReturnType<ReturnType<typeof createServer>['address']>): string {
  if (address === null || typeof address === 'string') throw new Error('The test server has no port.');
  return `http://127.0.0.1:${address.port}`;
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
