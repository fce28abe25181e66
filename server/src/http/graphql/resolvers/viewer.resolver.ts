import { Ctx, Resolver } from 'type-graphql';
import { Sdl, type Viewer } from '../../../generated/schema.ts';
import { AntiphonError } from '../../../kernel/errors/index.ts';
import type { Identity } from '../../../modules/identity/index.ts';
import type { GraphqlContext } from '../graphql-context.ts';
import { toApiKey, toOrganization, toProject } from './tenancy.mapping.ts';

/** Who is asking. */
@Resolver()
export class ViewerResolver {
  readonly #tenancy: Identity['tenancy'];

  constructor(deps: { identity: Identity }) {
    this.#tenancy = deps.identity.tenancy;
  }

  @Sdl.Query.viewer()
  async viewer(@Ctx() { principal }: GraphqlContext): Promise<Viewer> {
    const row = await this.#tenancy.viewer(principal);
    if (row === null) throw new AntiphonError('UNAUTHENTICATED', 'The project of this key has been deleted. Use a key of another project.');
    return {
      organization: toOrganization(row.organization),
      project: toProject(row.project),
      apiKey: row.apiKey === null ? null : toApiKey(row.apiKey),
      scopes: [...principal.scopes],
    };
  }
}
