import { COMPATIBLE_CAPABILITIES, COMPATIBLE_WIRE, createOpenAiCompatibleProvider } from '../adapters/openai-compatible/index.ts';
import type { Vendor } from './vendor.ts';

/** Any server that speaks the OpenAI wire and of which nothing else is known. */
export const COMPATIBLE: Vendor = {
  id: 'compatible',
  displayName: 'OpenAI-compatible server',
  defaultBaseUrl: null,
  baseUrlVariable: 'ANTIPHON_COMPATIBLE_BASE_URL',
  baseUrlEndsBefore: '/chat/completions',
  settings: [
    {
      name: 'apiKey',
      description: 'a key, or nothing where the server needs none',
      isSecret: true,
      isRequired: false,
      variables: ['ANTIPHON_COMPATIBLE_API_KEY'],
    },
    {
      name: 'models',
      description: 'model names, separated by commas',
      isSecret: false,
      isRequired: true,
      variables: ['ANTIPHON_COMPATIBLE_MODELS'],
    },
  ],
  capabilities: COMPATIBLE_CAPABILITIES,
  connect: ({ providerId, displayName, baseUrl, secrets, headers, egress }, { httpClient, clock }) =>
    createOpenAiCompatibleProvider({
      id: providerId,
      displayName,
      baseUrl,
      apiKey: secrets['apiKey'] ?? null,
      headers,
      tasks: ['moderation', 'image', 'speech', 'transcription'],
      capabilities: COMPATIBLE_CAPABILITIES,
      wire: COMPATIBLE_WIRE,
      rerankPath: '/rerank',
      egress,
      httpClient,
      clock,
    }),
};
