import type { Routes } from '../route.ts';
import type { DoorDeps } from '../wire/door-deps.ts';
import { DoorGuard } from '../wire/door-guard.ts';
import { handleChatCompletion } from './chat.handler.ts';
import { handleEmbeddings } from './embeddings.handler.ts';
import { handleModel, handleModels } from './models.handler.ts';
import { openAiDialect } from './openai.dialect.ts';

/** The OpenAI wire: what a program written for it needs, with its errors. */
export function createOpenAiRoutes(deps: DoorDeps): Routes {
  const door = new DoorGuard(deps, openAiDialect);
  return {
    exact: {
      '/v1/chat/completions': door.post('COMPLETIONS_WRITE', handleChatCompletion),
      '/v1/embeddings': door.post('COMPLETIONS_WRITE', handleEmbeddings),
      '/v1/models': door.get('MODELS_READ', handleModels),
    },
    prefixes: {
      '/v1/models/': door.get('MODELS_READ', handleModel),
      '/v1/': door.elsewhere(),
    },
  };
}
