import type { EngineModel } from './local-smollm2.engine.ts';
import type { ChatMessage } from './local-smollm2.protocol.ts';

/**
 * The prompt in SmolLM2's own template (ChatML), as tokens, open for the assistant's turn.
 *
 * Marks are put in as tokens and texts are tokenized without marks, so a message that contains `<|im_end|>` cannot end its turn
 * and pose as another role. Unlike the template in the weights we add no system message of our own: the caller asked for none,
 * and this quantization answers worse with it.
 */
export function toPromptTokens(model: EngineModel, messages: readonly ChatMessage[]): number[] {
  const [open] = model.tokenize('<|im_start|>', true);
  const [close] = model.tokenize('<|im_end|>', true);
  if (open === undefined || close === undefined)
    throw new Error('The weights do not know the marks of ChatML. Install the component again.');
  const newLine = model.tokenize('\n', false);
  const tokens: number[] = [];
  for (const { role, text } of messages) tokens.push(open, ...model.tokenize(`${role}\n${text}`, false), close, ...newLine);
  tokens.push(open, ...model.tokenize('assistant\n', false));
  return tokens;
}
