import type {
  ModelAlias,
  ProviderAccount,
  ProviderCapabilities,
  ProviderCredential,
  ProviderCredentialHealth,
  ProviderCredentialStatus,
  ProviderCredentialTest,
  ProviderDiscoveredModel,
  ProviderHeadroom,
  ProviderVendor,
} from '../../../generated/schema.ts';
import {
  settingsOf,
  type Alias,
  type ConnectedAccount,
  type CredentialHealthView,
  type CredentialTest,
  type DiscoveredModel,
  type RateLimitWindow,
  type Vendor,
} from '../../../modules/providers/index.ts';
import { toEntityId } from '../../entity-id.ts';
import { toErrorClass } from './completion.mapping.ts';
import { toCapabilities } from './model.mapping.ts';

type Named<Type extends string> = { readonly __typename: Type };
type CredentialSpec = ConnectedAccount['spec']['credentials'][number];

export function toVendor(vendor: Vendor): ProviderVendor {
  const capabilities: ProviderCapabilities = toCapabilities(vendor.capabilities);
  return {
    name: vendor.id,
    displayName: vendor.displayName,
    defaultBaseUrl: vendor.defaultBaseUrl,
    baseUrlEndsBefore: vendor.baseUrlEndsBefore ?? null,
    settings: settingsOf(vendor).map(({ name, description, isSecret, isRequired }) => ({ name, description, isSecret, isRequired })),
    capabilities,
  };
}

/** `accounts`: all that the project can see, to know which of one name counts. */
export function toProviderAccount(
  account: ConnectedAccount,
  accounts: readonly ConnectedAccount[],
): ProviderAccount & Named<'ProviderAccount'> {
  const { spec, vendor, problems } = account;
  return {
    __typename: 'ProviderAccount',
    id: toEntityId('providerAccount', spec.id),
    name: spec.providerId,
    displayName: spec.displayName,
    vendor: vendor === null ? null : toVendor(vendor),
    source: spec.source,
    isReadOnly: spec.source !== 'MANAGED',
    isEnabled: spec.isEnabled,
    isOverridden: accounts.some((other) => other.spec.providerId === spec.providerId && rankOf(other) > rankOf(account)),
    baseUrl: spec.baseUrl ?? vendor?.defaultBaseUrl ?? null,
    settings: Object.entries(spec.settings).map(([name, value]) => ({ name, value })),
    headerNames: Object.keys(spec.headers),
    models: spec.models,
    credentials: spec.credentials.map((credential) => toProviderCredential(account, credential)),
    discovery: spec.discovery === null ? null : { discoveredAt: spec.discovery.discoveredAt, modelCount: spec.discovery.models.length },
    problem: problems.get(spec.id) ?? null,
    createdAt: spec.createdAt,
    updatedAt: spec.updatedAt,
  };
}

/** What is nearer to the caller counts. */
function rankOf({ spec }: ConnectedAccount): number {
  return ['ENVIRONMENT', 'FILE', 'MANAGED'].indexOf(spec.source);
}

export function toProviderCredential(account: ConnectedAccount, spec: CredentialSpec): ProviderCredential & Named<'ProviderCredential'> {
  const connected = account.credentials.find(({ credentialId }) => credentialId === spec.id);
  const problem = account.problems.get(spec.id) ?? null;
  return {
    __typename: 'ProviderCredential',
    id: toEntityId('providerCredential', spec.id),
    name: spec.name,
    hint: spec.hint,
    status: statusOf(spec, problem),
    createdAt: spec.createdAt,
    retiresAt: spec.retiresAt,
    problem,
    health: toHealth(connected?.health.view() ?? null),
  };
}

function statusOf({ isEnabled, retiresAt }: CredentialSpec, problem: string | null): ProviderCredentialStatus {
  if (problem !== null) return 'UNUSABLE';
  if (!isEnabled) return 'DISABLED';
  return retiresAt === null ? 'ACTIVE' : 'RETIRING';
}

function toHealth(health: CredentialHealthView | null): ProviderCredentialHealth {
  return {
    lastSuccessAt: toDate(health?.lastSuccessAtMs),
    lastFailureAt: toDate(health?.lastFailureAtMs),
    lastFailureClass: toErrorClass(health?.lastFailureClass ?? null),
    lastFailureHttpStatus: health?.lastFailureHttpStatus ?? null,
    restsUntilAt: toDate(health?.restsUntilMs),
    headroom: health === null ? null : toHeadroom(health),
  };
}

function toHeadroom({ headroom, headroomAtMs }: CredentialHealthView): ProviderHeadroom | null {
  if (headroom === null || headroomAtMs === null) return null;
  const { requests, tokens } = headroom;
  const toWindow = (window: RateLimitWindow | undefined): ProviderHeadroom['requests'] =>
    window === undefined
      ? null
      : {
          limit: window.limit === null ? null : String(window.limit),
          remaining: String(window.remaining),
          resetsAt: window.resetMs === null ? null : new Date(headroomAtMs + window.resetMs),
        };
  return { reportedAt: new Date(headroomAtMs), requests: toWindow(requests), tokens: toWindow(tokens) };
}

function toDate(atMs: number | null | undefined): Date | null {
  return atMs == null ? null : new Date(atMs);
}

export function toCredentialTest(account: ConnectedAccount, test: CredentialTest): ProviderCredentialTest {
  const spec = account.spec.credentials.find(({ id }) => id === test.credentialId) as CredentialSpec;
  const { isWorking, httpStatus, message, durationMs } = test;
  const errorClass = toErrorClass(test.errorClass);
  return { credential: toProviderCredential(account, spec), isWorking, errorClass, httpStatus, message, durationMs };
}

export function toDiscoveredModel(model: DiscoveredModel): ProviderDiscoveredModel {
  const { displayName, createdAtSeconds, contextTokens, maxOutputTokens } = model;
  const createdAt = createdAtSeconds === null ? null : new Date(createdAtSeconds * 1000);
  return { name: model.model, displayName, createdAt, contextTokens, maxOutputTokens };
}

export function toModelAlias({ id, name, targets, source, createdAt, updatedAt }: Alias): ModelAlias & Named<'ModelAlias'> {
  return { __typename: 'ModelAlias', id: toEntityId('modelAlias', id), name, targets, source, createdAt, updatedAt };
}
