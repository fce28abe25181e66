/** Cohere's second chat API. */
import type { MadeAnswer } from '../clients/made-answers.ts';
import type { Json } from './caller.ts';
import { event, fromDataUrl, objectOf, objectsOf, textIn, type Family } from './family.ts';

const finishOf = ({ calls = [] }: MadeAnswer): string => (calls.length > 0 ? 'TOOL_CALL' : 'COMPLETE');
const usageOf = ({ tokens: [input_tokens, output_tokens] }: MadeAnswer): Json => ({
  billed_units: { input_tokens, output_tokens },
  tokens: { input_tokens, output_tokens },
});

function bodyOf(answer: MadeAnswer): Json {
  const { words, calls, reasoning } = answer;
  const content = [
    ...(reasoning === undefined ? [] : [{ type: 'thinking', thinking: reasoning.pieces.join('') }]),
    ...(words === undefined ? [] : [{ type: 'text', text: words.join('') }]),
  ];
  return {
    id: 'made',
    message: {
      role: 'assistant',
      ...(content.length === 0 ? {} : { content }),
      ...(calls === undefined
        ? {}
        : {
            tool_calls: calls.map(({ id, name, pieces }) => ({ id, type: 'function', function: { name, arguments: pieces.join('') } })),
          }),
    },
    finish_reason: finishOf(answer),
    usage: usageOf(answer),
  };
}

function contentEvents(index: number, type: 'text' | 'thinking', pieces: readonly string[]): string[] {
  if (pieces.length === 0) return [];
  return [
    event({ type: 'content-start', index, delta: { message: { content: { type, [type]: '' } } } }),
    ...pieces.map((piece) => event({ type: 'content-delta', index, delta: { message: { content: { [type]: piece } } } })),
    event({ type: 'content-end', index }),
  ];
}

function streamOf(answer: MadeAnswer): string[] {
  const { words = [], calls = [], reasoning } = answer;
  return [
    event({
      type: 'message-start',
      id: 'made',
      delta: { message: { role: 'assistant', content: [], tool_plan: '', tool_calls: [], citations: [] } },
    }),
    ...contentEvents(0, 'thinking', reasoning?.pieces ?? []),
    ...contentEvents(reasoning === undefined ? 0 : 1, 'text', words),
    ...calls.flatMap(({ id, name, pieces }, index) => [
      event({
        type: 'tool-call-start',
        index,
        delta: { message: { tool_calls: { id, type: 'function', function: { name, arguments: '' } } } },
      }),
      ...pieces.map((piece) =>
        event({ type: 'tool-call-delta', index, delta: { message: { tool_calls: { function: { arguments: piece } } } } }),
      ),
      event({ type: 'tool-call-end', index }),
    ]),
    event({ type: 'message-end', delta: { finish_reason: finishOf(answer), usage: usageOf(answer) } }),
    'data: [DONE]\n\n',
  ];
}

export const cohereFamily: Family = {
  name: 'Cohere v2',
  model: 'cohere/command-a-vision-07-2025',
  env: (url) => ({ COHERE_API_KEY: 'cohere-upstream', COHERE_BASE_URL: url }),
  isStream: ({ body }) => body['stream'] === true,
  streamType: 'text/event-stream',
  toBody: bodyOf,
  toStream: streamOf,
  reasoning: 'open',
  failures: {
    limited: { httpStatus: 429, headers: { 'retry-after': '7' }, body: { message: 'Please wait and try again later.' } },
    invalid: { httpStatus: 400, body: { id: 'made', message: 'invalid request: all elements in tools must have a function.' } },
    long: { httpStatus: 400, body: { id: 'made', message: 'too many tokens: size limit exceeded by 11326 tokens.' } },
    unauthorized: { httpStatus: 401, body: { id: 'made', message: 'invalid api token' } },
  },
  read: ({ body }) => {
    const messages = objectsOf(body['messages']);
    const user = messages.find(({ role }) => role === 'user') ?? {};
    const parts: readonly Json[] =
      typeof user['content'] === 'string' ? [{ type: 'text', text: user['content'] }] : objectsOf(user['content']);
    const assistant = messages.find(({ role }) => role === 'assistant') ?? {};
    const thinking = objectsOf(assistant['content']).find(({ type }) => type === 'thinking');
    const image = parts.find(({ type }) => type === 'image_url');
    return {
      model: String(body['model']),
      isStream: body['stream'] === true,
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
        message['role'] === 'tool'
          ? [
              {
                id: String(message['tool_call_id']),
                text: typeof message['content'] === 'string' ? message['content'] : textIn(message['content']),
              },
            ]
          : [],
      ),
      reasoning: thinking === undefined ? null : { text: String(thinking['thinking']), signature: null },
    };
  },
};
