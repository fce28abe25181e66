/**
 * Test side only: readings of recorded traffic that share no code with the adapter, and one common form in which two bodies of this
 * wire mean the same.
 */
type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/** `data` of each event that is JSON; the end marker and comments are left out. */
export function eventsOf(stream: Buffer): Json[] {
  return stream
    .toString('utf8')
    .split(/\r?\n/)
    .filter((line) => line.startsWith('data:'))
    .map((line) => line.slice('data:'.length).trim())
    .filter((data) => data !== '' && data !== '[DONE]')
    .map((data) => JSON.parse(data) as Json);
}

export interface FoldedCall {
  id: string;
  name: string;
  arguments: string;
}

export interface FoldedChoice {
  index: number;
  text: string;
  reasoning: string;
  refusal: string;
  calls: FoldedCall[];
  finishReason: unknown;
  logprobTokens: number;
  /** Index on the wire → position among the calls. */
  open?: Map<number, number>;
}

/** What the chunks of a stream add up to. */
export function foldStream(events: readonly Json[]): FoldedChoice[] {
  const choices = new Map<number, FoldedChoice>();
  for (const event of events) {
    for (const choice of (event['choices'] as Json[] | undefined) ?? []) {
      const index = Number(choice['index'] ?? 0);
      const folded = choices.get(index) ?? { index, text: '', reasoning: '', refusal: '', calls: [], finishReason: null, logprobTokens: 0 };
      choices.set(index, folded);
      addMessage(folded, (choice['delta'] ?? choice['message'] ?? {}) as Json);
      if (isGiven(choice['finish_reason']) && folded.finishReason === null) folded.finishReason = choice['finish_reason'];
      const logprobs = choice['logprobs'] as { content?: unknown[] } | null | undefined;
      folded.logprobTokens += logprobs?.content?.length ?? 0;
    }
  }
  return [...choices.values()].sort((left, right) => left.index - right.index).map(({ open: _open, ...choice }) => choice);
}

/** The choices of a whole answer. */
export function foldAnswer(body: Json): FoldedChoice[] {
  return foldStream([{ choices: ((body['choices'] as Json[] | undefined) ?? []).map(({ delta: _delta, ...choice }) => choice) }]);
}

function isGiven(value: unknown): boolean {
  return value !== null && value !== undefined && value !== '' && value !== 'null';
}

function addMessage(folded: FoldedChoice, message: Json): void {
  const content = message['content'];
  if (typeof content === 'string') folded.text += content;
  if (Array.isArray(content)) {
    for (const part of content as Json[]) {
      if (part['type'] === 'text') folded.text += String(part['text']);
      if (part['type'] === 'reasoning' && typeof part['text'] === 'string') folded.reasoning += part['text'];
      for (const inner of [part['thinking'], part['summary']].flat()) if (isObject(inner)) folded.reasoning += String(inner['text'] ?? '');
    }
  }
  folded.reasoning += String(message['reasoning_content'] || message['reasoning'] || '') || detailsText(message);
  if (typeof message['refusal'] === 'string') folded.refusal += message['refusal'];
  ((message['tool_calls'] as Json[] | null | undefined) ?? []).forEach((call, position) => addCall(folded, call, position));
}

function detailsText(message: Json): string {
  return ((message['reasoning_details'] as Json[] | undefined) ?? [])
    .map((detail) => String(detail['text'] ?? detail['summary'] ?? ''))
    .join('');
}

/** A new call begins at a new index, or where an id and a name come again at one that is taken. */
function addCall(folded: FoldedChoice, call: Json, position: number): void {
  const at = Number(call['index'] ?? position);
  const definition = (call['function'] ?? {}) as Json;
  const open = (folded.open ??= new Map());
  const known = folded.calls[open.get(at) ?? -1];
  if (known === undefined || (isGiven(call['id']) && call['id'] !== known.id && isGiven(definition['name']))) {
    open.set(at, folded.calls.length);
    folded.calls.push({ id: String(call['id'] ?? ''), name: String(definition['name'] ?? ''), arguments: '' });
  }
  const current = folded.calls[open.get(at) ?? -1];
  const text = definition['arguments'];
  if (current !== undefined && text !== null && text !== undefined)
    current.arguments += typeof text === 'string' ? text : JSON.stringify(text);
}

