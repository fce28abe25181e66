import { AntiphonError } from '../../kernel/errors/index.ts';
import type { ModelListing } from '../../modules/providers/index.ts';
import { sendJson } from '../http-server.ts';
import { identityHeaders } from '../wire/door-answer.ts';
import type { DoorQuery } from '../wire/door-deps.ts';
import { findModel, listModels } from '../wire/models.ts';

const DEFAULT_LIMIT = 20;
const MAX_LIMIT = 1000;
const MILLISECONDS = 1000;

function toModelObject(model: ModelListing): Record<string, unknown> {
  return {
    type: 'model',
    id: model.modelId,
    display_name: model.displayName,
    created_at: new Date(model.releasedAtSeconds * MILLISECONDS).toISOString(),
    ...(model.contextTokens === null ? {} : { max_input_tokens: model.contextTokens }),
    ...(model.maxOutputTokens === null ? {} : { max_tokens: model.maxOutputTokens }),
  };
}

/** `GET /v1/models` in Anthropic's form, a page at a time: `limit`, `after_id`, `before_id`. */
export function handleModels(query: DoorQuery): void {
  const parameters = new URLSearchParams(query.exchange.query);
  const limit = readLimit(parameters.get('limit'));
  const models = listModels(query);
  const [afterId, beforeId] = [parameters.get('after_id'), parameters.get('before_id')];
  const end = beforeId === null ? models.length : indexOf(models, beforeId, 'before_id');
  const start = afterId === null ? (beforeId === null ? 0 : Math.max(0, end - limit)) : indexOf(models, afterId, 'after_id') + 1;
  const page = models.slice(start, Math.min(end, start + limit));
  const body = {
    data: page.map(toModelObject),
    has_more: beforeId === null ? start + page.length < models.length : start > 0,
    first_id: page[0]?.modelId ?? null,
    last_id: page.at(-1)?.modelId ?? null,
  };
  sendJson(query.exchange.response, 200, body, identityHeaders(query.exchange, query.dialect));
}

/** `GET /v1/models/{id}` in Anthropic's form. */
export function handleModel(query: DoorQuery, modelId: string): void {
  sendJson(query.exchange.response, 200, toModelObject(findModel(query, modelId)), identityHeaders(query.exchange, query.dialect));
}

function readLimit(text: string | null): number {
  if (text === null) return DEFAULT_LIMIT;
  const limit = Number(text);
  if (!Number.isSafeInteger(limit) || limit < 1 || limit > MAX_LIMIT)
    throw new AntiphonError('INVALID_INPUT', `limit: a number from 1 to ${MAX_LIMIT} is needed.`, { param: 'limit' });
  return limit;
}

function indexOf(models: readonly ModelListing[], modelId: string, param: string): number {
  const at = models.findIndex((model) => model.modelId === modelId);
  if (at === -1) throw new AntiphonError('INVALID_INPUT', `${param}: there is no such model in the list.`, { param });
  return at;
}
