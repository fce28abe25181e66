/** What Bedrock's Converse API can do, and what its families of models take beside it, as data. */
import type { ProviderCapabilities } from '../../contract.ts';

export const BEDROCK_CAPABILITIES: ProviderCapabilities = {
  streaming: true,
  tools: true,
  parallelTools: true,
  streamedToolArguments: true,
  structuredOutput: 'json-schema',
  vision: true,
  documents: true,
  audio: true,
  reasoning: true,
  logprobs: false,
  multipleChoices: false,
  seed: false,
  embeddings: true,
  promptCache: 'marked',
};

/** `inferenceConfig.temperature` is 0 to 1 here (OpenAI: 0 to 2). */
export const MAX_TEMPERATURE = 1;

/** The smallest thinking budget that Claude takes. */
export const MIN_THINKING_BUDGET_TOKENS = 1024;

/** Thinking budgets that stand for an effort on models that know budgets only. */
export const BUDGET_TOKENS_BY_EFFORT = { minimal: 1024, low: 2048, medium: 8192, high: 16_384, xhigh: 32_768 } as const;

export interface ModelFacts {
  /**
   * How a model is told to think, in `additionalModelRequestFields`: Claude's `thinking` with a budget or adaptive, Nova's
   * `reasoningConfig`, gpt-oss' `reasoning_effort`; `unknown` where we know no way.
   */
  readonly reasoning: 'none' | 'claude-budget' | 'claude-either' | 'claude-adaptive' | 'nova' | 'openai-effort' | 'unknown';
  /** How an answer takes the form of a schema: `outputConfig`, or a tool that the model is made to call, or not at all. */
  readonly structured: 'native' | 'tool' | 'none';
  /** Whether the model takes Anthropic's own parameters among its fields. */
  readonly isClaude: boolean;
  /** Whether `temperature` and `topP` are taken; newer Claude models answer 400 to them. */
  readonly sampling: boolean;
  /** Where parameters that Converse does not name go: our name → path in `additionalModelRequestFields`. */
  readonly fields: Readonly<Partial<Record<'top_k' | 'seed' | 'frequency_penalty' | 'presence_penalty', readonly string[]>>>;
}

const UNKNOWN: ModelFacts = { isClaude: false, reasoning: 'unknown', structured: 'native', sampling: true, fields: {} };
const TOP_K = { top_k: ['top_k'] } as const;
const CLAUDE: ModelFacts = { isClaude: true, reasoning: 'none', structured: 'tool', sampling: true, fields: TOP_K };
const CLAUDE_BUDGET: ModelFacts = { ...CLAUDE, reasoning: 'claude-budget' };
const CLAUDE_STRUCTURED: ModelFacts = { ...CLAUDE_BUDGET, structured: 'native' };
const CLAUDE_EITHER: ModelFacts = { ...CLAUDE, reasoning: 'claude-either', structured: 'native' };
const CLAUDE_ADAPTIVE: ModelFacts = { isClaude: true, reasoning: 'claude-adaptive', structured: 'native', sampling: false, fields: {} };
const NOVA: ModelFacts = {
  isClaude: false,
  reasoning: 'none',
  structured: 'tool',
  sampling: true,
  fields: { top_k: ['inferenceConfig', 'topK'] },
};

/** By the beginning of the bare model id; the first match counts. */
const FACTS_BY_PREFIX: readonly (readonly [prefix: string, facts: ModelFacts])[] = [
  ['anthropic.claude-v2', { ...CLAUDE, structured: 'none' }],
  ['anthropic.claude-instant', { ...CLAUDE, structured: 'none' }],
  ['anthropic.claude-3-7', CLAUDE_BUDGET],
  ['anthropic.claude-3', CLAUDE],
  ['anthropic.claude-opus-4-6', CLAUDE_EITHER],
  ['anthropic.claude-sonnet-4-6', CLAUDE_EITHER],
  ['anthropic.claude-opus-4-7', CLAUDE_ADAPTIVE],
  ['anthropic.claude-opus-4-8', CLAUDE_ADAPTIVE],
  ['anthropic.claude-opus-4-9', CLAUDE_ADAPTIVE],
  ['anthropic.claude-opus-4-5', CLAUDE_STRUCTURED],
  ['anthropic.claude-sonnet-4-5', CLAUDE_STRUCTURED],
  ['anthropic.claude-haiku-4-5', CLAUDE_STRUCTURED],
  ['anthropic.claude-opus-4', CLAUDE_BUDGET],
  ['anthropic.claude-sonnet-4', CLAUDE_BUDGET],
  ['anthropic.claude-haiku-4', CLAUDE_BUDGET],
  ['anthropic.claude-', CLAUDE_ADAPTIVE],
  ['amazon.nova-2', { ...NOVA, reasoning: 'nova' }],
  ['amazon.nova', NOVA],
  ['amazon.titan', { isClaude: false, reasoning: 'none', structured: 'none', sampling: true, fields: {} }],
  ['meta.llama', { isClaude: false, reasoning: 'none', structured: 'none', sampling: true, fields: {} }],
  ['mistral.', { isClaude: false, reasoning: 'none', structured: 'native', sampling: true, fields: TOP_K }],
  [
    'cohere.command-r',
    {
      isClaude: false,
      reasoning: 'none',
      structured: 'none',
      sampling: true,
      fields: { top_k: ['k'], seed: ['seed'], frequency_penalty: ['frequency_penalty'], presence_penalty: ['presence_penalty'] },
    },
  ],
  ['openai.gpt-oss', { isClaude: false, reasoning: 'openai-effort', structured: 'native', sampling: true, fields: {} }],
];

/** Facts of a model, an inference profile or an ARN of one; of `unknown` reasoning for what an own name hides. */
export function modelFactsOf(model: string): ModelFacts {
  const id = bareModelIdOf(model);
  return FACTS_BY_PREFIX.find(([prefix]) => id.startsWith(prefix))?.[1] ?? UNKNOWN;
}

/** `us.anthropic.claude-…` and `arn:aws:bedrock:…:inference-profile/us.anthropic.claude-…` are both `anthropic.claude-…`. */
export function bareModelIdOf(model: string): string {
  const id = model.startsWith('arn:') ? (model.split('/').at(-1) ?? model) : model;
  return id.replace(/^(?:global|us|us-gov|eu|apac|jp|au|ca|sa)\./, '');
}
