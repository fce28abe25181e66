import type { ProviderCapabilities } from '../../contract.ts';

/** The model's own name, after the slash: `local/smollm2`. */
export const MODEL_NAME = 'smollm2';

export const CAPABILITIES: ProviderCapabilities = {
  streaming: true,
  tools: false,
  parallelTools: false,
  streamedToolArguments: false,
  structuredOutput: 'none',
  vision: false,
  documents: false,
  audio: false,
  reasoning: false,
  logprobs: false,
  multipleChoices: false,
  seed: true,
  embeddings: false,
  promptCache: 'none',
};

/** What the model samples with where the caller says nothing: the values its makers recommend. */
export const DEFAULT_TEMPERATURE = 0.2;
export const DEFAULT_TOP_P = 0.9;
/** So small a model may repeat itself without end; a caller who wants more says so. */
export const DEFAULT_MAX_OUTPUT_TOKENS = 512;

/** Prompt and answer together. The weights know up to 8,192; memory and the time of the first token grow with it. */
export const DEFAULT_CONTEXT_TOKENS = 2048;
/** The longest token of its vocabulary: more text than this many characters a token of context cannot fit. */
export const MAX_CHARACTERS_PER_TOKEN = 81;

export const MAX_STOP_SEQUENCES = 16;
export const MAX_STOP_SEQUENCE_CHARACTERS = 256;
