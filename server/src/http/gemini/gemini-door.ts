import { AntiphonError } from '../../kernel/errors/index.ts';
import type { Exchange, Handler, Routes } from '../route.ts';
import type { DoorCall, DoorDeps } from '../wire/door-deps.ts';
import { DoorGuard } from '../wire/door-guard.ts';
import { readModelInPath } from '../wire/models.ts';
import { handleCountTokens } from './count-tokens.handler.ts';
import { handleBatchEmbed, handleEmbed } from './embed.handler.ts';
import { geminiDialect } from './gemini.dialect.ts';
import { handleGenerate, handleStreamGenerate } from './generate.handler.ts';
import { handleModel, handleModels } from './models.handler.ts';

/** What a model can be asked, by the name after the last colon of the path. */
export const GEMINI_METHODS: Readonly<Record<string, (call: DoorCall, model: string) => Promise<void>>> = {
  generateContent: handleGenerate,
  streamGenerateContent: handleStreamGenerate,
  countTokens: handleCountTokens,
  embedContent: handleEmbed,
  batchEmbedContents: handleBatchEmbed,
};

/** The Gemini wire: its own paths, and what it answers at paths that it shares with other wires. */
export interface GeminiDoor {
  readonly routes: Routes;
  readonly models: Handler;
  readonly model: Handler;
  readonly elsewhere: Handler;
}

export function createGeminiDoor(deps: DoorDeps): GeminiDoor {
  const door = new DoorGuard(deps, geminiDialect);
  const models = door.get('MODELS_READ', handleModels);
  const oneModel = door.get('MODELS_READ', (query) => handleModel(query, readModelInPath(query.exchange.path)));
  const method = door.post('COMPLETIONS_WRITE', async (call) => {
    const { model, name } = readMethod(call.exchange.path);
    const handle = GEMINI_METHODS[name];
    if (handle === undefined)
      throw new AntiphonError(
        'NOT_FOUND',
        `There is no method ${name.slice(0, 64)}. Served are ${Object.keys(GEMINI_METHODS).join(', ')}.`,
        {
          resource: 'other',
        },
      );
    await handle(call, model);
  });
  const model: Handler = Object.assign(
    (exchange: Exchange): void | Promise<void> => (isGeminiMethod(exchange) ? method : oneModel)(exchange),
    { methods: ['GET', 'POST'] },
  );
  const elsewhere = door.elsewhere();
  return {
    routes: { exact: { '/v1beta/models': models }, prefixes: { '/v1beta/models/': model, '/v1beta/': elsewhere } },
    models,
    model,
    elsewhere,
  };
}

/** Whether a path names a method of a model. Names of models may hold a colon too, so what is asked is asked by POST. */
export function isGeminiMethod({ request, path }: Exchange): boolean {
  return request.method === 'POST' && path.includes(':');
}

function readMethod(path: string): { readonly model: string; readonly name: string } {
  const colon = path.lastIndexOf(':');
  return { model: readModelInPath(path.slice(0, colon)), name: path.slice(colon + 1) };
}
