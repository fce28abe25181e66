/** The rerank form that Jina began and llama.cpp, vLLM, OpenRouter and others took over: `POST /rerank` beside the OpenAI paths. */
import type { JsonObject, RerankRequest, RerankResult, Usage, UpstreamResponse } from '../../contract.ts';
import { countOf, fieldsBeside, objectOf, parseJson, stringOf } from '../../shared/json.ts';
import { toRankedDocuments } from '../../shared/rerank.ts';
import { fromErrorData, malformed } from './openai.errors.ts';
import { hasError } from './openai.response.ts';
import type { OpenAiCompatibleSettings } from './openai.settings.ts';

const GUARDED = new Set(['model', 'query', 'documents', 'top_n', 'return_documents']);

/** Documents are texts on this wire: an object goes as its `text`, and what stands beside that as a warning. */
export function toRerankBody(model: string, request: RerankRequest): { readonly body: JsonObject; readonly warnings: readonly string[] } {
  const hasMore = request.documents.some((document) => typeof document !== 'string' && !isPlainText(document));
  const body = {
    ...fieldsBeside(request.extra ?? {}, GUARDED),
    model,
    query: request.query,
    documents: request.documents.map(toText),
    ...(request.topN === undefined ? {} : { top_n: request.topN }),
  };
  const warnings = hasMore ? ['Documents that are objects with more than `text` were sent as their JSON text.'] : [];
  return { body, warnings };
}

function isPlainText(document: JsonObject): boolean {
  return typeof document['text'] === 'string' && Object.keys(document).length === 1;
}

function toText(document: string | JsonObject): string {
  if (typeof document === 'string') return document;
  return isPlainText(document) ? (document['text'] as string) : JSON.stringify(document);
}

/** Rows best first; servers that answer in the order of the documents are sorted. */
export function toRerankResult(
  settings: Pick<OpenAiCompatibleSettings, 'displayName'>,
  upstream: UpstreamResponse,
  bytes: Buffer,
  request: RerankRequest,
  warnings: readonly string[],
): RerankResult {
  const text = bytes.toString('utf8');
  const body = objectOf(parseJson(text));
  if (body === null) throw malformed(settings.displayName, upstream, 'the body is not a JSON object', text);
  if (hasError(body)) throw fromErrorData(settings.displayName, upstream, body);
  const ranked = toRankedDocuments(body['results'] ?? body['data'], request);
  if (ranked === null) throw malformed(settings.displayName, upstream, 'its results are not rows about the documents', text);
  const results = [...ranked].sort((left, right) => right.score - left.score).slice(0, request.topN ?? ranked.length);
  const rawUsage = body['usage'] ?? null;
  return {
    id: stringOf(body['id']),
    model: stringOf(body['model']),
    results,
    usage: toTokens(objectOf(rawUsage)),
    searchUnits: null,
    rawUsage,
    upstream,
    warnings,
  };
}

/** Ranking reads and writes nothing: all tokens are input. Some name `prompt_tokens`, some the total only. */
function toTokens(raw: JsonObject | null): Usage | null {
  const inputTokens = countOf(raw?.['prompt_tokens']) ?? countOf(raw?.['total_tokens']);
  if (inputTokens === null) return null;
  return {
    inputTokens,
    cachedReadTokens: 0,
    cacheWriteTokens: 0,
    outputTokens: 0,
    reasoningTokens: 0,
    audioInputTokens: 0,
    audioOutputTokens: 0,
    imageInputTokens: 0,
    totalTokens: inputTokens,
    raw,
  };
}
