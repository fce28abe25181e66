import { defineCompatibleVendor } from './compatible-vendor.ts';
import { HOSTED_CAPABILITIES, RECENT_WIRE } from './compatible-wires.ts';

export const LLAMA_API = defineCompatibleVendor({
  id: 'llama-api',
  displayName: 'Meta Llama API',
  defaultBaseUrl: 'https://api.llama.com/compat/v1',
  baseUrlVariable: 'LLAMA_API_BASE_URL',
  key: { isRequired: true, variables: ['LLAMA_API_KEY'] },
  capabilities: { ...HOSTED_CAPABILITIES, vision: true, reasoning: false, seed: false },
  wire: { ...RECENT_WIRE, reasoningField: null, reasoningRequest: 'none' },
  probe: 'refusal',
});
