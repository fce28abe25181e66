/** Runs one load job: closed loop (a fixed number of callers) or open loop (a fixed schedule of arrivals). */
import { AnswerChecks, type AnswerExpectation } from './answer-check.ts';
import { ArrivalSchedule } from './arrival-schedule.ts';
import { Histogram, type LatencySummary } from './histogram.ts';
import { LoadConnection, type CallOutcome } from './load-connection.ts';

export type LoopPlan =
  | {
      mode: 'closed';
      concurrency: number;
      durationMs: number;
      /** Spreads the callers' first calls evenly over this time. Default 0. */
      rampMs?: number;
    }
  | {
      mode: 'open';
      ratePerSecond: number;
      durationMs: number;
      /** Arrivals beyond this many calls in flight wait, and the wait counts as latency. Default 1,000. */
      maxConnections?: number;
    };

export interface LoadJob {
  /** `http://host:port/path`; plain HTTP only. */
  url: string;
  headers: Record<string, string>;
  /** May hold `NONCE` once: every call gets its own 12 letters there, so that nothing can answer from a cache. */
  body: string;
  /** First nonce of the job; jobs of one bench run take disjoint ranges. */
  firstNonce: number;
  expectation: AnswerExpectation;
  loop: LoopPlan;
  /** Calls still open this long after the last one was sent fail. Default 30,000 ms. */
  drainMs?: number;
}

export interface LoadResult {
  sent: number;
  right: number;
  failed: number;
  /** The first few distinct reasons. */
  failures: string[];
  /** From intended start (open) or send (closed) to the end of the answer. */
  latency: LatencySummary;
  /** The same start to the first byte of the body. */
  firstByte: LatencySummary;
  /** Open loop: how late the generator itself sent. When this is large, the run measured the generator. */
  sendLag: LatencySummary;
  /** First send to last end. */
  elapsedMs: number;
  /** Right answers per second of `elapsedMs`. */
  ratePerSecond: number;
  events: number;
  bytes: number;
  generatorCpuMicroseconds: number;
}

/** Placeholder in `LoadJob.body`, as long as what replaces it. */
export const NONCE = '{nonce-here}';
const MAX_REASONS = 5;
const READY_CONNECTIONS = 32;

/** Runs the job to its end and closes every connection it opened. Rejects only when the target cannot be reached at all. */
export async function runLoad(job: LoadJob): Promise<LoadResult> {
  const run = new LoadRun(job);
  return job.loop.mode === 'closed' ? run.closed(job.loop) : run.open(job.loop);
}

class LoadRun {
  readonly #job: LoadJob;
  readonly #hostname: string;
  readonly #port: number;
  readonly #template: Buffer;
  readonly #nonceAt: number;
  readonly #checks: AnswerChecks;
  readonly #latency = new Histogram();
  readonly #firstByte = new Histogram();
  readonly #sendLag = new Histogram();
  readonly #connections = new Set<LoadConnection>();
  readonly #failures = new Set<string>();
  #sent = 0;
  #failed = 0;
  #events = 0;
  #bytes = 0;
  #lastEndAt = 0;

  constructor(job: LoadJob) {
    this.#job = job;
    const { hostname, port } = new URL(job.url);
    this.#hostname = hostname;
    this.#port = Number(port);
    this.#template = requestBytes(job);
    this.#nonceAt = this.#template.indexOf(NONCE);
    this.#checks = new AnswerChecks(job.expectation);
  }

  async closed(loop: Extract<LoopPlan, { mode: 'closed' }>): Promise<LoadResult> {
    const cpuBefore = process.cpuUsage();
    const startedAt = performance.now();
    const until = startedAt + loop.durationMs;
    const stepMs = (loop.rampMs ?? 0) / loop.concurrency;
    const timeout = this.#failStragglersAfter(loop.durationMs);
    const callers = Array.from({ length: loop.concurrency }, async (_, index) => {
      if (stepMs > 0) await new Promise((resolve) => setTimeout(resolve, index * stepMs));
      let connection = await this.#connect();
      while (performance.now() < until) {
        if (!connection.isUsable) connection = await this.#connect();
        await this.#call(connection, performance.now());
      }
    });
    await Promise.all(callers);
    clearTimeout(timeout);
    return this.#result(startedAt, cpuBefore);
  }

