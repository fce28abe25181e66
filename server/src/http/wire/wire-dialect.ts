import type { AntiphonError } from '../../kernel/errors/index.ts';
import type { Door } from '../../modules/ledger/index.ts';

/** What an error of a dialect is made of beside the error itself. */
export interface ErrorFacts {
  readonly httpStatus: number;
  /** The id the caller knows the request by. */
  readonly requestId: string;
}

/** How one family of clients wants to be told things; what is the same for all of them is in this folder. */
export interface WireDialect {
  readonly door: Door;
  /** Parameter of the query that may carry the key; left out: none may. */
  readonly keyParameter?: string;
  /** Status of the answer; a body that is too large and a method that is not taken have their own, before this is asked. */
  statusOf(error: AntiphonError): number;
  /** Body of an answer that is an error. */
  toErrorBody(error: AntiphonError, facts: ErrorFacts): unknown;
  /** Text that ends a stream which has begun: its status is spent. */
  toErrorEnd(error: AntiphonError, facts: ErrorFacts): string;
  /** Headers in which clients of this dialect look for their limits, beside `x-ratelimit-*`; left out: there are none. */
  limitHeaders?(limits: { readonly limitRequests: number; readonly remainingRequests: number }): Readonly<Record<string, string>>;
  /** Headers that name the request, in every answer. */
  identityHeaders(requestId: string): Readonly<Record<string, string>>;
}
