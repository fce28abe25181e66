import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { CompletionOutcome } from '../../modules/completions/index.ts';

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300];
const OVERHEAD_SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1];
const NANO = 1e-9;

/** What `/metrics` shows. Labels come from closed sets or the catalogue; a model nobody knows is `other`, so that callers cannot make series. */
export interface Metrics {
  readonly registry: Registry;
  observeOutcome(door: string, outcome: CompletionOutcome): void;
  observeRefusal(door: string, code: string): void;
}

export interface MetricsSources {
  readonly isKnownModel: (modelId: string) => boolean;
  /** Gauges read at scrape time, by name (`antiphon_` is put in front) with their help text. */
  readonly gauges: Readonly<Record<string, { readonly help: string; readonly read: () => number }>>;
}

export function createMetrics(sources: MetricsSources): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Counter({
    name: 'antiphon_requests_total',
    help: 'Completions by door, model and outcome',
    labelNames: ['door', 'model', 'outcome'],
    registers,
  });
  const refusals = new Counter({
    name: 'antiphon_refusals_total',
    help: 'Requests turned away, by door and code',
    labelNames: ['door', 'code'],
    registers,
  });
  const attempts = new Counter({
    name: 'antiphon_attempts_total',
    help: 'Calls to providers, by provider and class of failure',
    labelNames: ['provider', 'error_class'],
    registers,
  });
  const tokens = new Counter({
    name: 'antiphon_tokens_total',
    help: 'Tokens by model and bucket',
    labelNames: ['model', 'bucket'],
    registers,
  });
  const cost = new Counter({
    name: 'antiphon_cost_usd_total',
    help: 'Cost by model; an approximation of the ledger in floating point',
    labelNames: ['model'],
    registers,
  });
  const duration = new Histogram({
    name: 'antiphon_request_duration_seconds',
    help: 'From taking a call in to its settlement',
    labelNames: ['door'],
    buckets: SECONDS,
    registers,
  });
  const overhead = new Histogram({
    name: 'antiphon_overhead_seconds',
    help: 'The part of the duration that is not waiting for providers',
    labelNames: ['door'],
    buckets: OVERHEAD_SECONDS,
    registers,
  });
  const firstToken = new Histogram({
    name: 'antiphon_time_to_first_token_seconds',
    help: 'From taking a streamed call in to its first output',
    labelNames: ['door'],
    buckets: SECONDS,
    registers,
  });
  for (const [name, { help, read }] of Object.entries(sources.gauges))
    new Gauge({
      name: `antiphon_${name}`,
      help,
      registers,
      collect() {
        this.set(read());
      },
    });

  return {
    registry,
    observeRefusal: (door, code) => refusals.inc({ door, code }),
    observeOutcome(door, { settlement, attempts: made, served }) {
      const model = served !== null && sources.isKnownModel(served.modelId) ? served.modelId : 'other';
      requests.inc({ door, model, outcome: settlement.outcome });
      duration.observe({ door }, settlement.durationMs / 1000);
      if (settlement.overheadMs !== null) overhead.observe({ door }, settlement.overheadMs / 1000);
      if (settlement.timeToFirstTokenMs !== null) firstToken.observe({ door }, settlement.timeToFirstTokenMs / 1000);
      for (const { started, settled } of made) attempts.inc({ provider: started.providerId, error_class: settled.errorClass ?? 'none' });
      const { inputTokens, outputTokens, cachedReadTokens, cacheWriteTokens, reasoningTokens } = settlement.tokens;
      for (const [bucket, count] of Object.entries({
        input: inputTokens,
        output: outputTokens,
        cached_read: cachedReadTokens,
        cache_write: cacheWriteTokens,
        reasoning: reasoningTokens,
      }))
        if (count > 0) tokens.inc({ model, bucket }, count);
      if (settlement.costNanoUsd !== null && settlement.costNanoUsd > 0n) cost.inc({ model }, Number(settlement.costNanoUsd) * NANO);
    },
  };
}
