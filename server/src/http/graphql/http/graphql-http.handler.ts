import { AntiphonError, errorCatalogue, toAntiphonError } from '../../../kernel/errors/index.ts';
import type { FormattedExecutionResult } from 'graphql';
import type { Principal } from '../../../modules/identity/index.ts';
import { BodyTooLarge, readBody } from '../../body.ts';
import type { PrincipalReader } from '../../principal.ts';
import type { Refusals } from '../../refusals.ts';
import type { Exchange, Handler } from '../../route.ts';
import { guardDocument, toRequestFailure, type GraphqlExecutor, type OperationRequest, type PreparedOperation } from '../executor/index.ts';
import { HttpCaller } from '../graphql-caller.ts';
import type { GraphqlCaller } from '../graphql-context.ts';
import { sendEventStream } from '../sse/event-stream.ts';
import type { ApolloLane } from './apollo-lane.ts';
import { ordinaryAnswerType, ordinaryRequest } from './direct-lane.ts';
import { sendAnswer, sendRefusal, statusOf, type AnswerType } from './http-answer.ts';

const HTTP_PAYLOAD_TOO_LARGE = 413;
const HTTP_UNSUPPORTED_MEDIA_TYPE = 415;
const HTTP_METHOD_NOT_ALLOWED = 405;
const EVENT_STREAM = 'text/event-stream';

export interface GraphqlHttpDeps {
  readonly executor: GraphqlExecutor<GraphqlCaller>;
  readonly apollo: ApolloLane;
  readonly principals: PrincipalReader;
  readonly refusals: Refusals;
  readonly maxBodyBytes: number;
}

/** What a request was refused with where the status is not the code's own. */
class HttpRefusal extends AntiphonError {
  readonly httpStatus: number;

  constructor(httpStatus: number, message: string) {
    super('INVALID_INPUT', message);
    this.httpStatus = httpStatus;
  }
}

/** `/graphql`: queries and mutations; with `Accept: text/event-stream` subscriptions too. */
export function createGraphqlHandler(deps: GraphqlHttpDeps): Handler {
  return createHandler(deps, (exchange, caller) => {
    if (exchange.request.headers.accept === EVENT_STREAM) return streamOperation(exchange, caller, deps);
    return answerOperation(exchange, caller, deps);
  });
}

/** `/graphql/stream`: any operation as server-sent events, one connection each (the protocol's distinct connections mode). */
export function createStreamHandler(deps: GraphqlHttpDeps): Handler {
  return createHandler(deps, (exchange, caller) => streamOperation(exchange, caller, deps));
}

type Answer = (exchange: Exchange, caller: HttpCaller) => Promise<void>;

function createHandler({ principals, refusals }: GraphqlHttpDeps, answer: Answer): Handler {
  return async (exchange) => {
    let principal: Principal | null = null;
    try {
      const read = principals.read(exchange.request.headers);
      principal = read instanceof Promise ? await read : read;
      await answer(exchange, new HttpCaller(exchange, principal));
    } catch (thrown) {
      const error = toAntiphonError(thrown);
      const httpStatus = statusOfRefusal(error);
      refusals.report({ requestId: exchange.requestId, door: 'GRAPHQL', atMs: exchange.receivedAtMs, error, httpStatus, principal });
      sendRefusal(exchange, error, httpStatus);
    }
  };
}

function statusOfRefusal(error: AntiphonError): number {
  if (error instanceof BodyTooLarge) return HTTP_PAYLOAD_TOO_LARGE;
  return error instanceof HttpRefusal ? error.httpStatus : errorCatalogue[error.code].httpStatus;
}

async function answerOperation(exchange: Exchange, caller: HttpCaller, deps: GraphqlHttpDeps): Promise<void> {
  const { request } = exchange;
  const body = request.method === 'POST' ? await readJson(exchange, deps.maxBodyBytes) : undefined;
  const type = request.method === 'POST' ? ordinaryAnswerType(request.headers) : null;
  const operation = type === null ? null : ordinaryRequest(body);
  const prepared = operation === null ? null : prepare(operation, deps);
  if (type === null || operation === null || prepared === null) return answerByApollo(exchange, caller, body, deps);
  const running = runOperation(prepared, operation, caller, deps);
  sendResult(exchange, running instanceof Promise ? await running : running, type);
}

/** Null when the document is at fault, which Apollo Server then tells. */
function prepare({ query, operationName }: OperationRequest, { executor }: GraphqlHttpDeps): PreparedOperation | null {
  try {
    return executor.prepare(query, operationName);
  } catch {
    return null;
  }
}

