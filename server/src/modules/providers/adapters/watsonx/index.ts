/**
 * What sets watsonx.ai apart from the OpenAI wire it otherwise speaks: every call names a project or a space, and with a version of the API
 * chats go to its own paths, where streams have one of their own and some fields other names. A client for the OpenAI-compatible adapter.
 */
import type { HttpClient, OutboundRequest } from '../../../../kernel/http-client/index.ts';
import type { JsonObject, JsonValue } from '../../contract.ts';
import { parseExactJson } from '../../shared/exact-json.ts';
import { objectOf, stringOf } from '../../shared/json.ts';

export interface WatsonxPlace {
  /** What pays and holds the models: a project, or a space of deployments. */
  readonly owner: { readonly project_id: string } | { readonly space_id: string };
  /** Such as `2025-02-11`; null: the OpenAI-compatible paths. */
  readonly apiVersion: string | null;
}

const CHAT_PATH = '/chat/completions';

/** Closing it closes nothing. */
export function createWatsonxTransport(client: HttpClient, place: WatsonxPlace): HttpClient {
  return {
    send: (request) => client.send(toOwnRequest(request, place)),
    stream: (request, receiver) => client.stream(toOwnRequest(request, place), receiver),
    close: () => Promise.resolve(),
  };
}

function toOwnRequest(request: OutboundRequest, { owner, apiVersion }: WatsonxPlace): OutboundRequest {
  const url = new URL(request.url);
  const body = request.body === undefined ? null : objectOf(parseExactJson(String(request.body)));
  if (body === null || !url.pathname.endsWith(CHAT_PATH)) return request;
  if (apiVersion === null) return { ...request, body: JSON.stringify({ ...body, ...owner }) };
  const action = body['stream'] === true ? 'text/chat_stream' : 'text/chat';
  url.pathname = `${url.pathname.slice(0, -CHAT_PATH.length)}/${action}`;
  url.searchParams.set('version', apiVersion);
  return { ...request, url: url.toString(), body: JSON.stringify({ ...toOwnBody(body), ...owner }) };
}

/** The model is `model_id`, a choice that is a word has a field of its own, and the path says whether it streams. */
function toOwnBody({ model, stream: _stream, stream_options: _options, tool_choice: choice, ...rest }: JsonObject): JsonObject {
  return { ...rest, ...(model === undefined ? {} : { model_id: model }), ...toToolChoice(choice) };
}

function toToolChoice(choice: JsonValue | undefined): JsonObject {
  if (choice === undefined || choice === null) return {};
  return stringOf(choice) === null ? { tool_choice: choice } : { tool_choice_option: choice };
}
