/** What the Ollama door receives (`/api/chat`, `/api/generate`, `/api/embed`) -> the neutral form. */
import type { CompletionRequest, EmbeddingsRequest, JsonObject, JsonValue, ResponseFormat, ToolDefinition } from '../../contract.ts';
import { arrayOf, fieldsBeside, isEmpty, objectOf, stringOf } from '../../shared/json.ts';
import { refuse } from '../../shared/refuse.ts';
import { fromImages, fromMessages } from './ollama.door-messages.ts';

/** Parameters with a neutral name, and the switches of the transport, which say how to answer rather than what. */
const KNOWN_PARAMETERS: ReadonlySet<string> = new Set([
  'model',
  'messages',
  'prompt',
  'system',
  'images',
  'stream',
  'tools',
  'format',
  'options',
  'think',
  'logprobs',
  'top_logprobs',
]);
const KNOWN_OPTIONS: ReadonlySet<string> = new Set([
  'num_predict',
  'temperature',
  'top_p',
  'top_k',
  'frequency_penalty',
  'presence_penalty',
  'stop',
  'seed',
]);
const MAX_INPUTS = 2048;

/**
 * The body of `POST /api/chat` in the neutral form. Null and empty count as absent; options and parameters without a neutral name stay in
 * `extra`. Calls that carry no id get one, and results are tied to them by id, by name or by order. Throws `AntiphonError` INVALID_INPUT
 * whose `param` names the offender. `model` and `stream` (on unless it is false) are the door's to read.
 */
export function fromOllamaChatBody(body: JsonObject): CompletionRequest {
  return { messages: fromMessages(body['messages']), ...fromTools(body['tools']), ...fromParameters(body) };
}

/** The body of `POST /api/generate`: a system text, a prompt and images; a raw prompt, a template or a context stay in `extra`. */
export function fromOllamaGenerateBody(body: JsonObject): CompletionRequest {
  const system = readText(body, 'system');
  const prompt = readText(body, 'prompt');
  const images = fromImages(body['images'], 'images');
  if (prompt === null && images.length === 0) throw refuse('prompt', 'must be a text');
  return {
    messages: [
      ...(system === null ? [] : [{ role: 'system' as const, content: [{ type: 'text' as const, text: system }] }]),
      { role: 'user', content: [...(prompt === null ? [] : [{ type: 'text' as const, text: prompt }]), ...images] },
    ],
    ...fromParameters(body),
  };
}

/** The body of `POST /api/embed`, or of the older `POST /api/embeddings`, which has one `prompt`. */
export function fromOllamaEmbedBody(body: JsonObject): EmbeddingsRequest {
  const value = body['input'] ?? body['prompt'];
  const inputs = typeof value === 'string' ? [value] : value;
  if (!Array.isArray(inputs) || inputs.length === 0 || !inputs.every((input): input is string => typeof input === 'string'))
    throw refuse('input', 'must be a text or a list of texts');
  if (inputs.length > MAX_INPUTS) throw refuse('input', `may hold at most ${MAX_INPUTS} texts`);
  const dimensions = body['dimensions'];
  if (dimensions != null && (typeof dimensions !== 'number' || !Number.isSafeInteger(dimensions) || dimensions < 1))
    throw refuse('dimensions', 'must be an integer of 1 or more');
  const extra = withoutEmpty(fieldsBeside(body, new Set(['model', 'input', 'prompt', 'dimensions'])));
  return { inputs, ...(dimensions == null ? {} : { dimensions }), ...(isEmpty(extra) ? {} : { extra }) };
}

function fromParameters(body: JsonObject): Omit<CompletionRequest, 'messages'> {
  const options = body['options'] ?? {};
  if (objectOf(options) === null) throw refuse('options', 'must be an object');
  const extra: Record<string, JsonValue> = { ...withoutEmpty(fieldsBeside(body, KNOWN_PARAMETERS)) };
  const otherOptions = fieldsBeside(objectOf(options) ?? {}, KNOWN_OPTIONS);
  if (!isEmpty(otherOptions)) extra['options'] = otherOptions;
  const parameters = {
    ...fromOptions(objectOf(options) ?? {}),
    ...fromFormat(body['format']),
    ...fromThink(body['think'], extra),
    ...fromLogprobs(body),
  };
  return isEmpty(extra) ? parameters : { ...parameters, extra };
}

