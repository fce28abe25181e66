/** What the server and the process that runs the model say to each other: plain data over Node's IPC channel. */

/** One message of a chat, as SmolLM2's template knows them. */
export interface ChatMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly text: string;
}

export interface SamplingOptions {
  /** 0 takes the likeliest token each time. */
  readonly temperature: number;
  /** 1 keeps every candidate. */
  readonly topP: number;
  /** 0 keeps every candidate. */
  readonly topK: number;
  /** Unsigned 32 bits; the same seed, prompt and options give the same answer on the same machine. */
  readonly seed: number;
}

export interface GenerationRequest {
  readonly messages: readonly ChatMessage[];
  readonly sampling: SamplingOptions;
  readonly stop: readonly string[];
  /** The answer also ends where the context is full. */
  readonly maxOutputTokens: number;
}

/** Why the model stopped: it closed its turn, wrote a stop sequence, or reached the limit of the call or of the context. */
export type StopCause = 'end-of-turn' | 'stop-sequence' | 'max-output-tokens' | 'context-full' | 'cancelled';

export interface LoadOptions {
  /** `file:` URL of the engine's entry module. */
  readonly engineUrl: string;
  readonly modelPath: string;
  readonly contextTokens: number;
  readonly threads: number;
}

export type WorkerCommand =
  | { readonly kind: 'load'; readonly options: LoadOptions }
  | { readonly kind: 'generate'; readonly generationId: number; readonly request: GenerationRequest }
  | { readonly kind: 'cancel'; readonly generationId: number };

export type WorkerEvent = { readonly kind: 'loaded' } | { readonly kind: 'load-failed'; readonly message: string } | GenerationEvent;

export type GenerationEvent =
  | { readonly kind: 'text'; readonly generationId: number; readonly text: string }
  | ({ readonly kind: 'finished'; readonly generationId: number } & GenerationOutcome)
  | { readonly kind: 'too-long'; readonly generationId: number; readonly inputTokens: number; readonly contextTokens: number }
  | { readonly kind: 'failed'; readonly generationId: number; readonly message: string };

export interface GenerationOutcome {
  readonly stopCause: StopCause;
  /** Tokens of the prompt, the template's included, by the model's own tokenizer. */
  readonly inputTokens: number;
  /** Tokens sampled, the closing mark not included. */
  readonly outputTokens: number;
}

const EVENT_KINDS: ReadonlySet<unknown> = new Set<WorkerEvent['kind']>(['loaded', 'load-failed', 'text', 'finished', 'too-long', 'failed']);

/** Whether a message of the IPC channel is one of ours; native libraries may write their own. */
export function isWorkerEvent(message: unknown): message is WorkerEvent {
  return typeof message === 'object' && message !== null && 'kind' in message && EVENT_KINDS.has(message.kind);
}
