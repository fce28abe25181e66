import type { Logger } from '../../kernel/telemetry/index.ts';
import type { JsonObject } from '../../modules/providers/index.ts';
import type { NewStoredResponse, ResponseStatus, ResponseStore } from '../../modules/responses/index.ts';
import type { AnswerEnd, CompletionForm } from '../wire/completion-form.ts';
import type { ResponseAsk } from './responses-ask.ts';
import { responseInEvents } from './responses-events.ts';

/** Keeps an answer that its caller wants kept. A store that cannot be reached costs nobody an answer that was paid for. */
export function keeperOf(ask: ResponseAsk, store: ResponseStore, log: Pick<Logger, 'warn'>): NonNullable<CompletionForm['keep']> {
  return async (answer, outcome) => {
    try {
      const response = responseOf(answer);
      const providerId = outcome.served?.providerId ?? null;
      const isRelayed = answer.kind === 'relayed' || (answer.kind === 'stream' && answer.isRelayed);
      const stored =
        response === null ? null : toStored(ask, response, { providerId, isKeptUpstream: isRelayed && response['store'] === true });
      if (stored !== null) await store.insert(stored);
    } catch (error) {
      log.warn({ error, completionId: ask.call.id }, 'a response was answered and could not be kept; its id leads to nothing');
    }
  };
}

function responseOf(answer: AnswerEnd): JsonObject | null {
  switch (answer.kind) {
    case 'made':
      return answer.body as JsonObject;
    case 'relayed':
      return JSON.parse(answer.body.toString('utf8')) as JsonObject;
    case 'stream':
      return responseInEvents(answer.events);
  }
}

const MAX_ID_LENGTH = 256;

function toStored(
  ask: ResponseAsk,
  response: JsonObject,
  served: Pick<NewStoredResponse, 'providerId' | 'isKeptUpstream'>,
): NewStoredResponse | null {
  const { id, status } = response;
  if (typeof id !== 'string' || id === '' || id.length > MAX_ID_LENGTH) return null;
  return {
    ...rowOf(ask),
    ...served,
    id,
    status: status === 'incomplete' ? status : 'completed',
    response,
    itemIds: itemIdsOf(ask.ownItems, response),
    leaseUntilMs: null,
  };
}

/** What a row has of its request. */
export function rowOf({
  call,
  facts,
  ownItems,
  previousResponseId,
}: ResponseAsk): Omit<NewStoredResponse, 'status' | 'response' | 'itemIds' | 'leaseUntilMs'> {
  return {
    projectId: call.principal.projectId,
    id: facts.id,
    completionId: call.id,
    isBackground: facts.isBackground,
    providerId: null,
    isKeptUpstream: false,
    previousResponseId,
    input: ownItems,
    events: null,
    createdAtMs: call.receivedAtMs,
  };
}

export function itemIdsOf(ownItems: readonly JsonObject[], response: JsonObject): readonly string[] {
  const output = Array.isArray(response['output']) ? (response['output'] as readonly JsonObject[]) : [];
  return [...ownItems, ...output].flatMap(({ id }) => (typeof id === 'string' ? [id] : []));
}

/** Whether a response with this status may still change. */
export function isRunning(status: ResponseStatus): boolean {
  return status === 'queued' || status === 'in_progress';
}
