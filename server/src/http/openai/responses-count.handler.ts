import { fromResponsesBody, type CompletionRequest } from '../../modules/providers/index.ts';
import { sendJson } from '../http-server.ts';
import { readModel } from '../wire/call-fields.ts';
import { identityHeaders } from '../wire/door-answer.ts';
import type { DoorCall } from '../wire/door-deps.ts';
import { countHeaders, countInputTokens } from '../wire/token-count.ts';
import { toResponseId } from './responses-call.ts';
import { resolveInput } from './responses-input.ts';

/** `POST /v1/responses/input_tokens`: by the provider where it counts, else by our tokenizer; `x-antiphon-token-count` says which. */
export async function handleInputTokens(door: DoorCall): Promise<void> {
  const { exchange, deps, dialect, principal, body } = door;
  const model = readModel(body.json['model']);
  const question = { body: body.json, projectId: principal.projectId, model, responseId: toResponseId(exchange.requestId) };
  const { wireBody, wholeBody } = await resolveInput(question, deps.responses.store, deps.providers);
  let request: CompletionRequest | null = null;
  const count = await countInputTokens(door, {
    model,
    wire: { dialect: 'openai-responses', body: wireBody },
    request: () => (request ??= fromResponsesBody(wholeBody)),
  });
  const answer = { object: 'response.input_tokens', input_tokens: count.tokens };
  sendJson(exchange.response, 200, answer, { ...identityHeaders(exchange, dialect), ...countHeaders(count) });
}
