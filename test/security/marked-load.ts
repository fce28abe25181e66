/** Calls through every door that carry a marker wherever a caller can put one. */
import { authorized } from '../e2e/doors.ts';
import type { Json } from '../matrix/caller.ts';
import type { ServerBanner } from '../testkit/server-process.ts';
import type { Markers } from './markers.ts';
import type { Deed } from './marked-upstream.ts';

export interface MarkedRequest {
  readonly name: string;
  readonly path: string;
  readonly body: string | FormData;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface MarkedAnswer {
  readonly name: string;
  readonly httpStatus: number;
  /** Head and body. */
  readonly text: string;
}

export interface Ask {
  readonly model: string;
  readonly deed: Deed;
  readonly isStream: boolean;
  readonly markers: Markers;
}

const fileOf = ({ fileContents }: Markers): string => Buffer.from(`%PDF-1.4 ${fileContents}`).toString('base64');
const promptOf = ({ markers, deed }: Ask): string => `[do ${deed}] ${markers.prompt}`;
const SCHEMA = { type: 'object', properties: { city: { type: 'string' } } };

function chat(ask: Ask): Json {
  const { model, isStream, markers } = ask;
  const call = {
    id: 'call_1',
    type: 'function',
    function: { name: 'get_weather', arguments: JSON.stringify({ city: markers.toolArguments }) },
  };
  return {
    model,
    stream: isStream,
    user: markers.endUser,
    tools: [{ type: 'function', function: { name: 'get_weather', description: markers.toolText, parameters: SCHEMA } }],
    messages: [
      { role: 'system', content: markers.system },
      { role: 'user', content: promptOf(ask) },
      { role: 'assistant', content: null, tool_calls: [call] },
      { role: 'tool', tool_call_id: 'call_1', content: markers.toolResult },
      {
        role: 'user',
        content: [{ type: 'file', file: { filename: 'a.pdf', file_data: `data:application/pdf;base64,${fileOf(markers)}` } }],
      },
    ],
  };
}

function responses(ask: Ask): Json {
  const { model, isStream, markers } = ask;
  return {
    model,
    stream: isStream,
    instructions: markers.system,
    metadata: { note: markers.endUser },
    tools: [{ type: 'function', name: 'get_weather', description: markers.toolText, parameters: SCHEMA, strict: false }],
    input: [
      { role: 'user', content: promptOf(ask) },
      { type: 'function_call', call_id: 'call_1', name: 'get_weather', arguments: JSON.stringify({ city: markers.toolArguments }) },
      { type: 'function_call_output', call_id: 'call_1', output: markers.toolResult },
    ],
  };
}

function messages(ask: Ask): Json {
  const { model, isStream, markers } = ask;
  return {
    model,
    stream: isStream,
    max_tokens: 100,
    system: markers.system,
    metadata: { user_id: markers.endUser },
    tools: [{ name: 'get_weather', description: markers.toolText, input_schema: SCHEMA }],
    messages: [
      { role: 'user', content: promptOf(ask) },
      { role: 'assistant', content: [{ type: 'tool_use', id: 'call_1', name: 'get_weather', input: { city: markers.toolArguments } }] },
      {
        role: 'user',
        content: [
          { type: 'tool_result', tool_use_id: 'call_1', content: markers.toolResult },
          { type: 'document', source: { type: 'base64', media_type: 'application/pdf', data: fileOf(markers) } },
        ],
      },
    ],
  };
}

function contents(ask: Ask): Json {
  const { markers } = ask;
  return {
    systemInstruction: { parts: [{ text: markers.system }] },
    tools: [{ functionDeclarations: [{ name: 'get_weather', description: markers.toolText, parametersJsonSchema: SCHEMA }] }],
    contents: [
      { role: 'user', parts: [{ text: promptOf(ask) }, { inlineData: { mimeType: 'application/pdf', data: fileOf(markers) } }] },
      { role: 'model', parts: [{ functionCall: { name: 'get_weather', args: { city: markers.toolArguments } } }] },
      { role: 'user', parts: [{ functionResponse: { name: 'get_weather', response: { output: markers.toolResult } } }] },
    ],
  };
}

function ollama(ask: Ask): Json {
  const { model, isStream, markers } = ask;
  return {
    model,
    stream: isStream,
    messages: [
      { role: 'system', content: markers.system },
      { role: 'user', content: promptOf(ask) },
    ],
  };
}

const SELECTION = `errors { ... on UserError { code message } ... on ProviderFailedError { attempts { errorClass httpStatus } } }`;
function graphql(ask: Ask): Json {
  const { model, markers } = ask;
  const input = {
    model,
    messages: [{ system: { content: { text: markers.system } } }, { user: { content: { text: promptOf(ask) } } }],
    deadlineMs: 1500,
  };
  const query = `mutation ($input: CompletionCreateInput!) { completionCreate(input: $input) { completion { id output { text } } ${SELECTION} } }`;
  return { query, variables: { input } };
}

function graphqlStream(ask: Ask): Json {
  const { query: _query, variables } = graphql(ask);
  const failed = `... on CompletionFailed { failedCompletion { id } error { ... on UserError { code message } } }`;
  const query = `subscription ($input: CompletionStreamInput!) { completionStream(input: $input) { __typename
    ... on CompletionTextDelta { text } ${failed} } }`;
  return { query, variables };
}

/** The same question at every door. */
export function askEverywhere(banner: ServerBanner, ask: Ask): readonly MarkedRequest[] {
  const { model, isStream, deed } = ask;
  const to = (door: string, path: string, body: Json): MarkedRequest => ({
    name: `${door}, ${model}, ${deed}`,
    path,
    body: JSON.stringify(body),
  });
  const method = isStream ? 'streamGenerateContent?alt=sse&' : 'generateContent?';
  return [
    to('OpenAI', '/v1/chat/completions', chat(ask)),
    to('Responses', '/v1/responses', responses(ask)),
    to('Anthropic', '/v1/messages', messages(ask)),
    to('Gemini', `/v1beta/models/${model}:${method}key=${banner.apiKey}`, contents(ask)),
    to('Ollama', '/api/chat', ollama(ask)),
    to('GraphQL', new URL(banner.graphqlUrl).pathname, graphql(ask)),
    {
      ...to('GraphQL stream', `${new URL(banner.graphqlUrl).pathname}/stream`, graphqlStream(ask)),
      headers: { accept: 'text/event-stream' },
    },
  ];
}

/** Operations beside chat, and what is no request at all. */
export function otherRequests(markers: Markers, model: string): readonly MarkedRequest[] {
  const text = (name: string, path: string, body: unknown, headers: Readonly<Record<string, string>> = {}): MarkedRequest => ({
    name,
    path,
    body: typeof body === 'string' ? body : JSON.stringify(body),
    headers,
  });
  const { taskInput } = markers;
  const form = new FormData();
  form.set('model', 'openai/whisper-1');
  form.set('file', new Blob([`RIFF ${markers.fileContents}`], { type: 'audio/wav' }), 'a.wav');
  form.set('prompt', taskInput);
  const tasks = [
    text('embeddings', '/v1/embeddings', { model: 'openai/text-embedding-3-small', input: taskInput }),
    text('embeddings that fail', '/v1/embeddings', { model: 'openai/text-embedding-3-small', input: `[do fail] ${taskInput}` }),
    text('moderations', '/v1/moderations', { model: 'openai/omni-moderation-latest', input: taskInput }),
    text('images', '/v1/images/generations', { model: 'openai/gpt-image-1', prompt: taskInput }),
    text('images that are refused', '/v1/images/generations', { model: 'openai/gpt-image-1', prompt: `[do unauthorized] ${taskInput}` }),
    text('a ranking', '/v1/rerank', { model: 'openai/none', query: taskInput, documents: [taskInput] }),
    text('speech', '/v1/audio/speech', { model: 'openai/tts-1', voice: 'alloy', input: taskInput }),
    text('tokens, counted', '/v1/messages/count_tokens', { model, messages: [{ role: 'user', content: markers.prompt }] }),
    text('tokens, counted by Gemini', `/v1beta/models/${model}:countTokens`, { contents: [{ parts: [{ text: markers.prompt }] }] }),
    text('embeddings of Ollama', '/api/embed', { model: 'openai/text-embedding-3-small', input: [taskInput] }),
    text('a response in the background', '/v1/responses', { model, input: `[do fail] ${markers.prompt}`, background: true }),
    text('completions', '/v1/completions', { model, prompt: markers.prompt }),
    { name: 'transcriptions', path: '/v1/audio/transcriptions', body: form },
  ];
  const wrong = [
    '/v1/chat/completions',
    '/v1/responses',
    '/v1/messages',
    `/v1beta/models/${model}:generateContent`,
    '/api/chat',
    '/graphql',
  ];
  const mistakes = wrong.flatMap((path) => [
    text(`no JSON to ${path}`, path, `{"prompt": "${markers.prompt}", ${markers.toolArguments}`),
    text(`no form to ${path}`, path, {
      model: 7,
      messages: markers.prompt,
      contents: markers.prompt,
      input: { [markers.prompt]: 1 },
      query: `{ ${markers.prompt.replaceAll('-', '_')} }`,
    }),
    text(`a wrong key to ${path}`, path, { prompt: markers.prompt }, { authorization: `Bearer ${markers.wrongKey}` }),
    text(`a wrong key in the query of ${path}`, `${path}?key=${markers.wrongKey}`, { prompt: markers.prompt }, { authorization: '' }),
  ]);
  return [
    ...tasks,
    ...mistakes,
    text('a path that is not there', `/v1/none/${markers.path}?q=${markers.prompt}`, { prompt: markers.prompt }),
  ];
}

/** Sends with markers in every header that a caller may set. */
export async function send(banner: ServerBanner, markers: Markers, { name, path, body, headers }: MarkedRequest): Promise<MarkedAnswer> {
  const { 'content-type': contentType, ...base } = authorized(banner);
  const response = await fetch(new URL(path, banner.openaiBaseUrl), {
    method: 'POST',
    headers: {
      ...base,
      ...(typeof body === 'string' ? { 'content-type': contentType ?? '' } : {}),
      'user-agent': markers.userAgent,
      cookie: `session=${markers.cookie}`,
      'x-custom': markers.callerHeader,
      baggage: `note=${markers.callerHeader}`,
      'x-forwarded-for': markers.callerHeader,
      'x-antiphon-deadline-ms': '1500',
      ...headers,
    },
    body,
    redirect: 'manual',
  });
  const text = await response.text().catch((error: unknown) => `broken off: ${String(error)}`);
  return { name, httpStatus: response.status, text: `${JSON.stringify([...response.headers])}\n${text}` };
}
