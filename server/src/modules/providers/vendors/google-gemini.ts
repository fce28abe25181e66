import { apiKeyCredential, createGeminiProvider, GEMINI_CAPABILITIES } from '../adapters/gemini/index.ts';
import { secretOf, type Vendor } from './vendor.ts';

export const GOOGLE_GEMINI: Vendor = {
  id: 'google-gemini',
  displayName: 'Google Gemini',
  defaultBaseUrl: 'https://generativelanguage.googleapis.com/v1beta',
  baseUrlVariable: 'GOOGLE_GEMINI_BASE_URL',
  baseUrlEndsBefore: '/models',
  settings: [
    {
      name: 'apiKey',
      description: 'the key of your Gemini API account (AI Studio)',
      isSecret: true,
      isRequired: true,
      variables: ['GEMINI_API_KEY', 'GOOGLE_API_KEY', 'GOOGLE_GENERATIVE_AI_API_KEY'],
    },
  ],
  capabilities: GEMINI_CAPABILITIES,
  connect: (connection, { httpClient, clock }) =>
    createGeminiProvider({
      id: connection.providerId,
      displayName: connection.displayName,
      flavour: 'gemini',
      baseUrl: connection.baseUrl,
      credential: apiKeyCredential(secretOf(connection, 'apiKey')),
      headers: connection.headers,
      egress: connection.egress,
      httpClient,
      clock,
    }),
};
