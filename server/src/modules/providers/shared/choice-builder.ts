import type { Choice, FinishReason, JsonObject, JsonValue, ReasoningPart, StreamPart, ToolCall } from '../contract.ts';

interface OpenChoice {
  text: string;
  refusal: string | null;
  reasoning: ReasoningPart[];
  openReasoning: string;
  toolCalls: { id: string; name: string; argumentsText: string; extra?: JsonObject }[];
  logprobs: JsonValue;
  finishReason: FinishReason;
  rawFinishReason: string | null;
  extra: JsonObject;
  choiceExtra: JsonObject;
}

/** Builds whole choices from the parts of a stream. A choice that never ended has the finish reason `other`. */
export class ChoiceBuilder {
  readonly #choices = new Map<number, OpenChoice>();

  add(part: StreamPart): void {
    if (part.type === 'response-start' || part.type === 'usage') return;
    if (part.type === 'extra' && part.scope === 'response') return;
    const choice = this.#open(part.choice);
    switch (part.type) {
      case 'text-delta':
        choice.text += part.text;
        break;
      case 'reasoning-delta':
        choice.openReasoning += part.text;
        break;
      case 'reasoning-end':
        closeReasoning(choice, part);
        break;
      case 'refusal-delta':
        choice.refusal = (choice.refusal ?? '') + part.text;
        break;
      case 'tool-call-start':
        choice.toolCalls[part.index] = {
          id: part.id,
          name: part.name,
          argumentsText: '',
          ...(part.extra === undefined ? {} : { extra: part.extra }),
        };
        break;
      case 'tool-call-delta': {
        const call = choice.toolCalls[part.index];
        if (call !== undefined) call.argumentsText += part.argumentsText;
        break;
      }
      case 'logprobs':
        choice.logprobs = joinLogprobs(choice.logprobs, part.logprobs);
        break;
      case 'extra':
        if (part.scope === 'choice') choice.choiceExtra = { ...choice.choiceExtra, ...part.extra };
        else choice.extra = { ...choice.extra, ...part.extra };
        break;
      case 'choice-finish':
        choice.finishReason = part.finishReason;
        choice.rawFinishReason = part.rawFinishReason;
    }
  }

  build(): Choice[] {
    return [...this.#choices].sort(([left], [right]) => left - right).map(([index, choice]) => toChoice(index, choice));
  }

  #open(index: number): OpenChoice {
    let choice = this.#choices.get(index);
    if (choice === undefined) {
      choice = {
        text: '',
        refusal: null,
        reasoning: [],
        openReasoning: '',
        toolCalls: [],
        logprobs: null,
        finishReason: 'other',
        rawFinishReason: null,
        extra: {},
        choiceExtra: {},
      };
      this.#choices.set(index, choice);
    }
    return choice;
  }
}

function toChoice(index: number, choice: OpenChoice): Choice {
  if (choice.openReasoning !== '') closeReasoning(choice, {});
  return {
    index,
    text: choice.text,
    reasoning: choice.reasoning,
    refusal: choice.refusal,
    toolCalls: choice.toolCalls.filter((call): call is ToolCall => call !== undefined),
    logprobs: choice.logprobs,
    finishReason: choice.finishReason,
    rawFinishReason: choice.rawFinishReason,
    extra: choice.extra,
    ...(Object.keys(choice.choiceExtra).length === 0 ? {} : { choiceExtra: choice.choiceExtra }),
  };
}

function closeReasoning(choice: OpenChoice, end: { readonly signature?: string; readonly redactedData?: string }): void {
  choice.reasoning.push({
    text: choice.openReasoning,
    ...(end.signature === undefined ? {} : { signature: end.signature }),
    ...(end.redactedData === undefined ? {} : { redactedData: end.redactedData }),
  });
  choice.openReasoning = '';
}

/** Log probabilities come as an object of lists for each delta; together they are the lists joined. */
function joinLogprobs(before: JsonValue, next: JsonValue): JsonValue {
  if (!isObject(before) || !isObject(next)) return next;
  const joined: Record<string, JsonValue> = { ...before };
  for (const name in next) {
    const [earlier, later] = [joined[name], next[name] as JsonValue];
    joined[name] =
      Array.isArray(earlier) && Array.isArray(later)
        ? [...(earlier as JsonValue[]), ...(later as JsonValue[])]
        : (later ?? earlier ?? null);
  }
  return joined;
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
