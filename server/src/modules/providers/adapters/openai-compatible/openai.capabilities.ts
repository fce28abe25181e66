import type { ProviderCapabilities } from '../../contract.ts';
import type { OpenAiWireRules } from './openai.settings.ts';

export const OPENAI_CAPABILITIES: ProviderCapabilities = {
  streaming: true,
  tools: true,
  parallelTools: true,
  streamedToolArguments: true,
  structuredOutput: 'json-schema',
  vision: true,
  documents: true,
  audio: true,
  reasoning: true,
  logprobs: true,
  multipleChoices: true,
  seed: true,
  embeddings: true,
  promptCache: 'automatic',
};

export const OPENAI_WIRE: OpenAiWireRules = {
  maxOutputTokensName: 'max_completion_tokens',
  unsupportedParameters: ['top_k'],
  reasoningField: null,
  streamUsage: 'stream-options',
  reasoningTokens: 'within',
  embeddingEncoding: 'base64',
};

/** A server of the operator's of which we know only the wire: what it may do is passed on, and it answers for what it cannot. */
export const COMPATIBLE_CAPABILITIES: ProviderCapabilities = { ...OPENAI_CAPABILITIES, documents: false, audio: false };

export const COMPATIBLE_WIRE: OpenAiWireRules = {
  maxOutputTokensName: 'max_tokens',
  reasoningField: 'reasoning_content',
  streamUsage: 'stream-options',
  reasoningTokens: 'by-total',
  embeddingEncoding: 'float',
};
