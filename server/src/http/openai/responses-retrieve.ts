import { setTimeout as wait } from 'node:timers/promises';
import { AntiphonError } from '../../kernel/errors/index.ts';
import { toReplayedEvents, type JsonObject } from '../../modules/providers/index.ts';
import type { ResponseStore, StoredResponse } from '../../modules/responses/index.ts';
import { endStream } from '../end-answer.ts';
import { sendJson } from '../http-server.ts';
import type { Exchange } from '../route.ts';
import { identityHeaders } from '../wire/door-answer.ts';
import type { DoorQuery } from '../wire/door-deps.ts';
import { eventsAfter } from './responses-events.ts';
import { isRunning } from './responses-keep.ts';
import type { ResponseLog } from './responses-log.ts';

const PATH = '/v1/responses/';
const RESPONSE_ID = /^[A-Za-z0-9._:-]{1,256}$/;
/** How often a response that another process makes is looked at. */
const POLL_MS = 1000;
/** How long a cancelled response may take to end before it is told as it stands. */
const CANCEL_WAIT_MS = 5000;

/** What a path below `/v1/responses/` names; null when it names nothing. */
export function parseResponsePath(path: string): { readonly id: string; readonly rest: string } | null {
  const [id = '', ...rest] = path.slice(PATH.length).split('/');
  return RESPONSE_ID.test(id) ? { id, rest: rest.join('/') } : null;
}

export function noSuchResponse(id: string): AntiphonError {
  return new AntiphonError(
    'NOT_FOUND',
    `No response of this project is kept under the id ${JSON.stringify(id)}. Responses are kept for 30 days.`,
    {
      resource: 'other',
    },
  );
}

async function find(store: ResponseStore, query: DoorQuery, id: string): Promise<StoredResponse> {
  const stored = await store.find(query.principal.projectId, id);
  if (stored === null) throw noSuchResponse(id);
  return stored;
}

/** `GET /v1/responses/{id}`, as it stands or as its events. */
export async function handleRetrieve(query: DoorQuery, id: string): Promise<void> {
  const { exchange, deps, dialect } = query;
  const parameters = new URLSearchParams(exchange.query);
  const stored = await find(deps.responses.store, query, id);
  if (parameters.get('stream') !== 'true') {
    sendJson(exchange.response, 200, stored.response, identityHeaders(exchange, dialect));
    return;
  }
  const after = readStartingAfter(parameters);
  const run = deps.responses.background.find(stored.projectId, id);
  if (run !== null) await streamLog(query, run.log, after);
  else await streamStored(query, stored, after);
}

function readStartingAfter(parameters: URLSearchParams): number {
  const text = parameters.get('starting_after');
  if (text === null) return -1;
  const after = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
  if (Number.isNaN(after))
    throw new AntiphonError('INVALID_INPUT', 'Invalid `starting_after`: it must be the sequence number of an event.', {
      param: 'starting_after',
    });
  return after;
}

/** The events of a response that is being made here, as they come. */
export async function streamLog(query: DoorQuery, log: ResponseLog, after: number): Promise<void> {
  const { response, signal } = query.exchange;
  beginEvents(query);
  let last = after;
  for (let news = await log.next(last, signal); news !== null; news = await log.next(last, signal)) {
    last = news.last;
    if (!response.write(news.text)) await drained(query.exchange);
  }
  if (!response.destroyed) endStream(response, '');
}

/** Those of one that has ended, or that another process makes: then when it has ended. */
async function streamStored(query: DoorQuery, stored: StoredResponse, after: number): Promise<void> {
  const { exchange, deps } = query;
  if (!isRunning(stored.status) && stored.events === null && after >= 0)
    throw new AntiphonError(
      'INVALID_INPUT',
      'The events of this response were not kept, so it cannot be resumed: leave `starting_after` out to have it from the beginning.',
      { param: 'starting_after' },
    );
  beginEvents(query);
  let latest: StoredResponse | null = stored;
  while (latest !== null && isRunning(latest.status) && !exchange.signal.aborted) {
    await wait(POLL_MS, undefined, { signal: exchange.signal }).catch(() => undefined);
    latest = await deps.responses.store.find(stored.projectId, stored.id);
  }
  if (exchange.response.destroyed) return;
  endStream(exchange.response, latest === null ? '' : eventsAfter(latest.events ?? toReplayedEvents(latest.response), after));
}

