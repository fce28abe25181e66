import type { JsonObject, JsonValue, RerankRequest, RerankResult } from '../../modules/providers/index.ts';
import { toEntityId } from '../entity-id.ts';
import { sendJson } from '../http-server.ts';
import { identityHeaders, outcomeHeaders } from '../wire/door-answer.ts';
import type { DoorCall } from '../wire/door-deps.ts';
import { runTask } from './task-call.ts';
import { countField, refuse, requiredText } from './task-fields.ts';

const MAX_DOCUMENTS = 10_000;
const KNOWN = new Set(['model', 'query', 'documents', 'top_n', 'return_documents', 'metadata']);

/** `POST /v1/rerank`, in the form that Cohere and Jina share. */
export async function handleRerank(doorCall: DoorCall): Promise<void> {
  const { exchange, dialect, body } = doorCall;
  const performed = await runTask<'rerank'>(doorCall, { kind: 'rerank', request: toRequest(body.json) });
  if (performed === null) return;
  const { call, result, outcome } = performed;
  sendJson(exchange.response, 200, toResponse(result, { id: `rerank-${toEntityId('completion', call.id)}`, model: call.model }), {
    ...identityHeaders(exchange, dialect),
    ...outcomeHeaders(outcome),
  });
}

function toRequest(body: JsonObject): RerankRequest {
  const query = requiredText(body, 'query');
  const documents = body['documents'];
  if (!Array.isArray(documents) || documents.length === 0) throw refuse('documents', 'must be a list with at least one document');
  if (documents.length > MAX_DOCUMENTS) throw refuse('documents', `may hold at most ${MAX_DOCUMENTS} documents`);
  const topN = countField(body, 'top_n', MAX_DOCUMENTS);
  const extra = Object.fromEntries(Object.entries(body).filter(([name, value]) => !KNOWN.has(name) && value !== null));
  return {
    query,
    documents: (documents as readonly JsonValue[]).map(toDocument),
    ...(topN === undefined ? {} : { topN }),
    ...(body['return_documents'] === true ? { returnDocuments: true } : {}),
    ...(Object.keys(extra).length === 0 ? {} : { extra }),
  };
}

function toDocument(value: JsonValue, position: number): string | JsonObject {
  if (typeof value === 'string') return value;
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject;
  throw refuse(`documents[${position}]`, 'must be a text or an object such as {"text": "…"}');
}

function toResponse(result: RerankResult, identity: { readonly id: string; readonly model: string }): JsonObject {
  const { usage, searchUnits } = result;
  return {
    id: result.id ?? identity.id,
    model: result.model ?? identity.model,
    results: result.results.map(({ index, score, document }) => ({
      index,
      relevance_score: score,
      ...(document === null ? {} : { document: typeof document === 'string' ? { text: document } : document }),
    })),
    usage: { prompt_tokens: usage?.inputTokens ?? 0, total_tokens: usage?.totalTokens ?? 0 },
    meta: searchUnits === null ? {} : { billed_units: { search_units: searchUnits } },
  };
}
