import type { Handler, Routes } from '../route.ts';
import type { DoorDeps } from '../wire/door-deps.ts';
import { DoorGuard } from '../wire/door-guard.ts';
import { readModelInPath } from '../wire/models.ts';
import { anthropicDialect } from './anthropic.dialect.ts';
import { handleCountTokens } from './count-tokens.handler.ts';
import { handleMessages } from './messages.handler.ts';
import { handleModel, handleModels } from './models.handler.ts';

/** The Anthropic wire: its own paths, and what it answers at paths that it shares with other wires. */
export interface AnthropicDoor {
  readonly routes: Routes;
  readonly models: Handler;
  readonly model: Handler;
  readonly elsewhere: Handler;
}

export function createAnthropicDoor(deps: DoorDeps): AnthropicDoor {
  const door = new DoorGuard(deps, anthropicDialect);
  const elsewhere = door.elsewhere();
  return {
    routes: {
      exact: {
        '/v1/messages': door.post('COMPLETIONS_WRITE', handleMessages),
        '/v1/messages/count_tokens': door.post('COMPLETIONS_WRITE', handleCountTokens),
      },
      prefixes: { '/v1/messages/': elsewhere },
    },
    models: door.get('MODELS_READ', handleModels),
    model: door.get('MODELS_READ', (query) => handleModel(query, readModelInPath(query.exchange.path))),
    elsewhere,
  };
}