function beginEvents({ exchange, dialect }: DoorQuery): void {
  exchange.response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
    ...identityHeaders(exchange, dialect),
  });
}

function drained({ response }: Exchange): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      response.off('drain', done);
      response.off('close', done);
      resolve();
    };
    response.on('drain', done);
    response.on('close', done);
    if (response.destroyed) done();
  });
}

/** `DELETE /v1/responses/{id}`; one that is being made is stopped. */
export async function handleDelete(query: DoorQuery, id: string): Promise<void> {
  const { exchange, deps, dialect, principal } = query;
  const { store, background } = deps.responses;
  if (!(await store.remove(principal.projectId, id))) throw noSuchResponse(id);
  background.find(principal.projectId, id)?.cancel();
  sendJson(exchange.response, 200, { id, object: 'response', deleted: true }, identityHeaders(exchange, dialect));
}

/** `POST /v1/responses/{id}/cancel`; cancelling twice is cancelling once. */
export async function handleCancel(query: DoorQuery, id: string): Promise<void> {
  const { exchange, deps, dialect, principal } = query;
  const { store, background } = deps.responses;
  const stored = await find(store, query, id);
  if (!stored.isBackground)
    throw new AntiphonError(
      'INVALID_INPUT',
      'Only a response that was asked for with `background: true` can be cancelled. Close the connection of others.',
    );
  if (!isRunning(stored.status) && stored.status !== 'cancelled')
    throw new AntiphonError('INVALID_INPUT', `This response has ended already (${stored.status}), so it cannot be cancelled.`);
  const run = background.find(principal.projectId, id);
  if (run !== null) {
    run.cancel();
    await run.ended;
  } else if (isRunning(stored.status)) await cancelElsewhere(store, stored);
  const { response } = await find(store, query, id);
  sendJson(exchange.response, 200, response, identityHeaders(exchange, dialect));
}

async function cancelElsewhere(store: ResponseStore, { projectId, id }: StoredResponse): Promise<void> {
  await store.requestCancel(projectId, id);
  for (let waitedMs = 0; waitedMs < CANCEL_WAIT_MS; waitedMs += POLL_MS / 2) {
    await wait(POLL_MS / 2);
    const stored = await store.find(projectId, id);
    if (stored === null || !isRunning(stored.status)) return;
  }
}

const DEFAULT_ITEMS = 20;
const MAX_ITEMS = 100;

/** `GET /v1/responses/{id}/input_items`: everything the response was made from, with what it builds on; newest first unless asked otherwise. */
export async function handleInputItems(query: DoorQuery, id: string): Promise<void> {
  const { exchange, deps, dialect, principal } = query;
  const { store } = deps.responses;
  const parameters = new URLSearchParams(exchange.query);
  const stored = await find(store, query, id);
  const chain = stored.previousResponseId === null ? [] : await store.findChain(principal.projectId, stored.previousResponseId);
  const items = [...chain.flatMap(({ input, response }) => [...input, ...(response['output'] as JsonObject[])]), ...stored.input];
  const page = pageOf(parameters.get('order') === 'asc' ? items : items.reverse(), parameters);
  sendJson(exchange.response, 200, page, identityHeaders(exchange, dialect));
}

function pageOf(items: readonly JsonObject[], parameters: URLSearchParams): JsonObject {
  const limit = Number(parameters.get('limit') ?? DEFAULT_ITEMS);
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_ITEMS)
    throw new AntiphonError('INVALID_INPUT', `Invalid \`limit\`: it must be an integer from 1 to ${MAX_ITEMS}.`, { param: 'limit' });
  const after = parameters.get('after');
  const from = after === null ? 0 : items.findIndex((item) => item['id'] === after) + 1;
  if (after !== null && from === 0)
    throw new AntiphonError('INVALID_INPUT', 'Invalid `after`: there is no item with that id in this response.', { param: 'after' });
  const data = items.slice(from, from + limit);
  return {
    object: 'list',
    data,
    first_id: data[0]?.['id'] ?? null,
    last_id: data.at(-1)?.['id'] ?? null,
    has_more: from + limit < items.length,
  };
}
