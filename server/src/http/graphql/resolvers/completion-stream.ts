import type * as M from '../../../generated/schema.ts';
import { AntiphonError, toAntiphonError } from '../../../kernel/errors/index.ts';
import type { CompletionCall, CompletionOutcome } from '../../../modules/completions/index.ts';
import type { StreamPart } from '../../../modules/providers/index.ts';
import { toEntityId } from '../../entity-id.ts';
import { toCompletionError } from './completion-error.mapping.ts';
import { fromOutcome, toFinishReason } from './completion.mapping.ts';
import type { GraphqlServices } from './context.ts';
import { EventQueue } from './event-queue.ts';

type StreamEvent = M.CompletionStreamEvent;
type Unnumbered = Record<string, unknown> & { readonly __typename: string };

/** Runs one call and gives its events in order, numbered from 0 without gaps. */
export function streamCompletion(
  services: Pick<GraphqlServices, 'completions' | 'metrics'>,
  toCall: (callerSignal: AbortSignal) => CompletionCall,
  callerSignal: AbortSignal,
): AsyncIterable<StreamEvent> {
  const left = new AbortController();
  const call = toCall(AbortSignal.any([callerSignal, left.signal]));
  const queue = new EventQueue<StreamEvent>(() => left.abort());
  let sequence = 0;
  const push = (event: Unnumbered): void | Promise<void> => queue.push({ ...event, sequence: sequence++ } as unknown as StreamEvent);
  let warnings: readonly string[] = [];

  const delivery = {
    kind: 'stream' as const,
    onStart: ({ modelId }: { modelId: string }) => {
      void push({ __typename: 'CompletionStarted', completionId: toEntityId('completion', call.id), model: modelId, warnings });
    },
    parts: {
      part: (part: StreamPart) => {
        const event = toEvent(part);
        return event === null ? undefined : push(event);
      },
    },
    relay: null,
  };

  void services.completions
    .run(call, {
      ...delivery,
      parts: {
        part: (part) => {
          if (part.type === 'response-start') warnings = part.warnings;
          return delivery.parts.part(part);
        },
      },
    })
    .then((outcome) => {
      if ('replayOf' in outcome) throw new Error('streams take no idempotency key');
      services.metrics.observeOutcome('GRAPHQL', outcome);
      void push(toLastEvent(call, outcome));
      queue.end();
    })
    .catch((thrown: unknown) => queue.fail(toAntiphonError(thrown)));
  return queue;
}

function toLastEvent(call: CompletionCall, outcome: CompletionOutcome): Unnumbered {
  const completion = fromOutcome(call, outcome);
  if (outcome.error === null) return { __typename: 'CompletionFinished', completion };
  if (outcome.error.code === 'CANCELLED') throw new AntiphonError('CANCELLED', 'The call was cancelled.', { cause: outcome.error });
  return { __typename: 'CompletionFailed', completion, error: toCompletionError(outcome.error) };
}

/** Null for parts that are told in another event. */
function toEvent(part: StreamPart): Unnumbered | null {
  switch (part.type) {
    case 'response-start':
    case 'usage':
      return null;
    case 'text-delta':
      return { __typename: 'CompletionTextDelta', choice: part.choice, text: part.text };
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
  }
}
