import { OPENAI_CAPABILITIES, OPENAI_WIRE } from '../adapters/openai-compatible/index.ts';
import { defineCompatibleVendor } from './compatible-vendor.ts';
import { DURATION_RATE_LIMITS } from './compatible-wires.ts';

export const OPENAI = defineCompatibleVendor({
  id: 'openai',
  displayName: 'OpenAI',
  defaultBaseUrl: 'https://api.openai.com/v1',
  baseUrlVariable: 'OPENAI_BASE_URL',
  key: { isRequired: true, variables: ['OPENAI_API_KEY'] },
  requestIdHeader: 'x-client-request-id',
  capabilities: OPENAI_CAPABILITIES,
  wire: OPENAI_WIRE,
  tasks: ['moderation', 'image', 'speech', 'transcription'],
  responses: { countsTokens: true },
  rateLimits: DURATION_RATE_LIMITS,
});
