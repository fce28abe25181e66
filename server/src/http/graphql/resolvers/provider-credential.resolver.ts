import { Args, Ctx, Resolver } from 'type-graphql';
import {
  MutationProviderCredentialAddArgs,
  MutationProviderCredentialDeleteArgs,
  MutationProviderCredentialDisableArgs,
  MutationProviderCredentialEnableArgs,
  MutationProviderCredentialRotateArgs,
  Sdl,
  type ProviderAccount,
  type ProviderCredential,
  type ProviderCredentialAddPayload,
  type ProviderCredentialDeletePayload,
  type ProviderCredentialDisablePayload,
  type ProviderCredentialEnablePayload,
  type ProviderCredentialRotatePayload,
} from '../../../generated/schema.ts';
import type { ChangedCredential, ProviderManagement } from '../../../modules/providers/index.ts';
import type { GraphqlContext } from '../graphql-context.ts';
import { orErrors, readId, tenantOf, toNamedValues } from './account-input.mapping.ts';
import { toProviderAccount, toProviderCredential } from './provider-account.mapping.ts';

type CredentialPayload = { credential: ProviderCredential | null; account: ProviderAccount | null; errors: readonly never[] };

/** Credentials of accounts. What comes in here as a secret goes out of it nowhere. */
@Resolver()
export class ProviderCredentialResolver {
  readonly #management: ProviderManagement;

  constructor(deps: { management: ProviderManagement }) {
    this.#management = deps.management;
  }

  @Sdl.Mutation.providerCredentialAdd()
  providerCredentialAdd(
    @Args(() => MutationProviderCredentialAddArgs) { input }: MutationProviderCredentialAddArgs,
    @Ctx() context: GraphqlContext,
  ): Promise<ProviderCredentialAddPayload> {
    return this.#act(context, () =>
      this.#management.credentials.add(tenantOf(context.principal), {
        accountId: readId('providerAccount', input.accountId, 'accountId'),
        name: input.name,
        secrets: toNamedValues(input.secrets, 'secrets'),
      }),
    );
  }

  @Sdl.Mutation.providerCredentialRotate()
  providerCredentialRotate(
    @Args(() => MutationProviderCredentialRotateArgs) { input }: MutationProviderCredentialRotateArgs,
    @Ctx() context: GraphqlContext,
  ): Promise<ProviderCredentialRotatePayload> {
    return this.#act(context, () =>
      this.#management.credentials.rotate(tenantOf(context.principal), {
        credentialId: readId('providerCredential', input.credentialId, 'credentialId'),
        name: input.name ?? null,
        secrets: toNamedValues(input.secrets, 'secrets'),
        overlapSeconds: input.overlapSeconds ?? null,
      }),
    );
  }

  @Sdl.Mutation.providerCredentialEnable()
  providerCredentialEnable(
    @Args(() => MutationProviderCredentialEnableArgs) { input }: MutationProviderCredentialEnableArgs,
    @Ctx() context: GraphqlContext,
  ): Promise<ProviderCredentialEnablePayload> {
    return this.#setEnabled(context, input.credentialId, true);
  }

  @Sdl.Mutation.providerCredentialDisable()
  providerCredentialDisable(
    @Args(() => MutationProviderCredentialDisableArgs) { input }: MutationProviderCredentialDisableArgs,
    @Ctx() context: GraphqlContext,
  ): Promise<ProviderCredentialDisablePayload> {
    return this.#setEnabled(context, input.credentialId, false);
  }

  @Sdl.Mutation.providerCredentialDelete()
  async providerCredentialDelete(
    @Args(() => MutationProviderCredentialDeleteArgs) { input }: MutationProviderCredentialDeleteArgs,
    @Ctx() context: GraphqlContext,
  ): Promise<ProviderCredentialDeletePayload> {
    const { account, errors } = await this.#act(context, () =>
      this.#management.credentials.delete(tenantOf(context.principal), readId('providerCredential', input.credentialId, 'credentialId')),
    );
    return { account, errors };
  }

  #setEnabled(context: GraphqlContext, credentialId: string, isEnabled: boolean): Promise<CredentialPayload> {
    return this.#act(context, () =>
      this.#management.credentials.setEnabled(
        tenantOf(context.principal),
        readId('providerCredential', credentialId, 'credentialId'),
        isEnabled,
      ),
    );
  }

  #act({ principal }: GraphqlContext, act: () => Promise<ChangedCredential>): Promise<CredentialPayload> {
    return orErrors<CredentialPayload>(
      async () => {
        const { account, credentialId } = await act();
        const spec = account.spec.credentials.find(({ id }) => id === credentialId);
        return {
          credential: spec === undefined ? null : toProviderCredential(account, spec),
          account: toProviderAccount(account, this.#management.providers.accountsOf(principal.projectId)),
          errors: [],
        };
      },
      (errors) => ({ credential: null, account: null, errors }),
    );
  }
}
