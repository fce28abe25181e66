import { createAwsHttpClient, createOpenAiTransport, isOpenAiModel, SIGNING_SERVICE } from '../adapters/bedrock/index.ts';
import { AWS_SETTINGS, toAwsPlace } from './aws.ts';
import { defineCompatibleVendor } from './compatible-vendor.ts';
import { HOSTED_CAPABILITIES, HOSTED_WIRE } from './compatible-wires.ts';
import type { Vendor } from './vendor.ts';

const CHAT = defineCompatibleVendor({
  id: 'bedrock-openai',
  displayName: 'Amazon Bedrock (OpenAI wire)',
  defaultBaseUrl: 'https://bedrock-mantle.{region}.api.aws/v1',
  baseUrlVariable: 'BEDROCK_OPENAI_BASE_URL',
  key: { isRequired: false, variables: [] },
  responses: { translates: isOpenAiModel },
  capabilities: { ...HOSTED_CAPABILITIES, vision: true, audio: true },
  // Reasoning comes as `reasoning` here and goes back so.
  wire: { ...HOSTED_WIRE, reasoningField: 'reasoning' },
});

/** Models over the OpenAI wires that Bedrock serves beside its own, authorised by the AWS account. */
export const BEDROCK_OPENAI: Vendor = {
  ...CHAT,
  settings: AWS_SETTINGS,
  catalogueId: 'bedrock',
  neededVariables: ['AWS_BEARER_TOKEN_BEDROCK'],
  connect: (connection, deps) => {
    const { region, baseUrl, credentials } = toAwsPlace(connection);
    const httpClient = createAwsHttpClient(deps.httpClient, credentials, { region, service: SIGNING_SERVICE }, deps.clock);
    return CHAT.connect({ ...connection, baseUrl, secrets: {} }, { ...deps, httpClient: createOpenAiTransport(httpClient) });
  },
};
