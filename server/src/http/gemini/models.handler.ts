import { AntiphonError } from '../../kernel/errors/index.ts';
import type { ModelListing } from '../../modules/providers/index.ts';
import { sendJson } from '../http-server.ts';
import { identityHeaders } from '../wire/door-answer.ts';
import type { DoorQuery } from '../wire/door-deps.ts';
import { findModel, listModels } from '../wire/models.ts';

const DEFAULT_PAGE_SIZE = 50;
const MAX_PAGE_SIZE = 1000;

function toModelObject(model: ModelListing): Record<string, unknown> {
  return {
    name: `models/${model.modelId}`,
    baseModelId: model.modelId,
    version: '',
    displayName: model.displayName,
    description: '',
    ...(model.contextTokens === null ? {} : { inputTokenLimit: model.contextTokens }),
    ...(model.maxOutputTokens === null ? {} : { outputTokenLimit: model.maxOutputTokens }),
    supportedGenerationMethods:
      model.kind === 'EMBEDDING' ? ['embedContent', 'batchEmbedContents'] : ['generateContent', 'streamGenerateContent', 'countTokens'],
    ...(model.kind === 'CHAT' ? { thinking: model.capabilities.reasoning } : {}),
  };
}

/** `GET /v1beta/models`, a page at a time: `pageSize`, `pageToken`. The token is the name of the last model before the page. */
export function handleModels(query: DoorQuery): void {
  const parameters = new URLSearchParams(query.exchange.query);
  const size = readPageSize(parameters.get('pageSize') ?? parameters.get('page_size'));
  const after = parameters.get('pageToken') ?? parameters.get('page_token') ?? '';
  const models = listModels(query).filter(({ modelId }) => modelId > after);
  const page = models.slice(0, size);
  const last = page.at(-1)?.modelId;
  const body = { models: page.map(toModelObject), ...(models.length > size && last !== undefined ? { nextPageToken: last } : {}) };
  sendJson(query.exchange.response, 200, body, identityHeaders(query.exchange, query.dialect));
}

/** `GET /v1beta/models/{id}`. */
export function handleModel(query: DoorQuery, modelId: string): void {
  sendJson(query.exchange.response, 200, toModelObject(findModel(query, modelId)), identityHeaders(query.exchange, query.dialect));
}

/** The wire lowers what is too much to its most. */
function readPageSize(text: string | null): number {
  if (text === null || text === '0') return DEFAULT_PAGE_SIZE;
  const size = Number(text);
  if (Number.isSafeInteger(size) && size > 0) return Math.min(size, MAX_PAGE_SIZE);
  throw new AntiphonError('INVALID_INPUT', 'pageSize: a number of 1 or more is needed.', { param: 'pageSize' });
}
