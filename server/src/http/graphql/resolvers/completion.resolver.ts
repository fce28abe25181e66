import { Args, Ctx, Resolver, Root } from 'type-graphql';
import * as M from '../../../generated/schema.ts';
import { toAntiphonError } from '../../../kernel/errors/index.ts';
import { isUuid } from '../../../kernel/ids/index.ts';
import type { CompletionFilter } from '../../../modules/ledger/index.ts';
import { decodeOutput, type RecordedOutputFormat } from '../../../modules/providers/index.ts';
import { parseUuidOf } from '../../entity-id.ts';
import { readIdempotencyKey, toCompletionCall } from './completion-call.mapping.ts';
import { fromRecordedError, toCompletionError } from './completion-error.mapping.ts';
import { streamCompletion } from './completion-stream.ts';
import { fromOutcome, fromRecord, toOutput, type CompletionObject } from './completion.mapping.ts';
import type { GraphqlContext, GraphqlServices } from './context.ts';
import { toModel } from './model.mapping.ts';
import { readPage, toConnection } from './pagination.ts';
import { PayloadLoader } from './payload-loader.ts';

const { Sdl } = M;

@Resolver(() => M.Completion)
export class CompletionResolver {
  readonly #services: GraphqlServices;
  readonly #payloads: PayloadLoader;

  constructor(services: GraphqlServices) {
    this.#services = services;
    this.#payloads = new PayloadLoader(services.ledger.completions);
  }

  @Sdl.Query.completion()
  async completion(
    @Args(() => M.QueryCompletionArgs) { id }: M.QueryCompletionArgs,
    @Ctx() context: GraphqlContext,
  ): Promise<M.Completion | null> {
    const uuid = parseUuidOf('completion', id);
    const record = uuid === null ? null : await this.#services.ledger.completions.findCompletion(context.principal.projectId, uuid);
    return record === null ? null : fromRecord(record);
  }

  @Sdl.Query.completions()
  async completions(
    @Args(() => M.QueryCompletionsArgs) args: M.QueryCompletionsArgs,
    @Ctx() context: GraphqlContext,
  ): Promise<M.CompletionConnection> {
    const page = readPage(args);
    const { items, hasMore } = await this.#services.ledger.completions.listCompletions(context.principal.projectId, {
      filter: toFilter(args.filter),
      limit: page.limit,
      end: page.isForward ? 'newest' : 'oldest',
      // A cursor that is no id stands before or after everything.
      ...(page.after !== null && isUuid(page.after) ? { after: page.after } : {}),
      ...(page.before !== null && isUuid(page.before) ? { before: page.before } : {}),
    });
    return toConnection(items, page, hasMore, ({ id }) => id, fromRecord) as M.CompletionConnection;
  }

  @Sdl.Mutation.completionCreate()
  async completionCreate(
    @Args(() => M.MutationCompletionCreateArgs) { input }: M.MutationCompletionCreateArgs,
    @Ctx() context: GraphqlContext,
  ): Promise<M.CompletionCreatePayload> {
    try {
      const call = toCompletionCall(input, context, {
        id: this.#services.ids.uuidv7(),
        isStreaming: false,
        idempotencyKey: readIdempotencyKey(input.idempotencyKey),
        onDisconnect: 'cancel',
      });
      const outcome = await this.#services.completions.run(call, { kind: 'whole' });
      if ('replayOf' in outcome) return await this.#replay(outcome.replayOf, context);
      this.#services.metrics.observeOutcome('GRAPHQL', outcome);
      return { completion: fromOutcome(call, outcome), errors: outcome.error === null ? [] : [toCompletionError(outcome.error)] };
    } catch (thrown) {
      return { completion: null, errors: [toCompletionError(toAntiphonError(thrown))] };
    }
  }

  @Sdl.Subscription.completionStream(
    ({
      args: { input },
      context,
      resolver,
    }: {
      args: M.SubscriptionCompletionStreamArgs;
      context: GraphqlContext;
      resolver: CompletionResolver;
    }) => resolver.openStream(input, context),
  )
  completionStream(@Root() event: M.CompletionStreamEvent): M.CompletionStreamEvent {
    return event;
  }

  openStream(input: M.CompletionStreamInput, context: GraphqlContext): AsyncIterable<M.CompletionStreamEvent> {
    const id = this.#services.ids.uuidv7();
    return streamCompletion(
      this.#services,
      (callerSignal) =>
        toCompletionCall(
          input,
          { ...context, signal: callerSignal },
          {
            id,
            isStreaming: true,
            idempotencyKey: null,
            onDisconnect: input.onDisconnect === 'FINISH' ? 'finish' : 'cancel',
          },
        ),
      context.signal,
    );
  }

  @Sdl.Completion.model()
  model(@Root() { source }: CompletionObject): M.Model | null {
    const { providers, clock } = this.#services;
    const listing = source.servedModelId === null ? null : providers.findModel(source.servedModelId, clock.nowMs());
    return listing === null ? null : toModel(listing, providers);
  }

  @Sdl.Completion.input()
  async input(@Root() { source }: CompletionObject, @Ctx() context: GraphqlContext): Promise<M.CompletionInput | null> {
    const payload = await this.#payloads.input(context, source.completionId);
    if (payload === null || payload.json === null) return null;
    return { body: JSON.parse(payload.json) as unknown, format: payload.format, sizeBytes: payload.sizeBytes };
  }

  @Sdl.Completion.output()
  async output(@Root() { source }: CompletionObject, @Ctx() context: GraphqlContext): Promise<M.CompletionOutput | null> {
    if (source.choices !== undefined) return source.choices === null ? null : toOutput(source.choices);
    const payload = await this.#payloads.output(context, source.completionId);
    if (payload === null || payload.json === null || payload.format === 'openai-embeddings') return null;
    return toOutput(decodeOutput(payload.format as RecordedOutputFormat, JSON.parse(payload.json)).choices);
  }

  /** The record of the earlier call with the same idempotency key. */
  async #replay(completionId: string, { principal }: GraphqlContext): Promise<M.CompletionCreatePayload> {
    const record = await this.#services.ledger.completions.findCompletion(principal.projectId, completionId);
    if (record === null) throw new Error(`completion ${completionId} has an idempotency key but no record`);
    const { settlement } = record;
    const errors =
      settlement === null || settlement.errorCode === null
        ? []
        : [toCompletionError(fromRecordedError(settlement.errorCode, settlement.errorMessage))];
    return { completion: fromRecord(record), errors };
  }
}

function toFilter(filter: M.CompletionFilter | null | undefined): CompletionFilter {
  if (filter == null) return {};
  return {
    ...(filter.model == null ? {} : { model: filter.model }),
    ...(filter.provider == null ? {} : { providerId: filter.provider }),
    ...(filter.status == null ? {} : { status: filter.status }),
    ...(filter.outcome == null ? {} : { outcome: filter.outcome }),
    ...(filter.door == null ? {} : { door: filter.door }),
    ...(filter.startedFrom == null ? {} : { startedFromMs: filter.startedFrom.getTime() }),
    ...(filter.startedTo == null ? {} : { startedToMs: filter.startedTo.getTime() }),
  };
}
