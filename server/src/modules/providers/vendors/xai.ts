import { defineCompatibleVendor } from './compatible-vendor.ts';
import { DURATION_RATE_LIMITS, HOSTED_CAPABILITIES, RECENT_WIRE } from './compatible-wires.ts';

/** Counts reasoning beside its completion tokens, alone among all. */
export const XAI = defineCompatibleVendor({
  id: 'xai',
  displayName: 'xAI',
  defaultBaseUrl: 'https://api.x.ai/v1',
  baseUrlVariable: 'XAI_BASE_URL',
  key: { isRequired: true, variables: ['XAI_API_KEY'] },
  capabilities: { ...HOSTED_CAPABILITIES, vision: true, logprobs: true, multipleChoices: true, embeddings: true, promptCache: 'automatic' },
  wire: { ...RECENT_WIRE, reasoningTokens: 'beside' },
  rateLimits: DURATION_RATE_LIMITS,
  responses: { translates: () => false },
});
