/** `POST /moderations`, both directions of both sides: verdicts on texts and images. */
import type { JsonObject, JsonValue, ModerationRequest, ModerationResult, ModerationVerdict, UpstreamResponse } from '../../contract.ts';
import { arrayOf, fieldsBeside, isEmpty, objectOf, parseJson, stringOf } from '../../shared/json.ts';
import { fromErrorData, malformed } from './openai.errors.ts';
import { hasError } from './openai.response.ts';
import { refuse } from './openai.request-errors.ts';
import type { OpenAiCompatibleSettings } from './openai.settings.ts';
import { toUsage } from './openai.usage.ts';

export const MODERATIONS_PATH = '/moderations';
const MAX_INPUTS = 2048;
const KNOWN_PARAMETERS: ReadonlySet<string> = new Set(['model', 'input']);
const KNOWN_VERDICT_FIELDS: ReadonlySet<string> = new Set(['flagged', 'categories', 'category_scores']);

export function toModerationBody(model: string, { inputs, extra }: ModerationRequest): JsonObject {
  const [first] = inputs;
  return { ...extra, model, input: inputs.length === 1 && typeof first === 'string' ? first : inputs };
}

export function toModerationResult(
  settings: Pick<OpenAiCompatibleSettings, 'displayName' | 'wire'>,
  upstream: UpstreamResponse,
  bytes: Buffer,
): ModerationResult {
  const text = bytes.toString('utf8');
  const body = objectOf(parseJson(text));
  if (body === null) throw malformed(settings.displayName, upstream, 'the body is not a JSON object', text);
  if (hasError(body)) throw fromErrorData(settings.displayName, upstream, body);
  const verdicts = arrayOf(body['results']).map(toVerdict);
  const isWhole = verdicts.length > 0 && verdicts.every((verdict) => verdict !== null);
  if (!isWhole) throw malformed(settings.displayName, upstream, 'its results are not verdicts', text);
  return {
    id: stringOf(body['id']),
    model: stringOf(body['model']),
    verdicts,
    usage: toUsage(body['usage'], settings.wire.reasoningTokens),
    upstream,
    warnings: [],
  };
}

function toVerdict(value: JsonValue): ModerationVerdict | null {
  const row = objectOf(value);
  if (row === null) return null;
  const categories = pick(objectOf(row['categories']), (found): found is boolean => typeof found === 'boolean');
  const scores = pick(objectOf(row['category_scores']), (found): found is number => typeof found === 'number');
  const { flagged } = row as { flagged?: JsonValue };
  // Mistral tells categories only: a text is flagged when one of them applies.
  const isFlagged = typeof flagged === 'boolean' ? flagged : Object.values(categories).includes(true);
  return { isFlagged, categories, scores, extra: fieldsBeside(row, KNOWN_VERDICT_FIELDS) };
}

function pick<Kept extends JsonValue>(object: JsonObject | null, isKept: (value: JsonValue) => value is Kept): Record<string, Kept> {
  const kept: Record<string, Kept> = {};
  for (const [name, value] of Object.entries(object ?? {})) if (isKept(value)) kept[name] = value;
  return kept;
}

/** The body of the door's request. Throws `AntiphonError` INVALID_INPUT whose `param` names the offender. */
export function fromModerationBody(body: JsonObject): ModerationRequest {
  const extra = fieldsBeside(body, KNOWN_PARAMETERS);
  return { inputs: readInputs(body['input']), ...(isEmpty(extra) ? {} : { extra }) };
}

function readInputs(value: JsonValue | undefined): readonly (string | JsonObject)[] {
  if (typeof value === 'string') return [value];
  const items = arrayOf(value);
  if (items.length === 0) throw refuse('input', 'must be a text, a list of texts, or a list of parts');
  if (items.length > MAX_INPUTS) throw refuse('input', `may hold at most ${MAX_INPUTS} texts or parts`);
  return items.map((item, position) => {
    if (typeof item === 'string') return item;
    const part = objectOf(item);
    if (part === null || typeof part['type'] !== 'string') throw refuse(`input[${position}]`, 'must be a text or a part with a "type"');
    return part;
  });
}

/** The body of the door's answer. */
export function toModerationResponse(result: ModerationResult, identity: { readonly id: string; readonly model: string }): JsonObject {
  return {
    id: result.id ?? identity.id,
    model: result.model ?? identity.model,
    results: result.verdicts.map(({ isFlagged, categories, scores, extra }) => ({
      flagged: isFlagged,
      categories,
      category_scores: scores,
      ...extra,
    })),
  };
}
