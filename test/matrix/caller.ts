/** What callers of every dialect are asked to do, and the form into which they fold what they are told. */
import type { ServerBanner } from '../testkit/server-process.ts';

export type Json = Record<string, unknown>;

export interface Question {
  readonly model: string;
  readonly prompt: string;
  readonly isStream: boolean;
  /** PNG in base64. */
  readonly image?: string;
  /** Whether the weather tool is offered. */
  readonly hasTools?: boolean;
  /** Whether reasoning is asked for, as its dialect does. */
  readonly isReasoning?: boolean;
  /** The answer that came before: it is said again as its dialect's clients do, and the results of its calls follow. */
  readonly after?: Folded;
}

export interface FoldedCall {
  readonly id: string;
  readonly name: string;
  readonly input: unknown;
}

export interface Folded {
  readonly httpStatus: number;
  /** As the ledger knows it. */
  readonly requestId: string;
  readonly text: string;
  readonly reasoning: string;
  readonly calls: readonly FoldedCall[];
  /** The dialect's word. */
  readonly finish: string | null;
  readonly tokens: readonly [input: number, output: number] | null;
  /** The dialect's word for what went wrong, or null. */
  readonly error: string | null;
  readonly retryAfter: string | null;
  /** How many things the provider could not do of what was asked. */
  readonly warnings: number;
  /** The assistant's turn as a client of the dialect keeps it for the next request. */
  readonly turn: readonly Json[];
}

/** What an upstream is made to do wrong. */
export type Failure = 'limited' | 'invalid' | 'long' | 'unauthorized';

export interface Caller {
  readonly name: string;
  /** As the ledger names its door. */
  readonly door: string;
  /** Its words for the ends of an answer. */
  readonly words: { readonly stop: string; readonly tools: string; readonly broken: string } & Readonly<Record<Failure, string>>;
  /** Whether its dialect has a word for how hard to think, or a number of tokens. */
  readonly asksReasoningBy: 'effort' | 'budget';
  ask(banner: ServerBanner, question: Question): Promise<Folded>;
}

/** What a caller tells of its own dialect; the rest is in the answer's head. */
export type Told = Omit<Folded, 'httpStatus' | 'requestId' | 'retryAfter' | 'warnings'>;

export const SCHEMA = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] };

/** What the tool answers to a call: another text for each. */
export function resultOf({ input }: Pick<FoldedCall, 'input'>): string {
  return `21 degrees in ${String((input as { city?: string }).city)}`;
}

/** Sends `body`, reads the whole answer and folds what it holds: one object, or the data of each event. */
export async function exchange<T>(
  { openaiBaseUrl, apiKey }: ServerBanner,
  path: string,
  body: Json,
  fold: (events: readonly T[]) => Told,
): Promise<Folded> {
  const response = await fetch(new URL(path, openaiBaseUrl), {
    method: 'POST',
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') === true;
  const datas = isStream
    ? text.split(/\r?\n/).flatMap((line) => (line.startsWith('data:') && !line.includes('[DONE]') ? [line.slice('data:'.length)] : []))
    : [text];
  return {
    httpStatus: response.status,
    requestId: response.headers.get('x-request-id') ?? '',
    retryAfter: response.headers.get('retry-after'),
    warnings: Number(response.headers.get('x-antiphon-warnings') ?? 0),
    ...fold(datas.map((data) => JSON.parse(data) as T)),
  };
}
