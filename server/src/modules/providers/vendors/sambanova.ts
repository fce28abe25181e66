import { defineCompatibleVendor } from './compatible-vendor.ts';
import { HOSTED_CAPABILITIES, HOSTED_WIRE } from './compatible-wires.ts';

export const SAMBANOVA = defineCompatibleVendor({
  id: 'sambanova',
  displayName: 'SambaNova',
  defaultBaseUrl: 'https://api.sambanova.ai/v1',
  baseUrlVariable: 'SAMBANOVA_BASE_URL',
  key: { isRequired: true, variables: ['SAMBANOVA_API_KEY'] },
  capabilities: { ...HOSTED_CAPABILITIES, vision: true, embeddings: true },
  wire: { ...HOSTED_WIRE, unsupportedParameters: ['presence_penalty', 'frequency_penalty'], reasoningField: 'reasoning' },
});
