/** Seven families of wires as their providers speak them, made by us: they share no code with the server. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { toBody, toEvents, type MadeAnswer, type MadeCall } from '../clients/made-answers.ts';
import { toResponse, toResponseEvents } from '../clients/made-responses.ts';
import { encodeEvent } from '../testkit/aws-event-stream.ts';
import type { UpstreamRequest } from '../testkit/upstream.ts';

export type Json = Record<string, unknown>;

export interface Family {
  readonly name: string;
  /** As a caller names a model of it. */
  readonly model: string;
  /** What connects it to `url`. */
  env(url: string): Readonly<Record<string, string>>;
  isStream(path: string, body: Json): boolean;
  readonly streamType: string;
  /** `body` is what was asked. */
  toBody(answer: MadeAnswer, body: Json): Json;
  /** Pieces of a stream, in order. */
  toStream(answer: MadeAnswer, body: Json): readonly (string | Buffer)[];
  /** Whose upstream it is asked at; left out: its own. */
  readonly at?: Family;
  /** A refusal for too many calls. */
  readonly limited: Json;
}

const argumentsOf = ({ pieces }: MadeCall): Json => JSON.parse(pieces.join('')) as Json;
const event = (data: unknown): string => `data: ${JSON.stringify(data)}\n\n`;
const line = (data: unknown): string => `${JSON.stringify(data)}\n`;

const requestOf = (body: Json): UpstreamRequest => ({
  path: '/v1/responses',
  headers: {},
  text: '',
  form: null,
  body,
  isStream: body['stream'] === true,
  wasCutOff: Promise.resolve(false),
});

const openai: Family = {
  name: 'OpenAI chat',
  model: 'openai/gpt-4.1-mini',
  env: (url) => ({ OPENAI_API_KEY: 'sk-upstream', OPENAI_BASE_URL: `${url}/v1` }),
  isStream: (_path, body) => body['stream'] === true,
  streamType: 'text/event-stream',
  toBody: (answer, body) => (body['input'] === undefined ? toBody('openai', answer) : toResponse(requestOf(body), 'resp_made', answer)),
  toStream: (answer, body) =>
    body['input'] === undefined ? toEvents('openai', answer) : toResponseEvents(requestOf(body), 'resp_made', answer),
  limited: { error: { message: 'Slow down.', type: 'rate_limit_error', param: null, code: 'rate_limit_exceeded' } },
};

/** The same vendor, for a model that is served by its newer API alone. */
const responses: Family = { ...openai, name: 'OpenAI Responses', model: 'openai/o3-pro', at: openai, env: () => ({}) };

const anthropic: Family = {
  name: 'Anthropic',
  model: 'anthropic/claude-haiku-4-5',
  env: (url) => ({ ANTHROPIC_API_KEY: 'sk-ant-upstream', ANTHROPIC_BASE_URL: url }),
  isStream: (_path, body) => body['stream'] === true,
  streamType: 'text/event-stream',
  toBody: (answer) => toBody('anthropic', answer),
  toStream: (answer) => toEvents('anthropic', answer),
  limited: { type: 'error', error: { type: 'rate_limit_error', message: 'Slow down.' } },
};

const geminiParts = ({ words = [], calls = [] }: MadeAnswer): Json[] => [
  ...words.map((text) => ({ text })),
  ...calls.map((call) => ({ functionCall: { name: call.name, args: argumentsOf(call) } })),
];
const geminiUsage = ({ tokens: [input, output] }: MadeAnswer): Json => ({
  promptTokenCount: input,
  candidatesTokenCount: output,
  totalTokenCount: input + output,
});
const geminiChunk = (parts: readonly Json[], more: Json, finishReason?: string): Json => ({
  candidates: [{ content: { parts, role: 'model' }, index: 0, ...(finishReason === undefined ? {} : { finishReason }) }],
  modelVersion: 'gemini-2.5-flash',
  responseId: 'made',
  ...more,
});

