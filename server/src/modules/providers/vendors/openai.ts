import { createOpenAiCompatibleProvider, OPENAI_CAPABILITIES, OPENAI_WIRE } from '../adapters/openai-compatible/index.ts';
import { withResponsesApi } from '../adapters/openai-responses/index.ts';
import type { Vendor } from './vendor.ts';

export const OPENAI: Vendor = {
  id: 'openai',
  displayName: 'OpenAI',
  defaultBaseUrl: 'https://api.openai.com/v1',
  baseUrlVariable: 'OPENAI_BASE_URL',
  baseUrlEndsBefore: '/chat/completions',
  settings: [
    { name: 'apiKey', description: 'the key of your OpenAI account', isSecret: true, isRequired: true, variables: ['OPENAI_API_KEY'] },
  ],
  capabilities: OPENAI_CAPABILITIES,
  connect: ({ providerId, displayName, baseUrl, secrets, headers, egress }, { httpClient, clock }) => {
    const settings = {
      id: providerId,
      displayName,
      baseUrl,
      apiKey: secrets['apiKey'] ?? null,
      headers,
      requestIdHeader: 'x-client-request-id',
      tasks: ['moderation', 'image', 'speech', 'transcription'] as const,
      capabilities: OPENAI_CAPABILITIES,
      wire: OPENAI_WIRE,
      egress,
      httpClient,
      clock,
    };
    return withResponsesApi(createOpenAiCompatibleProvider(settings), { ...settings, responses: { countsTokens: true } });
  },
};
