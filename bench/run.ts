/**
 * npm run bench [-- --quick] [--json] [--control] [--compare-clients]
 *
 * Measures the built server against the bare proxy and prints one table. Exit code 0: every bar met; 1: a bar was missed, an answer was
 * wrong or a call is not in the ledger; 2: the bench could not run. See README.md for the method.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { durabilityProblems, proveAccounting, readAccounting } from './accounting-proof.ts';
import { compareClients, runControl } from './control.ts';
import { addedFirstToken, measureCalls, measureStreams, warmUp, type CostTools } from './cost-phase.ts';
import { measureLatency } from './latency-phase.ts';
import { NonceRanges, type TurnSample } from './measure.ts';
import { measureMemory } from './memory-phase.ts';
import { cpuMicrosecondsOf, descendantPids, machineCpuSeconds } from './process-stat.ts';
import { formatReport, type BenchReport } from './report.ts';
import { DEFAULT_PLAN } from './fake-upstream-plan.ts';
import { FULL, QUICK, type BenchSettings } from './settings.ts';
import {
  SentCounter,
  startGenerator,
  startProxyProcess,
  startServerProcess,
  startUpstreamProcess,
  stopEverything,
  workFolder,
  type Generator,
  type Subject,
  type UpstreamProcess,
} from './subjects.ts';

interface Bench {
  settings: BenchSettings;
  folder: string;
  upstream: UpstreamProcess;
  limit: Subject;
  server: Subject;
  generators: readonly [Generator, Generator];
  sent: SentCounter;
  nonces: NonceRanges;
  report: BenchReport;
}

function say(step: string): void {
  process.stderr.write(`bench: ${step}\n`);
}

/** Runs a phase; its failure becomes a line of the report, and the phases after it still run. */
async function phase(bench: Bench, name: string, act: () => Promise<void>): Promise<void> {
  say(name);
  try {
    await act();
  } catch (error) {
    bench.report.failures.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function emptyReport(mode: 'full' | 'quick'): BenchReport {
  return {
    startedAt: new Date().toISOString(),
    durationSeconds: 0,
    mode,
    machine: {
      cpu: cpus()[0]?.model ?? 'unknown',
      cores: cpus().length,
      memoryGiB: Math.round(totalmem() / 2 ** 30),
      kernel: release(),
      node: process.version,
      loadAverage: loadavg(),
    },
    commit: commitName(),
    proxyClient: 'undici',
    costs: [],
    latencies: [],
    addedFirstTokenMs: [],
    memory: undefined,
    accounting: undefined,
    warnings: [],
    failures: [],
  };
}

function commitName(): string {
  try {
    return execFileSync('git', ['describe', '--always', '--dirty', '--exclude', '*'], {
      cwd: import.meta.dirname,
      encoding: 'utf8',
    }).trim();
  } catch {
    return 'unknown';
  }
}

async function runBench(settings: BenchSettings, report: BenchReport): Promise<void> {
  const folder = workFolder();
  const stops: (() => Promise<void>)[] = [];
  const keep = <T extends { stop(): Promise<void> }>(started: T): T => {
    stops.unshift(() => started.stop());
    return started;
  };
  try {
    say('starting fake upstream, bare proxy and server');
    const upstream = keep(await startUpstreamProcess());
    const sent = new SentCounter();
    const generators = [sent.counting(keep(startGenerator())), sent.counting(keep(startGenerator()))] as const;
    const limit = keep(await startProxyProcess('proxy', upstream.url, 'undici'));
    const server = keep(await startServerProcess(upstream.url, folder));
    await measureAll({ settings, folder, upstream, limit, server, generators, sent, nonces: new NonceRanges(), report });
  } finally {
    for (const stop of stops) await stop();
    // The server's log stays when there is something to look up in it.
    if (report.failures.length === 0) rmSync(folder, { recursive: true, force: true });
  }
}

async function measureAll(bench: Bench): Promise<void> {
  const { settings, report, limit, server, generators, nonces } = bench;
  const tools: CostTools = { limit, measured: server, generator: generators[0], nonces };
  const machineBefore = machineCpuSeconds();
  const accountingBefore = server.graphql === undefined ? undefined : await readAccounting(server.graphql);
  await phase(bench, 'warm-up', () => warmUp(tools, settings.warmUpMs));
  await phase(bench, 'CPU per call', async () => {
    const { rows, samples } = await measureCalls(tools, settings.calls);
    report.costs.push(...rows);
    warnWhenGeneratorBound(report, samples);
  });
  await phase(bench, 'CPU per relayed chunk', async () => {
    const { rows, samples } = await measureStreams(tools, settings.streams);
    report.costs.push(...rows);
    report.addedFirstTokenMs.push(...addedFirstToken(samples, limit.name));
  });
  for (const upstreamLatencyMs of settings.latency.upstreamLatenciesMs) {
    await phase(bench, `latency at half load, upstream ${upstreamLatencyMs} ms`, () => latencyPhase(bench, upstreamLatencyMs));
  }
  await phase(bench, `memory under ${settings.memory.streams} streams`, async () => {
    report.memory = await measureMemory(server, settings.memory, { generators, nonces });
  });
  await phase(bench, 'proof of accounting', async () => {
    if (accountingBefore === undefined || server.graphql === undefined) return;
    const sent = bench.sent.sentTo(server);
    const { completions, streams } = await bench.upstream.stats();
    const upstreamCalls = completions + streams - bench.sent.sentTo(limit);
    report.accounting = await proveAccounting(server.graphql, accountingBefore, sent, upstreamCalls);
    const doubts = durabilityProblems(join(bench.folder, 'data'), descendantPids(server.pid, 'postgres'));
    report.failures.push(...report.accounting.problems, ...doubts);
  });
  warnWhenMachineWasBusy(bench, machineBefore);
  judge(report);
}

async function latencyPhase(bench: Bench, upstreamLatencyMs: number): Promise<void> {
  const { settings, report, limit, server, generators, nonces } = bench;
  const doors = (['chat/completions', 'completionCreate'] as const).flatMap((name) => {
    const row = report.costs.find((cost) => cost.name === name);
    return row === undefined ? [] : [{ name, ratePerSecond: Math.max(1, Math.round(row.serverRate / 2)) }];
  });
  if (doors.length === 0) throw new Error('the rate at half load is unknown, because the closed loop failed');
  const plan = { ...DEFAULT_PLAN, latencyMs: upstreamLatencyMs };
  const { rounds, turnMs } = settings.latency;
  const rows = await measureLatency(limit, server, doors, { rounds, turnMs, plan }, { generator: generators[0], nonces });
  report.latencies.push(...rows);
}

function warnWhenGeneratorBound(report: BenchReport, samples: readonly TurnSample[]): void {
  const bound = samples.filter(({ result }) => result.generatorCpuMicroseconds / 1000 > result.elapsedMs * 0.9);
  if (bound.length > 0)
    report.warnings.push(`The load generator was at its limit in ${bound.length} turns: rates there are the generator's.`);
}

/** CPU of everything on the machine that does not belong to the bench, as a share of all its cores. */
function warnWhenMachineWasBusy(bench: Bench, before: { busy: number; idle: number }): void {
  const after = machineCpuSeconds();
  const busy = after.busy - before.busy;
  const total = busy + after.idle - before.idle;
  const { server, limit, upstream, generators } = bench;
  const pids = [process.pid, upstream.pid, limit.pid, server.pid, ...generators.map((generator) => generator.pid)];
  const own = pids.reduce((sum, pid) => sum + cpuMicrosecondsOf(pid), server.postgresCpuMicroseconds()) / 1e6;
  const share = Math.max(0, busy - own) / total;
  if (share > 0.1) {
    bench.report.warnings.push(
      `Other processes used ${(share * 100).toFixed(0)} % of the machine: rates and latencies are too bad, CPU figures less so.`,
    );
  }
}

function judge(report: BenchReport): void {
  for (const row of report.costs) {
    if (!row.isMet)
      report.failures.push(`${row.name}: ${row.ratio.toFixed(2)} × the bare proxy's CPU per ${row.unit}, bar ${row.bar?.toFixed(2)}.`);
  }
  if (report.memory?.isFlat === false) report.failures.push('Memory is not flat under slow streams.');
}

function writeResult(report: BenchReport): string {
  const folder = join(import.meta.dirname, 'results');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${report.startedAt.slice(0, 16).replace(':', '')}.json`);
  writeFileSync(path, `${JSON.stringify(report, null, 2)}\n`);
  return path;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      control: { type: 'boolean', default: false },
      'compare-clients': { type: 'boolean', default: false },
    },
  });
  const settings = values.quick ? QUICK : FULL;
  if (values.control) {
    process.exitCode = (await runControl(settings)) ? 0 : 1;
    return;
  }
  if (values['compare-clients']) {
    await compareClients(settings);
    return;
  }
  const report = emptyReport(values.quick ? 'quick' : 'full');
  const startedAt = performance.now();
  await runBench(settings, report);
  report.durationSeconds = (performance.now() - startedAt) / 1000;
  console.log(`\n${formatReport(report)}`);
  if (values.json) say(`written to ${writeResult(report)}`);
  process.exitCode = report.failures.length === 0 ? 0 : 1;
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void stopEverything().then(() => process.exit(2)));
}
try {
  await main();
} catch (error) {
  process.stderr.write(`bench could not run: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
