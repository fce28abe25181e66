import type { JsonObject, JsonValue, Usage } from '../../contract.ts';
import { countOf, objectOf } from '../../shared/json.ts';
import type { OpenAiWireRules } from './openai.settings.ts';

/**
 * The vendor's usage in disjoint buckets; null when it names no token count at all.
 *
 * `prompt_tokens` includes cache reads, cache writes, audio and images; `completion_tokens` includes audio, and reasoning by the provider's rule.
 * Where parts overlap (a cached token can be an audio token) the cache wins, then audio, then images, so that the sum stays right.
 * A cache read that is larger than a prompt all of whose tokens are told to be text lies beside it (Grok in Azure, whose total leaves it out).
 * Mistral counts audio beside its prompt: it is beside when prompt + audio + completion is the total that the answer itself names.
 * The total is the sum of the buckets; what the vendor called total stays in `raw`.
 */
export function toUsage(value: JsonValue | undefined, rule: OpenAiWireRules['reasoningTokens']): Usage | null {
  const raw = objectOf(value);
  if (raw === null) return null;
  const prompt = countOf(raw['prompt_tokens']);
  const completion = countOf(raw['completion_tokens']);
  if (prompt === null && completion === null) return null;
  const input = splitInput(prompt ?? 0, raw);
  const output = splitOutput(completion ?? 0, prompt ?? 0, raw, rule);
  const totalTokens =
    input.inputTokens +
    input.cachedReadTokens +
    input.cacheWriteTokens +
    input.audioInputTokens +
    input.imageInputTokens +
    output.outputTokens +
    output.reasoningTokens +
    output.audioOutputTokens;
  return { ...input, ...output, totalTokens, raw };
}

type InputBuckets = Pick<Usage, 'inputTokens' | 'cachedReadTokens' | 'cacheWriteTokens' | 'audioInputTokens' | 'imageInputTokens'>;
type OutputBuckets = Pick<Usage, 'outputTokens' | 'reasoningTokens' | 'audioOutputTokens'>;

function splitInput(prompt: number, raw: JsonObject): InputBuckets {
  const details = objectOf(raw['prompt_tokens_details']);
  const audioTokens = countOf(details?.['audio_tokens']) ?? 0;
  const isAudioBeside = audioTokens > 0 && countOf(raw['total_tokens']) === prompt + audioTokens + (countOf(raw['completion_tokens']) ?? 0);
  const marked = markedCacheOf(raw, prompt);
  // DeepSeek names its cache hits at the top level, Moonshot its cached tokens.
  const cached =
    countOf(details?.['cached_tokens']) ??
    countOf(raw['prompt_cache_hit_tokens']) ??
    countOf(raw['cached_tokens']) ??
    countOf(raw['num_cached_tokens']) ??
    marked.readTokens;
  const isCacheBeside = cached !== null && cached > prompt && countOf(details?.['text_tokens']) === prompt;
  const cacheBeside = isCacheBeside ? cached : marked.besideTokens;
  let rest = prompt + (isAudioBeside ? audioTokens : 0) + cacheBeside;
  const take = (count: number | null): number => {
    const taken = Math.min(count ?? 0, rest);
    rest -= taken;
    return taken;
  };
  const cachedReadTokens = take(cached);
  const cacheWriteTokens = take(
    countOf(details?.['cache_write_tokens']) ?? marked.writtenTokens ?? writtenBeside(details, cachedReadTokens, prompt),
  );
  const audioInputTokens = take(audioTokens);
  const imageInputTokens = take(countOf(details?.['image_tokens']));
  return { inputTokens: rest, cachedReadTokens, cacheWriteTokens, audioInputTokens, imageInputTokens };
}

/**
 * Claude behind this wire (Databricks) names its cache in its own words at the top level: beside the prompt when prompt, completion and
 * cache are the total that the answer itself names, within it otherwise.
 */
function markedCacheOf(
  raw: JsonObject,
  prompt: number,
): { readonly readTokens: number | null; readonly writtenTokens: number | null; readonly besideTokens: number } {
  const readTokens = countOf(raw['cache_read_input_tokens']);
  const writtenTokens = countOf(raw['cache_creation_input_tokens']);
  const tokens = (readTokens ?? 0) + (writtenTokens ?? 0);
  const isBeside = tokens > 0 && countOf(raw['total_tokens']) === prompt + (countOf(raw['completion_tokens']) ?? 0) + tokens;
  return { readTokens, writtenTokens, besideTokens: isBeside ? tokens : 0 };
}

/** Venice names what it wrote to its cache; in some answers it repeats what it read, which then is no write. */
function writtenBeside(details: JsonObject | null, cachedReadTokens: number, prompt: number): number {
  const written = countOf(details?.['cache_creation_input_tokens']) ?? 0;
  return cachedReadTokens + written <= prompt ? written : 0;
}

function splitOutput(completion: number, prompt: number, raw: JsonObject, rule: OpenAiWireRules['reasoningTokens']): OutputBuckets {
  const details = objectOf(raw['completion_tokens_details']);
  const told = countOf(details?.['reasoning_tokens']) ?? countOf(raw['reasoning_tokens']);
  const reasoning = told ?? (rule === 'by-total' ? untoldReasoning(completion, prompt, raw) : 0);
  const audio = Math.min(countOf(details?.['audio_tokens']) ?? 0, completion);
  const isBeside =
    rule === 'beside' || (rule === 'by-total' && reasoning > 0 && countOf(raw['total_tokens']) === prompt + completion + reasoning);
  if (isBeside) return { outputTokens: completion - audio, reasoningTokens: reasoning, audioOutputTokens: audio };
  const reasoningTokens = Math.min(reasoning, completion - audio);
  return { outputTokens: completion - audio - reasoningTokens, reasoningTokens, audioOutputTokens: audio };
}

/** What the total holds beyond prompt and completion, where the answer does not say what it is. */
function untoldReasoning(completion: number, prompt: number, raw: JsonObject): number {
  const audio = countOf(objectOf(raw['prompt_tokens_details'])?.['audio_tokens']) ?? 0;
  return audio > 0 ? 0 : Math.max(0, (countOf(raw['total_tokens']) ?? 0) - prompt - completion);
}

/** Usage as OpenAI writes it, from any provider's buckets. */
export function fromUsage(usage: Usage): JsonObject {
  const promptTokens =
    usage.inputTokens + usage.cachedReadTokens + usage.cacheWriteTokens + usage.audioInputTokens + usage.imageInputTokens;
  const completionTokens = usage.outputTokens + usage.reasoningTokens + usage.audioOutputTokens;
  return {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
    prompt_tokens_details: {
      cached_tokens: usage.cachedReadTokens,
      audio_tokens: usage.audioInputTokens,
      ...(usage.cacheWriteTokens > 0 ? { cache_write_tokens: usage.cacheWriteTokens } : {}),
      ...(usage.imageInputTokens > 0 ? { image_tokens: usage.imageInputTokens } : {}),
    },
    completion_tokens_details: { reasoning_tokens: usage.reasoningTokens, audio_tokens: usage.audioOutputTokens },
  };
}

/** The usage object of an answer or chunk: in its usual place, or in Groq's. */
export function usageField(body: JsonObject): JsonValue | undefined {
  return body['usage'] ?? objectOf(body['x_groq'])?.['usage'];
}
