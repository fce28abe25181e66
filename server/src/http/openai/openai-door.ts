import type { Handler, Routes } from '../route.ts';
import type { DoorDeps } from '../wire/door-deps.ts';
import type { WireDialect } from '../wire/wire-dialect.ts';
import { DoorGuard } from '../wire/door-guard.ts';
import { readModelInPath } from '../wire/models.ts';
import { withForm } from '../wire/form-body.ts';
import { handleSpeech, handleTranscription, handleTranslation } from './audio.handler.ts';
import { handleChatCompletion } from './chat.handler.ts';
import { handleTextCompletion } from './completions.handler.ts';
import { createDeploymentsHandler, DEPLOYMENTS_PREFIX } from './deployments.ts';
import { handleEmbeddings } from './embeddings.handler.ts';
import { handleImageEdit, handleImageGeneration, handleImageVariation } from './images.handler.ts';
import { handleModel, handleModels } from './models.handler.ts';
import { handleModerations } from './moderations.handler.ts';
import { openAiDialect } from './openai.dialect.ts';
import { handleRerank } from './rerank.handler.ts';
import { createResponsesRoutes } from './responses-door.ts';

/** The OpenAI wire: its own paths, and what it answers at paths that it shares with other wires. */
export interface OpenAiDoor {
  readonly routes: Routes;
  readonly models: Handler;
  readonly model: Handler;
  readonly elsewhere: Handler;
}

export function createOpenAiDoor(deps: DoorDeps, dialect: WireDialect = openAiDialect): OpenAiDoor {
  const door = new DoorGuard(deps, dialect);
  const responses = createResponsesRoutes(door);
  return {
    routes: {
      exact: {
        '/v1/chat/completions': door.post('COMPLETIONS_WRITE', handleChatCompletion),
        '/v1/completions': door.post('COMPLETIONS_WRITE', handleTextCompletion),
        ...responses.exact,
        '/v1/embeddings': door.post('COMPLETIONS_WRITE', handleEmbeddings),
        '/v1/moderations': door.post('COMPLETIONS_WRITE', handleModerations),
        '/v1/rerank': door.post('COMPLETIONS_WRITE', handleRerank),
        '/v1/images/generations': door.post('COMPLETIONS_WRITE', handleImageGeneration),
        '/v1/images/edits': door.at({ POST: withForm('COMPLETIONS_WRITE', handleImageEdit) }),
        '/v1/images/variations': door.at({ POST: withForm('COMPLETIONS_WRITE', handleImageVariation) }),
        '/v1/audio/speech': door.post('COMPLETIONS_WRITE', handleSpeech),
        '/v1/audio/transcriptions': door.at({ POST: withForm('COMPLETIONS_WRITE', handleTranscription) }),
        '/v1/audio/translations': door.at({ POST: withForm('COMPLETIONS_WRITE', handleTranslation) }),
      },
      prefixes: { [DEPLOYMENTS_PREFIX]: createDeploymentsHandler(door), ...responses.prefixes },
    },
    models: door.get('MODELS_READ', handleModels),
    model: door.get('MODELS_READ', (query) => handleModel(query, readModelInPath(query.exchange.path))),
    elsewhere: door.elsewhere(),
  };
}
