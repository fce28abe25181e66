import { MAX_DISCOVERED_MODELS, type DiscoveredModel, type JsonObject } from '../../contract.ts';
import { isModelName } from '../../shared/discovered-models.ts';
import { arrayOf, objectOf, stringOf } from '../../shared/json.ts';

/** The models of an answer of `GET /api/tags`; null when it is none. Entries without a usable name are left out, repeated ones count once. */
export function toInstalledModels(body: JsonObject | null): readonly DiscoveredModel[] | null {
  if (!Array.isArray(body?.['models'])) return null;
  const models = new Map<string, DiscoveredModel>();
  for (const item of arrayOf(body['models']).slice(0, MAX_DISCOVERED_MODELS)) {
    const entry = objectOf(item);
    const model = stringOf(entry?.['model']) ?? stringOf(entry?.['name']);
    if (!isModelName(model) || models.has(model)) continue;
    const modifiedMs = Date.parse(stringOf(entry?.['modified_at']) ?? '');
    const createdAtSeconds = Number.isNaN(modifiedMs) ? null : Math.floor(modifiedMs / 1000);
    models.set(model, { model, displayName: null, createdAtSeconds, contextTokens: null, maxOutputTokens: null });
  }
  return [...models.values()];
}
