/**
 * `local/echo`: says back what the user said last, word by word. It needs no key, no network and no time, counts its words truly and
 * costs nothing. A request's `extra.antiphonEcho` scripts latency, failures, tool calls and reasoning; it never poses as a vendor's model.
 */
import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '../../../../kernel/clock/index.ts';
import type {
  CallContext,
  CompletionRequest,
  CompletionResult,
  FinishReason,
  Provider,
  ProviderCall,
  ProviderCapabilities,
  StreamPart,
  StreamSink,
  UpstreamResponse,
  Usage,
} from '../../contract.ts';
import { ChoiceBuilder } from '../../shared/choice-builder.ts';
import { cancelled, scriptedError, unknownModel } from './local-echo.errors.ts';
import { inputTokensOf, readScript, type EchoScript } from './local-echo.script.ts';

export const LOCAL_ECHO_MODEL = 'echo';

export const LOCAL_ECHO_CAPABILITIES: ProviderCapabilities = {
  streaming: true,
  tools: true,
  parallelTools: true,
  streamedToolArguments: false,
  structuredOutput: 'none',
  vision: false,
  documents: false,
  audio: false,
  reasoning: true,
  logprobs: false,
  multipleChoices: true,
  seed: true,
  embeddings: false,
  promptCache: 'none',
};

export interface LocalEchoSettings {
  readonly clock: Clock;
}

const MAX_CHOICES = 16;
/** So long at most hangs a call that nothing aborts. */
const HANG_MS = 3_600_000;

export function createLocalEchoProvider(settings: LocalEchoSettings): Provider {
  const stream = async (call: ProviderCall, sink: StreamSink): Promise<void> => {
    if (call.model !== LOCAL_ECHO_MODEL) throw unknownModel(call.model);
    const { attemptId, signal } = call.context;
    for await (const part of speak(call.request(), { attemptId, signal, nowMs: settings.clock.nowMs() })) {
      const pending = sink.part(part);
      if (pending !== undefined) await pending;
    }
  };
  return {
    id: 'local',
    displayName: 'Local echo',
    capabilities: LOCAL_ECHO_CAPABILITIES,
    dialects: [],
    stream,
    complete: async (call) => {
      const parts: StreamPart[] = [];
      await stream(call, { part: (part) => void parts.push(part) });
      return toResult(parts);
    },
    probe: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}

const UPSTREAM: UpstreamResponse = { httpStatus: 200, requestId: null, headers: {} };

type Speech = Pick<CallContext, 'attemptId' | 'signal'> & { readonly nowMs: number };

async function* speak(request: CompletionRequest, speech: Speech): AsyncGenerator<StreamPart> {
  const script = readScript(request);
  const { signal } = speech;
  if (signal.aborted) throw cancelled(signal.reason);
  await pause(script.latencyMs, signal);
  await failAt(0, script, signal);
  yield {
    type: 'response-start',
    id: `echo-${speech.attemptId}`,
    model: LOCAL_ECHO_MODEL,
    createdAtSeconds: Math.floor(speech.nowMs / 1000),
    systemFingerprint: null,
    serviceTier: null,
    upstream: UPSTREAM,
    warnings: warningsFor(request),
  };
  const spoken = { output: 0, reasoning: 0 };
  const choiceCount = Math.min(request.choiceCount ?? 1, MAX_CHOICES);
  for (let choice = 0; choice < choiceCount; choice += 1) yield* speakChoice(choice, request, script, signal, spoken);
  yield { type: 'usage', usage: toUsage(inputTokensOf(request), spoken.output, spoken.reasoning) };
}

async function* speakChoice(
  choice: number,
  request: CompletionRequest,
  script: EchoScript,
  signal: AbortSignal,
  spoken: { output: number; reasoning: number },
): AsyncGenerator<StreamPart> {
  const limit = request.maxOutputTokens ?? Number.POSITIVE_INFINITY;
  let given = 0;
  const all = [
    ...script.reasoning.map((text) => ({ type: 'reasoning-delta' as const, text })),
    ...script.tokens.map((text) => ({ type: 'text-delta' as const, text })),
  ];
  for (const { type, text } of all) {
    if (given >= limit) break;
    if (given > 0) await pause(script.tokenIntervalMs, signal);
    if (given > 0) await failAt(given, script, signal);
    yield { type, choice, text };
    given += 1;
    if (type === 'reasoning-delta') spoken.reasoning += 1;
    else spoken.output += 1;
  }
  if (given > 0) await failAt(given, script, signal, true);
  for (const [index, call] of script.toolCalls.entries()) {
    yield { type: 'tool-call-start', choice, index, id: `call_echo_${choice}_${index}`, name: call.name };
    if (call.argumentsText !== '') yield { type: 'tool-call-delta', choice, index, argumentsText: call.argumentsText };
    spoken.output += 1;
  }
  const finishReason: FinishReason = given < all.length ? 'length' : script.toolCalls.length > 0 ? 'tool-calls' : 'stop';
  yield { type: 'choice-finish', choice, finishReason, rawFinishReason: finishReason };
}

/** Fails or hangs once `given` tokens have been said; a script that wants more tokens than there are fails after the last. */
async function failAt(given: number, script: EchoScript, signal: AbortSignal, isLast = false): Promise<void> {
  const isDue = isLast ? given <= script.failAfterTokens : given === script.failAfterTokens;
  if (!isDue) return;
  if (script.isHanging) await pause(HANG_MS, signal);
  if (script.failWith !== null) throw scriptedError(script.failWith);
}

async function pause(waitMs: number, signal: AbortSignal): Promise<void> {
  if (waitMs <= 0) return;
  try {
    await wait(waitMs, undefined, { signal });
  } catch {
    throw cancelled(signal.reason);
  }
}

function warningsFor(request: CompletionRequest): readonly string[] {
  const warnings: string[] = [];
  if (request.responseFormat !== undefined && request.responseFormat.type !== 'text')
    warnings.push('The local echo keeps to no response format.');
  if (request.logprobs !== undefined) warnings.push('The local echo has no log probabilities.');
  if ((request.choiceCount ?? 1) > MAX_CHOICES) warnings.push(`The local echo gives at most ${MAX_CHOICES} choices.`);
  return warnings;
}

/** One word is one token. */
function toUsage(inputTokens: number, outputTokens: number, reasoningTokens: number): Usage {
  return {
    inputTokens,
    cachedReadTokens: 0,
    cacheWriteTokens: 0,
    outputTokens,
    reasoningTokens,
    audioInputTokens: 0,
    audioOutputTokens: 0,
    imageInputTokens: 0,
    totalTokens: inputTokens + outputTokens + reasoningTokens,
    raw: { inputWords: inputTokens, outputWords: outputTokens, reasoningWords: reasoningTokens },
  };
}

function toResult(parts: readonly StreamPart[]): CompletionResult {
  const builder = new ChoiceBuilder();
  for (const part of parts) builder.add(part);
  const start = parts.find((part) => part.type === 'response-start');
  const usage = parts.findLast((part) => part.type === 'usage');
  return {
    id: start?.id ?? null,
    model: LOCAL_ECHO_MODEL,
    createdAtSeconds: start?.createdAtSeconds ?? null,
    choices: builder.build(),
    usage: usage?.usage ?? null,
    serviceTier: null,
    systemFingerprint: null,
    upstream: UPSTREAM,
    warnings: start?.warnings ?? [],
    wire: null,
  };
}
