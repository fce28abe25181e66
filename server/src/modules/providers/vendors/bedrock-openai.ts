import { createAwsHttpClient, SIGNING_SERVICE } from '../adapters/bedrock/index.ts';
import {
  COMPATIBLE_CAPABILITIES,
  COMPATIBLE_WIRE,
  createOpenAiCompatibleProvider,
  type OpenAiWireRules,
} from '../adapters/openai-compatible/index.ts';
import { AWS_SETTINGS, toAwsPlace } from './aws.ts';
import type { Vendor } from './vendor.ts';

/** Reasoning comes as `reasoning` here and goes back so. */
const WIRE: OpenAiWireRules = { ...COMPATIBLE_WIRE, reasoningField: 'reasoning', reasoningTokens: 'within' };

/** Open-weight models over the OpenAI wire that Bedrock serves beside its own. */
export const BEDROCK_OPENAI: Vendor = {
  id: 'bedrock-openai',
  displayName: 'Amazon Bedrock (OpenAI wire)',
  defaultBaseUrl: 'https://bedrock-mantle.{region}.api.aws/v1',
  baseUrlVariable: 'BEDROCK_OPENAI_BASE_URL',
  baseUrlEndsBefore: '/chat/completions',
  settings: AWS_SETTINGS,
  capabilities: { ...COMPATIBLE_CAPABILITIES, audio: true, embeddings: false },
  connect: (connection, { httpClient, clock }) => {
    const { region, baseUrl, credentials } = toAwsPlace(connection);
    return createOpenAiCompatibleProvider({
      id: connection.providerId,
      displayName: connection.displayName,
      baseUrl,
      apiKey: null,
      headers: connection.headers,
      capabilities: BEDROCK_OPENAI.capabilities,
      wire: WIRE,
      egress: connection.egress,
      httpClient: createAwsHttpClient(httpClient, credentials, { region, service: SIGNING_SERVICE }, clock),
      clock,
    });
  },
};
