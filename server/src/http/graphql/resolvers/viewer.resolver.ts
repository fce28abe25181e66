import { Args, Ctx, Resolver } from 'type-graphql';
import * as M from '../../../generated/schema.ts';
import { AntiphonError } from '../../../kernel/errors/index.ts';
import type { ApiKeyRow, TenantRow } from '../../../modules/identity/index.ts';
import { parseEntityId, toEntityId } from '../../entity-id.ts';
import { fromRecord } from './completion.mapping.ts';
import type { GraphqlContext, GraphqlServices } from './context.ts';
import { toModel, toProvider } from './model.mapping.ts';

const { Sdl } = M;

@Resolver()
export class ViewerResolver {
  readonly #services: GraphqlServices;

  constructor(services: GraphqlServices) {
    this.#services = services;
  }

  @Sdl.Query.viewer()
  async viewer(@Ctx() { principal }: GraphqlContext): Promise<M.Viewer> {
    const found = await this.#services.identity.tenancy.viewer(principal);
    if (found === null) throw new AntiphonError('UNAUTHENTICATED', 'The project of this key is gone. Use a key of another project.');
    return {
      organization: toTenant('Organization', found.organization),
      project: toTenant('Project', found.project),
      apiKey: found.apiKey === null ? null : toApiKey(found.apiKey),
      scopes: [...principal.scopes],
    };
  }

  @Sdl.Query.node()
  async node(@Args(() => M.QueryNodeArgs) { id }: M.QueryNodeArgs, @Ctx() context: GraphqlContext): Promise<M.NodeObject | null> {
    const parsed = parseEntityId(id);
    if (parsed === null) return null;
    return this.#load(parsed, context);
  }

  async #load({ kind, id }: NonNullable<ReturnType<typeof parseEntityId>>, { principal }: GraphqlContext): Promise<M.NodeObject | null> {
    const { identity, ledger, providers, clock } = this.#services;
    switch (kind) {
      case 'organization':
        return mapFound(await identity.tenancy.organization(principal, id), (row) => toTenant('Organization', row));
      case 'project':
        return mapFound(await identity.tenancy.project(principal, id), (row) => toTenant('Project', row));
      case 'apiKey':
        return mapFound(await identity.tenancy.apiKey(principal, id), toApiKey);
      case 'completion':
        return mapFound(await ledger.completions.findCompletion(principal.projectId, id), fromRecord);
      case 'model':
        return principal.scopes.has('MODELS_READ')
          ? mapFound(providers.findModel(id, clock.nowMs()), (model) => toModel(model, providers))
          : null;
      case 'provider': {
        const found = providers.listProviders().find(({ providerId }) => providerId === id);
        return principal.scopes.has('PROVIDERS_READ') ? mapFound(found ?? null, toProvider) : null;
      }
      case 'attempt':
        // An attempt is read through its completion; by itself it has no tenant to be checked against.
        return null;
    }
  }
}

/** Mappings set `__typename`; lazy fields of a completion are resolved from what it carries. */
function mapFound<Row>(row: Row | null, toNode: (row: Row) => { readonly id: string }): M.NodeObject | null {
  return row === null ? null : (toNode(row) as M.NodeObject);
}

function toTenant<Name extends 'Organization' | 'Project'>(typename: Name, row: TenantRow) {
  const kind = typename === 'Organization' ? 'organization' : 'project';
  return { __typename: typename, id: toEntityId(kind, row.id), name: row.name, createdAt: row.createdAt };
}

function toApiKey(row: ApiKeyRow): M.ApiKey {
  return {
    __typename: 'ApiKey',
    id: toEntityId('apiKey', row.id),
    name: row.name,
    displayPrefix: row.displayPrefix,
    scopes: [...row.scopes],
    requestsPerMinute: row.requestsPerMinute,
    concurrency: row.concurrency,
    createdAt: row.createdAt,
    expiresAt: row.expiresAt,
  };
}
