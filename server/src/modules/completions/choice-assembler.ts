import type { Choice, FinishReason, JsonObject, JsonValue, ReasoningPart, StreamPart, ToolCall } from '../providers/index.ts';

interface OpenChoice {
  text: string;
  refusal: string | null;
  reasoning: ReasoningPart[];
  openReasoning: string | null;
  toolCalls: Map<number, { id: string; name: string; argumentsText: string; extra?: JsonObject }>;
  logprobs: JsonValue[];
  extra: Record<string, JsonValue>;
  choiceExtra: Record<string, JsonValue>;
  finishReason: FinishReason;
  rawFinishReason: string | null;
}

/** Puts the parts of a stream together into whole choices, up to a bound; beyond it only the length is known. */
export class ChoiceAssembler {
  readonly #maxCharacters: number;
  readonly #choices = new Map<number, OpenChoice>();
  #characters = 0;
  #droppedParts = 0;

  constructor(maxCharacters: number) {
    this.#maxCharacters = maxCharacters;
  }

  /** Characters seen so far, kept or not. */
  get characters(): number {
    return this.#characters;
  }

  get isOverflowed(): boolean {
    return this.#characters > this.#maxCharacters;
  }

  /** Parts that were not kept because of the bound: about one token each. */
  get droppedParts(): number {
    return this.#droppedParts;
  }

  add(part: StreamPart): void {
    if (part.type === 'response-start' || part.type === 'usage' || (part.type === 'extra' && part.scope === 'response')) return;
    const choice = this.#open(part.choice);
    switch (part.type) {
      case 'text-delta':
        if (this.#fits(part.text)) choice.text += part.text;
        break;
      case 'reasoning-delta':
        if (this.#fits(part.text)) choice.openReasoning = (choice.openReasoning ?? '') + part.text;
        break;
      case 'reasoning-end':
        // Counted as one character more, so that parts without any text cannot pile up either.
        if (this.#fits(` ${part.signature ?? ''}${part.redactedData ?? ''}`)) closeReasoning(choice, part);
        else if (choice.openReasoning !== null) closeReasoning(choice, {});
        break;
      case 'refusal-delta':
        if (this.#fits(part.text)) choice.refusal = (choice.refusal ?? '') + part.text;
        break;
      case 'tool-call-start':
        // One character more here too: a call without id and name must not be for nothing.
        if (this.#fits(` ${part.id}${part.name}` + (part.extra === undefined ? '' : JSON.stringify(part.extra))))
          choice.toolCalls.set(part.index, {
            id: part.id,
            name: part.name,
            argumentsText: '',
            ...(part.extra === undefined ? {} : { extra: part.extra }),
          });
        break;
      case 'tool-call-delta': {
        const call = choice.toolCalls.get(part.index);
        if (this.#fits(part.argumentsText) && call !== undefined) call.argumentsText += part.argumentsText;
        break;
      }
      case 'logprobs':
        if (this.#fits(JSON.stringify(part.logprobs))) choice.logprobs.push(part.logprobs);
        break;
      case 'extra':
        if (this.#fits(JSON.stringify(part.extra))) Object.assign(part.scope === 'choice' ? choice.choiceExtra : choice.extra, part.extra);
        break;
      case 'choice-finish':
        if (choice.openReasoning !== null) closeReasoning(choice, {});
        choice.finishReason = part.finishReason;
        choice.rawFinishReason = part.rawFinishReason;
    }
  }

  choices(): readonly Choice[] {
    return [...this.#choices.entries()]
      .sort(([left], [right]) => left - right)
      .map(([index, choice]) => ({
        index,
        text: choice.text,
        reasoning: choice.openReasoning === null ? choice.reasoning : [...choice.reasoning, { text: choice.openReasoning }],
        refusal: choice.refusal,
        toolCalls: [...choice.toolCalls.entries()].sort(([left], [right]) => left - right).map(([, call]): ToolCall => call),
        logprobs: mergeLogprobs(choice.logprobs),
        finishReason: choice.finishReason,
        rawFinishReason: choice.rawFinishReason,
        extra: choice.extra,
        ...(Object.keys(choice.choiceExtra).length === 0 ? {} : { choiceExtra: choice.choiceExtra }),
      }));
  }

  #open(index: number): OpenChoice {
    let choice = this.#choices.get(index);
    if (choice === undefined) {
      choice = {
        text: '',
        refusal: null,
        reasoning: [],
        openReasoning: null,
        toolCalls: new Map(),
        logprobs: [],
        extra: {},
        choiceExtra: {},
        finishReason: 'other',
        rawFinishReason: null,
      };
      // A choice beyond the first counts as a character, and past the bound it is not kept: providers may invent as many as they like.
      if (this.#choices.size > 0) this.#characters += 1;
      if (this.#choices.size === 0 || !this.isOverflowed) this.#choices.set(index, choice);
    }
    return choice;
  }

  #fits(text: string): boolean {
    this.#characters += text.length;
    if (this.isOverflowed) this.#droppedParts += 1;
    return !this.isOverflowed;
  }
}

/** Everything a model produced: reasoning, text, refusal and tool calls, in order of choice. For counting. */
export function producedTextOf(choices: readonly Choice[]): string {
  return choices
    .map(({ reasoning, text, refusal, toolCalls }) => {
      const tools = toolCalls.map((call) => call.name + call.argumentsText).join('');
      return reasoning.map((part) => part.text).join('') + text + (refusal ?? '') + tools;
    })
    .join('');
}

function closeReasoning(choice: OpenChoice, end: { signature?: string; redactedData?: string }): void {
  choice.reasoning.push({
    text: choice.openReasoning ?? '',
    ...(end.signature === undefined ? {} : { signature: end.signature }),
    ...(end.redactedData === undefined ? {} : { redactedData: end.redactedData }),
  });
  choice.openReasoning = null;
}

/** Log probabilities come as `{content: […], refusal: […]}` for each delta; together they are the lists joined. */
function mergeLogprobs(pieces: readonly JsonValue[]): JsonValue {
  if (pieces.length === 0) return null;
  const merged: Record<string, JsonValue> = {};
  for (const piece of pieces) {
    if (piece === null || typeof piece !== 'object' || Array.isArray(piece)) continue;
    for (const [key, value] of Object.entries(piece as JsonObject)) {
      const before = merged[key];
      merged[key] = Array.isArray(before) && Array.isArray(value) ? [...(before as JsonValue[]), ...(value as JsonValue[])] : value;
    }
  }
  return merged;
}
