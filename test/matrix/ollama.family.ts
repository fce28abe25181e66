/** Ollama's own chat API. */
import type { MadeAnswer } from '../clients/made-answers.ts';
import type { Json } from './caller.ts';
import { argumentsOf, objectOf, objectsOf, textIn, type Family } from './family.ts';

const line = (data: unknown): string => `${JSON.stringify(data)}\n`;
const HEAD = { model: 'llama3.2', created_at: '2026-01-01T00:00:00Z' };
const callsOf = ({ calls = [] }: MadeAnswer): Json[] =>
  calls.map((call) => ({ function: { name: call.name, arguments: argumentsOf(call) } }));
const doneOf = ({ tokens: [prompt_eval_count, eval_count] }: MadeAnswer): Json => ({
  done: true,
  done_reason: 'stop',
  prompt_eval_count,
  eval_count,
});
const piece = (message: Json): string => line({ ...HEAD, message: { role: 'assistant', content: '', ...message }, done: false });

export const ollamaFamily: Family = {
  name: 'Ollama',
  model: 'ollama/llama3.2',
  env: (url) => ({ OLLAMA_BASE_URL: url }),
  isStream: ({ body }) => body['stream'] !== false,
  streamType: 'application/x-ndjson',
  toBody: (answer) => ({
    ...HEAD,
    message: {
      role: 'assistant',
      content: (answer.words ?? []).join(''),
      ...(answer.reasoning === undefined ? {} : { thinking: answer.reasoning.pieces.join('') }),
      ...(answer.calls === undefined ? {} : { tool_calls: callsOf(answer) }),
    },
    ...doneOf(answer),
  }),
  toStream: (answer) => [
    ...(answer.reasoning?.pieces ?? []).map((thinking) => piece({ thinking })),
    ...(answer.words ?? []).map((content) => piece({ content })),
    ...callsOf(answer).map((call) => piece({ tool_calls: [call] })),
    line({ ...HEAD, message: { role: 'assistant', content: '' }, ...doneOf(answer) }),
  ],
  reasoning: 'open',
  failures: {
    limited: { httpStatus: 429, headers: { 'retry-after': '7' }, body: { error: 'too many requests' } },
    invalid: { httpStatus: 400, body: { error: '"llama3.2" does not support tools' } },
    long: { httpStatus: 400, body: { error: 'the input length exceeds the context length' } },
    unauthorized: { httpStatus: 401, body: { error: 'unauthorized' } },
  },
  read: ({ body }) => {
    const messages = objectsOf(body['messages']);
    const user = messages.find(({ role }) => role === 'user') ?? {};
    const assistant = messages.find(({ role }) => role === 'assistant') ?? {};
    const images = user['images'] as readonly string[] | undefined;
    return {
      model: String(body['model']),
      isStream: body['stream'] !== false,
      prompt: textIn(user['content']),
      // The wire has bytes alone: what kind of image they are is for the server to see.
      image: images === undefined ? null : { mediaType: 'image/png', data: images.join('') },
      tools: objectsOf(body['tools']).map((tool) => {
        const { name, parameters } = objectOf(tool['function']);
        return { name: String(name), schema: parameters };
      }),
      calls: objectsOf(assistant['tool_calls']).map((call) => {
        const { name, arguments: input } = objectOf(call['function']);
        return { id: null, name: String(name), input };
      }),
      results: messages.flatMap((message) => (message['role'] === 'tool' ? [{ id: null, text: textIn(message['content']) }] : [])),
      reasoning: typeof assistant['thinking'] === 'string' ? { text: assistant['thinking'], signature: null } : null,
    };
  },
};
