/** What is expected of single recordings, by name. */

/** Filed under this wire, but of another. */
export const NOT_A_RESPONSE: Readonly<Record<string, string>> = {
  'azure-openai/responses.reasoning.03': 'a model that is not OpenAI’s answered with a chat completion, which is no response',
};

export const ERROR_CLASSES: Readonly<Record<string, string>> = {
  'deepseek/responses.error-400.01': 'invalid',
  'openai/responses.context-length-error.01': 'too-long',
  'openai/responses.error-400.01': 'not-found',
  'openai/responses.error-400.02': 'not-found',
  'openai/responses.error-401.01': 'auth',
  'openai/responses.error-401.02': 'auth',
  'xai/responses.error-400.01': 'auth',
};

/** Streams that begin with 200 and fail. */
export const FAILED_STREAMS: Readonly<Record<string, string>> = {
  'openai/responses.stream-error.01': 'quota',
  'openai/responses.stream-rate-limited.01': 'rate-limit',
};

/** Streams whose deltas are not the whole text, with the reason; their `done` events have it. */
export const TRIMMED_DELTAS: Readonly<Record<string, string>> = {
  'openai/responses.stream-phase.01': 'the recorder kept two deltas of each text',
};

/** Requests that say something which the neutral form says otherwise, with the reason. */
export const REQUEST_EXCEPTIONS: Readonly<Record<string, string>> = {};
