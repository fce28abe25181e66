/** Calls of a provider as the pipeline would make them, and what their answers add up to. */
import { systemClock } from '../../server/src/kernel/clock/index.ts';
import { createHttpClient, type HttpClient } from '../../server/src/kernel/http-client/index.ts';
import { createLogger } from '../../server/src/kernel/telemetry/index.ts';
import {
  ChoiceBuilder,
  type CallContext,
  type Choice,
  type CompletionRequest,
  type JsonObject,
  type JsonValue,
  type Provider,
  type ProviderCall,
  type StreamPart,
  type Usage,
} from '../../server/src/modules/providers/index.ts';

/** One client for a suite; close it after. */
export function createTestClient(): HttpClient {
  return createHttpClient({ log: createLogger({ level: 'silent' }), clock: systemClock });
}

export function contextOf(signal: AbortSignal = new AbortController().signal): CallContext {
  return { attemptId: 'attempt-1', signal, remainingMs: 20_000, traceHeaders: {} };
}

export function callOf(model: string, request: CompletionRequest): ProviderCall {
  return { model, request: () => request, wire: null, context: contextOf() };
}

export const PLAIN_REQUEST: CompletionRequest = { messages: [{ role: 'user', content: [{ type: 'text', text: 'Hello' }] }] };

export async function partsOf(provider: Provider, call: ProviderCall): Promise<readonly StreamPart[]> {
  const parts: StreamPart[] = [];
  await provider.stream(call, { part: (part) => void parts.push(part) });
  return parts;
}

export interface Collected {
  readonly choices: readonly Choice[];
  readonly usage: Usage | null;
  /** Extras of the whole answer. */
  readonly extra: JsonObject;
}

/** What the parts of a stream add up to, as a door would put them together. */
export function collect(parts: readonly StreamPart[]): Collected {
  const builder = new ChoiceBuilder();
  let usage: Usage | null = null;
  const extra: Record<string, JsonValue> = {};
  for (const part of parts) {
    builder.add(part);
    if (part.type === 'usage') usage = part.usage;
    else if (part.type === 'extra' && part.scope === 'response') Object.assign(extra, part.extra);
  }
  return { choices: builder.build(), usage, extra };
}

/** The error of a call, or null when it succeeded. */
export function errorOf(running: Promise<unknown>): Promise<unknown> {
  return running.then(
    () => null,
    (error: unknown) => error,
  );
}

/** Buckets that are disjoint and add up: the sum of all is the total, and none is negative. */
export function sumOfBuckets(usage: Usage): number {
  const { raw: _raw, totalTokens: _total, units: _units, ...buckets } = usage;
  return Object.values(buckets).reduce((sum, count) => sum + count, 0);
}
