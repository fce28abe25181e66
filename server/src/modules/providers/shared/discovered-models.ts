/** Lists of models in the shape that most vendors share: `{ data: [{ id, … }] }`, or the bare array. */
import { MAX_DISCOVERED_MODELS, type DiscoveredModel, type JsonObject } from '../contract.ts';
import { arrayOf, countOf, numberOf, objectOf, stringOf } from './json.ts';

const MAX_NAME_LENGTH = 400;
const CONTEXT_FIELDS = ['context_length', 'context_window', 'max_context_length', 'max_model_len', 'max_input_tokens'] as const;
const OUTPUT_FIELDS = ['max_completion_tokens', 'max_output_length', 'max_output_tokens', 'max_tokens'] as const;

/** Null when the body is no list of models; entries without a usable name are left out, repeated ones count once. */
export function toDiscoveredModels(body: unknown): readonly DiscoveredModel[] | null {
  const items = Array.isArray(body) ? body : objectOf(body)?.['data'];
  if (!Array.isArray(items)) return null;
  const models = new Map<string, DiscoveredModel>();
  for (const item of arrayOf(items)) {
    const model = toDiscoveredModel(objectOf(item));
    if (model !== null && !models.has(model.model)) models.set(model.model, model);
    if (models.size === MAX_DISCOVERED_MODELS) break;
  }
  return [...models.values()];
}

function toDiscoveredModel(item: JsonObject | null): DiscoveredModel | null {
  const model = stringOf(item?.['id']);
  if (item === null || !isModelName(model)) return null;
  return {
    model,
    displayName: stringOf(item['display_name']) ?? stringOf(item['name']),
    createdAtSeconds: createdAtOf(item),
    contextTokens: firstPositive(item, CONTEXT_FIELDS) ?? countOf(objectOf(item['meta'])?.['n_ctx']),
    maxOutputTokens: firstPositive(item, OUTPUT_FIELDS),
  };
}

/** Whether a name that a provider told can be called: of sane length and without control characters. */
export function isModelName(name: string | null): name is string {
  return name !== null && name !== '' && name.length <= MAX_NAME_LENGTH && /^[^\p{Cc}\p{Cs}]+$/u.test(name);
}

/** Unix seconds, or an instant as text. 0 is how many servers say that they do not know. */
function createdAtOf(item: JsonObject): number | null {
  const seconds = numberOf(item['created']);
  if (seconds !== null) return seconds > 0 ? Math.floor(seconds) : null;
  const parsed = Date.parse(stringOf(item['created_at']) ?? '');
  return Number.isNaN(parsed) ? null : Math.floor(parsed / 1000);
}

function firstPositive(item: JsonObject, fields: readonly string[]): number | null {
  for (const field of fields) {
    const count = countOf(item[field]);
    if (count !== null && count > 0) return count;
  }
  return null;
}

/** What fits into a GraphQL `Int`, and an instant that a `Date` can hold. */
const MAX_COUNT = 2 ** 31 - 1;
const MAX_SECONDS = 8.64e12;

/** Brings what any adapter found within the bounds of what we keep and show: others wrote it. */
export function boundDiscovered(models: readonly DiscoveredModel[]): readonly DiscoveredModel[] {
  return models
    .filter(({ model }) => isModelName(model))
    .slice(0, MAX_DISCOVERED_MODELS)
    .map(({ model, displayName, createdAtSeconds, contextTokens, maxOutputTokens }) => ({
      model,
      displayName: displayName?.slice(0, MAX_NAME_LENGTH) ?? null,
      createdAtSeconds: within(createdAtSeconds, MAX_SECONDS),
      contextTokens: within(contextTokens, MAX_COUNT),
      maxOutputTokens: within(maxOutputTokens, MAX_COUNT),
    }));
}

function within(value: number | null, limit: number): number | null {
  return value !== null && value >= 0 && value <= limit ? Math.floor(value) : null;
}
