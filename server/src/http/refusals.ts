import { errorCatalogue, toLogFields, type AntiphonError } from '../kernel/errors/index.ts';
import type { Logger } from '../kernel/telemetry/index.ts';
import type { Recorder } from '../modules/completions/index.ts';
import type { Principal } from '../modules/identity/index.ts';
import type { Door } from '../modules/ledger/index.ts';
import type { Metrics } from './ops/metrics.ts';

export interface RefusedRequest {
  readonly requestId: string;
  readonly door: Door;
  readonly atMs: number;
  readonly error: AntiphonError;
  /** Status that was answered, where it is not the catalogue's (413, 415). */
  readonly httpStatus?: number;
  readonly principal: Principal | null;
}

/** Where doors report what they turned away: one ledger row, one log line, one count. */
export class Refusals {
  readonly #recorder: Recorder;
  readonly #metrics: Metrics;
  readonly #log: Logger;

  constructor(deps: { recorder: Recorder; metrics: Metrics; log: Logger }) {
    this.#recorder = deps.recorder;
    this.#metrics = deps.metrics;
    this.#log = deps.log;
  }

  report({ requestId, door, atMs, error, httpStatus, principal }: RefusedRequest): void {
    const decision = errorCatalogue[error.code];
    this.#metrics.observeRefusal(door, error.code);
    this.#log[decision.logLevel]({ requestId, door, ...toLogFields(error) }, 'request refused');
    this.#recorder.refuse({
      id: requestId,
      atMs,
      door,
      code: error.code,
      httpStatus: httpStatus ?? decision.httpStatus,
      organizationId: principal?.organizationId ?? null,
      projectId: principal?.projectId ?? null,
      apiKeyId: principal?.apiKeyId ?? null,
      detail: error.message,
    });
  }
}