const gemini: Family = {
  name: 'Gemini',
  model: 'google-gemini/gemini-2.5-flash',
  env: (url) => ({ GEMINI_API_KEY: 'gemini-upstream', GOOGLE_GEMINI_BASE_URL: `${url}/v1beta` }),
  isStream: (path) => path.includes(':streamGenerateContent'),
  streamType: 'text/event-stream',
  toBody: (answer) => geminiChunk(geminiParts(answer), { usageMetadata: geminiUsage(answer) }, 'STOP'),
  toStream: (answer) => [
    ...geminiParts(answer).map((part) => event(geminiChunk([part], {}))),
    event(geminiChunk([], { usageMetadata: geminiUsage(answer) }, 'STOP')),
  ],
  limited: { error: { code: 429, message: 'Slow down.', status: 'RESOURCE_EXHAUSTED' } },
};

const converseStop = ({ calls = [] }: MadeAnswer): string => (calls.length > 0 ? 'tool_use' : 'end_turn');
const converseUsage = ({ tokens: [inputTokens, outputTokens] }: MadeAnswer): Json => ({
  inputTokens,
  outputTokens,
  totalTokens: inputTokens + outputTokens,
});

const bedrock: Family = {
  name: 'Bedrock Converse',
  model: 'bedrock/amazon.nova-lite-v1:0',
  env: (url) => ({
    BEDROCK_BASE_URL: url,
    AWS_REGION: 'us-east-1',
    AWS_BEARER_TOKEN_BEDROCK: 'bedrock-upstream',
  }),
  isStream: (path) => path.endsWith('/converse-stream'),
  streamType: 'application/vnd.amazon.eventstream',
  toBody: (answer) => ({
    output: {
      message: {
        role: 'assistant',
        content: [
          ...(answer.words === undefined ? [] : [{ text: answer.words.join('') }]),
          ...(answer.calls ?? []).map((call) => ({ toolUse: { toolUseId: call.id, name: call.name, input: argumentsOf(call) } })),
        ],
      },
    },
    stopReason: converseStop(answer),
    usage: converseUsage(answer),
    metrics: { latencyMs: 1 },
  }),
  toStream: (answer) => {
    const { words = [], calls = [] } = answer;
    const first = words.length === 0 ? 0 : 1;
    return [
      encodeEvent('messageStart', { role: 'assistant' }),
      ...words.map((text) => encodeEvent('contentBlockDelta', { contentBlockIndex: 0, delta: { text } })),
      ...(first === 0 ? [] : [encodeEvent('contentBlockStop', { contentBlockIndex: 0 })]),
      ...calls.flatMap(({ id, name, pieces }, at) => [
        encodeEvent('contentBlockStart', { contentBlockIndex: at + first, start: { toolUse: { toolUseId: id, name } } }),
        ...pieces.map((input) => encodeEvent('contentBlockDelta', { contentBlockIndex: at + first, delta: { toolUse: { input } } })),
        encodeEvent('contentBlockStop', { contentBlockIndex: at + first }),
      ]),
      encodeEvent('messageStop', { stopReason: converseStop(answer) }),
      encodeEvent('metadata', { usage: converseUsage(answer), metrics: { latencyMs: 1 } }),
    ];
  },
  limited: { message: 'Too many requests, please wait.' },
};

const cohereFinish = ({ calls = [] }: MadeAnswer): string => (calls.length > 0 ? 'TOOL_CALL' : 'COMPLETE');
const cohereUsage = ({ tokens: [input_tokens, output_tokens] }: MadeAnswer): Json => ({
  billed_units: { input_tokens, output_tokens },
  tokens: { input_tokens, output_tokens },
});

