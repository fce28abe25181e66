import { createTokenHttpClient, TokenSource } from '../shared/bearer-tokens.ts';
import { defineCompatibleVendor } from './compatible-vendor.ts';
import { HOSTED_CAPABILITIES, HOSTED_WIRE } from './compatible-wires.ts';
import { createEndpointListing } from './databricks-endpoints.ts';
import { VendorSettingError, type Vendor, type VendorConnection } from './vendor.ts';

const CHAT = defineCompatibleVendor({
  id: 'databricks',
  displayName: 'Databricks',
  defaultBaseUrl: 'https://{host}/serving-endpoints',
  baseUrlVariable: 'DATABRICKS_BASE_URL',
  key: { description: 'a personal access token of your workspace', isRequired: false, variables: ['DATABRICKS_TOKEN'] },
  settings: [
    {
      name: 'host',
      description: 'the host of your workspace, such as dbc-a1b2345c-d6e7.cloud.databricks.com',
      isSecret: false,
      isRequired: false,
      variables: ['DATABRICKS_HOST'],
    },
    {
      name: 'clientId',
      description: 'the id of a service principal, in place of a personal token',
      isSecret: false,
      isRequired: false,
      variables: ['DATABRICKS_CLIENT_ID'],
    },
    {
      name: 'clientSecret',
      description: 'the OAuth secret of the service principal',
      isSecret: true,
      isRequired: false,
      variables: ['DATABRICKS_CLIENT_SECRET'],
    },
  ],
  capabilities: { ...HOSTED_CAPABILITIES, vision: true, embeddings: true, promptCache: 'marked' },
  wire: { ...HOSTED_WIRE, takesCacheMarks: true, reasoningRequest: 'effort' },
});

/** A personal token is sent as it is; a service principal buys tokens that are good for an hour. */
export const DATABRICKS: Vendor = {
  ...CHAT,
  neededVariables: ['DATABRICKS_HOST', 'DATABRICKS_TOKEN'],
  connect: (given, deps) => {
    const connection = { ...given, baseUrl: toBaseUrl(given) };
    const { apiKey, clientSecret } = connection.secrets;
    const { clientId } = connection.settings;
    if (apiKey !== undefined) return CHAT.connect(connection, { ...deps, httpClient: createEndpointListing(deps.httpClient) });
    if (clientId === undefined || clientSecret === undefined)
      throw new VendorSettingError(
        'apiKey',
        `${connection.displayName} needs a token (apiKey), or clientId and clientSecret of a service principal.`,
      );
    const exchange = {
      displayName: connection.displayName,
      url: `${new URL(connection.baseUrl).origin}/oidc/v1/token`,
      form: () => ({ grant_type: 'client_credentials', scope: 'all-apis' }),
      headers: () => ({ authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret.reveal()}`).toString('base64')}` }),
      egress: connection.egress,
    } as const;
    const bearing = createTokenHttpClient(deps.httpClient, new TokenSource(deps.httpClient, exchange, deps.clock));
    return CHAT.connect(connection, { ...deps, httpClient: createEndpointListing(bearing) });
  },
};

/** The variable of Databricks' own tools holds the host with or without its scheme. */
function toBaseUrl({ displayName, baseUrl, settings }: VendorConnection): string {
  if (!baseUrl.includes('{host}')) return baseUrl;
  const host = settings['host']?.replace(/^https?:\/\//, '').replace(/\/+$/, '');
  if (host === undefined || !/^[A-Za-z0-9.-]{1,253}$/.test(host))
    throw new VendorSettingError('host', `${displayName} needs the host of your workspace: give it without a path.`);
  return baseUrl.replaceAll('{host}', host);
}
