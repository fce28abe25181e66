/** A whole answer of `generateContent` -> ours. */
import type { CompletionResult, JsonObject, StreamPart, Usage } from '../../contract.ts';
import { ChoiceBuilder } from '../../shared/choice-builder.ts';
import { AnswerReader, type AnswerOptions } from './gemini.answer-reader.ts';

/** Throws `ProviderError` for an error body, a blocked prompt and what is no answer. */
export function toCompletionResult(answer: JsonObject, options: AnswerOptions, body: Buffer): CompletionResult {
  const reader = new AnswerReader(options);
  reader.read(answer);
  reader.end();
  const parts = reader.takeParts();
  const choices = new ChoiceBuilder();
  let start: Extract<StreamPart, { type: 'response-start' }> | null = null;
  let usage: Usage | null = null;
  let extra: JsonObject = {};
  for (const part of parts) {
    if (part.type === 'response-start') start = part;
    else if (part.type === 'usage') ({ usage } = part);
    else if (part.type === 'extra' && part.scope === 'response') ({ extra } = part);
    else choices.add(part);
  }
  return {
    id: start?.id ?? null,
    model: start?.model ?? null,
    createdAtSeconds: start?.createdAtSeconds ?? null,
    choices: choices.build(),
    usage,
    serviceTier: start?.serviceTier ?? null,
    systemFingerprint: null,
    ...(Object.keys(extra).length === 0 ? {} : { extra }),
    upstream: options.upstream,
    warnings: options.warnings,
    wire: { dialect: 'gemini', body },
  };
}
