import type { Handler, Routes } from '../route.ts';
import type { DoorDeps } from '../wire/door-deps.ts';
import { DoorGuard } from '../wire/door-guard.ts';
import { readModelInPath } from '../wire/models.ts';
import { handleChatCompletion } from './chat.handler.ts';
import { handleEmbeddings } from './embeddings.handler.ts';
import { handleModel, handleModels } from './models.handler.ts';
import { openAiDialect } from './openai.dialect.ts';

/** The OpenAI wire: its own paths, and what it answers at paths that it shares with other wires. */
export interface OpenAiDoor {
  readonly routes: Routes;
  readonly models: Handler;
  readonly model: Handler;
  readonly elsewhere: Handler;
}

export function createOpenAiDoor(deps: DoorDeps): OpenAiDoor {
  const door = new DoorGuard(deps, openAiDialect);
  return {
    routes: {
      exact: {
        '/v1/chat/completions': door.post('COMPLETIONS_WRITE', handleChatCompletion),
        '/v1/embeddings': door.post('COMPLETIONS_WRITE', handleEmbeddings),
      },
    },
    models: door.get('MODELS_READ', handleModels),
    model: door.get('MODELS_READ', (query) => handleModel(query, readModelInPath(query.exchange.path))),
    elsewhere: door.elsewhere(),
  };
}
