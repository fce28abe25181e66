import {
  Kind,
  getOperationAST,
  parse,
  specifiedRules,
  validate,
  type DocumentNode,
  type GraphQLError,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { AntiphonError } from '../../../kernel/errors/index.ts';
import { compileOperation, interpretOperation, type CompiledOperation } from './compiled-operation.ts';
import { DOCUMENT_LIMITS, guardDocument } from './document-guard.ts';
import { planOperation, type OperationPlan } from './operation-plan.ts';
import { DocumentError } from './request-failure.ts';
import type { SchemaRules } from './schema-rules.ts';
import type { CoercedVariables, VariableCoercion } from './variable-coercion.ts';

const MAX_VALIDATION_ERRORS = 3;
/** Fields after fragments are put in their places; without fragments the guard's bound is lower. */
const MAX_EXPANDED_FIELDS = 1000;

export interface PreparationDeps {
  readonly schema: GraphQLSchema;
  readonly rules: SchemaRules;
  readonly passThrough: string;
  readonly coercion: VariableCoercion;
}

/** An operation that is valid and known to be affordable to look at. Made once for a document, used for many requests. */
export class PreparedOperation {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly plan: OperationPlan;
  readonly coerce: (variables: Readonly<Record<string, unknown>>) => CoercedVariables;
  readonly #deps: PreparationDeps;
  #uses = 0;
  #compiled: CompiledOperation;

  constructor(deps: PreparationDeps, document: DocumentNode, operation: OperationDefinitionNode) {
    this.#deps = deps;
    this.document = document;
    this.operation = operation;
    this.plan = planOperation(deps.schema, deps.rules, document, operation);
    this.#compiled = interpretOperation(deps.schema, document, operation.name?.value ?? null);
    this.coerce = deps.coercion.forOperation(operation);
    refuseExpanded(this.plan);
  }

  /** Compiled from the second use on: a document that comes once costs more to compile than to interpret. */
  compiled(): CompiledOperation {
    this.#uses += 1;
    if (this.#uses === 2) this.#compiled = compileOperation(this.#deps.schema, this.document, this.operation, this.#deps.passThrough);
    return this.#compiled;
  }
}

/** Throws INVALID_INPUT; a `DocumentError` where parser, validation or the choice of the operation object. */
export function prepareOperation(deps: PreparationDeps, text: string, operationName: string | null): PreparedOperation {
  guardDocument(text);
  const document = parseDocument(text);
  const errors = validate(deps.schema, document, specifiedRules, { maxErrors: MAX_VALIDATION_ERRORS });
  if (errors.length > 0) throw new DocumentError('The document does not fit the schema.', errors);
  const operation = getOperationAST(document, operationName);
  if (operation == null) throw new AntiphonError('INVALID_INPUT', describeMissing(document, operationName));
  return new PreparedOperation(deps, document, operation);
}

function parseDocument(text: string): DocumentNode {
  try {
    return parse(text, { maxTokens: DOCUMENT_LIMITS.maxTokens });
  } catch (error) {
    throw new DocumentError('The document is not GraphQL.', [error as GraphQLError]);
  }
}

function describeMissing(document: DocumentNode, operationName: string | null): string {
  if (operationName !== null && operationName !== '') return 'The document has no operation with this operationName. Name one that it has.';
  const count = document.definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION).length;
  return count === 0
    ? 'The document has no operation. Add one.'
    : 'The document has several operations. Say by operationName which to run.';
}

function refuseExpanded({ depth, fieldCount }: OperationPlan): void {
  if (depth > DOCUMENT_LIMITS.maxDepth)
    throw new AntiphonError(
      'INVALID_INPUT',
      `The operation is nested deeper than ${DOCUMENT_LIMITS.maxDepth} levels with its fragments. Ask for less.`,
    );
  if (fieldCount > MAX_EXPANDED_FIELDS)
    throw new AntiphonError('INVALID_INPUT', `The operation has more than ${MAX_EXPANDED_FIELDS} fields with its fragments. Ask for less.`);
}
