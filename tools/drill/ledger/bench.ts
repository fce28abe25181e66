import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { migrations } from '../../../server/migrations/index.ts';
import { systemClock } from '../../../server/src/kernel/clock/index.ts';
import { createPools, migrate, startEmbeddedPostgres } from '../../../server/src/kernel/db/index.ts';
import { createLogger } from '../../../server/src/kernel/telemetry/index.ts';
import { createLedger, type Ledger } from '../../../server/src/modules/ledger/index.ts';
import { ids, sampleCall, type SampleCall } from '../../../test/testkit/ledger.ts';

/**
 * What recording a call costs: processor time of this process and added time, on an embedded PostgreSQL with fsync.
 *
 *     npx tsx tools/drill/ledger/bench.ts --calls 20000 --concurrency 64
 */
const { values } = parseArgs({
  options: {
    calls: { type: 'string', default: '20000' },
    concurrency: { type: 'string', default: '64' },
    /** Bytes of each input and output. */
    payload: { type: 'string', default: '1000' },
  },
});
const [calls, concurrency, payloadBytes] = [Number(values.calls), Number(values.concurrency), Number(values.payload)];
const log = createLogger({ level: 'error' });

const CALLS_PER_LOT = 5;

interface Round {
  readonly cpuMicrosecondsPerCall: number;
  readonly callsPerSecond: number;
  readonly settleMs: { readonly p50: number; readonly p99: number };
  readonly callsPerBatch: number;
}

/** Samples are made in small lots outside the measured time, so that neither making nor keeping them is counted. */
async function runRound(ledger: Ledger): Promise<Round> {
  const before = ledger.stats();
  const settleMs: number[] = [];
  let [cpuMicroseconds, elapsedMs, done] = [0, 0, 0];
  while (done < calls) {
    const samples = makeSamples(concurrency * CALLS_PER_LOT);
    const cpu = process.cpuUsage();
    const sinceMs = systemClock.monotonicMs();
    await runLot(ledger, samples, settleMs);
    elapsedMs += systemClock.monotonicMs() - sinceMs;
    const { user, system } = process.cpuUsage(cpu);
    cpuMicroseconds += user + system;
    done += samples.length;
  }
  settleMs.sort((a, b) => a - b);
  const quantile = (q: number): number => settleMs[Math.floor(q * (settleMs.length - 1))] ?? Number.NaN;
  return {
    cpuMicrosecondsPerCall: cpuMicroseconds / done,
    callsPerSecond: (done / elapsedMs) * 1000,
    settleMs: { p50: quantile(0.5), p99: quantile(0.99) },
    callsPerBatch: (2 * done) / (ledger.stats().batches - before.batches),
  };
}

async function runLot(ledger: Ledger, samples: readonly SampleCall[], settleMs: number[]): Promise<void> {
  let next = 0;
  const work = async (): Promise<void> => {
    for (let sample = samples[next++]; sample !== undefined; sample = samples[next++]) {
      await ledger.writer.start(sample.request, sample.attempt, sample.input);
      const sinceMs = systemClock.monotonicMs();
      await ledger.writer.settle([sample.attemptSettled], sample.requestSettled, sample.output);
      settleMs.push(systemClock.monotonicMs() - sinceMs);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
}

function makeSamples(count: number): SampleCall[] {
  const text = 'The quick brown fox jumps over the lazy dog. '.repeat(Math.ceil(payloadBytes / 45)).slice(0, payloadBytes);
  return Array.from({ length: count }, (_, index) => {
    const json = JSON.stringify({ index, text });
    return sampleCall({ inputJson: json, outputJson: json });
  });
}

async function main(): Promise<void> {
  const dataDir = await mkdtemp(join('/tmp', 'antiphon-bench-'));
  const postgres = await startEmbeddedPostgres({ dataDir, log });
  const pools = createPools(postgres.connection, { log });
  try {
    await migrate(postgres.connection, { migrations, log });
    const config = { groupCommitWindowMs: 2, journalMaxBytes: 1024 * 1024, isDurable: true };
    const ledger = createLedger({ pools, config, dataDir, ids, clock: systemClock, log, priceOf: () => null });
    await ledger.start();
    for (let round = 1; round <= 4; round++) {
      const result = await runRound(ledger);
      console.log(JSON.stringify({ round, concurrency, payloadBytes, ...result }));
    }
    await ledger.stop();
  } finally {
    await pools.end();
    await postgres.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

await main();
