import type { Pool } from 'pg';
import type { Clock } from '../../kernel/clock/index.ts';
import type { Jobs } from '../../kernel/jobs/index.ts';
import { ResponseStore } from './response.store.ts';
import { deleteExpiredResponses, failLostResponses } from './retention.job.ts';

/** The store, with its jobs registered. */
export function createResponses({ pool, jobs, clock }: { pool: Pool; jobs: Pick<Jobs, 'register'>; clock: Clock }): ResponseStore {
  jobs.register('DeleteExpiredResponses', async () => void (await deleteExpiredResponses(pool, clock.nowMs())), {
    everyCron: '17 * * * *',
  });
  jobs.register('FailLostResponses', async () => void (await failLostResponses(pool, clock.nowMs())), { everyCron: '* * * * *' });
  return new ResponseStore(pool);
}
