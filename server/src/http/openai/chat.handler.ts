import { answerCompletion } from '../wire/completion.handler.ts';
import type { DoorCall } from '../wire/door-deps.ts';
import { chatCallerOf } from './chat.callers.ts';
import { createChatForm } from './chat.form.ts';
import { toChatCall } from './door-call.ts';

/** `POST /v1/chat/completions`. */
export async function handleChatCompletion(doorCall: DoorCall): Promise<void> {
  const options = doorCall.body.json['stream_options'] as { include_usage?: unknown } | null | undefined;
  await answerCompletion(doorCall, toChatCall(doorCall), createChatForm(options?.include_usage === true, chatCallerOf(doorCall)));
}
