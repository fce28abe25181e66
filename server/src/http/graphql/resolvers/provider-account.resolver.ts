import { Args, Ctx, Resolver } from 'type-graphql';
import {
  MutationProviderAccountConnectArgs,
  MutationProviderAccountDeleteArgs,
  MutationProviderAccountDisableArgs,
  MutationProviderAccountEnableArgs,
  MutationProviderAccountTestArgs,
  MutationProviderAccountUpdateArgs,
  MutationProviderModelsDiscoverArgs,
  QueryProviderAccountsArgs,
  QueryProviderDiscoveredModelsArgs,
  Sdl,
  type ProviderAccount,
  type ProviderAccountConnection,
  type ProviderAccountConnectPayload,
  type ProviderAccountDeletePayload,
  type ProviderAccountDisablePayload,
  type ProviderAccountEnablePayload,
  type ProviderAccountTestPayload,
  type ProviderAccountUpdatePayload,
  type ProviderDiscoveredModelConnection,
  type ProviderModelsDiscoverPayload,
  type ProviderVendor,
} from '../../../generated/schema.ts';
import { VENDORS, type ConnectedAccount, type ProviderManagement } from '../../../modules/providers/index.ts';
import { parseUuidOf } from '../../entity-id.ts';
import type { GraphqlContext } from '../graphql-context.ts';
import { orErrors, readId, tenantOf, toNamedValues } from './account-input.mapping.ts';
import { pageOf, readPage, toCursor, toPageInfo } from './connection.ts';
import { toCredentialTest, toDiscoveredModel, toProviderAccount, toVendor } from './provider-account.mapping.ts';

type AccountPayload = { account: ProviderAccount | null; errors: readonly never[] };

/** Accounts at providers. Rules live in the module; here words are changed. */
@Resolver()
export class ProviderAccountResolver {
  readonly #management: ProviderManagement;

  constructor(deps: { management: ProviderManagement }) {
    this.#management = deps.management;
  }

  @Sdl.Query.providerVendors()
  providerVendors(): ProviderVendor[] {
    return [...VENDORS].sort((left, right) => (left.id < right.id ? -1 : 1)).map(toVendor);
  }

  @Sdl.Query.providerAccounts()
  providerAccounts(
    @Args(() => QueryProviderAccountsArgs) args: QueryProviderAccountsArgs,
    @Ctx() { principal }: GraphqlContext,
  ): ProviderAccountConnection {
    const page = readPage(args);
    const all = this.#management.providers.accountsOf(principal.projectId);
    const ordered = [...all].sort((left, right) => (positionOf(left) < positionOf(right) ? -1 : 1));
    const found = pageOf(ordered, page, positionOf);
    const edges = found.items.map((account) => ({ cursor: toCursor(positionOf(account)), node: toProviderAccount(account, all) }));
    return { edges, nodes: edges.map(({ node }) => node), pageInfo: toPageInfo(edges, found), totalCount: all.length };
  }

  @Sdl.Query.providerDiscoveredModels()
  providerDiscoveredModels(
    @Args(() => QueryProviderDiscoveredModelsArgs) args: QueryProviderDiscoveredModelsArgs,
    @Ctx() { principal }: GraphqlContext,
  ): ProviderDiscoveredModelConnection | null {
    const page = readPage(args);
    const id = parseUuidOf('providerAccount', args.accountId);
    const account = this.#management.providers.accountsOf(principal.projectId).find(({ spec }) => spec.id === id);
    const all = account?.spec.discovery?.models ?? null;
    if (all === null) return null;
    const ordered = [...all].sort((left, right) => (left.model < right.model ? -1 : 1));
    const found = pageOf(ordered, page, ({ model }) => model);
    const edges = found.items.map((model) => ({ cursor: toCursor(model.model), node: toDiscoveredModel(model) }));
    return { edges, nodes: edges.map(({ node }) => node), pageInfo: toPageInfo(edges, found), totalCount: all.length };
  }

