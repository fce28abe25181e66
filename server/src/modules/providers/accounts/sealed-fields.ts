import { Secret, type SecretBox, type SecretPlace } from '../../../kernel/crypto/index.ts';

/** Named secret values, sealed together as one text and bound to their row. */
export type SecretFields = Readonly<Record<string, Secret>>;

export function sealFields(box: SecretBox, fields: SecretFields, place: SecretPlace): Promise<string> {
  const text = JSON.stringify(Object.fromEntries(Object.entries(fields).map(([name, secret]) => [name, secret.reveal()])));
  return box.seal(new Secret(text), place);
}

/** Rejects with `SealedValueError`. */
export async function openFields(box: SecretBox, sealed: string, place: SecretPlace): Promise<SecretFields> {
  const text = (await box.open(sealed, place)).reveal();
  return toSecretFields(JSON.parse(text) as Readonly<Record<string, string>>);
}

export function toSecretFields(values: Readonly<Record<string, string>>): SecretFields {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, new Secret(value)]));
}

export function secretsPlace(projectId: string, credentialId: string): SecretPlace {
  return { tenantId: projectId, rowId: credentialId, field: 'provider_credential.secrets' };
}

export function headersPlace(projectId: string, accountId: string): SecretPlace {
  return { tenantId: projectId, rowId: accountId, field: 'provider_account.headers' };
}
