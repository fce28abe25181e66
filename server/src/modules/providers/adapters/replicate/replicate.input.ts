/** A completion as asked -> the `input` of a prediction: a prompt, a system prompt, an image and sampling. */
import type { CompletionRequest, ContentPart, JsonObject, MediaSource, Message } from '../../contract.ts';
import { objectOf } from '../../shared/json.ts';
import { Warnings } from '../../shared/warnings.ts';

/** Read by this adapter or by the door, so no warning is due. */
const READ_HERE = new Set(['replicate', 'input', 'stream', 'stream_options']);
const GUARDED_INPUTS = new Set(['prompt', 'system_prompt', 'max_tokens']);
const NOTHING_KNOWN: ReadonlySet<string> = new Set();

/**
 * Inputs are the model's own: those most language models share have neutral names here, others go by `extra.input` or `extra.replicate`.
 * A model that does not know an input refuses it.
 */
export function toInput(request: CompletionRequest): { readonly input: JsonObject; readonly warnings: readonly string[] } {
  const warnings = new Warnings('Replicate');
  const extra = request.extra ?? {};
  warnOfUnsupported(request, warnings);
  warnings.pick(Object.fromEntries(Object.entries(extra).filter(([name]) => !READ_HERE.has(name))), NOTHING_KNOWN, 'request');
  const system = textOf(request.messages.filter(isInstruction), warnings);
  const input = {
    ...warnings.namespaced(objectOf(extra['input']), 'input', GUARDED_INPUTS),
    ...warnings.namespaced(objectOf(extra['replicate']), 'replicate', GUARDED_INPUTS),
    prompt: toPrompt(
      request.messages.filter((message) => !isInstruction(message)),
      warnings,
    ),
    ...(system === '' ? {} : { system_prompt: system }),
    ...toImage(request.messages, warnings),
    ...toSampling(request),
  };
  return { input, warnings: warnings.list() };
}

function isInstruction({ role }: Message): boolean {
  return role === 'system' || role === 'developer';
}

/** One message of the user is the prompt as it is; a conversation becomes a transcript that ends where the assistant speaks. */
function toPrompt(messages: readonly Message[], warnings: Warnings): string {
  if (messages.length === 1 && messages[0]?.role === 'user') return textOf(messages, warnings);
  warnings.add('Replicate has one prompt: the conversation was sent as a transcript.');
  const turns = messages.map((message) => `${message.role === 'assistant' ? 'Assistant' : 'User'}: ${textOf([message], warnings)}`);
  return `${turns.join('\n\n')}\n\nAssistant:`;
}

function textOf(messages: readonly Message[], warnings: Warnings): string {
  return messages
    .map((message) => {
      warnings.pick(message.extra, NOTHING_KNOWN, `${message.role} message`);
      return message.content.flatMap((part) => toText(part, warnings)).join('\n');
    })
    .join('\n\n');
}

function toText(part: ContentPart, warnings: Warnings): readonly string[] {
  warnings.pick(part.extra, NOTHING_KNOWN, `${part.type} part`);
  if (part.type === 'text') return [part.text];
  // Images stand beside the prompt.
  if (part.type === 'image') return [];
  if (part.type === 'document' && part.source.kind === 'text') {
    warnings.add('Replicate takes no documents: a text document was sent as part of the prompt.');
    return [part.source.text];
  }
  warnings.add(`Replicate takes texts and an image: a part of type ${part.type} was not sent.`);
  return [];
}

function toImage(messages: readonly Message[], warnings: Warnings): JsonObject {
  const images = messages.flatMap(({ content }) => content.flatMap((part) => (part.type === 'image' ? [part.source] : [])));
  const urls = images.flatMap((source) => toImageUrl(source) ?? []);
  if (urls.length < images.length) warnings.add('Replicate takes images by URL or as data only: an image was not sent.');
  if (urls.length > 1) warnings.add('Replicate takes one image: the last one was sent.');
  const url = urls.at(-1);
  return url === undefined ? {} : { image: url };
}

function toImageUrl(source: MediaSource): string | null {
  if (source.kind === 'url') return source.url;
  return source.kind === 'data' ? `data:${source.mediaType};base64,${source.data}` : null;
}

function toSampling(request: CompletionRequest): JsonObject {
  const { maxOutputTokens, temperature, topP, topK, seed, frequencyPenalty, presencePenalty, stop } = request;
  return {
    ...(maxOutputTokens === undefined ? {} : { max_tokens: maxOutputTokens }),
    ...(temperature === undefined ? {} : { temperature }),
    ...(topP === undefined ? {} : { top_p: topP }),
    ...(topK === undefined ? {} : { top_k: topK }),
    ...(seed === undefined ? {} : { seed }),
    ...(frequencyPenalty === undefined ? {} : { frequency_penalty: frequencyPenalty }),
    ...(presencePenalty === undefined ? {} : { presence_penalty: presencePenalty }),
    // A list written in one text.
    ...(stop === undefined || stop.length === 0 ? {} : { stop_sequences: stop.join(',') }),
  };
}

function warnOfUnsupported(request: CompletionRequest, warnings: Warnings): void {
  const format = request.responseFormat?.type;
  warnings.unsupported([
    [(request.tools?.length ?? 0) > 0, 'tools'],
    [
      request.messages.some((message) => message.role === 'assistant' && (message.toolCalls?.length ?? 0) > 0),
      'calls of tools in a conversation',
    ],
    [format !== undefined && format !== 'text', 'a format of the answer'],
    [request.reasoning?.effort !== undefined || request.reasoning?.budgetTokens !== undefined, 'reasoning settings'],
    [(request.choiceCount ?? 1) > 1, 'more than one choice (n)'],
    [request.logprobs !== undefined, 'logprobs'],
    [request.endUserId !== undefined, "a place for the end user's id"],
  ]);
}
