/** Test side only: what a recorded answer of Google's wire, whole or in chunks, must become. Shares no code with the adapter. */
import type { Choice, JsonObject, JsonValue, ReasoningPart, ToolCall, Usage } from '../../server/src/modules/providers/contract.ts';

type Fields = Record<string, JsonValue>;

const FINISH_REASONS: Readonly<Record<string, Choice['finishReason']>> = {
  '1': 'stop',
  STOP: 'stop',
  MAX_TOKENS: 'length',
  SAFETY: 'content-filter',
  RECITATION: 'content-filter',
};

/** The one choice that every recording holds. */
export function expectedChoice(answers: readonly JsonObject[]): unknown {
  const candidates = answers.flatMap((answer) => (answer['candidates'] as Fields[] | undefined) ?? []);
  const parts = candidates.flatMap((candidate) => ((candidate['content'] as Fields | undefined)?.['parts'] as Fields[] | undefined) ?? []);
  const toolCalls = toToolCalls(parts);
  const raw = candidates.map(({ finishReason }) => finishReason).findLast((reason) => reason !== undefined);
  const reason = FINISH_REASONS[String(raw)] ?? 'other';
  const vendorParts = parts.filter((part) => part['text'] === undefined && part['functionCall'] === undefined);
  const choiceExtra = toChoiceExtra(candidates);
  return {
    index: 0,
    text: parts.map(({ text, thought }) => (thought === true ? '' : ((text as string | undefined) ?? ''))).join(''),
    reasoning: toReasoning(parts),
    refusal: null,
    toolCalls,
    logprobs: null,
    finishReason: reason === 'stop' && toolCalls.length > 0 ? 'tool-calls' : reason,
    rawFinishReason: raw === undefined ? null : String(raw),
    extra: vendorParts.length === 0 ? {} : { content_parts: vendorParts },
    ...(Object.keys(choiceExtra).length === 0 ? {} : { choiceExtra }),
  };
}

/** Thoughts that follow each other are one, up to a signature; a signature of anything but a thought or a call stands alone. */
function toReasoning(parts: readonly Fields[]): ReasoningPart[] {
  const reasoning: { text: string; signature?: string }[] = [];
  let open: { text: string; signature?: string } | null = null;
  for (const { text, thought, thoughtSignature, functionCall } of parts) {
    if (thought === true) {
      if (open === null) reasoning.push((open = { text: '' }));
      open.text += text as string;
      if (thoughtSignature !== undefined) open.signature = thoughtSignature as string;
      if (thoughtSignature !== undefined) open = null;
    } else if (functionCall !== undefined || text !== '' || thoughtSignature !== undefined) {
      open = null;
      if (functionCall === undefined && thoughtSignature !== undefined) reasoning.push({ text: '', signature: thoughtSignature as string });
    }
  }
  return reasoning;
}

interface OpenCall {
  id: string | undefined;
  name: string;
  args: Fields;
  signature: JsonValue | undefined;
}

function toToolCalls(parts: readonly Fields[]): ToolCall[] {
  const calls: OpenCall[] = [];
  for (const part of parts) {
    const call = part['functionCall'] as Fields | undefined;
    if (call === undefined) continue;
    if (call['name'] !== undefined)
      calls.push({
        id: call['id'] as string | undefined,
        name: call['name'] as string,
        args: { ...(call['args'] as Fields | undefined) },
        signature: part['thoughtSignature'],
      });
    for (const piece of (call['partialArgs'] as Fields[] | undefined) ?? []) {
      // Recorded pieces are strings at the top of the arguments.
      const name = /^\$\.(\w+)$/.exec(piece['jsonPath'] as string)?.[1] as string;
      const args = (calls.at(-1) as OpenCall).args;
      args[name] = ((args[name] as string | undefined) ?? '') + (piece['stringValue'] as string);
    }
  }
  return calls.map(({ id, name, args, signature }, index) => ({
    id: id ?? `call_gemini_attempt1_${index}`,
    name,
    argumentsText: JSON.stringify(args),
    ...(signature === undefined ? {} : { extra: { extra_content: { google: { thought_signature: signature } } } }),
  }));
}

/** The last word of every field beside the content, but citations: each chunk tells its own. */
function toChoiceExtra(candidates: readonly Fields[]): Fields {
  const extra: Fields = {};
  const citations: JsonValue[] = [];
  for (const { content: _content, finishReason: _finish, index: _index, ...rest } of candidates) {
    citations.push(...(((rest['citationMetadata'] as Fields | undefined)?.['citationSources'] as JsonValue[] | undefined) ?? []));
    Object.assign(extra, rest);
  }
  return citations.length === 0 ? extra : { ...extra, citationMetadata: { citationSources: citations } };
}

/** Of the last counts that were told; null when none were. */
export function expectedUsage(answers: readonly JsonObject[]): Usage | null {
  const raw = answers
    .map((answer) => answer['usageMetadata'] as Fields | undefined)
    .findLast((usage) => usage?.['totalTokenCount'] !== undefined);
  if (raw === undefined) return null;
  const count = (name: string): number => (raw[name] as number | undefined) ?? 0;
  const images = ((raw['promptTokensDetails'] as Fields[] | undefined) ?? [])
    .filter(({ modality }) => modality === 'IMAGE' || modality === 2)
    .reduce((sum, { tokenCount }) => sum + (tokenCount as number), 0);
  const cached = count('cachedContentTokenCount');
  return {
    inputTokens: count('promptTokenCount') - cached - images,
    cachedReadTokens: cached,
    cacheWriteTokens: 0,
    outputTokens: count('candidatesTokenCount'),
    reasoningTokens: count('thoughtsTokenCount'),
    audioInputTokens: 0,
    audioOutputTokens: 0,
    imageInputTokens: images,
    totalTokens: count('totalTokenCount'),
    raw,
  };
}

/** What an answer tells beside its choices. */
export function expectedHead(answers: readonly JsonObject[]): Partial<Record<string, JsonValue>> {
  const [first] = answers;
  const created = first?.['createTime'] as string | undefined;
  return {
    id: first?.['responseId'] ?? null,
    model: first?.['modelVersion'] ?? null,
    createdAtSeconds: created === undefined ? null : Math.floor(new Date(created).getTime() / 1000),
    serviceTier: (first?.['usageMetadata'] as Fields | undefined)?.['serviceTier'] ?? null,
    systemFingerprint: null,
  };
}

/** Fields of answers that are kept beside the choices. */
export function expectedExtra(answers: readonly JsonObject[]): Fields {
  const extra: Fields = {};
  for (const { promptFeedback } of answers) if (promptFeedback !== undefined) extra['promptFeedback'] = promptFeedback;
  return extra;
}

export function expectedUpstream(headers: Readonly<Record<string, string>>): unknown {
  const kept = Object.entries(headers).filter(([name]) => name === 'server-timing' || name === 'x-gemini-service-tier');
  return { httpStatus: 200, requestId: null, headers: Object.fromEntries(kept) };
}
