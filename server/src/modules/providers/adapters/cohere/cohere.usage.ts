/**
 * Cohere's arithmetic. The wire counts twice: `billed_units`, which is what the bill says, and `tokens`, which adds what the vendor's own
 * templates and marks cost. Buckets are the billed units wherever the wire has them, so that price times tokens is the bill:
 * `input_tokens` includes images (told apart by `tokens.image_tokens`), `output_tokens` includes thinking (`tokens.reasoning_tokens`).
 * `cached_tokens` lie within `tokens.input_tokens`, mostly in the template, and are not billed otherwise: they stay in `raw`.
 *
 * Without billed units the buckets are `tokens`: there `input_tokens` includes cache reads and leaves out images. The total is the sum.
 */
import type { JsonObject, Usage } from '../../contract.ts';
import { countOf, objectOf } from '../../shared/json.ts';

/** Buckets of a `usage` (or `meta`) object; null when it counts no tokens. */
export function toUsage(raw: JsonObject | null): Usage | null {
  const billed = objectOf(raw?.['billed_units']);
  const tokens = objectOf(raw?.['tokens']);
  if (raw === null) return null;
  if (hasCounts(billed)) return toBilled(billed, tokens, raw);
  return hasCounts(tokens) ? toCounted(tokens, raw) : null;
}

function hasCounts(counts: JsonObject | null): counts is JsonObject {
  return countOf(counts?.['input_tokens']) !== null || countOf(counts?.['output_tokens']) !== null;
}

function toBilled(billed: JsonObject, tokens: JsonObject | null, raw: JsonObject): Usage {
  const input = countIn(billed, 'input_tokens');
  const output = countIn(billed, 'output_tokens');
  const imageInputTokens = Math.min(input, countIn(tokens, 'image_tokens'));
  const reasoningTokens = Math.min(output, countIn(tokens, 'reasoning_tokens'));
  return toBuckets(
    { inputTokens: input - imageInputTokens, outputTokens: output - reasoningTokens, imageInputTokens, reasoningTokens },
    raw,
  );
}

function toCounted(tokens: JsonObject, raw: JsonObject): Usage {
  const input = countIn(tokens, 'input_tokens');
  const output = countIn(tokens, 'output_tokens');
  const cachedReadTokens = Math.min(input, countIn(raw, 'cached_tokens'));
  const reasoningTokens = Math.min(output, countIn(tokens, 'reasoning_tokens'));
  return toBuckets(
    {
      inputTokens: input - cachedReadTokens,
      cachedReadTokens,
      outputTokens: output - reasoningTokens,
      imageInputTokens: countIn(tokens, 'image_tokens'),
      reasoningTokens,
    },
    raw,
  );
}

type Counted = Pick<Usage, 'inputTokens' | 'outputTokens' | 'imageInputTokens' | 'reasoningTokens'> & {
  readonly cachedReadTokens?: number;
};

function toBuckets({ cachedReadTokens = 0, ...counted }: Counted, raw: JsonObject): Usage {
  const totalTokens = counted.inputTokens + cachedReadTokens + counted.outputTokens + counted.imageInputTokens + counted.reasoningTokens;
  return { ...counted, cachedReadTokens, cacheWriteTokens: 0, audioInputTokens: 0, audioOutputTokens: 0, totalTokens, raw };
}

function countIn(counts: JsonObject | null, name: string): number {
  return countOf(counts?.[name]) ?? 0;
}

/** Embeddings bill images beside texts. */
export function toEmbeddingUsage(meta: JsonObject | null): Usage | null {
  const billed = objectOf(meta?.['billed_units']);
  if (meta === null || billed === null || countOf(billed['input_tokens']) === null) return null;
  const counted = { inputTokens: countIn(billed, 'input_tokens'), imageInputTokens: countIn(billed, 'image_tokens') };
  return toBuckets({ ...counted, outputTokens: 0, reasoningTokens: 0 }, meta);
}
