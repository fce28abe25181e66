import type { Clock } from '../../kernel/clock/index.ts';
import type { Ids } from '../../kernel/ids/index.ts';
import type { Logger } from '../../kernel/telemetry/index.ts';
import type { AdmissionService } from '../identity/index.ts';
import type { Ledger } from '../ledger/index.ts';
import type { Providers } from '../providers/index.ts';
import type { Router } from '../routing/index.ts';
import { Completions, type CompletionsSettings } from './completions.service.ts';
import { createPipeline } from './pipeline.ts';
import { Recorder, type RecorderSettings } from './recorder.ts';
import { createAdmitStage } from './stages/admit.stage.ts';
import { createCallProviderStage } from './stages/call-provider.stage.ts';
import { createChooseRouteStage } from './stages/choose-route.stage.ts';
import { createClaimIdempotencyKeyStage } from './stages/claim-idempotency-key.stage.ts';

export interface CompletionsModule {
  readonly completions: Completions;
  readonly recorder: Recorder;
}

export interface CompletionsDeps {
  readonly admission: AdmissionService;
  readonly ledger: Pick<Ledger, 'writer' | 'idempotency'>;
  readonly router: Router;
  readonly providers: Providers;
  readonly settings: CompletionsSettings & RecorderSettings;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Logger;
}

export function createCompletions(deps: CompletionsDeps): CompletionsModule {
  const { clock, ids, log, settings, providers, ledger } = deps;
  const recorder = new Recorder({ writer: ledger.writer, settings, log });
  const pipeline = createPipeline({
    admit: createAdmitStage({ admission: deps.admission, clock }),
    claimIdempotencyKey: createClaimIdempotencyKeyStage({ idempotency: ledger.idempotency, clock }),
    chooseRoute: createChooseRouteStage({ router: deps.router, providers }),
    callProvider: createCallProviderStage({ recorder, providers, clock, ids, log, payloadMaxBytes: settings.payloadMaxBytes }),
  });
  return { completions: new Completions({ pipeline, recorder, clock, settings }), recorder };
}
