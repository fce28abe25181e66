import { errorCatalogue, type ErrorCode } from '../../server/src/kernel/errors/index.ts';
import type { ServerBanner } from '../testkit/server-process.ts';

/** A call for a chat completion, as every door can make it. */
export interface Ask {
  readonly model: string;
  readonly prompt: string;
  readonly isStream: boolean;
  readonly deadlineMs?: number;
}

/** What a caller was told, in the terms that all doors share. */
export interface Told {
  readonly httpStatus: number;
  /** `x-request-id`. */
  readonly requestId: string;
  /** Null when it went well. */
  readonly code: ErrorCode | null;
  readonly message: string;
  /** The answer, or what came of it before the failure. */
  readonly content: string;
  readonly retryAfterMs: number | null;
  /** Names that tell provider and model apart from errors: `openai/gpt-4.1-mini`. */
  readonly attempts: readonly { readonly errorClass: string | null; readonly httpStatus: number | null }[] | null;
  readonly headers: Headers;
  /** Everything that went over the wire, for leaks. */
  readonly raw: string;
}

export interface Door {
  readonly name: string;
  /** As the ledger and metrics name it. */
  readonly ledgerName: string;
  /** What HTTP says of a failure before the first output. */
  statusOf(failure: { readonly code: ErrorCode; readonly errorClass: string | null }): number;
  /** Whether each failure says when to come back, and not only those that the protocol has a place for. */
  readonly tellsRetryAfter: boolean;
  ask(banner: ServerBanner, ask: Ask): Promise<Told>;
}

const CODES = Object.keys(errorCatalogue) as ErrorCode[];

interface OpenAiError {
  readonly message: string;
  readonly type: string;
  readonly code: string;
  readonly param: string | null;
}

/** The catalogue's code behind an error of the OpenAI dialect; throws when its parts contradict each other. */
export function codeOf({ type, code }: OpenAiError): ErrorCode {
  if (code === 'model_not_found' && type === 'invalid_request_error') return 'NOT_FOUND';
  const found = CODES.find((candidate) => errorCatalogue[candidate].openAi.code === code && errorCatalogue[candidate].openAi.type === type);
  if (found === undefined) throw new Error(`no code of ours is told as ${type} / ${code}`);
  return found;
}

function rawOf(headers: Headers, text: string): string {
  return `${JSON.stringify([...headers])}\n${text}`;
}

function retryAfterOf(headers: Headers): number | null {
  const told = headers.get('retry-after-ms');
  return told === null ? null : Number(told);
}

