/** A caller of OpenAI's chat completions. */
import { exchange, resultOf, SCHEMA, type Caller, type FoldedCall, type Json, type Told } from './caller.ts';

interface OpenAiCall {
  readonly index?: number;
  readonly id?: string;
  readonly function: { readonly name?: string; readonly arguments?: string };
}
interface ReasoningDetail {
  readonly type: string;
  readonly index?: number;
  readonly text?: string;
  readonly signature?: string;
  readonly data?: string;
}
interface OpenAiMessage {
  readonly content?: string | null;
  readonly tool_calls?: readonly OpenAiCall[];
  readonly reasoning_content?: string;
  readonly reasoning?: string;
  readonly reasoning_details?: readonly ReasoningDetail[];
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

function fold(events: readonly OpenAiEvent[]): Told {
  let [text, reasoning, finish]: [string, string, string | null] = ['', '', null];
  const calls = new Map<number, { id: string; name: string; text: string; wire: Json }>();
  const details = new Map<number, ReasoningDetail>();
  for (const { choices = [] } of events) {
    const [choice] = choices;
    const message = choice?.message ?? choice?.delta ?? {};
    text += message.content ?? '';
    reasoning += message.reasoning_content ?? message.reasoning ?? '';
    finish = choice?.finish_reason ?? finish;
    for (const [position, call] of (message.tool_calls ?? []).entries()) {
      const index = call.index ?? position;
      const { index: _index, ...wire } = call as OpenAiCall & Json;
      const open = calls.get(index) ?? { id: call.id ?? '', name: call.function.name ?? '', text: '', wire };
      open.text += call.function.arguments ?? '';
      calls.set(index, open);
    }
    // Pieces of one detail share its index.
    for (const [position, detail] of (message.reasoning_details ?? []).entries()) {
      const index = detail.index ?? position;
      const before = details.get(index);
      const joined = (before?.text ?? '') + (detail.text ?? '');
      details.set(index, { ...before, ...detail, ...(joined === '' ? {} : { text: joined }) });
    }
  }
  const usage = events.findLast((event) => event.usage != null)?.usage;
  const toolCalls = [...calls.values()].map(({ name, text: json, wire }) => ({ ...wire, function: { name, arguments: json } }));
  return {
    text,
    reasoning,
    calls: [...calls.values()].map(({ id, name, text: json }): FoldedCall => ({ id, name, input: JSON.parse(json) as unknown })),
    finish,
    tokens: usage == null ? null : [usage.prompt_tokens, usage.completion_tokens],
    error: events.find(({ error }) => error !== undefined)?.error?.code ?? null,
    turn: [
      {
        role: 'assistant',
        content: text === '' ? null : text,
        ...(toolCalls.length === 0 ? {} : { tool_calls: toolCalls }),
        ...(reasoning === '' ? {} : { reasoning_content: reasoning }),
        ...(details.size === 0 ? {} : { reasoning_details: [...details.values()] }),
      },
    ],
  };
}

export const openaiCaller: Caller = {
  name: 'OpenAI',
  door: 'OPENAI',
  words: {
    stop: 'stop',
    tools: 'tool_calls',
    broken: 'provider_failed',
    limited: 'rate_limit_exceeded',
    invalid: 'invalid_input',
    long: 'context_length_exceeded',
    unauthorized: 'provider_failed',
  },
  asksReasoningBy: 'effort',
  ask: (banner, { model, prompt, isStream, image, hasTools, isReasoning, after }) => {
    const content =
      image === undefined
        ? prompt
        : [
            { type: 'text', text: prompt },
            { type: 'image_url', image_url: { url: `data:image/png;base64,${image}` } },
          ];
    const body = {
      model,
      stream: isStream,
      ...(isStream ? { stream_options: { include_usage: true } } : {}),
      ...(hasTools === true ? { tools: [{ type: 'function', function: { name: 'get_weather', parameters: SCHEMA } }] } : {}),
      ...(isReasoning === true ? { reasoning_effort: 'low' } : {}),
      messages: [
        { role: 'user', content },
        ...(after?.turn ?? []),
        ...(after?.calls ?? []).map((call) => ({ role: 'tool', tool_call_id: call.id, content: resultOf(call) })),
      ],
    };
    return exchange(banner, '/v1/chat/completions', body, fold);
  },
};
