import { AntiphonError, errorCatalogue, type ErrorCode } from '../../kernel/errors/index.ts';
import type { CompletionCall } from '../../modules/completions/index.ts';
import type { CompletionSettlement } from '../../modules/ledger/index.ts';
import { decodeOutput, recordedFormatOf, type CompletionResult, type RecordedOutputFormat } from '../../modules/providers/index.ts';
import { toEntityId } from '../entity-id.ts';
import { sendJson } from '../http-server.ts';
import type { CompletionForm } from './completion-form.ts';
import { answerError } from './door-answer.ts';
import type { DoorQuery } from './door-deps.ts';

/** An earlier call with the same idempotency key and input: its recorded answer once more. */
export async function answerReplay(query: DoorQuery, call: CompletionCall, form: CompletionForm, completionId: string): Promise<void> {
  const { deps, exchange, principal, dialect } = query;
  const [record, outputs] = await Promise.all([
    deps.completionReads.findCompletion(principal.projectId, completionId),
    deps.completionReads.loadOutputs([completionId]),
  ]);
  const settlement = record?.settlement ?? null;
  if (settlement !== null && isErrorCode(settlement.errorCode))
    return answerError(exchange, dialect, new AntiphonError(settlement.errorCode, settlement.errorMessage ?? 'The call failed.'));
  const output = outputs.get(completionId);
  if (output === undefined || output.json === null)
    throw new AntiphonError(
      'CONFLICT',
      'This call was made before and its answer was not recorded. Its usage and cost can be read by GraphQL; use a new idempotency key to call again.',
    );
  const recorded: unknown = JSON.parse(output.json);
  // The key covers the door and whether it streams, so what was recorded is whole.
  const isOwnWire = form.dialect !== null && output.format === recordedFormatOf(form.dialect, false);
  const body = isOwnWire ? recorded : toReplayedBody(call, completionId, form, output.format as RecordedOutputFormat, recorded, settlement);
  sendJson(exchange.response, 200, body, {
    ...dialect.identityHeaders(toEntityId('completion', completionId)),
    'x-antiphon-idempotent-replay': 'true',
  });
}

function isErrorCode(code: string | null): code is ErrorCode {
  return code !== null && code in errorCatalogue;
}

function toReplayedBody(
  call: CompletionCall,
  completionId: string,
  form: CompletionForm,
  format: RecordedOutputFormat,
  recorded: unknown,
  settlement: CompletionSettlement | null,
): unknown {
  const result: CompletionResult = {
    id: null,
    model: null,
    createdAtSeconds: null,
    choices: decodeOutput(format, recorded).choices,
    usage: settlement === null ? null : { ...settlement.tokens, raw: null },
    serviceTier: null,
    systemFingerprint: null,
    upstream: { httpStatus: 200, requestId: null, headers: {} },
    warnings: [],
    wire: null,
  };
  return form.toBody(result, {
    id: `${form.idPrefix}${toEntityId('completion', completionId)}`,
    model: call.model,
    createdAtSeconds: Math.floor(call.receivedAtMs / 1000),
  });
}
