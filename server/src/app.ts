import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { migrations } from '../migrations/index.ts';
import { toBanner, type Banner } from './banner.ts';
import { createGraphqlDoor, type GraphqlDoor } from './http/graphql/index.ts';
import { createHttpServer, type HttpServer } from './http/http-server.ts';
import { BackgroundResponses } from './http/openai/responses-background.ts';
import { createRestRoutes } from './http/rest-routes.ts';
import { createMetrics } from './http/ops/metrics.ts';
import { createOpsRoutes } from './http/ops/ops.routes.ts';
import { Readiness } from './http/ops/readiness.ts';
import { PrincipalReader } from './http/principal.ts';
import { Refusals } from './http/refusals.ts';
import { createLoginHandler } from './http/session/login.ts';
import { systemClock } from './kernel/clock/index.ts';
import type { Config } from './kernel/config/index.ts';
import { createCoordination, type Coordination } from './kernel/coordination/index.ts';
import {
  checkServer,
  createDataDir,
  createPools,
  migrate,
  startEmbeddedPostgres,
  toClientConfig,
  type DatabaseTarget,
  type EmbeddedPostgres,
  type Pools,
} from './kernel/db/index.ts';
import { createHttpClient } from './kernel/http-client/index.ts';
import { createIds } from './kernel/ids/index.ts';
import { createJobs } from './kernel/jobs/index.ts';
import type { Logger } from './kernel/telemetry/index.ts';
import { createCompletions, type Completions } from './modules/completions/index.ts';
import { createIdentity } from './modules/identity/index.ts';
import { createLedger, RERATE_JOB } from './modules/ledger/index.ts';
import {
  connectProviders,
  openProviderManagement,
  PriceBook,
  PriceList,
  readProvidersFile,
  toConnections,
} from './modules/providers/index.ts';
import { createResponses } from './modules/responses/index.ts';
import { Router } from './modules/routing/index.ts';

const { version } = JSON.parse(readFileSync(findPackageJSON(import.meta.url) as string, 'utf8')) as { version: string };

/** How long running calls may take to end after SIGTERM. */
const DRAIN_MS = 25_000;
/** How long calls that were cut off then may take to be settled. */
const SETTLE_MS = 3000;

export interface App {
  /** Builds everything in order and resolves when requests are served. */
  start(): Promise<Banner>;
  /** Stops in reverse order: doors first, the database last. Safe after a start that failed half-way. */
  stop(): Promise<void>;
}

/** The composition root: every object is built once, here. */
export function createApp({ config, log }: { config: Config; log: Logger }): App {
  const stops: (() => Promise<void> | void)[] = [];
  const onStop = (stop: () => Promise<void> | void): void => void stops.push(stop);

  async function start(): Promise<Banner> {
    await createDataDir(config.dataDir);
    const database = await openDatabase(config, log, onStop);
    const coordination = openCoordination(config, log, onStop);
    return assemble({ config, log, onStop, ...database, coordination });
  }

  async function stop(): Promise<void> {
    for (let next = stops.pop(); next !== undefined; next = stops.pop()) {
      try {
        await next();
      } catch (error) {
        log.error({ error }, 'a part did not stop cleanly; the others are stopped all the same');
      }
    }
  }

  return { start, stop };
}

type OnStop = (stop: () => Promise<void> | void) => void;

interface Database {
  readonly target: DatabaseTarget;
  readonly pools: Pools;
  readonly embedded: EmbeddedPostgres | null;
}

async function openDatabase(config: Config, log: Logger, onStop: OnStop): Promise<Database> {
  let target: DatabaseTarget;
  let embedded: EmbeddedPostgres | null = null;
  if (config.databaseUrl === null) {
    const { isDurable } = config.ledger;
    embedded = await startEmbeddedPostgres({
      dataDir: config.dataDir,
      log,
      ...(isDurable ? {} : { unsafeNoSync: true, allowDataLoss: 'only-in-a-test' as const }),
    });
    onStop(() => embedded?.stop());
    target = embedded.connection;
  } else target = config.databaseUrl;
  await checkServer(target);
  await migrate(target, { migrations, log });
  const pools = createPools(target, { log });
  onStop(() => pools.end());
  return { target, pools, embedded };
}

function openCoordination(config: Config, log: Logger, onStop: OnStop): Coordination {
  const coordination = createCoordination({ redisUrl: config.redisUrl }, { clock: systemClock, log });
  onStop(() => coordination.close());
  return coordination;
}

interface Parts extends Database {
  readonly config: Config;
  readonly log: Logger;
  readonly onStop: OnStop;
  readonly coordination: Coordination;
}

