import type { Routes } from '../route.ts';
import type { DoorDeps } from '../wire/door-deps.ts';
import { DoorGuard } from '../wire/door-guard.ts';
import { handleChat, handleGenerate } from './chat.handler.ts';
import { handleEmbed, handleEmbeddings } from './embed.handler.ts';
import { handleShow, handleTags, handleVersion } from './models.handler.ts';
import { ollamaDialect } from './ollama.dialect.ts';

/** The Ollama wire: what asks a model or about models. What manages files on a machine (pull, create, delete) is not served. */
export function createOllamaRoutes(deps: DoorDeps): Routes {
  const door = new DoorGuard(deps, ollamaDialect);
  return {
    exact: {
      '/api/chat': door.post('COMPLETIONS_WRITE', handleChat),
      '/api/generate': door.post('COMPLETIONS_WRITE', handleGenerate),
      '/api/embed': door.post('COMPLETIONS_WRITE', handleEmbed),
      '/api/embeddings': door.post('COMPLETIONS_WRITE', handleEmbeddings),
      '/api/tags': door.get('MODELS_READ', handleTags),
      '/api/show': door.post('MODELS_READ', handleShow),
      '/api/version': door.get('MODELS_READ', handleVersion),
    },
    prefixes: { '/api/': door.elsewhere() },
  };
}
