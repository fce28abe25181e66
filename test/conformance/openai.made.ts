/** Test side only: cases of the OpenAI wire made by us in the shapes that were recorded, for where the recordings are absent. */
import type { JsonObject } from '../../server/src/modules/providers/index.ts';
import type { RecordedCase } from './openai.cases.ts';

const ASKED: JsonObject = { model: 'made-model', messages: [{ role: 'user', content: 'How high is the tower?' }] };

type Headers = Readonly<Record<string, string>>;

function caseOf(provider: string, what: string, rest: Partial<RecordedCase>): RecordedCase {
  return {
    name: `${provider}/made.${what}`,
    provider,
    api: 'chat',
    kind: what,
    status: 200,
    headers: { 'content-type': 'application/json' },
    url: null,
    path: null,
    requestBody: ASKED,
    body: null,
    stream: null,
    chunkLengths: null,
    ...rest,
  };
}

function answer(provider: string, what: string, message: JsonObject | null, rest: JsonObject = {}, headers: Headers = {}): RecordedCase {
  const choice = { index: 0, ...(message === null ? {} : { message: { role: 'assistant', ...message } }), finish_reason: 'stop' };
  const body = { id: 'made-1', object: 'chat.completion', created: 1_750_000_000, model: 'made-model', choices: [choice], ...rest };
  return caseOf(provider, what, { body: Buffer.from(JSON.stringify(body)), headers: { 'content-type': 'application/json', ...headers } });
}

/** Events as given: objects are data, texts are lines. `[DONE]` is added unless it is left out. */
function stream(provider: string, what: string, events: readonly (JsonObject | string)[], isMarked = true): RecordedCase {
  const head = { id: 'made-2', object: 'chat.completion.chunk', created: 1_750_000_000, model: 'made-model' };
  const lines = events.map((event) => (typeof event === 'string' ? event : `data: ${JSON.stringify({ ...head, ...event })}\n\n`));
  const text = lines.join('') + (isMarked ? 'data: [DONE]\n\n' : '');
  return caseOf(provider, what, { stream: Buffer.from(text), headers: { 'content-type': 'text/event-stream' } });
}

const delta = (fields: JsonObject, rest: JsonObject = {}): JsonObject => ({
  choices: [{ index: 0, delta: fields, finish_reason: null, ...rest }],
});
const end = (finishReason: string, rest: JsonObject = {}): JsonObject => ({
  choices: [{ index: 0, delta: {}, finish_reason: finishReason }],
  ...rest,
});
const counts = (prompt: number, completion: number, rest: JsonObject = {}): JsonObject => ({
  prompt_tokens: prompt,
  completion_tokens: completion,
  total_tokens: prompt + completion,
  ...rest,
});
const call = (id: string, name: string, text: string): JsonObject => ({ id, type: 'function', function: { name, arguments: text } });

const ANSWERS: readonly RecordedCase[] = [
  answer('openai', 'text', { content: '324 metres.' }, { usage: counts(12, 4, { prompt_tokens_details: { cached_tokens: 8 } }) }),
  answer('openai', 'refusal', { content: null, refusal: 'I cannot help with that.' }, { usage: counts(12, 7) }),
  answer('openai', 'tools', { content: null, tool_calls: [call('call_1', 'height', '{"of":"tower"}'), call('call_2', 'now', '')] }),
  answer('azure-openai', 'filtered', null, { prompt_filter_results: [{ prompt_index: 0 }] }, { 'apim-request-id': 'made-id' }),
  answer('mistral', 'thinking', {
    content: [
      { type: 'thinking', thinking: [{ type: 'text', text: 'A tower…' }] },
      { type: 'text', text: '324 metres.' },
    ],
  }),
  answer('groq', 'reasoning', { content: '324 metres.', reasoning: 'A tower…' }, { usage: counts(20, 9), x_groq: { id: 'req_made' } }),
  answer(
    'deepseek',
    'cache',
    { content: '324 metres.', reasoning_content: 'A tower…' },
    { usage: counts(100, 20, { prompt_cache_hit_tokens: 64, completion_tokens_details: { reasoning_tokens: 12 } }) },
  ),
  answer(
    'xai',
    'reasoning',
    { content: '324 metres.', reasoning_content: 'A tower…' },
    { usage: { prompt_tokens: 10, completion_tokens: 4, total_tokens: 64, completion_tokens_details: { reasoning_tokens: 50 } } },
  ),
  answer('openrouter', 'signature', {
    content: '324 metres.',
    reasoning: 'A tower…',
    reasoning_details: [{ type: 'reasoning.text', text: 'A tower…', signature: 'made-signature', index: 0 }],
  }),
  answer('perplexity', 'citations', { content: '324 metres [1].' }, { citations: ['https://example.org/tower'], usage: counts(9, 6) }),
  answer('minimax', 'status', { content: '324 metres.' }, { base_resp: { status_code: 0, status_msg: '' }, usage: counts(9, 4) }),
];

