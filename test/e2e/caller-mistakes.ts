/** Of the right form and checksum, and unknown. */
export const UNKNOWN_KEY = 'antp_live_00000000000000000000000000000041bsuB';
/** Stands in what is sent; short, so that it is found in an excerpt too. */
export const CALLER_WORDS = 'plant-91ab';
export const CHAT_PATH = '/v1/chat/completions';

/** Something a caller does wrong, and how it is told. */
export interface Mistake {
  readonly title: string;
  readonly path: string;
  readonly method?: string;
  /** Null: none is sent. Left out: the right one. */
  readonly key?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly status: number;
  /** In the dialect of the door. */
  readonly code: string;
  /** As the ledger keeps it. */
  readonly recorded: string;
  /** A record of its own; otherwise a refusal that is counted. */
  readonly isCompletion?: boolean;
}

type Answer = Pick<Mistake, 'status' | 'code' | 'recorded' | 'isCompletion'>;

export function chatBody(fields: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({ model: 'local/echo', messages: [{ role: 'user', content: CALLER_WORDS }], ...fields });
}

const UNKNOWN: Answer = { status: 401, code: 'invalid_api_key', recorded: 'UNAUTHENTICATED' };
const INVALID: Answer = { status: 400, code: 'invalid_input', recorded: 'INVALID_INPUT' };
const METHOD: Answer = { ...INVALID, status: 405 };
const NO_MODEL: Answer = { status: 404, code: 'model_not_found', recorded: 'NOT_FOUND' };
const NO_ROUTE: Answer = { status: 503, code: 'no_route', recorded: 'NO_ROUTE', isCompletion: true };

const chat = (title: string, answer: Answer, body: string, more: Partial<Mistake> = {}): Mistake => ({
  title,
  path: CHAT_PATH,
  body,
  ...answer,
  ...more,
});
const recorded = (answer: Answer): Answer => ({ ...answer, isCompletion: true });

export const OPENAI_MISTAKES: readonly Mistake[] = [
  chat('no key', UNKNOWN, chatBody(), { key: null }),
  chat('a key that nobody has', UNKNOWN, chatBody(), { key: UNKNOWN_KEY }),
  chat('a key of another kind', UNKNOWN, chatBody(), { key: 'sk-not-ours-0123456789' }),
  chat('a body that is not JSON', INVALID, `{"model": ${CALLER_WORDS}`),
  chat('an empty body', INVALID, ''),
  chat('a body that is no object', INVALID, `["${CALLER_WORDS}"]`),
  chat('no model', INVALID, chatBody({ model: undefined })),
  chat('no messages', INVALID, chatBody({ messages: [] })),
  chat('metadata without end', INVALID, chatBody({ metadata: { x: 'y'.repeat(20_000) } })),
  chat('a cost bound that is no amount', INVALID, chatBody(), { headers: { 'x-antiphon-max-cost-usd': 'cheap' } }),
  chat('an empty idempotency key', INVALID, chatBody(), { headers: { 'idempotency-key': '' } }),
  { title: 'a path that is not there', path: '/v1/answers', body: chatBody(), status: 404, code: 'not_found', recorded: 'NOT_FOUND' },
  { title: 'a model that is not listed', path: '/v1/models/nobody%2Fmodel', method: 'GET', ...NO_MODEL },
  { title: 'the wrong method for a call', path: CHAT_PATH, method: 'GET', ...METHOD },
  { title: 'the wrong method for a list', path: '/v1/models', body: '{}', ...METHOD },
  chat('a message of no known role', recorded(INVALID), chatBody({ messages: [{ role: 'oracle', content: CALLER_WORDS }] })),
  chat('a model that nobody serves', recorded(NO_MODEL), chatBody({ model: 'nobody/model' })),
  chat('a model whose provider is not connected', NO_ROUTE, chatBody({ model: 'openai/gpt-4.1-mini' })),
  chat('embeddings of a model that makes none', recorded(INVALID), JSON.stringify({ model: 'local/echo', input: CALLER_WORDS }), {
    path: '/v1/embeddings',
  }),
];

export const MESSAGES_PATH = '/v1/messages';

