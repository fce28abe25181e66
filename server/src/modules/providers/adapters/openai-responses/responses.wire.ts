/** Names of the Responses wire that both directions share. */

export const RESPONSES_PATH = '/responses';
export const INPUT_TOKENS_PATH = '/responses/input_tokens';

/**
 * Where an assistant message or a choice keeps what its items hold beside neutral content: ids, status, phases, annotations, items of
 * built-in tools. Texts, arguments and encrypted reasoning are not repeated there (responses.layout.ts).
 */
export const OUTPUT_ITEMS = 'output_items';

/** Where a neutral request keeps parameters that only this wire knows. */
export const RESPONSES_EXTRA = 'openai_responses';

/** Between the parts of one reasoning item, and between messages. */
export const PART_SEPARATOR = '\n\n';

/** Fields of an answer that have a neutral name. `obfuscation` is padding against traffic analysis. */
const NEUTRAL_FIELDS = [
  'id',
  'object',
  'created_at',
  'status',
  'model',
  'output',
  'output_text',
  'usage',
  'service_tier',
  'error',
] as const;

/** Fields that repeat the request, or restate what the status says. */
const ECHOED_FIELDS = [
  'background',
  'completed_at',
  'frequency_penalty',
  'incomplete_details',
  'instructions',
  'max_output_tokens',
  'max_tool_calls',
  'metadata',
  'parallel_tool_calls',
  'presence_penalty',
  'previous_response_id',
  'prompt',
  'prompt_cache_key',
  'prompt_cache_retention',
  'reasoning',
  'safety_identifier',
  'store',
  'temperature',
  'text',
  'tool_choice',
  'tools',
  'top_logprobs',
  'top_p',
  'truncation',
  'user',
] as const;

export const KNOWN_RESPONSE_FIELDS: ReadonlySet<string> = new Set([...NEUTRAL_FIELDS, ...ECHOED_FIELDS, 'obfuscation']);
