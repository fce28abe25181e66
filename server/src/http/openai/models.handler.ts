import type { ModelListing } from '../../modules/providers/index.ts';
import { sendJson } from '../http-server.ts';
import { identityHeaders } from '../wire/door-answer.ts';
import type { DoorQuery } from '../wire/door-deps.ts';
import { findModel, listModels } from '../wire/models.ts';

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
export function handleModels(query: DoorQuery): void {
  const data = listModels(query).map(toModelObject);
  sendJson(query.exchange.response, 200, { object: 'list', data }, identityHeaders(query.exchange, query.dialect));
}

/** `GET /v1/models/{id}`. */
export function handleModel(query: DoorQuery, modelId: string): void {
  sendJson(query.exchange.response, 200, toModelObject(findModel(query, modelId)), identityHeaders(query.exchange, query.dialect));
}
