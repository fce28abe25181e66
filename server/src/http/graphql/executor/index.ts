export { DOCUMENT_LIMITS, guardDocument } from './document-guard.ts';
export {
  GraphqlExecutor,
  type ExecutionOutput,
  type GraphqlExecutorOptions,
  type OperationCaller,
  type OperationRequest,
} from './graphql-executor.ts';
export { DEFAULT_PAGE_SIZE } from './operation-plan.ts';
export type { PreparedOperation } from './prepared-operation.ts';
export { DocumentError, extensionsOf, hideSchema, statusOfFailure, toRequestFailure } from './request-failure.ts';
