import { MAX_DISCOVERED_MODELS, type DiscoveredModel, type JsonObject } from '../../contract.ts';
import { isModelName } from '../../shared/discovered-models.ts';
import { arrayOf, countOf, objectOf, stringOf } from '../../shared/json.ts';

/** The models of an answer of `GET /v1/models`; null when it is none. Entries without a usable name are left out, repeated ones count once. */
export function toListedModels(body: JsonObject | null): readonly DiscoveredModel[] | null {
  if (!Array.isArray(body?.['models'])) return null;
  const models = new Map<string, DiscoveredModel>();
  for (const item of arrayOf(body['models']).slice(0, MAX_DISCOVERED_MODELS)) {
    const entry = objectOf(item);
    const model = stringOf(entry?.['name']);
    if (!isModelName(model) || models.has(model)) continue;
    const contextTokens = countOf(entry?.['context_length']) || null;
    models.set(model, { model, displayName: null, createdAtSeconds: null, contextTokens, maxOutputTokens: null });
  }
  return [...models.values()];
}
