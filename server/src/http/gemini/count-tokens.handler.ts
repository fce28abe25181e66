import { fromGeminiBody, type JsonObject } from '../../modules/providers/index.ts';
import { sendJson } from '../http-server.ts';
import { readModel } from '../wire/call-fields.ts';
import { identityHeaders } from '../wire/door-answer.ts';
import type { DoorCall } from '../wire/door-deps.ts';
import { countHeaders, countInputTokens } from '../wire/token-count.ts';

/** `…/models/{model}:countTokens`: by the provider where it counts, else by our tokenizer; `x-antiphon-token-count` says which. */
export async function handleCountTokens(call: DoorCall, model: string): Promise<void> {
  const { json } = call.body;
  const inner = json['generateContentRequest'] ?? json['generate_content_request'];
  const body = typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? (inner as JsonObject) : json;
  const count = await countInputTokens(call, {
    model: readModel(model),
    wire: { dialect: 'gemini', body },
    request: () => fromGeminiBody(body),
  });
  const headers = { ...identityHeaders(call.exchange, call.dialect), ...countHeaders(count) };
  sendJson(call.exchange.response, 200, { totalTokens: count.tokens }, headers);
}
