import { defineCompatibleVendor } from './compatible-vendor.ts';
import { HOSTED_CAPABILITIES, HOSTED_WIRE } from './compatible-wires.ts';

export const NVIDIA_NIM = defineCompatibleVendor({
  id: 'nvidia-nim',
  displayName: 'NVIDIA NIM',
  defaultBaseUrl: 'https://integrate.api.nvidia.com/v1',
  baseUrlVariable: 'NVIDIA_BASE_URL',
  key: { isRequired: true, variables: ['NVIDIA_API_KEY'] },
  capabilities: { ...HOSTED_CAPABILITIES, vision: true, logprobs: true, embeddings: true },
  wire: HOSTED_WIRE,
  answerIdHeaders: ['nvcf-reqid'],
});
