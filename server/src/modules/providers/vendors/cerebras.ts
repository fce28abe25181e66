import { windowOf } from '../shared/rate-limits.ts';
import { defineCompatibleVendor } from './compatible-vendor.ts';
import { HOSTED_CAPABILITIES, RECENT_WIRE } from './compatible-wires.ts';

export const CEREBRAS = defineCompatibleVendor({
  id: 'cerebras',
  displayName: 'Cerebras',
  defaultBaseUrl: 'https://api.cerebras.ai/v1',
  baseUrlVariable: 'CEREBRAS_BASE_URL',
  key: { isRequired: true, variables: ['CEREBRAS_API_KEY'] },
  capabilities: { ...HOSTED_CAPABILITIES, logprobs: true, promptCache: 'automatic' },
  wire: { ...RECENT_WIRE, reasoningField: 'reasoning' },
  rateLimits: {
    requests: [windowOf('requests-minute'), windowOf('requests-hour'), windowOf('requests-day')],
    tokens: [windowOf('tokens-minute'), windowOf('tokens-hour'), windowOf('tokens-day')],
    resetFormat: 'seconds',
  },
});
