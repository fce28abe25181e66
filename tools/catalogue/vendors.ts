/**
 * Where the models of each vendor stand in models.dev. The first source counts; what only a later one lists is added, and where both
 * list a model but disagree, the first one's figures are taken and the difference is reported.
 */
export interface VendorSource {
  readonly vendorId: string;
  readonly displayName: string;
  readonly sources: readonly string[];
}

export const VENDOR_SOURCES: readonly VendorSource[] = [
  { vendorId: 'anthropic', displayName: 'Anthropic', sources: ['anthropic'] },
  { vendorId: 'azure-openai', displayName: 'Azure OpenAI', sources: ['azure'] },
  { vendorId: 'bedrock', displayName: 'Amazon Bedrock', sources: ['amazon-bedrock'] },
  { vendorId: 'cerebras', displayName: 'Cerebras', sources: ['cerebras'] },
  { vendorId: 'cohere', displayName: 'Cohere', sources: ['cohere'] },
  { vendorId: 'databricks', displayName: 'Databricks', sources: ['databricks'] },
  { vendorId: 'deepinfra', displayName: 'DeepInfra', sources: ['deepinfra'] },
  { vendorId: 'deepseek', displayName: 'DeepSeek', sources: ['deepseek'] },
  { vendorId: 'fireworks', displayName: 'Fireworks AI', sources: ['fireworks-ai'] },
  { vendorId: 'github-models', displayName: 'GitHub Models', sources: ['github-models'] },
  { vendorId: 'google-gemini', displayName: 'Google Gemini', sources: ['google'] },
  { vendorId: 'google-vertex', displayName: 'Google Vertex AI', sources: ['google-vertex'] },
  { vendorId: 'groq', displayName: 'Groq', sources: ['groq'] },
  { vendorId: 'huggingface', displayName: 'Hugging Face', sources: ['huggingface'] },
  { vendorId: 'llama-api', displayName: 'Meta Llama API', sources: ['llama'] },
  { vendorId: 'minimax', displayName: 'MiniMax', sources: ['minimax'] },
  { vendorId: 'mistral', displayName: 'Mistral', sources: ['mistral'] },
  { vendorId: 'moonshot', displayName: 'Moonshot AI', sources: ['moonshotai'] },
  { vendorId: 'nebius', displayName: 'Nebius', sources: ['nebius'] },
  { vendorId: 'novita', displayName: 'Novita AI', sources: ['novita-ai'] },
  { vendorId: 'nvidia-nim', displayName: 'NVIDIA NIM', sources: ['nvidia'] },
  { vendorId: 'openai', displayName: 'OpenAI', sources: ['openai'] },
  { vendorId: 'openrouter', displayName: 'OpenRouter', sources: ['openrouter'] },
  { vendorId: 'perplexity', displayName: 'Perplexity', sources: ['perplexity'] },
  { vendorId: 'qwen', displayName: 'Qwen', sources: ['alibaba'] },
  { vendorId: 'together', displayName: 'Together AI', sources: ['togetherai'] },
  { vendorId: 'venice', displayName: 'Venice', sources: ['venice'] },
  { vendorId: 'xai', displayName: 'xAI', sources: ['xai'] },
  // The base URL is that of z.ai; the Chinese site has its own list.
  { vendorId: 'zhipu', displayName: 'Zhipu (Z.ai)', sources: ['zai', 'zhipuai'] },
];

/** Vendors that the source does not list, so their models and prices are unknown; the servers of one's own machine among them. */
export const VENDORS_WITHOUT_SOURCE: readonly string[] = [
  'ai21',
  'compatible',
  'crusoe',
  'hyperbolic',
  'llama-cpp',
  'lm-studio',
  'ollama',
  'replicate',
  'sambanova',
  'snowflake-cortex',
  'vllm',
  'watsonx',
];
