import type { Clock } from '../../../kernel/clock/index.ts';
import type { Ids } from '../../../kernel/ids/index.ts';
import type { Completions } from '../../../modules/completions/index.ts';
import type { Identity, Principal } from '../../../modules/identity/index.ts';
import type { Ledger } from '../../../modules/ledger/index.ts';
import type { Providers } from '../../../modules/providers/index.ts';
import type { Metrics } from '../../ops/metrics.ts';

/** What every resolver knows of the operation it belongs to. */
export interface GraphqlContext {
  readonly principal: Principal;
  readonly requestId: string;
  /** Aborts when the caller is gone or the operation's deadline has passed. */
  readonly signal: AbortSignal;
  readonly receivedAtMs: number;
  readonly receivedAtMonotonicMs: number;
  /** `traceparent` and `tracestate` of the caller, where it sent them. */
  readonly traceHeaders: Readonly<Record<string, string>>;
}

/** What resolvers are built with. */
export interface GraphqlServices {
  readonly completions: Completions;
  readonly ledger: Pick<Ledger, 'completions' | 'accounting'>;
  readonly identity: Pick<Identity, 'tenancy'>;
  readonly providers: Providers;
  readonly metrics: Pick<Metrics, 'observeOutcome'>;
  readonly clock: Clock;
  readonly ids: Ids;
}
