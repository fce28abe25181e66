/** What is expected of single recordings, by name. */

/** Filed under this wire in the recordings, but of another: Responses requests and answers, lists of models. */
export const NOT_A_CHAT: ReadonlySet<string> = new Set([
  'bedrock/openai-compat.stream-tool-call.01',
  'bedrock/openai-compat.stream-tool-result.01',
  'bedrock/openai-compat.stream-tool-result.02',
  'bedrock/openai-compat.structured.01',
  'bedrock/openai-compat.text.02',
  'bedrock/openai-compat.tool-call.01',
  'bedrock/openai-compat.tool-result.01',
  'bedrock/openai-compat.tool-result.02',
  'google-gemini/openai-compat.text.01',
  'google-gemini/openai-compat.text.02',
]);

/** Streams that our reader refuses as malformed, with the reason. */
export const MALFORMED_STREAMS: Readonly<Record<string, string>> = {
  'cerebras/chat.stream-text.02': 'the recorder left a stray quote behind the last event',
};

/** Requests that our door refuses or completes on purpose, with the reason; their answers are replayed to another request. */
export const REQUEST_EXCEPTIONS: ReadonlyMap<string, string> = new Map([
  ['ollama/chat.stream-tool-result.02', '`max_tokens: 0` means no limit to Ollama and is an error to OpenAI'],
  ['perplexity/chat.structured.01', 'a JSON schema without its required name gets one'],
  ['zhipu/chat.tool-result.01', 'a tool result without the id of its call'],
  ['zhipu/chat.tool-result.02', 'a tool result without the id of its call'],
]);

export const ERROR_CLASSES: Readonly<Record<string, string>> = {
  'anthropic/openai-compat.error-429.01': 'rate-limit',
  'azure-openai/chat.content-filter-error.01': 'blocked',
  'azure-openai/chat.error-401.01': 'auth',
  'azure-openai/chat.error-404.01': 'not-found',
  'azure-openai/chat.error-422.01': 'invalid',
  'azure-openai/chat.error-429.01': 'rate-limit',
  'databricks/chat.error-401.01': 'auth',
  'databricks/chat.error-401.02': 'auth',
  'deepseek/chat.context-length-error.01': 'too-long',
  'deepseek/chat.error-400.01': 'not-found',
  'deepseek/chat.error-400.02': 'invalid',
  'deepseek/chat.error-401.01': 'auth',
  'groq/chat.error-400.01': 'invalid',
  'groq/chat.error-400.02': 'invalid',
  'groq/chat.error-404.01': 'not-found',
  'groq/chat.error-404.02': 'not-found',
  'groq/chat.error-429.01': 'rate-limit',
  'huggingface/chat.error-422.01': 'invalid',
  'huggingface/chat.error-422.02': 'invalid',
  'hyperbolic/chat.error-400.01': 'invalid',
  'hyperbolic/chat.error-422.01': 'invalid',
  'llama-cpp/chat.error-400.01': 'invalid',
  'llama-cpp/chat.error-400.02': 'invalid',
  'llama-cpp/chat.error-401.01': 'auth',
  'llama-cpp/chat.error-500.01': 'overloaded',
  'llama-cpp/chat.error-500.02': 'overloaded',
  'mistral/chat.error-400.01': 'not-found',
  'mistral/chat.error-401.01': 'auth',
  'openai/chat.error-400.01': 'invalid',
  'openai/chat.error-400.02': 'invalid',
  'openai/chat.error-400.03': 'invalid',
  'openai/chat.error-401.01': 'auth',
  'openai/chat.error-401.02': 'auth',
  'openai/chat.error-404.01': 'not-found',
  'openai/chat.error-404.02': 'not-found',
  'openai/chat.error-429.01': 'rate-limit',
  'openrouter/chat.context-length-error.01': 'too-long',
  'openrouter/chat.error-400.01': 'invalid',
  'openrouter/chat.error-400.02': 'not-found',
  'openrouter/chat.error-401.01': 'auth',
  'openrouter/chat.error-403.01': 'auth',
  'openrouter/chat.error-404.01': 'not-found',
  'openrouter/chat.error-429.01': 'rate-limit',
  'perplexity/chat.context-length-error.01': 'too-long',
  'perplexity/chat.error-401.01': 'auth',
  'venice/chat.error-404.01': 'not-found',
};
