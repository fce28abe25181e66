/**
 * Decides whether an answer is right. Every answer is checked cheaply (status, end mark, sizes); the first ones of a run and every 16th
 * after that are parsed and compared with the exact text that the fake upstream sent. A fast wrong answer is a failure, not a result.
 */

export type AnswerKind = 'chat' | 'chat-stream' | 'graphql' | 'graphql-stream';

/** What a right answer looks like. */
export interface AnswerExpectation {
  kind: AnswerKind;
  /** The exact text, as `answerText` or `streamedText` of the plan gives it. */
  text: string;
  /** Content chunks that the upstream sends; 0 for answers that are not streamed. */
  chunks: number;
  /** Usage that the answer must report. */
  inputTokens: number;
  outputTokens: number;
}

const DEEP_CHECKED_FIRST = 32;
const DEEP_CHECKED_EVERY = 16;
/** Ids and costs may differ in length between two answers, the rest may not. */
const LENGTH_TOLERANCE_BYTES = 256;
const TAIL_CHARACTERS = 64;
const SHOWN_CHARACTERS = 400;

/** Makes one checker per call and remembers what the first right answer of the run looked like. */
export class AnswerChecks {
  readonly expectation: AnswerExpectation;
  #started = 0;
  #rightLength: number | undefined;

  constructor(expectation: AnswerExpectation) {
    this.expectation = expectation;
  }

  next(): AnswerCheck {
    const index = this.#started;
    this.#started += 1;
    const isDeep = index < DEEP_CHECKED_FIRST || index % DEEP_CHECKED_EVERY === 0;
    return new AnswerCheck(this.expectation, isDeep, (length) => this.#acceptLength(length));
  }

  #acceptLength(length: number): boolean {
    this.#rightLength ??= length;
    return Math.abs(length - this.#rightLength) <= LENGTH_TOLERANCE_BYTES;
  }
}

export class AnswerCheck {
  readonly #expectation: AnswerExpectation;
  readonly #isDeep: boolean;
  readonly #acceptLength: (length: number) => boolean;
  readonly #isStream: boolean;
  #status = '';
  #contentLength: number | undefined;
  #kept = '';
  #tail = '';
  #bytes = 0;
  #events = 0;

