import { defineCompatibleVendor } from './compatible-vendor.ts';
import { HOSTED_CAPABILITIES, RECENT_WIRE } from './compatible-wires.ts';

/** `GITHUB_TOKEN` is not read: it stands in many environments for other ends. */
export const GITHUB_MODELS = defineCompatibleVendor({
  id: 'github-models',
  displayName: 'GitHub Models',
  defaultBaseUrl: 'https://models.github.ai/inference',
  baseUrlVariable: 'GITHUB_MODELS_BASE_URL',
  key: { description: 'a GitHub token with the permission models:read', isRequired: true, variables: ['GITHUB_MODELS_TOKEN'] },
  capabilities: { ...HOSTED_CAPABILITIES, vision: true, reasoning: false, embeddings: true },
  wire: { ...RECENT_WIRE, reasoningField: null, reasoningRequest: 'none' },
  probe: 'refusal',
});
