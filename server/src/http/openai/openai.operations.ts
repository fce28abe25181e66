import {
  either,
  file,
  flag,
  integer,
  list,
  MODEL,
  number,
  object,
  STREAM,
  text,
  type BodyDoc,
  type OperationDoc,
  type Schema,
} from '../openapi/operation.ts';
import { RESPONSES_OPERATIONS } from './responses.operations.ts';

const OPENAI = { errors: 'OpenAi', scope: 'COMPLETIONS_WRITE' } as const;
const CALL = { ...OPENAI, isCall: true } as const;
const METADATA = object('Whatever the caller wants kept with the record, up to 16 KiB.');
const USAGE = object('Tokens of the input and of the answer.');

const SAMPLING: Readonly<Record<string, Schema>> = {
  temperature: number('How much the answer may vary.'),
  top_p: number('Share of likely tokens that are chosen from.'),
  frequency_penalty: number('Against repeating tokens.'),
  presence_penalty: number('Against repeating subjects.'),
  stop: either('Text, or texts, that end the answer.', 'string', 'array'),
  seed: integer('For answers that can be had again, where the model offers it.'),
  n: integer('How many choices.'),
  user: text('Your own id of the end user.'),
  stream: STREAM,
  stream_options: object('`include_usage`: whether the last chunk tells the tokens.'),
  metadata: METADATA,
};

const CHAT: BodyDoc = {
  required: ['model', 'messages'],
  properties: {
    model: MODEL,
    messages: list('The conversation.', { type: 'object' }),
    tools: list('Functions that the model may call.', { type: 'object' }),
    tool_choice: either('Whether and which tool is called.', 'string', 'object'),
    parallel_tool_calls: flag('Whether several tools may be called at once.'),
    response_format: object('Text, JSON, or JSON of a schema.'),
    reasoning_effort: text('How hard to think.'),
    max_completion_tokens: integer('Most tokens of a choice.'),
    max_tokens: integer('The older name of `max_completion_tokens`.'),
    logprobs: flag('Whether to tell the probabilities of tokens.'),
    top_logprobs: integer('Of how many alternatives.'),
    ...SAMPLING,
  },
};
const CHAT_ANSWER = {
  description: 'The answer; with `stream`, chunks of it.',
  properties: {
    id: text('Id of the answer.'),
    object: text('`chat.completion`.'),
    choices: list('The choices.', { type: 'object' }),
    usage: USAGE,
  },
  stream: 'text/event-stream',
} as const;

const TEXT: BodyDoc = {
  required: ['model', 'prompt'],
  properties: {
    model: MODEL,
    prompt: either('One text, alone or in a list.', 'string', 'array'),
    max_tokens: integer('Most tokens of a choice.'),
    echo: flag('Whether the prompt stands in front of the answer.'),
    logprobs: integer('Of how many alternatives to tell the probabilities.'),
    suffix: text('Not sent to any provider: a warning says so.'),
    best_of: integer('Not sent to any provider: a warning says so.'),
    ...SAMPLING,
  },
};
const TEXT_ANSWER = { ...CHAT_ANSWER, description: 'The text; with `stream`, chunks of it.' };

const EMBEDDINGS: BodyDoc = {
  required: ['model', 'input'],
  properties: {
    model: MODEL,
    input: either('A text, texts, or lists of token numbers.', 'string', 'array'),
    dimensions: integer('Length of a vector.'),
    encoding_format: { type: 'string', enum: ['float', 'base64'], description: 'How vectors are written.' },
    user: text('Your own id of the end user.'),
  },
};
const EMBEDDINGS_ANSWER = {
  description: 'One vector an input, in order.',
  properties: { data: list('The vectors.', { type: 'object' }), usage: USAGE },
};

const IMAGE: BodyDoc = {
  required: ['prompt'],
  properties: {
    model: MODEL,
    prompt: text('What the image shows.'),
    n: integer('How many images.'),
    size: text('Such as `1024x1024`.'),
    quality: text('A word of the provider.'),
    response_format: { type: 'string', enum: ['url', 'b64_json'], description: 'How images come.' },
    user: text('Your own id of the end user.'),
  },
};
const IMAGES_ANSWER = {
  description: 'The images.',
  properties: { created: integer('Unix seconds.'), data: list('The images.', { type: 'object' }) },
};

const AUDIO: BodyDoc = {
  required: ['file', 'model'],
  mediaType: 'multipart/form-data',
  properties: {
    file: file('The recording.'),
    model: MODEL,
    prompt: text('Words that help to understand it.'),
    response_format: text('`json`, `text`, `srt`, `verbose_json` or `vtt`.'),
    temperature: number('How much the text may vary.'),
  },
};
const TRANSCRIPT = { description: 'What was said.', properties: { text: text('The words.') } };

const DEPLOYMENT = '/openai/deployments/{deployment}';

