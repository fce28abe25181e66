/** What several vendors of the OpenAI wire have in common. */
import { COMPATIBLE_CAPABILITIES, COMPATIBLE_WIRE, type OpenAiWireRules } from '../adapters/openai-compatible/index.ts';
import type { ProviderCapabilities } from '../contract.ts';
import { COMMON_REQUESTS, COMMON_TOKENS, type RateLimitRules } from '../shared/rate-limits.ts';

/** A hosted server of open models: text, tools and reasoning; more is said by the vendor that has it. */
export const HOSTED_CAPABILITIES: ProviderCapabilities = {
  ...COMPATIBLE_CAPABILITIES,
  vision: false,
  logprobs: false,
  multipleChoices: false,
  embeddings: false,
  promptCache: 'none',
};

/** Knows `max_tokens` only, counts reasoning within its completion tokens, and takes `reasoning_content` back. */
export const HOSTED_WIRE: OpenAiWireRules = {
  ...COMPATIBLE_WIRE,
  renamedParameters: { max_completion_tokens: 'max_tokens' },
  reasoningTokens: 'within',
};

/** Knows both names of the output limit. */
export const RECENT_WIRE: OpenAiWireRules = { ...COMPATIBLE_WIRE, maxOutputTokensName: 'max_completion_tokens', reasoningTokens: 'within' };

/** OpenAI's headers with Go durations. */
export const DURATION_RATE_LIMITS: RateLimitRules = { requests: [COMMON_REQUESTS], tokens: [COMMON_TOKENS], resetFormat: 'duration' };
