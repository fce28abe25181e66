import { toPromptTokens } from './local-smollm2.chat-template.ts';
import type { EngineModel, EngineModule, EngineSequence } from './local-smollm2.engine.ts';
import type { GenerationOutcome, GenerationRequest, LoadOptions, StopCause } from './local-smollm2.protocol.ts';
import { createStopFilter, createTokenDecoder } from './local-smollm2.text.ts';

/** Prompt tokens evaluated in one go: between two of them a cancelled call is noticed, under a second on one slow core. */
const PROMPT_CHUNK_TOKENS = 128;
/** An answer needs room for at least one token. */
const MIN_OUTPUT_TOKENS = 1;

/** The prompt leaves no room for an answer. */
export class PromptTooLongError extends Error {
  readonly inputTokens: number;

  constructor(inputTokens: number) {
    super('The prompt does not fit into the context.');
    this.name = 'PromptTooLongError';
    this.inputTokens = inputTokens;
  }
}

export interface Inference {
  /** Samples one answer, handing on its text as it comes. One call at a time. Throws `PromptTooLongError`. */
  generate(request: GenerationRequest, emitText: (text: string) => void, isCancelled: () => boolean): Promise<GenerationOutcome>;
}

/** Loads engine and weights into this process. */
export async function loadInference({ engineUrl, modelPath, contextTokens, threads }: LoadOptions): Promise<Inference> {
  const engine: EngineModule = await import(engineUrl);
  const runtime = await engine.getLlama({
    gpu: false,
    build: 'never',
    skipDownload: true,
    progressLogs: false,
    logLevel: 'error',
    maxThreads: threads,
    ramPadding: 0,
  });
  // The engine's own memory estimate asks for gigabytes of headroom; these weights need 0.3 GB.
  const model = await runtime.loadModel({ modelPath, gpuLayers: 0, ignoreMemorySafetyChecks: true });
  const context = await model.createContext({ contextSize: contextTokens, sequences: 1, threads, batchSize: PROMPT_CHUNK_TOKENS });
  const sequence = context.getSequence();
  return {
    generate: (request, emitText, isCancelled) => generate({ model, sequence, contextTokens }, request, emitText, isCancelled),
  };
}

interface Loaded {
  readonly model: EngineModel;
  readonly sequence: EngineSequence;
  readonly contextTokens: number;
}

async function generate(
  { model, sequence, contextTokens }: Loaded,
  request: GenerationRequest,
  emitText: (text: string) => void,
  isCancelled: () => boolean,
): Promise<GenerationOutcome> {
  const prompt = toPromptTokens(model, request.messages);
  const inputTokens = prompt.length;
  if (inputTokens + MIN_OUTPUT_TOKENS > contextTokens) throw new PromptTooLongError(inputTokens);
  // Nothing of the previous call may stay in the context: it may have been another tenant's.
  await sequence.clearHistory();
  const lastChunk = await evaluatePrompt(sequence, prompt, isCancelled);
  if (lastChunk === null) return { stopCause: 'cancelled', inputTokens, outputTokens: 0 };
  const outputLimit = Math.min(request.maxOutputTokens, contextTokens - inputTokens);
  const decoder = createTokenDecoder((tokens) => model.detokenize(tokens, false));
  const filter = createStopFilter(request.stop);
  let outputTokens = 0;
  let stopCause: StopCause = 'end-of-turn';
  for await (const token of sequence.evaluate(lastChunk, { ...request.sampling, minP: 0 })) {
    if (isCancelled()) {
      stopCause = 'cancelled';
      break;
    }
    outputTokens += 1;
    const { text, isStopped } = filter.push(decoder.push(token));
    if (text !== '') emitText(text);
    if (isStopped) return { stopCause: 'stop-sequence', inputTokens, outputTokens };
    if (outputTokens >= outputLimit) {
      stopCause = outputLimit === request.maxOutputTokens ? 'max-output-tokens' : 'context-full';
      break;
    }
  }
  const last = filter.push(decoder.flush());
  const rest = last.isStopped ? last.text : last.text + filter.flush();
  if (rest !== '' && stopCause !== 'cancelled') emitText(rest);
  return { stopCause: last.isStopped ? 'stop-sequence' : stopCause, inputTokens, outputTokens };
}

/** Evaluates all but the last chunk of the prompt and returns that one, or null when the call was cancelled meanwhile. */
async function evaluatePrompt(
  sequence: EngineSequence,
  prompt: readonly number[],
  isCancelled: () => boolean,
): Promise<readonly number[] | null> {
  let start = 0;
  for (; prompt.length - start > PROMPT_CHUNK_TOKENS; start += PROMPT_CHUNK_TOKENS) {
    if (isCancelled()) return null;
    await sequence.evaluateWithoutGeneratingNewTokens(prompt.slice(start, start + PROMPT_CHUNK_TOKENS));
  }
  return isCancelled() ? null : prompt.slice(start);
}
