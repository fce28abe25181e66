import { AntiphonError } from '../../kernel/errors/index.ts';
import type { CompletionCall, CompletionOutcome } from '../../modules/completions/index.ts';
import type { AnswerIdentity, CompletionResult } from '../../modules/providers/index.ts';
import { toEntityId } from '../entity-id.ts';
import { sendJson } from '../http-server.ts';
import { AnswerStream } from './answer-stream.ts';
import type { CompletionForm } from './completion-form.ts';
import { answerError, identityHeaders, outcomeHeaders } from './door-answer.ts';
import type { DoorQuery } from './door-deps.ts';
import { answerReplay } from './replay.ts';

/** Runs a call and answers it in `form`, whole or streamed. */
export async function answerCompletion(query: DoorQuery, call: CompletionCall, form: CompletionForm): Promise<void> {
  await (call.isStreaming ? streamAnswer(query, call, form) : wholeAnswer(query, call, form));
}

async function wholeAnswer(query: DoorQuery, call: CompletionCall, form: CompletionForm): Promise<void> {
  const { deps, exchange, dialect } = query;
  const outcome = await deps.completions.run(call, { kind: 'whole' });
  if ('replayOf' in outcome) return answerReplay(query, call, form, outcome.replayOf);
  deps.metrics.observeOutcome(dialect.door, outcome);
  if (outcome.error !== null) return answerError(exchange, dialect, outcome.error);
  const { answer } = outcome;
  if (answer?.kind !== 'whole') throw new Error('a whole answer was expected');
  const headers = { ...identityHeaders(exchange, dialect), ...outcomeHeaders(outcome, dialect) };
  const { wire } = answer.result;
  if (wire === null || wire.dialect !== form.dialect) {
    const body = form.toBody(answer.result, identityOf(call, form, answer.result, outcome));
    await form.keep?.({ kind: 'made', body }, outcome);
    sendJson(exchange.response, 200, body, headers);
    return;
  }
  await form.keep?.({ kind: 'relayed', body: wire.body }, outcome);
  const { response } = exchange;
  if (response.destroyed) return;
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': wire.body.length, ...headers });
  response.end(wire.body);
}

function identityOf(call: CompletionCall, form: CompletionForm, result: CompletionResult, outcome: CompletionOutcome): AnswerIdentity {
  return {
    id: result.id ?? `${form.idPrefix}${toEntityId('completion', call.id)}`,
    model: result.model ?? outcome.served?.modelId ?? call.model,
    createdAtSeconds: result.createdAtSeconds ?? Math.floor(call.receivedAtMs / 1000),
  };
}

async function streamAnswer({ deps, exchange, dialect }: DoorQuery, call: CompletionCall, form: CompletionForm): Promise<void> {
  const stream = new AnswerStream({ exchange, dialect, call, form });
  const outcome = await deps.completions.run(call, {
    kind: 'stream',
    onStart: (served) => stream.begin(served),
    parts: stream,
    relay: form.dialect === null ? null : stream,
  });
  if ('replayOf' in outcome)
    throw new AntiphonError(
      'CONFLICT',
      'A streamed call with this idempotency key was made before. Read its record by GraphQL; a stream is not repeated.',
    );
  deps.metrics.observeOutcome(dialect.door, outcome);
  if (outcome.error !== null) return answerError(exchange, dialect, outcome.error);
  const events = stream.close();
  await form.keep?.({ kind: 'stream', events: events.toString(), isRelayed: outcome.answer?.kind === 'relay' }, outcome);
  stream.end(events);
}
