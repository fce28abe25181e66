import { COMMON_REQUESTS, COMMON_TOKENS } from '../shared/rate-limits.ts';
import { defineCompatibleVendor } from './compatible-vendor.ts';
import { HOSTED_CAPABILITIES, RECENT_WIRE } from './compatible-wires.ts';

export const VENICE = defineCompatibleVendor({
  id: 'venice',
  displayName: 'Venice AI',
  defaultBaseUrl: 'https://api.venice.ai/api/v1',
  baseUrlVariable: 'VENICE_BASE_URL',
  key: { isRequired: true, variables: ['VENICE_API_KEY'] },
  capabilities: { ...HOSTED_CAPABILITIES, vision: true, logprobs: true, multipleChoices: true, embeddings: true, promptCache: 'automatic' },
  wire: RECENT_WIRE,
  rateLimits: { requests: [COMMON_REQUESTS], tokens: [COMMON_TOKENS], resetFormat: 'epoch-ms' },
});
