import type { JsonObject, ProviderError, UpstreamResponse } from '../../contract.ts';
import { objectOf, stringOf } from '../../shared/json.ts';
import { fromErrorData } from '../openai-compatible/index.ts';

/** Statuses that the codes of failed responses would have come with; codes that stand here for a failure of the server have none. */
const STATUS_OF_CODE: Readonly<Record<string, number>> = {
  insufficient_quota: 429,
  rate_limit_exceeded: 429,
  invalid_prompt: 400,
  invalid_request_error: 400,
  context_length_exceeded: 400,
  model_not_found: 404,
  vector_store_timeout: 504,
  content_filter: 400,
  bio_policy: 400,
  cyber_policy: 400,
  image_content_policy_violation: 400,
};

/** Faults of an image that the caller sent: `invalid_image`, `image_too_large`, `unsupported_image_media_type`, … */
const IMAGE_FAULT = /image(?!_content_policy)/;

/** A response that failed, or an `error` event: nested as OpenAI sends it, or flat as its documentation has it. */
export function fromFailure(displayName: string, upstream: UpstreamResponse, event: JsonObject): ProviderError {
  const error = objectOf(objectOf(event['response'])?.['error']) ?? objectOf(event['error']) ?? withoutType(event);
  const code = stringOf(error['code']) ?? stringOf(error['type']) ?? '';
  const status = STATUS_OF_CODE[code] ?? (IMAGE_FAULT.test(code) ? 400 : undefined);
  return fromErrorData(displayName, upstream, { error }, status);
}

function withoutType({ type: _type, ...error }: JsonObject): JsonObject {
  return error;
}
