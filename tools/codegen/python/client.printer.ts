import { isInputType, isNonNullType, typeFromAST } from 'graphql';
import type { GraphQLField, GraphQLInputType, GraphQLSchema, VariableDefinitionNode } from 'graphql';
import type { SdkOperation } from '../operations/collect-operations.ts';
import { inputType } from './input.printer.ts';
import { wrapType } from './python-module.ts';
import type { PythonModule } from './python-module.ts';
import { docstring, quote, toSnakeCase } from './python-source.ts';
import { decodeExpression } from './result.printer.ts';
import type { ResultType } from './result.printer.ts';

/** An operation with the type of its result. */
export interface PythonOperation {
  readonly operation: SdkOperation;
  readonly result: ResultType;
}

interface Variable {
  readonly name: string;
  readonly type: string;
  readonly isRequired: boolean;
}

const RUNNER = { query: '_query', mutation: '_mutate', subscription: '_subscribe' } as const;

/** Name of the constant with the operation's text. */
export function documentName(operation: SdkOperation): string {
  return `_${toSnakeCase(operation.name).toUpperCase()}`;
}

/** The methods of one client class; the two classes differ in `async` and `await` only. */
export function printClient(module: PythonModule, operations: readonly PythonOperation[], isAsync: boolean): string {
  const head = isAsync ? 'class AsyncGeneratedOperations(AsyncOperations):' : 'class GeneratedOperations(Operations):';
  const summary = '    """One method for each operation in sdk-js/operations."""';
  return [head, summary, '', operations.map((operation) => printMethod(module, operation, isAsync)).join('\n\n')].join('\n');
}

function printMethod(module: PythonModule, { operation, result }: PythonOperation, isAsync: boolean): string {
  const variables = (operation.node.variableDefinitions ?? []).map((node) => toVariable(module, node));
  const isSubscription = operation.kind === 'subscription';
  const options = isSubscription ? ['transport: Transport = "sse"'] : ['timeout_s: float | None = None'];
  const parameters = [...sortRequiredFirst(variables).map(printParameter), ...options];
  const field = operation.rootField.alias?.value ?? operation.rootField.name.value;
  const optionName = isSubscription ? 'transport' : 'timeout_s';
  const call = `self.${RUNNER[operation.kind]}(${documentName(operation)}, ${printVariables(variables)}, ${quote(field)}, ${decoderOf(module, operation, result)}, ${optionName})`;
  const returned = returnType(module.schema, operation, result, isAsync);
  // An async generator is returned, not awaited: `async for event in client.completion_stream(…)`.
  const isCoroutine = isAsync && !isSubscription;
  return [
    `    ${isCoroutine ? 'async ' : ''}def ${toSnakeCase(operation.name)}(self, *, ${parameters.join(', ')}) -> ${returned}:`,
    ...docstring(rootFieldOf(module.schema, operation).description, '        '),
    `        return ${isCoroutine ? 'await ' : ''}${call}`,
  ].join('\n');
}

function returnType(schema: GraphQLSchema, operation: SdkOperation, result: ResultType, isAsync: boolean): string {
  const value = wrapType(rootFieldOf(schema, operation).type, result.name);
  if (operation.kind !== 'subscription') return value;
  return isAsync ? `AsyncGenerator[${value}, None]` : `Generator[${value}, None, None]`;
}

/** A function of the JSON of the root field. */
function decoderOf(module: PythonModule, operation: SdkOperation, result: ResultType): string {
  const expression = decodeExpression(rootFieldOf(module.schema, operation).type, 'data', result);
  return expression === result.decode('data') ? expression.slice(0, -'(data)'.length) : `lambda data: ${expression}`;
}

function rootFieldOf(schema: GraphQLSchema, operation: SdkOperation): GraphQLField<unknown, unknown> {
  const field = schema.getRootType(operation.node.operation)?.getFields()[operation.rootField.name.value];
  if (field === undefined) throw new Error(`The operation ${operation.name} selects a field that the schema does not have.`);
  return field;
}

function toVariable(module: PythonModule, node: VariableDefinitionNode): Variable {
  const type: unknown = typeFromAST(module.schema, node.type as never);
  if (!isInputType(type)) throw new Error(`The variable $${node.variable.name.value} has a type that the schema does not know.`);
  return {
    name: node.variable.name.value,
    type: inputType(module, type satisfies GraphQLInputType),
    isRequired: isNonNullType(type) && node.defaultValue === undefined,
  };
}

function sortRequiredFirst(variables: readonly Variable[]): Variable[] {
  return variables.toSorted((one, other) => Number(other.isRequired) - Number(one.isRequired));
}

function printParameter({ name, type, isRequired }: Variable): string {
  return `${toSnakeCase(name)}: ${isRequired ? type : `${type} | Unset = UNSET`}`;
}

function printVariables(variables: readonly Variable[]): string {
  return `{${variables.map(({ name }) => `${quote(name)}: ${toSnakeCase(name)}`).join(', ')}}`;
}
