/** What Cohere's v2 API and its models can do, as data. */
import type { ProviderCapabilities } from '../../contract.ts';

export const COHERE_CAPABILITIES: ProviderCapabilities = {
  streaming: true,
  tools: true,
  parallelTools: true,
  streamedToolArguments: true,
  structuredOutput: 'json-schema',
  vision: true,
  documents: true,
  audio: false,
  reasoning: true,
  logprobs: true,
  multipleChoices: false,
  seed: true,
  embeddings: true,
  promptCache: 'automatic',
};

/** Sent as `input_type`, which the wire demands of embeddings, when the caller names none. */
export const FALLBACK_INPUT_TYPE = 'search_document';
