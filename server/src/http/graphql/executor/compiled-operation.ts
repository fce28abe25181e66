import {
  Kind,
  TypeInfo,
  execute,
  isScalarType,
  valueFromAST,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type ValueNode,
  type VariableDefinitionNode,
} from 'graphql';
import { compileQuery, isCompiledQuery } from 'graphql-jit';

type MaybePromise<T> = T | Promise<T>;

/** An operation ready to run. Rejects and throws nothing that a resolver threw; that is in the result. */
export interface CompiledOperation {
  readonly engine: 'graphql-jit' | 'graphql-js';
  run(inputs: OperationInputs): MaybePromise<ExecutionResult>;
}

export interface OperationInputs {
  readonly root: unknown;
  readonly context: unknown;
  /** As the caller sent them. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** The same after `getVariableValues` of graphql-js. */
  readonly coerced: Readonly<Record<string, unknown>>;
}

/** Runs it by the reference implementation. */
export function interpretOperation(schema: GraphQLSchema, document: DocumentNode, operationName: string | null): CompiledOperation {
  return {
    engine: 'graphql-js',
    run: ({ root, context, variables }) =>
      execute({ schema, document, rootValue: root, contextValue: context, variableValues: variables, operationName }),
  };
}

/**
 * Compiles it by graphql-jit where that is safe and known to give what graphql-js gives, and interprets it otherwise. (Where one null
 * swallows several errors, they may tell of different ones of them; the specification leaves that open.)
 * Variables reach the compiled code as graphql-js coerced them: it would neither enforce `@oneOf` nor keep what scalars parse to.
 */
export function compileOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  passThrough: string,
): CompiledOperation {
  const operationName = operation.name?.value ?? null;
  if (!isCompilable(schema, document)) return interpretOperation(schema, document, operationName);
  return forceCompile(schema, document, operation, passThrough) ?? interpretOperation(schema, document, operationName);
}

/** Compiles without asking whether it should; null when graphql-jit cannot. */
export function forceCompile(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  passThrough: string,
): CompiledOperation | null {
  const name = operation.name?.value;
  const untyped = withUntypedVariables(document, operation, passThrough);
  const compiled = compileQuery(schema, untyped, name, { disablingCapturingStackErrors: true });
  if (!isCompiledQuery(compiled)) return null;
  return { engine: 'graphql-jit', run: ({ root, context, coerced }) => compiled.query(root, context, coerced) };
}

/** Name of a scalar that leaves variables as they are; throws when the schema has none. */
export function findPassThroughScalar(schema: GraphQLSchema): string {
  const probe = {};
  const found = Object.values(schema.getTypeMap()).find((type) => isScalarType(type) && isPassing(() => type.parseValue(probe), probe));
  if (found === undefined)
    throw new Error('The schema needs a scalar that takes any JSON value, such as JSON: compiled operations use it.');
  return found.name;
}

function isPassing(parse: () => unknown, probe: object): boolean {
  try {
    return parse() === probe;
  } catch {
    return false;
  }
}

function withUntypedVariables(document: DocumentNode, operation: OperationDefinitionNode, passThrough: string): DocumentNode {
  const type = { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: passThrough } } as const;
  const variableDefinitions = (operation.variableDefinitions ?? []).map((definition): VariableDefinitionNode => ({
    kind: definition.kind,
    variable: definition.variable,
    type,
  }));
  return {
    ...document,
    definitions: document.definitions.map((definition) => (definition === operation ? { ...operation, variableDefinitions } : definition)),
  };
}

/**
 * Whether graphql-jit may compile it. It writes literals and names of the document into the code that it makes, so
 * - no text of a caller may stand in a literal: `graphql-jit` 0.8.9 runs what follows its marker of dates in one,
 * - nothing may be named `__proto__`, which in an object literal is no name,
 * - nothing may be skipped or included: errors would name the places of what was skipped as well,
 * - literals must survive JSON, and may hold no variables: one that was left out would arrive as null.
 */
function isCompilable(schema: GraphQLSchema, document: DocumentNode): boolean {
  const typeInfo = new TypeInfo(schema);
  let isSafe = true;
  visit(
    document,
    visitWithTypeInfo(typeInfo, {
      Name({ value }) {
        if (value === '__proto__') isSafe = false;
      },
      StringValue() {
        isSafe = false;
      },
      Directive() {
        isSafe = false;
      },
      Field() {
        const defaults = typeInfo.getFieldDef()?.args.map((argument) => argument.defaultValue) ?? [];
        if (!defaults.every((value) => value === undefined || isJson(value))) isSafe = false;
      },
      Argument({ value }) {
        const type = typeInfo.getArgument()?.type;
        if (value.kind === Kind.VARIABLE || type === undefined) return;
        if (hasVariable(value) || !isJson(valueFromAST(value, type))) isSafe = false;
      },
    }),
  );
  return isSafe;
}

function hasVariable(literal: ValueNode): boolean {
  let found = false;
  visit(literal, {
    Variable() {
      found = true;
    },
  });
  return found;
}

/** Whether writing a value as JSON and reading it gives the same. */
function isJson(value: unknown): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0);
  if (Array.isArray(value)) return value.every(isJson);
  if (typeof value !== 'object') return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return (prototype === null || prototype === Object.prototype) && Object.values(value).every(isJson);
}
