/** Our answer → theirs: what the Responses door sends for a completion of any provider. */
import type { CompletionResult, JsonObject } from '../../contract.ts';
import { toParts } from '../openai-compatible/index.ts';
import { ResponseEventEncoder, type ResponseEventOptions } from './responses.door-events.ts';

/** The body of an answer to `POST /v1/responses`: what its events would have come to. */
export function toResponsesAnswer(result: CompletionResult, options: ResponseEventOptions): JsonObject {
  const encoder = new ResponseEventEncoder({ ...options, isWhole: true });
  for (const part of toParts(result)) encoder.encode(part);
  encoder.end();
  return encoder.response();
}
