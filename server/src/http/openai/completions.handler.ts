import { fromOpenAiTextBody, OpenAiTextChunkEncoder, toOpenAiTextResponse, type TextRequest } from '../../modules/providers/index.ts';
import { positiveInteger, readCommonFields } from '../wire/call-fields.ts';
import { answerCompletion } from '../wire/completion.handler.ts';
import type { CompletionForm } from '../wire/completion-form.ts';
import type { DoorCall } from '../wire/door-deps.ts';

/** `POST /v1/completions`: text in, text out, for programs older than chat. Every model answers it by chat. */
export async function handleTextCompletion(doorCall: DoorCall): Promise<void> {
  const { json, text } = doorCall.body;
  const asked = fromOpenAiTextBody(json);
  const options = json['stream_options'] as { include_usage?: unknown } | null | undefined;
  const call = {
    ...readCommonFields(doorCall, json['model']),
    operation: 'CHAT' as const,
    isStreaming: json['stream'] === true,
    request: () => asked.request,
    task: null,
    wire: null,
    input: { format: 'openai-completions' as const, json: text, sizeBytes: doorCall.raw.length },
    maxOutputTokens: positiveInteger(json['max_tokens']),
    choiceCount: positiveInteger(json['n']) ?? 1,
    warnings: asked.warnings,
  };
  await answerCompletion(doorCall, call, toForm(asked, options?.include_usage === true));
}

function toForm({ echo }: TextRequest, includeUsage: boolean): CompletionForm {
  return {
    dialect: null,
    idPrefix: 'cmpl-',
    toBody: (result, identity) => toOpenAiTextResponse(result, identity, echo),
    createEncoder: (identity) => new OpenAiTextChunkEncoder({ ...identity, echo, includeUsage }),
    streamContentType: 'text/event-stream; charset=utf-8',
    hidesUsageEvent: false,
    endMarker: null,
  };
}
