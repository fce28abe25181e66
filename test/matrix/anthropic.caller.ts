/** A caller of Anthropic's Messages. */
import { exchange, resultOf, SCHEMA, type Caller, type Json, type Told } from './caller.ts';

interface Block {
  readonly type: string;
  readonly text?: string;
  readonly thinking?: string;
  readonly id?: string;
  readonly name?: string;
  readonly input?: unknown;
}
interface Delta {
  readonly text?: string;
  readonly thinking?: string;
  readonly signature?: string;
  readonly partial_json?: string;
  readonly stop_reason?: string;
}
interface AnthropicUsage {
  readonly input_tokens?: number;
  readonly output_tokens?: number;
}
interface AnthropicEvent {
  readonly type: string;
  readonly index?: number;
  readonly content?: readonly Block[];
  readonly content_block?: Block;
  readonly delta?: Delta;
  readonly stop_reason?: string;
  readonly usage?: AnthropicUsage;
  readonly message?: { readonly usage: AnthropicUsage };
  readonly error?: { readonly type: string; readonly message: string };
}

/** Blocks as a client keeps them: pieces of a stream are put together by the place of their block. */
function blocksOf(events: readonly AnthropicEvent[]): Block[] {
  const open: { block: Block & Json; json: string }[] = [];
  for (const { index = 0, content = [], content_block: begun, delta } of events) {
    for (const block of content) open.push({ block: { ...block }, json: '' });
    if (begun !== undefined) open[index] = { block: { ...begun }, json: '' };
    const at = open[index];
    if (delta === undefined || at === undefined) continue;
    at.json += delta.partial_json ?? '';
    at.block = {
      ...at.block,
      ...(delta.text === undefined ? {} : { text: (at.block.text ?? '') + delta.text }),
      ...(delta.thinking === undefined ? {} : { thinking: (at.block.thinking ?? '') + delta.thinking }),
      ...(delta.signature === undefined ? {} : { signature: delta.signature }),
    };
  }
  return open.map(({ block, json }) => (json === '' ? block : { ...block, input: JSON.parse(json) as unknown }));
}

function fold(events: readonly AnthropicEvent[]): Told {
  const usage: { input?: number; output?: number } = {};
  for (const told of events.flatMap((event) => [event.message?.usage, event.usage])) {
    if (told?.input_tokens !== undefined) usage.input = told.input_tokens;
    if (told?.output_tokens !== undefined) usage.output = told.output_tokens;
  }
  const isBroken = events.some(({ error }) => error !== undefined);
  const blocks = isBroken ? blocksOf(events.filter(({ delta }) => delta?.partial_json === undefined)) : blocksOf(events);
  const { error } = events.find((event) => event.error !== undefined) ?? {};
  return {
    text: blocks.map((block) => (block.type === 'text' ? (block.text ?? '') : '')).join(''),
    reasoning: blocks.map((block) => (block.type === 'thinking' ? (block.thinking ?? '') : '')).join(''),
    calls: blocks.flatMap(({ type, id = '', name = '', input }) => (type === 'tool_use' ? [{ id, name, input }] : [])),
    finish: events.map((event) => event.stop_reason ?? event.delta?.stop_reason).findLast((word) => word !== undefined) ?? null,
    tokens: usage.input === undefined || usage.output === undefined ? null : [usage.input, usage.output],
    // This wire has one type for both; its clients know a prompt that is too long by its words.
    error: error?.message.startsWith('prompt is too long') === true ? `${error.type}: prompt is too long` : (error?.type ?? null),
    turn: [{ role: 'assistant', content: blocks }],
  };
}

export const anthropicCaller: Caller = {
  name: 'Anthropic',
  door: 'ANTHROPIC',
  words: {
    stop: 'end_turn',
    tools: 'tool_use',
    broken: 'api_error',
    limited: 'rate_limit_error',
    invalid: 'invalid_request_error',
    long: 'invalid_request_error: prompt is too long',
    unauthorized: 'api_error',
  },
  asksReasoningBy: 'budget',
  ask: (banner, { model, prompt, isStream, image, hasTools, isReasoning, after }) => {
    const body = {
      model,
      max_tokens: 4000,
      stream: isStream,
      ...(hasTools === true ? { tools: [{ name: 'get_weather', input_schema: SCHEMA }] } : {}),
      ...(isReasoning === true ? { thinking: { type: 'enabled', budget_tokens: 1024 } } : {}),
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: prompt },
            ...(image === undefined ? [] : [{ type: 'image', source: { type: 'base64', media_type: 'image/png', data: image } }]),
          ],
        },
        ...(after === undefined
          ? []
          : [
              ...after.turn,
              {
                role: 'user',
                content: after.calls.map((call) => ({ type: 'tool_result', tool_use_id: call.id, content: resultOf(call) })),
              },
            ]),
      ],
    };
    return exchange(banner, '/v1/messages', body, fold);
  },
};
