/** A caller of Gemini's generateContent. */
import { exchange, resultOf, SCHEMA, type Caller, type Json, type Told } from './caller.ts';

interface Part {
  readonly text?: string;
  readonly thought?: boolean;
  readonly functionCall?: { readonly id?: string; readonly name: string; readonly args: unknown };
}
interface GeminiEvent {
  readonly candidates?: readonly { readonly content?: { readonly parts?: readonly Part[] }; readonly finishReason?: string }[];
  readonly usageMetadata?: { readonly promptTokenCount: number; readonly candidatesTokenCount: number };
  readonly error?: { readonly status: string; readonly details?: readonly { readonly reason?: string }[] };
}

function fold(events: readonly GeminiEvent[]): Told {
  const candidates = events.flatMap((event) => event.candidates ?? []);
  const parts = candidates.flatMap(({ content }) => content?.parts ?? []);
  const usage = events.findLast(({ usageMetadata }) => usageMetadata !== undefined)?.usageMetadata;
  const { error } = events.find((event) => event.error !== undefined) ?? {};
  const textOf = (isThought: boolean): string =>
    parts.map((part) => ((part.thought === true) === isThought ? (part.text ?? '') : '')).join('');
  return {
    text: textOf(false),
    reasoning: textOf(true),
    calls: parts.flatMap(({ functionCall: call }) =>
      call === undefined ? [] : [{ id: call.id ?? '', name: call.name, input: call.args }],
    ),
    finish: candidates.findLast(({ finishReason }) => finishReason !== undefined)?.finishReason ?? null,
    tokens: usage === undefined ? null : [usage.promptTokenCount, usage.candidatesTokenCount],
    // This wire has one status for several faults of the caller's; the detail tells them apart.
    error:
      error?.details?.some(({ reason }) => reason === 'CONTEXT_TOO_LONG') === true ? `${error.status}: too long` : (error?.status ?? null),
    turn: [{ role: 'model', parts }],
  };
}

export const geminiCaller: Caller = {
  name: 'Gemini',
  door: 'GEMINI',
  words: {
    // This wire has one word for both ends.
    stop: 'STOP',
    tools: 'STOP',
    broken: 'INTERNAL',
    limited: 'RESOURCE_EXHAUSTED',
    invalid: 'INVALID_ARGUMENT',
    long: 'INVALID_ARGUMENT: too long',
    unauthorized: 'INTERNAL',
  },
  asksReasoningBy: 'budget',
  ask: (banner, { model, prompt, isStream, image, hasTools, isReasoning, after }) => {
    const results = (after?.calls ?? []).map((call): Json => {
      const { id, name } = call;
      return { functionResponse: { ...(id === '' ? {} : { id }), name, response: { output: resultOf(call) } } };
    });
    const body = {
      ...(hasTools === true ? { tools: [{ functionDeclarations: [{ name: 'get_weather', parametersJsonSchema: SCHEMA }] }] } : {}),
      ...(isReasoning === true ? { generationConfig: { thinkingConfig: { includeThoughts: true, thinkingBudget: 1024 } } } : {}),
      contents: [
        {
          role: 'user',
          parts: [{ text: prompt }, ...(image === undefined ? [] : [{ inlineData: { mimeType: 'image/png', data: image } }])],
        },
        ...(after === undefined ? [] : [...after.turn, { role: 'user', parts: results }]),
      ],
    };
    return exchange(banner, `/v1beta/models/${model}:${isStream ? 'streamGenerateContent?alt=sse' : 'generateContent'}`, body, fold);
  },
};
