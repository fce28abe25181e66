import type { Exchange, Handler, Routes } from '../route.ts';
import type { DoorQuery } from '../wire/door-deps.ts';
import { withoutBody, type DoorGuard, type Endpoint } from '../wire/door-guard.ts';
import { handleCancel, handleDelete, handleInputItems, handleRetrieve, parseResponsePath } from './responses-retrieve.ts';
import { handleInputTokens } from './responses-count.handler.ts';
import { handleResponse } from './responses.handler.ts';

/** OpenAI's Responses API: any provider behind it, kept responses in front. */
export function createResponsesRoutes(door: DoorGuard): Routes {
  const byId = door.at({ GET: byIdOf(handleRetrieve), DELETE: byIdOf(handleDelete) });
  const below: Readonly<Record<string, Handler>> = {
    cancel: door.at({ POST: byIdOf(handleCancel) }),
    input_items: door.at({ GET: byIdOf(handleInputItems) }),
  };
  return {
    exact: {
      '/v1/responses': door.post('COMPLETIONS_WRITE', handleResponse),
      '/v1/responses/input_tokens': door.post('COMPLETIONS_WRITE', handleInputTokens),
    },
    prefixes: {
      '/v1/responses/': (exchange: Exchange) => {
        const named = parseResponsePath(exchange.path);
        const handler = named === null ? undefined : named.rest === '' ? byId : below[named.rest];
        return (handler ?? door.elsewhere())(exchange);
      },
    },
  };
}

type ById = (query: DoorQuery, id: string) => Promise<void>;

/** Whoever may ask for a response may read it: keys for anything else must not see what was said. */
function byIdOf(handle: ById): Endpoint {
  return withoutBody('COMPLETIONS_WRITE', (query) => handle(query, parseResponsePath(query.exchange.path)?.id ?? ''));
}
