import { defineCompatibleVendor } from './compatible-vendor.ts';
import { HOSTED_CAPABILITIES, RECENT_WIRE } from './compatible-wires.ts';

export const MINIMAX = defineCompatibleVendor({
  id: 'minimax',
  displayName: 'MiniMax',
  defaultBaseUrl: 'https://api.minimax.io/v1',
  baseUrlVariable: 'MINIMAX_BASE_URL',
  key: { isRequired: true, variables: ['MINIMAX_API_KEY'] },
  capabilities: { ...HOSTED_CAPABILITIES, seed: false, promptCache: 'automatic' },
  wire: { ...RECENT_WIRE, reasoningRequest: 'none' },
  answerIdHeaders: ['minimax-request-id', 'x-mm-request-id', 'trace-id'],
  probe: 'refusal',
});
