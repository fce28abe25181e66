import { defineCompatibleVendor } from './compatible-vendor.ts';
import { HOSTED_CAPABILITIES, HOSTED_WIRE } from './compatible-wires.ts';

export const NEBIUS = defineCompatibleVendor({
  id: 'nebius',
  displayName: 'Nebius',
  defaultBaseUrl: 'https://api.studio.nebius.ai/v1',
  baseUrlVariable: 'NEBIUS_BASE_URL',
  key: { isRequired: true, variables: ['NEBIUS_API_KEY'] },
  capabilities: HOSTED_CAPABILITIES,
  wire: { ...HOSTED_WIRE, reasoningTokens: 'by-total' },
});
