import { COMPATIBLE_CAPABILITIES, COMPATIBLE_WIRE } from '../adapters/openai-compatible/index.ts';
import { defineCompatibleVendor } from './compatible-vendor.ts';

export const LM_STUDIO = defineCompatibleVendor({
  id: 'lm-studio',
  displayName: 'LM Studio',
  defaultBaseUrl: 'http://127.0.0.1:1234/v1',
  baseUrlVariable: 'LM_STUDIO_BASE_URL',
  key: { description: 'a key, or nothing where the server needs none', isRequired: false, variables: ['LM_STUDIO_API_KEY'] },
  capabilities: { ...COMPATIBLE_CAPABILITIES, multipleChoices: false, promptCache: 'none' },
  wire: COMPATIBLE_WIRE,
  responses: { translates: () => false },
});
