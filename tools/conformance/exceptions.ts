/** Recorded cases that no suite runs, by the beginning of their names, with the reason. A case that is run after all must leave this list. */
export const NOT_RUN: Readonly<Record<string, string>> = {
  'cohere/v1-chat.cached-tokens.': 'the older chat API: Cohere is asked over v2, which holds all of it (its refusals are replayed)',
  'cohere/v1-chat.text.': 'the older chat API, as above',
  'cerebras/completions.': 'legacy text completions: no provider is asked over that API; the door turns them into chats',
  'fireworks/completions.': 'legacy text completions, as above',
  'ollama/completions.length-stop.': 'legacy text completions, as above',
  'ollama/completions.stream-length-stop.': 'legacy text completions, as above',
  'ollama/completions.text.': 'legacy text completions, as above',
  'openai/completions.length-stop.': 'legacy text completions, as above',
  'openai/completions.stream-': 'legacy text completions, as above',
  'openai/completions.text.': 'legacy text completions, as above',
  'together/completions.length-stop.': 'legacy text completions, as above',
  'together/completions.text.': 'legacy text completions, as above',
  'vllm/completions.': 'legacy text completions, as above',
  'huggingface/hf-task.reasoning.': 'the API of tasks, which is not that of chats: Hugging Face is asked over its router',
  'huggingface/hf-task.text.': 'the API of tasks, as above',
  'qwen/native-generation.': 'the native API of DashScope: Qwen is asked in its compatible mode',
};
