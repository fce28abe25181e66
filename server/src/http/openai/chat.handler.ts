import { AntiphonError, errorCatalogue, type ErrorCode } from '../../kernel/errors/index.ts';
import type { CompletionCall, CompletionOutcome } from '../../modules/completions/index.ts';
import { decodeOutput, toOpenAiChatResponse, type CompletionResult } from '../../modules/providers/index.ts';
import { toEntityId } from '../entity-id.ts';
import { sendJson } from '../http-server.ts';
import { ChatStreamWriter } from './chat-stream.ts';
import { answerError, identityHeaders } from './door-answer.ts';
import { outcomeHeaders, toChatCall } from './door-call.ts';
import type { DoorCall } from './door-deps.ts';

/** `POST /v1/chat/completions`. */
export async function handleChatCompletion(doorCall: DoorCall): Promise<void> {
  const call = toChatCall(doorCall);
  await (call.isStreaming ? streamAnswer(doorCall, call) : wholeAnswer(doorCall, call));
}

async function wholeAnswer(doorCall: DoorCall, call: CompletionCall): Promise<void> {
  const { deps, exchange } = doorCall;
  const outcome = await deps.completions.run(call, { kind: 'whole' });
  if ('replayOf' in outcome) return answerReplay(doorCall, call, outcome.replayOf);
  deps.metrics.observeOutcome('OPENAI', outcome);
  if (outcome.error !== null) return answerError(exchange, outcome.error);
  const { answer } = outcome;
  if (answer?.kind !== 'whole') throw new Error('a whole answer was expected');
  const headers = { ...identityHeaders(exchange), ...outcomeHeaders(outcome) };
  const { wire } = answer.result;
  if (wire?.dialect !== 'openai') {
    sendJson(exchange.response, 200, toOpenAiChatResponse(answer.result, identityOf(call, answer.result, outcome)), headers);
    return;
  }
  const { response } = exchange;
  if (response.destroyed) return;
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': wire.body.length, ...headers });
  response.end(wire.body);
}

function identityOf(
  call: CompletionCall,
  result: CompletionResult,
  outcome: CompletionOutcome,
): Parameters<typeof toOpenAiChatResponse>[1] {
  return {
    id: result.id ?? `chatcmpl-${toEntityId('completion', call.id)}`,
    model: result.model ?? outcome.served?.modelId ?? call.model,
    createdAtSeconds: result.createdAtSeconds ?? Math.floor(call.receivedAtMs / 1000),
  };
}

async function streamAnswer(doorCall: DoorCall, call: CompletionCall): Promise<void> {
  const { deps, exchange, body } = doorCall;
  const options = body.json['stream_options'] as { include_usage?: unknown } | null | undefined;
  const writer = new ChatStreamWriter({ exchange, call, includeUsage: options?.include_usage === true });
  const outcome = await deps.completions.run(call, {
    kind: 'stream',
    onStart: (served) => writer.begin(served),
    parts: writer,
    relay: writer,
  });
  if ('replayOf' in outcome)
    throw new AntiphonError(
      'CONFLICT',
      'A streamed call with this idempotency key was made before. Read its record by GraphQL; a stream is not repeated.',
    );
  deps.metrics.observeOutcome('OPENAI', outcome);
  if (outcome.error !== null) answerError(exchange, outcome.error);
  else writer.end();
}

/** An earlier call with the same idempotency key and input: its recorded answer once more. */
async function answerReplay({ deps, exchange, principal }: DoorCall, call: CompletionCall, completionId: string): Promise<void> {
  const [record, outputs] = await Promise.all([
    deps.completionReads.findCompletion(principal.projectId, completionId),
    deps.completionReads.loadOutputs([completionId]),
  ]);
  const headers = { 'x-request-id': toEntityId('completion', completionId), 'x-antiphon-idempotent-replay': 'true' };
  const settlement = record?.settlement ?? null;
  if (settlement !== null && isErrorCode(settlement.errorCode))
    return answerError(exchange, new AntiphonError(settlement.errorCode, settlement.errorMessage ?? 'The call failed.'));
  const output = outputs.get(completionId);
  if (output === undefined || output.json === null)
    throw new AntiphonError(
      'CONFLICT',
      'This call was made before and its answer was not recorded. Its usage and cost can be read by GraphQL; use a new idempotency key to call again.',
    );
  const body: unknown = JSON.parse(output.json);
  const answer = output.format === 'openai-chat' ? body : toReplayedResponse(call, body);
  sendJson(exchange.response, 200, answer, headers);
}

function isErrorCode(code: string | null): code is ErrorCode {
  return code !== null && code in errorCatalogue;
}

/** The idempotency key covers the door, so what was recorded was no stream. */
function toReplayedResponse(call: CompletionCall, body: unknown): unknown {
  const { choices } = decodeOutput('antiphon', body);
  const result: CompletionResult = {
    id: null,
    model: null,
    createdAtSeconds: null,
    choices,
    usage: null,
    serviceTier: null,
    systemFingerprint: null,
    upstream: { httpStatus: 200, requestId: null, headers: {} },
    warnings: [],
    wire: null,
  };
  return toOpenAiChatResponse(result, {
    id: `chatcmpl-${toEntityId('completion', call.id)}`,
    model: call.model,
    createdAtSeconds: Math.floor(call.receivedAtMs / 1000),
  });
}
