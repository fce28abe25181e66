import { toEvent, type UpstreamRequest, type Wire } from '../testkit/upstream.ts';

/** A tool call as a provider makes it: arguments in the pieces in which they are streamed. */
export interface MadeCall {
  readonly id: string;
  readonly name: string;
  readonly pieces: readonly string[];
}

/** One answer, whatever the wire. */
export interface MadeAnswer {
  readonly words?: readonly string[];
  readonly calls?: readonly MadeCall[];
  /** What it thought before, in the pieces in which it is streamed, and what ties that to its vendor. */
  readonly reasoning?: { readonly pieces: readonly string[]; readonly signature: string };
  readonly tokens: readonly [input: number, output: number];
}

export const CALLS: Readonly<Record<'paris' | 'oslo', MadeCall>> = {
  paris: { id: 'call_made_1', name: 'get_weather', pieces: ['{"ci', 'ty":"Par', 'is"}'] },
  oslo: { id: 'call_made_2', name: 'get_weather', pieces: ['{"city"', ':"Oslo"}'] },
};

/** What is asked for in brackets, and what comes. After a tool's result the answer is a sentence about it. */
const ANSWERS: Readonly<Record<string, MadeAnswer>> = {
  text: { words: ['Good ', 'morning', ', ✓ world.'], tokens: [11, 5] },
  tool: { calls: [CALLS.paris], tokens: [60, 17] },
  tools: { words: ['Two cities. '], calls: [CALLS.paris, CALLS.oslo], tokens: [60, 34] },
  json: { words: ['{"city":', '"Paris","days":3}'], tokens: [40, 12] },
  result: { words: ['It is ', '21 degrees.'], tokens: [90, 7] },
};

export function answerFor({ text }: UpstreamRequest): MadeAnswer {
  const name = /"role":"tool"|"type":"tool_result"/.test(text) ? 'result' : (/\[made (\w+)\]/.exec(text)?.[1] ?? 'text');
  const answer = ANSWERS[name];
  if (answer === undefined) throw new Error(`there is no answer named ${name}`);
  return answer;
}

const MODEL: Readonly<Record<Wire, string>> = { openai: 'gpt-4.1-mini-2025-04-14', anthropic: 'claude-haiku-4-5-20251001' };
const argumentsOf = ({ pieces }: MadeCall): string => pieces.join('');

function openAiUsage([input, output]: MadeAnswer['tokens']): Record<string, unknown> {
  return {
    prompt_tokens: input,
    completion_tokens: output,
    total_tokens: input + output,
    prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
    completion_tokens_details: { reasoning_tokens: 0, audio_tokens: 0, accepted_prediction_tokens: 0, rejected_prediction_tokens: 0 },
  };
}

function anthropicUsage([input, output]: MadeAnswer['tokens']): Record<string, unknown> {
  return { input_tokens: input, output_tokens: output, cache_read_input_tokens: 0, cache_creation_input_tokens: 0 };
}

/** Reasoning as OpenRouter tells it. */
const DETAIL = { type: 'reasoning.text', format: 'anthropic-claude-v1', index: 0 };

/** The answer whole. */
export function toBody(wire: Wire, { words = [], calls = [], reasoning, tokens }: MadeAnswer): Record<string, unknown> {
  const thought = reasoning?.pieces.join('') ?? '';
  const content = words.join('');
  if (wire === 'anthropic')
    return {
      id: 'msg_made',
      type: 'message',
      role: 'assistant',
      model: MODEL.anthropic,
      content: [
        ...(reasoning === undefined ? [] : [{ type: 'thinking', thinking: thought, signature: reasoning.signature }]),
        ...(content === '' ? [] : [{ type: 'text', text: content }]),
        ...calls.map((call) => ({ type: 'tool_use', id: call.id, name: call.name, input: JSON.parse(argumentsOf(call)) as unknown })),
      ],
      stop_reason: calls.length > 0 ? 'tool_use' : 'end_turn',
      stop_sequence: null,
      usage: anthropicUsage(tokens),
    };
  const toolCalls = calls.map((call) => ({
    id: call.id,
    type: 'function',
    function: { name: call.name, arguments: argumentsOf(call) },
  }));
  const message = {
    role: 'assistant',
    content: content === '' ? null : content,
    ...(toolCalls.length === 0 ? {} : { tool_calls: toolCalls }),
    ...(reasoning === undefined
      ? {}
      : { reasoning: thought, reasoning_details: [{ ...DETAIL, text: thought, signature: reasoning.signature }] }),
    refusal: null,
    annotations: [],
  };
  return {
    id: 'chatcmpl-made',
    object: 'chat.completion',
    created: 1_795_000_000,
    model: MODEL.openai,
    choices: [{ index: 0, message, logprobs: null, finish_reason: calls.length > 0 ? 'tool_calls' : 'stop' }],
    usage: openAiUsage(tokens),
    service_tier: 'default',
    system_fingerprint: 'fp_made',
  };
}

