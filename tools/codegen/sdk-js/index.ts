import { isNonNullType, isObjectType, typeFromAST } from 'graphql';
import type { GraphQLSchema } from 'graphql';
import { collectOperations } from '../operations/collect-operations.ts';
import type { OperationFile, SdkOperation } from '../operations/collect-operations.ts';

const KIND_SUFFIX = { query: 'Query', mutation: 'Mutation', subscription: 'Subscription' } as const;

/**
 * graphql-codegen plugin: for each operation its document and a typed method. Runs after `typescript-operations`, whose result types it
 * names. Methods return the value of the root field; those of mutations throw the payload's first error.
 */
export function plugin(schema: GraphQLSchema, files: readonly OperationFile[]): { prepend: string[]; content: string } {
  const { operations } = collectOperations(files);
  const methods = operations.map((operation) => printMethod(schema, operation));
  return {
    prepend: [
      '// Generated from sdk-js/operations by `npm run codegen`. Do not edit.',
      "import { OperationDocument } from './document.ts';",
      "import { Operations } from './operations.ts';",
      "import type { RequestOptions, Succeeded, SubscribeOptions } from './operations.ts';",
    ],
    content: [
      ...operations.map(printDocument),
      '/** One method for each operation in sdk-js/operations. */',
      `export abstract class GeneratedOperations extends Operations {\n${methods.join('\n\n')}\n}`,
      '',
    ].join('\n\n'),
  };
}

function printDocument(operation: SdkOperation): string {
  return `export const ${operation.name}Document = new OperationDocument<${resultOf(operation)}, ${variablesOf(operation)}>(\n  ${JSON.stringify(operation.name)},\n  ${JSON.stringify(operation.text)},\n);`;
}

function printMethod(schema: GraphQLSchema, operation: SdkOperation): string {
  const field = operation.rootField.alias?.value ?? operation.rootField.name.value;
  const method = operation.name.charAt(0).toLowerCase() + operation.name.slice(1);
  const returned = `${resultOf(operation)}['${field}']`;
  const parameters = printVariablesParameter(schema, operation);
  const variables = parameters === '' ? '{}' : 'variables';
  const call = `${operation.name}Document, ${variables}, '${field}', options`;
  const description = `  /** ${describe(schema, operation)} */\n`;
  if (operation.kind === 'subscription') {
    return `${description}  ${method}(${parameters}options: SubscribeOptions = {}): AsyncGenerator<${returned}, void, undefined> {\n    return this.subscribeField(${call});\n  }`;
  }
  const [caller, type] = operation.kind === 'mutation' ? ['mutateField', `Succeeded<${returned}>`] : ['queryField', returned];
  return `${description}  ${method}(${parameters}options: RequestOptions = {}): Promise<${type}> {\n    return this.${caller}(${call});\n  }`;
}

function printVariablesParameter(schema: GraphQLSchema, operation: SdkOperation): string {
  const variables = operation.node.variableDefinitions ?? [];
  if (variables.length === 0) return '';
  const isRequired = variables.some(
    (variable) => variable.defaultValue === undefined && isNonNullType(typeFromAST(schema, variable.type as never)),
  );
  return `variables: ${variablesOf(operation)}${isRequired ? '' : ' = {}'}, `;
}

function describe(schema: GraphQLSchema, operation: SdkOperation): string {
  const root = schema.getRootType(operation.node.operation);
  const description = isObjectType(root) ? root.getFields()[operation.rootField.name.value]?.description : null;
  return (description ?? operation.name).replaceAll('*/', '* /').replaceAll('\n', '\n   * ');
}

function resultOf(operation: SdkOperation): string {
  return `${operation.name}${KIND_SUFFIX[operation.kind]}`;
}

function variablesOf(operation: SdkOperation): string {
  return `${resultOf(operation)}Variables`;
}
