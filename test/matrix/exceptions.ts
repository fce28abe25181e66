/** What a wire cannot say of what a caller of another asks, and the warning that it gives for it. */
import type { Caller } from './caller.ts';
import type { Family } from './family.ts';

type Form = Caller['asksReasoningBy'];

const REASONING: Readonly<Record<string, Partial<Readonly<Record<Form, string>>>>> = {
  'OpenAI-compatible': {
    budget: 'OpenAI-compatible server takes no reasoning budget in tokens; it was left out. Use the reasoning effort instead.',
  },
  'OpenAI Responses': {
    budget: 'OpenAI takes no reasoning budget in tokens on its Responses API; it was left out. Use the reasoning effort instead.',
  },
  'Cohere v2': { effort: "Cohere's thinking has no levels: reasoning effort 'low' was sent as thinking enabled." },
  Ollama: {
    effort: "llama3.2 thinks or does not: reasoning effort 'low' was sent as 'think: true'.",
    budget: 'Ollama takes no thinking budget: it was not sent.',
  },
};

/** When a caller asks for low effort or for a budget, as its dialect has it. */
export function reasoningWarnings({ asksReasoningBy }: Pick<Caller, 'asksReasoningBy'>, { name }: Pick<Family, 'name'>): readonly string[] {
  const warning = REASONING[name]?.[asksReasoningBy];
  return warning === undefined ? [] : [warning];
}
