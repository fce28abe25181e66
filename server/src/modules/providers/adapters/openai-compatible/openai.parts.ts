import type { Choice, CompletionResult, StreamPart } from '../../contract.ts';

/** A whole answer as the parts of a stream: for servers that answer a streamed call with one document. */
export function toParts(result: CompletionResult): StreamPart[] {
  const parts: StreamPart[] = [
    {
      type: 'response-start',
      id: result.id,
      model: result.model,
      createdAtSeconds: result.createdAtSeconds,
      systemFingerprint: result.systemFingerprint,
      serviceTier: result.serviceTier,
      upstream: result.upstream,
      warnings: result.warnings,
    },
  ];
  if (result.extra !== undefined) parts.push({ type: 'extra', choice: 0, extra: result.extra, scope: 'response' });
  for (const choice of result.choices) addChoice(choice, parts);
  if (result.usage !== null) parts.push({ type: 'usage', usage: result.usage });
  return parts;
}

function addChoice(choice: Choice, parts: StreamPart[]): void {
  const at = choice.index;
  for (const { text, signature, redactedData } of choice.reasoning) {
    if (text !== '') parts.push({ type: 'reasoning-delta', choice: at, text });
    if (signature !== undefined) parts.push({ type: 'reasoning-end', choice: at, signature });
    else if (redactedData !== undefined) parts.push({ type: 'reasoning-end', choice: at, redactedData });
  }
  if (choice.logprobs !== null) parts.push({ type: 'logprobs', choice: at, logprobs: choice.logprobs });
  if (choice.text !== '') parts.push({ type: 'text-delta', choice: at, text: choice.text });
  if (choice.refusal !== null) parts.push({ type: 'refusal-delta', choice: at, text: choice.refusal });
  choice.toolCalls.forEach(({ id, name, argumentsText, extra }, index) => {
    parts.push({ type: 'tool-call-start', choice: at, index, id, name, ...(extra === undefined ? {} : { extra }) });
    if (argumentsText !== '') parts.push({ type: 'tool-call-delta', choice: at, index, argumentsText });
  });
  if (Object.keys(choice.extra).length > 0) parts.push({ type: 'extra', choice: at, extra: choice.extra });
  if (choice.choiceExtra !== undefined) parts.push({ type: 'extra', choice: at, extra: choice.choiceExtra, scope: 'choice' });
  parts.push({ type: 'choice-finish', choice: at, finishReason: choice.finishReason, rawFinishReason: choice.rawFinishReason });
}