/** `raw: false`, an empty template and an empty context say nothing. */
function withoutEmpty(fields: JsonObject): JsonObject {
  const told = Object.entries(fields).filter(
    ([, value]) => value !== '' && value !== false && !(Array.isArray(value) && value.length === 0),
  );
  return Object.fromEntries(told);
}

function fromOptions(options: JsonObject): Omit<CompletionRequest, 'messages'> {
  const maxOutputTokens = readNumber(options, 'num_predict');
  return {
    // -1 and -2 stand for no bound, 0 for the server's own.
    ...(maxOutputTokens === null || maxOutputTokens < 1 ? {} : { maxOutputTokens: Math.floor(maxOutputTokens) }),
    ...optional('temperature', readNumber(options, 'temperature')),
    ...optional('topP', readNumber(options, 'top_p')),
    ...optional('topK', readNumber(options, 'top_k')),
    ...optional('frequencyPenalty', readNumber(options, 'frequency_penalty')),
    ...optional('presencePenalty', readNumber(options, 'presence_penalty')),
    ...optional('seed', readNumber(options, 'seed')),
    ...fromStop(options['stop']),
  };
}

function optional<Name extends string, Value>(name: Name, value: Value | null): { [Key in Name]?: Value } {
  return (value === null ? {} : { [name]: value }) as { [Key in Name]?: Value };
}

function readNumber(options: JsonObject, name: string): number | null {
  const value = options[name];
  if (value === undefined || value === null) return null;
  if (typeof value !== 'number') throw refuse(`options.${name}`, 'must be a number');
  return value;
}

function readText(body: JsonObject, name: string): string | null {
  const value = body[name];
  if (value === undefined || value === null || value === '') return null;
  if (typeof value !== 'string') throw refuse(name, 'must be a text');
  return value;
}

function fromStop(value: JsonValue | undefined): { stop?: readonly string[] } {
  if (value === undefined || value === null) return {};
  const stop: JsonValue = typeof value === 'string' ? [value] : value;
  if (!Array.isArray(stop) || !stop.every((item): item is string => typeof item === 'string'))
    throw refuse('options.stop', 'must be a text or a list of texts');
  return stop.length === 0 ? {} : { stop };
}

function fromFormat(value: JsonValue | undefined): { responseFormat?: ResponseFormat } {
  if (value === undefined || value === null || value === '') return {};
  if (value === 'json') return { responseFormat: { type: 'json-object' } };
  const schema = objectOf(value);
  if (schema === null) throw refuse('format', 'must be "json" or a JSON Schema');
  return { responseFormat: { type: 'json-schema', name: 'answer', schema } };
}

/** On without a level is `medium`; a word we do not know may be a new one of the vendor and stays in `extra`. */
function fromThink(value: JsonValue | undefined, extra: Record<string, JsonValue>): Pick<CompletionRequest, 'reasoning'> {
  if (value === undefined || value === null) return {};
  if (value === true) return { reasoning: { effort: 'medium' } };
  if (value === false) return { reasoning: { effort: 'none' } };
  if (value === 'low' || value === 'medium' || value === 'high') return { reasoning: { effort: value } };
  if (typeof value !== 'string') throw refuse('think', 'must be true, false, "low", "medium" or "high"');
  extra['think'] = value;
  return {};
}

function fromLogprobs(body: JsonObject): Pick<CompletionRequest, 'logprobs'> {
  if (body['logprobs'] !== true) return {};
  const topCount = body['top_logprobs'] ?? 0;
  if (typeof topCount !== 'number' || !Number.isSafeInteger(topCount) || topCount < 0)
    throw refuse('top_logprobs', 'must be an integer of 0 or more');
  return { logprobs: { topCount } };
}

function fromTools(value: JsonValue | undefined): { tools?: readonly ToolDefinition[] } {
  if (value === undefined || value === null) return {};
  if (!Array.isArray(value)) throw refuse('tools', 'must be a list');
  const tools = arrayOf(value).map((item, position) => fromTool(item, `tools[${position}]`));
  return tools.length === 0 ? {} : { tools };
}

function fromTool(value: JsonValue, param: string): ToolDefinition {
  const definition = objectOf(objectOf(value)?.['function']);
  const name = stringOf(definition?.['name']);
  if (definition === null || name === null || name === '') throw refuse(`${param}.function.name`, 'must be a name');
  const description = stringOf(definition['description']);
  const parameters = objectOf(definition['parameters']);
  return { name, ...optional('description', description), ...optional('parameters', parameters) };
}
