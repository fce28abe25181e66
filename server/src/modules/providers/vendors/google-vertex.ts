import { apiKeyCredential, createGeminiProvider, GEMINI_CAPABILITIES } from '../adapters/gemini/index.ts';
import { PROJECT_SETTINGS, toProjectPlace, VERTEX_BASE_URL, type ProjectPlace } from './google.ts';
import type { Vendor, VendorConnection, VendorDeps } from './vendor.ts';

/** Gemini models within a Google Cloud project, or by a key alone (express mode), which has neither project nor location. */
export const GOOGLE_VERTEX: Vendor = {
  id: 'google-vertex',
  displayName: 'Google Vertex AI',
  defaultBaseUrl: VERTEX_BASE_URL,
  baseUrlVariable: 'GOOGLE_VERTEX_BASE_URL',
  baseUrlEndsBefore: '/projects',
  settings: [
    ...PROJECT_SETTINGS,
    {
      name: 'apiKey',
      description: 'a key of express mode, in place of a project with a service account',
      isSecret: true,
      isRequired: false,
      variables: ['GOOGLE_VERTEX_API_KEY'],
    },
    {
      name: 'probeModel',
      description: 'the model that is asked whether the connection works (default gemini-2.5-flash)',
      isSecret: false,
      isRequired: false,
      variables: [],
    },
  ],
  neededVariables: ['GOOGLE_VERTEX_CREDENTIALS'],
  capabilities: GEMINI_CAPABILITIES,
  connect: (connection, deps) => {
    const { baseUrl, credential } = toPlace(connection, deps);
    const { probeModel } = connection.settings;
    return createGeminiProvider({
      id: connection.providerId,
      displayName: connection.displayName,
      flavour: 'vertex',
      baseUrl,
      credential,
      headers: connection.headers,
      egress: connection.egress,
      httpClient: deps.httpClient,
      clock: deps.clock,
      ...(probeModel === undefined ? {} : { probeModel }),
    });
  },
};

/** A project's credentials win where both are given. */
function toPlace(connection: VendorConnection, deps: VendorDeps): ProjectPlace {
  const { apiKey, credentials, accessToken } = connection.secrets;
  if (apiKey === undefined || credentials !== undefined || accessToken !== undefined) return toProjectPlace(connection, deps);
  return { baseUrl: connection.baseUrl, credential: apiKeyCredential(apiKey) };
}
