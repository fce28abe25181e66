import { HttpClientError } from '../../../kernel/http-client/index.ts';
import { AntiphonError } from '../../../kernel/errors/index.ts';
import type { Clock } from '../../../kernel/clock/index.ts';
import { ProviderError, type DiscoveredModel, type ProviderErrorClass } from '../contract.ts';
import { boundDiscovered } from '../shared/discovered-models.ts';
import type { Tenant } from './account.ts';
import { conflict, notFound } from './account.errors.ts';
import { SHARED_PROJECT_ID } from './change.store.ts';
import type { ConnectedAccount } from './connected-account.ts';
import type { ConnectedCredential } from './connected-credential.ts';
import { putDiscovery } from './discovery.store.ts';
import { accountOf, change, type ManagementDeps } from './management-deps.ts';

const TEST_TIMEOUT_MS = 10_000;
const DISCOVERY_TIMEOUT_MS = 30_000;

/** How a credential did when it was tried. */
export interface CredentialTest {
  readonly credentialId: string;
  readonly isWorking: boolean;
  /** Null when it works. */
  readonly errorClass: ProviderErrorClass | null;
  readonly httpStatus: number | null;
  /** A sentence of ours; never the provider's text. Null when it works. */
  readonly message: string | null;
  readonly durationMs: number;
}

/** Asks providers themselves: whether a credential works, and which models there are. */
export class AccountTestService {
  readonly #deps: ManagementDeps;

  constructor(deps: ManagementDeps) {
    this.#deps = deps;
  }

  /**
   * The provider's cheapest call with each credential, or with one; also for shared accounts. A failure is a result, not an error.
   * Throws NOT_FOUND, or CONFLICT when there is no credential to try.
   */
  async test(
    tenant: Tenant,
    accountId: string,
    credentialId: string | null,
  ): Promise<{ account: ConnectedAccount; tests: readonly CredentialTest[] }> {
    const account = accountOf(this.#deps, tenant, accountId, 'accountId');
    const credentials = account.credentials.filter((credential) => credentialId === null || credential.credentialId === credentialId);
    if (credentials.length === 0) {
      if (credentialId !== null && !account.problems.has(credentialId)) throw notFound('credential', 'credentialId');
      throw conflict([...account.problems.values()][0] ?? 'The account has no credential. Add one first.', 'accountId');
    }
    const tests = await Promise.all(credentials.map((credential) => tryCredential(credential, this.#deps.clock)));
    return { account, tests };
  }

  /**
   * Asks the provider for its models and keeps the list in the place of the one before. Throws NOT_FOUND, CONFLICT when the account
   * cannot be asked, PROVIDER_FAILED when the provider does not answer.
   */
  async discover(tenant: Tenant, accountId: string): Promise<ConnectedAccount> {
    const account = accountOf(this.#deps, tenant, accountId, 'accountId');
    const models = await this.#ask(account);
    const projectId = account.spec.source === 'MANAGED' ? tenant.projectId : SHARED_PROJECT_ID;
    const discoveredAt = new Date(this.#deps.clock.nowMs());
    await change(this.#deps, projectId, async (client) => putDiscovery(client, { accountId, projectId, discoveredAt, models }));
    return accountOf(this.#deps, tenant, accountId, 'accountId');
  }

  /** With one credential after the other until one may list. */
  async #ask(account: ConnectedAccount): Promise<readonly DiscoveredModel[]> {
    const candidates = account.candidates(this.#deps.clock.nowMs());
    if (candidates.length === 0) throw conflict('The account has no credential that may be used. Enable it, or add one.', 'accountId');
    let last: unknown = null;
    for (const credential of candidates) {
      if (credential.provider.listModels === undefined)
        throw conflict(
          `${account.spec.displayName} has no list of models that could be read. Name its models on the account.`,
          'accountId',
        );
      const release = credential.hold();
      try {
        const models = await credential.provider.listModels(AbortSignal.timeout(DISCOVERY_TIMEOUT_MS));
        credential.succeeded(null);
        return boundDiscovered(models);
      } catch (error) {
        last = error;
        if (error instanceof ProviderError) credential.failed(error);
      } finally {
        release();
      }
    }
    throw toDiscoveryError(last);
  }
}

function toDiscoveryError(error: unknown): unknown {
  if (!(error instanceof ProviderError)) return error;
  return new AntiphonError('PROVIDER_FAILED', `The models could not be listed. ${sentenceOf(error)}`, {
    path: ['input', 'accountId'],
    cause: error,
  });
}

async function tryCredential(credential: ConnectedCredential, clock: Clock): Promise<CredentialTest> {
  const { credentialId } = credential;
  const startedAtMs = clock.monotonicMs();
  const release = credential.hold();
  try {
    await credential.provider.probe(AbortSignal.timeout(TEST_TIMEOUT_MS));
    credential.succeeded(null);
    return {
      credentialId,
      isWorking: true,
      errorClass: null,
      httpStatus: null,
      message: null,
      durationMs: clock.monotonicMs() - startedAtMs,
    };
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    // Aborting is how our own time-out looks to an adapter.
    const failure = error.errorClass === 'cancelled' ? new ProviderError('timeout', 'the test took too long', { cause: error }) : error;
    credential.failed(failure);
    const { errorClass, httpStatus } = failure;
    return {
      credentialId,
      isWorking: false,
      errorClass,
      httpStatus,
      message: sentenceOf(failure),
      durationMs: clock.monotonicMs() - startedAtMs,
    };
  } finally {
    release();
  }
}

/** What whoever manages the account can do about it. */
function sentenceOf(error: ProviderError): string {
  if (isRefusedEgress(error))
    return 'The base URL leads to an address that is not on the public internet, which this server does not call. Whoever runs it can allow the origin by ANTIPHON_PRIVATE_ORIGINS.';
  switch (error.errorClass) {
    case 'auth':
      return 'The provider refuses the credential. Check that it was copied whole and belongs to this provider.';
    case 'quota':
      return 'The provider accepts the credential, but its quota or balance is used up.';
    case 'rate-limit':
      return 'The provider accepts the credential, but limits its calls for now.';
    case 'overloaded':
      return 'The provider is overloaded for now.';
    case 'timeout':
      return 'The provider did not answer in time. Check the base URL.';
    case 'transport':
      return 'No connection to the provider came about, or it broke. Check the base URL.';
    case 'malformed':
      return 'The answer makes no sense for this kind of provider. Check the base URL.';
    case 'not-found':
      return 'The provider knows no such address. Check the base URL.';
    case 'invalid':
    case 'too-long':
    case 'blocked':
    case 'cancelled':
      return 'The provider did not accept the test. Check the settings.';
  }
}

const MAX_CAUSES = 5;

function isRefusedEgress(error: unknown): boolean {
  let cause: unknown = error;
  for (let depth = 0; cause instanceof Error && depth < MAX_CAUSES; depth += 1) {
    if (cause instanceof HttpClientError) return cause.kind === 'egress-refused';
    cause = cause.cause;
  }
  return false;
}
