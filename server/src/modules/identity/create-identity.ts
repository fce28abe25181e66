import type { Pool } from 'pg';
import type { Clock } from '../../kernel/clock/index.ts';
import type { Coordination } from '../../kernel/coordination/index.ts';
import type { Secret } from '../../kernel/crypto/index.ts';
import type { Ids } from '../../kernel/ids/index.ts';
import type { Logger } from '../../kernel/telemetry/index.ts';
import { AdmissionService, type AdmissionSettings } from './admission.service.ts';
import { ApiKeyService } from './api-key.service.ts';
import { ApiKeyStore } from './api-key.store.ts';
import { Authenticator } from './authenticator.service.ts';
import { bootstrap, type BootstrapDeps, type BootstrapSecrets } from './bootstrap.service.ts';
import { readOrCreatePepper } from './pepper.ts';
import { SessionService } from './session.service.ts';
import { TenancyReadModel } from './tenancy.read-model.ts';

export interface Identity {
  readonly authenticator: Authenticator;
  readonly sessions: SessionService;
  readonly admission: AdmissionService;
  readonly tenancy: TenancyReadModel;
  readonly apiKeys: ApiKeyService;
  /** Makes the first tenant and key; null when it was there already. */
  bootstrap(init: BootstrapDeps['init']): Promise<BootstrapSecrets | null>;
  close(): Promise<void>;
}

export interface IdentityDeps {
  readonly pool: Pool;
  readonly coordination: Coordination;
  readonly dataDir: string;
  readonly limits: AdmissionSettings;
  readonly ids: Ids;
  readonly clock: Clock;
  readonly log: Logger;
}

export function createIdentity(deps: IdentityDeps): Identity {
  const { pool, coordination, ids, clock, log } = deps;
  const pepper: Secret = readOrCreatePepper(deps.dataDir, ids);
  const authenticator = new Authenticator({ store: new ApiKeyStore(pool), pepper, clock, log });
  return {
    authenticator,
    sessions: new SessionService({ pool, coordination, ids, clock }),
    admission: new AdmissionService(coordination, deps.limits),
    tenancy: new TenancyReadModel(pool),
    apiKeys: new ApiKeyService({ pool, pepper, ids, clock }),
    bootstrap: (init) => bootstrap({ pool, pepper, ids, clock, init }),
    close: () => authenticator.close(),
  };
}
