import type { Provider, ProviderError, UpstreamResponse } from '../contract.ts';
import type { CredentialUse } from '../providers.ts';
import type { CredentialSpec } from './account.ts';
import type { CredentialHealth } from './credential-health.ts';
import type { HeldProvider } from './held-provider.ts';

/** A credential with the provider that was made of it and what this process has seen of it. */
export class ConnectedCredential implements CredentialUse {
  readonly spec: CredentialSpec;
  readonly held: HeldProvider;
  readonly health: CredentialHealth;
  readonly #retiresAtMs: number;

  constructor(spec: CredentialSpec, held: HeldProvider, health: CredentialHealth) {
    this.spec = spec;
    this.held = held;
    this.health = health;
    this.#retiresAtMs = spec.retiresAt?.getTime() ?? Infinity;
  }

  get credentialId(): string {
    return this.spec.id;
  }

  get provider(): Provider {
    return this.held.provider;
  }

  isUsable(nowMs: number): boolean {
    return this.spec.isEnabled && nowMs < this.#retiresAtMs;
  }

  /** Whether another one takes its place. */
  get isRetiring(): boolean {
    return this.#retiresAtMs !== Infinity;
  }

  hold(): () => void {
    return this.held.hold();
  }

  succeeded(upstream: UpstreamResponse | null): void {
    this.health.succeeded(upstream);
  }

  failed(error: ProviderError): void {
    this.health.failed(error);
  }
}
