/** What a family of wires is to the matrix: how its providers answer and fail, and how what they were asked is read. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { MadeAnswer, MadeCall } from '../clients/made-answers.ts';
import type { Failure, Json } from './caller.ts';

/** What an upstream was asked, in one form for all wires. */
export interface Asked {
  readonly model: string;
  readonly isStream: boolean;
  /** Of the first message of the user. */
  readonly prompt: string;
  readonly image: { readonly mediaType: string; readonly data: string } | null;
  readonly tools: readonly { readonly name: string; readonly schema: unknown }[];
  /** Ids are null where the wire has none. */
  readonly calls: readonly { readonly id: string | null; readonly name: string; readonly input: unknown }[];
  readonly results: readonly { readonly id: string | null; readonly text: string }[];
  /** Of the assistant's earlier turn, with what ties it to its vendor. */
  readonly reasoning: { readonly text: string; readonly signature: string | null } | null;
}

export interface Request {
  readonly path: string;
  readonly text: string;
  readonly body: Json;
}

export interface FailureAnswer {
  readonly httpStatus: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: Json;
}

export interface Family {
  readonly name: string;
  /** As a caller names a model of it. */
  readonly model: string;
  /** What connects it to `url`. */
  env(url: string): Readonly<Record<string, string>>;
  isStream(request: Pick<Request, 'path' | 'body'>): boolean;
  readonly streamType: string;
  /** `body` is what was asked. */
  toBody(answer: MadeAnswer, body: Json): Json;
  /** Pieces of a stream, in order. */
  toStream(answer: MadeAnswer, body: Json): readonly (string | Buffer)[];
  /** Whose upstream it is asked at; left out: its own. */
  readonly at?: Family;
  /** Whether its answers show reasoning, and whether that is signed. */
  readonly reasoning: 'signed' | 'open' | 'hidden';
  readonly failures: Readonly<Record<Failure, FailureAnswer>>;
  read(request: Request): Asked;
}

export const argumentsOf = ({ pieces }: MadeCall): Json => JSON.parse(pieces.join('')) as Json;
export const event = (data: unknown): string => `data: ${JSON.stringify(data)}\n\n`;

export const objectsOf = (value: unknown): readonly Json[] => (Array.isArray(value) ? (value as Json[]) : []);
export const objectOf = (value: unknown): Json => (value ?? {}) as Json;

/** Every text within a value, in order: wires wrap the results of tools in several ways. */
export function textIn(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'object' && value !== null ? Object.values(value).map(textIn).join('') : '';
}

/** A data URL in its two halves; null for anything else. */
export function fromDataUrl(url: unknown): Asked['image'] {
  const found = /^data:([^;]+);base64,(.*)$/.exec(String(url));
  return found === null ? null : { mediaType: found[1] ?? '', data: found[2] ?? '' };
}

/** What is asked for in the prompt, and what comes; after results of tools a sentence about them. Every request is remembered in `seen`. */
export function answerWith(family: Family, answer: (asked: Asked) => MadeAnswer, seen: Request[]) {
  return async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of message as AsyncIterable<Buffer>) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString();
    const request: Request = { path: new URL(message.url ?? '/', 'http://loopback').pathname, text, body: JSON.parse(text) as Json };
    seen.push(request);
    const failure = family.failures[(/\[made (\w+)\]/.exec(text)?.[1] ?? '') as Failure] as FailureAnswer | undefined;
    if (failure !== undefined) {
      response.writeHead(failure.httpStatus, { 'content-type': 'application/json', ...failure.headers }).end(JSON.stringify(failure.body));
      return;
    }
    const made = answer(family.read(request));
    if (!family.isStream(request)) {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(family.toBody(made, request.body)));
      return;
    }
    response.writeHead(200, { 'content-type': family.streamType });
    const pieces = family.toStream(made, request.body);
    // A stream that breaks ends within its answer, without a word.
    for (const piece of text.includes('[made broken]') ? pieces.slice(0, 2) : pieces) response.write(piece);
    if (text.includes('[made broken]')) setTimeout(() => response.destroy(), 20);
    else response.end();
  };
}