async function assemble({ config, log, onStop, target, pools, embedded, coordination }: Parts): Promise<Banner> {
  const clock = systemClock;
  const ids = createIds(clock);

  const identity = createIdentity({ pool: pools.admission, coordination, dataDir: config.dataDir, limits: config.limits, ids, clock, log });
  const secrets = await identity.bootstrap(config.init);
  onStop(() => identity.close());

  const httpClient = createHttpClient({ log, clock });
  onStop(() => httpClient.close());
  const priceBook = new PriceBook();
  const prices = new PriceList({ pool: pools.general, coordination, book: priceBook, clock, ids, log });
  await prices.start();
  onStop(() => prices.stop());
  const file = readProvidersFile(config.accounts);
  const shared = connectProviders({
    connections: toConnections(config.providers),
    accounts: file.accounts,
    prices: priceBook,
    dataDir: config.dataDir,
    httpClient,
    clock,
    ids,
    log,
  });
  const management = await openProviderManagement({
    pool: pools.general,
    shared,
    aliases: file.aliases,
    encryptionKey: { dataDir: config.dataDir, given: config.accounts.encryptionKey },
    privateOrigins: config.accounts.privateOrigins,
    coordination,
    httpClient,
    ids,
    clock,
    log,
  });
  onStop(() => management.close());
  const { providers } = management;

  const ledger = createLedger({
    pools,
    config: config.ledger,
    dataDir: config.dataDir,
    ids,
    clock,
    log,
    priceOf: (modelId, tokens, atMs) => providers.priceUsage(modelId, tokens, atMs),
  });
  await ledger.start();
  onStop(() => ledger.stop());

  const jobs = createJobs({ connection: toClientConfig(target), log });
  jobs.register('CloseOrphans', async () => void (await ledger.reconciler.closeOrphans()), { everyCron: '* * * * *' });
  jobs.register('RetireProviderCredentials', async () => void (await management.credentials.deleteRetired()), { everyCron: '* * * * *' });
  const responseStore = createResponses({ pool: pools.general, jobs, clock });
  jobs.register(RERATE_JOB, ({ signal }) => ledger.reratings.runOpen(signal), { everyCron: '* * * * *' });
  await jobs.start();
  onStop(() => jobs.stop());

  const { completions, recorder } = createCompletions({
    admission: identity.admission,
    ledger,
    router: new Router(providers),
    providers,
    settings: { ...config.limits, recordPayloads: config.ledger.recordPayloads, payloadMaxBytes: config.ledger.payloadMaxBytes },
    clock,
    ids,
    log,
  });
  onStop(() => recorder.close());
  onStop(() => completions.drain(SETTLE_MS));

  const metrics = createMetrics({
    isKnownModel: (modelId) => providers.hasModel(modelId),
    gauges: {
      requests_in_flight: { help: 'Calls that have not ended yet', read: () => completions.inFlight },
      ledger_queue_records: { help: 'Records that wait for their commit', read: () => ledger.stats().queuedEntries },
      ledger_journal_bytes: {
        help: 'Bytes in the local journal that PostgreSQL does not hold yet',
        read: () => ledger.stats().journalBytes,
      },
      ledger_parked_settlements: {
        help: 'Settlements that neither PostgreSQL nor the journal would take',
        read: () => recorder.parkedCount,
      },
    },
  });
  const principals = new PrincipalReader(identity);
  const refusals = new Refusals({ recorder, metrics, log });
  const graphql = await createGraphqlDoor({
    config,
    completions,
    ledger,
    identity,
    providers,
    management,
    prices,
    jobs,
    principals,
    refusals,
    metrics,
    clock,
    ids,
    log,
  });
  onStop(() => graphql.close());
  const background = new BackgroundResponses({ completions, store: responseStore, refusals, metrics, clock, log });
  onStop(() => background.close());
  const rest = createRestRoutes({
    completions,
    completionReads: ledger.completions,
    providers,
    principals,
    refusals,
    metrics,
    clock,
    ids,
    log,
    maxBodyBytes: config.http.maxBodyBytes,
    responses: { store: responseStore, background, isKeptByDefault: config.ledger.recordPayloads },
    version,
  });

  const readiness = new Readiness();
  const publicServer = createHttpServer({
    routes: {
      exact: { ...rest.exact, ...graphql.handlers, '/login': createLoginHandler(identity, '/graphiql') },
      prefixes: rest.prefixes ?? {},
    },
    onUpgrade: graphql.onUpgrade,
    clock,
    ids,
    log,
  });
  const opsServer = createHttpServer({
    routes: createOpsRoutes({
      readiness,
      version,
      metrics: metrics.registry,
      checks: {
        database: async () =>
          embedded?.isUp() === false ? 'the embedded PostgreSQL is being restarted' : (await pools.general.query('select 1'), null),
        coordination: async () => (await coordination.ping(), null),
        ledger: async () => (ledger.isHealthy() ? null : 'neither PostgreSQL nor the local journal takes records'),
      },
    }),
    clock,
    ids,
    log,
  });
  return serve({ config, publicServer, opsServer, graphql, completions, readiness, onStop }, secrets);
}

interface Servers {
  readonly config: Config;
  readonly publicServer: HttpServer;
  readonly opsServer: HttpServer;
  readonly graphql: GraphqlDoor;
  readonly completions: Completions;
  readonly readiness: Readiness;
  readonly onStop: OnStop;
}

async function serve(
  { config, publicServer, opsServer, graphql, completions, readiness, onStop }: Servers,
  secrets: Parameters<typeof toBanner>[1],
): Promise<Banner> {
  const { host, port, opsHost, opsPort } = config.http;
  const takenOpsPort = await opsServer.listen(opsHost, opsPort);
  onStop(() => opsServer.drain(0));
  const takenPort = await publicServer.listen(host, port);
  onStop(async () => {
    readiness.drain();
    await Promise.all([publicServer.drain(DRAIN_MS), graphql.drain(DRAIN_MS), completions.drain(DRAIN_MS)]);
  });
  readiness.started();
  return toBanner({ publicUrl: `http://${urlHost(host)}:${takenPort}`, opsUrl: `http://${urlHost(opsHost)}:${takenOpsPort}` }, secrets);
}

/** An address that a program on this machine can open, for a host to listen on. */
function urlHost(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}
