import { fromMessagesBody } from '../../modules/providers/index.ts';
import { sendJson } from '../http-server.ts';
import { readModel } from '../wire/call-fields.ts';
import { identityHeaders } from '../wire/door-answer.ts';
import type { DoorCall } from '../wire/door-deps.ts';
import { countHeaders, countInputTokens } from '../wire/token-count.ts';
import { requireMessages, withBetas } from './messages.call.ts';

/** `POST /v1/messages/count_tokens`: by the provider where it counts, else by our tokenizer; `x-antiphon-token-count` says which. */
export async function handleCountTokens(call: DoorCall): Promise<void> {
  const body = withBetas(call);
  requireMessages(body['messages']);
  const count = await countInputTokens(call, {
    model: readModel(body['model']),
    wire: { dialect: 'anthropic', body },
    request: () => fromMessagesBody(body),
  });
  sendJson(
    call.exchange.response,
    200,
    { input_tokens: count.tokens },
    { ...identityHeaders(call.exchange, call.dialect), ...countHeaders(count) },
  );
}
