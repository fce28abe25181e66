import { BodyTooLarge, readBody } from '../body.ts';
import { sendJson } from '../http-server.ts';
import { requireScope } from '../principal.ts';
import type { Exchange, Handler, Routes } from '../route.ts';
import { AntiphonError, errorCatalogue, toAntiphonError, toOpenAiEnvelope } from '../../kernel/errors/index.ts';
import type { Principal, Scope } from '../../modules/identity/index.ts';
import type { JsonObject } from '../../modules/providers/index.ts';
import { handleChatCompletion } from './chat.handler.ts';
import { answerError, identityHeaders } from './door-answer.ts';
import type { DoorCall, OpenAiDoorDeps } from './door-deps.ts';
import { handleEmbeddings } from './embeddings.handler.ts';
import { handleModel, handleModels } from './models.handler.ts';

const HTTP_PAYLOAD_TOO_LARGE = 413;
const HTTP_METHOD_NOT_ALLOWED = 405;

/** The OpenAI wire: what a program written for it needs, with its errors. */
export function createOpenAiRoutes(deps: OpenAiDoorDeps): Routes {
  const post = (scope: Scope, handle: (call: DoorCall) => Promise<void>): Handler =>
    guard(deps, 'POST', async (exchange, { principal }) => {
      requireScope(principal, scope);
      const raw = await readBody(exchange.request, deps.maxBodyBytes);
      await handle({ exchange, principal, deps, raw, body: parseBody(raw) });
    });
  const get = (scope: Scope, handle: (exchange: Exchange, deps: OpenAiDoorDeps) => void): Handler =>
    guard(deps, 'GET', async (exchange, { principal }) => {
      requireScope(principal, scope);
      handle(exchange, deps);
    });
  return {
    exact: {
      '/v1/chat/completions': post('COMPLETIONS_WRITE', handleChatCompletion),
      '/v1/embeddings': post('COMPLETIONS_WRITE', handleEmbeddings),
      '/v1/models': get('MODELS_READ', handleModels),
    },
    prefixes: {
      '/v1/models/': get('MODELS_READ', handleModel),
      '/v1/': guard(deps, null, async ({ path }) => {
        throw new AntiphonError(
          'NOT_FOUND',
          `${path.slice(0, 200)} is not served here. Served are /v1/chat/completions, /v1/embeddings and /v1/models.`,
          { resource: 'other' },
        );
      }),
    },
  };
}

function guard(
  deps: OpenAiDoorDeps,
  method: 'GET' | 'POST' | null,
  handle: (exchange: Exchange, who: { principal: Principal }) => Promise<void>,
): Handler {
  return async (exchange) => {
    const { request, response } = exchange;
    let principal: Principal | null = null;
    try {
      if (method !== null && request.method !== method) {
        refuseMethod(deps, exchange, method);
        return;
      }
      const read = deps.principals.read(request.headers);
      principal = read instanceof Promise ? await read : read;
      await handle(exchange, { principal });
    } catch (thrown) {
      if (exchange.signal.aborted) response.destroy();
      const error = toAntiphonError(thrown);
      const httpStatus = error instanceof BodyTooLarge ? HTTP_PAYLOAD_TOO_LARGE : errorCatalogue[error.code].httpStatus;
      deps.refusals.report({ requestId: exchange.requestId, door: 'OPENAI', atMs: exchange.receivedAtMs, error, httpStatus, principal });
      answerError(exchange, error, httpStatus);
    }
  };
}

function parseBody(raw: Buffer): DoorCall['body'] {
  const text = raw.toString('utf8');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    // The parser's own words quote the body, which must not reach a log.
    throw new AntiphonError('INVALID_INPUT', 'The body is not JSON. Send one JSON object with "content-type: application/json".');
  }
  if (json === null || typeof json !== 'object' || Array.isArray(json))
    throw new AntiphonError('INVALID_INPUT', 'The body must be one JSON object.');
  return { json: json as JsonObject, text };
}

function refuseMethod({ refusals }: OpenAiDoorDeps, exchange: Exchange, allowed: string): void {
  const error = new AntiphonError('INVALID_INPUT', `${exchange.path} takes ${allowed} only.`);
  const { requestId, receivedAtMs: atMs } = exchange;
  refusals.report({ requestId, door: 'OPENAI', atMs, error, httpStatus: HTTP_METHOD_NOT_ALLOWED, principal: null });
  sendJson(exchange.response, HTTP_METHOD_NOT_ALLOWED, toOpenAiEnvelope(error), { allow: allowed, ...identityHeaders(exchange) });
}
