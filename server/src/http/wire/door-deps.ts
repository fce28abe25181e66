import type { Clock } from '../../kernel/clock/index.ts';
import type { Ids } from '../../kernel/ids/index.ts';
import type { Logger } from '../../kernel/telemetry/index.ts';
import type { Completions } from '../../modules/completions/index.ts';
import type { Principal } from '../../modules/identity/index.ts';
import type { CompletionReadModel } from '../../modules/ledger/index.ts';
import type { JsonObject, Providers } from '../../modules/providers/index.ts';
import type { ResponseStore } from '../../modules/responses/index.ts';
import type { BackgroundResponses } from '../openai/responses-background.ts';
import type { Metrics } from '../ops/metrics.ts';
import type { PrincipalReader } from '../principal.ts';
import type { Refusals } from '../refusals.ts';
import type { Exchange } from '../route.ts';
import type { WireDialect } from './wire-dialect.ts';

/** What the REST doors ask of the rest of the server. */
export interface DoorDeps {
  readonly completions: Completions;
  readonly completionReads: CompletionReadModel;
  readonly providers: Providers;
  readonly principals: PrincipalReader;
  readonly refusals: Refusals;
  readonly metrics: Metrics;
  readonly clock: Clock;
  readonly ids: Pick<Ids, 'uuidv7'>;
  readonly log: Pick<Logger, 'warn'>;
  readonly maxBodyBytes: number;
  readonly responses: KeptResponses;
  /** Of this server. */
  readonly version: string;
}

/** Where responses are kept, and where those run that nobody waits for. */
export interface KeptResponses {
  readonly store: ResponseStore;
  readonly background: BackgroundResponses;
  /** Whether a response is kept whose caller says nothing about it: not where the operator records no payloads. */
  readonly isKeptByDefault: boolean;
}

/** A request whose caller is known. */
export interface DoorQuery {
  readonly exchange: Exchange;
  readonly principal: Principal;
  readonly deps: DoorDeps;
  readonly dialect: WireDialect;
}

/** A POST whose caller is known and whose body is a JSON object. */
export interface DoorCall extends DoorQuery {
  readonly raw: Buffer;
  readonly body: { readonly json: JsonObject; readonly text: string };
}
