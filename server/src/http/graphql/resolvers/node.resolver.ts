import { Args, Ctx, Resolver } from 'type-graphql';
import { QueryNodeArgs, Sdl, type NodeObject } from '../../../generated/schema.ts';
import type { Clock } from '../../../kernel/clock/index.ts';
import type { Identity, Principal, Scope } from '../../../modules/identity/index.ts';
import type { CompletionReadModel, Ledger, Reratings } from '../../../modules/ledger/index.ts';
import type { ConnectedAccount, PriceList, ProviderManagement, Providers } from '../../../modules/providers/index.ts';
import { parseEntityId, type EntityKind } from '../../entity-id.ts';
import { requireScope } from '../../principal.ts';
import type { GraphqlContext } from '../graphql-context.ts';
import { CompletionView } from './completion.mapping.ts';
import { createModelMapping, toProvider } from './model.mapping.ts';
import { toModelPriceVersion } from './price.resolver.ts';
import { toModelAlias, toProviderAccount, toProviderCredential } from './provider-account.mapping.ts';
import { toRerating } from './rerating.resolver.ts';
import { toApiKey, toOrganization, toProject } from './tenancy.mapping.ts';

export interface NodeDeps {
  readonly identity: Identity;
  readonly ledger: Pick<Ledger, 'completions' | 'reratings'>;
  readonly providers: Providers;
  readonly management: ProviderManagement;
  readonly prices: PriceList;
  readonly clock: Clock;
}

/** The permission that the entity's own field asks for; `node` must not be a way around it. */
const SCOPE_OF: Readonly<Record<EntityKind, Scope>> = {
  completion: 'COMPLETIONS_READ',
  attempt: 'COMPLETIONS_READ',
  model: 'MODELS_READ',
  provider: 'PROVIDERS_READ',
  organization: 'MODELS_READ',
  project: 'MODELS_READ',
  apiKey: 'MODELS_READ',
  providerAccount: 'PROVIDERS_READ',
  providerCredential: 'PROVIDERS_READ',
  modelAlias: 'MODELS_READ',
  modelPrice: 'MODELS_READ',
  rerating: 'ACCOUNTING_READ',
};

/** Any entity by its id. */
@Resolver()
export class NodeResolver {
  readonly #tenancy: Identity['tenancy'];
  readonly #reads: CompletionReadModel;
  readonly #providers: Providers;
  readonly #management: ProviderManagement;
  readonly #prices: PriceList;
  readonly #reratings: Reratings;
  readonly #clock: Clock;

  constructor(deps: NodeDeps) {
    this.#tenancy = deps.identity.tenancy;
    this.#reads = deps.ledger.completions;
    this.#providers = deps.providers;
    this.#management = deps.management;
    this.#prices = deps.prices;
    this.#reratings = deps.ledger.reratings;
    this.#clock = deps.clock;
  }

  @Sdl.Query.node()
  async node(@Args(() => QueryNodeArgs) { id }: QueryNodeArgs, @Ctx() { principal }: GraphqlContext): Promise<NodeObject | null> {
    const parsed = parseEntityId(id);
    if (parsed === null) return null;
    requireScope(principal, SCOPE_OF[parsed.kind]);
    return this.#find(parsed.kind, parsed.id, principal);
  }

  async #find(kind: EntityKind, id: string, principal: Principal): Promise<NodeObject | null> {
    switch (kind) {
      case 'completion': {
        const record = await this.#reads.findCompletion(principal.projectId, id);
        return record === null ? null : new CompletionView({ record, providers: this.#providers, choices: null });
      }
      case 'attempt':
        // Attempts are read with their completion; their ids stand alone only in errors.
        return null;
      case 'organization':
        return mapFound(await this.#tenancy.organization(principal, id), toOrganization);
      case 'project':
        return mapFound(await this.#tenancy.project(principal, id), toProject);
      case 'apiKey':
        return mapFound(await this.#tenancy.apiKey(principal, id), toApiKey);
      case 'model':
        return mapFound(
          this.#providers.findModel(id, this.#clock.nowMs(), principal.projectId),
          createModelMapping(this.#providers, principal.projectId),
        );
      case 'provider':
        return mapFound(this.#providers.listProviders(principal.projectId).find(({ providerId }) => providerId === id) ?? null, toProvider);
      case 'providerAccount':
        return mapFound(this.#accounts(principal).find(({ spec }) => spec.id === id) ?? null, (account) =>
          toProviderAccount(account, this.#accounts(principal)),
        );
      case 'providerCredential':
        for (const account of this.#accounts(principal))
          for (const credential of account.spec.credentials) if (credential.id === id) return toProviderCredential(account, credential);
        return null;
      case 'modelPrice':
        return mapFound(await this.#prices.find(id), toModelPriceVersion);
      case 'rerating':
        return mapFound(await this.#reratings.find(principal.organizationId, id), toRerating);
      case 'modelAlias':
        return mapFound(this.#management.providers.aliasesOf(principal.projectId).find((alias) => alias.id === id) ?? null, toModelAlias);
    }
  }

  #accounts({ projectId }: Principal): readonly ConnectedAccount[] {
    return this.#management.providers.accountsOf(projectId);
  }
}

function mapFound<Row, Entity>(row: Row | null, toEntity: (row: Row) => Entity): Entity | null {
  return row === null ? null : toEntity(row);
}
