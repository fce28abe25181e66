import type { CompletionResult, RelayOutcome, RelaySink } from '../../contract.ts';
import { MessagesEventEncoder } from './anthropic.door-events.ts';
import { toStreamParts } from './anthropic.parts.ts';

/** A whole answer in the clothes of a stream, for a server that answers a relayed call with one document. */
export async function relayDocument(result: CompletionResult, model: string, sink: RelaySink): Promise<RelayOutcome> {
  const encoder = new MessagesEventEncoder({ id: result.id ?? 'msg_0', model: result.model ?? model });
  const text = toStreamParts(result)
    .map((part) => encoder.encode(part))
    .join('');
  sink.start(result.upstream);
  await sink.events(Buffer.from(text), { hasOutput: true, isUsageEvent: false, isEnd: false });
  await sink.events(Buffer.from(encoder.end()), { hasOutput: true, isUsageEvent: false, isEnd: true });
  return {
    usage: result.usage,
    finishReasons: result.choices.map(({ index, finishReason, rawFinishReason }) => ({ choice: index, finishReason, rawFinishReason })),
    model: result.model,
    id: result.id,
  };
}
