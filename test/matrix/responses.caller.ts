/** A caller of OpenAI's Responses API that keeps the conversation itself. */
import { exchange, resultOf, SCHEMA, type Caller, type FoldedCall, type Json, type Told } from './caller.ts';

interface Item {
  readonly type: string;
  readonly call_id?: string;
  readonly name?: string;
  readonly arguments?: string;
  readonly content?: readonly { readonly type: string; readonly text?: string }[];
  readonly summary?: readonly { readonly text: string }[];
}
interface ResponseBody {
  readonly status?: string;
  readonly output?: readonly Item[];
  readonly usage?: { readonly input_tokens: number; readonly output_tokens: number } | null;
  readonly error?: { readonly code: string } | null;
}
interface ResponsesEvent extends ResponseBody {
  readonly type?: string;
  readonly delta?: string;
  readonly response?: ResponseBody;
  readonly code?: string;
}

const textOf = (items: readonly Item[]): string =>
  items.flatMap(({ content = [] }) => content.map((part) => (part.type === 'output_text' ? (part.text ?? '') : ''))).join('');

function fold(events: readonly ResponsesEvent[]): Told {
  const last = events.at(-1);
  const whole: ResponseBody = last?.response ?? last ?? {};
  const items = whole.output ?? [];
  const deltas = (type: string): string => events.map((event) => (event.type === type ? (event.delta ?? '') : '')).join('');
  const [streamed, text] = [deltas('response.output_text.delta'), textOf(items)];
  // The pieces and the whole that ends them must say the same.
  if (whole.status === 'completed' && last?.response !== undefined && streamed !== text)
    throw new Error(`pieces of a text make ${JSON.stringify(streamed)}, its whole is ${JSON.stringify(text)}`);
  const calls = items.flatMap((item): FoldedCall[] =>
    item.type === 'function_call'
      ? [{ id: item.call_id ?? '', name: item.name ?? '', input: JSON.parse(item.arguments ?? '') as unknown }]
      : [],
  );
  const isDone = whole.status === 'completed';
  return {
    text: isDone ? text : streamed,
    reasoning: items.flatMap(({ summary = [] }) => summary.map((part) => part.text)).join(''),
    calls,
    finish: isDone ? 'completed' : null,
    tokens: whole.usage == null ? null : [whole.usage.input_tokens, whole.usage.output_tokens],
    error: whole.error?.code ?? (last?.type === 'error' ? (last.code ?? null) : null),
    turn: items as unknown as readonly Json[],
  };
}

export const responsesCaller: Caller = {
  name: 'OpenAI Responses',
  door: 'OPENAI',
  words: {
    // This wire has one word for both ends.
    stop: 'completed',
    tools: 'completed',
    broken: 'provider_failed',
    limited: 'rate_limit_exceeded',
    invalid: 'invalid_input',
    long: 'context_length_exceeded',
    unauthorized: 'provider_failed',
  },
  asksReasoningBy: 'effort',
  ask: (banner, { model, prompt, isStream, image, hasTools, isReasoning, after }) => {
    const content = [
      { type: 'input_text', text: prompt },
      ...(image === undefined ? [] : [{ type: 'input_image', image_url: `data:image/png;base64,${image}`, detail: 'auto' }]),
    ];
    const body = {
      model,
      stream: isStream,
      store: false,
      ...(hasTools === true ? { tools: [{ type: 'function', name: 'get_weather', parameters: SCHEMA, strict: false }] } : {}),
      ...(isReasoning === true ? { reasoning: { effort: 'low', summary: 'auto' }, include: ['reasoning.encrypted_content'] } : {}),
      input: [
        { role: 'user', content },
        ...(after?.turn ?? []),
        ...(after?.calls ?? []).map((call) => ({ type: 'function_call_output', call_id: call.id, output: resultOf(call) })),
      ],
    };
    return exchange(banner, '/v1/responses', body, fold);
  },
};
