import type { CompletionCall } from '../../modules/completions/index.ts';
import {
  fromOllamaChatBody,
  fromOllamaGenerateBody,
  OllamaChunkEncoder,
  toOllamaChatResponse,
  type CompletionRequest,
  type JsonObject,
  type OllamaAnswerOptions,
} from '../../modules/providers/index.ts';
import { positiveInteger, readCommonFields } from '../wire/call-fields.ts';
import { answerCompletion } from '../wire/completion.handler.ts';
import type { CompletionForm } from '../wire/completion-form.ts';
import type { DoorCall } from '../wire/door-deps.ts';

/** `POST /api/chat`; streams unless the caller says otherwise, as this wire does. */
export async function handleChat(call: DoorCall): Promise<void> {
  await answerCompletion(call, toCall(call, 'ollama-chat', fromOllamaChatBody), toForm(call, 'chat'));
}

/** `POST /api/generate`: one prompt. */
export async function handleGenerate(call: DoorCall): Promise<void> {
  await answerCompletion(call, toCall(call, 'ollama-generate', fromOllamaGenerateBody), toForm(call, 'generate'));
}

function toCall(call: DoorCall, format: 'ollama-chat' | 'ollama-generate', read: (body: JsonObject) => CompletionRequest): CompletionCall {
  const { json } = call.body;
  const request = read(json);
  return {
    ...readCommonFields(call, json['model']),
    operation: 'CHAT',
    isStreaming: json['stream'] !== false,
    request: () => request,
    task: null,
    wire: null,
    input: { format, json: call.body.text, sizeBytes: call.raw.length },
    maxOutputTokens: positiveInteger(request.maxOutputTokens),
    choiceCount: 1,
  };
}

function toForm({ deps, exchange, body }: DoorCall, kind: OllamaAnswerOptions['kind']): CompletionForm {
  const options: OllamaAnswerOptions = {
    model: String(body.json['model']),
    kind,
    nowMs: () => deps.clock.nowMs(),
    startedAtMs: exchange.receivedAtMs,
  };
  return {
    dialect: null,
    idPrefix: '',
    toBody: (result) => toOllamaChatResponse(result, options),
    createEncoder: () => new OllamaChunkEncoder(options),
    streamContentType: 'application/x-ndjson',
    hidesUsageEvent: false,
    endMarker: null,
  };
}
