import {
  createSourceEventStream,
  type ExecutionResult,
  type FormattedExecutionResult,
  type GraphQLError,
  type GraphQLSchema,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { AntiphonError, toAntiphonError } from '../../../kernel/errors/index.ts';
import type { CompiledOperation } from './compiled-operation.ts';
import { findPassThroughScalar } from './compiled-operation.ts';
import { DocumentError, maskErrors, toRequestFailure } from './request-failure.ts';
import { prepareOperation, type PreparationDeps, type PreparedOperation } from './prepared-operation.ts';
import { ResultStream } from './result-stream.ts';
import { SchemaRules } from './schema-rules.ts';
import { VariableCoercion } from './variable-coercion.ts';

const MAX_CACHED_OPERATIONS = 500;
const MAX_CACHED_CHARACTERS = 4 * 1024 * 1024;
/** Points that one operation may cost. */
export const DEFAULT_COST_LIMIT = 5000;

const NO_VARIABLES: Readonly<Record<string, unknown>> = Object.freeze({});

type MaybePromise<T> = T | Promise<T>;
export type ExecutionOutput = FormattedExecutionResult | AsyncIterableIterator<FormattedExecutionResult>;

/** Who runs an operation. */
export interface OperationCaller {
  /** Our id of the request, a UUID. */
  readonly requestId: string;
  readonly principal: { readonly scopes: ReadonlySet<string> };
  /** Aborts when the caller is gone. */
  readonly signal: AbortSignal;
}

export interface OperationRequest {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>> | null;
  readonly operationName: string | null;
}

export interface GraphqlExecutorOptions<Caller extends OperationCaller> {
  readonly schema: GraphQLSchema;
  /** What resolvers get as their context. */
  readonly createContext: (caller: Caller) => unknown;
  /** Told once of each failure that the caller is told of. */
  readonly report: (error: AntiphonError, caller: Caller) => void;
  /** How long a query or mutation may take, in milliseconds. */
  readonly deadlineMs: number;
  readonly costLimit?: number;
}

/**
 * Runs operations for every transport: guard, parse and validate once for a document, price, authorise, coerce, run, mask.
 * Rules that cut across operations live here and nowhere else. It throws and rejects nothing: what went wrong is in the result.
 */
export class GraphqlExecutor<Caller extends OperationCaller> {
  readonly #options: GraphqlExecutorOptions<Caller>;
  readonly #deps: PreparationDeps;
  readonly #costLimit: number;
  readonly #prepared = new LRUCache<string, PreparedOperation>({
    max: MAX_CACHED_OPERATIONS,
    maxSize: MAX_CACHED_CHARACTERS,
    sizeCalculation: (_operation, key) => key.length,
  });

  /** Throws when a root field of the schema says neither `@auth` nor `@public`. */
  constructor(options: GraphqlExecutorOptions<Caller>) {
    const { schema } = options;
    this.#options = options;
    this.#deps = {
      schema,
      rules: new SchemaRules(schema),
      passThrough: findPassThroughScalar(schema),
      coercion: new VariableCoercion(schema),
    };
    this.#costLimit = options.costLimit ?? DEFAULT_COST_LIMIT;
  }

  /** Throws INVALID_INPUT, as `prepareOperation`. */
  prepare(query: string, operationName: string | null): PreparedOperation {
    const key = operationName === null ? query : `${operationName}\n${query}`;
    const known = this.#prepared.get(key);
    if (known !== undefined) return known;
    const prepared = prepareOperation(this.#deps, query, operationName);
    this.#prepared.set(key, prepared);
    return prepared;
  }

  /** Runs an operation of any kind; a subscription gives its results one by one, or one result when it could not begin. */
  execute({ query, variables, operationName }: OperationRequest, caller: Caller): MaybePromise<ExecutionOutput> {
    let prepared: PreparedOperation;
    try {
      prepared = this.prepare(query, operationName);
    } catch (thrown) {
      return this.#fail(thrown, caller);
    }
    return prepared.operation.operation === 'subscription'
      ? this.subscribe(prepared, variables, caller)
      : this.run(prepared, variables, caller);
  }

  /** Runs a query or a mutation. */
  run(prepared: PreparedOperation, variables: OperationRequest['variables'], caller: Caller): MaybePromise<FormattedExecutionResult> {
    try {
      const raw = variables ?? NO_VARIABLES;
      const { coerced, requested } = this.#admit(prepared, raw, caller);
      const context = this.#options.createContext(caller);
      const result = prepared.compiled().run({ root: undefined, context, variables: raw, coerced });
      if (result instanceof Promise) return this.#beforeDeadline(result, caller, requested);
      return this.#finish(result, caller, requested);
    } catch (thrown) {
      return this.#fail(thrown, caller);
    }
  }

  /** Begins a subscription. `onEnd` is called once when it is over, also when it did not begin. */
  async subscribe(
    prepared: PreparedOperation,
    variables: OperationRequest['variables'],
    caller: Caller,
    onEnd: () => void = ignore,
  ): Promise<ExecutionOutput> {
    const output = await this.#subscribe(prepared, variables, caller, onEnd);
    if (!(Symbol.asyncIterator in output)) onEnd();
    return output;
  }

  async #subscribe(
    prepared: PreparedOperation,
    variables: OperationRequest['variables'],
    caller: Caller,
    onEnd: () => void,
  ): Promise<ExecutionOutput> {
    try {
      const raw = variables ?? NO_VARIABLES;
      const { coerced } = this.#admit(prepared, raw, caller);
      const context = this.#options.createContext(caller);
      const source = await this.#openSource(prepared, raw, context);
      if (!(Symbol.asyncIterator in source)) return this.#finish(source, caller, null);
      return this.#toResults(source, prepared.compiled(), { context, variables: raw, coerced }, caller, onEnd);
    } catch (thrown) {
      return this.#fail(thrown, caller);
    }
  }

  #openSource(
    prepared: PreparedOperation,
    variableValues: Readonly<Record<string, unknown>>,
    contextValue: unknown,
  ): Promise<AsyncIterable<unknown> | ExecutionResult> {
    const { document, operation } = prepared;
    const operationName = operation.name?.value ?? null;
    return createSourceEventStream({ schema: this.#deps.schema, document, contextValue, variableValues, operationName });
  }

  #toResults(
    source: AsyncIterable<unknown>,
    compiled: CompiledOperation,
    inputs: { context: unknown; variables: Readonly<Record<string, unknown>>; coerced: Readonly<Record<string, unknown>> },
    caller: Caller,
    onEnd: () => void,
  ): ResultStream {
    return new ResultStream({
      source: source[Symbol.asyncIterator](),
      toResult: (event) => {
        const result = compiled.run({ root: event, ...inputs });
        if (result instanceof Promise) return result.then((settled) => this.#finish(settled, caller, null));
        return this.#finish(result, caller, null);
      },
      toFailure: (thrown) => this.#fail(thrown, caller),
      onEnd,
    });
  }

  /** Permissions, variables and price. Throws what stands against the operation. */
  #admit(
    { plan, coerce }: PreparedOperation,
    variables: Readonly<Record<string, unknown>>,
    caller: Caller,
  ): { coerced: Readonly<Record<string, unknown>>; requested: number } {
    for (const scope of plan.scopes) if (!caller.principal.scopes.has(scope)) refuseScope(scope);
    const { coerced, errors } = coerce(variables);
    if (errors !== undefined) throw new DocumentError('The variables do not fit their types.', errors);
    const requested = plan.cost(coerced);
    if (requested > this.#costLimit) throw new CostExceeded(requested, this.#costLimit);
    return { coerced, requested };
  }

  #beforeDeadline(running: Promise<ExecutionResult>, caller: Caller, requested: number): Promise<FormattedExecutionResult> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        resolve(this.#fail(new AntiphonError('TIMEOUT', 'The operation took too long. Ask for less, or try again.'), caller));
      }, this.#options.deadlineMs);
      running.then(
        (result) => {
          clearTimeout(timer);
          resolve(this.#finish(result, caller, requested));
        },
        (thrown: unknown) => {
          clearTimeout(timer);
          resolve(this.#fail(thrown, caller));
        },
      );
    });
  }

  #finish(result: ExecutionResult, caller: Caller, requested: number | null): FormattedExecutionResult {
    const { data, errors } = result;
    const extensions = requested === null ? null : { cost: { requested, limit: this.#costLimit } };
    if (errors === undefined || errors.length === 0) {
      if (extensions === null) return { data: data ?? null };
      return { data: data ?? null, extensions };
    }
    return {
      errors: this.#mask(errors, caller),
      ...(data === undefined ? {} : { data }),
      ...(extensions === null ? {} : { extensions }),
    };
  }

  #mask(errors: readonly GraphQLError[], caller: Caller): ReturnType<typeof maskErrors> {
    return maskErrors(errors, caller.requestId, (error) => this.#options.report(error, caller));
  }

  #fail(thrown: unknown, caller: Caller): FormattedExecutionResult {
    const error = toAntiphonError(thrown);
    this.#options.report(error, caller);
    const failure = toRequestFailure(error, caller.requestId);
    return error instanceof CostExceeded
      ? { ...failure, extensions: { cost: { requested: error.requested, limit: error.limit } } }
      : failure;
  }
}

function ignore(): void {
  // Nobody waits for the end.
}

class CostExceeded extends AntiphonError {
  readonly requested: number;
  readonly limit: number;

  constructor(requested: number, limit: number) {
    super('INVALID_INPUT', `The operation costs up to ${requested} points; ${limit} are allowed. Ask for fewer or shorter lists.`);
    this.requested = requested;
    this.limit = limit;
  }
}

function refuseScope(scope: string): never {
  throw new AntiphonError('FORBIDDEN', `This key does not hold the permission ${scope}. Use a key that does.`);
}
