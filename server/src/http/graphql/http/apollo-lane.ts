import { ApolloServer, HeaderMap, type ApolloServerPlugin, type HTTPGraphQLResponse } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { FormattedExecutionResult, GraphQLFormattedError, GraphQLSchema } from 'graphql';
import { AntiphonError } from '../../../kernel/errors/index.ts';
import type { Logger } from '../../../kernel/telemetry/index.ts';
import type { Exchange } from '../../route.ts';
import { DOCUMENT_LIMITS, extensionsOf, hideSchema, type OperationRequest } from '../executor/index.ts';
import { JSON_TYPE, RESPONSE_TYPE, statusOf } from './http-answer.ts';

const MAX_ERRORS = 3;

/** How an operation that Apollo Server has let through is run. */
export type RunOperation = (request: OperationRequest) => Promise<FormattedExecutionResult>;

export interface LaneAnswer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
  /** What Apollo Server itself had against the request; null when the executor answered. */
  readonly refusal: AntiphonError | null;
}

interface LaneContext {
  readonly run: RunOperation;
}

/**
 * The lane of requests that are unusual or at fault: Apollo Server knows the protocol's corners, and what it lets through is run by the
 * same executor as everything else.
 */
export class ApolloLane {
  readonly #server: ApolloServer<LaneContext>;

  constructor(schema: GraphQLSchema, log: Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>) {
    this.#server = new ApolloServer<LaneContext>({
      schema,
      // Whether the schema may be read is the executor's decision, by scope.
      introspection: true,
      hideSchemaDetailsFromClientErrors: true,
      includeStacktraceInErrorResponses: false,
      csrfPrevention: true,
      allowBatchedHttpRequests: false,
      persistedQueries: false,
      documentStore: null,
      stopOnTerminationSignals: false,
      parseOptions: { maxTokens: DOCUMENT_LIMITS.maxTokens },
      validationOptions: { maxErrors: MAX_ERRORS },
      stringifyResult: (value) => JSON.stringify(value),
      logger: {
        debug: (message?: unknown) => log.debug({ message }, 'apollo'),
        info: (message?: unknown) => log.info({ message }, 'apollo'),
        warn: (message?: unknown) => log.warn({ message }, 'apollo'),
        error: (message?: unknown) => log.error({ message }, 'apollo'),
      },
      plugins: [
        answerByExecutor,
        ApolloServerPluginCacheControlDisabled(),
        ApolloServerPluginInlineTraceDisabled(),
        ApolloServerPluginLandingPageDisabled(),
        ApolloServerPluginSchemaReportingDisabled(),
        ApolloServerPluginUsageReportingDisabled(),
      ],
    });
  }

  start(): Promise<void> {
    return this.#server.start();
  }

  stop(): Promise<void> {
    return this.#server.stop();
  }

  async answer({ request, query, requestId }: Exchange, body: unknown, run: RunOperation): Promise<LaneAnswer> {
    const headers = new HeaderMap();
    for (const [name, value] of Object.entries(request.headers))
      if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
    let result: FormattedExecutionResult | null = null;
    const context: LaneContext = { run: async (operation) => (result = await run(operation)) };
    const response = await this.#server.executeHTTPGraphQLRequest({
      httpGraphQLRequest: { method: request.method ?? 'GET', headers, search: query === '' ? '' : `?${query}`, body },
      context: () => Promise.resolve(context),
    });
    return toLaneAnswer(response, result, requestId);
  }
}

const answerByExecutor: ApolloServerPlugin<LaneContext> = {
  requestDidStart: () =>
    Promise.resolve({
      async responseForOperation({ request, contextValue }) {
        const result = await contextValue.run({
          query: request.query ?? '',
          variables: request.variables ?? null,
          operationName: request.operationName ?? null,
        });
        return { http: { headers: new HeaderMap() }, body: { kind: 'single', singleResult: result } };
      },
    }),
};

function toLaneAnswer(response: HTTPGraphQLResponse, result: FormattedExecutionResult | null, requestId: string): LaneAnswer {
  if (response.body.kind !== 'complete') throw new Error('incremental delivery was not asked for');
  const { status = 200, headers, body } = response;
  const type = headers.get('content-type') ?? JSON_TYPE;
  const allow = headers.get('allow');
  const others: Record<string, string> = allow === undefined ? {} : { allow };
  const answerType = type === RESPONSE_TYPE ? RESPONSE_TYPE : JSON_TYPE;
  // Apollo Server may find fault with the answer too: a media type that is not offered.
  if (result !== null && status < 400)
    return { status: statusOf(result, answerType), type, text: body.string, headers: others, refusal: null };
  const { errors = [] } = JSON.parse(body.string) as { errors?: readonly GraphQLFormattedError[] };
  const refusal = toRefusal(errors, status);
  const extensions = extensionsOf(refusal, requestId);
  const shown =
    refusal.code === 'INTERNAL'
      ? [{ message: refusal.message, extensions }]
      : errors.slice(0, MAX_ERRORS).map((error) => toShown(error, extensions));
  const isDocumentAtFault = DOCUMENT_CODES.has(String(errors[0]?.extensions?.['code']));
  return {
    status: isDocumentAtFault && status === 400 && answerType === JSON_TYPE ? 200 : status,
    type,
    text: JSON.stringify({ errors: shown }),
    headers: others,
    refusal,
  };
}

const DOCUMENT_CODES: ReadonlySet<string> = new Set(['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'BAD_USER_INPUT']);

function toRefusal(errors: readonly GraphQLFormattedError[], status: number): AntiphonError {
  if (status >= 500)
    return new AntiphonError('INTERNAL', 'Something went wrong on our side. Quote the request id to have it looked up.', {
      cause: new Error(errors[0]?.message ?? 'Apollo Server failed without an error'),
    });
  const isDocumentAtFault = DOCUMENT_CODES.has(String(errors[0]?.extensions?.['code']));
  return new AntiphonError(
    'INVALID_INPUT',
    isDocumentAtFault ? 'The document does not fit the schema.' : 'The request does not follow GraphQL over HTTP.',
  );
}

function toShown(error: GraphQLFormattedError, extensions: Record<string, unknown>): GraphQLFormattedError {
  return {
    message: hideSchema(error.message),
    ...(error.locations === undefined ? {} : { locations: error.locations }),
    extensions,
  };
}
