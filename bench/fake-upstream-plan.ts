/** What the fake upstream answers: bytes made once per distinct plan, then only written. */

/** How one answer behaves. Set by `fake:latency=20,chunks=500,interval=10,bytes=1000` in a query, a header, the model or the prompt. */
export interface AnswerPlan {
  /** Wait before the first byte, ms. */
  latencyMs: number;
  /** Content chunks of a streamed answer. */
  chunks: number;
  /** Pause between chunks, ms; 0 writes the whole stream at once. */
  intervalMs: number;
  /** Length of the text of an answer that is not streamed, in bytes. */
  textBytes: number;
}

export const DEFAULT_PLAN: AnswerPlan = { latencyMs: 0, chunks: 100, intervalMs: 0, textBytes: 1000 };

/** Upper limits: a directive may come from anybody who can reach the socket. */
const LIMITS = { latency: 600_000, chunks: 100_000, interval: 60_000, bytes: 4_000_000 } as const;
const MAX_CACHED_ANSWERS = 256;

/** Usage that every answer reports; settlements in the measured server must come to exactly these counts. */
export const REPORTED_PROMPT_TOKENS = 120;

const DIRECTIVE = /fake:((?:latency|chunks|interval|bytes)=\d+(?:,(?:latency|chunks|interval|bytes)=\d+)*)/;

/** The directive inside any text, with defaults for what it leaves out; undefined when there is none. */
export function parseDirective(text: string): AnswerPlan | undefined {
  const found = DIRECTIVE.exec(text)?.[1];
  if (found === undefined) return undefined;
  const values = new Map(found.split(',').map((pair) => pair.split('=') as [keyof typeof LIMITS, string]));
  const value = (name: keyof typeof LIMITS, standard: number): number => {
    const text = values.get(name);
    return text === undefined ? standard : Math.min(LIMITS[name], Number(text));
  };
  return {
    latencyMs: value('latency', DEFAULT_PLAN.latencyMs),
    chunks: value('chunks', DEFAULT_PLAN.chunks),
    intervalMs: value('interval', DEFAULT_PLAN.intervalMs),
    textBytes: value('bytes', DEFAULT_PLAN.textBytes),
  };
}

/** The inverse of `parseDirective`. */
export function formatDirective(plan: AnswerPlan): string {
  return `fake:latency=${plan.latencyMs},chunks=${plan.chunks},interval=${plan.intervalMs},bytes=${plan.textBytes}`;
}

const WORDS = [
  'the',
  'river',
  'carries',
  'small',
  'boats',
  'towards',
  'a',
  'harbour',
  'where',
  'lamps',
  'are',
  'lit',
  'at',
  'dusk',
  'every',
  'day',
];

function wordAt(index: number): string {
  return `${WORDS[index % WORDS.length] ?? ''} `;
}

/** Ends every text, so that a cut answer can be told from a whole one. */
export const TEXT_END = 'THE-END';

/** The text of an answer that is not streamed: exactly `textBytes` long (at least the end mark). */
export function answerText(plan: AnswerPlan): string {
  const room = Math.max(0, plan.textBytes - TEXT_END.length);
  let text = '';
  for (let index = 0; text.length < room; index += 1) text += wordAt(index);
  return text.slice(0, room) + TEXT_END;
}

/** Completion tokens that an answer which is not streamed reports; a streamed one reports its chunks. */
export function answerTokens(plan: AnswerPlan): number {
  return Math.ceil(plan.textBytes / 4);
}

/** The text of a streamed answer: `chunks` words, the last one being the end mark. */
export function streamedText(plan: AnswerPlan): string {
  let text = '';
  for (let index = 0; index < plan.chunks; index += 1) text += contentOfChunk(plan, index);
  return text;
}

function contentOfChunk(plan: AnswerPlan, index: number): string {
  return index === plan.chunks - 1 ? TEXT_END : wordAt(index);
}

/** Bytes of a streamed answer, each part framed as one HTTP chunk. */
export interface StreamBytes {
  /** Response head and the role chunk: what a provider sends first. */
  head: Buffer;
  /** Content chunks in cycle; chunk n is `words[n % words.length]`, the last one is `lastWord`. */
  words: Buffer[];
  lastWord: Buffer;
  /** Finish chunk, `[DONE]` and the end of the HTTP body, with and without the usage chunk. */
  tailWithUsage: Buffer;
  tailWithoutUsage: Buffer;
}

const STREAM_HEAD =
  'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream; charset=utf-8\r\ncache-control: no-cache\r\nx-request-id: req_fake\r\ntransfer-encoding: chunked\r\n\r\n';

function jsonResponse(body: string, status = '200 OK'): Buffer {
  const length = Buffer.byteLength(body);
  return Buffer.from(
    `HTTP/1.1 ${status}\r\ncontent-type: application/json\r\nx-request-id: req_fake\r\ncontent-length: ${length}\r\n\r\n${body}`,
  );
}

