import { Args, Ctx, Resolver } from 'type-graphql';
import { QueryAccountingArgs, Sdl, type Accounting } from '../../../generated/schema.ts';
import type { Ledger } from '../../../modules/ledger/index.ts';
import { formatUsd } from '../../money.ts';
import type { GraphqlContext } from '../graphql-context.ts';

/** Proof of accounting. */
@Resolver()
export class AccountingResolver {
  readonly #ledger: Pick<Ledger, 'accounting'>;

  constructor(deps: { ledger: Pick<Ledger, 'accounting'> }) {
    this.#ledger = deps.ledger;
  }

  @Sdl.Query.accounting()
  async accounting(
    @Args(() => QueryAccountingArgs) { from, to }: QueryAccountingArgs,
    @Ctx() { principal }: GraphqlContext,
  ): Promise<Accounting> {
    const found = await this.#ledger.accounting({
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
      requestAdjustmentUsd: formatUsd(found.adjustmentsNanoUsd),
      unpricedRequests: BigInt(found.unpricedRequests),
    };
  }
}
