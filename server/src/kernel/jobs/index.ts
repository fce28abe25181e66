export { createJobs, POLLING_SECONDS, type JobsDeps } from './create-jobs.ts';
export type { EnqueueOptions, JobData, JobHandler, JobOptions, JobRun, Jobs } from './jobs.ts';
