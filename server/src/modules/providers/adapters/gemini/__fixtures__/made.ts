/** Pieces that several suites of this adapter start from. */
export const NO_USAGE_BUCKETS = {
  inputTokens: 0,
  cachedReadTokens: 0,
  cacheWriteTokens: 0,
  outputTokens: 0,
  reasoningTokens: 0,
  audioInputTokens: 0,
  audioOutputTokens: 0,
  imageInputTokens: 0,
  totalTokens: 0,
  raw: null,
} as const;
