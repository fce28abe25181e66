import { createReplicateProvider, REPLICATE_CAPABILITIES } from '../adapters/replicate/index.ts';
import { secretOf, type Vendor } from './vendor.ts';

export const REPLICATE: Vendor = {
  id: 'replicate',
  displayName: 'Replicate',
  defaultBaseUrl: 'https://api.replicate.com',
  baseUrlVariable: 'REPLICATE_BASE_URL',
  baseUrlEndsBefore: '/v1/predictions',
  settings: [
    {
      name: 'apiKey',
      description: 'an API token of your Replicate account',
      isSecret: true,
      isRequired: true,
      variables: ['REPLICATE_API_TOKEN'],
    },
  ],
  capabilities: REPLICATE_CAPABILITIES,
  connect: (connection, { httpClient, clock }) =>
    createReplicateProvider({
      id: connection.providerId,
      displayName: connection.displayName,
      baseUrl: connection.baseUrl,
      apiKey: secretOf(connection, 'apiKey'),
      headers: connection.headers,
      egress: connection.egress,
      httpClient,
      clock,
    }),
};
