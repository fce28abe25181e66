import type { BufferedResponse, HttpClient } from '../../../kernel/http-client/index.ts';
import { arrayOf, objectOf, parseJson, stringOf } from '../shared/json.ts';

const ENDPOINTS_PATH = '/api/2.0/serving-endpoints';

/**
 * Databricks lists its models as endpoints, beside the base of this wire and in another form: this asks there and answers in the form of
 * OpenAI's list, with endpoints for language models only. Closing it closes nothing.
 */
export function createEndpointListing(client: HttpClient): HttpClient {
  return {
    send: async (request) => {
      if (request.method !== 'GET' || !request.url.endsWith('/models')) return client.send(request);
      return toModelList(await client.send({ ...request, url: new URL(ENDPOINTS_PATH, request.url).toString() }));
    },
    stream: (request, receiver) => client.stream(request, receiver),
    close: () => Promise.resolve(),
  };
}

function toModelList(response: BufferedResponse): BufferedResponse {
  const endpoints = objectOf(parseJson(response.body.toString('utf8')))?.['endpoints'];
  if (response.status !== 200 || !Array.isArray(endpoints)) return response;
  const data = arrayOf(endpoints).flatMap((item) => {
    const endpoint = objectOf(item);
    const task = stringOf(endpoint?.['task']);
    return task === null || task.startsWith('llm/') ? [{ id: endpoint?.['name'] ?? null, object: 'model' }] : [];
  });
  return { ...response, body: Buffer.from(JSON.stringify({ object: 'list', data })) };
}
