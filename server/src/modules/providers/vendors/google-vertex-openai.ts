import { createGeminiProvider, createGoogleHttpClient } from '../adapters/gemini/index.ts';
import type { Provider } from '../contract.ts';
import { defineCompatibleVendor } from './compatible-vendor.ts';
import { HOSTED_CAPABILITIES, HOSTED_WIRE } from './compatible-wires.ts';
import { PROJECT_SETTINGS, toProjectPlace, VERTEX_BASE_URL } from './google.ts';
import type { Vendor } from './vendor.ts';

const CHAT = defineCompatibleVendor({
  id: 'google-vertex-openai',
  displayName: 'Vertex AI (OpenAI wire)',
  defaultBaseUrl: VERTEX_BASE_URL,
  baseUrlVariable: 'VERTEX_OPENAI_BASE_URL',
  key: { isRequired: false, variables: [] },
  capabilities: { ...HOSTED_CAPABILITIES, vision: true, embeddings: false },
  // Google's own server of this wire: what it signs, it takes back.
  wire: { ...HOSTED_WIRE, takesCallSignatures: true },
});

/** Models of other makers (`meta/…`, `deepseek-ai/…`), which Vertex AI serves over the OpenAI wire. */
export const GOOGLE_VERTEX_OPENAI: Vendor = {
  ...CHAT,
  baseUrlEndsBefore: '/projects',
  settings: PROJECT_SETTINGS,
  catalogueId: 'google-vertex',
  neededVariables: ['GOOGLE_VERTEX_CREDENTIALS'],
  connect: (connection, deps) => {
    const { baseUrl, credential } = toProjectPlace(connection, deps);
    const httpClient = createGoogleHttpClient(deps.httpClient, credential);
    const chat = CHAT.connect({ ...connection, baseUrl: `${baseUrl}/endpoints/openapi`, secrets: {} }, { ...deps, httpClient });
    const project = createGeminiProvider({
      id: connection.providerId,
      displayName: connection.displayName,
      flavour: 'vertex',
      baseUrl,
      credential,
      headers: connection.headers,
      egress: connection.egress,
      httpClient: deps.httpClient,
      clock: deps.clock,
    });
    return probedBy(chat, project);
  },
};

/** This wire lists no models here, so that it is the project that is asked whether it answers. */
function probedBy(chat: Provider, project: Provider): Provider {
  return {
    id: chat.id,
    displayName: chat.displayName,
    capabilities: chat.capabilities,
    dialects: chat.dialects,
    complete: (call) => chat.complete(call),
    stream: (call, sink) => chat.stream(call, sink),
    ...(chat.relay === undefined ? {} : { relay: chat.relay.bind(chat) }),
    probe: (signal) => project.probe(signal),
    close: () => chat.close(),
  };
}
