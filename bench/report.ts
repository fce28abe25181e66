/** The run as a person reads it: one table, the bars, and everything that makes the figures weaker than they look. */
import type { AccountingProof } from './accounting-proof.ts';
import { MAX_MEMORY_GROWTH, type CostRow } from './cost-row.ts';
import type { LatencyRow } from './latency-phase.ts';
import type { MemoryVerdict } from './memory-phase.ts';

/** Everything a run found; `--json` writes it as it is. */
export interface BenchReport {
  startedAt: string;
  durationSeconds: number;
  mode: 'full' | 'quick';
  machine: { cpu: string; cores: number; memoryGiB: number; kernel: string; node: string; loadAverage: number[] };
  commit: string;
  proxyClient: string;
  costs: CostRow[];
  latencies: LatencyRow[];
  addedFirstTokenMs: { door: string; p50Ms: number }[];
  memory: MemoryVerdict | undefined;
  accounting: AccountingProof | undefined;
  /** What makes the figures doubtful: noise, a generator at its limit, durability off. */
  warnings: string[];
  /** What fails the run. */
  failures: string[];
}

/** Pads cells to columns; the first column to the left, the others to the right. */
export function formatTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [header, ...rows];
  const widths = header.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)));
  const line = (row: readonly string[]): string =>
    widths.map((width, column) => (column === 0 ? (row[column] ?? '').padEnd(width) : (row[column] ?? '').padStart(width))).join('  ');
  return [line(header), widths.map((width) => '-'.repeat(width)).join('  '), ...rows.map(line)].join('\n');
}

const one = (value: number): string => value.toFixed(1);
const two = (value: number): string => value.toFixed(2);
const whole = (value: number): string => Math.round(value).toLocaleString('en');
const mib = (bytes: number): string => `${Math.round(bytes / 1048576)} MiB`;
const verdict = (isMet: boolean): string => (isMet ? 'pass' : 'FAIL');

/** The whole report as text. */
export function formatReport(report: BenchReport): string {
  const { machine } = report;
  const load = machine.loadAverage.map(two).join(' ');
  const head = [
    `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGiB} GiB, Linux ${machine.kernel}, Node ${machine.node}, load before the run ${load}`,
    `commit ${report.commit}, ${report.mode} run, ${Math.round(report.durationSeconds)} s, bare proxy with ${report.proxyClient}`,
  ];
  const sections = [head.join('\n'), costSection(report.costs)];
  if (report.latencies.length > 0) sections.push(latencySection(report.latencies));
  if (report.addedFirstTokenMs.length > 0) sections.push(firstTokenSection(report.addedFirstTokenMs));
  if (report.memory !== undefined) sections.push(memorySection(report.memory));
  if (report.accounting !== undefined) sections.push(accountingSection(report.accounting));
  if (report.warnings.length > 0) sections.push(['Read with care:', ...report.warnings.map((warning) => `  - ${warning}`)].join('\n'));
  sections.push(report.failures.length === 0 ? 'PASS' : ['FAIL:', ...report.failures.map((failure) => `  - ${failure}`)].join('\n'));
  return sections.join('\n\n');
}

function costSection(costs: readonly CostRow[]): string {
  const header = ['CPU', 'proxy µs', 'server µs', 'ratio', 'low–high', 'bar', '', 'PostgreSQL µs', 'proxy /s', 'server /s', 'of proxy'];
  const rows = costs.map((row) => {
    const rates =
      row.unit === 'call' ? [whole(row.proxyRate), whole(row.serverRate), two(row.serverRate / row.proxyRate)] : ['paced', 'paced', ''];
    return [
      `${row.name}, per ${row.unit}`,
      one(row.proxyMicroseconds),
      one(row.serverMicroseconds),
      two(row.ratio),
      `${two(row.ratioLow)}–${two(row.ratioHigh)}`,
      row.bar === undefined ? '' : `≤ ${two(row.bar)}`,
      row.bar === undefined ? '' : verdict(row.isMet),
      one(row.postgresMicroseconds),
      ...rates,
    ];
  });
  return formatTable(header, rows);
}

function latencySection(rows: readonly LatencyRow[]): string {
  const header = [
    'open loop at half load',
    'upstream',
    'calls/s',
    'proxy p50/p99 ms',
    'server p50/p99 ms',
    'added p50 ms',
    'added p99 ms',
    'CPU µs proxy/server',
  ];
  const cells = rows.map((row) => [
    row.name,
    `${row.upstreamLatencyMs} ms`,
    whole(row.ratePerSecond),
    `${two(row.proxy.p50Ms)} / ${two(row.proxy.p99Ms)}`,
    `${two(row.server.p50Ms)} / ${two(row.server.p99Ms)}`,
    two(row.addedP50Ms),
    two(row.addedP99Ms),
    `${one(row.proxyMicroseconds)} / ${one(row.serverMicroseconds)}`,
  ]);
  const lag = Math.max(...rows.flatMap((row) => [row.proxy.sendLagP99Ms, row.server.sendLagP99Ms]));
  return `${formatTable(header, cells)}\nThe generator sent up to ${two(lag)} ms late (p99), on both sides alike.`;
}

function firstTokenSection(doors: BenchReport['addedFirstTokenMs']): string {
  return `Added time to the first byte of a stream, p50: ${doors.map((door) => `${door.door} ${two(door.p50Ms)} ms`).join(', ')}`;
}

function memorySection(memory: MemoryVerdict): string {
  const percent = (memory.growth * 100).toFixed(1);
  return (
    `Memory, ${whole(memory.streams)} concurrent slow streams (${whole(memory.streamsServed)} served): idle ${mib(memory.idleBytes)}, start ${mib(memory.startBytes)}, ` +
    `mid ${mib(memory.midBytes)}, end ${mib(memory.endBytes)}, peak ${mib(memory.peakBytes)}; growth ${percent} %, bar ≤ ${MAX_MEMORY_GROWTH * 100} %: ${verdict(memory.isFlat)}`
  );
}

function accountingSection(proof: AccountingProof): string {
  const { counts } = proof;
  return (
    `Ledger: ${whole(proof.sent)} calls sent; started ${whole(counts.started)}, settled ${whole(counts.settled)}, abandoned ${counts.abandoned}, in flight ${counts.inFlight}, ` +
    `unexplained ${counts.unexplained}, balanced ${counts.isBalanced}; upstream saw ${whole(proof.upstreamCalls)}: ${verdict(proof.problems.length === 0)}`
  );
}
