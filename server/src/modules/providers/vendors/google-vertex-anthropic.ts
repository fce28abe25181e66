import { Secret } from '../../../kernel/crypto/index.ts';
import { ANTHROPIC_CAPABILITIES, createAnthropicProvider } from '../adapters/anthropic/index.ts';
import { createGoogleHttpClient, createVertexAnthropicTransport } from '../adapters/gemini/index.ts';
import { PROJECT_SETTINGS, toProjectPlace, VERTEX_BASE_URL } from './google.ts';
import type { Vendor } from './vendor.ts';

/** Claude over its own Messages wire, carried by `rawPredict`: a caller of that dialect gets the model's own events. */
export const GOOGLE_VERTEX_ANTHROPIC: Vendor = {
  id: 'google-vertex-anthropic',
  displayName: 'Claude on Vertex AI',
  defaultBaseUrl: VERTEX_BASE_URL,
  baseUrlVariable: 'VERTEX_ANTHROPIC_BASE_URL',
  baseUrlEndsBefore: '/projects',
  catalogueId: 'google-vertex',
  settings: PROJECT_SETTINGS,
  neededVariables: ['GOOGLE_VERTEX_CREDENTIALS'],
  capabilities: ANTHROPIC_CAPABILITIES,
  connect: (connection, deps) => {
    const { baseUrl, credential } = toProjectPlace(connection, deps);
    return createAnthropicProvider({
      id: connection.providerId,
      displayName: connection.displayName,
      baseUrl,
      // Anthropic's own key has no place here: the transport takes its header off.
      apiKey: new Secret(''),
      headers: connection.headers,
      egress: connection.egress,
      httpClient: createVertexAnthropicTransport(createGoogleHttpClient(deps.httpClient, credential), baseUrl),
      clock: deps.clock,
      maxOutputTokensOf: deps.maxOutputTokensOf,
    });
  },
};
