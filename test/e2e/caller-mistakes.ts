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
