/**
 * Accounts at providers: written in the environment, in a file, or connected by people; their credentials, what was discovered there,
 * and aliases. Secrets are sealed before they reach the database and are never given out again. Changes come into force in this
 * process before the act resolves and in others within a second; calls in flight keep the provider they began with.
 */
export type { AccountSource, Alias, Discovery, Tenant } from './account.ts';
export { InvalidAccountError, type InputProblem } from './account.errors.ts';
export { DEFAULT_OVERLAP_SECONDS, MAX_ACCOUNTS, MAX_ALIASES, MAX_CREDENTIALS, MAX_OVERLAP_SECONDS, settingsOf } from './account.policy.ts';
export type { ConnectAccountInput, UpdateAccountInput } from './account.service.ts';
export type { CredentialTest } from './account-test.service.ts';
export type { ConnectedAccount } from './connected-account.ts';
export type { ConnectedCredential } from './connected-credential.ts';
export { openProviderManagement, type ProviderManagement, type ProviderManagementDeps } from './create-management.ts';
export type { ChangedCredential } from './credential.service.ts';
export type { CredentialHealthView } from './credential-health.ts';
export { LiveProviders } from './live-providers.ts';
export { parseProvidersFile, type ProvidersFile, type ProvidersFileSource } from './providers-file.ts';
export { readProvidersFile } from './read-providers-file.ts';