export function authorized({ apiKey }: ServerBanner, headers: Readonly<Record<string, string>> = {}): Record<string, string> {
  return { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json', ...headers };
}

/** Events' data, without the end marker. */
export function dataOf(text: string): string[] {
  return text
    .split('\n\n')
    .flatMap((event) => event.split('\n').filter((line) => line.startsWith('data:')))
    .map((line) => line.slice('data:'.length).trim())
    .filter((data) => data !== '' && data !== '[DONE]');
}

const catalogueStatus: Door['statusOf'] = ({ code }) => errorCatalogue[code].httpStatus;

export const openAiDoor: Door = {
  name: 'OpenAI',
  ledgerName: 'OPENAI',
  statusOf: catalogueStatus,
  tellsRetryAfter: true,
  ask: async (banner, { model, prompt, isStream, deadlineMs }) => {
    const response = await fetch(`${banner.openaiBaseUrl}/chat/completions`, {
      method: 'POST',
      headers: authorized(banner, deadlineMs === undefined ? {} : { 'x-antiphon-deadline-ms': String(deadlineMs) }),
      body: JSON.stringify({ model, messages: [{ role: 'user', content: prompt }], stream: isStream }),
    });
    const text = await response.text();
    const isEvents = response.headers.get('content-type')?.startsWith('text/event-stream') === true;
    const objects = (isEvents ? dataOf(text) : [text]).flatMap(parseIfJson);
    const error = (objects.find((object) => object['error'] !== undefined) as { error: OpenAiError } | undefined)?.error ?? null;
    if (isEvents && (error === null) !== text.endsWith('data: [DONE]\n\n'))
      throw new Error(`a stream must end well or tell why not:\n${text}`);
    return {
      httpStatus: response.status,
      requestId: response.headers.get('x-request-id') ?? '',
      code: error === null ? null : codeOf(error),
      message: error?.message ?? '',
      content: objects.map(contentOf).join(''),
      retryAfterMs: retryAfterOf(response.headers),
      attempts: null,
      headers: response.headers,
      raw: rawOf(response.headers, text),
    };
  },
};

interface ResponsesEvent {
  readonly type?: string;
  readonly delta?: string;
  readonly error?: OpenAiError | null;
  readonly response?: { readonly status: string };
  readonly output?: readonly { readonly content?: readonly { readonly text?: string }[] }[];
  readonly sequence_number?: number;
}

export const responsesDoor: Door = {
  name: 'OpenAI Responses',
  ledgerName: 'OPENAI',
  statusOf: catalogueStatus,
  tellsRetryAfter: true,
  ask: async (banner, { model, prompt, isStream, deadlineMs }) => {
    const response = await fetch(`${banner.openaiBaseUrl}/responses`, {
      method: 'POST',
      headers: authorized(banner, deadlineMs === undefined ? {} : { 'x-antiphon-deadline-ms': String(deadlineMs) }),
      body: JSON.stringify({ model, input: prompt, stream: isStream }),
    });
    const text = await response.text();
    const isEvents = response.headers.get('content-type')?.startsWith('text/event-stream') === true;
    const events = (isEvents ? dataOf(text) : [text]).flatMap(parseIfJson) as ResponsesEvent[];
    const error = events.find((event) => event.error != null)?.error ?? null;
    if (isEvents && events.at(-1)?.type !== (error === null ? 'response.completed' : 'response.failed'))
      throw new Error(`a stream must end well or tell why not:\n${text}`);
    if (isEvents && events.some((event, index) => event.sequence_number !== index)) throw new Error(`events must be numbered:\n${text}`);
    return {
      httpStatus: response.status,
      requestId: response.headers.get('x-request-id') ?? '',
      code: error === null ? null : codeOf(error),
      message: error?.message ?? '',
      content: events
        .map((event) =>
          event.type === 'response.output_text.delta' ? event.delta : (event.output ?? []).map((item) => item.content?.[0]?.text).join(''),
        )
        .join(''),
      retryAfterMs: retryAfterOf(response.headers),
      attempts: null,
      headers: response.headers,
      raw: rawOf(response.headers, text),
    };
  },
};

interface AnthropicEvent {
  readonly type?: string;
  readonly content?: readonly { readonly text?: string }[];
  readonly delta?: { readonly text?: string };
  readonly error?: { readonly type: string; readonly message: string };
  readonly request_id?: string;
}

/** What the types of this wire stand for; several of ours share one, which the sentence tells apart. */
const ANTHROPIC_CODES: Readonly<Record<string, ErrorCode>> = {
  invalid_request_error: 'INVALID_INPUT',
  request_too_large: 'INVALID_INPUT',
  authentication_error: 'UNAUTHENTICATED',
  permission_error: 'FORBIDDEN',
  not_found_error: 'NOT_FOUND',
  rate_limit_error: 'RATE_LIMITED',
  timeout_error: 'TIMEOUT',
  api_error: 'PROVIDER_FAILED',
  overloaded_error: 'PROVIDER_FAILED',
};
const PROMPT_TOO_LONG = 'prompt is too long: ';

function anthropicCodeOf({ type, message }: { readonly type: string; readonly message: string }): ErrorCode {
  const code = ANTHROPIC_CODES[type];
  if (code === undefined) throw new Error(`no code of ours is told as ${type}`);
  if (type !== 'invalid_request_error') return code;
  if (message.startsWith(PROMPT_TOO_LONG)) return 'CONTEXT_TOO_LONG';
  return message.includes('content policy blocked') ? 'CONTENT_BLOCKED' : code;
}

export const anthropicDoor: Door = {
  name: 'Anthropic',
  ledgerName: 'ANTHROPIC',
  statusOf: (failure) => (failure.errorClass === 'overloaded' ? 529 : catalogueStatus(failure)),
  tellsRetryAfter: true,
  ask: async (banner, { model, prompt, isStream, deadlineMs }) => {
    const response = await fetch(new URL('/v1/messages?beta=true', banner.openaiBaseUrl), {
      method: 'POST',
      headers: {
        'x-api-key': banner.apiKey,
        'anthropic-version': '2023-06-01',
        'content-type': 'application/json',
        ...(deadlineMs === undefined ? {} : { 'x-antiphon-deadline-ms': String(deadlineMs) }),
      },
      body: JSON.stringify({ model, max_tokens: 100, messages: [{ role: 'user', content: prompt }], stream: isStream }),
    });
    const text = await response.text();
    const isEvents = response.headers.get('content-type')?.startsWith('text/event-stream') === true;
    const events = (isEvents ? dataOf(text) : [text]).flatMap(parseIfJson) as AnthropicEvent[];
    const failed = events.find(({ error }) => error !== undefined);
    if (isEvents && (failed === undefined) !== text.endsWith('data: {"type":"message_stop"}\n\n'))
      throw new Error(`a stream must end well or tell why not:\n${text}`);
    const requestId = response.headers.get('request-id') ?? '';
    if (failed !== undefined && (failed.type !== 'error' || failed.request_id !== requestId))
      throw new Error(`an error must be one of this wire and name its request:\n${text}`);
    const { error } = failed ?? {};
    return {
      httpStatus: response.status,
      requestId,
      code: error === undefined ? null : anthropicCodeOf(error),
      message: (error?.message ?? '').replace(PROMPT_TOO_LONG, ''),
      content: events.map(({ content, delta }) => (content ?? []).map((block) => block.text ?? '').join('') + (delta?.text ?? '')).join(''),
      retryAfterMs: retryAfterOf(response.headers),
      attempts: null,
      headers: response.headers,
      raw: rawOf(response.headers, text),
    };
  },
};

interface GeminiChunk {
  readonly candidates?: readonly { readonly content?: { readonly parts?: readonly { readonly text?: string }[] } }[];
  readonly error?: {
    readonly code: number;
    readonly message: string;
    readonly details: readonly { readonly reason?: ErrorCode; readonly metadata?: { readonly requestId: string } }[];
  };
}

/** `list`: one JSON list in place of events. */
function createGeminiDoor(framing: 'events' | 'list'): Door {
  return {
    name: framing === 'events' ? 'Gemini' : 'Gemini (list)',
    ledgerName: 'GEMINI',
    statusOf: (failure) => (failure.errorClass === 'overloaded' ? 503 : catalogueStatus(failure)),
    tellsRetryAfter: true,
    ask: async (banner, { model, prompt, isStream, deadlineMs }) => {
      const url = new URL(`/v1beta/models/${model}:${isStream ? 'streamGenerateContent' : 'generateContent'}`, banner.openaiBaseUrl);
      if (isStream && framing === 'events') url.searchParams.set('alt', 'sse');
      // One of the two sends its key in the query, where it must be as secret as elsewhere.
      if (framing === 'list') url.searchParams.set('key', banner.apiKey);
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          ...(framing === 'list' ? {} : { 'x-goog-api-key': banner.apiKey }),
          'content-type': 'application/json',
          ...(deadlineMs === undefined ? {} : { 'x-antiphon-deadline-ms': String(deadlineMs) }),
        },
        body: JSON.stringify({ contents: [{ role: 'user', parts: [{ text: prompt }] }] }),
      });
      const text = await response.text();
      const isEvents = response.headers.get('content-type')?.startsWith('text/event-stream') === true;
      const isList = !isEvents && isStream && response.ok;
      const chunks = isEvents
        ? dataOf(text.replaceAll('\r\n', '\n')).map((data) => JSON.parse(data) as GeminiChunk)
        : isList
          ? (JSON.parse(text) as GeminiChunk[])
          : [JSON.parse(text) as GeminiChunk];
      const error = chunks.find((chunk) => chunk.error !== undefined)?.error ?? null;
      const requestId = response.headers.get('x-request-id') ?? '';
      const [info] = error?.details ?? [];
      if (error !== null && info?.metadata?.requestId !== requestId) throw new Error(`an error must name its request:\n${text}`);
      if (error !== null && !response.ok && error.code !== response.status) throw new Error(`an error must say its status:\n${text}`);
      return {
        httpStatus: response.status,
        requestId,
        code: info?.reason ?? null,
        message: error?.message ?? '',
        content: chunks
          .flatMap(({ candidates }) => candidates?.[0]?.content?.parts ?? [])
          .map((part) => part.text ?? '')
          .join(''),
        retryAfterMs: retryAfterOf(response.headers),
        attempts: null,
        headers: response.headers,
        raw: rawOf(response.headers, text),
      };
    },
  };
}

