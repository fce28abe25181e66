import { AntiphonError } from '../../kernel/errors/index.ts';
import { fromOpenAiEmbeddingsBody, toOpenAiEmbeddingsResponse } from '../../modules/providers/index.ts';
import { sendJson } from '../http-server.ts';
import { answerError, identityHeaders, outcomeHeaders } from '../wire/door-answer.ts';
import type { DoorCall } from '../wire/door-deps.ts';
import { toEmbeddingsCall } from './door-call.ts';

/** `POST /v1/embeddings`; vectors as numbers or, as the official clients ask for, in base64. */
export async function handleEmbeddings(doorCall: DoorCall): Promise<void> {
  const { deps, exchange, dialect, body } = doorCall;
  const encodingFormat = body.json['encoding_format'] === 'base64' ? 'base64' : 'float';
  const call = toEmbeddingsCall(doorCall, fromOpenAiEmbeddingsBody(body.json));
  if (call.idempotencyKey !== null)
    throw new AntiphonError(
      'INVALID_INPUT',
      'Embeddings take no Idempotency-Key: vectors are not recorded. Leave the header out; repeating the call is harmless but for its cost.',
    );
  const outcome = await deps.completions.run(call, { kind: 'whole' });
  if ('replayOf' in outcome) throw new Error('embeddings are never replayed');
  deps.metrics.observeOutcome(dialect.door, outcome);
  if (outcome.error !== null) return answerError(exchange, dialect, outcome.error);
  if (outcome.answer?.kind !== 'task' || outcome.answer.task.kind !== 'embeddings') throw new Error('embeddings were expected');
  const { result } = outcome.answer.task;
  sendJson(exchange.response, 200, toOpenAiEmbeddingsResponse(result, { model: result.model ?? call.model, encodingFormat }), {
    ...identityHeaders(exchange, dialect),
    ...outcomeHeaders(outcome),
  });
}
