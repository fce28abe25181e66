/**
 * The load generator as its own process. Forked by the bench it takes jobs over IPC; by hand it sends plain OpenAI chat calls:
 *
 *   node bench/load.ts --url http://127.0.0.1:9000/v1/chat/completions --concurrency 32 --seconds 5
 *   node bench/load.ts --url … --rate 1000 --seconds 5 [--chunks 100 --interval 10] [--key …] [--model …]
 */
import { parseArgs } from 'node:util';
import { DEFAULT_PLAN } from './fake-upstream-plan.ts';
import { runLoad, type LoadJob, type LoadResult } from './load-run.ts';
import { chatJob, chatStreamJob } from './scenarios.ts';

/** What the generator sends back for a job: its result, or why it could not run. */
export type LoadReply = { result: LoadResult } | { error: string };

function serveParent(): void {
  process.on('message', (job: LoadJob) => {
    runLoad(job).then(
      (result) => process.send?.({ result } satisfies LoadReply),
      (error: unknown) => process.send?.({ error: String(error) } satisfies LoadReply),
    );
  });
  process.on('disconnect', () => process.exit(0));
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      url: { type: 'string' },
      key: { type: 'string', default: 'none' },
      model: { type: 'string', default: 'gpt-4.1-mini' },
      concurrency: { type: 'string', default: '32' },
      rate: { type: 'string' },
      seconds: { type: 'string', default: '5' },
      chunks: { type: 'string' },
      interval: { type: 'string', default: '10' },
      latency: { type: 'string', default: '0' },
    },
  });
  if (values.url === undefined) throw new Error('Say what to load: --url http://127.0.0.1:<port>/v1/chat/completions');
  const durationMs = Number(values.seconds) * 1000;
  const loop =
    values.rate === undefined
      ? ({ mode: 'closed', concurrency: Number(values.concurrency), durationMs } as const)
      : ({ mode: 'open', ratePerSecond: Number(values.rate), durationMs } as const);
  const target = { openaiBaseUrl: values.url.replace(/\/chat\/completions$/, ''), apiKey: values.key, model: values.model };
  const plan = { ...DEFAULT_PLAN, latencyMs: Number(values.latency), intervalMs: Number(values.interval) };
  const job =
    values.chunks === undefined
      ? chatJob(target, plan, loop, 0)
      : chatStreamJob(target, { ...plan, chunks: Number(values.chunks) }, loop, 0);
  console.log(JSON.stringify(await runLoad(job), null, 2));
}

if (import.meta.main) {
  if (process.send === undefined) await main();
  else serveParent();
}