const STREAMS: readonly RecordedCase[] = [
  stream('openai', 'stream-usage', [
    delta({ role: 'assistant', content: '' }),
    delta({ content: '324 ' }),
    delta({ content: 'mètres ☂.' }),
    end('stop'),
    { choices: [], usage: counts(12, 4) },
  ]),
  stream('openai', 'stream-tools', [
    delta({ role: 'assistant', content: null, tool_calls: [{ index: 0, ...call('call_1', 'height', '') }] }),
    delta({ tool_calls: [{ index: 0, function: { arguments: '{"of":' } }] }),
    delta({ tool_calls: [{ index: 1, ...call('call_2', 'now', '{}') }] }),
    delta({ tool_calls: [{ index: 0, function: { arguments: '"tower"}' } }] }),
    end('tool_calls'),
  ]),
  stream('azure-openai', 'stream-filter-first', [
    { choices: [], prompt_filter_results: [{ prompt_index: 0, content_filter_results: {} }] },
    delta({ role: 'assistant', content: '324' }, { content_filter_results: { hate: { filtered: false } } }),
    end('stop'),
  ]),
  stream('groq', 'stream-own-usage', [
    delta({ role: 'assistant', reasoning: 'A tower…' }),
    delta({ content: '324' }),
    end('stop', { x_groq: { id: 'req_made', usage: counts(20, 9) } }),
  ]),
  stream('openrouter', 'stream-comments', [
    ': PROCESSING\n\n',
    delta({ role: 'assistant', content: '324' }),
    ': PROCESSING\r\n\r\n',
    end('stop', { usage: counts(9, 3) }),
  ]),
  stream(
    'perplexity',
    'stream-without-mark',
    [
      { ...delta({ content: '324' }), usage: counts(9, 1) },
      { ...end('stop'), usage: counts(9, 3) },
    ],
    false,
  ),
  stream('nvidia-nim', 'stream-nulls', [
    { ...delta({ role: null, content: null, tool_calls: [{ index: 0, ...call('call_1', 'now', '{}') }] }), usage: counts(9, 2) },
    { ...end('tool_calls'), usage: counts(9, 5) },
  ]),
  stream('together', 'stream-eos', [delta({ role: 'assistant', content: '324' }), end('eos', { usage: counts(9, 3) })]),
];

const failure = (provider: string, status: number, body: unknown, errorClass: string, headers: Headers = {}): [RecordedCase, string] => [
  caseOf(provider, `error-${status}`, {
    status,
    body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
    headers: { 'content-type': typeof body === 'string' ? 'text/plain' : 'application/json', ...headers },
  }),
  errorClass,
];

const FAILURES: readonly [RecordedCase, string][] = [
  failure('openai', 401, { error: { message: 'Incorrect API key provided', code: 'invalid_api_key' } }, 'auth'),
  failure('openai', 429, { error: { message: 'You exceeded your current quota', code: 'insufficient_quota' } }, 'quota'),
  failure('xai', 400, { code: 'invalid-argument', error: 'Incorrect API key provided' }, 'auth'),
  failure('mistral', 422, { detail: [{ loc: ['body', 'n'], msg: 'not a number' }] }, 'invalid'),
  failure('huggingface', 422, 'Input validation error: `n` is no number', 'invalid'),
  failure('llama-cpp', 400, { error: { code: 400, type: 'exceed_context_size_error', message: 'too many tokens' } }, 'too-long'),
  failure('azure-openai', 400, { error: { code: 'content_filter', message: 'The prompt was filtered' } }, 'blocked'),
  failure('groq', 503, { error: { message: 'over capacity' } }, 'overloaded'),
];

const VECTORS = {
  object: 'list',
  model: 'made-model',
  data: [{ index: 0, embedding: [0.5, -0.25] }],
  usage: { prompt_tokens: 3, total_tokens: 3 },
};

export const MADE_CASES: readonly RecordedCase[] = [
  ...ANSWERS,
  ...STREAMS,
  ...FAILURES.map(([made]) => made),
  caseOf('mistral', 'embeddings', {
    api: 'embeddings',
    body: Buffer.from(JSON.stringify(VECTORS)),
    requestBody: { model: 'm', input: ['x'] },
  }),
  caseOf('groq', 'models', { api: 'models', body: Buffer.from('{"object":"list","data":[{"id":"made-model","object":"model"}]}') }),
];

export const MADE_ERROR_CLASSES: Readonly<Record<string, string>> = Object.fromEntries(
  FAILURES.map(([{ name }, errorClass]) => [name, errorClass]),
);
