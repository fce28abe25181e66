/** What Replicate's predictions can say of language models, as data; what inputs a model takes depends on the model. */
import type { ProviderCapabilities } from '../../contract.ts';

export const REPLICATE_CAPABILITIES: ProviderCapabilities = {
  streaming: true,
  tools: false,
  parallelTools: false,
  streamedToolArguments: false,
  structuredOutput: 'none',
  vision: true,
  documents: false,
  audio: false,
  reasoning: false,
  logprobs: false,
  multipleChoices: false,
  seed: true,
  embeddings: false,
  promptCache: 'none',
};

/** The longest that one request may wait for its prediction (`Prefer: wait=60`). */
export const MAX_WAIT_SECONDS = 60;
/** The shortest life of a prediction that the API takes (`Cancel-After`). */
export const MIN_LIFETIME_SECONDS = 5;
