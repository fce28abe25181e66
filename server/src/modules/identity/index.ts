/**
 * identity owns organizations, projects, API keys, sessions and admission.
 * It promises that a credential becomes a `Principal` in one place, that a revoked key stops working within a second, and that a
 * refused call consumes nothing. It never logs or returns a credential, but for the two that the first start shows
 * once and a key at the moment it is made.
 */
export { AdmissionService, type Admission } from './admission.service.ts';
export { displayPrefixOf, generateApiKey, hashApiKey, isWellFormedApiKey } from './api-key.policy.ts';
export { ApiKeyService, type NewApiKey } from './api-key.service.ts';
export type { ApiKeyRow } from './api-key.store.ts';
export type { BootstrapSecrets } from './bootstrap.service.ts';
export { createIdentity, type Identity } from './create-identity.ts';
export { readOrCreatePepper } from './pepper.ts';
export { SCOPES, type Principal, type Scope } from './principal.ts';
export { SESSION_TTL_MS } from './session.service.ts';
export type { TenantRow, ViewerRow } from './tenancy.read-model.ts';
