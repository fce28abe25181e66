import type { HttpClient, OutboundRequest } from '../../../../kernel/http-client/index.ts';
import { objectOf, parseJson, stringOf } from '../../shared/json.ts';

/** OpenAI's own models, its open-weight ones (`gpt-oss`) not among them. */
const OPENAI_MODEL = /^(?:[a-z]+\.)?openai\.gpt-\d/;
/** The same anywhere in a body: quotes within texts are escaped, so few bodies that do not name such a model are parsed for it. */
const MAY_NAME_IT = /"model":"(?:[a-z]+\.)?openai\.gpt-\d/;

/**
 * Bedrock serves the OpenAI wires at `/v1`, for OpenAI's own models at `/openai/v1`: this puts a request where its model is. Closing it
 * closes nothing.
 */
export function createOpenAiTransport(client: HttpClient): HttpClient {
  return {
    send: (request) => client.send(toItsPlace(request)),
    stream: (request, receiver) => client.stream(toItsPlace(request), receiver),
    close: () => Promise.resolve(),
  };
}

function toItsPlace(request: OutboundRequest): OutboundRequest {
  const text = String(request.body ?? '');
  if (!MAY_NAME_IT.test(text) || !isOpenAiModel(stringOf(objectOf(parseJson(text))?.['model']) ?? '')) return request;
  return { ...request, url: request.url.replace(/(?<!\/openai)\/v1\/(?=[a-z/]+$)/, '/openai/v1/') };
}

/** Such a model is served by the Responses API alone. */
export function isOpenAiModel(model: string): boolean {
  return OPENAI_MODEL.test(model);
}
