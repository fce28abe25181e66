import { integer, list, object, text, type BodyDoc, type OperationDoc, type Schema } from '../openapi/operation.ts';

const GEMINI = { errors: 'Gemini', scope: 'COMPLETIONS_WRITE', method: 'post' } as const;
const READ = { errors: 'Gemini', scope: 'MODELS_READ', method: 'get' } as const;
const MODELS = '/v1beta/models';
const KEY: Readonly<Record<string, Schema>> = { key: text('The key, where it stands in no header.') };

const CONTENTS: BodyDoc = {
  required: ['contents'],
  properties: {
    contents: list('The conversation.', { type: 'object' }),
    systemInstruction: object('What the model is told before.'),
    tools: list('Functions that the model may call.', { type: 'object' }),
    toolConfig: object('Whether and which function is called.'),
    generationConfig: object('Settings of the answer.'),
  },
};
const CONTENT: BodyDoc = {
  required: ['content'],
  properties: {
    content: object('Its parts of text.'),
    outputDimensionality: integer('Length of the vector.'),
    taskType: text('What the vector is for.'),
  },
};
const ANSWER: Readonly<Record<string, Schema>> = {
  candidates: list('The choices.', { type: 'object' }),
  usageMetadata: object('Tokens.'),
  modelVersion: text('The model that answered.'),
};
const VECTOR = object('`values`: the vector.');

/** Everything at the Gemini door; a model's name may hold colons, the method is after the last one. */
export const GEMINI_OPERATIONS: readonly OperationDoc[] = [
  {
    ...GEMINI,
    isCall: true,
    path: `${MODELS}/{model}:generateContent`,
    id: 'generateContent',
    summary: 'Answers a conversation.',
    query: KEY,
    body: CONTENTS,
    answer: { description: 'The answer.', properties: ANSWER },
  },
  {
    ...GEMINI,
    isCall: true,
    path: `${MODELS}/{model}:streamGenerateContent`,
    id: 'streamGenerateContent',
    summary: 'Answers a conversation in pieces.',
    query: {
      ...KEY,
      alt: { type: 'string', enum: ['sse'], description: 'Events; without it one JSON list whose elements come one by one.' },
    },
    body: CONTENTS,
    answer: { description: 'The chunks.', mediaType: 'application/json', stream: 'text/event-stream' },
  },
  {
    ...GEMINI,
    path: `${MODELS}/{model}:countTokens`,
    id: 'countTokens',
    summary: 'Tokens of an input. `x-antiphon-token-count` says whether the provider counted or we estimated.',
    query: KEY,
    body: {
      required: [],
      properties: { ...CONTENTS.properties, generateContentRequest: object('A whole request in place of `contents`.') },
    },
    answer: { description: 'The count.', properties: { totalTokens: integer('Tokens.') } },
  },
  {
    ...GEMINI,
    isCall: true,
    path: `${MODELS}/{model}:embedContent`,
    id: 'embedContent',
    summary: 'The vector of a text.',
    query: KEY,
    body: CONTENT,
    answer: { description: 'The vector.', properties: { embedding: VECTOR } },
  },
  {
    ...GEMINI,
    isCall: true,
    path: `${MODELS}/{model}:batchEmbedContents`,
    id: 'batchEmbedContents',
    summary: 'Vectors of texts.',
    query: KEY,
    body: { required: ['requests'], properties: { requests: list('Up to 100 requests with the same settings.', { type: 'object' }) } },
    answer: { description: 'One vector a request, in order.', properties: { embeddings: list('The vectors.', VECTOR) } },
  },
  {
    ...READ,
    path: MODELS,
    id: 'listGeminiModels',
    summary: 'The models that can be called now.',
    query: { ...KEY, pageSize: integer('Models of a page.'), pageToken: text('What the page before named.') },
    answer: {
      description: 'A page.',
      properties: { models: list('The models.', { type: 'object' }), nextPageToken: text('There are more.') },
    },
  },
  {
    ...READ,
    path: `${MODELS}/{model}`,
    id: 'getGeminiModel',
    summary: 'One model.',
    query: KEY,
    answer: { description: 'The model.', properties: { name: text('Its name.'), displayName: text('Its name for people.') } },
  },
];
