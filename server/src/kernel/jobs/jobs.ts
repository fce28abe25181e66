/**
 * Background work that survives a restart, on the same PostgreSQL, in a schema of its own. A job runs at least once and may run twice:
 * handlers are safe to repeat. Names are imperative (`CloseOrphans`).
 */
export interface Jobs {
  /** Says what a job does. Call before `start`; throws on a name that is taken or not in CamelCase. */
  register<Data extends object = JobData>(name: string, handler: JobHandler<Data>, options?: JobOptions): void;
  /**
   * Queues a job; this process looks at it at once, another one within `POLLING_SECONDS`. False when a job of a singleton (or cron) name
   * waits already: it will see what this call wanted. Rejects for unknown names, data over 64 KiB, and when the database cannot be reached.
   */
  enqueue(name: string, data?: object, options?: EnqueueOptions): Promise<boolean>;
  /** Creates or migrates the schema, then begins to work. */
  start(): Promise<void>;
  /** Takes no more jobs, waits for running handlers up to `timeoutMs` (default 10 s), aborts what is left. Safe to call twice. */
  stop(options?: { timeoutMs?: number }): Promise<void>;
}

export type JobData = Readonly<Record<string, unknown>>;

export interface JobRun<Data extends object = JobData> {
  readonly jobId: string;
  readonly data: Data;
  /** Aborted when the job takes longer than its `timeoutSeconds`, and when the process stops waiting for it. */
  readonly signal: AbortSignal;
  /** 0 for the first run. */
  readonly retryCount: number;
}

export type JobHandler<Data extends object = JobData> = (run: JobRun<Data>) => Promise<void>;

export interface JobOptions {
  /** Five cron fields, in UTC; begins up to half a minute late. Of all processes one runs it; a run that is still going is followed by at most one more. */
  readonly everyCron?: string;
  /** At most one job runs and one waits, over all processes. Always so for `everyCron`. Default false. */
  readonly singleton?: boolean;
  /** Runs after the first that failed, with growing pauses. Default 3. */
  readonly retryLimit?: number;
  /** Pause before the first retry; it doubles. Default 5. */
  readonly retryDelaySeconds?: number;
  /** A run that takes longer is failed and retried. Default 900. */
  readonly timeoutSeconds?: number;
}

export interface EnqueueOptions {
  readonly startAfterSeconds?: number;
}