  @Sdl.Mutation.providerAccountConnect()
  providerAccountConnect(
    @Args(() => MutationProviderAccountConnectArgs) { input }: MutationProviderAccountConnectArgs,
    @Ctx() context: GraphqlContext,
  ): Promise<ProviderAccountConnectPayload> {
    return this.#act(context, () =>
      this.#management.accounts.connect(tenantOf(context.principal), {
        vendorId: input.vendor,
        providerId: input.name ?? null,
        displayName: input.displayName ?? null,
        baseUrl: input.baseUrl ?? null,
        settings: toNamedValues(input.settings ?? [], 'settings'),
        headers: input.headers ?? [],
        models: input.models ?? [],
        secrets: toNamedValues(input.secrets ?? [], 'secrets'),
        credentialName: input.credentialName ?? null,
      }),
    );
  }

  @Sdl.Mutation.providerAccountUpdate()
  providerAccountUpdate(
    @Args(() => MutationProviderAccountUpdateArgs) { input }: MutationProviderAccountUpdateArgs,
    @Ctx() context: GraphqlContext,
  ): Promise<ProviderAccountUpdatePayload> {
    const { accountId, displayName, baseUrl, settings, headers, models, secrets } = input;
    return this.#act(context, () =>
      this.#management.accounts.update(tenantOf(context.principal), readId('providerAccount', accountId, 'accountId'), {
        ...(displayName === undefined ? {} : { displayName }),
        ...(baseUrl === undefined ? {} : { baseUrl }),
        ...(settings === undefined ? {} : { settings: toNamedValues(settings ?? [], 'settings') }),
        ...(headers === undefined ? {} : { headers }),
        ...(models === undefined ? {} : { models }),
        ...(secrets == null ? {} : { secrets: toNamedValues(secrets, 'secrets') }),
      }),
    );
  }

  @Sdl.Mutation.providerAccountEnable()
  providerAccountEnable(
    @Args(() => MutationProviderAccountEnableArgs) { input }: MutationProviderAccountEnableArgs,
    @Ctx() context: GraphqlContext,
  ): Promise<ProviderAccountEnablePayload> {
    return this.#setEnabled(context, input.accountId, true);
  }

  @Sdl.Mutation.providerAccountDisable()
  providerAccountDisable(
    @Args(() => MutationProviderAccountDisableArgs) { input }: MutationProviderAccountDisableArgs,
    @Ctx() context: GraphqlContext,
  ): Promise<ProviderAccountDisablePayload> {
    return this.#setEnabled(context, input.accountId, false);
  }

  @Sdl.Mutation.providerAccountDelete()
  providerAccountDelete(
    @Args(() => MutationProviderAccountDeleteArgs) { input }: MutationProviderAccountDeleteArgs,
    @Ctx() context: GraphqlContext,
  ): Promise<ProviderAccountDeletePayload> {
    return this.#act(context, () =>
      this.#management.accounts.delete(tenantOf(context.principal), readId('providerAccount', input.accountId, 'accountId')),
    );
  }

  @Sdl.Mutation.providerAccountTest()
  providerAccountTest(
    @Args(() => MutationProviderAccountTestArgs) { input }: MutationProviderAccountTestArgs,
    @Ctx() { principal }: GraphqlContext,
  ): Promise<ProviderAccountTestPayload> {
    const { providers, tests: service } = this.#management;
    return orErrors<ProviderAccountTestPayload>(
      async () => {
        const credentialId = input.credentialId == null ? null : readId('providerCredential', input.credentialId, 'credentialId');
        const accountId = readId('providerAccount', input.accountId, 'accountId');
        const { account, tests } = await service.test(tenantOf(principal), accountId, credentialId);
        return {
          account: toProviderAccount(account, providers.accountsOf(principal.projectId)),
          tests: tests.map((test) => toCredentialTest(account, test)),
          errors: [],
        };
      },
      (errors) => ({ account: null, tests: null, errors }),
    );
  }

  @Sdl.Mutation.providerModelsDiscover()
  providerModelsDiscover(
    @Args(() => MutationProviderModelsDiscoverArgs) { input }: MutationProviderModelsDiscoverArgs,
    @Ctx() context: GraphqlContext,
  ): Promise<ProviderModelsDiscoverPayload> {
    return this.#act(context, () =>
      this.#management.tests.discover(tenantOf(context.principal), readId('providerAccount', input.accountId, 'accountId')),
    );
  }

  #setEnabled(context: GraphqlContext, accountId: string, isEnabled: boolean): Promise<AccountPayload> {
    return this.#act(context, () =>
      this.#management.accounts.setEnabled(tenantOf(context.principal), readId('providerAccount', accountId, 'accountId'), isEnabled),
    );
  }

  #act({ principal }: GraphqlContext, act: () => Promise<ConnectedAccount>): Promise<AccountPayload> {
    return orErrors<AccountPayload>(
      async () => {
        const account = await act();
        return { account: toProviderAccount(account, this.#management.providers.accountsOf(principal.projectId)), errors: [] };
      },
      (errors) => ({ account: null, errors }),
    );
  }
}

/** By name, then the project's own before those of the file and of the environment. */
function positionOf({ spec: { providerId, source } }: ConnectedAccount): string {
  return `${providerId} ${['MANAGED', 'FILE', 'ENVIRONMENT'].indexOf(source)}`;
}