  constructor(expectation: AnswerExpectation, isDeep: boolean, acceptLength: (length: number) => boolean) {
    this.#expectation = expectation;
    this.#isDeep = isDeep;
    this.#acceptLength = acceptLength;
    this.#isStream = expectation.chunks > 0;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Server-sent events seen (blocks ended by an empty line). */
  get events(): number {
    return this.#events;
  }

  head(status: string, contentLength: number | undefined): void {
    this.#status = status;
    this.#contentLength = contentLength;
  }

  body(piece: Buffer): void {
    this.#bytes += piece.length;
    const text = piece.toString('latin1');
    if (!this.#isStream) {
      this.#kept += text;
      return;
    }
    this.#countEvents(text);
    if (this.#isDeep || this.#status !== '200') this.#kept += text;
    this.#tail = text.length >= TAIL_CHARACTERS ? text.slice(-TAIL_CHARACTERS) : (this.#tail + text).slice(-TAIL_CHARACTERS);
  }

  #countEvents(text: string): void {
    if (this.#tail.endsWith('\n') && text.startsWith('\n')) this.#events += 1;
    for (let at = text.indexOf('\n\n'); at >= 0; at = text.indexOf('\n\n', at + 2)) this.#events += 1;
  }

  /** What is wrong with the answer, or undefined when it is right. */
  failure(): string | undefined {
    if (this.#status !== '200') return `HTTP ${this.#status}: ${this.#kept.slice(0, SHOWN_CHARACTERS)}`;
    if (this.#contentLength !== undefined && this.#contentLength !== this.#bytes) {
      return `content-length ${this.#contentLength}, but ${this.#bytes} bytes came`;
    }
    return this.#isStream ? this.#streamFailure() : this.#bodyFailure();
  }

  #bodyFailure(): string | undefined {
    if (!this.#kept.includes(lastCharacters(this.#expectation.text))) return `text has no end: ${this.#kept.slice(0, SHOWN_CHARACTERS)}`;
    if (this.#isDeep) {
      const wrong = contentFailure(contentOfBody(this.#expectation.kind, this.#kept), this.#expectation, this.#kept);
      if (wrong !== undefined) return wrong;
    }
    return this.#acceptLength(this.#bytes) ? undefined : `${this.#bytes} bytes, unlike the first answer of the run`;
  }

  #streamFailure(): string | undefined {
    const { kind, chunks } = this.#expectation;
    const hasEnded = kind === 'chat-stream' ? this.#tail.endsWith('data: [DONE]\n\n') : this.#tail.includes('event: complete');
    if (!hasEnded) return `stream did not end as it must: …${this.#kept.slice(-SHOWN_CHARACTERS) || this.#tail}`;
    if (kind === 'chat-stream' && this.#events < chunks) return `${this.#events} events for ${chunks} chunks`;
    return this.#isDeep ? contentFailure(contentOfStream(kind, this.#kept), this.#expectation, this.#kept) : undefined;
  }
}

function lastCharacters(text: string): string {
  return text.slice(-24);
}

/** What an answer says, whatever its wire. */
export interface AnswerContent {
  text: string;
  inputTokens: unknown;
  outputTokens: unknown;
}

function contentFailure(actual: AnswerContent | undefined, expected: AnswerExpectation, whole: string): string | undefined {
  const shown = whole.slice(0, SHOWN_CHARACTERS);
  if (actual === undefined) return `answer is not readable: ${shown}`;
  if (actual.text !== expected.text) return `text differs (${actual.text.length} characters, ${expected.text.length} expected): ${shown}`;
  if (actual.inputTokens !== expected.inputTokens || actual.outputTokens !== expected.outputTokens) {
    return `usage is ${String(actual.inputTokens)} + ${String(actual.outputTokens)}, not ${expected.inputTokens} + ${expected.outputTokens}: ${shown}`;
  }
  return undefined;
}

/** Walks into parsed JSON; undefined as soon as a step is missing. */
function at(value: unknown, ...path: (string | number)[]): unknown {
  let current = value;
  for (const step of path) {
    if (typeof current !== 'object' || current === null) return undefined;
    current = (current as Record<string | number, unknown>)[step];
  }
  return current;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** Text and usage of a whole body; undefined when it is not JSON. */
export function contentOfBody(kind: AnswerKind, body: string): AnswerContent | undefined {
  const value = parsed(body);
  if (value === undefined) return undefined;
  if (kind === 'chat') return openAiContent(at(value, 'choices', 0, 'message', 'content'), at(value, 'usage'));
  const completion = at(value, 'data', 'completionCreate', 'completion');
  return graphqlContent(at(completion, 'output', 'text'), completion);
}

/** Concatenated text deltas and the usage of a whole stream; undefined when an event is not JSON. */
export function contentOfStream(kind: AnswerKind, stream: string): AnswerContent | undefined {
  let text = '';
  let ending: unknown;
  for (const block of stream.split('\n\n')) {
    const data = /^data: ?(.*)$/m.exec(block)?.[1];
    if (data === undefined || data === '' || data === '[DONE]') continue;
    const value = parsed(data);
    if (value === undefined) return undefined;
    const event = kind === 'chat-stream' ? value : at(value, 'data', 'completionStream');
    const delta = kind === 'chat-stream' ? at(event, 'choices', 0, 'delta', 'content') : at(event, 'text');
    if (typeof delta === 'string') text += delta;
    ending = (kind === 'chat-stream' ? at(event, 'usage') : at(event, 'completion')) ?? ending;
  }
  return kind === 'chat-stream' ? openAiContent(text, ending) : graphqlContent(text, ending);
}

function openAiContent(text: unknown, usage: unknown): AnswerContent {
  return {
    text: typeof text === 'string' ? text : '',
    inputTokens: at(usage, 'prompt_tokens'),
    outputTokens: at(usage, 'completion_tokens'),
  };
}

function graphqlContent(text: unknown, completion: unknown): AnswerContent {
  return {
    text: typeof text === 'string' ? text : '',
    inputTokens: at(completion, 'usage', 'inputTokens'),
    outputTokens: at(completion, 'usage', 'outputTokens'),
  };
}
