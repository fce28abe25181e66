import type { CompletionOutcome } from '../../modules/completions/index.ts';
import type { AnswerIdentity, CompletionResult, Dialect, StreamPart } from '../../modules/providers/index.ts';

/** Makes the text of a streamed answer from its parts. */
export interface AnswerEncoder {
  /** Text for one part; empty when it shows nothing. */
  encode(part: StreamPart): string;
  /** What ends a stream that went well; asked once, when everything is settled. */
  end(): string;
}

/** How completions look on the wire of one endpoint. */
export interface CompletionForm {
  /** Answers of providers that speak this dialect pass on as bytes; null: all are translated. */
  readonly dialect: Dialect | null;
  /** Begins an answer's id where the provider told none. */
  readonly idPrefix: string;
  toBody(result: CompletionResult, identity: AnswerIdentity): unknown;
  createEncoder(identity: AnswerIdentity): AnswerEncoder;
  readonly streamContentType: string;
  /** Of relayed streams: whether the event that carries nothing but usage is kept from the caller, who did not ask for it. */
  readonly hidesUsageEvent: boolean;
  /** Of relayed streams: the event clients wait for, added where the provider never sends it; null: the end of the connection will do. */
  readonly endMarker: { readonly mark: string; readonly event: string } | null;
  /** Of relayed streams: turns whole events into what this endpoint sends instead; left out: they go as they came. */
  readonly reframe?: { relay(bytes: Buffer): Buffer; end(): string };
  /** Told of an answer that went well, when it is settled and before its end goes out: to keep it. Must not throw. */
  keep?(answer: AnswerEnd, outcome: CompletionOutcome): Promise<void>;
}

/** An answer as its caller gets it: a body made by `toBody` or as it came, or the text of the events that end a stream. */
export type AnswerEnd =
  | { readonly kind: 'made'; readonly body: unknown }
  | { readonly kind: 'relayed'; readonly body: Buffer }
  | { readonly kind: 'stream'; readonly events: string; readonly isRelayed: boolean };
