import { Args, Ctx, Resolver } from 'type-graphql';
import {
  MutationCompletionsRerateArgs,
  QueryReratingArgs,
  Sdl,
  type CompletionsReratePayload,
  type Rerating as ReratingObject,
} from '../../../generated/schema.ts';
import type { Jobs } from '../../../kernel/jobs/index.ts';
import { RERATE_JOB, type Ledger, type Rerating, type Reratings } from '../../../modules/ledger/index.ts';
import { parseUuidOf, toEntityId } from '../../entity-id.ts';
import { formatUsd } from '../../money.ts';
import type { GraphqlContext } from '../graphql-context.ts';
import { orErrors } from './account-input.mapping.ts';
import { checkModelName } from './price-input.mapping.ts';

/** Pricing calls again. */
@Resolver()
export class ReratingResolver {
  readonly #reratings: Reratings;
  readonly #jobs: Pick<Jobs, 'enqueue'>;

  constructor(deps: { ledger: Pick<Ledger, 'reratings'>; jobs: Pick<Jobs, 'enqueue'> }) {
    this.#reratings = deps.ledger.reratings;
    this.#jobs = deps.jobs;
  }

  @Sdl.Query.rerating()
  async rerating(
    @Args(() => QueryReratingArgs) { id }: QueryReratingArgs,
    @Ctx() { principal }: GraphqlContext,
  ): Promise<ReratingObject | null> {
    const reratingId = parseUuidOf('rerating', id);
    const found = reratingId === null ? null : await this.#reratings.find(principal.organizationId, reratingId);
    return found === null ? null : toRerating(found);
  }

  @Sdl.Mutation.completionsRerate()
  completionsRerate(
    @Args(() => MutationCompletionsRerateArgs) { input }: MutationCompletionsRerateArgs,
    @Ctx() { principal }: GraphqlContext,
  ): Promise<CompletionsReratePayload> {
    return orErrors<CompletionsReratePayload>(
      async () => {
        if (input.model != null) checkModelName(input.model);
        const rerating = await this.#reratings.order({
          organizationId: principal.organizationId,
          apiKeyId: principal.apiKeyId,
          modelId: input.model ?? null,
          fromMs: input.from?.getTime() ?? null,
          toMs: input.to?.getTime() ?? null,
          isDryRun: input.isDryRun,
        });
        await this.#jobs.enqueue(RERATE_JOB);
        return { rerating: toRerating(rerating), errors: [] };
      },
      (errors) => ({ rerating: null, errors }),
    );
  }
}

export function toRerating(rerating: Rerating): ReratingObject & { __typename: 'Rerating' } {
  return {
    __typename: 'Rerating',
    id: toEntityId('rerating', rerating.id),
    isDryRun: rerating.isDryRun,
    isFinished: rerating.finishedAtMs !== null,
    examinedAttempts: BigInt(rerating.examinedAttempts),
    changedAttempts: BigInt(rerating.changedAttempts),
    unpricedAttempts: BigInt(rerating.unpricedAttempts),
    differenceUsd: formatUsd(rerating.differenceNanoUsd),
    differences: rerating.differences.map(({ modelId, attempts, differenceNanoUsd, ...versions }) => ({
      modelName: modelId,
      ...versions,
      attempts: BigInt(attempts),
      differenceUsd: formatUsd(differenceNanoUsd),
    })),
    createdAt: new Date(rerating.createdAtMs),
    finishedAt: rerating.finishedAtMs === null ? null : new Date(rerating.finishedAtMs),
  };
}
