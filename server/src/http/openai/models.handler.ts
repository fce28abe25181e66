import { AntiphonError } from '../../kernel/errors/index.ts';
import type { ModelListing } from '../../modules/providers/index.ts';
import { sendJson } from '../http-server.ts';
import { identityHeaders } from '../wire/door-answer.ts';
import type { DoorQuery } from '../wire/door-deps.ts';

const PATH = '/v1/models/';

function toModelObject(model: ModelListing): Record<string, unknown> {
  return {
    id: model.modelId,
    object: 'model',
    created: model.releasedAtSeconds,
    owned_by: model.providerId,
    ...(model.contextTokens === null ? {} : { context_length: model.contextTokens }),
  };
}

/** `GET /v1/models`: the models that can be called now. */
export function handleModels({ exchange, deps, dialect }: DoorQuery): void {
  const data = deps.providers
    .listModels(exchange.receivedAtMs)
    .filter((model) => model.isAvailable)
    .map(toModelObject);
  sendJson(exchange.response, 200, { object: 'list', data }, identityHeaders(exchange, dialect));
}

/** `GET /v1/models/{id}`; ids contain a slash, written as it is or as %2F. */
export function handleModel({ exchange, deps, dialect }: DoorQuery): void {
  const modelId = decodePath(exchange.path.slice(PATH.length));
  const model = modelId === null ? null : deps.providers.findModel(modelId, exchange.receivedAtMs);
  if (model === null || !model.isAvailable)
    throw new AntiphonError('NOT_FOUND', 'There is no such model that can be called. GET /v1/models lists those that can.', {
      resource: 'model',
      param: 'model',
    });
  sendJson(exchange.response, 200, toModelObject(model), identityHeaders(exchange, dialect));
}

function decodePath(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
