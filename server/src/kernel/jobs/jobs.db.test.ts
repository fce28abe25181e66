import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../../test/testkit/database.ts';
import { toClientConfig } from '../db/index.ts';
import { createLogger } from '../telemetry/index.ts';
import { createJobs, type JobRun, type Jobs } from './index.ts';

interface Line {
  readonly level: string;
  readonly job?: string;
  readonly msg: string;
}

let database: TestDatabase;
let sql: pg.Client;

beforeAll(async () => {
  database = await createTestDatabase();
  sql = new pg.Client(toClientConfig(database.connection));
  await sql.connect();
});
afterAll(async () => {
  await sql.end();
  await database.drop();
});

function open(): { jobs: Jobs & AsyncDisposable; lines: Line[] } {
  const lines: Line[] = [];
  const log = createLogger({ level: 'debug', destination: { write: (line) => void lines.push(JSON.parse(line) as Line) } });
  const jobs = createJobs({ connection: toClientConfig(database.connection), log });
  return { jobs: Object.assign(jobs, { [Symbol.asyncDispose]: () => jobs.stop() }), lines };
}

async function until(isTrue: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isTrue())) await delay(10);
}

async function statesOf(name: string): Promise<string[]> {
  const found = await sql.query<{ state: string }>('select state::text from jobs.job where name = $1 order by created_on', [name]);
  return found.rows.map((row) => row.state);
}

