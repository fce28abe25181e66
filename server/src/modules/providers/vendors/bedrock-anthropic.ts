import { Secret } from '../../../kernel/crypto/index.ts';
import { ANTHROPIC_CAPABILITIES, createAnthropicProvider } from '../adapters/anthropic/index.ts';
import { createAnthropicTransport, createAwsHttpClient, SIGNING_SERVICE } from '../adapters/bedrock/index.ts';
import { AWS_SETTINGS, toAwsPlace } from './aws.ts';
import type { Vendor } from './vendor.ts';

/** Claude over its own Messages wire, carried by `invoke`: a caller of that dialect gets the model's own events. */
export const BEDROCK_ANTHROPIC: Vendor = {
  id: 'bedrock-anthropic',
  displayName: 'Claude on Amazon Bedrock',
  defaultBaseUrl: 'https://bedrock-runtime.{region}.amazonaws.com',
  baseUrlVariable: 'BEDROCK_ANTHROPIC_BASE_URL',
  baseUrlEndsBefore: '/model',
  settings: AWS_SETTINGS,
  catalogueId: 'bedrock',
  neededVariables: ['AWS_BEARER_TOKEN_BEDROCK'],
  capabilities: ANTHROPIC_CAPABILITIES,
  connect: (connection, { httpClient, clock, maxOutputTokensOf }) => {
    const { region, baseUrl, credentials } = toAwsPlace(connection);
    const authorised = createAwsHttpClient(httpClient, credentials, { region, service: SIGNING_SERVICE }, clock);
    return createAnthropicProvider({
      id: connection.providerId,
      displayName: connection.displayName,
      baseUrl,
      // Anthropic's own key has no place here: the transport takes its header off.
      apiKey: new Secret(''),
      headers: connection.headers,
      egress: connection.egress,
      httpClient: createAnthropicTransport(authorised, baseUrl),
      clock,
      maxOutputTokensOf,
    });
  },
};
