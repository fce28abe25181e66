import { defineCompatibleVendor } from './compatible-vendor.ts';
import { HOSTED_CAPABILITIES, RECENT_WIRE } from './compatible-wires.ts';
import { VendorSettingError, type Vendor, type VendorConnection } from './vendor.ts';

const TOKEN_TYPES: ReadonlySet<string> = new Set(['PROGRAMMATIC_ACCESS_TOKEN', 'KEYPAIR_JWT', 'OAUTH']);

const CHAT = defineCompatibleVendor({
  id: 'snowflake-cortex',
  displayName: 'Snowflake Cortex',
  defaultBaseUrl: 'https://{account}.snowflakecomputing.com/api/v2/cortex/v1',
  baseUrlVariable: 'SNOWFLAKE_CORTEX_BASE_URL',
  key: {
    description: 'a programmatic access token, or another token of your Snowflake account',
    isRequired: true,
    variables: ['SNOWFLAKE_CORTEX_PAT'],
  },
  settings: [
    {
      name: 'account',
      description: 'the identifier of the account, such as myorg-myaccount',
      isSecret: false,
      isRequired: false,
      variables: ['SNOWFLAKE_ACCOUNT'],
    },
    {
      name: 'credentialType',
      description: `what the token is, where Snowflake cannot tell: ${[...TOKEN_TYPES].join(', ')}`,
      isSecret: false,
      isRequired: false,
      variables: ['SNOWFLAKE_CORTEX_CREDENTIAL_TYPE'],
    },
  ],
  settingsOf: (connection) => ({ baseUrl: toBaseUrl(connection), headers: { ...connection.headers, ...toTokenType(connection) } }),
  // It lists no models.
  probe: 'refusal',
  capabilities: { ...HOSTED_CAPABILITIES, vision: true, embeddings: true, promptCache: 'automatic' },
  wire: { ...RECENT_WIRE, reasoningRequest: 'effort-or-budget' },
});

/** Models of several makers within an account of Snowflake. Most answers name no reason why they ended. */
export const SNOWFLAKE_CORTEX: Vendor = { ...CHAT, neededVariables: ['SNOWFLAKE_CORTEX_PAT', 'SNOWFLAKE_ACCOUNT'] };

function toBaseUrl({ displayName, baseUrl, settings: { account } }: VendorConnection): string {
  if (!baseUrl.includes('{account}')) return baseUrl;
  if (account === undefined || !/^[A-Za-z0-9._-]{1,128}$/.test(account))
    throw new VendorSettingError('account', `${displayName} needs the identifier of the account, such as myorg-myaccount: give it.`);
  // Host names know no underscore.
  return baseUrl.replaceAll('{account}', account.replaceAll('_', '-').toLowerCase());
}

function toTokenType({ settings: { credentialType } }: VendorConnection): Record<string, string> {
  if (credentialType === undefined) return {};
  if (!TOKEN_TYPES.has(credentialType))
    throw new VendorSettingError('credentialType', `The type of a token is one of ${[...TOKEN_TYPES].join(', ')}.`);
  return { 'x-snowflake-authorization-token-type': credentialType };
}
