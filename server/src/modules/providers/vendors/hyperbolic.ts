import { defineCompatibleVendor } from './compatible-vendor.ts';
import { HOSTED_CAPABILITIES, HOSTED_WIRE } from './compatible-wires.ts';

export const HYPERBOLIC = defineCompatibleVendor({
  id: 'hyperbolic',
  displayName: 'Hyperbolic',
  defaultBaseUrl: 'https://api.hyperbolic.xyz/v1',
  baseUrlVariable: 'HYPERBOLIC_BASE_URL',
  key: { isRequired: true, variables: ['HYPERBOLIC_API_KEY'] },
  capabilities: HOSTED_CAPABILITIES,
  wire: { ...HOSTED_WIRE, reasoningTokens: 'by-total' },
});
