import { COMMON_TOKENS } from '../shared/rate-limits.ts';
import { defineCompatibleVendor } from './compatible-vendor.ts';
import { HOSTED_CAPABILITIES, HOSTED_WIRE } from './compatible-wires.ts';

export const TOGETHER = defineCompatibleVendor({
  id: 'together',
  displayName: 'Together AI',
  defaultBaseUrl: 'https://api.together.xyz/v1',
  baseUrlVariable: 'TOGETHER_BASE_URL',
  key: { isRequired: true, variables: ['TOGETHER_API_KEY'] },
  capabilities: { ...HOSTED_CAPABILITIES, vision: true, logprobs: true, multipleChoices: true, embeddings: true, promptCache: 'automatic' },
  wire: { ...HOSTED_WIRE, reasoningField: 'reasoning' },
  rerankPath: '/rerank',
  rateLimits: {
    requests: [{ limit: 'x-ratelimit-limit', remaining: 'x-ratelimit-remaining', reset: 'x-ratelimit-reset' }],
    tokens: [COMMON_TOKENS],
    resetFormat: 'seconds',
  },
});
