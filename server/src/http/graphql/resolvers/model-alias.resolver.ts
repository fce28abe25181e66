import { Args, Ctx, Resolver } from 'type-graphql';
import {
  MutationModelAliasCreateArgs,
  MutationModelAliasDeleteArgs,
  MutationModelAliasUpdateArgs,
  QueryModelAliasesArgs,
  Sdl,
  type ModelAlias,
  type ModelAliasConnection,
  type ModelAliasCreatePayload,
  type ModelAliasDeletePayload,
  type ModelAliasUpdatePayload,
} from '../../../generated/schema.ts';
import type { Alias, ProviderManagement } from '../../../modules/providers/index.ts';
import type { GraphqlContext } from '../graphql-context.ts';
import { orErrors, readId, tenantOf } from './account-input.mapping.ts';
import { pageOf, readPage, toCursor, toPageInfo } from './connection.ts';
import { toModelAlias } from './provider-account.mapping.ts';

type AliasPayload = { alias: ModelAlias | null; errors: readonly never[] };

/** Names that stand for models. */
@Resolver()
export class ModelAliasResolver {
  readonly #management: ProviderManagement;

  constructor(deps: { management: ProviderManagement }) {
    this.#management = deps.management;
  }

  @Sdl.Query.modelAliases()
  modelAliases(@Args(() => QueryModelAliasesArgs) args: QueryModelAliasesArgs, @Ctx() { principal }: GraphqlContext): ModelAliasConnection {
    const page = readPage(args);
    const all = this.#management.providers.aliasesOf(principal.projectId);
    const found = pageOf(all, page, ({ name }) => name);
    const edges = found.items.map((alias) => ({ cursor: toCursor(alias.name), node: toModelAlias(alias) }));
    return { edges, nodes: edges.map(({ node }) => node), pageInfo: toPageInfo(edges, found), totalCount: all.length };
  }

  @Sdl.Mutation.modelAliasCreate()
  modelAliasCreate(
    @Args(() => MutationModelAliasCreateArgs) { input }: MutationModelAliasCreateArgs,
    @Ctx() { principal }: GraphqlContext,
  ): Promise<ModelAliasCreatePayload> {
    return act(() => this.#management.aliases.create(tenantOf(principal), input));
  }

  @Sdl.Mutation.modelAliasUpdate()
  modelAliasUpdate(
    @Args(() => MutationModelAliasUpdateArgs) { input }: MutationModelAliasUpdateArgs,
    @Ctx() { principal }: GraphqlContext,
  ): Promise<ModelAliasUpdatePayload> {
    return act(() => this.#management.aliases.update(tenantOf(principal), readId('modelAlias', input.aliasId, 'aliasId'), input.targets));
  }

  @Sdl.Mutation.modelAliasDelete()
  modelAliasDelete(
    @Args(() => MutationModelAliasDeleteArgs) { input }: MutationModelAliasDeleteArgs,
    @Ctx() { principal }: GraphqlContext,
  ): Promise<ModelAliasDeletePayload> {
    return act(() => this.#management.aliases.delete(tenantOf(principal), readId('modelAlias', input.aliasId, 'aliasId')));
  }
}

function act(change: () => Promise<Alias>): Promise<AliasPayload> {
  return orErrors<AliasPayload>(
    async () => ({ alias: toModelAlias(await change()), errors: [] }),
    (errors) => ({ alias: null, errors }),
  );
}