  async open(loop: Extract<LoopPlan, { mode: 'open' }>): Promise<LoadResult> {
    const limit = loop.maxConnections ?? 1000;
    const idle = await Promise.all(Array.from({ length: Math.min(READY_CONNECTIONS, limit) }, () => this.#connect()));
    const schedule = new ArrivalSchedule(loop.ratePerSecond, loop.durationMs);
    const cpuBefore = process.cpuUsage();
    const startedAt = performance.now();
    const timeout = this.#failStragglersAfter(loop.durationMs);
    const waiting: number[] = [];
    let inFlight = 0;
    await new Promise<void>((resolve, reject) => {
      const start = async (intendedAt: number): Promise<void> => {
        inFlight += 1;
        let connection = idle.pop();
        if (connection === undefined || !connection.isUsable) connection = await this.#connect();
        this.#sendLag.record((performance.now() - intendedAt) * 1000);
        await this.#call(connection, intendedAt);
        inFlight -= 1;
        if (connection.isUsable) idle.push(connection);
        const next = waiting.shift();
        if (next !== undefined) void start(next).catch(reject);
        else if (schedule.isExhausted && inFlight === 0) resolve();
      };
      const tick = (): void => {
        const elapsedMs = performance.now() - startedAt;
        for (const intendedMs of schedule.takeDue(elapsedMs)) {
          if (inFlight < limit) void start(startedAt + intendedMs).catch(reject);
          else waiting.push(startedAt + intendedMs);
        }
        const waitMs = schedule.msToNext(performance.now() - startedAt);
        if (waitMs !== undefined) setTimeout(tick, waitMs);
      };
      tick();
    });
    clearTimeout(timeout);
    return this.#result(startedAt, cpuBefore);
  }

  async #connect(): Promise<LoadConnection> {
    const connection = await LoadConnection.open(this.#hostname, this.#port);
    this.#connections.add(connection);
    return connection;
  }

  #call(connection: LoadConnection, intendedAt: number): Promise<void> {
    return new Promise((resolve) => {
      connection.call(this.#nextRequest(), this.#checks.next(), (outcome) => {
        this.#record(outcome, intendedAt);
        if (!connection.isUsable) this.#connections.delete(connection);
        resolve();
      });
    });
  }

  #nextRequest(): Buffer {
    const request = Buffer.from(this.#template);
    if (this.#nonceAt >= 0) request.write(nonceText(this.#job.firstNonce + this.#sent), this.#nonceAt, 'latin1');
    this.#sent += 1;
    return request;
  }

  #record(outcome: CallOutcome, intendedAt: number): void {
    this.#lastEndAt = outcome.endedAt;
    this.#events += outcome.check.events;
    this.#bytes += outcome.check.bytes;
    if (outcome.failure !== undefined) {
      this.#failed += 1;
      if (this.#failures.size < MAX_REASONS) this.#failures.add(outcome.failure);
      return;
    }
    this.#latency.record((outcome.endedAt - intendedAt) * 1000);
    if (outcome.firstByteAt !== undefined) this.#firstByte.record((outcome.firstByteAt - intendedAt) * 1000);
  }

  #failStragglersAfter(durationMs: number): NodeJS.Timeout {
    const drainMs = this.#job.drainMs ?? 30_000;
    return setTimeout(() => {
      for (const connection of this.#connections) connection.close(`no whole answer within ${drainMs} ms after the end of the run`);
    }, durationMs + drainMs);
  }

  #result(startedAt: number, cpuBefore: NodeJS.CpuUsage): LoadResult {
    const cpu = process.cpuUsage(cpuBefore);
    for (const connection of this.#connections) connection.close('run over');
    const elapsedMs = this.#lastEndAt - startedAt;
    const right = this.#latency.count;
    return {
      sent: this.#sent,
      right,
      failed: this.#failed,
      failures: [...this.#failures],
      latency: this.#latency.summary(),
      firstByte: this.#firstByte.summary(),
      sendLag: this.#sendLag.summary(),
      elapsedMs,
      ratePerSecond: elapsedMs > 0 ? (right / elapsedMs) * 1000 : 0,
      events: this.#events,
      bytes: this.#bytes,
      generatorCpuMicroseconds: cpu.user + cpu.system,
    };
  }
}

/** Letters, because guards rightly take twelve digits for a card or a telephone number. */
function nonceText(value: number): string {
  let text = '';
  for (let rest = value; text.length < NONCE.length; rest = Math.floor(rest / 26)) text = String.fromCharCode(97 + (rest % 26)) + text;
  return text;
}

function requestBytes(job: LoadJob): Buffer {
  const { host, pathname, search } = new URL(job.url);
  const headers = { host, 'content-type': 'application/json', ...job.headers, 'content-length': String(Buffer.byteLength(job.body)) };
  const block = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`POST ${pathname}${search} HTTP/1.1\r\n${block.join('')}\r\n${job.body}`);
}
