/** A prediction as the API tells it -> ours. */
import type { CompletionResult, JsonObject, JsonValue, UpstreamResponse } from '../../contract.ts';
import { fieldsBeside, isEmpty, objectOf, parseJson, stringOf } from '../../shared/json.ts';
import { toUsage } from './replicate.usage.ts';

export interface Prediction {
  readonly id: string;
  readonly status: string;
  readonly isOver: boolean;
  readonly streamUrl: string | null;
  readonly fields: JsonObject;
}

const OVER: ReadonlySet<string> = new Set(['succeeded', 'failed', 'canceled', 'aborted']);
/** Goes into paths. */
const ID = /^[a-z0-9-]{1,64}$/i;
/** Beside what has a neutral name: what we sent ourselves, where it can be fetched again, and the log of the machine. */
const KNOWN_FIELDS: ReadonlySet<string> = new Set(['id', 'model', 'output', 'status', 'created_at', 'error', 'input', 'urls', 'logs']);

/** Null when the body is no prediction. */
export function parsePrediction(body: Buffer): Prediction | null {
  const fields = objectOf(parseJson(body.toString('utf8')));
  const id = stringOf(fields?.['id']);
  const status = stringOf(fields?.['status']);
  if (fields === null || id === null || status === null || !ID.test(id)) return null;
  return { id, status, isOver: OVER.has(status), streamUrl: stringOf(objectOf(fields['urls'])?.['stream']), fields };
}

/** The result of a prediction that succeeded. */
export function toCompletionResult(prediction: Prediction, upstream: UpstreamResponse, warnings: readonly string[]): CompletionResult {
  const { fields, id, status } = prediction;
  const extra = fieldsBeside(fields, KNOWN_FIELDS);
  return {
    id,
    model: stringOf(fields['model']),
    createdAtSeconds: createdAtOf(prediction),
    choices: [
      {
        index: 0,
        text: toText(fields['output'] ?? null),
        reasoning: [],
        refusal: null,
        toolCalls: [],
        logprobs: null,
        finishReason: 'stop',
        rawFinishReason: status,
        extra: {},
      },
    ],
    usage: usageOf(prediction),
    serviceTier: null,
    systemFingerprint: null,
    ...(isEmpty(extra) ? {} : { extra }),
    upstream,
    warnings,
    wire: null,
  };
}

export function createdAtOf({ fields }: Prediction): number | null {
  const createdMs = Date.parse(stringOf(fields['created_at']) ?? '');
  return Number.isNaN(createdMs) ? null : Math.floor(createdMs / 1000);
}

export function usageOf({ fields }: Prediction): CompletionResult['usage'] {
  return toUsage(objectOf(fields['metrics']));
}

/** Language models give a text in pieces; whatever else a model gives is told as JSON. */
function toText(output: JsonValue): string {
  if (output === null) return '';
  if (typeof output === 'string') return output;
  const pieces = Array.isArray(output) ? (output as readonly JsonValue[]) : null;
  return pieces?.every((piece) => typeof piece === 'string') === true ? pieces.join('') : JSON.stringify(output);
}
