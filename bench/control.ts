/**
 * Does the bench itself tell the truth? A proxy measured against its own twin must come out at 1, and a proxy that burns CPU on purpose must
 * miss the bars. And: which client makes the cheaper proxy.
 */
import type { CostRow } from './cost-row.ts';
import { measureCalls, measureStreams, warmUp, type CostTools } from './cost-phase.ts';
import { NonceRanges } from './measure.ts';
import { formatTable } from './report.ts';
import type { BenchSettings } from './settings.ts';
import { startGenerator, startProxyProcess, startUpstreamProcess, type Subject, type UpstreamProcess } from './subjects.ts';

/** CPU that the broken control burns per piece it relays (two per whole answer): about twice the cost of the bare proxy in both rows. */
const SLOW_MICROSECONDS = 30;
/** A twin may differ by this much; more, and the machine is too noisy to judge anything. */
const TWIN_TOLERANCE = 0.15;

async function rowsOf(settings: BenchSettings, limit: Subject, measured: Subject): Promise<CostRow[]> {
  const generator = startGenerator();
  try {
    const tools: CostTools = { limit, measured, generator, nonces: new NonceRanges() };
    await warmUp(tools, settings.warmUpMs);
    const calls = await measureCalls(tools, settings.calls);
    const streams = await measureStreams(tools, settings.streams);
    return [...calls.rows, ...streams.rows];
  } finally {
    await generator.stop();
  }
}

async function withProxies<T>(
  start: (upstream: UpstreamProcess) => Promise<Subject>[],
  act: (limit: Subject, others: Subject[]) => Promise<T>,
): Promise<T> {
  const upstream = await startUpstreamProcess();
  const subjects: Subject[] = [];
  try {
    for (const starting of start(upstream)) subjects.push(await starting);
    const [limit, ...others] = subjects;
    if (limit === undefined) throw new Error('No proxy was started.');
    return await act(limit, others);
  } finally {
    for (const subject of subjects) await subject.stop();
    await upstream.stop();
  }
}

function table(title: string, rows: readonly CostRow[]): string {
  const header = [title, 'first µs', 'second µs', 'ratio', 'low–high', 'bar', ''];
  const cells = rows.map((row) => [
    `${row.name}, per ${row.unit}`,
    row.proxyMicroseconds.toFixed(1),
    row.serverMicroseconds.toFixed(1),
    row.ratio.toFixed(2),
    `${row.ratioLow.toFixed(2)}–${row.ratioHigh.toFixed(2)}`,
    row.bar === undefined ? '' : `≤ ${row.bar.toFixed(2)}`,
    row.isMet ? 'pass' : 'FAIL',
  ]);
  return formatTable(header, cells);
}

/** True when the twin comes out at 1 ± 0.15 in every row and the slowed proxy misses every bar. */
export async function runControl(settings: BenchSettings): Promise<boolean> {
  return withProxies(
    ({ url }) => [
      startProxyProcess('proxy', url, 'undici'),
      startProxyProcess('twin', url, 'undici'),
      startProxyProcess('slowed', url, 'undici', SLOW_MICROSECONDS),
    ],
    async (limit, [twin, slowed]) => {
      if (twin === undefined || slowed === undefined) throw new Error('A proxy is missing.');
      const twinRows = await rowsOf(settings, limit, twin);
      console.log(`${table('proxy and its twin', twinRows)}\n`);
      const slowedRows = await rowsOf(settings, limit, slowed);
      console.log(`${table(`proxy and one that burns ${SLOW_MICROSECONDS} µs`, slowedRows)}\n`);
      const isTwinEqual = twinRows.every((row) => Math.abs(row.ratio - 1) <= TWIN_TOLERANCE);
      const isSlowedCaught = slowedRows.every((row) => !row.isMet);
      console.log(
        `twin at 1 ± ${TWIN_TOLERANCE}: ${isTwinEqual ? 'yes' : 'NO'}; slowed proxy misses every bar: ${isSlowedCaught ? 'yes' : 'NO'}`,
      );
      return isTwinEqual && isSlowedCaught;
    },
  );
}

/** Prints what the bare proxy costs with node:http's client instead of undici's. */
export async function compareClients(settings: BenchSettings): Promise<void> {
  await withProxies(
    ({ url }) => [startProxyProcess('undici', url, 'undici'), startProxyProcess('http', url, 'http')],
    async (limit, [other]) => {
      if (other === undefined) throw new Error('A proxy is missing.');
      console.log(table('bare proxy: undici, then node:http', await rowsOf(settings, limit, other)));
    },
  );
}
