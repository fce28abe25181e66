import type { AdmissionService } from '../../identity/index.ts';
import type { Clock } from '../../../kernel/clock/index.ts';
import type { Stage } from '../exchange.ts';

export function createAdmitStage(deps: { admission: AdmissionService; clock: Clock }): Stage {
  return async (exchange, next) => {
    const { call } = exchange;
    const remainingMs = exchange.deadlineAtMs - deps.clock.monotonicMs();
    exchange.admission = await deps.admission.admit(call.principal, call.id, remainingMs);
    try {
      return await next();
    } finally {
      exchange.admission.release();
    }
  };
}
