/** Callers of three dialects that ask the same things and fold what they are told into the same form. */
import type { ServerBanner } from '../testkit/server-process.ts';
import type { Json } from './families.ts';

export interface Question {
  readonly model: string;
  readonly prompt: string;
  readonly isStream: boolean;
  /** PNG in base64. */
  readonly image?: string;
  /** Whether the weather tool is offered. */
  readonly hasTools?: boolean;
  /** Calls that were made before, whose results are sent with the question. */
  readonly results?: readonly FoldedCall[];
}

export interface FoldedCall {
  readonly id: string;
  readonly name: string;
  readonly input: unknown;
}

export interface Folded {
  readonly httpStatus: number;
  readonly text: string;
  readonly calls: readonly FoldedCall[];
  /** The dialect's word. */
  readonly finish: string | null;
  readonly tokens: readonly [input: number, output: number] | null;
  /** The dialect's word for what went wrong, or null. */
  readonly error: string | null;
  readonly retryAfter: string | null;
}

export interface Caller {
  readonly name: string;
  /** Its words for the ends of an answer. */
  readonly words: { readonly stop: string; readonly tools: string; readonly limited: string; readonly broken: string };
  ask(banner: ServerBanner, question: Question): Promise<Folded>;
}

const SCHEMA = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] };
const RESULT = '21 degrees';

