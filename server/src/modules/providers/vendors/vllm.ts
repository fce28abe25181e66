import { COMPATIBLE_CAPABILITIES, COMPATIBLE_WIRE } from '../adapters/openai-compatible/index.ts';
import { defineCompatibleVendor } from './compatible-vendor.ts';

export const VLLM = defineCompatibleVendor({
  id: 'vllm',
  displayName: 'vLLM',
  defaultBaseUrl: 'http://localhost:8000/v1',
  baseUrlVariable: 'VLLM_BASE_URL',
  key: { description: 'a key, or nothing where the server needs none', isRequired: false, variables: ['VLLM_API_KEY'] },
  capabilities: COMPATIBLE_CAPABILITIES,
  wire: { ...COMPATIBLE_WIRE, maxOutputTokensName: 'max_completion_tokens', reasoningTokens: 'within' },
  rerankPath: '/rerank',
  responses: { translates: () => false },
});
