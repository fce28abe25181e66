import { MessagesEventEncoder, toMessagesResponse } from '../../modules/providers/index.ts';
import { answerCompletion } from '../wire/completion.handler.ts';
import type { CompletionForm } from '../wire/completion-form.ts';
import type { DoorCall } from '../wire/door-deps.ts';
import { toMessagesCall } from './messages.call.ts';

const MESSAGES: CompletionForm = {
  dialect: 'anthropic',
  idPrefix: 'msg_',
  toBody: toMessagesResponse,
  createEncoder: (identity) => new MessagesEventEncoder(identity),
  streamContentType: 'text/event-stream; charset=utf-8',
  hidesUsageEvent: false,
  endMarker: null,
};

/** `POST /v1/messages`; whatever stands in its query, such as `beta=true`, changes nothing. */
export async function handleMessages(call: DoorCall): Promise<void> {
  await answerCompletion(call, toMessagesCall(call), MESSAGES);
}
