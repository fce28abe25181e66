import { windowOf } from '../shared/rate-limits.ts';
import { defineCompatibleVendor } from './compatible-vendor.ts';
import { HOSTED_CAPABILITIES, HOSTED_WIRE } from './compatible-wires.ts';

export const MISTRAL = defineCompatibleVendor({
  id: 'mistral',
  displayName: 'Mistral',
  defaultBaseUrl: 'https://api.mistral.ai/v1',
  baseUrlVariable: 'MISTRAL_BASE_URL',
  key: { isRequired: true, variables: ['MISTRAL_API_KEY'] },
  capabilities: {
    ...HOSTED_CAPABILITIES,
    vision: true,
    documents: true,
    audio: true,
    multipleChoices: true,
    embeddings: true,
    promptCache: 'automatic',
  },
  wire: {
    ...HOSTED_WIRE,
    renamedParameters: { max_completion_tokens: 'max_tokens', seed: 'random_seed' },
    unsupportedParameters: ['top_k', 'logit_bias', 'logprobs', 'top_logprobs', 'user', 'stream_options'],
    requiredToolChoice: 'any',
    // Its thinking comes and goes back as parts of the content.
    reasoningField: null,
    streamUsage: 'always',
  },
  answerIdHeaders: ['mistral-correlation-id'],
  rateLimits: { requests: [windowOf('req-minute')], tokens: [windowOf('tokens-minute')], resetFormat: 'seconds' },
});
