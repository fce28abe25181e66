/** Differences between our reading and the oracle's that are known, with the reason. */
import type { OracleCase } from './oracle.cases.ts';

export interface KnownDifference {
  readonly reason: string;
  /** Names of the cases that differ so, or beginnings of their names. */
  readonly cases: readonly string[];
  /** Beginning of the difference as it is told. */
  readonly difference: string;
}

export const DIFFERENCES: readonly KnownDifference[] = [
  {
    cases: ['cohere/v2-chat.'],
    difference: 'input tokens',
    reason: 'ours are the units that Cohere bills; theirs count its template, too',
  },
  { cases: ['cohere/v2-chat.'], difference: 'output tokens', reason: 'ours are the units that Cohere bills' },
  { cases: ['xai/chat.'], difference: 'output tokens', reason: 'xAI counts reasoning beside; their package for it knows Responses only' },
  {
    cases: ['mistral/chat.stream-cached-tokens.02', 'mistral/chat.text.02'],
    difference: 'input tokens',
    reason: 'audio is counted beside the prompt; theirs leaves it out, although the total holds it',
  },
  {
    cases: ['azure-openai/chat.cached-tokens.', 'azure-openai/chat.tool-call.02', 'azure-openai/chat.tool-result.02'],
    difference: 'input tokens',
    reason: 'Grok in Azure counts what it read from its cache beside the prompt; theirs leaves it out of the sum',
  },
  { cases: ['moonshot/chat.reasoning.01'], difference: 'cached tokens', reason: 'theirs knows no `cached_tokens` at the top level' },
  { cases: ['llama-cpp/chat.stream-cached-tokens.02'], difference: 'text', reason: 'two choices: theirs makes one text of both' },
  { cases: ['openai/chat.length-stop.01'], difference: 'text', reason: 'an answer in audio: theirs takes its transcript for the text' },
  { cases: ['openai/responses.length-stop.03'], difference: 'finish reason', reason: 'an incomplete response that does not say why' },
  {
    cases: ['openai/responses.stream-phase.01'],
    difference: 'text',
    reason: 'the source left deltas out; ours ends with the text of the finished item',
  },
  {
    cases: [
      'openrouter/chat.stream-refusal-or-filter.',
      'openrouter/chat.refusal-or-filter.',
      'openai/chat.stream-refusal-or-filter.',
      'openai/chat.refusal-or-filter.',
    ],
    difference: 'finish reason',
    reason: 'theirs calls a refusal a filter; the wire says stop',
  },
  {
    cases: ['snowflake-cortex/chat.stream-text.', 'openrouter/chat.stream-text.02'],
    difference: 'theirs throws',
    reason: 'a stream without a finish reason is whole here',
  },
  { cases: ['snowflake-cortex/chat.tool-call.'], difference: 'finish reason', reason: 'an empty finish reason beside tool calls' },
  { cases: ['together/chat.'], difference: 'finish reason', reason: '`eos` is an end like any other' },
  {
    cases: ['azure-openai/chat.refusal-or-filter.01'],
    difference: 'theirs throws',
    reason: 'a filtered choice comes without its message, which theirs demands',
  },
  {
    cases: ['cohere/v2-chat.document.01', 'cohere/v2-chat.tool-result.'],
    difference: 'theirs throws',
    reason: 'sources of citations outside its schema make the whole answer an error',
  },
  { cases: ['google-vertex/generate-content.vision.03'], difference: 'theirs throws', reason: 'a finish reason as a number' },
  { cases: ['ollama/messages.'], difference: 'theirs throws', reason: 'theirs demands fields that Ollama leaves out' },
  {
    cases: ['anthropic/messages.stream-compaction.01'],
    difference: 'text',
    reason: 'theirs adds the summary of a compaction to the text; ours keeps it as the block that it is',
  },
  {
    cases: ['anthropic/messages.stream-refusal-or-filter.01', 'anthropic/messages.refusal-or-filter.01'],
    difference: 'text',
    reason: 'the explanation of a refusal is ours to show, and theirs drops it',
  },
  {
    cases: ['anthropic/messages.stream-reasoning.01'],
    difference: 'finish reason',
    reason: 'the recorder stopped before `message_stop`; the stop reason had come',
  },
  {
    cases: [
      'google-gemini/generate-content.stream-edge-success-finish-message.01',
      'google-vertex/generate-content.stream-edge-success-quotes-escaped.01',
    ],
    difference: '',
    reason: 'the last event lacks its blank line: theirs drops it',
  },
  {
    cases: [
      'google-gemini/generate-content.edge-failure-only-prompt-feedback.01',
      'google-vertex/generate-content.edge-failure-prompt-blocked-safety.01',
    ],
    difference: 'ours throws',
    reason: 'a prompt that was blocked is a failure here; theirs gives an empty answer',
  },
  {
    cases: [
      'google-vertex/generate-content.stream-edge-failure-error-mid-stream.01',
      'google-vertex/generate-content.stream-edge-failure-malformed-content.01',
      'google-vertex/generate-content.edge-failure-malformed-content.01',
      'google-vertex/generate-content.edge-failure-empty-content.01',
    ],
    difference: 'ours throws',
    reason: 'an answer that breaks is a failure here; theirs ends it in silence',
  },
  {
    cases: ['xai/responses.stream-reasoning.02'],
    difference: '',
    reason: 'a search that xAI ran itself comes as a custom tool call; theirs knows its name, ours shows it as a call',
  },
];

/** Null: nobody knows why. */
export function explain(recorded: Pick<OracleCase, 'name'>, difference: string): KnownDifference | null {
  const isOf = (candidate: KnownDifference): boolean =>
    difference.startsWith(candidate.difference) && candidate.cases.some((beginning) => recorded.name.startsWith(beginning));
  return DIFFERENCES.find(isOf) ?? null;
}
