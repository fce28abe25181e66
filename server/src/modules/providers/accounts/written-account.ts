import type { NamedConnection } from '../connections.ts';
import type { AccountSpec } from './account.ts';
import { derivedId } from './derived-id.ts';
import { toSecretFields } from './sealed-fields.ts';

/** An account of the environment: one credential, read-only, the same ids in every process and after every start. */
export function toWrittenAccount({ vendorId, connection, models }: NamedConnection): AccountSpec {
  const { providerId, displayName, baseUrl, settings, secrets, headers, egress } = connection;
  return {
    id: writtenAccountId('ENVIRONMENT', providerId),
    source: 'ENVIRONMENT',
    vendorId,
    providerId,
    displayName,
    baseUrl,
    settings,
    headers: toSecretFields(headers),
    models,
    isEnabled: true,
    egress,
    credentials: [
      {
        id: writtenCredentialId('ENVIRONMENT', providerId, 'environment'),
        name: 'environment',
        hint: null,
        secrets,
        isEnabled: true,
        createdAt: null,
        retiresAt: null,
        problem: null,
      },
    ],
    discovery: null,
    createdAt: null,
    updatedAt: null,
    problem: null,
  };
}

export function writtenAccountId(source: 'ENVIRONMENT' | 'FILE', providerId: string): string {
  return derivedId('provider-account', source, providerId);
}

export function writtenCredentialId(source: 'ENVIRONMENT' | 'FILE', providerId: string, name: string): string {
  return derivedId('provider-credential', source, providerId, name);
}
