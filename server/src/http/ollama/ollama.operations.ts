import { either, integer, list, MODEL, object, STREAM, text, type OperationDoc, type Schema } from '../openapi/operation.ts';

const OLLAMA = { errors: 'Ollama', scope: 'COMPLETIONS_WRITE', method: 'post' } as const;
const READ = { ...OLLAMA, scope: 'MODELS_READ' } as const;
const SETTINGS: Readonly<Record<string, Schema>> = {
  model: MODEL,
  options: object('Settings, such as `temperature` and `num_predict`.'),
  format: either('`json`, or a JSON Schema.', 'string', 'object'),
  think: either('Whether and how hard to think.', 'boolean', 'string'),
  stream: { ...STREAM, default: true },
};
const DONE: Readonly<Record<string, Schema>> = {
  model: text('The model.'),
  prompt_eval_count: integer('Tokens of the input.'),
  eval_count: integer('Tokens of the answer.'),
};

/** Everything at the Ollama door. */
export const OLLAMA_OPERATIONS: readonly OperationDoc[] = [
  {
    ...OLLAMA,
    isCall: true,
    path: '/api/chat',
    id: 'ollamaChat',
    summary: 'Answers a conversation; in pieces unless `stream` is false.',
    body: {
      required: ['model', 'messages'],
      properties: {
        ...SETTINGS,
        messages: list('The conversation.', { type: 'object' }),
        tools: list('Functions that the model may call.', { type: 'object' }),
      },
    },
    answer: {
      description: 'The answer, whole or in lines.',
      properties: { ...DONE, message: object('The message.') },
      stream: 'application/x-ndjson',
    },
  },
  {
    ...OLLAMA,
    isCall: true,
    path: '/api/generate',
    id: 'ollamaGenerate',
    summary: 'Answers a prompt; in pieces unless `stream` is false.',
    body: {
      required: ['model', 'prompt'],
      properties: {
        ...SETTINGS,
        prompt: text('The prompt.'),
        system: text('What the model is told before.'),
        images: list('Images in base64.', { type: 'string' }),
      },
    },
    answer: {
      description: 'The answer, whole or in lines.',
      properties: { ...DONE, response: text('The text.') },
      stream: 'application/x-ndjson',
    },
  },
  {
    ...OLLAMA,
    isCall: true,
    path: '/api/embed',
    id: 'ollamaEmbed',
    summary: 'Vectors of texts.',
    body: {
      required: ['model', 'input'],
      properties: { model: MODEL, input: either('A text or texts.', 'string', 'array'), dimensions: integer('Length of a vector.') },
    },
    answer: { description: 'One vector an input, in order.', properties: { embeddings: list('The vectors.') } },
  },
  {
    ...OLLAMA,
    isCall: true,
    path: '/api/embeddings',
    id: 'ollamaEmbeddings',
    summary: 'The vector of a text: the older form.',
    body: { required: ['model', 'prompt'], properties: { model: MODEL, prompt: text('The text.') } },
    answer: { description: 'The vector.', properties: { embedding: list('The vector.', { type: 'number' }) } },
  },
  {
    ...READ,
    method: 'get',
    path: '/api/tags',
    id: 'ollamaTags',
    summary: 'The models that can be called now.',
    answer: { description: 'The models.', properties: { models: list('The models.', { type: 'object' }) } },
  },
  {
    ...READ,
    path: '/api/show',
    id: 'ollamaShow',
    summary: 'One model.',
    body: { required: ['model'], properties: { model: MODEL } },
    answer: {
      description: 'The model.',
      properties: { details: object('Facts.'), capabilities: list('What it can do.', { type: 'string' }) },
    },
  },
  {
    ...READ,
    method: 'get',
    path: '/api/version',
    id: 'ollamaVersion',
    summary: 'Version of this server.',
    answer: { description: 'The version.', properties: { version: text('The version.') } },
  },
];
