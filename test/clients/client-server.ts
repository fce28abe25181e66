import { createTestDatabase, type TestDatabase } from '../testkit/database.ts';
import { startServerProcess, type ServerProcess } from '../testkit/server-process.ts';
import { beginStream, sendJson, serveUpstream, type Upstream, type UpstreamRequest, type Wire } from '../testkit/upstream.ts';
import { answerFor, toBody, toEvents } from './made-answers.ts';

export const MODELS: Readonly<Record<Wire, string>> = { openai: 'openai/gpt-4.1-mini', anthropic: 'anthropic/claude-haiku-4-5' };
/** Exactly representable in 32 bits, so that they come out of every encoding as they went in. */
export const VECTORS: readonly (readonly number[])[] = [
  [0.5, -0.25, 0.125],
  [1, 0, -1],
];

/** The server with an OpenAI and an Anthropic behind it, both made by us. */
export interface ClientServer extends AsyncDisposable {
  readonly server: ServerProcess;
  readonly database: TestDatabase;
  readonly upstreams: Readonly<Record<Wire, Upstream>>;
}

/** Something a test does with one request instead of the answer that is made for it. */
export type Override = (request: UpstreamRequest, response: Parameters<typeof sendJson>[0]) => boolean;

export async function startClientServer(override: Override = () => false): Promise<ClientServer> {
  const database = await createTestDatabase();
  const serve = (wire: Wire): Promise<Upstream> =>
    serveUpstream(wire, (response, request) => {
      if (override(request, response)) return;
      if (request.path.endsWith('/embeddings')) sendEmbeddings(response, request);
      else if (request.path.endsWith('/count_tokens')) sendJson(response, 200, { input_tokens: 42 });
      else if (request.isStream) beginStream(response).end(toEvents(wire, answerFor(request)).join(''));
      else sendJson(response, 200, toBody(wire, answerFor(request)), { 'x-request-id': 'req_upstream' });
    });
  const upstreams = { openai: await serve('openai'), anthropic: await serve('anthropic') };
  const server = await startServerProcess({
    databaseUrl: database.url,
    env: {
      OPENAI_API_KEY: 'sk-upstream',
      OPENAI_BASE_URL: upstreams.openai.baseUrl,
      ANTHROPIC_API_KEY: 'sk-ant-upstream',
      ANTHROPIC_BASE_URL: upstreams.anthropic.baseUrl,
    },
  });
  return {
    server,
    database,
    upstreams,
    [Symbol.asyncDispose]: async () => {
      await server[Symbol.asyncDispose]();
      await upstreams.openai[Symbol.asyncDispose]();
      await upstreams.anthropic[Symbol.asyncDispose]();
      await database.drop();
    },
  };
}

function sendEmbeddings(response: Parameters<typeof sendJson>[0], { body }: UpstreamRequest): void {
  const inputs = Array.isArray(body['input']) ? body['input'] : [body['input']];
  const encode = (vector: readonly number[]): unknown =>
    body['encoding_format'] === 'base64' ? Buffer.from(Float32Array.from(vector).buffer).toString('base64') : vector;
  sendJson(response, 200, {
    object: 'list',
    data: inputs.map((_, index) => ({ object: 'embedding', index, embedding: encode(VECTORS[index] ?? []) })),
    model: 'text-embedding-3-small',
    usage: { prompt_tokens: 8, total_tokens: 8 },
  });
}