async function post(banner: ServerBanner, path: string, body: unknown): Promise<{ response: Response; events: Json[] }> {
  const response = await fetch(new URL(path, banner.openaiBaseUrl), {
    method: 'POST',
    headers: { authorization: `Bearer ${banner.apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') === true;
  const datas = isStream
    ? text.split(/\r?\n/).flatMap((line) => (line.startsWith('data:') && !line.includes('[DONE]') ? [line.slice('data:'.length)] : []))
    : [text];
  return { response, events: datas.map((data) => JSON.parse(data) as Json) };
}

interface OpenAiCall {
  readonly index?: number;
  readonly id?: string;
  readonly function: { readonly name?: string; readonly arguments?: string };
}
interface OpenAiMessage {
  readonly content?: string | null;
  readonly tool_calls?: readonly OpenAiCall[];
}
interface OpenAiEvent {
  readonly choices?: readonly {
    readonly message?: OpenAiMessage;
    readonly delta?: OpenAiMessage;
    readonly finish_reason?: string | null;
  }[];
  readonly usage?: { readonly prompt_tokens: number; readonly completion_tokens: number } | null;
  readonly error?: { readonly code: string };
}

function foldOpenAi(events: readonly OpenAiEvent[]): Omit<Folded, 'httpStatus' | 'retryAfter'> {
  let [text, finish]: [string, string | null] = ['', null];
  const calls = new Map<number, { id: string; name: string; text: string }>();
  for (const { choices = [] } of events) {
    const [choice] = choices;
    const message = choice?.message ?? choice?.delta ?? {};
    text += message.content ?? '';
    finish = choice?.finish_reason ?? finish;
    for (const [position, call] of (message.tool_calls ?? []).entries()) {
      const index = call.index ?? position;
      const open = calls.get(index) ?? { id: call.id ?? '', name: call.function.name ?? '', text: '' };
      open.text += call.function.arguments ?? '';
      calls.set(index, open);
    }
  }
  const usage = events.findLast((event) => event.usage != null)?.usage;
  return {
    text,
    calls: [...calls.values()].map(({ id, name, text: json }) => ({ id, name, input: JSON.parse(json) as unknown })),
    finish,
    tokens: usage == null ? null : [usage.prompt_tokens, usage.completion_tokens],
    error: events.find(({ error }) => error !== undefined)?.error?.code ?? null,
  };
}

const openai: Caller = {
  name: 'OpenAI',
  words: { stop: 'stop', tools: 'tool_calls', limited: 'rate_limit_exceeded', broken: 'provider_failed' },
  ask: async (banner, { model, prompt, isStream, image, hasTools, results }) => {
    const content =
      image === undefined
        ? prompt
        : [
            { type: 'text', text: prompt },
            { type: 'image_url', image_url: { url: `data:image/png;base64,${image}` } },
          ];
    const called = (results ?? []).map(({ id, name, input }) => ({
      id,
      type: 'function',
      function: { name, arguments: JSON.stringify(input) },
    }));
    const { response, events } = await post(banner, '/v1/chat/completions', {
      model,
      stream: isStream,
      ...(isStream ? { stream_options: { include_usage: true } } : {}),
      ...(hasTools === true ? { tools: [{ type: 'function', function: { name: 'get_weather', parameters: SCHEMA } }] } : {}),
      messages: [
        { role: 'user', content },
        ...(called.length === 0 ? [] : [{ role: 'assistant', content: null, tool_calls: called }]),
        ...(results ?? []).map(({ id }) => ({ role: 'tool', tool_call_id: id, content: RESULT })),
      ],
    });
    return {
      httpStatus: response.status,
      retryAfter: response.headers.get('retry-after'),
      ...foldOpenAi(events),
    };
  },
};

interface AnthropicBlock {
  readonly type: string;
  readonly text?: string;
  readonly id?: string;
  readonly name?: string;
  readonly input?: unknown;
}
interface AnthropicUsage {
  readonly input_tokens?: number;
  readonly output_tokens?: number;
}
interface AnthropicEvent {
  readonly type: string;
  readonly index?: number;
  readonly content?: readonly AnthropicBlock[];
  readonly content_block?: AnthropicBlock;
  readonly delta?: { readonly text?: string; readonly partial_json?: string; readonly stop_reason?: string };
  readonly stop_reason?: string;
  readonly usage?: AnthropicUsage;
  readonly message?: { readonly usage: AnthropicUsage };
  readonly error?: { readonly type: string };
}

function foldAnthropic(events: readonly AnthropicEvent[]): Omit<Folded, 'httpStatus' | 'retryAfter'> {
  const blocks: { block: AnthropicBlock; text: string }[] = [];
  const usage: { input?: number; output?: number } = {};
  let finish: string | null = null;
  for (const event of events) {
    for (const block of event.content ?? []) blocks.push({ block, text: block.text ?? '' });
    if (event.content_block !== undefined) blocks[event.index ?? 0] = { block: event.content_block, text: event.content_block.text ?? '' };
    const open = blocks[event.index ?? 0];
    if (event.delta !== undefined && open !== undefined) open.text += event.delta.text ?? event.delta.partial_json ?? '';
    finish = event.stop_reason ?? event.delta?.stop_reason ?? finish;
    for (const told of [event.message?.usage, event.usage]) {
      if (told?.input_tokens !== undefined) usage.input = told.input_tokens;
      if (told?.output_tokens !== undefined) usage.output = told.output_tokens;
    }
  }
  return {
    text: blocks.map(({ block, text }) => (block.type === 'text' ? text : '')).join(''),
    calls: blocks.flatMap(({ block, text }) =>
      block.type === 'tool_use'
        ? [{ id: block.id ?? '', name: block.name ?? '', input: text === '' ? block.input : (JSON.parse(text) as unknown) }]
        : [],
    ),
    finish,
    tokens: usage.input === undefined || usage.output === undefined ? null : [usage.input, usage.output],
    error: events.find(({ error }) => error !== undefined)?.error?.type ?? null,
  };
}

const anthropic: Caller = {
  name: 'Anthropic',
  words: { stop: 'end_turn', tools: 'tool_use', limited: 'rate_limit_error', broken: 'api_error' },
  ask: async (banner, { model, prompt, isStream, image, hasTools, results = [] }) => {
    const { response, events } = await post(banner, '/v1/messages', {
      model,
      max_tokens: 100,
      stream: isStream,
      ...(hasTools === true ? { tools: [{ name: 'get_weather', input_schema: SCHEMA }] } : {}),
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: prompt },
            ...(image === undefined ? [] : [{ type: 'image', source: { type: 'base64', media_type: 'image/png', data: image } }]),
          ],
        },
        ...(results.length === 0
          ? []
          : [
              { role: 'assistant', content: results.map((call) => ({ type: 'tool_use', ...call })) },
              { role: 'user', content: results.map(({ id }) => ({ type: 'tool_result', tool_use_id: id, content: RESULT })) },
            ]),
      ],
    });
    return {
      httpStatus: response.status,
      retryAfter: response.headers.get('retry-after'),
      ...foldAnthropic(events as unknown as readonly AnthropicEvent[]),
    };
  },
};

interface GeminiPart {
  readonly text?: string;
  readonly functionCall?: { readonly id?: string; readonly name: string; readonly args: unknown };
}
interface GeminiEvent {
  readonly candidates?: readonly { readonly content?: { readonly parts?: readonly GeminiPart[] }; readonly finishReason?: string }[];
  readonly usageMetadata?: { readonly promptTokenCount: number; readonly candidatesTokenCount: number };
  readonly error?: { readonly status: string };
}

function foldGemini(events: readonly GeminiEvent[]): Omit<Folded, 'httpStatus' | 'retryAfter'> {
  const candidates = events.flatMap((event) => event.candidates ?? []);
  const parts = candidates.flatMap(({ content }) => content?.parts ?? []);
  const usage = events.findLast(({ usageMetadata }) => usageMetadata !== undefined)?.usageMetadata;
  return {
    text: parts.map((part) => part.text ?? '').join(''),
    calls: parts.flatMap(({ functionCall: call }) =>
      call === undefined ? [] : [{ id: call.id ?? '', name: call.name, input: call.args }],
    ),
    finish: candidates.findLast(({ finishReason }) => finishReason !== undefined)?.finishReason ?? null,
    tokens: usage === undefined ? null : [usage.promptTokenCount, usage.candidatesTokenCount],
    error: events.find(({ error }) => error !== undefined)?.error?.status ?? null,
  };
}

const gemini: Caller = {
  name: 'Gemini',
  // This wire has one word for both ends.
  words: { stop: 'STOP', tools: 'STOP', limited: 'RESOURCE_EXHAUSTED', broken: 'INTERNAL' },
  ask: async (banner, { model, prompt, isStream, image, hasTools, results = [] }) => {
    const { response, events } = await post(
      banner,
      `/v1beta/models/${model}:${isStream ? 'streamGenerateContent?alt=sse' : 'generateContent'}`,
      {
        ...(hasTools === true ? { tools: [{ functionDeclarations: [{ name: 'get_weather', parametersJsonSchema: SCHEMA }] }] } : {}),
        contents: [
          {
            role: 'user',
            parts: [{ text: prompt }, ...(image === undefined ? [] : [{ inlineData: { mimeType: 'image/png', data: image } }])],
          },
          ...(results.length === 0
            ? []
            : [
                {
                  role: 'model',
                  parts: results.map(({ id, name, input }) => ({ functionCall: { ...(id === '' ? {} : { id }), name, args: input } })),
                },
                {
                  role: 'user',
                  parts: results.map(({ id, name }) => ({
                    functionResponse: { ...(id === '' ? {} : { id }), name, response: { output: RESULT } },
                  })),
                },
              ]),
        ],
      },
    );
    return {
      httpStatus: response.status,
      retryAfter: response.headers.get('retry-after'),
      ...foldGemini(events),
    };
  },
};

export const CALLERS: readonly Caller[] = [openai, anthropic, gemini];
