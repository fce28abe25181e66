import { fromModerationBody, toModerationResponse } from '../../modules/providers/index.ts';
import { toEntityId } from '../entity-id.ts';
import { sendJson } from '../http-server.ts';
import { identityHeaders, outcomeHeaders } from '../wire/door-answer.ts';
import type { DoorCall } from '../wire/door-deps.ts';
import { runTask } from './task-call.ts';

/** What OpenAI's own endpoint takes when the caller names no model. */
const DEFAULT_MODEL = 'openai/omni-moderation-latest';

/** `POST /v1/moderations`. */
export async function handleModerations(doorCall: DoorCall): Promise<void> {
  const { exchange, dialect, body } = doorCall;
  const request = fromModerationBody(body.json);
  const performed = await runTask<'moderation'>(doorCall, { kind: 'moderation', request }, body.json['model'] ?? DEFAULT_MODEL);
  if (performed === null) return;
  const { call, result, outcome } = performed;
  const identity = { id: `modr-${toEntityId('completion', call.id)}`, model: call.model };
  sendJson(exchange.response, 200, toModerationResponse(result, identity), {
    ...identityHeaders(exchange, dialect),
    ...outcomeHeaders(outcome),
  });
}
