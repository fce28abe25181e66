import { OPENAI_CAPABILITIES, OPENAI_WIRE } from '../adapters/openai-compatible/index.ts';
import { COMMON_REQUESTS, COMMON_TOKENS } from '../shared/rate-limits.ts';
import { defineCompatibleVendor } from './compatible-vendor.ts';

/**
 * A model's name is that of its deployment. With an API version it is part of the path, as it was before there was the base `/openai/v1`;
 * a base URL that ends in `/models` is that of the models of others.
 */
export const AZURE_OPENAI = defineCompatibleVendor({
  id: 'azure-openai',
  displayName: 'Azure OpenAI',
  defaultBaseUrl: null,
  baseUrlVariable: 'AZURE_OPENAI_ENDPOINT',
  key: { description: 'a key of your Azure OpenAI resource', isRequired: true, variables: ['AZURE_OPENAI_API_KEY', 'AZURE_API_KEY'] },
  settings: [
    {
      name: 'apiVersion',
      description: 'a version of the API by date, or nothing for the base /openai/v1',
      isSecret: false,
      isRequired: false,
      variables: ['AZURE_OPENAI_API_VERSION'],
    },
  ],
  settingsOf: ({ baseUrl, settings: { apiVersion } }) => {
    const query = apiVersion === undefined ? {} : { query: `api-version=${encodeURIComponent(apiVersion)}` };
    if (baseUrl.endsWith('/models')) return { paths: { ...query, probe: '/info' } };
    const resource = baseUrl.replace(/\/openai(?:\/v1|\/deployments.*)?$/, '');
    if (apiVersion === undefined) return { baseUrl: `${resource}/openai/v1` };
    const deployment = '/openai/deployments/{model}';
    return {
      baseUrl: resource,
      responses: { baseUrl: `${resource}/openai/v1` },
      paths: { chat: `${deployment}/chat/completions`, embeddings: `${deployment}/embeddings`, models: '/openai/models', ...query },
    };
  },
  responses: {},
  authorization: { header: 'api-key', scheme: '' },
  requestIdHeader: 'x-ms-client-request-id',
  answerIdHeaders: ['apim-request-id'],
  capabilities: OPENAI_CAPABILITIES,
  // Models of other makers stand there too, each with its own arithmetic.
  wire: { ...OPENAI_WIRE, reasoningTokens: 'by-total' },
  // One of 120 requests a minute is there again after "500", 14 of 120,000 tokens after "7": milliseconds.
  rateLimits: { requests: [COMMON_REQUESTS], tokens: [COMMON_TOKENS], resetFormat: 'milliseconds' },
});
