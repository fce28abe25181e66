import { ANTHROPIC } from './anthropic.ts';
import type { Vendor } from './vendor.ts';

/** Claude in Azure AI Foundry: Anthropic's own wire and header at a base that ends in `/anthropic`. */
export const AZURE_ANTHROPIC: Vendor = {
  ...ANTHROPIC,
  id: 'azure-anthropic',
  displayName: 'Azure AI Foundry (Claude)',
  catalogueId: 'azure-openai',
  defaultBaseUrl: null,
  baseUrlVariable: 'AZURE_ANTHROPIC_ENDPOINT',
  settings: [
    {
      name: 'apiKey',
      description: 'a key of your Azure AI Foundry resource',
      isSecret: true,
      isRequired: true,
      variables: ['AZURE_ANTHROPIC_API_KEY'],
    },
  ],
};
