import { AntiphonError } from '../../kernel/errors/index.ts';
import type { ModelListing } from '../../modules/providers/index.ts';
import type { DoorQuery } from './door-deps.ts';

/** The models that the caller's project can call now and its aliases, ordered by name. */
export function listModels({ deps: { providers }, exchange, principal: { projectId } }: DoorQuery): readonly ModelListing[] {
  const models = providers.listModels(exchange.receivedAtMs, projectId);
  const aliases = providers.listAliases(projectId).map(({ name }) => providers.findModel(name, exchange.receivedAtMs, projectId));
  return [...models, ...aliases]
    .filter((model): model is ModelListing => model !== null && model.isAvailable)
    .sort((left, right) => (left.modelId < right.modelId ? -1 : 1));
}

/** Throws NOT_FOUND for a model that cannot be called. */
export function findModel({ deps, exchange, principal }: DoorQuery, modelId: string): ModelListing {
  const model = deps.providers.findModel(modelId, exchange.receivedAtMs, principal.projectId);
  if (model !== null && model.isAvailable) return model;
  throw new AntiphonError('NOT_FOUND', 'There is no such model that can be called. GET /v1/models lists those that can.', {
    resource: 'model',
    param: 'model',
  });
}

const MODELS_SEGMENT = '/models/';

/** The model that a path names; ids contain a slash, written as it is or as %2F. What cannot be decoded names nothing. */
export function readModelInPath(path: string): string {
  try {
    return decodeURIComponent(path.slice(path.indexOf(MODELS_SEGMENT) + MODELS_SEGMENT.length));
  } catch {
    return '';
  }
}
