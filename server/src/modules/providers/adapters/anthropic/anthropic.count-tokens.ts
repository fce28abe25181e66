import type { MessagesRequest } from './anthropic.messages.ts';

/** What a Messages body says of the answer rather than of the prompt; `POST /v1/messages/count_tokens` refuses it as extra input. */
const NOT_COUNTED: ReadonlySet<string> = new Set([
  'max_tokens',
  'stream',
  'temperature',
  'top_p',
  'top_k',
  'stop_sequences',
  'metadata',
  'service_tier',
  'container',
  'inference_geo',
]);

/** The body of a count for what would be asked. */
export function toCountBody(request: MessagesRequest): MessagesRequest {
  const counted = Object.entries(request.body).filter(([name]) => !NOT_COUNTED.has(name));
  return { ...request, body: Object.fromEntries(counted) };
}
