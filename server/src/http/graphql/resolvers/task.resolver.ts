import { Args, Ctx, Resolver } from 'type-graphql';
import {
  MutationEmbeddingsCreateArgs,
  MutationImageCreateArgs,
  MutationModerationCreateArgs,
  MutationRerankCreateArgs,
  MutationSpeechCreateArgs,
  MutationTranscriptionCreateArgs,
  Sdl,
  type CompletionCreatePayload,
  type EmbeddingsCreatePayload,
  type ImageCreatePayload,
  type ModerationCreatePayload,
  type RerankCreatePayload,
  type SpeechCreatePayload,
  type TranscriptionCreatePayload,
} from '../../../generated/schema.ts';
import { toAntiphonError, type AntiphonError } from '../../../kernel/errors/index.ts';
import type { TaskAnswer } from '../../../modules/completions/index.ts';
import type { Task, TaskKind, TaskResults } from '../../../modules/providers/index.ts';
import type { GraphqlContext } from '../graphql-context.ts';
import type { CompletionActDeps } from './completion-act.resolver.ts';
import { CompletionView, toRecord } from './completion.mapping.ts';
import {
  toEmbeddingsTask,
  toImageTask,
  toModerationTask,
  toRerankTask,
  toSpeechTask,
  toTaskCall,
  toTranscriptionTask,
  type TaskInputFields,
} from './task-input.mapping.ts';
import { toEmbeddings, toImages, toRankedDocuments, toSpeech, toTranscription, toVerdicts } from './task.mapping.ts';
import { toCompletionError } from './user-error.mapping.ts';

/** What every payload of a task has. */
type Told = Pick<CompletionCreatePayload, 'completion' | 'errors'>;

interface Performed<Kind extends TaskKind> {
  readonly told: Told;
  /** Null when the call failed. */
  readonly result: TaskResults[Kind] | null;
}

/** Operations beside chat. */
@Resolver()
export class TaskResolver {
  readonly #deps: CompletionActDeps;

  constructor(deps: CompletionActDeps) {
    this.#deps = deps;
  }

  @Sdl.Mutation.embeddingsCreate()
  async embeddingsCreate(
    @Args(() => MutationEmbeddingsCreateArgs) { input }: MutationEmbeddingsCreateArgs,
    @Ctx() context: GraphqlContext,
  ): Promise<EmbeddingsCreatePayload> {
    const { told, result } = await this.#perform<'embeddings'>(input, context, () => toEmbeddingsTask(input));
    return { ...told, embeddings: result === null ? null : toEmbeddings(result) };
  }

  @Sdl.Mutation.rerankCreate()
  async rerankCreate(
    @Args(() => MutationRerankCreateArgs) { input }: MutationRerankCreateArgs,
    @Ctx() context: GraphqlContext,
  ): Promise<RerankCreatePayload> {
    const { told, result } = await this.#perform<'rerank'>(input, context, () => toRerankTask(input));
    return { ...told, documents: result === null ? null : toRankedDocuments(result) };
  }

  @Sdl.Mutation.moderationCreate()
  async moderationCreate(
    @Args(() => MutationModerationCreateArgs) { input }: MutationModerationCreateArgs,
    @Ctx() context: GraphqlContext,
  ): Promise<ModerationCreatePayload> {
    const { told, result } = await this.#perform<'moderation'>(input, context, () => toModerationTask(input));
    return { ...told, verdicts: result === null ? null : toVerdicts(result) };
  }

  @Sdl.Mutation.imageCreate()
  async imageCreate(
    @Args(() => MutationImageCreateArgs) { input }: MutationImageCreateArgs,
    @Ctx() context: GraphqlContext,
  ): Promise<ImageCreatePayload> {
    const { told, result } = await this.#perform<'image'>(input, context, () => toImageTask(input));
    return { ...told, images: result === null ? null : toImages(result) };
  }

  @Sdl.Mutation.speechCreate()
  async speechCreate(
    @Args(() => MutationSpeechCreateArgs) { input }: MutationSpeechCreateArgs,
    @Ctx() context: GraphqlContext,
  ): Promise<SpeechCreatePayload> {
    const { told, result } = await this.#perform<'speech'>(input, context, () => toSpeechTask(input));
    return { ...told, speech: result === null ? null : toSpeech(result) };
  }

  @Sdl.Mutation.transcriptionCreate()
  async transcriptionCreate(
    @Args(() => MutationTranscriptionCreateArgs) { input }: MutationTranscriptionCreateArgs,
    @Ctx() context: GraphqlContext,
  ): Promise<TranscriptionCreatePayload> {
    const { told, result } = await this.#perform<'transcription'>(input, context, () => toTranscriptionTask(input));
    return { ...told, transcription: result === null ? null : toTranscription(result) };
  }

  async #perform<Kind extends TaskKind>(input: TaskInputFields, context: GraphqlContext, toTask: () => Task): Promise<Performed<Kind>> {
    const { caller } = context;
    const { completions, metrics, providers, ids, report } = this.#deps;
    let call;
    let outcome;
    try {
      call = toTaskCall(
        input,
        toTask(),
        context.nextCompletionId(() => ids.uuidv7()),
        caller,
      );
      outcome = await completions.run(call, { kind: 'whole' });
    } catch (thrown) {
      const error = toAntiphonError(thrown);
      const errors = shownOf(error, thrown);
      report(error, caller);
      return { told: { completion: null, errors }, result: null };
    }
    if ('replayOf' in outcome) throw new Error('operations beside chat are never replayed');
    metrics.observeOutcome('GRAPHQL', outcome);
    const completion = new CompletionView({ record: toRecord(call, outcome), providers, choices: null });
    if (outcome.error !== null) return { told: { completion, errors: shownOf(outcome.error, outcome.error) }, result: null };
    return { told: { completion, errors: [] }, result: resultOf<Kind>(outcome.answer) };
  }
}

/** The error as a member of the payload; throws what belongs to the top level. */
function shownOf(error: AntiphonError, thrown: unknown): CompletionCreatePayload['errors'] {
  const shown = toCompletionError(error);
  if (shown === null) throw thrown;
  return [shown];
}

function resultOf<Kind extends TaskKind>(answer: { kind: string; task?: TaskAnswer } | null): TaskResults[Kind] {
  if (answer?.task === undefined) throw new Error('the answer of a task was expected');
  return answer.task.result as TaskResults[Kind];
}
