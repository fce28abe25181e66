import { OpenAiChunkEncoder, toOpenAiChatResponse } from '../../modules/providers/index.ts';
import type { CompletionForm } from '../wire/completion-form.ts';

/** Chat completions; `includeUsage` is the caller's `stream_options.include_usage`. */
export function createChatForm(includeUsage: boolean): CompletionForm {
  return {
    dialect: 'openai',
    idPrefix: 'chatcmpl-',
    toBody: toOpenAiChatResponse,
    createEncoder: (identity) => new OpenAiChunkEncoder({ ...identity, includeUsage }),
    streamContentType: 'text/event-stream; charset=utf-8',
    hidesUsageEvent: !includeUsage,
    // Some providers never send the end marker; clients of this dialect wait for it.
    endMarker: { mark: '[DONE]', event: 'data: [DONE]\n\n' },
  };
}
