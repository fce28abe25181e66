import { AntiphonError } from '../../kernel/errors/index.ts';
import type { CompletionCall } from '../../modules/completions/index.ts';
import type { EmbeddingsRequest, EmbeddingsResult, JsonValue } from '../../modules/providers/index.ts';
import { sendJson } from '../http-server.ts';
import { readCommonFields } from './call-fields.ts';
import { answerError, identityHeaders, outcomeHeaders } from './door-answer.ts';
import type { DoorCall } from './door-deps.ts';

export interface EmbeddingsQuestion {
  /** As the caller named it, in the body or in the path. */
  readonly model: JsonValue | undefined;
  readonly format: CompletionCall['input']['format'];
  readonly request: EmbeddingsRequest;
  /** `model` is what the provider says it used, or what was asked for. */
  readonly toBody: (result: EmbeddingsResult, model: string) => unknown;
}

/** Runs a call for vectors and answers it as the wire has it. */
export async function answerEmbeddings(doorCall: DoorCall, question: EmbeddingsQuestion): Promise<void> {
  const { deps, exchange, dialect } = doorCall;
  const call = toEmbeddingsCall(doorCall, question);
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
  sendJson(exchange.response, 200, question.toBody(result, result.model ?? call.model), {
    ...identityHeaders(exchange, dialect),
    ...outcomeHeaders(outcome),
  });
}

function toEmbeddingsCall(call: DoorCall, { model, format, request }: EmbeddingsQuestion): CompletionCall {
  return {
    ...readCommonFields(call, model),
    operation: 'EMBEDDINGS',
    isStreaming: false,
    request: () => ({ messages: [] }),
    task: { kind: 'embeddings', request },
    wire: null,
    input: { format, json: call.body.text, sizeBytes: call.raw.length },
    maxOutputTokens: null,
    choiceCount: 1,
  };
}
