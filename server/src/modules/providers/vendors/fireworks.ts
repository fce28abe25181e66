import { COMMON_REQUESTS, windowOf } from '../shared/rate-limits.ts';
import { defineCompatibleVendor } from './compatible-vendor.ts';
import { HOSTED_CAPABILITIES, RECENT_WIRE } from './compatible-wires.ts';

export const FIREWORKS = defineCompatibleVendor({
  id: 'fireworks',
  displayName: 'Fireworks AI',
  defaultBaseUrl: 'https://api.fireworks.ai/inference/v1',
  baseUrlVariable: 'FIREWORKS_BASE_URL',
  key: { isRequired: true, variables: ['FIREWORKS_API_KEY'] },
  capabilities: { ...HOSTED_CAPABILITIES, vision: true, logprobs: true, multipleChoices: true, embeddings: true, promptCache: 'automatic' },
  wire: RECENT_WIRE,
  rateLimits: {
    requests: [COMMON_REQUESTS],
    tokens: [windowOf('tokens-prompt'), windowOf('tokens-generated'), windowOf('tokens-cache-adjusted-prompt')],
    resetFormat: 'seconds',
  },
  responses: { translates: () => false },
});
