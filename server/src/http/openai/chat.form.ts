import { OpenAiChunkEncoder, toOpenAiChatResponse } from '../../modules/providers/index.ts';
import type { AnswerEncoder, CompletionForm } from '../wire/completion-form.ts';
import type { ChatCaller } from './chat.callers.ts';

/** Chat completions; `includeUsage` is the caller's `stream_options.include_usage`. */
export function createChatForm(includeUsage: boolean, { expectsUsage, createFit }: ChatCaller): CompletionForm {
  const tellsUsage = includeUsage || expectsUsage;
  const fit = createFit?.() ?? null;
  return {
    dialect: 'openai',
    idPrefix: 'chatcmpl-',
    toBody: toOpenAiChatResponse,
    createEncoder: (identity) => {
      const encoder = new OpenAiChunkEncoder({ ...identity, includeUsage: tellsUsage });
      return fit === null ? encoder : fitted(encoder, fit);
    },
    streamContentType: 'text/event-stream; charset=utf-8',
    hidesUsageEvent: !tellsUsage,
    // Some providers never send the end marker; clients of this dialect wait for it.
    endMarker: { mark: '[DONE]', event: 'data: [DONE]\n\n' },
    ...(fit === null ? {} : { reframe: { relay: (bytes) => Buffer.from(fit(bytes.toString('utf8'))), end: () => '' } }),
  };
}

function fitted(encoder: AnswerEncoder, fit: (events: string) => string): AnswerEncoder {
  return { encode: (part) => fit(encoder.encode(part)), end: () => fit(encoder.end()) };
}
