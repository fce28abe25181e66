import type { CompletionResult, StreamPart } from '../../contract.ts';

/** A whole answer as the parts of a stream, for a gateway that answers a streamed request with one document. */
export function toStreamParts(result: CompletionResult): readonly StreamPart[] {
  const { id, model, createdAtSeconds, systemFingerprint, serviceTier, upstream, warnings } = result;
  const parts: StreamPart[] = [{ type: 'response-start', id, model, createdAtSeconds, systemFingerprint, serviceTier, upstream, warnings }];
  for (const { index: choice, text, reasoning, toolCalls, extra, finishReason, rawFinishReason } of result.choices) {
    for (const { text: thought, ...opaque } of reasoning) {
      if (thought !== '') parts.push({ type: 'reasoning-delta', choice, text: thought });
      parts.push({ type: 'reasoning-end', choice, ...opaque });
    }
    if (text !== '') parts.push({ type: 'text-delta', choice, text });
    for (const [index, { argumentsText, ...call }] of toolCalls.entries()) {
      parts.push({ type: 'tool-call-start', choice, index, ...call });
      parts.push({ type: 'tool-call-delta', choice, index, argumentsText });
    }
    if (result.usage !== null) parts.push({ type: 'usage', usage: result.usage });
    if (result.extra !== undefined) parts.push({ type: 'extra', choice, extra: result.extra, scope: 'response' });
    if (Object.keys(extra).length > 0) parts.push({ type: 'extra', choice, extra });
    parts.push({ type: 'choice-finish', choice, finishReason, rawFinishReason });
  }
  return parts;
}
