import { defineCompatibleVendor } from './compatible-vendor.ts';
import { HOSTED_CAPABILITIES, HOSTED_WIRE } from './compatible-wires.ts';

export const DEEPINFRA = defineCompatibleVendor({
  id: 'deepinfra',
  displayName: 'DeepInfra',
  defaultBaseUrl: 'https://api.deepinfra.com/v1/openai',
  baseUrlVariable: 'DEEPINFRA_BASE_URL',
  key: { isRequired: true, variables: ['DEEPINFRA_API_KEY', 'DEEPINFRA_TOKEN'] },
  capabilities: { ...HOSTED_CAPABILITIES, vision: true, multipleChoices: true, embeddings: true },
  wire: { ...HOSTED_WIRE, reasoningTokens: 'by-total' },
  probe: 'refusal',
});
