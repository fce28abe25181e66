import type { CompletionCall } from '../../modules/completions/index.ts';
import type { JsonObject, ResponseFacts } from '../../modules/providers/index.ts';

/** A request for a response, as far as the door has to understand it. */
export interface ResponseAsk {
  readonly call: CompletionCall;
  /** As the caller wrote it. */
  readonly body: JsonObject;
  readonly facts: ResponseFacts;
  /** Items of this request alone, as they are kept. */
  readonly ownItems: readonly JsonObject[];
  readonly previousResponseId: string | null;
}
