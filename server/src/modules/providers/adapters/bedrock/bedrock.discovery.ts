/** The models an account may call: those that are called by their own name, and the inference profiles through which newer ones are. */
import { MAX_DISCOVERED_MODELS, ProviderError, type DiscoveredModel, type JsonObject } from '../../contract.ts';
import { isModelName } from '../../shared/discovered-models.ts';
import { arrayOf, objectOf, parseJson, stringOf } from '../../shared/json.ts';

export const FOUNDATION_MODELS_PATH = '/foundation-models';
const PROFILES_PATH = '/inference-profiles?maxResults=1000';
/** More pages than these hold more than we keep. */
const MAX_PAGES = 10;

/** Where lists come from, as text, and what to throw when one is no list of models. */
export interface ModelPages {
  readPage(path: string): Promise<string>;
  malformed(text: string): Error;
}

/** Profiles are a permission of their own: without it the list holds the models alone. */
export async function readAllModels(pages: ModelPages): Promise<readonly DiscoveredModel[]> {
  const models = await readFoundationModels(pages);
  try {
    models.push(...(await readProfiles(pages)));
  } catch (error) {
    if (!(error instanceof ProviderError) || error.errorClass !== 'auth') throw error;
  }
  return models.slice(0, MAX_DISCOVERED_MODELS);
}

async function readFoundationModels(pages: ModelPages): Promise<DiscoveredModel[]> {
  const text = await pages.readPage(FOUNDATION_MODELS_PATH);
  const items = objectOf(parseJson(text))?.['modelSummaries'];
  if (!Array.isArray(items)) throw pages.malformed(text);
  return arrayOf(items).flatMap((item) => {
    const model = objectOf(item);
    // A model that is offered through profiles or reserved capacity only cannot be called by its own name.
    return model === null || !isOnDemand(model) ? [] : toModel(model['modelId'], model['modelName']);
  });
}

function isOnDemand(model: JsonObject): boolean {
  const ways = model['inferenceTypesSupported'];
  return !Array.isArray(ways) || arrayOf(ways).includes('ON_DEMAND');
}

async function readProfiles(pages: ModelPages): Promise<DiscoveredModel[]> {
  const models: DiscoveredModel[] = [];
  let token: string | null = null;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const text = await pages.readPage(token === null ? PROFILES_PATH : `${PROFILES_PATH}&nextToken=${encodeURIComponent(token)}`);
    const body = objectOf(parseJson(text));
    if (body === null || !Array.isArray(body['inferenceProfileSummaries'])) throw pages.malformed(text);
    for (const item of arrayOf(body['inferenceProfileSummaries'])) {
      const profile = objectOf(item);
      models.push(...toModel(profile?.['inferenceProfileId'], profile?.['inferenceProfileName']));
    }
    token = stringOf(body['nextToken']);
    if (token === null) break;
  }
  return models;
}

function toModel(id: unknown, name: unknown): DiscoveredModel[] {
  const model = stringOf(id);
  if (!isModelName(model)) return [];
  return [{ model, displayName: stringOf(name), createdAtSeconds: null, contextTokens: null, maxOutputTokens: null }];
}
