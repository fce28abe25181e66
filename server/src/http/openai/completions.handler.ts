import { AntiphonError } from '../../kernel/errors/index.ts';
import type { CompletionCall } from '../../modules/completions/index.ts';
import {
  fromOpenAiTextBody,
  OpenAiTextChunkEncoder,
  toOpenAiTextResponse,
  type CompletionResult,
  type TextRequest,
} from '../../modules/providers/index.ts';
import { toEntityId } from '../entity-id.ts';
import { sendJson } from '../http-server.ts';
import { formatUsd } from '../money.ts';
import { positiveInteger, readCommonFields } from '../wire/call-fields.ts';
import { answerCompletion } from '../wire/completion.handler.ts';
import type { CompletionForm } from '../wire/completion-form.ts';
import { answerError, identityHeaders } from '../wire/door-answer.ts';
import type { DoorCall } from '../wire/door-deps.ts';

const ID_PREFIX = 'cmpl-';

/** `POST /v1/completions`: text in, text out, for programs older than chat. Every model answers it by chat. */
export async function handleTextCompletion(doorCall: DoorCall): Promise<void> {
  const { json } = doorCall.body;
  const requests = fromOpenAiTextBody(json);
  const [first] = requests as readonly [TextRequest, ...TextRequest[]];
  if (requests.length > 1) return answerSeveral(doorCall, requests);
  const options = json['stream_options'] as { include_usage?: unknown } | null | undefined;
  await answerCompletion(doorCall, toCall(doorCall, first), toForm(first, options?.include_usage === true));
}

function toCall(doorCall: DoorCall, { request, warnings }: TextRequest): CompletionCall {
  const { json, text } = doorCall.body;
  return {
    ...readCommonFields(doorCall, json['model']),
    operation: 'CHAT',
    isStreaming: json['stream'] === true,
    request: () => request,
    task: null,
    wire: null,
    input: { format: 'openai-completions', json: text, sizeBytes: doorCall.raw.length },
    maxOutputTokens: positiveInteger(json['max_tokens']),
    choiceCount: positiveInteger(json['n']) ?? 1,
    warnings,
  };
}

function toForm({ echo }: TextRequest, includeUsage: boolean): CompletionForm {
  return {
    dialect: null,
    idPrefix: ID_PREFIX,
    toBody: (result, identity) => toOpenAiTextResponse([{ result, echo }], identity),
    createEncoder: (identity) => new OpenAiTextChunkEncoder({ ...identity, echo, includeUsage }),
    streamContentType: 'text/event-stream; charset=utf-8',
    hidesUsageEvent: false,
    endMarker: null,
  };
}

/**
 * Each prompt is a call with a record of its own, one after the other; the first has the request's id. The bound on the cost is for all of
 * them. When one fails the caller is told so; what was spent before it stays spent.
 */
async function answerSeveral(doorCall: DoorCall, requests: readonly TextRequest[]): Promise<void> {
  const { deps, exchange, dialect } = doorCall;
  const template = toCall(doorCall, requests[0] as TextRequest);
  refuseForSeveral(template);
  const answers: { result: CompletionResult; echo: string }[] = [];
  let spentNanoUsd = 0n;
  let isCostKnown = true;
  for (const [at, asked] of requests.entries()) {
    const outcome = await deps.completions.run(toOneOfSeveral(doorCall, template, asked, at, spentNanoUsd), { kind: 'whole' });
    if ('replayOf' in outcome) throw new Error('a call without a key is never replayed');
    deps.metrics.observeOutcome(dialect.door, outcome);
    if (outcome.error !== null) return answerError(exchange, dialect, outcome.error);
    if (outcome.answer?.kind !== 'whole') throw new Error('a whole answer was expected');
    answers.push({ result: outcome.answer.result, echo: asked.echo });
    spentNanoUsd += outcome.settlement.costNanoUsd ?? 0n;
    isCostKnown &&= outcome.settlement.costNanoUsd !== null;
  }
  const identity = {
    id: ID_PREFIX + toEntityId('completion', template.id),
    model: answers[0]?.result.model ?? template.model,
    createdAtSeconds: Math.floor(template.receivedAtMs / 1000),
  };
  sendJson(exchange.response, 200, toOpenAiTextResponse(answers, identity), {
    ...identityHeaders(exchange, dialect),
    'x-antiphon-cost-usd': isCostKnown ? formatUsd(spentNanoUsd) : 'unknown',
  });
}

function refuseForSeveral({ isStreaming, idempotencyKey }: CompletionCall): void {
  const why = isStreaming ? 'A stream has one prompt' : idempotencyKey === null ? null : 'An Idempotency-Key is for one prompt';
  if (why !== null) throw new AntiphonError('INVALID_INPUT', `${why}. Send a request for each.`, { param: 'prompt' });
}

function toOneOfSeveral(
  { deps }: DoorCall,
  template: CompletionCall,
  { request, warnings }: TextRequest,
  at: number,
  spentNanoUsd: bigint,
): CompletionCall {
  const { maxCostNanoUsd } = template;
  const leftNanoUsd = maxCostNanoUsd === null ? null : maxCostNanoUsd > spentNanoUsd ? maxCostNanoUsd - spentNanoUsd : 0n;
  return { ...template, id: at === 0 ? template.id : deps.ids.uuidv7(), request: () => request, warnings, maxCostNanoUsd: leftNanoUsd };
}
