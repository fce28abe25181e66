/** The REST paths as data: what `/openapi.json` is made of. Kept by hand beside the doors; a test compares it with the table of routes. */

export type Schema = { readonly [name: string]: unknown };

export type ErrorDialect = 'OpenAi' | 'Anthropic' | 'Gemini' | 'Ollama';

export interface OperationDoc {
  readonly method: 'get' | 'post' | 'delete';
  /** Templates in braces, such as `/v1/models/{model}`. */
  readonly path: string;
  /** Unique, camelCase. */
  readonly id: string;
  readonly summary: string;
  readonly errors: ErrorDialect;
  /** The permission that the key needs; null: none, and no key either. */
  readonly scope: 'COMPLETIONS_WRITE' | 'COMPLETIONS_READ' | 'MODELS_READ' | null;
  readonly query?: Readonly<Record<string, Schema>>;
  /** Beside those that every call takes. */
  readonly headers?: Readonly<Record<string, Schema>>;
  readonly body?: BodyDoc;
  readonly answer: AnswerDoc;
  /** Whether it calls a model, so that our own headers on cost, deadline and idempotency apply. */
  readonly isCall?: boolean;
}

export interface BodyDoc {
  readonly required: readonly string[];
  readonly properties: Readonly<Record<string, Schema>>;
  /** Default: JSON. */
  readonly mediaType?: 'application/json' | 'multipart/form-data';
}

export interface AnswerDoc {
  readonly description: string;
  /** Of the JSON body. */
  readonly properties?: Readonly<Record<string, Schema>>;
  /** What comes instead where the caller asks for a stream. */
  readonly stream?: 'text/event-stream' | 'application/x-ndjson';
  /** What comes where it is no JSON. */
  readonly mediaType?: string;
}

export const text = (description: string): Schema => ({ type: 'string', description });
export const number = (description: string): Schema => ({ type: 'number', description });
export const integer = (description: string): Schema => ({ type: 'integer', description });
export const flag = (description: string): Schema => ({ type: 'boolean', description });
export const object = (description: string): Schema => ({ type: 'object', additionalProperties: true, description });
export const list = (description: string, items: Schema = {}): Schema => ({ type: 'array', items, description });
export const file = (description: string): Schema => ({ type: 'string', contentMediaType: 'application/octet-stream', description });
export const either = (description: string, ...types: readonly string[]): Schema => ({
  anyOf: types.map((type) => (type === 'array' ? { type, items: {} } : { type })),
  description,
});

/** The model, as every wire that names it in the body does. */
export const MODEL = text('Name of a model, such as `local/echo` or `openai/gpt-4.1-mini`.');
export const STREAM = flag('Whether the answer comes in pieces as they are made.');
