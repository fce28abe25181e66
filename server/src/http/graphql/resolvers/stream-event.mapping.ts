import type { CompletionStreamEvent } from '../../../generated/schema.ts';
import type { StreamPart } from '../../../modules/providers/index.ts';
import { toEntityId } from '../../entity-id.ts';
import { toFinishReason } from './completion.mapping.ts';

type WithoutSequence<Event> = Event extends CompletionStreamEvent ? Omit<Event, 'sequence'> : never;
/** An event that has no place in its stream yet. */
export type Unnumbered = WithoutSequence<CompletionStreamEvent>;

/** A part as an event; null for what callers learn from the record. */
export function toStreamEvent(part: StreamPart, stream: { completionId: string; model: string }): Unnumbered | null {
  switch (part.type) {
    case 'text-delta':
      return { __typename: 'CompletionTextDelta', choice: part.choice, text: part.text };
    case 'response-start':
      return {
        __typename: 'CompletionStarted',
        completionId: toEntityId('completion', stream.completionId),
        model: stream.model,
        warnings: part.warnings,
      };
    case 'reasoning-delta':
      return { __typename: 'CompletionReasoningDelta', choice: part.choice, text: part.text };
    case 'reasoning-end':
      return {
        __typename: 'CompletionReasoningEnded',
        choice: part.choice,
        signature: part.signature ?? null,
        redactedData: part.redactedData ?? null,
      };
    case 'refusal-delta':
      return { __typename: 'CompletionRefusalDelta', choice: part.choice, text: part.text };
    case 'tool-call-start':
      return { __typename: 'CompletionToolCallStarted', choice: part.choice, index: part.index, toolCallId: part.id, name: part.name };
    case 'tool-call-delta':
      return { __typename: 'CompletionToolCallDelta', choice: part.choice, index: part.index, argumentsText: part.argumentsText };
    case 'logprobs':
      return { __typename: 'CompletionLogprobs', choice: part.choice, logprobs: part.logprobs };
    case 'extra':
      return { __typename: 'CompletionExtra', choice: part.choice, extra: part.extra };
    case 'choice-finish':
      return {
        __typename: 'CompletionChoiceFinished',
        choice: part.choice,
        finishReason: toFinishReason(part.finishReason),
        rawFinishReason: part.rawFinishReason,
      };
    case 'usage':
      return null;
  }
}
