import type { Principal } from '../../modules/identity/index.ts';
import type { CompletionReadModel } from '../../modules/ledger/index.ts';
import type { OperationCaller } from './executor/index.ts';
import { PayloadLoader } from './resolvers/payload.loader.ts';

/** Who runs an operation, and through which request or message. */
export interface GraphqlCaller extends OperationCaller {
  readonly principal: Principal;
  readonly receivedAtMs: number;
  readonly receivedAtMonotonicMs: number;
  readonly traceHeaders: Readonly<Record<string, string>>;
}

/** What resolvers know of the operation that they work for. One for each operation; never shared. */
export class GraphqlContext {
  readonly caller: GraphqlCaller;
  readonly #reads: CompletionReadModel;
  #payloads: PayloadLoader | null = null;
  #hasUsedRequestId = false;

  constructor(caller: GraphqlCaller, reads: CompletionReadModel) {
    this.caller = caller;
    this.#reads = reads;
  }

  get principal(): Principal {
    return this.caller.principal;
  }

  /** Inputs and outputs of completions, read for all that are asked for at once. */
  get payloads(): PayloadLoader {
    return (this.#payloads ??= new PayloadLoader(this.#reads));
  }

  /** The request's own id for the first completion that it makes; a new one for each further. */
  nextCompletionId(newId: () => string): string {
    if (this.#hasUsedRequestId) return newId();
    this.#hasUsedRequestId = true;
    return this.caller.requestId;
  }
}
