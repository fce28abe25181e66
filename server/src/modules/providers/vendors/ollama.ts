import { createOllamaProvider, OLLAMA_CAPABILITIES } from '../adapters/ollama/index.ts';
import type { Vendor } from './vendor.ts';

/** A server of one's own without a key, or Ollama's cloud (`https://ollama.com`) with one. Its OpenAI face can be connected as `compatible`. */
export const OLLAMA: Vendor = {
  id: 'ollama',
  displayName: 'Ollama',
  defaultBaseUrl: 'http://localhost:11434',
  // `OLLAMA_HOST` is read by the server itself and need not be a URL.
  baseUrlVariable: 'OLLAMA_BASE_URL',
  baseUrlEndsBefore: '/api/chat',
  settings: [
    {
      name: 'apiKey',
      description: "a key for Ollama's cloud, or nothing where the server needs none",
      isSecret: true,
      isRequired: false,
      variables: ['OLLAMA_API_KEY'],
    },
  ],
  capabilities: OLLAMA_CAPABILITIES,
  connect: ({ providerId, displayName, baseUrl, secrets, headers, egress }, { httpClient, clock }) =>
    createOllamaProvider({ id: providerId, displayName, baseUrl, apiKey: secrets['apiKey'] ?? null, headers, egress, httpClient, clock }),
};
