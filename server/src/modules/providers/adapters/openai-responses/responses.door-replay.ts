/** A response that is known whole, as the events of a stream: one delta a text. */
import type { JsonObject, JsonValue } from '../../contract.ts';
import { arrayOf, objectOf, stringOf } from '../../shared/json.ts';

type Event = JsonObject & { readonly type: string };

export function toReplayedEvents(response: JsonObject): string {
  const begun = { ...response, status: 'in_progress', completed_at: null, error: null, incomplete_details: null, output: [], usage: null };
  const { status } = response;
  const end = status === 'incomplete' || status === 'failed' ? status : 'completed';
  const events: Event[] = [
    { type: 'response.created', response: begun },
    { type: 'response.in_progress', response: begun },
    ...arrayOf(response['output']).flatMap((item, place) => toItemEvents(objectOf(item) ?? {}, place)),
    // A cancelled one has no event of its own: its stream just ends.
    ...(status === 'cancelled' ? [] : [{ type: `response.${end}`, response }]),
  ];
  return events.map(toEventText).join('');
}

export function toEventText(event: Event, sequence: number): string {
  return `event: ${event.type}\ndata: ${JSON.stringify({ ...event, sequence_number: sequence })}\n\n`;
}

function toItemEvents(item: JsonObject, place: number): Event[] {
  const at = { item_id: item['id'] ?? '', output_index: place };
  const begun = { ...item, ...(item['status'] === undefined ? {} : { status: 'in_progress' }) };
  const frame = (empty: JsonObject, within: readonly Event[]): Event[] => [
    { type: 'response.output_item.added', item: { ...begun, ...empty }, output_index: place },
    ...within,
    { type: 'response.output_item.done', item, output_index: place },
  ];
  switch (item['type']) {
    case 'message':
      return frame(
        { content: [] },
        arrayOf(item['content']).flatMap((part, index) => toPartEvents(part, { ...at, content_index: index })),
      );
    case 'reasoning':
      return frame(
        { summary: [] },
        arrayOf(item['summary']).flatMap((part, index) => toSummaryEvents(part, { ...at, summary_index: index })),
      );
    case 'function_call':
      return frame({ arguments: '' }, toTextEvents('function_call_arguments', 'arguments', stringOf(item['arguments']) ?? '', at));
    case 'custom_tool_call':
      return frame({ input: '' }, toTextEvents('custom_tool_call_input', 'input', stringOf(item['input']) ?? '', at));
    default:
      return frame({}, []);
  }
}

function toTextEvents(name: string, field: string, text: string, at: JsonObject, fields: JsonObject = {}): Event[] {
  return [
    { type: `response.${name}.delta`, ...at, ...fields, delta: text },
    { type: `response.${name}.done`, ...at, ...fields, [field]: text },
  ];
}

function toPartEvents(value: JsonValue, at: JsonObject): Event[] {
  const part = objectOf(value) ?? {};
  const field = part['type'] === 'refusal' ? 'refusal' : 'text';
  const text = stringOf(part[field]) ?? '';
  const fields: JsonObject = part['type'] === 'output_text' ? { logprobs: arrayOf(part['logprobs']) } : {};
  const name = part['type'] === 'refusal' ? 'refusal' : part['type'] === 'reasoning_text' ? 'reasoning_text' : 'output_text';
  return [
    { type: 'response.content_part.added', ...at, part: { ...part, [field]: '' } },
    ...toTextEvents(name, field, text, at, fields),
    { type: 'response.content_part.done', ...at, part },
  ];
}

function toSummaryEvents(value: JsonValue, at: JsonObject): Event[] {
  const part = objectOf(value) ?? {};
  return [
    { type: 'response.reasoning_summary_part.added', ...at, part: { ...part, text: '' } },
    ...toTextEvents('reasoning_summary_text', 'text', stringOf(part['text']) ?? '', at),
    { type: 'response.reasoning_summary_part.done', ...at, part },
  ];
}
