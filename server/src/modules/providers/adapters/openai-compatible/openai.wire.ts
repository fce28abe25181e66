/** Names of the OpenAI wire that both directions share. */

export const USUAL_PATHS = { chat: '/chat/completions', embeddings: '/embeddings', models: '/models' } as const;

/** `data` of the last event of a stream. */
export const END_MARKER = '[DONE]';

/** Fields of an answer or chunk that have a neutral name; the rest is kept as extra. `obfuscation` is padding against traffic analysis. */
export const KNOWN_RESPONSE_FIELDS: ReadonlySet<string> = new Set([
  'id',
  'object',
  'created',
  'model',
  'choices',
  'usage',
  'system_fingerprint',
  'service_tier',
  'x_groq',
  'obfuscation',
]);

export const KNOWN_CHOICE_FIELDS: ReadonlySet<string> = new Set(['index', 'message', 'delta', 'logprobs', 'finish_reason', 'obfuscation']);

export const KNOWN_MESSAGE_FIELDS: ReadonlySet<string> = new Set([
  'role',
  'content',
  'refusal',
  'tool_calls',
  'reasoning_content',
  'reasoning',
]);

export const KNOWN_TOOL_CALL_FIELDS: ReadonlySet<string> = new Set(['id', 'type', 'index', 'function']);
