/** The list of models of the Gemini API. */
import type { DiscoveredModel, JsonObject } from '../../contract.ts';
import { isModelName } from '../../shared/discovered-models.ts';
import { countOf, stringOf } from '../../shared/json.ts';
import { objectsOf } from './gemini.wire.ts';

/** Names without their `models/`, as calls are written; tuned models keep their collection. */
export function readModels(body: JsonObject): readonly DiscoveredModel[] {
  return objectsOf(body['models']).flatMap((item) => {
    const name = stringOf(item['name'])?.replace(/^models\//, '') ?? null;
    if (!isModelName(name)) return [];
    return [
      {
        model: name,
        displayName: stringOf(item['displayName']),
        createdAtSeconds: null,
        contextTokens: countOf(item['inputTokenLimit']),
        maxOutputTokens: countOf(item['outputTokenLimit']),
      },
    ];
  });
}