describe('jobs', () => {
  it('run what is queued at once, with its data, and over at most two connections', async () => {
    const { jobs } = open();
    await using _ = jobs;
    const runs: JobRun<{ id: string }>[] = [];
    jobs.register<{ id: string }>('SendNotice', async (run) => void runs.push(run));
    await jobs.start();
    const startMs = performance.now();
    expect(await jobs.enqueue('SendNotice', { id: 'a' })).toBe(true);
    await until(() => runs.length === 1);
    expect(performance.now() - startMs).toBeLessThan(3_000);
    expect(runs[0]).toMatchObject({ data: { id: 'a' }, retryCount: 0 });
    await until(async () => (await statesOf('SendNotice'))[0] === 'completed');
    const connections = await sql.query<{ count: number }>(
      "select count(*)::int from pg_stat_activity where application_name = 'antiphon:jobs' and datname = current_database()",
    );
    expect(connections.rows[0]?.count).toBeLessThanOrEqual(2);
  });

  it('retry a job that failed, keep only the text of its error, and say so once a run', async () => {
    const { jobs, lines } = open();
    await using _ = jobs;
    const failure = Object.assign(new Error('refused: Bearer abcdefghijklmnop'), { request: { key: 'hunter2' } });
    jobs.register('FailOnce', () => Promise.reject(failure), { retryLimit: 2 });
    await jobs.start();
    await jobs.enqueue('FailOnce');
    await until(async () => (await statesOf('FailOnce'))[0] === 'retry');
    const stored = await sql.query<{ output: string }>("select output::text from jobs.job where name = 'FailOnce' and output is not null");
    expect(stored.rows[0]?.output).toContain('refused: [redacted]');
    expect(stored.rows[0]?.output).not.toMatch(/hunter2|abcdefghijklmnop/);
    expect(lines.filter((line) => line.job === 'FailOnce')).toMatchObject([{ level: 'warn' }]);
  });

  it('report as an error what is given up', async () => {
    const { jobs, lines } = open();
    await using _ = jobs;
    jobs.register('FailAlways', () => Promise.reject(new Error('never')), { retryLimit: 0 });
    await jobs.start();
    await jobs.enqueue('FailAlways');
    await until(async () => (await statesOf('FailAlways'))[0] === 'failed');
    expect(lines.filter((line) => line.job === 'FailAlways')).toMatchObject([{ level: 'error' }]);
  });

  it('let one singleton run and one wait, over all processes', async () => {
    const first = open();
    const second = open();
    await using _first = first.jobs;
    await using _second = second.jobs;
    let running = 0;
    let most = 0;
    let runs = 0;
    let letGo: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (letGo = resolve));
    for (const { jobs } of [first, second]) {
      jobs.register(
        'CompactOnce',
        async () => {
          running += 1;
          most = Math.max(most, running);
          await gate;
          running -= 1;
          runs += 1;
        },
        { singleton: true },
      );
      await jobs.start();
    }
    expect(await first.jobs.enqueue('CompactOnce')).toBe(true);
    await until(() => running === 1);
    expect(await second.jobs.enqueue('CompactOnce')).toBe(true);
    expect(await first.jobs.enqueue('CompactOnce')).toBe(false);
    expect(await second.jobs.enqueue('CompactOnce')).toBe(false);
    letGo();
    await until(() => runs >= 1);
    expect(most).toBe(1);
  });

  it('keep the schedule of what is registered and drop the schedule of what is gone', async () => {
    const schedules = async (): Promise<unknown> =>
      (await sql.query('select name, cron, timezone from jobs.schedule order by name')).rows as unknown;
    {
      const { jobs } = open();
      await using _ = jobs;
      jobs.register('RollUpUsage', () => Promise.resolve(), { everyCron: '*/5 * * * *' });
      jobs.register('DropOld', () => Promise.resolve(), { everyCron: '0 3 * * *' });
      await jobs.start();
      expect(await schedules()).toEqual([
        { name: 'DropOld', cron: '0 3 * * *', timezone: 'UTC' },
        { name: 'RollUpUsage', cron: '*/5 * * * *', timezone: 'UTC' },
      ]);
    }
    const { jobs } = open();
    await using _ = jobs;
    jobs.register('RollUpUsage', () => Promise.resolve(), { everyCron: '*/10 * * * *' });
    await jobs.start();
    expect(await schedules()).toEqual([{ name: 'RollUpUsage', cron: '*/10 * * * *', timezone: 'UTC' }]);
  });

  it('wait for a running handler when stopped, and take nothing more', async () => {
    const { jobs } = open();
    let isDone = false;
    let isStarted = false;
    jobs.register('FinishLater', async () => {
      isStarted = true;
      await delay(300);
      isDone = true;
    });
    await jobs.start();
    await jobs.enqueue('FinishLater');
    await until(() => isStarted);
    await jobs.stop();
    expect(isDone).toBe(true);
    expect(await statesOf('FinishLater')).toEqual(['completed']);
    await jobs.stop();
  });

  it('do not wait for ever: a handler that hangs is aborted and its job runs again later', async () => {
    const { jobs } = open();
    let signal: AbortSignal | undefined;
    jobs.register('HangAround', (run) => {
      signal = run.signal;
      return new Promise(() => undefined);
    });
    await jobs.start();
    await jobs.enqueue('HangAround');
    await until(() => signal !== undefined);
    const startMs = performance.now();
    await jobs.stop({ timeoutMs: 1_000 });
    expect(performance.now() - startMs).toBeLessThan(5_000);
    expect(signal?.aborted).toBe(true);
    expect(await statesOf('HangAround')).toEqual(['retry']);
  });

  it('refuse names and data that make no job', async () => {
    const { jobs } = open();
    await using _ = jobs;
    const nothing = (): Promise<void> => Promise.resolve();
    expect(() => jobs.register('close orphans', nothing)).toThrow(RangeError);
    jobs.register('CloseOrphans', nothing);
    expect(() => jobs.register('CloseOrphans', nothing)).toThrow('registered already');
    await expect(jobs.enqueue('Unknown')).rejects.toThrow(RangeError);
    await expect(jobs.enqueue('CloseOrphans', { text: 'x'.repeat(70_000) })).rejects.toThrow('refer by id');
    await jobs.start();
    expect(() => jobs.register('TooLate', nothing)).toThrow('before start()');
  });
});
