import { COHERE_CAPABILITIES, createCohereProvider } from '../adapters/cohere/index.ts';
import { secretOf, type Vendor } from './vendor.ts';

export const COHERE: Vendor = {
  id: 'cohere',
  displayName: 'Cohere',
  defaultBaseUrl: 'https://api.cohere.com',
  baseUrlVariable: 'COHERE_BASE_URL',
  baseUrlEndsBefore: '/v2/chat',
  settings: [
    {
      name: 'apiKey',
      description: 'the key of your Cohere account',
      isSecret: true,
      isRequired: true,
      variables: ['COHERE_API_KEY', 'CO_API_KEY'],
    },
  ],
  capabilities: COHERE_CAPABILITIES,
  connect: (connection, { httpClient, clock }) =>
    createCohereProvider({
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
