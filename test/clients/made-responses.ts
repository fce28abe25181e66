/** A provider's side of the Responses API, made by us: it shares no code with the server. */
import { beginStream, sendJson, type UpstreamRequest } from '../testkit/upstream.ts';
import type { Override } from './client-server.ts';
import { CALLS, type MadeAnswer, type MadeCall } from './made-answers.ts';

type Json = Record<string, unknown>;

const ANSWERS: Readonly<Record<string, MadeAnswer>> = {
  text: { words: ['Good ', 'morning', ', ✓ world.'], tokens: [11, 5] },
  tool: { calls: [CALLS.paris], tokens: [60, 17] },
  tools: { words: ['Two cities. '], calls: [CALLS.paris, CALLS.oslo], tokens: [60, 34] },
  json: { words: ['{"city":', '"Paris","days":3}'], tokens: [40, 12] },
  result: { words: ['It is ', '21 degrees.'], tokens: [90, 7] },
};

let responseCount = 0;

function answerFor({ body, text }: UpstreamRequest): MadeAnswer {
  const input = body['input'];
  const last = Array.isArray(input) ? (input.at(-1) as Json | undefined) : undefined;
  if (last?.['type'] === 'function_call_output') return ANSWERS['result'] as MadeAnswer;
  return ANSWERS[[...text.matchAll(/\[made (\w+)\]/g)].at(-1)?.[1] ?? 'text'] as MadeAnswer;
}

/** Answers `POST /responses` on its own wire; other paths are left to others. */
export const answerResponses: Override = (request, response) => {
  if (!request.path.endsWith('/responses')) return false;
  const made = answerFor(request);
  const responseId = `resp_upstream${(responseCount += 1)}`;
  if (request.isStream) beginStream(response).end(toResponseEvents(request, responseId, made).join(''));
  else sendJson(response, 200, toResponse(request, responseId, made), { 'x-request-id': 'req_upstream' });
  return true;
};

function toItems(responseId: string, { words = [], calls = [], reasoning }: MadeAnswer): Json[] {
  const text = words.join('');
  const message = {
    id: `msg_${responseId}`,
    type: 'message',
    status: 'completed',
    content: [{ type: 'output_text', annotations: [], logprobs: [], text }],
    role: 'assistant',
  };
  const thought = {
    id: `rs_${responseId}`,
    type: 'reasoning',
    summary: [{ type: 'summary_text', text: reasoning?.pieces.join('') }],
    encrypted_content: reasoning?.signature,
  };
  return [
    ...(reasoning === undefined ? [] : [thought]),
    ...(text === '' ? [] : [message]),
    ...calls.map((call, index) => toCallItem(responseId, call, index)),
  ];
}

function toCallItem(responseId: string, { id, name, pieces }: MadeCall, index: number): Json {
  return { id: `fc_${responseId}_${index}`, type: 'function_call', status: 'completed', arguments: pieces.join(''), call_id: id, name };
}

export function toResponse({ body }: UpstreamRequest, responseId: string, made: MadeAnswer): Json {
  const [input, output] = made.tokens;
  return {
    id: responseId,
    object: 'response',
    created_at: 1_795_000_000,
    status: 'completed',
    background: false,
    completed_at: 1_795_000_001,
    error: null,
    incomplete_details: null,
    instructions: body['instructions'] ?? null,
    max_output_tokens: null,
    model: 'gpt-4.1-mini-2025-04-14',
    output: toItems(responseId, made),
    parallel_tool_calls: true,
    previous_response_id: body['previous_response_id'] ?? null,
    reasoning: { effort: null, summary: null },
    service_tier: 'default',
    store: body['store'] ?? true,
    temperature: 1,
    text: body['text'] ?? { format: { type: 'text' } },
    tool_choice: 'auto',
    tools: body['tools'] ?? [],
    top_p: 1,
    truncation: 'disabled',
    usage: {
      input_tokens: input,
      input_tokens_details: { cached_tokens: 0 },
      output_tokens: output,
      output_tokens_details: { reasoning_tokens: 0 },
      total_tokens: input + output,
    },
    user: null,
    metadata: {},
  };
}

export function toResponseEvents(request: UpstreamRequest, responseId: string, made: MadeAnswer): string[] {
  let sequence = 0;
  const event = (type: string, fields: Json): string =>
    `event: ${type}\ndata: ${JSON.stringify({ type, ...fields, sequence_number: sequence++ })}\n\n`;
  const response = toResponse(request, responseId, made);
  const begun = { ...response, status: 'in_progress', completed_at: null, output: [], usage: null };
  const { words = [], calls = [], reasoning } = made;
  const items = toItems(responseId, made);
  const before = items.length - calls.length;
  const events = [event('response.created', { response: begun }), event('response.in_progress', { response: begun })];
  items.forEach((item, output_index) => {
    const isMessage = item['type'] === 'message';
    const at = { item_id: item['id'], output_index };
    if (item['type'] === 'reasoning') {
      events.push(event('response.output_item.added', { item: { ...item, summary: [] }, output_index }));
      events.push(...summaryEvents(event, reasoning?.pieces ?? [], { ...at, summary_index: 0 }));
      events.push(event('response.output_item.done', { item, output_index }));
      return;
    }
    const added = { ...item, status: 'in_progress', ...(isMessage ? { content: [] } : { arguments: '' }) };
    events.push(event('response.output_item.added', { item: added, output_index }));
    if (isMessage) events.push(...messageEvents(event, words, { ...at, content_index: 0 }));
    else {
      const pieces = calls[output_index - before]?.pieces ?? [];
      events.push(...pieces.map((delta) => event('response.function_call_arguments.delta', { ...at, delta })));
      events.push(event('response.function_call_arguments.done', { ...at, arguments: item['arguments'] }));
    }
    events.push(event('response.output_item.done', { item, output_index }));
  });
  return [...events, event('response.completed', { response })];
}

function messageEvents(event: (type: string, fields: Json) => string, words: readonly string[], at: Json): string[] {
  const text = words.join('');
  const part = { type: 'output_text', annotations: [], logprobs: [], text };
  return [
    event('response.content_part.added', { ...at, part: { ...part, text: '' } }),
    ...words.map((delta) => event('response.output_text.delta', { ...at, delta, logprobs: [] })),
    event('response.output_text.done', { ...at, logprobs: [], text }),
    event('response.content_part.done', { ...at, part }),
  ];
}

function summaryEvents(event: (type: string, fields: Json) => string, pieces: readonly string[], at: Json): string[] {
  const text = pieces.join('');
  const part = { type: 'summary_text', text };
  return [
    event('response.reasoning_summary_part.added', { ...at, part: { ...part, text: '' } }),
    ...pieces.map((delta) => event('response.reasoning_summary_text.delta', { ...at, delta })),
    event('response.reasoning_summary_text.done', { ...at, text }),
    event('response.reasoning_summary_part.done', { ...at, part }),
  ];
}