/** Everything at the OpenAI door. */
export const OPENAI_OPERATIONS: readonly OperationDoc[] = [
  {
    ...CALL,
    method: 'post',
    path: '/v1/chat/completions',
    id: 'createChatCompletion',
    summary: 'Answers a conversation.',
    body: CHAT,
    answer: CHAT_ANSWER,
  },
  {
    ...CALL,
    method: 'post',
    path: '/v1/completions',
    id: 'createCompletion',
    summary: 'Answers a text with a text.',
    body: TEXT,
    answer: TEXT_ANSWER,
  },
  ...RESPONSES_OPERATIONS,
  {
    ...CALL,
    method: 'post',
    path: '/v1/embeddings',
    id: 'createEmbedding',
    summary: 'Vectors of texts.',
    body: EMBEDDINGS,
    answer: EMBEDDINGS_ANSWER,
  },
  {
    ...CALL,
    method: 'post',
    path: '/v1/moderations',
    id: 'createModeration',
    summary: 'Whether content is harmful, and how.',
    body: { required: ['input'], properties: { model: MODEL, input: either('Texts, or parts with images.', 'string', 'array') } },
    answer: { description: 'One result an input.', properties: { results: list('The results.', { type: 'object' }) } },
  },
  {
    ...CALL,
    method: 'post',
    path: '/v1/rerank',
    id: 'createRerank',
    summary: 'Documents in the order in which they answer a query.',
    body: {
      required: ['model', 'query', 'documents'],
      properties: {
        model: MODEL,
        query: text('The query.'),
        documents: list('Texts or objects.'),
        top_n: integer('How many at most.'),
        return_documents: flag('Whether documents come back with their rank.'),
      },
    },
    answer: { description: 'Places and scores.', properties: { results: list('The best first.', { type: 'object' }) } },
  },
  {
    ...CALL,
    method: 'post',
    path: '/v1/images/generations',
    id: 'createImage',
    summary: 'Images of a description.',
    body: IMAGE,
    answer: IMAGES_ANSWER,
  },
  {
    ...CALL,
    method: 'post',
    path: '/v1/images/edits',
    id: 'editImage',
    summary: 'An image changed by a description.',
    body: {
      ...IMAGE,
      required: ['image', 'prompt'],
      mediaType: 'multipart/form-data',
      properties: { ...IMAGE.properties, image: file('The image.'), mask: file('Where it may change.') },
    },
    answer: IMAGES_ANSWER,
  },
  {
    ...CALL,
    method: 'post',
    path: '/v1/images/variations',
    id: 'varyImage',
    summary: 'Images like one.',
    body: {
      required: ['image'],
      mediaType: 'multipart/form-data',
      properties: { model: MODEL, image: file('The image.'), n: integer('How many images.'), size: text('Such as `1024x1024`.') },
    },
    answer: IMAGES_ANSWER,
  },
  {
    ...CALL,
    method: 'post',
    path: '/v1/audio/speech',
    id: 'createSpeech',
    summary: 'A text spoken.',
    body: {
      required: ['model', 'input', 'voice'],
      properties: {
        model: MODEL,
        input: text('The text.'),
        voice: text('Whose voice.'),
        response_format: text('Such as `mp3`.'),
        speed: number('1 is the usual speed.'),
        instructions: text('How to speak.'),
      },
    },
    answer: { description: 'The recording.', mediaType: 'audio/*' },
  },
  {
    ...CALL,
    method: 'post',
    path: '/v1/audio/transcriptions',
    id: 'createTranscription',
    summary: 'What a recording says.',
    body: { ...AUDIO, properties: { ...AUDIO.properties, language: text('Its language, such as `en`.') } },
    answer: TRANSCRIPT,
  },
  {
    ...CALL,
    method: 'post',
    path: '/v1/audio/translations',
    id: 'createTranslation',
    summary: 'What a recording says, in English.',
    body: AUDIO,
    answer: TRANSCRIPT,
  },
  {
    ...OPENAI,
    scope: 'MODELS_READ',
    method: 'get',
    path: '/v1/models',
    id: 'listModels',
    summary: 'The models that can be called now; in Anthropic’s or Google’s form to their clients.',
    answer: { description: 'The models.', properties: { object: text('`list`.'), data: list('The models.', { type: 'object' }) } },
  },
  {
    ...OPENAI,
    scope: 'MODELS_READ',
    method: 'get',
    path: '/v1/models/{model}',
    id: 'retrieveModel',
    summary: 'One model; in Anthropic’s or Google’s form to their clients.',
    answer: { description: 'The model.', properties: { id: text('Its name.'), owned_by: text('Its provider.') } },
  },
  {
    ...CALL,
    method: 'post',
    path: `${DEPLOYMENT}/chat/completions`,
    id: 'createDeploymentChatCompletion',
    summary: 'As Azure’s clients ask.',
    body: { ...CHAT, required: ['messages'] },
    answer: CHAT_ANSWER,
  },
  {
    ...CALL,
    method: 'post',
    path: `${DEPLOYMENT}/completions`,
    id: 'createDeploymentCompletion',
    summary: 'As Azure’s clients ask.',
    body: { ...TEXT, required: ['prompt'] },
    answer: TEXT_ANSWER,
  },
  {
    ...CALL,
    method: 'post',
    path: `${DEPLOYMENT}/embeddings`,
    id: 'createDeploymentEmbedding',
    summary: 'As Azure’s clients ask.',
    body: { ...EMBEDDINGS, required: ['input'] },
    answer: EMBEDDINGS_ANSWER,
  },
  {
    ...CALL,
    method: 'post',
    path: `${DEPLOYMENT}/images/generations`,
    id: 'createDeploymentImage',
    summary: 'As Azure’s clients ask.',
    body: IMAGE,
    answer: IMAGES_ANSWER,
  },
];