export const geminiDoor = createGeminiDoor('events');
export const geminiListDoor = createGeminiDoor('list');

interface OllamaLine {
  readonly message?: { readonly content?: string };
  readonly done?: boolean;
  readonly error?: string;
}

/** This wire tells a sentence and no code: the first words of ours tell which one it is. */
const OLLAMA_CODES: readonly (readonly [beginning: string, code: ErrorCode])[] = [
  ['The provider does not accept', 'INVALID_INPUT'],
  ['The input is longer', 'CONTEXT_TOO_LONG'],
  ["The provider's content policy", 'CONTENT_BLOCKED'],
  ['The provider does not know', 'NOT_FOUND'],
  ['The provider limits', 'RATE_LIMITED'],
  ['The provider did not answer', 'TIMEOUT'],
];

export const ollamaDoor: Door = {
  name: 'Ollama',
  ledgerName: 'OLLAMA',
  statusOf: catalogueStatus,
  tellsRetryAfter: true,
  ask: async (banner, { model, prompt, isStream, deadlineMs }) => {
    const response = await fetch(new URL('/api/chat', banner.openaiBaseUrl), {
      method: 'POST',
      headers: authorized(banner, deadlineMs === undefined ? {} : { 'x-antiphon-deadline-ms': String(deadlineMs) }),
      body: JSON.stringify({ model, messages: [{ role: 'user', content: prompt }], stream: isStream }),
    });
    const text = await response.text();
    const lines = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as OllamaLine);
    const error = lines.find((line) => line.error !== undefined)?.error ?? null;
    if ((error === null) !== (lines.at(-1)?.done === true)) throw new Error(`an answer must be done or tell why not:\n${text}`);
    return {
      httpStatus: response.status,
      requestId: response.headers.get('x-request-id') ?? '',
      code: error === null ? null : (OLLAMA_CODES.find(([beginning]) => error.startsWith(beginning))?.[1] ?? 'PROVIDER_FAILED'),
      message: error ?? '',
      content: lines.map(({ message }) => message?.content ?? '').join(''),
      retryAfterMs: retryAfterOf(response.headers),
      attempts: null,
      headers: response.headers,
      raw: rawOf(response.headers, text),
    };
  },
};

