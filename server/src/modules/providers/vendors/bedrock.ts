import { BEDROCK_CAPABILITIES, createBedrockProvider } from '../adapters/bedrock/index.ts';
import { AWS_SETTINGS, toAwsPlace } from './aws.ts';
import type { Vendor } from './vendor.ts';

/** The models of every maker, over the Converse API. */
export const BEDROCK: Vendor = {
  id: 'bedrock',
  displayName: 'Amazon Bedrock',
  defaultBaseUrl: 'https://bedrock-runtime.{region}.amazonaws.com',
  baseUrlVariable: 'BEDROCK_BASE_URL',
  baseUrlEndsBefore: '/model',
  settings: AWS_SETTINGS,
  neededVariables: ['AWS_BEARER_TOKEN_BEDROCK'],
  capabilities: BEDROCK_CAPABILITIES,
  connect: (connection, { httpClient, clock }) =>
    createBedrockProvider({
      ...toAwsPlace(connection),
      id: connection.providerId,
      displayName: connection.displayName,
      headers: connection.headers,
      egress: connection.egress,
      httpClient,
      clock,
    }),
};
