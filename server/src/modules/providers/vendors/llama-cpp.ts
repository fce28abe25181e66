import { COMPATIBLE_CAPABILITIES, COMPATIBLE_WIRE } from '../adapters/openai-compatible/index.ts';
import { defineCompatibleVendor } from './compatible-vendor.ts';

export const LLAMA_CPP = defineCompatibleVendor({
  id: 'llama-cpp',
  displayName: 'llama.cpp server',
  defaultBaseUrl: 'http://127.0.0.1:8080/v1',
  baseUrlVariable: 'LLAMA_CPP_BASE_URL',
  key: { description: 'a key, or nothing where the server needs none', isRequired: false, variables: ['LLAMA_CPP_API_KEY'] },
  capabilities: COMPATIBLE_CAPABILITIES,
  wire: { ...COMPATIBLE_WIRE, reasoningTokens: 'within' },
  rerankPath: '/rerank',
  responses: { translates: () => false },
});
