/**
 * `local/smollm2`: SmolLM2-135M-Instruct, a true language model that needs no key and no network, from the optional component
 * `smollm2`. It runs in a process of its own that the first call starts and idleness ends; what is not used costs nothing.
 * It answers one call at a time and never poses as a vendor's model.
 */
import type { Clock } from '../../../../kernel/clock/index.ts';
import type { Ids } from '../../../../kernel/ids/index.ts';
import {
  ProviderError,
  type CallContext,
  type CompletionResult,
  type Provider,
  type ProviderCall,
  type StreamPart,
  type StreamSink,
} from '../../contract.ts';
import { CAPABILITIES, DEFAULT_CONTEXT_TOKENS, MODEL_NAME } from './local-smollm2.capabilities.ts';
import { findComponent, type InstalledComponent } from './local-smollm2.component.ts';
import { toGenerationRequest } from './local-smollm2.messages.ts';
import { createLocalModel, type LocalModel } from './local-smollm2.model.ts';
import type { GenerationOutcome } from './local-smollm2.protocol.ts';
import { toFinishReason, toUsage } from './local-smollm2.usage.ts';

export { findComponent, type ComponentLookup } from './local-smollm2.component.ts';
export { MODEL_NAME as LOCAL_SMOLLM2_MODEL } from './local-smollm2.capabilities.ts';

export interface LocalSmollm2Settings {
  /** `<data folder>/components`. */
  readonly componentsDir: string;
  readonly clock: Clock;
  /** Draws the seed of calls that bring none. */
  readonly ids: Ids;
  /** The part of the model id before the slash. Default `local`. */
  readonly providerId?: string;
  /** Prompt and answer together, at most 8,192. Default 2,048. */
  readonly contextTokens?: number;
  /** Default 1: samples fastest where cores are shared. 2 reads long prompts almost twice as fast. */
  readonly threads?: 1 | 2;
  /** Calls that may wait for the one that is answered; further ones fail as `overloaded`. Default 8. */
  readonly waitingLimit?: number;
  /** Default 5 minutes. */
  readonly idleStopMs?: number;
}

const DEFAULT_WAITING_LIMIT = 8;
const DEFAULT_IDLE_STOP_MS = 5 * 60_000;
const START_TIMEOUT_MS = 60_000;
const CANCEL_GRACE_MS = 5_000;
const MAX_TIMER_MS = 2 ** 31 - 1;

/** The provider, or null when the component is not installed; `findComponent` says why. Starts nothing. */
export function createLocalSmollm2Provider(settings: LocalSmollm2Settings): Provider | null {
  const { installed } = findComponent(settings.componentsDir);
  if (installed === null) return null;
  const contextTokens = settings.contextTokens ?? DEFAULT_CONTEXT_TOKENS;
  const model = createLocalModel({
    load: { engineUrl: installed.engineUrl, modelPath: installed.modelPath, contextTokens, threads: settings.threads ?? 1 },
    waitingLimit: settings.waitingLimit ?? DEFAULT_WAITING_LIMIT,
    idleStopMs: settings.idleStopMs ?? DEFAULT_IDLE_STOP_MS,
    startTimeoutMs: START_TIMEOUT_MS,
    cancelGraceMs: CANCEL_GRACE_MS,
  });
  return toProvider(settings, installed, model, contextTokens);
}

function toProvider(settings: LocalSmollm2Settings, installed: InstalledComponent, model: LocalModel, contextTokens: number): Provider {
  const randomSeed = (): number => settings.ids.secretBytes(4).readUInt32LE();
  const answer = (call: ProviderCall, take: (part: StreamPart) => void | Promise<void>): Promise<GenerationOutcome> =>
    streamAnswer(
      { model, contextTokens, randomSeed, clock: settings.clock, fingerprint: `smollm2-${installed.modelSha256.slice(0, 12)}` },
      call,
      take,
    );
  return {
    id: settings.providerId ?? 'local',
    displayName: 'SmolLM2 135M (local)',
    capabilities: CAPABILITIES,
    dialects: [],
    complete: (call) => collectAnswer(call, answer),
    stream: async (call, sink: StreamSink) => {
      await answer(call, (part) => sink.part(part));
    },
    probe: (signal) => model.load(signal),
    close: () => model.close(),
  };
}

