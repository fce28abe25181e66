import { sendJson } from '../http-server.ts';
import { answerCompletion } from '../wire/completion.handler.ts';
import { identityHeaders } from '../wire/door-answer.ts';
import type { DoorCall } from '../wire/door-deps.ts';
import type { ResponseAsk } from './responses-ask.ts';
import { toResponseAsk } from './responses-call.ts';
import { createResponsesForm } from './responses-form.ts';
import { keeperOf } from './responses-keep.ts';
import { streamLog } from './responses-retrieve.ts';

/** `POST /v1/responses`. */
export async function handleResponse(door: DoorCall): Promise<void> {
  const ask = await toResponseAsk(door);
  if (ask.facts.isBackground) return answerInBackground(door, ask);
  const { clock, responses, log } = door.deps;
  // The caller may have left the choice to us; what he asked for in vain he is told.
  if (!ask.facts.isStored && ask.body['store'] !== false) door.exchange.response.setHeader('x-antiphon-stored', 'false');
  const keep = ask.facts.isStored ? keeperOf(ask, responses.store, log) : undefined;
  const { form, dialect } = createResponsesForm(ask, () => clock.nowMs(), keep);
  await answerCompletion({ ...door, dialect }, ask.call, form);
}

async function answerInBackground(door: DoorCall, ask: ResponseAsk): Promise<void> {
  const { exchange, deps, dialect } = door;
  const { response, run } = await deps.responses.background.start(ask);
  if (ask.call.isStreaming) await streamLog(door, run.log, -1);
  else sendJson(exchange.response, 200, response, identityHeaders(exchange, dialect));
}
