import { AntiphonError } from '../../kernel/errors/index.ts';
import type { ModelListing } from '../../modules/providers/index.ts';
import { sendJson } from '../http-server.ts';
import { identityHeaders } from '../wire/door-answer.ts';
import type { DoorCall, DoorQuery } from '../wire/door-deps.ts';
import { findModel, listModels } from '../wire/models.ts';

const MILLISECONDS = 1000;

/** Facts of files, which models behind us are not: clients read them all the same. */
function toDetails({ providerId }: ModelListing): Record<string, unknown> {
  return { parent_model: '', format: '', family: providerId, families: [providerId], parameter_size: '', quantization_level: '' };
}

function toTag(model: ModelListing): Record<string, unknown> {
  return {
    name: model.modelId,
    model: model.modelId,
    modified_at: new Date(model.releasedAtSeconds * MILLISECONDS).toISOString(),
    size: 0,
    digest: '',
    details: toDetails(model),
  };
}

/** `GET /api/tags`: the models that can be called now. */
export function handleTags(query: DoorQuery): void {
  send(query, { models: listModels(query).map(toTag) });
}

/** `POST /api/show`. */
export function handleShow(call: DoorCall): void {
  const name = call.body.json['model'] ?? call.body.json['name'];
  if (typeof name !== 'string') throw new AntiphonError('INVALID_INPUT', 'Write the name of a model in "model".', { param: 'model' });
  const model = findModel(call, name);
  const { tools, vision, reasoning } = model.capabilities;
  send(call, {
    modelfile: '',
    parameters: '',
    template: '',
    details: toDetails(model),
    model_info: {
      'general.architecture': model.providerId,
      'general.basename': model.displayName,
      ...(model.contextTokens === null ? {} : { [`${model.providerId}.context_length`]: model.contextTokens }),
    },
    capabilities: [
      model.kind === 'EMBEDDING' ? 'embedding' : 'completion',
      ...(tools ? ['tools'] : []),
      ...(vision ? ['vision'] : []),
      ...(reasoning ? ['thinking'] : []),
    ],
    modified_at: new Date(model.releasedAtSeconds * MILLISECONDS).toISOString(),
  });
}

/** `GET /api/version`: ours. */
export function handleVersion(query: DoorQuery): void {
  send(query, { version: query.deps.version });
}

function send({ exchange, dialect }: DoorQuery, body: unknown): void {
  sendJson(exchange.response, 200, body, identityHeaders(exchange, dialect));
}
