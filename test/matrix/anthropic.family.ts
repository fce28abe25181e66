/** Anthropic's Messages. */
import { toBody, toEvents } from '../clients/made-answers.ts';
import type { Json } from './caller.ts';
import { objectOf, objectsOf, textIn, type Family } from './family.ts';

const refusal = (type: string, message: string): Json => ({ type: 'error', error: { type, message }, request_id: 'req_made' });

const blocksOf = (content: unknown): readonly Json[] =>
  typeof content === 'string' ? [{ type: 'text', text: content }] : objectsOf(content);

export const anthropicFamily: Family = {
  name: 'Anthropic',
  model: 'anthropic/claude-haiku-4-5',
  env: (url) => ({ ANTHROPIC_API_KEY: 'sk-ant-upstream', ANTHROPIC_BASE_URL: url }),
  isStream: ({ body }) => body['stream'] === true,
  streamType: 'text/event-stream',
  toBody: (answer) => toBody('anthropic', answer),
  toStream: (answer) => toEvents('anthropic', answer),
  reasoning: 'signed',
  failures: {
    limited: { httpStatus: 429, headers: { 'retry-after': '7' }, body: refusal('rate_limit_error', 'Slow down.') },
    invalid: { httpStatus: 400, body: refusal('invalid_request_error', 'tools.0.input_schema: JSON schema is invalid') },
    long: { httpStatus: 400, body: refusal('invalid_request_error', 'prompt is too long: 210000 tokens > 200000 maximum') },
    unauthorized: { httpStatus: 401, body: refusal('authentication_error', 'invalid x-api-key') },
  },
  read: ({ body }) => {
    const messages = objectsOf(body['messages']);
    const blocks = (role: string): readonly Json[] =>
      messages.flatMap((message) => (message['role'] === role ? blocksOf(message['content']) : []));
    const image = blocks('user').find(({ type }) => type === 'image');
    const source = objectOf(image?.['source']);
    const thinking = blocks('assistant').find(({ type }) => type === 'thinking');
    return {
      model: String(body['model']),
      isStream: body['stream'] === true,
      prompt: textIn(blocks('user').find(({ type }) => type === 'text')?.['text']),
      image: image === undefined ? null : { mediaType: String(source['media_type']), data: String(source['data']) },
      tools: objectsOf(body['tools']).map(({ name, input_schema: schema }) => ({ name: String(name), schema })),
      calls: blocks('assistant').flatMap(({ type, id, name, input }) =>
        type === 'tool_use' ? [{ id: String(id), name: String(name), input }] : [],
      ),
      results: blocks('user').flatMap(({ type, tool_use_id: id, content }) =>
        type === 'tool_result'
          ? [
              {
                id: String(id),
                text:
                  typeof content === 'string'
                    ? content
                    : objectsOf(content)
                        .map((part) => textIn(part['text']))
                        .join(''),
              },
            ]
          : [],
      ),
      reasoning: thinking === undefined ? null : { text: String(thinking['thinking']), signature: String(thinking['signature']) },
    };
  },
};