function messagesBody(fields: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({ model: 'local/echo', max_tokens: 10, messages: [{ role: 'user', content: CALLER_WORDS }], ...fields });
}

const messages = (title: string, status: number, code: string, recorded: string, body: string, more: Partial<Mistake> = {}): Mistake => ({
  title,
  path: MESSAGES_PATH,
  body,
  status,
  code,
  recorded,
  ...more,
});
const invalidMessages = (title: string, body: string, more: Partial<Mistake> = {}): Mistake =>
  messages(title, 400, 'invalid_request_error', 'INVALID_INPUT', body, more);
const ANTHROPIC_CALLER = { headers: { 'anthropic-version': '2023-06-01' } };

/** Codes are the types of errors. */
export const ANTHROPIC_MISTAKES: readonly Mistake[] = [
  messages('no key', 401, 'authentication_error', 'UNAUTHENTICATED', messagesBody(), { key: null }),
  messages('a key that nobody has', 401, 'authentication_error', 'UNAUTHENTICATED', messagesBody(), {
    key: null,
    headers: { 'x-api-key': UNKNOWN_KEY },
  }),
  invalidMessages('a body that is not JSON', `{"model": ${CALLER_WORDS}`),
  invalidMessages('no model', messagesBody({ model: undefined })),
  invalidMessages('no messages', messagesBody({ messages: [] })),
  invalidMessages('a cost bound that is no amount', messagesBody(), { headers: { 'x-antiphon-max-cost-usd': 'cheap' } }),
  invalidMessages('the wrong method for a call', '', { method: 'GET', status: 405 }),
  invalidMessages('a count without messages', messagesBody({ messages: undefined }), { path: '/v1/messages/count_tokens' }),
  messages('a path that is not there', 404, 'not_found_error', 'NOT_FOUND', messagesBody(), { path: '/v1/messages/batches' }),
  messages('a path that wires share and nobody serves', 404, 'not_found_error', 'NOT_FOUND', messagesBody(), {
    path: '/v1/files',
    ...ANTHROPIC_CALLER,
  }),
  messages('a path under the alias that is not there', 404, 'not_found_error', 'NOT_FOUND', messagesBody(), {
    path: '/anthropic/v1/files',
  }),
  messages('a model that is not listed', 404, 'not_found_error', 'NOT_FOUND', '', {
    path: '/v1/models/nobody%2Fmodel',
    method: 'GET',
    ...ANTHROPIC_CALLER,
  }),
  messages('a page that is too large', 400, 'invalid_request_error', 'INVALID_INPUT', '', {
    path: '/v1/models?limit=5000',
    method: 'GET',
    ...ANTHROPIC_CALLER,
  }),
  invalidMessages('a message of no known role', messagesBody({ messages: [{ role: 'oracle', content: CALLER_WORDS }] }), {
    isCompletion: true,
  }),
  messages('a model that nobody serves', 404, 'not_found_error', 'NOT_FOUND', messagesBody({ model: 'nobody/model' }), {
    isCompletion: true,
  }),
  messages('a model whose provider is not connected', 503, 'api_error', 'NO_ROUTE', messagesBody({ model: 'openai/gpt-4.1-mini' }), {
    isCompletion: true,
  }),
];

function contentsBody(fields: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({ contents: [{ role: 'user', parts: [{ text: CALLER_WORDS }] }], ...fields });
}

const gemini = (title: string, path: string, status: number, code: string, recorded: string, more: Partial<Mistake> = {}): Mistake => ({
  title,
  path,
  body: contentsBody(),
  status,
  code,
  recorded,
  ...more,
});
const ECHO = '/v1beta/models/local/echo';

