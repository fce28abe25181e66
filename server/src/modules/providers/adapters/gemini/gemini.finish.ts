import type { FinishReason, JsonValue } from '../../contract.ts';
import type { GeminiFlavour } from './gemini.wire.ts';

const REASONS: Readonly<Record<string, FinishReason>> = {
  STOP: 'stop',
  MAX_TOKENS: 'length',
  SAFETY: 'content-filter',
  RECITATION: 'content-filter',
  LANGUAGE: 'content-filter',
  BLOCKLIST: 'content-filter',
  PROHIBITED_CONTENT: 'content-filter',
  SPII: 'content-filter',
  IMAGE_SAFETY: 'content-filter',
  IMAGE_PROHIBITED_CONTENT: 'content-filter',
  IMAGE_RECITATION: 'content-filter',
  MODEL_ARMOR: 'content-filter',
  MALFORMED_FUNCTION_CALL: 'error',
  MALFORMED_RESPONSE: 'error',
  UNEXPECTED_TOOL_CALL: 'error',
  TOO_MANY_TOOL_CALLS: 'error',
  MISSING_THOUGHT_SIGNATURE: 'error',
  NO_IMAGE: 'error',
  IMAGE_OTHER: 'error',
  OTHER: 'other',
};

/** The enumerations by number, as answers transcoded from gRPC carry them. The two APIs number alike up to 5 only. */
const BY_NUMBER: Readonly<Record<GeminiFlavour, readonly string[]>> = {
  gemini: [
    'FINISH_REASON_UNSPECIFIED',
    'STOP',
    'MAX_TOKENS',
    'SAFETY',
    'RECITATION',
    'OTHER',
    'LANGUAGE',
    'BLOCKLIST',
    'PROHIBITED_CONTENT',
    'SPII',
    'MALFORMED_FUNCTION_CALL',
    'IMAGE_SAFETY',
  ],
  vertex: [
    'FINISH_REASON_UNSPECIFIED',
    'STOP',
    'MAX_TOKENS',
    'SAFETY',
    'RECITATION',
    'OTHER',
    'BLOCKLIST',
    'PROHIBITED_CONTENT',
    'SPII',
    'MALFORMED_FUNCTION_CALL',
    'MODEL_ARMOR',
  ],
};

/** The word of a finish reason as it came, a number as its digits; null while the choice goes on. */
export function rawFinishReasonOf(value: JsonValue | undefined): string | null {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : null;
}

/** The neutral reason; an unknown or missing one is `other`. The wire says STOP after tool calls too. */
export function toFinishReason(raw: string | null, flavour: GeminiFlavour, hasToolCalls: boolean): FinishReason {
  const word = raw !== null && /^\d+$/.test(raw) ? (BY_NUMBER[flavour][Number(raw)] ?? raw) : raw;
  const reason = (word === null ? undefined : REASONS[word]) ?? 'other';
  return reason === 'stop' && hasToolCalls ? 'tool-calls' : reason;
}

const WORDS: Readonly<Record<FinishReason, string>> = {
  stop: 'STOP',
  length: 'MAX_TOKENS',
  'tool-calls': 'STOP',
  'content-filter': 'SAFETY',
  refusal: 'SAFETY',
  error: 'OTHER',
  other: 'OTHER',
};

/** This wire's word for a neutral reason; its own word, where the answer came over this wire, stays. */
export function fromFinish(finishReason: FinishReason, raw: string | null): string {
  return raw !== null && Object.hasOwn(REASONS, raw) ? raw : WORDS[finishReason];
}
