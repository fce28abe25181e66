/** What Ollama's own wire can say, as data; what a model can do depends on the model. */
import type { ProviderCapabilities } from '../../contract.ts';

export const OLLAMA_CAPABILITIES: ProviderCapabilities = {
  streaming: true,
  tools: true,
  parallelTools: true,
  // Calls come whole, in one line each.
  streamedToolArguments: false,
  structuredOutput: 'json-schema',
  vision: true,
  documents: false,
  audio: false,
  reasoning: true,
  logprobs: true,
  multipleChoices: false,
  seed: true,
  embeddings: true,
  promptCache: 'automatic',
};

/** By the model id's beginning: those whose thinking has levels. The others know on and off, and refuse a level. */
const LEVELLED_MODELS = ['gpt-oss'] as const;

export function hasThinkingLevels(model: string): boolean {
  const name = model.slice(model.lastIndexOf('/') + 1);
  return LEVELLED_MODELS.some((prefix) => name.startsWith(prefix));
}
