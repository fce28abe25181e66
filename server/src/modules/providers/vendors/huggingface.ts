import { defineCompatibleVendor } from './compatible-vendor.ts';
import { HOSTED_CAPABILITIES, HOSTED_WIRE } from './compatible-wires.ts';

/** Routes to other vendors: the body has the shape of whoever serves the model. */
export const HUGGING_FACE = defineCompatibleVendor({
  id: 'huggingface',
  displayName: 'Hugging Face',
  defaultBaseUrl: 'https://router.huggingface.co/v1',
  baseUrlVariable: 'HUGGINGFACE_BASE_URL',
  key: { description: 'a token of your Hugging Face account', isRequired: true, variables: ['HF_TOKEN', 'HUGGINGFACE_API_KEY'] },
  capabilities: { ...HOSTED_CAPABILITIES, vision: true, logprobs: true },
  wire: { ...HOSTED_WIRE, reasoningTokens: 'by-total' },
  responses: { translates: () => false },
});
