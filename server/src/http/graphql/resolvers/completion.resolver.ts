import { Args, Ctx, Resolver, Root } from 'type-graphql';
import {
  Completion,
  QueryCompletionArgs,
  QueryCompletionsArgs,
  Sdl,
  type Attempt,
  type CompletionConnection,
  type CompletionFilter as CompletionFilterInput,
  type CompletionInput,
  type CompletionOutput,
} from '../../../generated/schema.ts';
import type { CompletionFilter, CompletionReadModel, CompletionRecord, Ledger } from '../../../modules/ledger/index.ts';
import { decodeOutput, type Providers, type RecordedOutputFormat } from '../../../modules/providers/index.ts';
import { parseUuidOf, toEntityId } from '../../entity-id.ts';
import type { GraphqlContext } from '../graphql-context.ts';
import { CompletionView, toAttempt, toOutput } from './completion.mapping.ts';
import { invalidCursor, readPage, toPageInfo } from './connection.ts';

/** Completions as they are recorded. */
@Resolver()
export class CompletionResolver {
  readonly #reads: CompletionReadModel;
  readonly #providers: Providers;

  constructor(deps: { ledger: Pick<Ledger, 'completions'>; providers: Providers }) {
    this.#reads = deps.ledger.completions;
    this.#providers = deps.providers;
  }

  @Sdl.Query.completion()
  async completion(
    @Args(() => QueryCompletionArgs) { id }: QueryCompletionArgs,
    @Ctx() { principal }: GraphqlContext,
  ): Promise<Completion | null> {
    const completionId = parseUuidOf('completion', id);
    if (completionId === null) return null;
    const record = await this.#reads.findCompletion(principal.projectId, completionId);
    return record === null ? null : this.#viewOf(record);
  }

  @Sdl.Query.completions()
  async completions(
    @Args(() => QueryCompletionsArgs) args: QueryCompletionsArgs,
    @Ctx() { principal }: GraphqlContext,
  ): Promise<CompletionConnection> {
    const page = readPage(args);
    const { items, hasMore } = await this.#reads.listCompletions(principal.projectId, {
      filter: toFilter(args.filter ?? {}),
      ...(page.after === null ? {} : { after: parseCursor(page.after, 'after') }),
      ...(page.before === null ? {} : { before: parseCursor(page.before, 'before') }),
      limit: page.size,
      end: page.end === 'front' ? 'newest' : 'oldest',
    });
    const edges = items.map((record) => ({ cursor: toEntityId('completion', record.id), node: this.#viewOf(record) }));
    const pageInfo = toPageInfo(edges, {
      hasNextPage: page.end === 'front' ? hasMore : page.before !== null,
      hasPreviousPage: page.end === 'back' ? hasMore : page.after !== null,
    });
    return { edges, nodes: edges.map(({ node }) => node), pageInfo };
  }

  #viewOf(record: CompletionRecord): CompletionView {
    return new CompletionView({ record, providers: this.#providers, choices: null });
  }
}

/** The fields of a completion that are looked up only when asked for. */
@Resolver(() => Completion)
export class CompletionFieldResolver {
  @Sdl.Completion.attempts()
  attempts(@Root() { record }: CompletionView): Attempt[] {
    return record.attempts.map(toAttempt);
  }

  @Sdl.Completion.input()
  async input(@Root() { record }: CompletionView, @Ctx() { payloads }: GraphqlContext): Promise<CompletionInput | null> {
    const stored = await payloads.input(record.id);
    if (stored === null || stored.json === null) return null;
    return { body: JSON.parse(stored.json) as unknown, format: stored.format, sizeBytes: stored.sizeBytes };
  }

  @Sdl.Completion.output()
  output(
    @Root() { record, choices }: CompletionView,
    @Ctx() context: GraphqlContext,
  ): CompletionOutput | null | Promise<CompletionOutput | null> {
    if (choices !== null) return toOutput(choices);
    if (record.settlement === null || record.operation !== 'CHAT') return null;
    return loadOutput(record.id, context);
  }
}

async function loadOutput(completionId: string, { payloads }: GraphqlContext): Promise<CompletionOutput | null> {
  const stored = await payloads.output(completionId);
  if (stored === null || stored.json === null || stored.format === 'task') return null;
  return toOutput(decodeOutput(stored.format as RecordedOutputFormat, JSON.parse(stored.json)).choices);
}

function toFilter({ model, provider, status, outcome, door, startedFrom, startedTo }: CompletionFilterInput): CompletionFilter {
  return {
    ...(model == null ? {} : { model }),
    ...(provider == null ? {} : { providerId: provider }),
    ...(status == null ? {} : { status }),
    ...(outcome == null ? {} : { outcome }),
    ...(door == null ? {} : { door }),
    ...(startedFrom == null ? {} : { startedFromMs: startedFrom.getTime() }),
    ...(startedTo == null ? {} : { startedToMs: startedTo.getTime() }),
  };
}

function parseCursor(cursor: string, argument: 'after' | 'before'): string {
  const id = parseUuidOf('completion', cursor);
  if (id === null) throw invalidCursor(argument);
  return id;
}
