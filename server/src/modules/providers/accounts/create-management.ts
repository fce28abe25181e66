import type { Pool } from 'pg';
import type { Clock } from '../../../kernel/clock/index.ts';
import type { Coordination } from '../../../kernel/coordination/index.ts';
import type { EncryptionKeySource } from '../../../kernel/crypto/index.ts';
import type { HttpClient } from '../../../kernel/http-client/index.ts';
import type { Ids } from '../../../kernel/ids/index.ts';
import type { Logger } from '../../../kernel/telemetry/index.ts';
import type { SharedProviders } from '../provider-registry.ts';
import { AccountLoader } from './account-loader.ts';
import { AccountReloader } from './account-reloader.ts';
import { AccountService } from './account.service.ts';
import { AccountTestService } from './account-test.service.ts';
import type { Alias } from './account.ts';
import { AliasService } from './alias.service.ts';
import type { ConnectDeps } from './connect-account.ts';
import { CredentialService } from './credential.service.ts';
import { openSecretBox } from './encryption-key.store.ts';
import { LiveProviders } from './live-providers.ts';
import type { ManagementDeps } from './management-deps.ts';

export interface ProviderManagementDeps {
  readonly pool: Pool;
  readonly shared: SharedProviders;
  /** Of the providers file. */
  readonly aliases: readonly Alias[];
  readonly encryptionKey: EncryptionKeySource;
  readonly privateOrigins: readonly string[];
  readonly coordination: Coordination;
  readonly httpClient: HttpClient;
  readonly ids: Ids;
  readonly clock: Clock;
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>;
}

export interface ProviderManagement {
  /** What the rest of the server works with: always as of now. */
  readonly providers: LiveProviders;
  readonly accounts: AccountService;
  readonly credentials: CredentialService;
  readonly tests: AccountTestService;
  readonly aliases: AliasService;
  /** Ends the following of changes, then every provider. */
  close(): Promise<void>;
}

/**
 * Puts what people connect on top of what all projects share, and follows changes. Rejects when the encryption key is missing or not
 * the one that the credentials in the database were sealed with.
 */
export async function openProviderManagement(deps: ProviderManagementDeps): Promise<ProviderManagement> {
  const { pool, shared, clock, ids, httpClient, log, coordination } = deps;
  const box = await openSecretBox(pool, deps.encryptionKey, ids);
  const live = new LiveProviders(shared, deps.aliases, clock);
  const connect: ConnectDeps = { catalogue: shared.directory.catalogue, httpClient, clock, ids, log };
  const privateOrigins = new Set(deps.privateOrigins);
  const loader = new AccountLoader({ pool, box, privateOrigins, log });
  const reloader = new AccountReloader({ pool, loader, live, connect, coordination, log });
  await reloader.start();
  const management: ManagementDeps = { pool, box, live, reloader, connect, privateOrigins, ids, clock };
  return {
    providers: live,
    accounts: new AccountService(management),
    credentials: new CredentialService(management),
    tests: new AccountTestService(management),
    aliases: new AliasService(management),
    close: async () => {
      await reloader.stop();
      await live.close();
    },
  };
}
