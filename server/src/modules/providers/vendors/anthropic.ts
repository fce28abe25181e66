import { ANTHROPIC_CAPABILITIES, createAnthropicProvider } from '../adapters/anthropic/index.ts';
import { secretOf, type Vendor } from './vendor.ts';

export const ANTHROPIC: Vendor = {
  id: 'anthropic',
  displayName: 'Anthropic',
  defaultBaseUrl: 'https://api.anthropic.com',
  baseUrlVariable: 'ANTHROPIC_BASE_URL',
  baseUrlEndsBefore: '/v1/messages',
  settings: [
    {
      name: 'apiKey',
      description: 'the key of your Anthropic account',
      isSecret: true,
      isRequired: true,
      variables: ['ANTHROPIC_API_KEY'],
    },
  ],
  capabilities: ANTHROPIC_CAPABILITIES,
  connect: (connection, { httpClient, clock, maxOutputTokensOf }) =>
    createAnthropicProvider({
      id: connection.providerId,
      displayName: connection.displayName,
      baseUrl: connection.baseUrl,
      apiKey: secretOf(connection, 'apiKey'),
      headers: connection.headers,
      egress: connection.egress,
      httpClient,
      clock,
      maxOutputTokensOf,
    }),
};
