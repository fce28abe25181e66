import type { FinishReason, JsonValue } from '../../contract.ts';

/** Words seen in recorded traffic; anything else is `other`, and its word is kept beside it. */
const FINISH_REASONS: Readonly<Record<string, FinishReason>> = {
  stop: 'stop',
  eos: 'stop',
  eos_token: 'stop',
  end_turn: 'stop',
  stop_sequence: 'stop',
  complete: 'stop',
  length: 'length',
  max_tokens: 'length',
  model_length: 'length',
  tool_calls: 'tool-calls',
  tool_call: 'tool-calls',
  tool_use: 'tool-calls',
  function_call: 'tool-calls',
  content_filter: 'content-filter',
  content_filtered: 'content-filter',
  sensitive: 'content-filter',
  safety: 'content-filter',
  recitation: 'content-filter',
  model_armor: 'content-filter',
  refusal: 'refusal',
  error: 'error',
  network_error: 'error',
  insufficient_system_resource: 'error',
};

export interface Finish {
  readonly finishReason: FinishReason;
  readonly rawFinishReason: string | null;
}

/** Null while the choice goes on: the field is missing, null, empty (Snowflake) or the word "null" (DashScope). */
export function toFinish(value: JsonValue | undefined): Finish | null {
  if (value === undefined || value === null || value === '' || value === 'null') return null;
  const word = typeof value === 'string' ? value : JSON.stringify(value);
  return { finishReason: FINISH_REASONS[word.toLowerCase()] ?? 'other', rawFinishReason: word };
}

/** Where the wire names no reason (Snowflake): an answer that calls tools ended for that, of any other we do not know. */
export function untoldFinish(hasToolCalls: boolean): FinishReason {
  return hasToolCalls ? 'tool-calls' : 'other';
}

/** OpenAI's word for a neutral reason: its own SDKs know these five only. */
export function fromFinish(finishReason: FinishReason): string {
  switch (finishReason) {
    case 'length':
      return 'length';
    case 'tool-calls':
      return 'tool_calls';
    case 'content-filter':
    case 'refusal':
      return 'content_filter';
    case 'stop':
    case 'error':
    case 'other':
      return 'stop';
  }
}
