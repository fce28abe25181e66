import { defineCompatibleVendor } from './compatible-vendor.ts';
import { HOSTED_CAPABILITIES, HOSTED_WIRE } from './compatible-wires.ts';

export const MOONSHOT = defineCompatibleVendor({
  id: 'moonshot',
  displayName: 'Moonshot AI',
  defaultBaseUrl: 'https://api.moonshot.ai/v1',
  baseUrlVariable: 'MOONSHOT_BASE_URL',
  key: { isRequired: true, variables: ['MOONSHOT_API_KEY'] },
  capabilities: { ...HOSTED_CAPABILITIES, structuredOutput: 'json-object', multipleChoices: true, promptCache: 'automatic' },
  wire: { ...HOSTED_WIRE, reasoningRequest: 'thinking' },
});
