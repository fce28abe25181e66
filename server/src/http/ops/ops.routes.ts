import type { Registry } from 'prom-client';
import { sendJson } from '../http-server.ts';
import type { Exchange, Handler, Routes } from '../route.ts';
import type { HealthCheck, Readiness } from './readiness.ts';

const CHECK_TIMEOUT_MS = 2000;

export interface OpsDeps {
  readonly readiness: Readiness;
  readonly checks: Readonly<Record<string, HealthCheck>>;
  readonly metrics: Registry;
  readonly version: string;
}

/**
 * Health and metrics. `/livez` says that the process runs and asks nothing of anybody; `/readyz` asks its dependencies and fails
 * while starting or draining; `/metrics` is Prometheus text. None of them calls a provider.
 */
export function createOpsRoutes(deps: OpsDeps): Routes {
  const live: Handler = (exchange) => sendJson(exchange.response, 200, { status: 'alive', version: deps.version });
  const ready: Handler = (exchange) => answerReadiness(exchange, deps);
  const metrics: Handler = async ({ response }) => {
    const text = await deps.metrics.metrics();
    response.writeHead(200, { 'content-type': deps.metrics.contentType, 'content-length': Buffer.byteLength(text) }).end(text);
  };
  return { exact: { '/livez': live, '/readyz': ready, '/health': ready, '/metrics': metrics } };
}

async function answerReadiness({ response }: Exchange, { readiness, checks, version }: OpsDeps): Promise<void> {
  const results = await Promise.all(Object.entries(checks).map(async ([name, check]) => [name, await runCheck(check)] as const));
  const problems: Record<string, string> = {};
  if (!readiness.isStarted) problems['process'] = 'still starting';
  if (readiness.isDraining) problems['process'] = 'draining: it finishes what it has and takes nothing new';
  for (const [name, problem] of results) if (problem !== null) problems[name] = problem;
  const isReady = Object.keys(problems).length === 0;
  sendJson(
    response,
    isReady ? 200 : 503,
    { status: isReady ? 'ready' : 'not ready', version, problems },
    isReady ? {} : { 'retry-after': '1' },
  );
}

async function runCheck(check: HealthCheck): Promise<string | null> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(`no answer within ${CHECK_TIMEOUT_MS} ms`), CHECK_TIMEOUT_MS);
  });
  try {
    return await Promise.race([check(), timeout]);
  } catch (error) {
    return error instanceof Error ? error.message : 'failed';
  } finally {
    clearTimeout(timer);
  }
}
