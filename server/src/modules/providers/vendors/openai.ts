import { OPENAI_CAPABILITIES, OPENAI_WIRE } from '../adapters/openai-compatible/index.ts';
import { defineCompatibleVendor } from './compatible-vendor.ts';
import { DURATION_RATE_LIMITS } from './compatible-wires.ts';

/** Families from before the models that think; they answer 400 when they are asked to. */
const MODELS_WITHOUT_REASONING = ['gpt-3.5', 'gpt-4', 'gpt-5-chat', 'chatgpt-', 'ft:gpt-3.5', 'ft:gpt-4'];

export const OPENAI = defineCompatibleVendor({
  id: 'openai',
  displayName: 'OpenAI',
  defaultBaseUrl: 'https://api.openai.com/v1',
  baseUrlVariable: 'OPENAI_BASE_URL',
  key: { isRequired: true, variables: ['OPENAI_API_KEY'] },
  requestIdHeader: 'x-client-request-id',
  capabilities: OPENAI_CAPABILITIES,
  wire: { ...OPENAI_WIRE, modelsWithoutReasoning: MODELS_WITHOUT_REASONING },
  tasks: ['moderation', 'image', 'speech', 'transcription'],
  responses: { countsTokens: true },
  rateLimits: DURATION_RATE_LIMITS,
});