/** Codes are Google's words for a status. */
export const GEMINI_MISTAKES: readonly Mistake[] = [
  gemini('no key', `${ECHO}:generateContent`, 401, 'UNAUTHENTICATED', 'UNAUTHENTICATED', { key: null }),
  gemini('a key that nobody has', `${ECHO}:generateContent?key=${UNKNOWN_KEY}`, 401, 'UNAUTHENTICATED', 'UNAUTHENTICATED', { key: null }),
  gemini('a body that is not JSON', `${ECHO}:generateContent`, 400, 'INVALID_ARGUMENT', 'INVALID_INPUT', { body: `{"x": ${CALLER_WORDS}` }),
  gemini('a method that is not there', `${ECHO}:predict`, 404, 'NOT_FOUND', 'NOT_FOUND'),
  gemini('no method', ECHO, 405, 'INVALID_ARGUMENT', 'INVALID_INPUT'),
  gemini('a path that is not there', '/v1beta/files', 404, 'NOT_FOUND', 'NOT_FOUND'),
  gemini('a batch of nothing', `${ECHO}:batchEmbedContents`, 400, 'INVALID_ARGUMENT', 'INVALID_INPUT', { body: '{"requests":[]}' }),
  gemini('a model that is not listed', '/v1beta/models/nobody%2Fmodel', 404, 'NOT_FOUND', 'NOT_FOUND', { method: 'GET', body: '' }),
  gemini('no contents', `${ECHO}:generateContent`, 400, 'INVALID_ARGUMENT', 'INVALID_INPUT', { body: '{}', isCompletion: true }),
  gemini('a model that nobody serves', '/v1beta/models/nobody:generateContent', 404, 'NOT_FOUND', 'NOT_FOUND', { isCompletion: true }),
];

const ollama = (title: string, status: number, code: string, recorded: string, body: string, more: Partial<Mistake> = {}): Mistake => ({
  title,
  path: '/api/chat',
  body,
  status,
  code,
  recorded,
  ...more,
});

/** This wire has a sentence and no code: what stands here is how it begins. */
export const OLLAMA_MISTAKES: readonly Mistake[] = [
  ollama('no key', 401, 'There is no API key', 'UNAUTHENTICATED', chatBody(), { key: null }),
  ollama('a body that is not JSON', 400, 'The body is not JSON', 'INVALID_INPUT', `{"x": ${CALLER_WORDS}`),
  ollama('no messages', 400, 'Invalid `messages`', 'INVALID_INPUT', chatBody({ messages: undefined })),
  ollama('what is not served', 404, '/api/pull is not served', 'NOT_FOUND', chatBody(), { path: '/api/pull' }),
  ollama('a model that is not listed', 404, 'There is no such model', 'NOT_FOUND', '{"model":"nobody/model"}', { path: '/api/show' }),
  ollama('a model that nobody serves', 404, 'There is no model', 'NOT_FOUND', chatBody({ model: 'nobody/model' }), { isCompletion: true }),
];

const CREATE =
  'mutation ($input: CompletionCreateInput!) { completionCreate(input: $input) { completion { id } errors { ... on UserError { code } } } }';

function graphqlBody(fields: Readonly<Record<string, unknown>> = {}, query = CREATE): string {
  const input = { model: 'local/echo', messages: [{ user: { content: { text: CALLER_WORDS } } }], ...fields };
  return JSON.stringify({ query, variables: { input } });
}

const graphql = (title: string, status: number, code: string, body: string, more: Partial<Mistake> = {}): Mistake => ({
  title,
  path: '/graphql',
  body,
  status,
  code,
  recorded: code,
  ...more,
});

/** Clients of `application/json` are promised 200 for every well-formed request whose document is at fault. */
export const GRAPHQL_MISTAKES: readonly Mistake[] = [
  graphql('no key', 401, 'UNAUTHENTICATED', graphqlBody(), { key: null }),
  graphql('a key that nobody has', 401, 'UNAUTHENTICATED', graphqlBody(), { key: UNKNOWN_KEY }),
  graphql('a body that is not JSON', 400, 'INVALID_INPUT', `{"query": ${CALLER_WORDS}`),
  graphql('a document that does not parse', 200, 'INVALID_INPUT', graphqlBody({}, `query { ${CALLER_WORDS}`)),
  graphql('a field that is not there', 200, 'INVALID_INPUT', graphqlBody({}, '{ viewer { secrets } }')),
  graphql('a model that nobody serves', 200, 'NOT_FOUND', graphqlBody({ model: 'nobody/model' }), { isCompletion: true }),
];
