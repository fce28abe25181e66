import type { ClientConfig } from 'pg';
import { PgBoss, type ConstructorOptions, type JobWithMetadata } from 'pg-boss';
import { scrubText, type Logger } from '../telemetry/index.ts';
import type { EnqueueOptions, JobHandler, JobOptions, Jobs } from './jobs.ts';

/** How often a process looks for jobs that others queued. Its own it sees at once. */
export const POLLING_SECONDS = 15;

const SCHEMA = 'jobs';
const MAX_CONNECTIONS = 2;
const MAX_DATA_BYTES = 64 * 1024;
const DEFAULT_STOP_TIMEOUT_MS = 10_000;
const DAY_SECONDS = 86_400;
const NAME = /^[A-Z][A-Za-z0-9]{2,60}$/;

export interface JobsDeps {
  /** As `toClientConfig` gives it: a unix socket's folder is a host too. */
  readonly connection: ClientConfig;
  readonly log: Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>;
}

interface Registration {
  readonly name: string;
  readonly handler: JobHandler;
  readonly options: JobOptions;
  workerId: string | null;
}

/** Opens no connection before `start`; then at most two. */
export function createJobs(deps: JobsDeps): Jobs {
  return new PgBossJobs(deps);
}

class PgBossJobs implements Jobs {
  readonly #log: JobsDeps['log'];
  readonly #boss: PgBoss;
  readonly #registrations = new Map<string, Registration>();
  #state: 'new' | 'started' | 'stopped' = 'new';

  constructor(deps: JobsDeps) {
    this.#log = deps.log;
    this.#boss = new PgBoss({ ...toBossConnection(deps.connection), ...BOSS_OPTIONS });
    this.#boss.on('error', (error) => this.#log.warn({ error }, 'the job queue met an error; it tries again'));
    this.#boss.on('warning', ({ message }) => this.#log.warn({ warning: message }, 'the job queue warns'));
  }

  register<Data extends object>(name: string, handler: JobHandler<Data>, options: JobOptions = {}): void {
    if (this.#state !== 'new') throw new Error(`register ${name} before start(): the schedule is written then`);
    if (!NAME.test(name)) throw new RangeError(`${name} is no job name; use an imperative in CamelCase, such as CloseOrphans`);
    if (this.#registrations.has(name)) throw new Error(`the job ${name} is registered already`);
    // The data of a name is written by `enqueue` of the same name; the caller keeps the two types the same.
    this.#registrations.set(name, { name, handler: handler as unknown as JobHandler, options, workerId: null });
  }

  async enqueue(name: string, data: object = {}, options: EnqueueOptions = {}): Promise<boolean> {
    const registration = this.#registrations.get(name);
    if (registration === undefined) throw new RangeError(`there is no job ${name}; register it before start()`);
    const bytes = Buffer.byteLength(JSON.stringify(data));
    if (bytes > MAX_DATA_BYTES)
      throw new RangeError(`the data of ${name} has ${bytes} bytes; keep it under ${MAX_DATA_BYTES} and refer by id`);
    const { startAfterSeconds } = options;
    const id = await this.#boss.send(name, data, startAfterSeconds === undefined ? {} : { startAfter: startAfterSeconds });
    if (id !== null && startAfterSeconds === undefined && registration.workerId !== null) this.#boss.notifyWorker(registration.workerId);
    return id !== null;
  }

  async start(): Promise<void> {
    if (this.#state !== 'new') throw new Error('jobs are started once');
    this.#state = 'started';
    await this.#boss.start();
    for (const registration of this.#registrations.values()) await this.#open(registration);
    await this.#removeOldSchedules();
    this.#log.debug({ jobs: this.#registrations.size }, 'jobs are running');
  }

  async stop({ timeoutMs = DEFAULT_STOP_TIMEOUT_MS }: { timeoutMs?: number } = {}): Promise<void> {
    const isRunning = this.#state === 'started';
    this.#state = 'stopped';
    if (isRunning) await this.#boss.stop({ graceful: true, timeout: timeoutMs, close: true });
  }

  async #open(registration: Registration): Promise<void> {
    const { name, options } = registration;
    const queue = {
      retryLimit: options.retryLimit ?? 3,
      retryDelay: options.retryDelaySeconds ?? 5,
      retryBackoff: true,
      expireInSeconds: options.timeoutSeconds ?? 900,
      retentionSeconds: 7 * DAY_SECONDS,
      deleteAfterSeconds: DAY_SECONDS,
    };
    const isSingleton = options.singleton === true || options.everyCron !== undefined;
    // `stately`: one job in each state, so one runs while at most one waits.
    await this.#boss.createQueue(name, { ...queue, policy: isSingleton ? 'stately' : 'standard' });
    await this.#boss.updateQueue(name, queue);
    registration.workerId = await this.#boss.work(
      name,
      { batchSize: 1, pollingIntervalSeconds: POLLING_SECONDS, includeMetadata: true },
      async ([job]: JobWithMetadata[]) => {
        if (job !== undefined) await this.#run(registration, job);
      },
    );
    if (options.everyCron === undefined) await this.#boss.unschedule(name);
    else await this.#boss.schedule(name, options.everyCron, null, { tz: 'UTC' });
  }

  async #run({ name, handler }: Registration, job: JobWithMetadata): Promise<void> {
    try {
      // A scheduled job has null data.
      const data = (job.data as object | null) ?? {};
      await handler({ jobId: job.id, data: data as Record<string, unknown>, signal: job.signal, retryCount: job.retryCount });
    } catch (error) {
      const isLast = job.retryCount >= job.retryLimit;
      const fields = { job: name, jobId: job.id, retryCount: job.retryCount, error };
      if (isLast) this.#log.error(fields, `the job ${name} failed and is given up; its effect is missing until it runs again`);
      else this.#log.warn(fields, `the job ${name} failed and will be retried`);
      // What is thrown here is kept in the table: only the text, without the properties in which libraries keep whole requests.
      // oxlint-disable-next-line preserve-caught-error -- for the reason above
      throw new Error(scrubText(error instanceof Error ? error.message : String(error)));
    }
  }

  /** A job that no longer exists would be queued for ever and never run. */
  async #removeOldSchedules(): Promise<void> {
    for (const { name, key } of await this.#boss.getSchedules()) if (!this.#registrations.has(name)) await this.#boss.unschedule(name, key);
  }
}

/** Slow on purpose: an idle process costs a few statements a second and about a thousandth of a core. */
const BOSS_OPTIONS = {
  schema: SCHEMA,
  max: MAX_CONNECTIONS,
  application_name: 'antiphon:jobs',
  registerInstance: false,
  monitorVacuum: false,
  cronWorkerIntervalSeconds: 5,
  cronMonitorIntervalSeconds: 10,
  superviseIntervalSeconds: 60,
  monitorIntervalSeconds: 300,
  queueCacheIntervalSeconds: 300,
  maintenanceIntervalSeconds: 3_600,
  bamIntervalSeconds: 3_600,
  flowIntervalSeconds: 3_600,
  warningSlowQuerySeconds: 30,
  openTelemetry: { enabled: false },
} satisfies ConstructorOptions;

function toBossConnection(connection: ClientConfig): ConstructorOptions {
  const { connectionString, host, port, user, database, password, ssl } = connection;
  return {
    ...(connectionString === undefined ? {} : { connectionString }),
    ...(host === undefined ? {} : { host }),
    ...(port === undefined ? {} : { port }),
    ...(user === undefined ? {} : { user }),
    ...(database === undefined ? {} : { database }),
    ...(password === undefined ? {} : { password }),
    ...(ssl === undefined ? {} : { ssl }),
  };
}
