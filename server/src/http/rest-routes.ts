import { createAnthropicDoor } from './anthropic/anthropic-door.ts';
import { createGeminiDoor, isGeminiMethod } from './gemini/gemini-door.ts';
import { createOllamaRoutes } from './ollama/ollama-door.ts';
import { createOpenAiDoor } from './openai/openai-door.ts';
import { openRouterDialect } from './openai/openrouter.dialect.ts';
import type { AliasDoc } from './openapi/document.ts';
import { createOpenApiHandler } from './openapi/openapi.handler.ts';
import { REST_OPERATIONS } from './openapi/rest-operations.ts';
import { handleRoot } from './root.handler.ts';
import type { Exchange, Handler, Routes } from './route.ts';
import { aliasRoutes, joinRoutes } from './wire/aliases.ts';
import type { DoorDeps } from './wire/door-deps.ts';

/** Where clients of the OpenAI wire look for it beside `/v1`: Groq's and Azure's, and those who leave the version out. */
const OPENAI_BASES = ['/openai/v1', ''] as const;
/** Where OpenRouter's do, who are told of errors in a form of their own. */
const OPENROUTER_BASES = ['/api/v1'] as const;
const ANTHROPIC_BASES = ['/anthropic/v1'] as const;
const GEMINI_BASES = ['/gemini/v1beta', '/gemini/v1'] as const;

const KEY_PARAMETER = /(?:^|&)key=/;

/** As the description of the paths names them. */
export const REST_ALIASES: readonly AliasDoc[] = [
  ...[...OPENAI_BASES, ...OPENROUTER_BASES, ...ANTHROPIC_BASES].map((base) => ({ base, of: '/v1' })),
  ...GEMINI_BASES.map((base) => ({ base, of: '/v1beta' })),
];

/** Every REST path: each wire's own, those that wires share and tell apart by the caller, and aliases. */
export function createRestRoutes(deps: DoorDeps): Routes {
  const openAi = createOpenAiDoor(deps);
  const openRouter = createOpenAiDoor(deps, openRouterDialect);
  const anthropic = createAnthropicDoor(deps);
  const gemini = createGeminiDoor(deps);
  const openApi = createOpenApiHandler({ version: deps.version, operations: REST_OPERATIONS, aliases: REST_ALIASES });
  const byCaller = (name: 'models' | 'model' | 'elsewhere'): Handler => {
    const handler = (exchange: Exchange): void | Promise<void> =>
      (isAnthropicCaller(exchange) ? anthropic : isGeminiCaller(exchange) ? gemini : openAi)[name](exchange);
    const { methods } = openAi[name];
    return Object.assign(handler, methods === undefined ? {} : { methods });
  };
  const ownModels = (door: typeof openAi | typeof anthropic): Routes => ({
    exact: { '/v1/models': door.models },
    prefixes: { '/v1/models/': door.model },
  });
  return joinRoutes(
    openAi.routes,
    anthropic.routes,
    gemini.routes,
    createOllamaRoutes(deps),
    aliasRoutes(joinRoutes(openAi.routes, ownModels(openAi)), '/v1', OPENAI_BASES),
    aliasRoutes(joinRoutes(openRouter.routes, ownModels(openRouter)), '/v1', OPENROUTER_BASES),
    aliasRoutes(joinRoutes(anthropic.routes, ownModels(anthropic)), '/v1', ANTHROPIC_BASES),
    aliasRoutes(gemini.routes, '/v1beta', GEMINI_BASES),
    {
      exact: { '/': handleRoot, '/openapi.json': openApi, '/v1/models': byCaller('models') },
      prefixes: {
        '/v1/models/': byCaller('model'),
        '/v1/': byCaller('elsewhere'),
        '/openai/': openAi.elsewhere,
        '/api/v1/': openRouter.elsewhere,
        '/anthropic/': anthropic.elsewhere,
        '/gemini/': gemini.elsewhere,
      },
    },
  );
}

/** Whose client asks, at a path that wires share: all of Anthropic's name the version of their wire. */
function isAnthropicCaller({ request }: Exchange): boolean {
  return request.headers['anthropic-version'] !== undefined;
}

/** Google's send their key in a header or a parameter of their own, and what they ask of a model is in the path. */
function isGeminiCaller(exchange: Exchange): boolean {
  const { request, query } = exchange;
  return request.headers['x-goog-api-key'] !== undefined || KEY_PARAMETER.test(query) || isGeminiMethod(exchange);
}
