import { AntiphonError } from '../../kernel/errors/index.ts';
import type { Handler } from '../route.ts';
import type { DoorCall } from '../wire/door-deps.ts';
import type { DoorGuard } from '../wire/door-guard.ts';
import { handleChatCompletion } from './chat.handler.ts';
import { handleTextCompletion } from './completions.handler.ts';
import { handleEmbeddings } from './embeddings.handler.ts';
import { handleImageGeneration } from './images.handler.ts';

/** Where clients of Azure name the model in the path: the deployment is the name of a model. */
export const DEPLOYMENTS_PREFIX = '/openai/deployments/';

/** What a deployment can be asked with a JSON body. */
export const DEPLOYMENT_PATHS: Readonly<Record<string, (call: DoorCall) => Promise<void>>> = {
  '/chat/completions': handleChatCompletion,
  '/completions': handleTextCompletion,
  '/embeddings': handleEmbeddings,
  '/images/generations': handleImageGeneration,
};

/** `POST /openai/deployments/{deployment}/…`. Names with a slash may be written as they are or as %2F. */
export function createDeploymentsHandler(door: DoorGuard): Handler {
  return door.post('COMPLETIONS_WRITE', async (call) => {
    const rest = call.exchange.path.slice(DEPLOYMENTS_PREFIX.length);
    const found = Object.entries(DEPLOYMENT_PATHS).find(([path]) => rest.endsWith(path));
    const model = found === undefined ? '' : decode(rest.slice(0, -found[0].length));
    if (found === undefined || model === '')
      throw new AntiphonError('NOT_FOUND', `Deployments are asked at ${Object.keys(DEPLOYMENT_PATHS).join(', ')}.`, { resource: 'other' });
    await found[1](withModel(call, model));
  });
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

function withModel(call: DoorCall, model: string): DoorCall {
  return { ...call, body: { ...call.body, json: { ...call.body.json, model } } };
}
