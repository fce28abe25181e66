/** Bedrock's Converse, whose streams are binary. */
import type { MadeAnswer } from '../clients/made-answers.ts';
import { encodeEvent } from '../testkit/aws-event-stream.ts';
import type { Json } from './caller.ts';
import { argumentsOf, objectOf, objectsOf, textIn, type Family } from './family.ts';

const stopOf = ({ calls = [] }: MadeAnswer): string => (calls.length > 0 ? 'tool_use' : 'end_turn');
const usageOf = ({ tokens: [inputTokens, outputTokens] }: MadeAnswer): Json => ({
  inputTokens,
  outputTokens,
  totalTokens: inputTokens + outputTokens,
});

function bodyOf(answer: MadeAnswer): Json {
  const { words, calls = [], reasoning } = answer;
  const thought = { text: reasoning?.pieces.join(''), signature: reasoning?.signature };
  return {
    output: {
      message: {
        role: 'assistant',
        content: [
          ...(reasoning === undefined ? [] : [{ reasoningContent: { reasoningText: thought } }]),
          ...(words === undefined ? [] : [{ text: words.join('') }]),
          ...calls.map((call) => ({ toolUse: { toolUseId: call.id, name: call.name, input: argumentsOf(call) } })),
        ],
      },
    },
    stopReason: stopOf(answer),
    usage: usageOf(answer),
    metrics: { latencyMs: 1 },
  };
}

interface StreamBlock {
  readonly start?: Json;
  readonly deltas: readonly Json[];
}

function streamOf(answer: MadeAnswer): Buffer[] {
  const { words = [], calls = [], reasoning } = answer;
  const blocks: StreamBlock[] = [
    ...(reasoning === undefined
      ? []
      : [
          {
            deltas: [
              ...reasoning.pieces.map((text) => ({ reasoningContent: { text } })),
              { reasoningContent: { signature: reasoning.signature } },
            ],
          },
        ]),
    ...(words.length === 0 ? [] : [{ deltas: words.map((text) => ({ text })) }]),
    ...calls.map(({ id, name, pieces }) => ({
      start: { toolUse: { toolUseId: id, name } },
      deltas: pieces.map((input) => ({ toolUse: { input } })),
    })),
  ];
  return [
    encodeEvent('messageStart', { role: 'assistant' }),
    ...blocks.flatMap(({ start, deltas }, contentBlockIndex) => [
      ...(start === undefined ? [] : [encodeEvent('contentBlockStart', { contentBlockIndex, start })]),
      ...deltas.map((delta) => encodeEvent('contentBlockDelta', { contentBlockIndex, delta })),
      encodeEvent('contentBlockStop', { contentBlockIndex }),
    ]),
    encodeEvent('messageStop', { stopReason: stopOf(answer) }),
    encodeEvent('metadata', { usage: usageOf(answer), metrics: { latencyMs: 1 } }),
  ];
}

const typed = (type: string): Readonly<Record<string, string>> => ({ 'x-amzn-errortype': `${type}:http://internal.amazon.com/coral/` });

export const bedrockFamily: Family = {
  name: 'Bedrock Converse',
  model: 'bedrock/us.anthropic.claude-haiku-4-5-20251001-v1:0',
  env: (url) => ({ BEDROCK_BASE_URL: url, AWS_REGION: 'us-east-1', AWS_BEARER_TOKEN_BEDROCK: 'bedrock-upstream' }),
  isStream: ({ path }) => path.endsWith('/converse-stream'),
  streamType: 'application/vnd.amazon.eventstream',
  toBody: bodyOf,
  toStream: streamOf,
  reasoning: 'signed',
  failures: {
    limited: { httpStatus: 429, headers: { 'retry-after': '7' }, body: { message: 'Too many requests, please wait.' } },
    invalid: { httpStatus: 400, headers: typed('ValidationException'), body: { message: 'The schema of the tool is invalid.' } },
    long: { httpStatus: 400, headers: typed('ValidationException'), body: { message: 'Input is too long for requested model.' } },
    unauthorized: {
      httpStatus: 403,
      headers: typed('UnrecognizedClientException'),
      body: { message: 'The security token included in the request is invalid.' },
    },
  },
  read: ({ path, body }) => {
    const blocks = (role: string): readonly Json[] =>
      objectsOf(body['messages']).flatMap((message) => (message['role'] === role ? objectsOf(message['content']) : []));
    const image = blocks('user').find((block) => block['image'] !== undefined)?.['image'] as Json | undefined;
    const reasoning = blocks('assistant').find((block) => block['reasoningContent'] !== undefined)?.['reasoningContent'];
    const thought = objectOf(objectOf(reasoning)['reasoningText']);
    return {
      model: decodeURIComponent(/\/model\/([^/]+)\//.exec(path)?.[1] ?? ''),
      isStream: path.endsWith('/converse-stream'),
      prompt: textIn(blocks('user').find((block) => block['text'] !== undefined)?.['text']),
      image:
        image === undefined ? null : { mediaType: `image/${String(image['format'])}`, data: String(objectOf(image['source'])['bytes']) },
      tools: objectsOf(objectOf(body['toolConfig'])['tools']).map((tool) => {
        const { name, inputSchema } = objectOf(tool['toolSpec']);
        return { name: String(name), schema: objectOf(inputSchema)['json'] };
      }),
      calls: blocks('assistant').flatMap(({ toolUse }) => {
        const call = objectOf(toolUse);
        return toolUse === undefined ? [] : [{ id: String(call['toolUseId']), name: String(call['name']), input: call['input'] }];
      }),
      results: blocks('user').flatMap(({ toolResult }) => {
        const result = objectOf(toolResult);
        return toolResult === undefined ? [] : [{ id: String(result['toolUseId']), text: textIn(result['content']) }];
      }),
      reasoning:
        reasoning === undefined
          ? null
          : { text: String(thought['text']), signature: typeof thought['signature'] === 'string' ? thought['signature'] : null },
    };
  },
};
