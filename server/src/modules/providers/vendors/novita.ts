import { defineCompatibleVendor } from './compatible-vendor.ts';
import { HOSTED_CAPABILITIES, HOSTED_WIRE } from './compatible-wires.ts';

export const NOVITA = defineCompatibleVendor({
  id: 'novita',
  displayName: 'Novita AI',
  defaultBaseUrl: 'https://api.novita.ai/v3/openai',
  baseUrlVariable: 'NOVITA_BASE_URL',
  key: { isRequired: true, variables: ['NOVITA_API_KEY'] },
  capabilities: HOSTED_CAPABILITIES,
  wire: { ...HOSTED_WIRE, reasoningTokens: 'by-total' },
});
