import { defineCompatibleVendor } from './compatible-vendor.ts';
import { HOSTED_CAPABILITIES, HOSTED_WIRE } from './compatible-wires.ts';

export const PERPLEXITY = defineCompatibleVendor({
  id: 'perplexity',
  displayName: 'Perplexity',
  defaultBaseUrl: 'https://api.perplexity.ai',
  baseUrlVariable: 'PERPLEXITY_BASE_URL',
  key: { isRequired: true, variables: ['PERPLEXITY_API_KEY'] },
  capabilities: {
    ...HOSTED_CAPABILITIES,
    tools: false,
    parallelTools: false,
    streamedToolArguments: false,
    vision: true,
    embeddings: true,
  },
  wire: {
    ...HOSTED_WIRE,
    unsupportedParameters: ['tools', 'tool_choice', 'parallel_tool_calls'],
    reasoningField: null,
    streamUsage: 'always',
    embeddingEncoding: 'signed-bytes',
  },
  paths: { embeddings: '/v1/embeddings', models: '/v1/models' },
});
