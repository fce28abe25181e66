/** A GraphQL operation with the types of its result and variables. Plain text and documents of other generators are accepted beside it. */
export class OperationDocument<TResult, TVariables> {
  /** Carries the types only; never there at run time. */
  declare readonly __apiType?: (variables: TVariables) => TResult;

  readonly operationName: string;
  readonly text: string;

  constructor(operationName: string, text: string) {
    this.operationName = operationName;
    this.text = text;
  }

  toString(): string {
    return this.text;
  }
}

/** What `execute` and `subscribe` take: anything that is the text of an operation, typed where it can be. */
export interface ExecutableDocument<TResult, TVariables> {
  readonly __apiType?: (variables: TVariables) => TResult;
  toString(): string;
}
