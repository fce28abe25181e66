import { createWatsonxTransport, type WatsonxPlace } from '../adapters/watsonx/index.ts';
import { createTokenHttpClient, TokenSource } from '../shared/bearer-tokens.ts';
import { defineCompatibleVendor } from './compatible-vendor.ts';
import { HOSTED_CAPABILITIES, RECENT_WIRE } from './compatible-wires.ts';
import { secretOf, VendorSettingError, type Vendor, type VendorConnection } from './vendor.ts';

const TOKEN_URL = 'https://iam.cloud.ibm.com/identity/token';
const GRANT_TYPE = 'urn:ibm:params:oauth:grant-type:apikey';

const CHAT = defineCompatibleVendor({
  id: 'watsonx',
  displayName: 'IBM watsonx.ai',
  defaultBaseUrl: 'https://{region}.ml.cloud.ibm.com/ml/v1',
  baseUrlVariable: 'WATSONX_BASE_URL',
  key: { description: 'an API key of your IBM Cloud account', isRequired: true, variables: ['WATSONX_API_KEY', 'WATSONX_APIKEY'] },
  settings: [
    {
      name: 'region',
      description: 'the region, such as us-south or eu-de',
      isSecret: false,
      isRequired: false,
      variables: ['WATSONX_REGION'],
    },
    {
      name: 'projectId',
      description: 'the id of the project that pays',
      isSecret: false,
      isRequired: false,
      variables: ['WATSONX_PROJECT_ID'],
    },
    {
      name: 'spaceId',
      description: 'the id of a space of deployments, in place of a project',
      isSecret: false,
      isRequired: false,
      variables: ['WATSONX_SPACE_ID'],
    },
    {
      name: 'apiVersion',
      description: 'a version of the API by date, or nothing for its OpenAI-compatible paths',
      isSecret: false,
      isRequired: false,
      variables: ['WATSONX_API_VERSION'],
    },
    {
      name: 'iamUrl',
      description: `where tokens are had for the key (default ${TOKEN_URL})`,
      isSecret: false,
      isRequired: false,
      variables: ['WATSONX_IAM_URL'],
    },
  ],
  capabilities: { ...HOSTED_CAPABILITIES, vision: true, logprobs: true, multipleChoices: true },
  // Chunks of a stream name the usage by themselves as well.
  wire: { ...RECENT_WIRE, unsupportedParameters: ['parallel_tool_calls', 'top_k', 'user'] },
});

/** The key buys a token that is good for an hour; calls bear the token. */
export const WATSONX: Vendor = {
  ...CHAT,
  neededVariables: ['WATSONX_API_KEY', 'WATSONX_PROJECT_ID', 'WATSONX_REGION'],
  connect: (connection, deps) => {
    const exchange = {
      displayName: connection.displayName,
      url: connection.settings['iamUrl'] ?? TOKEN_URL,
      form: () => ({ grant_type: GRANT_TYPE, apikey: secretOf(connection, 'apiKey').reveal() }),
      egress: connection.egress,
    } as const;
    secretOf(connection, 'apiKey');
    const bearing = createTokenHttpClient(deps.httpClient, new TokenSource(deps.httpClient, exchange, deps.clock));
    const httpClient = createWatsonxTransport(bearing, toPlace(connection));
    // The key itself is for the token server only.
    const { apiKey: _key, ...secrets } = connection.secrets;
    return CHAT.connect({ ...connection, baseUrl: toBaseUrl(connection), secrets }, { ...deps, httpClient });
  },
};

function toPlace({ displayName, settings }: VendorConnection): WatsonxPlace {
  const { projectId, spaceId, apiVersion } = settings;
  if (apiVersion !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(apiVersion))
    throw new VendorSettingError('apiVersion', 'The version of the API is a date: write it like 2025-02-11.');
  if (projectId !== undefined) return { owner: { project_id: projectId }, apiVersion: apiVersion ?? null };
  if (spaceId !== undefined) return { owner: { space_id: spaceId }, apiVersion: apiVersion ?? null };
  throw new VendorSettingError('projectId', `${displayName} needs projectId or spaceId: give one of them.`);
}

function toBaseUrl({ displayName, baseUrl, settings: { region } }: VendorConnection): string {
  if (!baseUrl.includes('{region}')) return baseUrl.endsWith('/ml/v1') ? baseUrl : `${baseUrl}/ml/v1`;
  if (region === undefined || !/^[a-z0-9-]{2,32}$/.test(region))
    throw new VendorSettingError('region', `${displayName} needs a region, such as us-south or eu-de: give it.`);
  return baseUrl.replaceAll('{region}', region);
}
