import { createHash } from 'node:crypto';
import type { Logger } from '../../../kernel/telemetry/index.ts';
import type { Catalogue } from '../catalog/catalogue.ts';
import { findVendor, VENDORS, VendorSettingError, type Vendor, type VendorConnection, type VendorDeps } from '../vendors/index.ts';
import type { AccountSpec, CredentialSpec } from './account.ts';
import { ConnectedAccount } from './connected-account.ts';
import { ConnectedCredential } from './connected-credential.ts';
import { CredentialHealth } from './credential-health.ts';
import { guardProvider } from '../guarded-provider.ts';
import { HeldProvider } from './held-provider.ts';

export interface ConnectDeps extends Omit<VendorDeps, 'maxOutputTokensOf'> {
  readonly catalogue: Pick<Catalogue, 'find'>;
  readonly log: Pick<Logger, 'warn'>;
}

/**
 * Makes a provider of each credential; those that `previous` has made alike are kept, with what is known of them. Sends nothing and
 * never throws: what cannot be connected is among the problems.
 */
export function connectAccount(spec: AccountSpec, deps: ConnectDeps, previous: ConnectedAccount | null = null): ConnectedAccount {
  const vendor = findVendor(spec.vendorId);
  const problems = new Map<string, string>();
  if (spec.problem !== null) problems.set(spec.id, spec.problem);
  if (vendor === null) {
    problems.set(spec.id, `There is no vendor ${spec.vendorId}; there are ${VENDORS.map(({ id }) => id).join(', ')}.`);
    return new ConnectedAccount({ spec, vendor, credentials: [], problems });
  }
  const credentials: ConnectedCredential[] = [];
  for (const credential of spec.credentials) {
    const before = previous?.credentials.find(({ credentialId }) => credentialId === credential.id);
    const held = hold(spec, credential, vendor, before?.held ?? null, deps);
    if (typeof held === 'string') problems.set(credential.id, held);
    else credentials.push(new ConnectedCredential(credential, held, before?.health ?? new CredentialHealth(deps.clock)));
  }
  return new ConnectedAccount({ spec, vendor, credentials, problems });
}

/** A sentence instead when it cannot be connected. */
function hold(
  spec: AccountSpec,
  credential: CredentialSpec,
  vendor: Vendor,
  before: HeldProvider | null,
  deps: ConnectDeps,
): HeldProvider | string {
  const baseUrl = spec.baseUrl ?? vendor.defaultBaseUrl;
  if (spec.problem !== null) return spec.problem;
  if (credential.secrets === null || credential.problem !== null) return credential.problem ?? 'Its secrets cannot be opened.';
  if (baseUrl === null) return `${vendor.displayName} has no usual base URL: give one.`;
  const connection: VendorConnection = {
    providerId: spec.providerId,
    displayName: spec.displayName,
    baseUrl,
    settings: spec.settings,
    secrets: credential.secrets,
    headers: Object.fromEntries(Object.entries(spec.headers).map(([name, value]) => [name, value.reveal()])),
    egress: spec.egress,
  };
  const fingerprint = fingerprintOf(vendor, connection);
  if (before?.fingerprint === fingerprint) return before;
  try {
    const provider = vendor.connect(connection, vendorDepsOf(spec, deps));
    return new HeldProvider(guardProvider(provider, secretsIn(connection)), fingerprint, deps.log);
  } catch (error) {
    if (error instanceof VendorSettingError) return error.message;
    deps.log.warn({ error, provider: spec.providerId }, 'an account could not be connected; the others are');
    return 'It could not be connected. Look at its settings and at the log of the server.';
  }
}

/** Values of headers may be secrets too. */
function secretsIn({ secrets, headers }: VendorConnection): readonly string[] {
  return [...Object.values(secrets).map((secret) => secret.reveal()), ...Object.values(headers)];
}

function vendorDepsOf({ providerId, vendorId }: AccountSpec, { catalogue, httpClient, clock, ids }: ConnectDeps): VendorDeps {
  const catalogueId = findVendor(vendorId)?.catalogueId ?? vendorId;
  return {
    httpClient,
    clock,
    ids,
    maxOutputTokensOf: (model) =>
      (catalogue.find(`${providerId}/${model}`) ?? catalogue.find(`${catalogueId}/${model}`))?.maxOutputTokens ?? null,
  };
}

/** Only ever compared, never kept or shown. */
function fingerprintOf(vendor: Vendor, { secrets, ...connection }: VendorConnection): string {
  const revealed = Object.entries(secrets).map(([name, secret]) => [name, secret.reveal()]);
  return createHash('sha256')
    .update(JSON.stringify([vendor.id, connection, revealed]))
    .digest('base64');
}
