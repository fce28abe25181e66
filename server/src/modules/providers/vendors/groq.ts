import { defineCompatibleVendor } from './compatible-vendor.ts';
import { DURATION_RATE_LIMITS, HOSTED_CAPABILITIES, RECENT_WIRE } from './compatible-wires.ts';

export const GROQ = defineCompatibleVendor({
  id: 'groq',
  displayName: 'Groq',
  defaultBaseUrl: 'https://api.groq.com/openai/v1',
  baseUrlVariable: 'GROQ_BASE_URL',
  key: { isRequired: true, variables: ['GROQ_API_KEY'] },
  capabilities: { ...HOSTED_CAPABILITIES, vision: true, promptCache: 'automatic' },
  wire: {
    ...RECENT_WIRE,
    unsupportedParameters: ['top_k', 'logprobs', 'top_logprobs', 'logit_bias', 'n'],
    unsupportedMessageFields: ['name'],
    reasoningField: 'reasoning',
  },
  rateLimits: DURATION_RATE_LIMITS,
  responses: { translates: () => false },
});
