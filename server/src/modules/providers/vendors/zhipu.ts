import { defineCompatibleVendor } from './compatible-vendor.ts';
import { HOSTED_CAPABILITIES, HOSTED_WIRE } from './compatible-wires.ts';

/** GLM, also known as Zhipu and BigModel. */
export const ZHIPU = defineCompatibleVendor({
  id: 'zhipu',
  displayName: 'Z.ai',
  defaultBaseUrl: 'https://api.z.ai/api/paas/v4',
  baseUrlVariable: 'ZAI_BASE_URL',
  key: { description: 'the key of your Z.ai (Zhipu) account', isRequired: true, variables: ['ZAI_API_KEY', 'ZHIPU_API_KEY'] },
  capabilities: {
    ...HOSTED_CAPABILITIES,
    structuredOutput: 'json-object',
    vision: true,
    seed: false,
    embeddings: true,
    promptCache: 'automatic',
  },
  wire: { ...HOSTED_WIRE, reasoningRequest: 'effort-or-off', streamUsage: 'always' },
});