/** Usage as the wire told it last. */
export function lastUsage(events: readonly Json[]): Json | null {
  const all = events.map((event) => event['usage'] ?? (event['x_groq'] as Json | undefined)?.['usage']).filter(isObject);
  return all.findLast((usage) => usage['prompt_tokens'] !== undefined) ?? null;
}

/** Requests that mean the same have the same common form: absent is null, one text is its string, two names of a limit are one. */
export function commonRequest(body: unknown): unknown {
  if (!isObject(body)) return body;
  const { stream_options: _streamOptions, stream, max_tokens: oldLimit, max_completion_tokens: limit, logprobs, ...rest } = body;
  return withoutNulls({
    ...rest,
    ...(stream === true ? { stream } : {}),
    ...(logprobs === true ? { logprobs } : {}),
    limit: limit ?? oldLimit,
    tools: Array.isArray(rest['tools']) && rest['tools'].length > 0 ? (rest['tools'] as Json[]).map(commonTool) : null,
    stop: typeof rest['stop'] === 'string' ? [rest['stop']] : rest['stop'],
    messages: ((rest['messages'] as Json[] | undefined) ?? []).map(commonMessage),
  });
}

function commonTool(tool: Json): unknown {
  const definition = tool['function'];
  return isObject(definition) ? { ...tool, type: tool['type'] ?? 'function', function: withoutNulls(definition) } : tool;
}

function commonMessage(message: Json): unknown {
  const { content, reasoning_content: reasoningContent, reasoning, tool_calls: calls, ...rest } = message;
  return withoutNulls({
    ...rest,
    content: commonContent(content),
    reasoning: reasoningContent || reasoning || null,
    tool_calls: Array.isArray(calls) && calls.length > 0 ? (calls as Json[]).map(commonCall) : null,
  });
}

function commonContent(content: unknown): unknown {
  if (content === '' || (Array.isArray(content) && content.length === 0)) return null;
  if (typeof content === 'string' || !Array.isArray(content)) return content;
  const [only] = content as Json[];
  if (content.length === 1 && only !== undefined && Object.keys(only).length === 2 && only['type'] === 'text') return only['text'];
  return (content as Json[]).map((part) =>
    typeof part['image_url'] === 'string' ? { ...part, image_url: { url: part['image_url'] } } : withoutNulls(part),
  );
}

function commonCall({ index: _index, ...call }: Json): unknown {
  const definition = call['function'];
  if (!isObject(definition)) return call;
  return {
    ...withoutNulls(call),
    id: call['id'] || 'call_0',
    type: call['type'] ?? 'function',
    function: { ...definition, arguments: definition['arguments'] || '{}' },
  };
}

function withoutNulls(object: Json): Json {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== null && value !== undefined));
}

/** Answers that mean the same have the same common form. Usage is compared by itself. */
export function commonAnswer(body: Json): unknown {
  const { usage: _usage, object: _object, x_groq: _groq, ...rest } = body;
  return withoutNulls({ ...rest, choices: ((rest['choices'] as Json[] | undefined) ?? []).map(commonChoice) });
}

function commonChoice(choice: Json): unknown {
  // A cumulative copy beside the message (Perplexity) and the raw finish reason, which has a field of its own in the neutral form.
  const { delta: _delta, finish_reason: _finish, message, ...rest } = choice;
  const { role: _role, content, reasoning: _r, reasoning_content: _c, tool_calls: calls, ...fields } = (message ?? {}) as Json;
  const folded = foldStream([{ choices: [{ message }] }])[0];
  const isList = Array.isArray(content);
  return withoutNulls({
    ...rest,
    message: withoutNulls({
      ...fields,
      content: isList ? folded?.text || null : commonContent(content),
      reasoning: folded?.reasoning || null,
      tool_calls: Array.isArray(calls) && calls.length > 0 ? (calls as Json[]).map(commonCall) : null,
    }),
  });
}
