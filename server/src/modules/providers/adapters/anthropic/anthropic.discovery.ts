import { MAX_DISCOVERED_MODELS, type DiscoveredModel } from '../../contract.ts';
import { toDiscoveredModels } from '../../shared/discovered-models.ts';
import { objectOf, parseJson, stringOf } from '../../shared/json.ts';

/** Pages of a thousand; more than these hold more than we keep. */
const MAX_PAGES = 10;

/** Where pages come from, as text, and what to throw when one is no list of models. */
export interface ModelPages {
  readPage(afterId: string | null): Promise<string>;
  malformed(text: string): Error;
}

/** All pages of `/v1/models`, in the vendor's order. */
export async function readAllModels(pages: ModelPages): Promise<readonly DiscoveredModel[]> {
  const models = new Map<string, DiscoveredModel>();
  let afterId: string | null = null;
  for (let page = 0; page < MAX_PAGES && models.size < MAX_DISCOVERED_MODELS; page += 1) {
    const text = await pages.readPage(afterId);
    const body = objectOf(parseJson(text));
    const found = toDiscoveredModels(body);
    if (body === null || found === null) throw pages.malformed(text);
    for (const model of found) models.set(model.model, model);
    const lastId = stringOf(body['last_id']);
    if (body['has_more'] !== true || lastId === null || lastId === afterId) break;
    afterId = lastId;
  }
  return [...models.values()].slice(0, MAX_DISCOVERED_MODELS);
}
