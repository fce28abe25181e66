import type { CompletionResult, StreamPart } from '../contract.ts';
import { isEmpty } from './json.ts';

/** A whole answer as the parts of a stream, for a server that answers a streamed request with one document. */
export function toStreamParts(result: CompletionResult): StreamPart[] {
  const { id, model, createdAtSeconds, systemFingerprint, serviceTier, upstream, warnings } = result;
  const parts: StreamPart[] = [{ type: 'response-start', id, model, createdAtSeconds, systemFingerprint, serviceTier, upstream, warnings }];
  if (result.extra !== undefined) parts.push({ type: 'extra', choice: 0, extra: result.extra, scope: 'response' });
  for (const { index: choice, text, reasoning, refusal, toolCalls, logprobs, extra, finishReason, rawFinishReason } of result.choices) {
    for (const { text: thought, ...opaque } of reasoning) {
      if (thought !== '') parts.push({ type: 'reasoning-delta', choice, text: thought });
      parts.push({ type: 'reasoning-end', choice, ...opaque });
    }
    if (text !== '') parts.push({ type: 'text-delta', choice, text });
    for (const [index, { argumentsText, ...toolCall }] of toolCalls.entries()) {
      parts.push({ type: 'tool-call-start', choice, index, ...toolCall });
      parts.push({ type: 'tool-call-delta', choice, index, argumentsText });
    }
    if (refusal !== null) parts.push({ type: 'refusal-delta', choice, text: refusal });
    if (logprobs !== null) parts.push({ type: 'logprobs', choice, logprobs });
    if (!isEmpty(extra)) parts.push({ type: 'extra', choice, extra });
    parts.push({ type: 'choice-finish', choice, finishReason, rawFinishReason });
  }
  if (result.usage !== null) parts.push({ type: 'usage', usage: result.usage });
  return parts;
}
