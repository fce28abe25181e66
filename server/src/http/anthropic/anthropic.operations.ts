import { either, integer, list, MODEL, number, object, STREAM, text, type OperationDoc, type Schema } from '../openapi/operation.ts';

const ANTHROPIC = { errors: 'Anthropic', scope: 'COMPLETIONS_WRITE' } as const;
const BETAS: Readonly<Record<string, Schema>> = {
  'anthropic-version': text('Version of the wire; sent by every client of it.'),
  'anthropic-beta': text('Names of betas, passed on to a provider of this wire.'),
};
const INPUT: Readonly<Record<string, Schema>> = {
  model: MODEL,
  messages: list('The conversation.', { type: 'object' }),
  system: either('What the model is told before: a text or text blocks.', 'string', 'array'),
  tools: list('Tools that the model may use.', { type: 'object' }),
  tool_choice: object('Whether and which tool is used.'),
  thinking: object('Whether and how long to think.'),
};

/** Everything at the Anthropic door beside the lists of models, which are at paths that wires share. */
export const ANTHROPIC_OPERATIONS: readonly OperationDoc[] = [
  {
    ...ANTHROPIC,
    isCall: true,
    method: 'post',
    path: '/v1/messages',
    id: 'createMessage',
    summary: 'Answers a conversation.',
    query: { beta: text('Changes nothing.') },
    headers: BETAS,
    body: {
      required: ['model', 'messages'],
      properties: {
        ...INPUT,
        max_tokens: integer('Most tokens of the answer.'),
        temperature: number('How much the answer may vary.'),
        top_p: number('Share of likely tokens that are chosen from.'),
        top_k: integer('How many tokens are chosen from.'),
        stop_sequences: list('Texts that end the answer.', { type: 'string' }),
        output_config: object('Effort, and the schema of the answer.'),
        metadata: object('`user_id`: your own id of the end user. All of it is kept with the record, up to 16 KiB.'),
        stream: STREAM,
      },
    },
    answer: {
      description: 'The message; with `stream`, its events.',
      properties: {
        id: text('Id of the message.'),
        content: list('Its blocks.', { type: 'object' }),
        stop_reason: text('Why it ended.'),
        usage: object('Tokens.'),
      },
      stream: 'text/event-stream',
    },
  },
  {
    ...ANTHROPIC,
    method: 'post',
    path: '/v1/messages/count_tokens',
    id: 'countMessageTokens',
    summary: 'Tokens of an input. `x-antiphon-token-count` says whether the provider counted or we estimated.',
    headers: BETAS,
    body: { required: ['model', 'messages'], properties: INPUT },
    answer: { description: 'The count.', properties: { input_tokens: integer('Tokens.') } },
  },
];
