import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { serveHttp } from './loopback.ts';

/** Whose wire an upstream speaks. */
export type Wire = 'openai' | 'anthropic';

export interface UpstreamRequest {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** A form's fields; null when the body is none. */
  readonly form: FormData | null;
  readonly body: Readonly<Record<string, unknown>>;
  readonly isStream: boolean;
  /** Resolves when its connection's answer is over: true when it was cut off before it was complete. */
  readonly wasCutOff: Promise<boolean>;
}

export type Answer = (response: ServerResponse, request: UpstreamRequest) => void | Promise<void>;

/** A provider on loopback, made by us: it answers as a test tells it and remembers what it was asked. */
export interface Upstream extends AsyncDisposable {
  /** As the server's settings want it. */
  readonly baseUrl: string;
  readonly requests: readonly UpstreamRequest[];
  /** Connections that are open now. */
  readonly open: number;
  /** Resolves with the first request that `matches`, which may have come already. */
  received(matches: (request: UpstreamRequest) => boolean): Promise<UpstreamRequest>;
}

export async function serveUpstream(wire: Wire, answer: Answer): Promise<Upstream> {
  const requests: UpstreamRequest[] = [];
  const waiting: { matches: (request: UpstreamRequest) => boolean; resolve: (request: UpstreamRequest) => void }[] = [];
  const server = await serveHttp((message, response) => {
    void readRequest(message, response).then(async (request) => {
      requests.push(request);
      for (const { matches, resolve } of waiting) if (matches(request)) resolve(request);
      await answer(response, request);
    });
  });
  return {
    baseUrl: wire === 'openai' ? `${server.url}/v1` : server.url,
    requests,
    get open() {
      return server.open;
    },
    received: (matches) => {
      const known = requests.find(matches);
      return known === undefined ? new Promise((resolve) => waiting.push({ matches, resolve })) : Promise.resolve(known);
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

async function readRequest(message: IncomingMessage, response: ServerResponse): Promise<UpstreamRequest> {
  const wasCutOff = new Promise<boolean>((resolve) => response.once('close', () => resolve(!response.writableFinished)));
  const chunks: Buffer[] = [];
  for await (const chunk of message as AsyncIterable<Buffer>) chunks.push(chunk);
  const raw = Buffer.concat(chunks);
  const text = raw.toString('utf8');
  const contentType = message.headers['content-type'] ?? '';
  const form = contentType.startsWith('multipart/')
    ? await new Response(raw, { headers: { 'content-type': contentType } }).formData()
    : null;
  const body = (text === '' || form !== null ? {} : JSON.parse(text)) as Record<string, unknown>;
  return { path: message.url ?? '', headers: message.headers, text, form, body, isStream: body['stream'] === true, wasCutOff };
}

export function sendJson(response: ServerResponse, status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

export function beginStream(response: ServerResponse): ServerResponse {
  return response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'x-request-id': 'req_upstream' });
}

/** One server-sent event; Anthropic's carry their type as a name too. */
export function toEvent(wire: Wire, data: unknown): string {
  const text = typeof data === 'string' ? data : JSON.stringify(data);
  const type = wire === 'anthropic' ? (data as { type?: string }).type : undefined;
  return `${type === undefined ? '' : `event: ${type}\n`}data: ${text}\n\n`;
}

/** A plain answer of one sentence, as events in order: head, the words, finish with usage (7 in, 3 out), end. */
export function plainEvents(wire: Wire, words: readonly string[]): { head: string[]; words: string[]; end: string[] } {
  const event = (data: unknown): string => toEvent(wire, data);
  if (wire === 'openai') {
    const chunk = (delta: unknown, finish: string | null = null): string =>
      event({
        id: 'chatcmpl-made',
        object: 'chat.completion.chunk',
        created: 1_795_000_000,
        model: 'gpt-4.1-mini-2025-04-14',
        choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }],
        usage: null,
      });
    const usage = { prompt_tokens: 7, completion_tokens: 3, total_tokens: 10 };
    return {
      head: [chunk({ role: 'assistant', content: '', refusal: null })],
      words: words.map((content) => chunk({ content })),
      end: [
        chunk({}, 'stop'),
        event({
          id: 'chatcmpl-made',
          object: 'chat.completion.chunk',
          created: 1_795_000_000,
          model: 'gpt-4.1-mini-2025-04-14',
          choices: [],
          usage,
        }),
        event('[DONE]'),
      ],
    };
  }
  const usage = { input_tokens: 7, output_tokens: 1, cache_read_input_tokens: 0, cache_creation_input_tokens: 0 };
  const message = {
    id: 'msg_made',
    type: 'message',
    role: 'assistant',
    model: 'claude-haiku-4-5-20251001',
    content: [],
    stop_reason: null,
    stop_sequence: null,
    usage,
  };
  return {
    head: [
      event({ type: 'message_start', message }),
      event({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } }),
    ],
    words: words.map((word) => event({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: word } })),
    end: [
      event({ type: 'content_block_stop', index: 0 }),
      event({ type: 'message_delta', delta: { stop_reason: 'end_turn', stop_sequence: null }, usage: { output_tokens: 3 } }),
      event({ type: 'message_stop' }),
    ],
  };
}

/** The same answer whole. */
export function plainBody(wire: Wire, content: string): Record<string, unknown> {
  if (wire === 'openai')
    return {
      id: 'chatcmpl-made',
      object: 'chat.completion',
      created: 1_795_000_000,
      model: 'gpt-4.1-mini-2025-04-14',
      choices: [
        { index: 0, message: { role: 'assistant', content, refusal: null, annotations: [] }, logprobs: null, finish_reason: 'stop' },
      ],
      usage: { prompt_tokens: 7, completion_tokens: 3, total_tokens: 10 },
      service_tier: 'default',
      system_fingerprint: 'fp_made',
    };
  return {
    id: 'msg_made',
    type: 'message',
    role: 'assistant',
    model: 'claude-haiku-4-5-20251001',
    content: [{ type: 'text', text: content }],
    stop_reason: 'end_turn',
    stop_sequence: null,
    usage: { input_tokens: 7, output_tokens: 3, cache_read_input_tokens: 0, cache_creation_input_tokens: 0 },
  };
}

/** The error body of a wire. */
export function errorBody(
  wire: Wire,
  error: { readonly message: string; readonly type: string; readonly code?: string; readonly param?: string },
): unknown {
  if (wire === 'anthropic') return { type: 'error', error: { type: error.type, message: error.message }, request_id: 'req_upstream' };
  return { error: { message: error.message, type: error.type, param: error.param ?? null, code: error.code ?? null } };
}

/** Ends the connection by a reset, as a crashed server does. */
export function reset(response: ServerResponse): void {
  response.socket?.resetAndDestroy();
}
