import { defineCompatibleVendor } from './compatible-vendor.ts';
import { HOSTED_CAPABILITIES, HOSTED_WIRE } from './compatible-wires.ts';

export const AI21 = defineCompatibleVendor({
  id: 'ai21',
  displayName: 'AI21',
  defaultBaseUrl: 'https://api.ai21.com/studio/v1',
  baseUrlVariable: 'AI21_BASE_URL',
  key: { isRequired: true, variables: ['AI21_API_KEY'] },
  capabilities: { ...HOSTED_CAPABILITIES, structuredOutput: 'json-object', reasoning: false, seed: false },
  wire: { ...HOSTED_WIRE, reasoningField: null, reasoningRequest: 'none' },
  // The list of models is answered without a key, too.
  probe: 'refusal',
});
