import { defineCompatibleVendor } from './compatible-vendor.ts';
import { HOSTED_CAPABILITIES, HOSTED_WIRE } from './compatible-wires.ts';

export const CRUSOE = defineCompatibleVendor({
  id: 'crusoe',
  displayName: 'Crusoe',
  defaultBaseUrl: 'https://api.inference.crusoecloud.com/v1',
  baseUrlVariable: 'CRUSOE_BASE_URL',
  key: { isRequired: true, variables: ['CRUSOE_API_KEY'] },
  capabilities: HOSTED_CAPABILITIES,
  wire: { ...HOSTED_WIRE, reasoningTokens: 'by-total' },
});