const cohere: Family = {
  name: 'Cohere v2',
  model: 'cohere/command-a-vision-07-2025',
  env: (url) => ({ COHERE_API_KEY: 'cohere-upstream', COHERE_BASE_URL: url }),
  isStream: (_path, body) => body['stream'] === true,
  streamType: 'text/event-stream',
  toBody: (answer) => ({
    id: 'made',
    message: {
      role: 'assistant',
      ...(answer.words === undefined ? {} : { content: [{ type: 'text', text: answer.words.join('') }] }),
      ...(answer.calls === undefined
        ? {}
        : {
            tool_calls: answer.calls.map(({ id, name, pieces }) => ({
              id,
              type: 'function',
              function: { name, arguments: pieces.join('') },
            })),
          }),
    },
    finish_reason: cohereFinish(answer),
    usage: cohereUsage(answer),
  }),
  toStream: (answer) => {
    const { words = [], calls = [] } = answer;
    return [
      event({
        type: 'message-start',
        id: 'made',
        delta: { message: { role: 'assistant', content: [], tool_plan: '', tool_calls: [], citations: [] } },
      }),
      ...(words.length === 0
        ? []
        : [event({ type: 'content-start', index: 0, delta: { message: { content: { type: 'text', text: '' } } } })]),
      ...words.map((text) => event({ type: 'content-delta', index: 0, delta: { message: { content: { text } } } })),
      ...(words.length === 0 ? [] : [event({ type: 'content-end', index: 0 })]),
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
      event({ type: 'message-end', delta: { finish_reason: cohereFinish(answer), usage: cohereUsage(answer) } }),
      'data: [DONE]\n\n',
    ];
  },
  limited: { message: 'Please wait and try again later.' },
};

const ollamaHead = { model: 'llama3.2', created_at: '2026-01-01T00:00:00Z' };
const ollamaCalls = ({ calls = [] }: MadeAnswer): Json[] =>
  calls.map((call) => ({ function: { name: call.name, arguments: argumentsOf(call) } }));
const ollamaDone = ({ tokens: [prompt_eval_count, eval_count] }: MadeAnswer): Json => ({
  done: true,
  done_reason: 'stop',
  prompt_eval_count,
  eval_count,
});

const ollama: Family = {
  name: 'Ollama',
  model: 'ollama/llama3.2',
  env: (url) => ({ OLLAMA_BASE_URL: url }),
  isStream: (_path, body) => body['stream'] !== false,
  streamType: 'application/x-ndjson',
  toBody: (answer) => ({
    ...ollamaHead,
    message: {
      role: 'assistant',
      content: (answer.words ?? []).join(''),
      ...(answer.calls === undefined ? {} : { tool_calls: ollamaCalls(answer) }),
    },
    ...ollamaDone(answer),
  }),
  toStream: (answer) => [
    ...(answer.words ?? []).map((content) => line({ ...ollamaHead, message: { role: 'assistant', content }, done: false })),
    ...ollamaCalls(answer).map((call) =>
      line({ ...ollamaHead, message: { role: 'assistant', content: '', tool_calls: [call] }, done: false }),
    ),
    line({ ...ollamaHead, message: { role: 'assistant', content: '' }, ...ollamaDone(answer) }),
  ],
  limited: { error: 'too many requests' },
};

export const FAMILIES: readonly Family[] = [openai, responses, anthropic, gemini, bedrock, cohere, ollama];

/** What is asked for in the prompt, and what comes; after results of tools a sentence about them. */
export function answerWith(family: Family, answer: (text: string) => MadeAnswer, seen: string[]) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString();
    seen.push(text);
    const body = JSON.parse(text) as Json;
    const isStream = family.isStream(new URL(request.url ?? '/', 'http://loopback').pathname, body);
    if (text.includes('[made limited]')) {
      response.writeHead(429, { 'content-type': 'application/json', 'retry-after': '7' }).end(JSON.stringify(family.limited));
      return;
    }
    const made = answer(text);
    if (!isStream) {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(family.toBody(made, body)));
      return;
    }
    response.writeHead(200, { 'content-type': family.streamType });
    const pieces = family.toStream(made, body);
    // A stream that breaks ends within its answer, without a word.
    for (const piece of text.includes('[made broken]') ? pieces.slice(0, 2) : pieces) response.write(piece);
    if (text.includes('[made broken]')) setTimeout(() => response.destroy(), 20);
    else response.end();
  };
}
