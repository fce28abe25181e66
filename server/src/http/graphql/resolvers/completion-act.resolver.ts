import { Args, Ctx, Resolver, Root } from 'type-graphql';
import {
  MutationCompletionCreateArgs,
  Sdl,
  type CompletionCreatePayload,
  type CompletionStreamEvent,
  type CompletionStreamInput,
  type SubscriptionCompletionStreamArgs,
} from '../../../generated/schema.ts';
import { AntiphonError, toAntiphonError, type ErrorCode } from '../../../kernel/errors/index.ts';
import type { SubscriptionSourceData } from '../../../kernel/graphql-sdl/index.ts';
import type { Ids } from '../../../kernel/ids/index.ts';
import type { CompletionCall, CompletionOutcome, Completions } from '../../../modules/completions/index.ts';
import type { CompletionReadModel, Ledger } from '../../../modules/ledger/index.ts';
import type { Providers } from '../../../modules/providers/index.ts';
import type { Metrics } from '../../ops/metrics.ts';
import type { GraphqlCaller, GraphqlContext } from '../graphql-context.ts';
import { toCreateCall, toStreamCall } from './completion-call.mapping.ts';
import { CompletionEventStream } from './completion-event-stream.ts';
import { CompletionView, choicesOf, toRecord } from './completion.mapping.ts';
import { toCompletionError } from './user-error.mapping.ts';

export interface CompletionActDeps {
  readonly completions: Completions;
  readonly ledger: Pick<Ledger, 'completions'>;
  readonly providers: Providers;
  readonly metrics: Metrics;
  readonly ids: Ids;
  /** Told of a call that was turned away before it left a record. */
  readonly report: (error: AntiphonError, caller: GraphqlCaller) => void;
}

type StreamSource = SubscriptionSourceData<SubscriptionCompletionStreamArgs, GraphqlContext, CompletionActResolver>;

/** Makes completions, whole or streamed. */
@Resolver()
export class CompletionActResolver {
  readonly #deps: CompletionActDeps;
  readonly #reads: CompletionReadModel;

  constructor(deps: CompletionActDeps) {
    this.#deps = deps;
    this.#reads = deps.ledger.completions;
  }

  @Sdl.Mutation.completionCreate()
  async completionCreate(
    @Args(() => MutationCompletionCreateArgs) { input }: MutationCompletionCreateArgs,
    @Ctx() context: GraphqlContext,
  ): Promise<CompletionCreatePayload> {
    const { caller } = context;
    try {
      const call = toCreateCall(input, context.nextCompletionId(this.#newId), caller);
      const outcome = await this.#deps.completions.run(call, { kind: 'whole' });
      if ('replayOf' in outcome) return await this.#replay(outcome.replayOf, caller);
      return this.#toPayload(call, outcome);
    } catch (thrown) {
      const error = toAntiphonError(thrown);
      const shown = thrown instanceof ToldAtTop ? null : toCompletionError(error);
      if (shown === null) throw thrown instanceof ToldAtTop ? thrown.error : thrown;
      this.#deps.report(error, caller);
      return { completion: null, errors: [shown] };
    }
  }

  @Sdl.Subscription.completionStream(({ args, context, resolver }: StreamSource) => resolver.openStream(args, context))
  completionStream(@Root() event: CompletionStreamEvent): CompletionStreamEvent {
    return event;
  }

  openStream({ input }: SubscriptionCompletionStreamArgs, context: GraphqlContext): CompletionEventStream {
    const { caller } = context;
    const events = new CompletionEventStream(context.nextCompletionId(this.#newId));
    const onCallerGone = (): void => events.abandon();
    if (caller.signal.aborted) onCallerGone();
    else caller.signal.addEventListener('abort', onCallerGone, { once: true });
    void this.#runStream(input, events, caller).finally(() => caller.signal.removeEventListener('abort', onCallerGone));
    return events;
  }

  /** Never rejects: whatever happens is told by the stream. */
  async #runStream(input: CompletionStreamInput, events: CompletionEventStream, caller: GraphqlCaller): Promise<void> {
    try {
      const call = toStreamCall(input, events.completionId, caller, events.signal);
      const outcome = await this.#deps.completions.run(call, {
        kind: 'stream',
        onStart: (served) => events.begin(served),
        parts: events,
        relay: null,
      });
      if ('replayOf' in outcome) throw new Error('a stream has no idempotency key');
      this.#deps.metrics.observeOutcome('GRAPHQL', outcome);
      const completion = this.#viewOf(call, outcome);
      if (outcome.error === null) events.end({ __typename: 'CompletionFinished', completion });
      else this.#endFailed(events, outcome.error, completion);
    } catch (thrown) {
      const error = toAntiphonError(thrown);
      if (toCompletionError(error) !== null) this.#deps.report(error, caller);
      this.#endFailed(events, error, null);
    }
  }

  #endFailed(events: CompletionEventStream, error: AntiphonError, completion: CompletionView | null): void {
    const shown = toCompletionError(error);
    if (shown === null) events.fail(error);
    else events.end({ __typename: 'CompletionFailed', failedCompletion: completion, error: shown });
  }

  #toPayload(call: CompletionCall, outcome: CompletionOutcome): CompletionCreatePayload {
    this.#deps.metrics.observeOutcome('GRAPHQL', outcome);
    const completion = this.#viewOf(call, outcome);
    if (outcome.error === null) return { completion, errors: [] };
    const shown = toCompletionError(outcome.error);
    if (shown === null) throw new ToldAtTop(outcome.error);
    return { completion, errors: [shown] };
  }

  #viewOf(call: CompletionCall, outcome: CompletionOutcome): CompletionView {
    return new CompletionView({ record: toRecord(call, outcome), providers: this.#deps.providers, choices: choicesOf(outcome) });
  }

  /** An earlier call with the same idempotency key and input: its record once more. */
  async #replay(completionId: string, { principal }: GraphqlCaller): Promise<CompletionCreatePayload> {
    const record = await this.#reads.findCompletion(principal.projectId, completionId);
    if (record === null)
      throw new AntiphonError('CONFLICT', 'The call that first used this idempotency key is not recorded any more. Use a new key.', {
        path: ['input', 'idempotencyKey'],
      });
    const completion = new CompletionView({ record, providers: this.#deps.providers, choices: null });
    const { settlement } = record;
    if (settlement === null || settlement.errorCode === null) return { completion, errors: [] };
    const error = new AntiphonError(settlement.errorCode as ErrorCode, settlement.errorMessage ?? 'The call failed.');
    const shown = toCompletionError(error);
    if (shown === null) throw new ToldAtTop(error);
    return { completion, errors: [shown] };
  }

  readonly #newId = (): string => this.#deps.ids.uuidv7();
}

/** Marks an error that is recorded already and belongs to the top level. */
class ToldAtTop extends Error {
  readonly error: AntiphonError;

  constructor(error: AntiphonError) {
    super(error.message, { cause: error });
    this.error = error;
  }
}
