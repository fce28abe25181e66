import type { ServerResponse } from 'node:http';
import { beginStream, errorBody, plainEvents, sendJson, toEvent, type UpstreamRequest, type Wire } from '../testkit/upstream.ts';
import type { Override } from './client-server.ts';

/** How often each failure was asked for, by its name and what follows it in the prompt. */
export type Seen = Map<string, number>;

/** Fails as `[fails <name>]` in a prompt says, counted by the name and what follows it; anything else gets the ordinary answer. */
export function failAsAsked(seen: Seen): Override {
  return (request, response) => {
    const [, asked, who = ''] = /\[fails (\w+)\]([^"\\]*)/.exec(request.text) ?? [];
    if (asked === undefined) return false;
    const times = (seen.get(asked + who) ?? 0) + 1;
    seen.set(asked + who, times);
    return misbehave(asked, times, request, response);
  };
}

const wireOf = ({ path }: UpstreamRequest): Wire => (path.endsWith('/messages') ? 'anthropic' : 'openai');

function misbehave(asked: string, times: number, request: UpstreamRequest, response: ServerResponse): boolean {
  const wire = wireOf(request);
  const fail = (status: number, type: string, headers: Readonly<Record<string, string>> = {}): true => {
    sendJson(response, status, errorBody(wire, { message: 'no', type }), headers);
    return true;
  };
  switch (asked) {
    case 'limited':
      return fail(429, 'rate_limit_error', { 'retry-after': '0' });
    case 'once':
      return times === 1 && fail(429, 'rate_limit_error', { 'retry-after': '0' });
    case 'busy':
      return times === 1 && fail(429, 'rate_limit_error', { 'retry-after': '1' });
    case 'inside':
      return fail(500, 'api_error');
    case 'account':
      return fail(401, 'authentication_error');
    case 'invalid':
      return fail(400, 'invalid_request_error');
    case 'never':
      return true;
    case 'midway':
      beginStream(response).end(beginning(wire) + toEvent(wire, errorBody(wire, { message: 'no', type: 'overloaded_error' })));
      return true;
    case 'slowly':
      beginStream(response).write(beginning(wire));
      return true;
    default:
      throw new Error(`nothing is known of ${asked}`);
  }
}

function beginning(wire: Wire): string {
  const { head, words } = plainEvents(wire, ['Half ', 'an ']);
  return [...head, ...words].join('');
}