interface AnswerSources {
  readonly model: LocalModel;
  readonly contextTokens: number;
  readonly randomSeed: () => number;
  readonly clock: Clock;
  /** Which weights answered. */
  readonly fingerprint: string;
}

/** Hands on the parts of one answer in the order of the contract. */
async function streamAnswer(
  { model, contextTokens, randomSeed, clock, fingerprint }: AnswerSources,
  call: ProviderCall,
  take: (part: StreamPart) => void | Promise<void>,
): Promise<GenerationOutcome> {
  if (call.model !== MODEL_NAME)
    throw new ProviderError('not-found', `There is no local model named ${call.model}; this one is ${MODEL_NAME}.`);
  const { request, warnings } = toGenerationRequest(call.request(), contextTokens, randomSeed);
  let hasStarted = false;
  const start = async (): Promise<void> => {
    if (hasStarted) return;
    hasStarted = true;
    await take({
      type: 'response-start',
      id: `local-${call.context.attemptId}`,
      model: MODEL_NAME,
      createdAtSeconds: Math.floor(clock.nowMs() / 1000),
      systemFingerprint: fingerprint,
      serviceTier: null,
      upstream: { httpStatus: 200, requestId: null, headers: {} },
      warnings,
    });
  };
  // The start waits for the first token: until then the call may still fail with its own error and be retried elsewhere.
  for await (const part of model.generate(request, toSignal(call.context))) {
    await start();
    if (part.type === 'text') {
      await take({ type: 'text-delta', choice: 0, text: part.text });
      continue;
    }
    await take({ type: 'choice-finish', choice: 0, finishReason: toFinishReason(part.stopCause), rawFinishReason: part.stopCause });
    await take({ type: 'usage', usage: toUsage(part) });
    return part;
  }
  throw new ProviderError('malformed', 'The local model ended its answer without saying how.');
}

function toSignal({ signal, remainingMs }: CallContext): AbortSignal {
  return AbortSignal.any([signal, AbortSignal.timeout(Math.min(Math.max(0, Math.ceil(remainingMs)), MAX_TIMER_MS))]);
}

async function collectAnswer(
  call: ProviderCall,
  answer: (call: ProviderCall, take: (part: StreamPart) => void) => Promise<GenerationOutcome>,
): Promise<CompletionResult> {
  const texts: string[] = [];
  let start: Extract<StreamPart, { type: 'response-start' }> | null = null;
  const outcome = await answer(call, (part) => {
    if (part.type === 'response-start') start = part;
    if (part.type === 'text-delta') texts.push(part.text);
  });
  return toResult(start, texts.join(''), outcome);
}

function toResult(
  start: Extract<StreamPart, { type: 'response-start' }> | null,
  text: string,
  outcome: GenerationOutcome,
): CompletionResult {
  return {
    id: start?.id ?? null,
    model: MODEL_NAME,
    createdAtSeconds: start?.createdAtSeconds ?? null,
    choices: [
      {
        index: 0,
        text,
        reasoning: [],
        refusal: null,
        toolCalls: [],
        logprobs: null,
        finishReason: toFinishReason(outcome.stopCause),
        rawFinishReason: outcome.stopCause,
        extra: {},
      },
    ],
    usage: toUsage(outcome),
    serviceTier: null,
    systemFingerprint: start?.systemFingerprint ?? null,
    upstream: start?.upstream ?? { httpStatus: 200, requestId: null, headers: {} },
    warnings: start?.warnings ?? [],
    wire: null,
  };
}
