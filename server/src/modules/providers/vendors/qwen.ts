import { defineCompatibleVendor } from './compatible-vendor.ts';
import { HOSTED_CAPABILITIES, HOSTED_WIRE } from './compatible-wires.ts';

/** Model Studio (DashScope) in its compatible mode. */
export const QWEN = defineCompatibleVendor({
  id: 'qwen',
  displayName: 'Alibaba Qwen',
  defaultBaseUrl: 'https://dashscope-intl.aliyuncs.com/compatible-mode/v1',
  baseUrlVariable: 'DASHSCOPE_BASE_URL',
  key: { description: 'the key of your Model Studio (DashScope) account', isRequired: true, variables: ['DASHSCOPE_API_KEY'] },
  capabilities: {
    ...HOSTED_CAPABILITIES,
    vision: true,
    audio: true,
    logprobs: true,
    multipleChoices: true,
    embeddings: true,
    promptCache: 'automatic',
  },
  wire: { ...HOSTED_WIRE, reasoningRequest: 'enable-thinking' },
  probe: 'refusal',
  responses: { translates: () => false },
});