function runOperation(
  prepared: PreparedOperation,
  { variables }: OperationRequest,
  caller: HttpCaller,
  { executor }: GraphqlHttpDeps,
): FormattedExecutionResult | Promise<FormattedExecutionResult> {
  if (prepared.operation.operation === 'subscription') return toRequestFailure(subscriptionRefused(), caller.requestId);
  return executor.run(prepared, variables, caller);
}

function subscriptionRefused(): AntiphonError {
  return new AntiphonError(
    'INVALID_INPUT',
    'Subscriptions are streams: send them to /graphql/stream with "accept: text/event-stream", or over a WebSocket.',
  );
}

function sendResult(exchange: Exchange, result: FormattedExecutionResult, type: AnswerType): void {
  sendAnswer(exchange, statusOf(result, type), type, JSON.stringify(result), adviceOf(result));
}

/** When the whole answer is one failure that passes, callers are told how long to wait. */
function adviceOf({ errors }: FormattedExecutionResult): Readonly<Record<string, string>> | undefined {
  const retryAfterMs = errors?.[0]?.extensions?.['retryAfterMs'];
  if (typeof retryAfterMs !== 'number') return undefined;
  return { 'retry-after': String(Math.ceil(retryAfterMs / 1000)), 'retry-after-ms': String(Math.ceil(retryAfterMs)) };
}

async function answerByApollo(exchange: Exchange, caller: HttpCaller, body: unknown, deps: GraphqlHttpDeps): Promise<void> {
  guardText(exchange, body);
  const answer = await deps.apollo.answer(exchange, body, async (operation) => {
    try {
      return await runOperation(deps.executor.prepare(operation.query, operation.operationName), operation, caller, deps);
    } catch (thrown) {
      const error = toAntiphonError(thrown);
      report(error, exchange, caller, deps);
      return toRequestFailure(error, exchange.requestId);
    }
  });
  if (answer.refusal !== null) report(answer.refusal, exchange, caller, deps);
  sendAnswer(exchange, answer.status, answer.type, answer.text, answer.headers);
}

function report(
  error: AntiphonError,
  { requestId, receivedAtMs }: Exchange,
  { principal }: HttpCaller,
  { refusals }: GraphqlHttpDeps,
): void {
  refusals.report({ requestId, door: 'GRAPHQL', atMs: receivedAtMs, error, principal });
}

/** Apollo Server parses and validates by itself, so what would be expensive must not reach it. */
function guardText({ request, query }: Exchange, body: unknown): void {
  const text =
    request.method === 'POST' ? (body as { query?: unknown } | null | undefined)?.query : new URLSearchParams(query).get('query');
  if (typeof text === 'string') guardDocument(text);
}

async function readJson({ request }: Exchange, maxBodyBytes: number): Promise<unknown> {
  const contentType = request.headers['content-type'];
  if (contentType !== undefined && !/^application\/json\s*(;|$)/i.test(contentType))
    throw new HttpRefusal(HTTP_UNSUPPORTED_MEDIA_TYPE, 'Send one JSON object with "content-type: application/json".');
  const raw = await readBody(request, maxBodyBytes);
  if (contentType === undefined) return undefined;
  try {
    return JSON.parse(raw.toString('utf8'));
  } catch {
    // The parser's own words quote the body, which must not reach a log.
    throw new AntiphonError('INVALID_INPUT', 'The body is not JSON. Send one JSON object with "content-type: application/json".');
  }
}

async function streamOperation(exchange: Exchange, caller: HttpCaller, { executor, maxBodyBytes }: GraphqlHttpDeps): Promise<void> {
  const { request } = exchange;
  // By POST only: a GET could be made by any page that a signed-in person visits.
  if (request.method !== 'POST') throw new HttpRefusal(HTTP_METHOD_NOT_ALLOWED, `${exchange.path} takes POST only.`);
  if (request.headers['content-type'] === undefined)
    throw new HttpRefusal(HTTP_UNSUPPORTED_MEDIA_TYPE, 'Send one JSON object with "content-type: application/json".');
  const operation = ordinaryRequest(await readJson(exchange, maxBodyBytes));
  if (operation === null)
    throw new AntiphonError('INVALID_INPUT', 'The body must be a JSON object with a string "query", and objects or null for the rest.');
  await sendEventStream(exchange, await executor.execute(operation, caller));
}
