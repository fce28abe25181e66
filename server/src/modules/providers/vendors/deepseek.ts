import { defineCompatibleVendor } from './compatible-vendor.ts';
import { HOSTED_CAPABILITIES, HOSTED_WIRE } from './compatible-wires.ts';

export const DEEPSEEK = defineCompatibleVendor({
  id: 'deepseek',
  displayName: 'DeepSeek',
  defaultBaseUrl: 'https://api.deepseek.com',
  baseUrlVariable: 'DEEPSEEK_BASE_URL',
  key: { isRequired: true, variables: ['DEEPSEEK_API_KEY'] },
  capabilities: { ...HOSTED_CAPABILITIES, structuredOutput: 'json-object', logprobs: true, promptCache: 'automatic' },
  wire: { ...HOSTED_WIRE, reasoningRequest: 'effort-or-off', streamUsage: 'always' },
  answerIdHeaders: ['x-ds-trace-id'],
  responses: { translates: () => false },
});