function httpChunk(text: string): string {
  return `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;
}

/** Makes answers and keeps the bytes of the last 256 distinct ones. */
export class AnswerBytes {
  readonly #json = new Map<string, Buffer>();
  readonly #streams = new Map<string, StreamBytes>();

  /** A whole `chat.completion` response, head included. */
  completion(model: string, plan: AnswerPlan): Buffer {
    return remember(this.#json, `${model} ${plan.textBytes}`, () => jsonResponse(JSON.stringify(completionBody(model, plan))));
  }

  /** The parts of a `chat.completion.chunk` stream. */
  stream(model: string, plan: AnswerPlan): StreamBytes {
    return remember(this.#streams, `${model} ${plan.chunks}`, () => streamBytes(model, plan));
  }

  /** A whole embeddings response with `inputs` vectors of 256 dimensions. */
  embeddings(model: string, inputs: number, encoding: 'float' | 'base64'): Buffer {
    return remember(this.#json, `${model} embeddings ${inputs} ${encoding}`, () =>
      jsonResponse(JSON.stringify(embeddingsBody(model, inputs, encoding))),
    );
  }

  /** An OpenAI error envelope. */
  error(status: '400 Bad Request' | '404 Not Found' | '413 Content Too Large', message: string): Buffer {
    return jsonResponse(JSON.stringify({ error: { message, type: 'invalid_request_error', param: null, code: null } }), status);
  }

  json(value: unknown): Buffer {
    return jsonResponse(JSON.stringify(value));
  }
}

function remember<T>(cache: Map<string, T>, key: string, make: () => T): T {
  const known = cache.get(key);
  if (known !== undefined) return known;
  if (cache.size >= MAX_CACHED_ANSWERS) cache.clear();
  const made = make();
  cache.set(key, made);
  return made;
}

function usage(completionTokens: number): object {
  return {
    prompt_tokens: REPORTED_PROMPT_TOKENS,
    completion_tokens: completionTokens,
    total_tokens: REPORTED_PROMPT_TOKENS + completionTokens,
    prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
    completion_tokens_details: { reasoning_tokens: 0, audio_tokens: 0, accepted_prediction_tokens: 0, rejected_prediction_tokens: 0 },
  };
}

function completionBody(model: string, plan: AnswerPlan): object {
  return {
    id: 'chatcmpl-Bfake00000000000000000000000000',
    object: 'chat.completion',
    created: 1_760_000_000,
    model,
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content: answerText(plan), refusal: null, annotations: [] },
        logprobs: null,
        finish_reason: 'stop',
      },
    ],
    usage: usage(answerTokens(plan)),
    service_tier: 'default',
    system_fingerprint: 'fp_fake000000',
  };
}

function streamBytes(model: string, plan: AnswerPlan): StreamBytes {
  const event = (delta: object, finishReason: string | null, extra: object = {}): string => {
    const choice = { index: 0, delta, logprobs: null, finish_reason: finishReason };
    return `data: ${JSON.stringify({ ...chunkBase(model), choices: [choice], ...extra })}\n\n`;
  };
  const word = (content: string): Buffer => Buffer.from(httpChunk(event({ content }, null)));
  const finish = httpChunk(event({}, 'stop'));
  const usageEvent = httpChunk(`data: ${JSON.stringify({ ...chunkBase(model), choices: [], usage: usage(plan.chunks) })}\n\n`);
  const end = `${httpChunk('data: [DONE]\n\n')}0\r\n\r\n`;
  return {
    head: Buffer.from(STREAM_HEAD + httpChunk(event({ role: 'assistant', content: '', refusal: null }, null))),
    words: WORDS.map((_, index) => word(wordAt(index))),
    lastWord: word(TEXT_END),
    tailWithUsage: Buffer.from(finish + usageEvent + end),
    tailWithoutUsage: Buffer.from(finish + end),
  };
}

function chunkBase(model: string): object {
  return {
    id: 'chatcmpl-Bfake00000000000000000000000000',
    object: 'chat.completion.chunk',
    created: 1_760_000_000,
    model,
    service_tier: 'default',
    system_fingerprint: 'fp_fake000000',
  };
}

const EMBEDDING_DIMENSIONS = 256;

function embeddingsBody(model: string, inputs: number, encoding: 'float' | 'base64'): object {
  const vector = Float32Array.from({ length: EMBEDDING_DIMENSIONS }, (_, index) => Math.fround(Math.sin(index) / 16));
  const embedding = encoding === 'base64' ? Buffer.from(vector.buffer).toString('base64') : Array.from(vector);
  const data = Array.from({ length: inputs }, (_, index) => ({ object: 'embedding', index, embedding }));
  const tokens = inputs * 8;
  return { object: 'list', data, model, usage: { prompt_tokens: tokens, total_tokens: tokens } };
}
