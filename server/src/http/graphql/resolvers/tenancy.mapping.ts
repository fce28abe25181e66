import type { ApiKey, Organization, Project } from '../../../generated/schema.ts';
import type { ApiKeyRow, TenantRow } from '../../../modules/identity/index.ts';
import { toEntityId } from '../../entity-id.ts';

export function toOrganization({ id, name, createdAt }: TenantRow): Organization & { __typename: 'Organization' } {
  return { __typename: 'Organization', id: toEntityId('organization', id), name, createdAt };
}

export function toProject({ id, name, createdAt }: TenantRow): Project & { __typename: 'Project' } {
  return { __typename: 'Project', id: toEntityId('project', id), name, createdAt };
}

export function toApiKey(row: ApiKeyRow): ApiKey & { __typename: 'ApiKey' } {
  const { name, displayPrefix, scopes, requestsPerMinute, concurrency, createdAt, expiresAt } = row;
  return {
    __typename: 'ApiKey',
    id: toEntityId('apiKey', row.id),
    name,
    displayPrefix,
    scopes,
    requestsPerMinute,
    concurrency,
    createdAt,
    expiresAt,
  };
}