/** Garbage in the middle of a relayed stream reaches the caller as it came; what counts is the error event after it. */
function parseIfJson(data: string): Record<string, unknown>[] {
  try {
    return [JSON.parse(data) as Record<string, unknown>];
  } catch {
    return [];
  }
}

function contentOf(object: Record<string, unknown>): string {
  const [choice] = (object['choices'] ?? []) as { message?: { content?: string }; delta?: { content?: string } }[];
  return choice?.message?.content ?? choice?.delta?.content ?? '';
}

const PROBLEM = `errors: error { ... on UserError { code message } ... on ProviderFailedError { attempts { errorClass httpStatus } }
  ... on TimeoutError { attempts { errorClass httpStatus } } }`;
const CREATE = `mutation ($input: CompletionCreateInput!) { completionCreate(input: $input) {
  completion { id output { text } } ${PROBLEM.replace('errors: error', 'errors')} } }`;
const STREAM = `subscription ($input: CompletionStreamInput!) { completionStream(input: $input) { __typename
  ... on CompletionStarted { completionId } ... on CompletionTextDelta { text } ... on CompletionFinished { completion { id } }
  ... on CompletionFailed { failed: failedCompletion { id } ${PROBLEM} } } }`;

interface GraphqlProblem {
  readonly code: ErrorCode;
  readonly message: string;
  readonly attempts?: readonly { readonly errorClass: string | null; readonly httpStatus: number | null }[];
}

interface GraphqlResult {
  readonly data?: Readonly<Record<string, Record<string, unknown> | null>> | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly extensions: { readonly code: ErrorCode; readonly retryAfterMs?: number };
  }[];
}

export const graphqlDoor: Door = {
  name: 'GraphQL',
  ledgerName: 'GRAPHQL',
  // GraphQL tells by its payload or at the top level; HTTP says 200 unless nothing at all was run.
  statusOf: () => 200,
  tellsRetryAfter: false,
  ask: async (banner, { model, prompt, isStream, deadlineMs }) => {
    const input = { model, messages: [{ user: { content: { text: prompt } } }], ...(deadlineMs === undefined ? {} : { deadlineMs }) };
    const response = await fetch(isStream ? `${banner.graphqlUrl}/stream` : banner.graphqlUrl, {
      method: 'POST',
      headers: authorized(banner, { accept: isStream ? 'text/event-stream' : 'application/json' }),
      body: JSON.stringify({ query: isStream ? STREAM : CREATE, variables: { input } }),
    });
    const text = await response.text();
    const results = (isStream && response.ok ? dataOf(text) : [text]).map((data) => JSON.parse(data) as GraphqlResult);
    const nodes = results.map(({ data }) => data?.['completionStream'] ?? data?.['completionCreate'] ?? {});
    const topLevel = results.flatMap(({ errors }) => errors ?? [])[0];
    const problem = nodes.flatMap((node) => (node['errors'] ?? []) as GraphqlProblem[] | GraphqlProblem)[0];
    return {
      httpStatus: response.status,
      requestId: response.headers.get('x-request-id') ?? '',
      code: topLevel?.extensions.code ?? problem?.code ?? null,
      message: topLevel?.message ?? problem?.message ?? '',
      content: nodes.map(textOf).join(''),
      retryAfterMs: topLevel?.extensions.retryAfterMs ?? null,
      attempts: problem?.attempts ?? null,
      headers: response.headers,
      raw: rawOf(response.headers, text),
    };
  },
};

function textOf(node: Record<string, unknown>): string {
  const completion = node['completion'] as { output?: { text?: string | null } | null } | null | undefined;
  return (node['text'] as string | undefined) ?? completion?.output?.text ?? '';
}
