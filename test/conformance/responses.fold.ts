/** Test side only: readings of recorded responses that share no code with the adapter. */
type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
const listOf = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isObject) : []);

/** `data` of each event that is JSON. */
export function eventsOf(stream: Buffer): Json[] {
  return stream
    .toString('utf8')
    .split(/\r?\n/)
    .filter((line) => line.startsWith('data:'))
    .map((line) => line.slice('data:'.length).trim())
    .filter((data) => data !== '' && data !== '[DONE]')
    .map((data) => JSON.parse(data) as Json);
}

export interface FoldedResponse {
  text: string;
  refusal: string;
  reasoning: { text: string; isEncrypted: boolean }[];
  calls: { id: unknown; name: unknown; arguments: unknown; isCustom: boolean }[];
  logprobTokens: number;
  annotations: number;
}

/** What the items of an answer say. */
export function foldItems(items: readonly Json[]): FoldedResponse {
  const folded: FoldedResponse = { text: '', refusal: '', reasoning: [], calls: [], logprobTokens: 0, annotations: 0 };
  for (const item of items) {
    if (item['type'] === 'reasoning') {
      const texts = [...listOf(item['summary']), ...listOf(item['content'])]
        .map((part) => String(part['text']))
        .filter((text) => text !== '');
      const isEncrypted = typeof item['encrypted_content'] === 'string';
      if (texts.length > 0 || isEncrypted) folded.reasoning.push({ text: texts.join('\n\n'), isEncrypted });
    } else if (item['type'] === 'function_call' || item['type'] === 'custom_tool_call') {
      const isCustom = item['type'] === 'custom_tool_call';
      folded.calls.push({ id: item['call_id'], name: item['name'], arguments: isCustom ? item['input'] : item['arguments'], isCustom });
    } else if (item['type'] === 'message') addMessage(folded, item);
  }
  return folded;
}

function addMessage(folded: FoldedResponse, message: Json): void {
  let own = '';
  for (const part of listOf(message['content'])) {
    if (part['type'] === 'refusal') folded.refusal += String(part['refusal']);
    if (part['type'] !== 'output_text') continue;
    own += String(part['text']);
    folded.logprobTokens += listOf(part['logprobs']).length;
    folded.annotations += listOf(part['annotations']).length;
  }
  folded.text += (folded.text !== '' && own !== '' ? '\n\n' : '') + own;
}

/** The response as the last event tells it, with the items that were streamed where it holds fewer. */
export function lastResponse(events: readonly Json[]): Json {
  const last = events.findLast((event) => /^response\.(completed|incomplete|failed)$/.test(String(event['type'])));
  const response = isObject(last?.['response']) ? last['response'] : {};
  const done = events
    .filter((event) => event['type'] === 'response.output_item.done')
    .sort((left, right) => Number(left['output_index']) - Number(right['output_index']))
    .map((event) => event['item'] as Json);
  return listOf(response['output']).length < done.length ? { ...response, output: done } : response;
}

/** Reasoning is encrypted anew for the last event; both are valid, and the first to come is the one that is given. */
export function withStreamedEncryption(items: readonly Json[], events: readonly Json[]): Json[] {
  const streamed = events.filter((event) => event['type'] === 'response.output_item.done').map((event) => event['item'] as Json);
  return items.map((item) => {
    const encrypted = streamed.find(({ id }) => id === item['id'])?.['encrypted_content'];
    return typeof item['encrypted_content'] === 'string' && encrypted !== undefined ? { ...item, encrypted_content: encrypted } : item;
  });
}

/** What the deltas of a stream add up to: text that no `done` event repeats would be lost otherwise. */
export function foldDeltas(events: readonly Json[]): { text: string; refusal: string } {
  const join = (type: string): string =>
    events
      .filter((event) => event['type'] === type)
      .map((event) => String(event['delta']))
      .join('');
  return { text: join('response.output_text.delta'), refusal: join('response.refusal.delta') };
}

/** Requests that mean the same have the same common form. */
export function commonRequest(body: unknown): unknown {
  if (!isObject(body)) return body;
  const { stream, store: _store, include, truncation, ...rest } = body;
  // Reasoning is always asked for in a form that can be given back.
  const others = (Array.isArray(include) ? include : []).filter((name) => name !== 'reasoning.encrypted_content');
  return withoutNulls({
    ...rest,
    ...(stream === true ? { stream } : {}),
    ...(truncation === undefined || truncation === 'disabled' ? {} : { truncation }),
    include: others.length === 0 ? null : others,
    reasoning: isObject(rest['reasoning']) ? emptyToNull(withoutSummary(rest['reasoning'])) : null,
    instructions: null,
    input: [
      ...(typeof rest['instructions'] === 'string' && rest['instructions'] !== '' ? [systemMessage(rest['instructions'])] : []),
      ...commonInput(rest['input']),
    ],
    // Without tools it says nothing how they are to be used.
    ...(Array.isArray(rest['tools']) && rest['tools'].length > 0 ? {} : { tool_choice: null, parallel_tool_calls: null }),
    tools: Array.isArray(rest['tools']) && rest['tools'].length > 0 ? listOf(rest['tools']).map(commonTool) : null,
  });
}

/** As much is told of reasoning as there is, whatever was asked for. */
function withoutSummary({ summary: _summary, ...reasoning }: Json): Json {
  return reasoning;
}

const emptyToNull = (object: Json): Json | null => (Object.keys(object).length === 0 ? null : object);

const systemMessage = (text: string): Json => ({ type: 'message', role: 'system', content: text });

function commonInput(input: unknown): unknown[] {
  if (typeof input === 'string') return [{ type: 'message', role: 'user', content: input }];
  return listOf(input).map(commonItem);
}

function commonItem(item: Json): unknown {
  const type = item['type'] ?? 'message';
  if (type === 'message') {
    const kind = item['role'] === 'assistant' ? 'output_text' : 'input_text';
    return withoutNulls({ ...withoutId(item), type, content: commonContent(item['content'], kind) });
  }
  if (String(type).endsWith('_output'))
    return withoutNulls({ type, call_id: item['call_id'], output: commonContent(item['output'], 'input_text') });
  // Reasoning that is not encrypted is there by its id.
  return withoutNulls(type === 'reasoning' && typeof item['encrypted_content'] !== 'string' ? item : withoutId(item));
}

/** Ids and states say nothing to a model. */
function withoutId({ id: _id, status: _status, ...item }: Json): Json {
  return item;
}

/** One text is its string; log probabilities were for reading. */
function commonContent(content: unknown, kind: string): unknown {
  if (!Array.isArray(content)) return content;
  const parts = listOf(content).map(({ logprobs: _logprobs, annotations, ...part }) =>
    Array.isArray(annotations) && annotations.length > 0 ? { ...part, annotations } : part,
  );
  const [only] = parts;
  if (parts.length === 1 && only?.['type'] === kind && Object.keys(only).length === 2) return only['text'];
  return parts;
}

function commonTool(tool: Json): unknown {
  return tool['type'] === 'function' ? withoutNulls({ ...tool, strict: tool['strict'] ?? false }) : tool;
}

function withoutNulls(object: Json): Json {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== null && value !== undefined));
}
