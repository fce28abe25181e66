/** Providers that answer as they are told in the prompt, and repeat in their failures whatever they were sent. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { MadeAnswer } from '../clients/made-answers.ts';
import { anthropicFamily } from '../matrix/anthropic.family.ts';
import { bedrockFamily } from '../matrix/bedrock.family.ts';
import type { Json } from '../matrix/caller.ts';
import type { Family } from '../matrix/family.ts';
import { geminiFamily } from '../matrix/gemini.family.ts';
import { openaiFamily } from '../matrix/openai.family.ts';
import { serveHttp, type LoopbackServer } from '../testkit/loopback.ts';
import { sendJson } from '../testkit/upstream.ts';
import type { Markers } from './markers.ts';

/** What an upstream does; the prompt names it as `[do <name>]`, or the base URL as `/do-<name>/`. */
export const DEEDS = [
  'answer',
  'unauthorized',
  'refuse',
  'limit',
  'fail',
  'garbage',
  'hang',
  'reset',
  'redirect',
  'break',
  'complain',
] as const;
export type Deed = (typeof DEEDS)[number];

const STATUS: Partial<Readonly<Record<Deed, number>>> = { unauthorized: 401, refuse: 400, limit: 429, fail: 500 };

const WORDS: Partial<Readonly<Record<Deed, readonly [type: string, status: string]>>> = {
  unauthorized: ['authentication_error', 'UNAUTHENTICATED'],
  refuse: ['invalid_request_error', 'INVALID_ARGUMENT'],
  limit: ['rate_limit_error', 'RESOURCE_EXHAUSTED'],
  fail: ['api_error', 'INTERNAL'],
};

function familyOf(path: string): Family {
  if (path.includes('/model/')) return bedrockFamily;
  if (path.includes(':')) return geminiFamily;
  return path.endsWith('/messages') ? anthropicFamily : openaiFamily;
}

export function serveMarkedUpstream(markers: Markers): Promise<LoopbackServer> {
  return serveHttp((request, response) => void answer(request, response, markers));
}

async function answer(request: IncomingMessage, response: ServerResponse, markers: Markers): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString();
  const deed = (/\[do (\w+)\]/.exec(text)?.[1] ?? /\/do-(\w+)\//.exec(request.url ?? '')?.[1] ?? 'answer') as Deed;
  const headers = { 'x-debug': markers.upstreamHeader, 'set-cookie': `session=${markers.upstreamHeader}` };
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  // Everything that a careless provider could repeat: credentials from headers and query, and what was asked.
  const echo = `${markers.upstreamError} ${request.url ?? ''} ${JSON.stringify(request.headers)} ${text}`;
  const status = STATUS[deed];
  if (status !== undefined) {
    const [type, name] = WORDS[deed] ?? ['', ''];
    sendJson(response, status, { type: 'error', message: echo, error: { message: echo, type, code: type, status: name, param: null } });
    return;
  }
  switch (deed) {
    case 'garbage':
      response.writeHead(200, { 'content-type': 'application/json' }).end(`{"${markers.garbage}": <html>${echo}`);
      return;
    case 'reset':
      request.socket.resetAndDestroy();
      return;
    case 'redirect':
      response.writeHead(302, { location: `http://127.0.0.1:9/${encodeURIComponent(echo).slice(0, 4000)}` }).end(echo);
      return;
    case 'hang':
      return;
    default:
      answerWell(request, response, {
        text,
        markers,
        end: deed === 'break' ? `data: {"${markers.garbage}\n\n` : deed === 'complain' ? complaintOf(echo) : null,
      });
  }
}

interface Answering {
  readonly text: string;
  readonly markers: Markers;
  /** In place of the end of a stream; an answer that is no stream is cut. Null: it ends well. */
  readonly end: string | null;
}

function answerWell(request: IncomingMessage, response: ServerResponse, { text, markers, end }: Answering): void {
  const path = new URL(request.url ?? '/', 'http://loopback').pathname;
  const contentType = request.headers['content-type'] ?? '';
  const body = (text === '' || contentType.startsWith('multipart/') ? {} : JSON.parse(text)) as Json;
  const task = answerTask(path, markers);
  if (task !== null) {
    sendJson(response, 200, task);
    return;
  }
  const made: MadeAnswer = {
    words: ['It is ', markers.answer],
    calls: [{ id: 'call_made_1', name: 'get_weather', pieces: ['{"city":', `"${markers.answerArguments}"}`] }],
    tokens: [11, 5],
  };
  const family = familyOf(path);
  if (!family.isStream({ path, body })) {
    const whole = JSON.stringify(family.toBody(made, body));
    response.writeHead(200, { 'content-type': 'application/json' }).end(end === null ? whole : whole.slice(0, -20));
    return;
  }
  response.writeHead(200, { 'content-type': family.streamType });
  const pieces = family.toStream(made, body);
  for (const piece of end === null ? pieces : pieces.slice(0, 3)) response.write(piece);
  if (end !== null) response.write(end);
  response.end();
}

/** An error within a stream, as the wires with events tell it. */
function complaintOf(echo: string): string {
  const error = { message: echo, type: 'invalid_request_error', code: 400, status: 'INVALID_ARGUMENT' };
  return `event: error\ndata: ${JSON.stringify({ type: 'error', error })}\n\n`;
}

/** Operations beside chat; null for a chat. */
function answerTask(path: string, { answer: said }: Markers): Json | null {
  const usage = { prompt_tokens: 3, total_tokens: 3 };
  if (path.endsWith('/embeddings'))
    return { object: 'list', model: 'm', data: [{ object: 'embedding', index: 0, embedding: [0.5, 1] }], usage };
  if (path.endsWith('/moderations')) return { id: 'modr', model: 'm', results: [{ flagged: false, categories: {}, category_scores: {} }] };
  if (path.endsWith('/images/generations'))
    return { created: 1, data: [{ b64_json: Buffer.from(said).toString('base64'), revised_prompt: said }] };
  if (path.endsWith('/audio/transcriptions')) return { text: said };
  return null;
}
