import { either, flag, integer, list, MODEL, object, STREAM, text, type OperationDoc } from '../openapi/operation.ts';

const RESPONSES = { errors: 'OpenAi', scope: 'COMPLETIONS_WRITE' } as const;
const RESPONSE = {
  id: text('Id of the response.'),
  object: text('`response`.'),
  status: text('How far it is.'),
  output: list('What came of it.', { type: 'object' }),
};
const ONE = '/v1/responses/{response}';

/** OpenAI's Responses API. */
export const RESPONSES_OPERATIONS: readonly OperationDoc[] = [
  {
    ...RESPONSES,
    isCall: true,
    method: 'post',
    path: '/v1/responses',
    id: 'createResponse',
    summary: 'Answers items with items, and keeps them.',
    body: {
      required: ['model', 'input'],
      properties: {
        model: MODEL,
        input: either('A text or items.', 'string', 'array'),
        instructions: text('What the model is told before.'),
        previous_response_id: text('The response that this goes on from.'),
        store: flag('Whether it is kept; true by default.'),
        background: flag('Whether it runs with nobody waiting.'),
        tools: list('Functions that the model may call.', { type: 'object' }),
        text: object('The form of the answer.'),
        reasoning: object('How hard to think.'),
        max_output_tokens: integer('Most tokens of the answer.'),
        stream: STREAM,
      },
    },
    answer: { description: 'The response; with `stream`, its events.', properties: RESPONSE, stream: 'text/event-stream' },
  },
  {
    ...RESPONSES,
    method: 'post',
    path: '/v1/responses/input_tokens',
    id: 'countResponseInputTokens',
    summary: 'Tokens of an input. `x-antiphon-token-count` says whether the provider counted or we estimated.',
    body: { required: ['model', 'input'], properties: { model: MODEL, input: either('A text or items.', 'string', 'array') } },
    answer: { description: 'The count.', properties: { object: text('`response.input_tokens`.'), input_tokens: integer('How many.') } },
  },
  {
    ...RESPONSES,
    method: 'get',
    path: ONE,
    id: 'retrieveResponse',
    summary: 'A response that was kept.',
    query: { stream: flag('Whether its events come.'), starting_after: integer('The last event that is known.') },
    answer: { description: 'The response.', properties: RESPONSE, stream: 'text/event-stream' },
  },
  {
    ...RESPONSES,
    method: 'delete',
    path: ONE,
    id: 'deleteResponse',
    summary: 'Forgets a response.',
    answer: { description: 'It is forgotten.', properties: { deleted: flag('True.') } },
  },
  {
    ...RESPONSES,
    method: 'post',
    path: `${ONE}/cancel`,
    id: 'cancelResponse',
    summary: 'Ends a response that runs in the background.',
    answer: { description: 'The response.', properties: RESPONSE },
  },
  {
    ...RESPONSES,
    method: 'get',
    path: `${ONE}/input_items`,
    id: 'listInputItems',
    summary: 'What a response was asked.',
    query: { limit: integer('Items of a page.'), after: text('The last item before the page.'), order: text('`asc` or `desc`.') },
    answer: {
      description: 'The items.',
      properties: { data: list('The items.', { type: 'object' }), has_more: flag('Whether there are more.') },
    },
  },
];
