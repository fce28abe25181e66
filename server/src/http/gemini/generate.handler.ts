import type { CompletionCall } from '../../modules/completions/index.ts';
import {
  fromGeminiBody,
  GeminiChunkEncoder,
  GeminiListFraming,
  toGeminiResponse,
  type CompletionRequest,
  type GeminiChunkEncoderOptions,
  type JsonObject,
  type JsonValue,
} from '../../modules/providers/index.ts';
import { positiveInteger, readCommonFields } from '../wire/call-fields.ts';
import { answerCompletion } from '../wire/completion.handler.ts';
import type { CompletionForm } from '../wire/completion-form.ts';
import type { DoorCall } from '../wire/door-deps.ts';
import { geminiListDialect } from './gemini.dialect.ts';

/** `…/models/{model}:generateContent`. */
export async function handleGenerate(call: DoorCall, model: string): Promise<void> {
  await answerCompletion(call, toCall(call, model, false), toForm('sse'));
}

/** `…/models/{model}:streamGenerateContent`: events with `alt=sse`, one list otherwise. */
export async function handleStreamGenerate(call: DoorCall, model: string): Promise<void> {
  const framing = new URLSearchParams(call.exchange.query).get('alt') === 'sse' ? 'sse' : 'list';
  const told = framing === 'sse' ? call : { ...call, dialect: geminiListDialect };
  await answerCompletion(told, toCall(call, model, true), toForm(framing));
}

function toCall(call: DoorCall, model: string, isStreaming: boolean): CompletionCall {
  const { json, text } = call.body;
  const config = (json['generationConfig'] ?? json['generation_config'] ?? {}) as JsonObject;
  const setting = (name: string, snake: string): JsonValue | undefined => config[name] ?? config[snake];
  let request: CompletionRequest | null = null;
  return {
    ...readCommonFields(call, model),
    operation: 'CHAT',
    isStreaming,
    request: () => (request ??= fromGeminiBody(json)),
    task: null,
    wire: { dialect: 'gemini', body: json },
    input: { format: 'gemini-content', json: text, sizeBytes: call.raw.length },
    maxOutputTokens: positiveInteger(setting('maxOutputTokens', 'max_output_tokens')),
    choiceCount: positiveInteger(setting('candidateCount', 'candidate_count')) ?? 1,
  };
}

function toForm(framing: 'sse' | 'list'): CompletionForm {
  const encoderFraming: GeminiChunkEncoderOptions['framing'] = framing === 'sse' ? 'sse' : 'array';
  return {
    dialect: 'gemini',
    idPrefix: '',
    toBody: toGeminiResponse,
    createEncoder: (identity) => new GeminiChunkEncoder({ ...identity, framing: encoderFraming }),
    streamContentType: framing === 'sse' ? 'text/event-stream' : 'application/json; charset=utf-8',
    hidesUsageEvent: false,
    endMarker: null,
    ...(framing === 'sse' ? {} : { reframe: new GeminiListFraming() }),
  };
}
