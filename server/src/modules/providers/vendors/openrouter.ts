import { COMPATIBLE_CAPABILITIES } from '../adapters/openai-compatible/index.ts';
import { defineCompatibleVendor } from './compatible-vendor.ts';
import { RECENT_WIRE } from './compatible-wires.ts';

export const OPENROUTER = defineCompatibleVendor({
  id: 'openrouter',
  displayName: 'OpenRouter',
  defaultBaseUrl: 'https://openrouter.ai/api/v1',
  baseUrlVariable: 'OPENROUTER_BASE_URL',
  key: { isRequired: true, variables: ['OPENROUTER_API_KEY'] },
  capabilities: { ...COMPATIBLE_CAPABILITIES, documents: true, audio: true },
  wire: {
    ...RECENT_WIRE,
    reasoningField: 'reasoning',
    reasoningDetailFormats: {
      'anthropic/': 'anthropic-claude-v1',
      'google/': 'google-gemini-v1',
      'openai/': 'openai-responses-v1',
      'x-ai/': 'xai-responses-v1',
    },
    reasoningRequest: 'effort-or-budget',
    takesCacheMarks: true,
  },
  answerIdHeaders: ['x-generation-id'],
  // Everybody may read the list of models; this tells the limits of the key.
  paths: { probe: '/key' },
  rerankPath: '/rerank',
  rateLimits: {
    requests: [{ limit: 'x-ratelimit-limit', remaining: 'x-ratelimit-remaining', reset: 'x-ratelimit-reset' }],
    tokens: [],
    resetFormat: 'epoch-ms',
  },
  responses: { translates: () => false },
});
