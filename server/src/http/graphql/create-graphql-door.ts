import type { Clock } from '../../kernel/clock/index.ts';
import type { AntiphonError } from '../../kernel/errors/index.ts';
import type { Config } from '../../kernel/config/index.ts';
import { buildSdlSchema } from '../../kernel/graphql-sdl/index.ts';
import * as generated from '../../generated/schema.ts';
import { sdlText } from '../../generated/sdl.ts';
import type { Jobs } from '../../kernel/jobs/index.ts';
import type { Ids } from '../../kernel/ids/index.ts';
import type { Logger } from '../../kernel/telemetry/index.ts';
import type { Completions } from '../../modules/completions/index.ts';
import type { Identity } from '../../modules/identity/index.ts';
import type { Ledger } from '../../modules/ledger/index.ts';
import type { PriceList, ProviderManagement, Providers } from '../../modules/providers/index.ts';
import type { UpgradeHandler } from '../http-server.ts';
import type { Metrics } from '../ops/metrics.ts';
import type { PrincipalReader } from '../principal.ts';
import type { Refusals } from '../refusals.ts';
import type { Handler } from '../route.ts';
import { GraphqlExecutor } from './executor/index.ts';
import { createGraphiqlHandler } from './graphiql/graphiql.handler.ts';
import { ApolloLane } from './http/apollo-lane.ts';
import { createGraphqlHandler, createStreamHandler } from './http/graphql-http.handler.ts';
import { GraphqlContext, type GraphqlCaller } from './graphql-context.ts';
import { createResolverContainer, resolverClasses } from './resolvers/index.ts';
import { WebSocketDoor } from './ws/websocket-door.ts';

/** Beyond the deadline of a call, so that it can still be settled and answered as one that took too long. */
const DEADLINE_GRACE_MS = 5000;

export interface GraphqlDoorDeps {
  readonly config: Pick<Config, 'environment' | 'http' | 'limits'>;
  readonly completions: Completions;
  readonly ledger: Ledger;
  readonly identity: Identity;
  readonly providers: Providers;
  readonly management: ProviderManagement;
  readonly prices: PriceList;
  readonly jobs: Pick<Jobs, 'enqueue'>;
  readonly principals: PrincipalReader;
  readonly refusals: Refusals;
  readonly metrics: Metrics;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Logger;
}

export interface GraphqlDoor {
  readonly handlers: Readonly<Record<string, Handler>>;
  readonly onUpgrade: UpgradeHandler;
  /**
   * Closes WebSockets as their operations end, all of them after `graceMs`. Call it while the HTTP server drains: that waits for sockets,
   * but cannot close them.
   */
  drain(graceMs: number): Promise<void>;
  /** Ends what is still connected. Safe after `drain`. */
  close(): Promise<void>;
}

/** Builds the GraphQL door: one executor behind HTTP, server-sent events and WebSocket. */
export async function createGraphqlDoor(deps: GraphqlDoorDeps): Promise<GraphqlDoor> {
  const report = (error: AntiphonError, { requestId, receivedAtMs, principal }: GraphqlCaller): void =>
    deps.refusals.report({ requestId, door: 'GRAPHQL', atMs: receivedAtMs, error, principal });
  const schema = buildSdlSchema({ sdlText, generated, resolverClasses, container: createResolverContainer({ ...deps, report }) });
  const executor = new GraphqlExecutor<GraphqlCaller>({
    schema,
    createContext: (caller) => new GraphqlContext(caller, deps.ledger.completions),
    report,
    deadlineMs: deps.config.limits.requestDeadlineMs + DEADLINE_GRACE_MS,
  });
  const apollo = new ApolloLane(schema, deps.log);
  await apollo.start();
  const httpDeps = { executor, apollo, principals: deps.principals, refusals: deps.refusals, maxBodyBytes: deps.config.http.maxBodyBytes };
  const sockets = new WebSocketDoor({ ...deps, schema, executor });
  return {
    handlers: {
      '/graphql': createGraphqlHandler(httpDeps),
      '/graphql/stream': createStreamHandler(httpDeps),
      '/graphiql': createGraphiqlHandler({ isOpen: deps.config.environment === 'development', principals: deps.principals }),
    },
    onUpgrade: sockets.onUpgrade,
    drain: (graceMs) => sockets.drain(graceMs),
    close: async () => {
      await sockets.close();
      await apollo.stop();
    },
  };
}
