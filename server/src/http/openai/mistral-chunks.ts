import { withoutNullUsage } from './null-usage.ts';

interface Call {
  readonly index: number;
  id?: string;
  function: { name: string; arguments: string };
}

interface Choice {
  readonly index: number;
  delta: Readonly<Record<string, unknown>> & { tool_calls?: readonly CallPiece[] };
  finish_reason?: string | null;
}

interface CallPiece {
  readonly index?: number;
  readonly id?: string;
  readonly function?: { readonly name?: string; readonly arguments?: string };
}

interface Chunk {
  choices?: Choice[];
  readonly usage?: unknown;
}

const EMPTY_CHOICE: Choice = { index: 0, delta: { content: '' }, finish_reason: null };

/**
 * Chunks of OpenAI's wire as Mistral streams them: a tool call comes whole, where its choice ends; every chunk has a choice, the
 * one with the usage too; no usage is null. Its clients refuse anything else.
 */
export class MistralChunks {
  /** Calls that were begun and not shown yet, by their choice. */
  readonly #calls = new Map<number, Call[]>();
  #head: Readonly<Record<string, unknown>> = {};

  /** Whole events in, whole events out; none for a piece of a call. */
  fit(events: string): string {
    return events.replaceAll(/^data: ?(.*)\r?\n\r?\n/gm, (event, data: string) => {
      if (data.startsWith('{')) return toEvent(this.#fitChunk(data));
      return data === '[DONE]' ? toEvent(this.#rest()) + event : event;
    });
  }

  #fitChunk(json: string): string | null {
    if (this.#calls.size === 0 && !json.includes('"tool_calls"') && !/"choices"\s*:\s*\[\s*\]/.test(json)) return withoutNullUsage(json);
    const { choices, ...head } = JSON.parse(json) as Chunk;
    if (choices === undefined) return json;
    this.#head = { ...head };
    const shown = choices.map((choice) => this.#fitChoice(choice)).filter((choice) => choice !== null);
    const hasUsage = head.usage !== undefined && head.usage !== null;
    if (shown.length === 0 && !hasUsage) return null;
    return withoutNullUsage(JSON.stringify({ ...head, choices: shown.length === 0 ? [EMPTY_CHOICE] : shown }));
  }

  /** Null when nothing of it is to be shown yet. */
  #fitChoice({ delta: { tool_calls: pieces, ...delta }, ...choice }: Choice): Choice | null {
    for (const piece of pieces ?? []) this.#hold(choice.index, piece);
    if (choice.finish_reason !== null && choice.finish_reason !== undefined) {
      const calls = this.#calls.get(choice.index);
      this.#calls.delete(choice.index);
      return { ...choice, delta: calls === undefined ? delta : { ...delta, tool_calls: calls } };
    }
    return pieces !== undefined && Object.keys(delta).length === 0 ? null : { ...choice, delta };
  }

  #hold(choice: number, { index = 0, id, function: named }: CallPiece): void {
    const calls = this.#calls.get(choice) ?? [];
    this.#calls.set(choice, calls);
    let call = calls.find((held) => held.index === index);
    if (call === undefined) calls.push((call = { index, function: { name: '', arguments: '' } }));
    if (id !== undefined) call.id ??= id;
    call.function.name ||= named?.name ?? '';
    call.function.arguments += named?.arguments ?? '';
  }

  /** The calls of choices that never ended. */
  #rest(): string | null {
    if (this.#calls.size === 0) return null;
    const choices = [...this.#calls].map(([index, calls]) => ({ index, delta: { tool_calls: calls }, finish_reason: null }));
    this.#calls.clear();
    return withoutNullUsage(JSON.stringify({ ...this.#head, choices }));
  }
}

const toEvent = (json: string | null): string => (json === null ? '' : `data: ${json}\n\n`);
