import { Args, Ctx, Resolver } from 'type-graphql';
import * as M from '../../../generated/schema.ts';
import { formatUsd } from '../../money.ts';
import type { GraphqlContext, GraphqlServices } from './context.ts';

const { Sdl } = M;

@Resolver()
export class AccountingResolver {
  readonly #services: GraphqlServices;

  constructor(services: GraphqlServices) {
    this.#services = services;
  }

  @Sdl.Query.accounting()
  async accounting(
    @Args(() => M.QueryAccountingArgs) { from, to }: M.QueryAccountingArgs,
    @Ctx() { principal }: GraphqlContext,
  ): Promise<M.Accounting> {
    const found = await this.#services.ledger.accounting({
      organizationId: principal.organizationId,
      ...(from == null ? {} : { fromMs: from.getTime() }),
      ...(to == null ? {} : { toMs: to.getTime() }),
    });
    return {
      started: BigInt(found.started),
      settled: BigInt(found.settled),
      abandoned: BigInt(found.abandoned),
      inFlight: BigInt(found.inFlight),
      unexplained: BigInt(found.unexplained),
      refused: BigInt(found.refused),
      pendingInJournal: BigInt(found.pendingInJournal),
      isBalanced: found.isBalanced,
      requestCostUsd: formatUsd(found.costByRequestsNanoUsd),
      attemptCostUsd: formatUsd(found.costByAttemptsNanoUsd),
      unpricedRequests: BigInt(found.unpricedRequests),
    };
  }
}
