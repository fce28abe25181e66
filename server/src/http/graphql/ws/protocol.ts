import {
  GraphQLError,
  type ExecutionArgs,
  type ExecutionResult,
  type FormattedExecutionResult,
  type GraphQLFormattedError,
  type GraphQLSchema,
} from 'graphql';
import { makeServer, type Server, type SubscribePayload } from 'graphql-ws';
import type { Clock } from '../../../kernel/clock/index.ts';
import { AntiphonError, toAntiphonError } from '../../../kernel/errors/index.ts';
import type { Ids } from '../../../kernel/ids/index.ts';
import type { Principal } from '../../../modules/identity/index.ts';
import type { Refusals } from '../../refusals.ts';
import { toRequestFailure, type GraphqlExecutor, type PreparedOperation } from '../executor/index.ts';
import { readTraceHeaders } from '../graphql-caller.ts';
import type { GraphqlCaller } from '../graphql-context.ts';
import type { ClientSocket } from './client-socket.ts';
import { CloseCode, type SocketLimits } from './socket-limits.ts';
import type { SocketSession } from './socket-session.ts';

export interface ProtocolDeps {
  readonly schema: GraphQLSchema;
  readonly executor: GraphqlExecutor<GraphqlCaller>;
  readonly refusals: Refusals;
  readonly limits: SocketLimits;
  readonly clock: Clock;
  readonly ids: Ids;
}

/** What belongs to one socket. */
export interface SocketExtra {
  readonly client: ClientSocket;
  readonly session: SocketSession;
}

/** What `onSubscribe` hands on to `execute` and `subscribe`. */
interface WaitingOperation {
  readonly prepared: PreparedOperation;
  readonly caller: GraphqlCaller;
  /** Counts it off again. */
  readonly end: () => void;
}

/** An error that is shown as it was formatted by us. */
class ShownError extends GraphQLError {
  readonly #shown: GraphQLFormattedError;

  constructor(shown: GraphQLFormattedError) {
    super(shown.message);
    this.#shown = shown;
  }

  override toJSON(): GraphQLFormattedError {
    return this.#shown;
  }
}

/** `graphql-transport-ws` over the one executor. */
export function createProtocol(deps: ProtocolDeps): Server<SocketExtra> {
  const { executor, limits } = deps;
  return makeServer<Record<string, unknown>, SocketExtra>({
    connectionInitWaitTimeout: limits.initWaitMs,
    onConnect: ({ connectionParams, extra }) => connect(connectionParams, extra, deps),
    onSubscribe: ({ extra }, _id, payload) => prepare(payload, extra, deps),
    execute: async ({ contextValue, variableValues }) => {
      const { prepared, caller, end } = contextValue as WaitingOperation;
      try {
        return (await executor.run(prepared, variableValues ?? null, caller)) as ExecutionResult;
      } finally {
        end();
      }
    },
    subscribe: ({ contextValue, variableValues }) => {
      const { prepared, caller, end } = contextValue as WaitingOperation;
      return executor.subscribe(prepared, variableValues ?? null, caller, end) as Promise<AsyncIterable<ExecutionResult>>;
    },
    // Results are formatted already; the library would format them again.
    onNext: (_context, _id, _payload, _args, result) => result as FormattedExecutionResult,
  });
}

async function connect(payload: unknown, { client, session }: SocketExtra, deps: ProtocolDeps): Promise<boolean> {
  try {
    await session.connect(payload);
    return client.isOpen;
  } catch (thrown) {
    const error = toAntiphonError(thrown);
    report(error, session, deps);
    client.close(closeCodeOf(error), error.message);
    return false;
  }
}

function closeCodeOf({ code }: AntiphonError): number {
  if (code === 'RATE_LIMITED') return CloseCode.tooMany;
  return code === 'UNAUTHENTICATED' ? CloseCode.forbidden : CloseCode.tryAgainLater;
}

function report(error: AntiphonError, { principal }: { principal: Principal | null }, { refusals, ids, clock }: ProtocolDeps): void {
  refusals.report({ requestId: ids.uuidv7(), door: 'GRAPHQL', atMs: clock.nowMs(), error, principal });
}

async function prepare(
  { query, operationName, variables }: SubscribePayload,
  { client, session }: SocketExtra,
  deps: ProtocolDeps,
): Promise<ExecutionArgs | readonly GraphQLError[]> {
  const requestId = deps.ids.uuidv7();
  const end = session.begin();
  try {
    await session.recheck();
    const { principal } = session;
    if (!client.isOpen || principal === null) throw new AntiphonError('UNAUTHENTICATED', 'The key has expired or was revoked.');
    if (session.operationCount > deps.limits.operationsPerSocket) throw tooManyOperations(deps.limits);
    const prepared = deps.executor.prepare(query, operationName ?? null);
    const waiting: WaitingOperation = { prepared, end, caller: toCaller(requestId, principal, session, deps) };
    return {
      schema: deps.schema,
      document: prepared.document,
      operationName: prepared.operation.name?.value ?? null,
      variableValues: variables ?? null,
      contextValue: waiting,
      rootValue: undefined,
    };
  } catch (thrown) {
    end();
    const error = toAntiphonError(thrown);
    report(error, session, deps);
    return (toRequestFailure(error, requestId).errors ?? []).map((shown) => new ShownError(shown));
  }
}

function toCaller(requestId: string, principal: Principal, session: SocketSession, { clock }: ProtocolDeps): GraphqlCaller {
  return {
    requestId,
    principal,
    signal: session.signal,
    receivedAtMs: clock.nowMs(),
    receivedAtMonotonicMs: clock.monotonicMs(),
    traceHeaders: readTraceHeaders(session.request.headers),
  };
}

function tooManyOperations({ operationsPerSocket }: SocketLimits): AntiphonError {
  return new AntiphonError(
    'RATE_LIMITED',
    `At most ${operationsPerSocket} operations can run over one WebSocket. Wait for one to end, or open another.`,
  );
}