/** The answer as events, in order. */
export function toEvents(wire: Wire, answer: MadeAnswer): string[] {
  return wire === 'openai' ? openAiEvents(answer) : anthropicEvents(answer);
}

function openAiEvents({ words = [], calls = [], reasoning, tokens }: MadeAnswer): string[] {
  const head = { id: 'chatcmpl-made', object: 'chat.completion.chunk', created: 1_795_000_000, model: MODEL.openai };
  const common = { ...head, service_tier: 'default', system_fingerprint: 'fp_made' };
  const chunk = (delta: unknown, finish: string | null = null): string =>
    toEvent('openai', { ...common, choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }], usage: null, obfuscation: 'x9' });
  const callChunks = calls.flatMap(({ id, name, pieces }, index) => [
    chunk({ tool_calls: [{ index, id, type: 'function', function: { name, arguments: '' } }] }),
    ...pieces.map((piece) => chunk({ tool_calls: [{ index, function: { arguments: piece } }] })),
  ]);
  const thoughts = (reasoning?.pieces ?? []).map((text) => chunk({ reasoning: text, reasoning_details: [{ ...DETAIL, text }] }));
  return [
    chunk({ role: 'assistant', content: words.length === 0 ? null : '', refusal: null }),
    ...thoughts,
    ...(reasoning === undefined ? [] : [chunk({ reasoning_details: [{ ...DETAIL, signature: reasoning.signature }] })]),
    ...words.map((content) => chunk({ content })),
    ...callChunks,
    chunk({}, calls.length > 0 ? 'tool_calls' : 'stop'),
    toEvent('openai', { ...common, choices: [], usage: openAiUsage(tokens), obfuscation: 'x9' }),
    toEvent('openai', '[DONE]'),
  ];
}

function anthropicEvents({ words = [], calls = [], reasoning, tokens }: MadeAnswer): string[] {
  const event = (data: Record<string, unknown>): string => toEvent('anthropic', data);
  const block = (index: number, content: unknown, deltas: readonly unknown[]): string[] => [
    event({ type: 'content_block_start', index, content_block: content }),
    ...deltas.map((delta) => event({ type: 'content_block_delta', index, delta })),
    event({ type: 'content_block_stop', index }),
  ];
  const thinkingBlocks = reasoning === undefined ? 0 : 1;
  const textBlocks = words.length === 0 ? 0 : 1;
  const message = {
    id: 'msg_made',
    type: 'message',
    role: 'assistant',
    model: MODEL.anthropic,
    content: [],
    stop_reason: null,
    stop_sequence: null,
  };
  return [
    event({ type: 'message_start', message: { ...message, usage: anthropicUsage([tokens[0], 1]) } }),
    event({ type: 'ping' }),
    ...(reasoning === undefined
      ? []
      : block(0, { type: 'thinking', thinking: '', signature: '' }, [
          ...reasoning.pieces.map((thinking) => ({ type: 'thinking_delta', thinking })),
          { type: 'signature_delta', signature: reasoning.signature },
        ])),
    ...(textBlocks === 0
      ? []
      : block(
          thinkingBlocks,
          { type: 'text', text: '' },
          words.map((text) => ({ type: 'text_delta', text })),
        )),
    ...calls.flatMap(({ id, name, pieces }, at) =>
      block(
        at + thinkingBlocks + textBlocks,
        { type: 'tool_use', id, name, input: {} },
        pieces.map((piece) => ({ type: 'input_json_delta', partial_json: piece })),
      ),
    ),
    event({
      type: 'message_delta',
      delta: { stop_reason: calls.length > 0 ? 'tool_use' : 'end_turn', stop_sequence: null },
      // All of it again, as Anthropic tells it today: some clients read it only here.
      usage: anthropicUsage(tokens),
    }),
    event({ type: 'message_stop' }),
  ];
}
