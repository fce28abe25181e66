/** OpenAI's chat completions, its Responses API, and OpenRouter's form of the first, which tells signed reasoning. */
import { toBody, toEvents } from '../clients/made-answers.ts';
import { toResponse, toResponseEvents } from '../clients/made-responses.ts';
import type { UpstreamRequest } from '../testkit/upstream.ts';
import type { Json } from './caller.ts';
import { fromDataUrl, objectOf, objectsOf, textIn, type Asked, type Family } from './family.ts';

const WAIT = { 'retry-after': '7' };
const refusal = (message: string, code: string | null, param: string | null = null, type = 'invalid_request_error'): Json => ({
  error: { message, type, param, code },
});

const failures: Family['failures'] = {
  limited: { httpStatus: 429, headers: WAIT, body: refusal('Slow down.', 'rate_limit_exceeded', null, 'rate_limit_error') },
  invalid: { httpStatus: 400, body: refusal("Invalid schema for function 'get_weather'.", 'invalid_function_parameters', 'tools') },
  long: {
    httpStatus: 400,
    body: refusal("This model's maximum context length is 128000 tokens.", 'context_length_exceeded', 'messages'),
  },
  unauthorized: { httpStatus: 401, body: refusal('Incorrect API key provided: sk-up****eam.', 'invalid_api_key') },
};

function readReasoning(message: Json): Asked['reasoning'] {
  const details = objectsOf(message['reasoning_details']);
  const text = [message['reasoning_content'], message['reasoning']].find((value) => typeof value === 'string');
  if (details.length === 0 && text === undefined) return null;
  const signature = details.find((detail) => typeof detail['signature'] === 'string')?.['signature'];
  const inDetails = details.map((detail) => String(detail['text'] ?? '')).join('');
  return { text: inDetails === '' ? String(text) : inDetails, signature: signature === undefined ? null : String(signature) };
}

function readChat(body: Json): Omit<Asked, 'model' | 'isStream'> {
  const messages = objectsOf(body['messages']);
  const user = messages.find(({ role }) => role === 'user') ?? {};
  const parts = typeof user['content'] === 'string' ? [{ type: 'text', text: user['content'] }] : objectsOf(user['content']);
  const assistant = messages.find(({ role }) => role === 'assistant') ?? {};
  const image = parts.find(({ type }) => type === 'image_url');
  return {
    prompt: textIn(parts.find(({ type }) => type === 'text')?.['text']),
    image: image === undefined ? null : fromDataUrl(objectOf(image['image_url'])['url']),
    tools: objectsOf(body['tools']).map((tool) => {
      const { name, parameters } = objectOf(tool['function']);
      return { name: String(name), schema: parameters };
    }),
    calls: objectsOf(assistant['tool_calls']).map((call) => {
      const { name, arguments: json } = objectOf(call['function']);
      return { id: String(call['id']), name: String(name), input: JSON.parse(String(json)) as unknown };
    }),
    results: messages.flatMap((message) =>
      message['role'] === 'tool' ? [{ id: String(message['tool_call_id']), text: textIn(message['content']) }] : [],
    ),
    reasoning: readReasoning(assistant),
  };
}

function readResponses(body: Json): Omit<Asked, 'model' | 'isStream'> {
  const items = typeof body['input'] === 'string' ? [{ role: 'user', content: body['input'] }] : (objectsOf(body['input']) as Json[]);
  const content = items.find(({ role }) => role === 'user')?.['content'];
  const parts = typeof content === 'string' ? [{ type: 'input_text', text: content }] : objectsOf(content);
  const image = parts.find(({ type }) => type === 'input_image');
  const reasoning = items.find(({ type }) => type === 'reasoning');
  return {
    prompt: textIn(parts.find(({ type }) => type === 'input_text')?.['text']),
    image: image === undefined ? null : fromDataUrl(image['image_url']),
    tools: objectsOf(body['tools']).map(({ name, parameters }) => ({ name: String(name), schema: parameters })),
    calls: items.flatMap(({ type, call_id: id, name, arguments: json }) =>
      type === 'function_call' ? [{ id: String(id), name: String(name), input: JSON.parse(String(json)) as unknown }] : [],
    ),
    results: items.flatMap(({ type, call_id: id, output }) =>
      type === 'function_call_output' ? [{ id: String(id), text: textIn(output) }] : [],
    ),
    reasoning:
      reasoning === undefined
        ? null
        : {
            text: objectsOf(reasoning['summary'])
              .map(({ text }) => String(text))
              .join(''),
            signature: typeof reasoning['encrypted_content'] === 'string' ? reasoning['encrypted_content'] : null,
          },
  };
}

const requestOf = (body: Json): UpstreamRequest => ({
  path: '/v1/responses',
  headers: {},
  text: '',
  form: null,
  body,
  isStream: body['stream'] === true,
  wasCutOff: Promise.resolve(false),
});

/** Callers of the Responses API are answered on it wherever the provider has it. */
const isResponses = (body: Json): boolean => body['input'] !== undefined;

export const openaiFamily: Family = {
  name: 'OpenAI chat',
  model: 'openai/gpt-4.1-mini',
  env: (url) => ({ OPENAI_API_KEY: 'sk-upstream', OPENAI_BASE_URL: `${url}/v1` }),
  isStream: ({ body }) => body['stream'] === true,
  streamType: 'text/event-stream',
  toBody: (answer, body) => (isResponses(body) ? toResponse(requestOf(body), 'resp_made', answer) : toBody('openai', answer)),
  toStream: (answer, body) => (isResponses(body) ? toResponseEvents(requestOf(body), 'resp_made', answer) : toEvents('openai', answer)),
  reasoning: 'hidden',
  failures,
  read: ({ body }) => ({
    model: String(body['model']),
    isStream: body['stream'] === true,
    ...(isResponses(body) ? readResponses(body) : readChat(body)),
  }),
};

/** The same vendor, for a model that is served by its newer API alone. */
export const responsesFamily: Family = {
  ...openaiFamily,
  name: 'OpenAI Responses',
  model: 'openai/o3-pro',
  at: openaiFamily,
  env: () => ({}),
  reasoning: 'signed',
};

export const openrouterFamily: Family = {
  ...openaiFamily,
  name: 'OpenRouter',
  model: 'openrouter/anthropic/claude-haiku-4.5',
  env: (url) => ({ OPENROUTER_API_KEY: 'sk-or-upstream', OPENROUTER_BASE_URL: `${url}/api/v1` }),
  reasoning: 'signed',
};

/** Reasoning as most servers of this wire tell it: in the open, in a field of its own. */
const toOpenReasoning = (text: string): string =>
  text.replaceAll(/,?"reasoning_details":\[[^\]]*\]/g, '').replaceAll('"reasoning":', '"reasoning_content":');

/** Any server of the chat wire, which has nothing else. */
export const compatibleFamily: Family = {
  ...openaiFamily,
  name: 'OpenAI-compatible',
  model: 'compatible/made-model',
  env: (url) => ({
    ANTIPHON_COMPATIBLE_BASE_URL: `${url}/v1`,
    ANTIPHON_COMPATIBLE_API_KEY: 'key-of-the-test',
    ANTIPHON_COMPATIBLE_MODELS: 'made-model',
  }),
  toBody: (answer) => JSON.parse(toOpenReasoning(JSON.stringify(toBody('openai', answer)))) as Json,
  toStream: (answer) => toEvents('openai', answer).map(toOpenReasoning),
  reasoning: 'open',
};
