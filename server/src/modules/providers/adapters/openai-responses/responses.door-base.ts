/** What a Response object repeats of its request, and the ids that our door makes. */
import type { JsonObject, JsonValue } from '../../contract.ts';
import { objectOf } from '../../shared/json.ts';

/** Facts of a response that are not in the request's body. */
export interface ResponseFacts {
  /** Begins with `resp_`. */
  readonly id: string;
  readonly isStored: boolean;
  readonly isBackground: boolean;
}

/** The fields that every response of a request has, in whatever state. What the caller left to the model's own default is null. */
export function toResponseBase(body: JsonObject, facts: ResponseFacts): JsonObject {
  const text = objectOf(body['text']);
  const reasoning = objectOf(body['reasoning']);
  return {
    background: facts.isBackground,
    error: null,
    incomplete_details: null,
    instructions: body['instructions'] ?? null,
    max_output_tokens: body['max_output_tokens'] ?? null,
    max_tool_calls: body['max_tool_calls'] ?? null,
    metadata: body['metadata'] ?? {},
    parallel_tool_calls: body['parallel_tool_calls'] ?? true,
    previous_response_id: body['previous_response_id'] ?? null,
    prompt_cache_key: body['prompt_cache_key'] ?? null,
    reasoning: { effort: reasoning?.['effort'] ?? null, summary: reasoning?.['summary'] ?? null },
    safety_identifier: body['safety_identifier'] ?? null,
    store: facts.isStored,
    temperature: body['temperature'] ?? null,
    text: { ...text, format: text?.['format'] ?? { type: 'text' } },
    tool_choice: body['tool_choice'] ?? 'auto',
    tools: body['tools'] ?? [],
    top_logprobs: body['top_logprobs'] ?? 0,
    top_p: body['top_p'] ?? null,
    truncation: body['truncation'] ?? 'disabled',
    user: body['user'] ?? null,
  };
}

const PLACES = 4;

/** The id of an item: its kind, the response, its place. */
export function toItemId(responseId: string, kind: 'msg' | 'rs' | 'fc' | 'ctc', place: number): string {
  return `${kind}_${responseId.replace(/^resp_/, '')}${String(place).padStart(PLACES, '0')}`;
}

/** The input of a request as items with ids, as they are listed and kept. */
export function toListedItems(input: JsonValue | undefined, responseId: string): readonly JsonObject[] {
  const items =
    typeof input === 'string' ? [{ role: 'user', content: input }] : Array.isArray(input) ? (input as readonly JsonValue[]) : [];
  return items.flatMap((value, place) => {
    const item = objectOf(value);
    return item === null ? [] : [toListedItem(item, `${responseId}in`, place)];
  });
}

function toListedItem(item: JsonObject, owner: string, place: number): JsonObject {
  const isMessage = item['type'] === 'message' || item['type'] === undefined;
  const id = typeof item['id'] === 'string' ? item['id'] : toItemId(owner, isMessage ? 'msg' : 'fc', place);
  if (!isMessage) return { ...item, id };
  const kind = item['role'] === 'assistant' ? 'output_text' : 'input_text';
  const content = typeof item['content'] === 'string' ? [toTextPart(kind, item['content'])] : item['content'];
  return { type: 'message', ...item, id, status: item['status'] ?? 'completed', content: content ?? [] };
}

function toTextPart(type: 'output_text' | 'input_text', text: string): JsonObject {
  return type === 'output_text' ? { type, text, annotations: [] } : { type, text };
}
