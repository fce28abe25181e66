/**
 * Google's arithmetic: `promptTokenCount` includes what was read from a cache (`cachedContentTokenCount`); `candidatesTokenCount` leaves
 * thoughts out (`thoughtsTokenCount`); prompts of the vendor's own tools are counted beside (`toolUsePromptTokenCount`). The total is the
 * sum of prompt, tool prompts, candidates and thoughts, and so is ours.
 *
 * The prompt is told apart by modality: what is AUDIO is audio input, IMAGE and VIDEO are image input, each without its cached share;
 * text and documents are input. Of the output only AUDIO has a bucket of its own. Cache writes are billed by time and carry no tokens here.
 */
import type { JsonObject, JsonValue, Usage } from '../../contract.ts';
import { arrayOf, objectOf } from '../../shared/json.ts';
import { tokensOf } from './gemini.wire.ts';

/** Names of the modalities, by number too: answers transcoded from gRPC carry numbers. */
const AUDIO: ReadonlySet<JsonValue | undefined> = new Set(['AUDIO', 4]);
const PICTURES: ReadonlySet<JsonValue | undefined> = new Set(['IMAGE', 2, 'VIDEO', 3]);

/** Buckets of a `usageMetadata` object; null when it holds no token count. */
export function toUsage(raw: JsonObject | null): Usage | null {
  if (raw === null || !hasTokenCounts(raw)) return null;
  const prompt = tokensOf(raw['promptTokenCount']);
  const cachedReadTokens = Math.min(prompt, tokensOf(raw['cachedContentTokenCount']));
  const uncached = (modality: ReadonlySet<JsonValue | undefined>): number =>
    Math.max(0, sumOf(raw['promptTokensDetails'], modality) - sumOf(raw['cacheTokensDetails'], modality));
  const audioInputTokens = Math.min(prompt - cachedReadTokens, uncached(AUDIO));
  const imageInputTokens = Math.min(prompt - cachedReadTokens - audioInputTokens, uncached(PICTURES));
  const candidates = tokensOf(raw['candidatesTokenCount']);
  const audioOutputTokens = Math.min(candidates, sumOf(raw['candidatesTokensDetails'], AUDIO));
  const toolPrompts = tokensOf(raw['toolUsePromptTokenCount']);
  const reasoningTokens = tokensOf(raw['thoughtsTokenCount']);
  return {
    inputTokens: prompt - cachedReadTokens - audioInputTokens - imageInputTokens + toolPrompts,
    cachedReadTokens,
    cacheWriteTokens: 0,
    outputTokens: candidates - audioOutputTokens,
    reasoningTokens,
    audioInputTokens,
    audioOutputTokens,
    imageInputTokens,
    totalTokens: prompt + toolPrompts + candidates + reasoningTokens,
    raw,
  };
}

/** Counts of a stream are cumulative: the last object that holds any is the whole truth. Vertex AI also sends objects without counts. */
export function hasTokenCounts(raw: JsonObject): boolean {
  return ['promptTokenCount', 'candidatesTokenCount', 'totalTokenCount'].some((name) => typeof raw[name] === 'number');
}

function sumOf(details: JsonValue | undefined, modality: ReadonlySet<JsonValue | undefined>): number {
  let sum = 0;
  for (const value of arrayOf(details)) {
    const detail = objectOf(value);
    if (detail !== null && modality.has(detail['modality'])) sum += tokensOf(detail['tokenCount']);
  }
  return sum;
}

/** Our buckets as this wire's own object: the raw one where the answer came over this wire. */
export function fromUsage(usage: Usage): JsonObject {
  const raw = objectOf(usage.raw);
  if (raw !== null && typeof raw['promptTokenCount'] === 'number') return raw;
  const { inputTokens, cachedReadTokens, cacheWriteTokens, audioInputTokens, imageInputTokens } = usage;
  const modalities: readonly (readonly [string, number])[] = [
    ['TEXT', inputTokens + cachedReadTokens + cacheWriteTokens],
    ['AUDIO', audioInputTokens],
    ['IMAGE', imageInputTokens],
  ];
  return {
    promptTokenCount: inputTokens + cachedReadTokens + cacheWriteTokens + audioInputTokens + imageInputTokens,
    ...(cachedReadTokens === 0 ? {} : { cachedContentTokenCount: cachedReadTokens }),
    candidatesTokenCount: usage.outputTokens + usage.audioOutputTokens,
    ...(usage.reasoningTokens === 0 ? {} : { thoughtsTokenCount: usage.reasoningTokens }),
    totalTokenCount: usage.totalTokens,
    promptTokensDetails: modalities.filter(([, count]) => count > 0).map(([modality, tokenCount]) => ({ modality, tokenCount })),
  };
}
