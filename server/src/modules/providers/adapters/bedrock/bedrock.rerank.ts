/** Ranking of documents by `invoke`: Cohere's and Amazon's rerankers take the same few fields. */
import type { JsonObject, RerankRequest, RerankResult, UpstreamResponse } from '../../contract.ts';
import { toUnsupported } from '../../shared/failure.ts';
import { fieldsBeside } from '../../shared/json.ts';
import { toRankedDocuments } from '../../shared/rerank.ts';
import { Warnings } from '../../shared/warnings.ts';
import { bareModelIdOf } from './bedrock.capabilities.ts';

const GUARDED: ReadonlySet<string> = new Set(['query', 'documents', 'top_n', 'return_documents', 'api_version']);
/** Which of Cohere's APIs a body is written for; its models demand it. */
const COHERE_API_VERSION = 2;

/** Throws `ProviderError` for a model that is no known reranker. */
export function toRerankBody(model: string, request: RerankRequest): { readonly body: JsonObject; readonly warnings: readonly string[] } {
  const id = bareModelIdOf(model);
  const isCohere = id.startsWith('cohere.rerank');
  if (!isCohere && !id.startsWith('amazon.rerank'))
    throw toUnsupported(`${model.slice(0, 200)} is no known reranker at Bedrock: Cohere's and Amazon's are.`, 'model');
  const warnings = new Warnings('Bedrock');
  if (request.documents.some((document) => typeof document !== 'string' && !isPlainText(document)))
    warnings.add('Documents that are objects with more than `text` were sent as their JSON text.');
  const body = {
    ...fieldsBeside(request.extra ?? {}, GUARDED),
    query: request.query,
    documents: request.documents.map(toText),
    ...(request.topN === undefined ? {} : { top_n: request.topN }),
    ...(isCohere ? { api_version: COHERE_API_VERSION } : {}),
  };
  return { body, warnings: warnings.list() };
}

/** Null when the answer holds no rows about the documents. What it costs is by the query, which the wire does not tell. */
export function toRerankResult(
  answer: JsonObject,
  request: RerankRequest,
  upstream: UpstreamResponse,
  warnings: readonly string[],
): RerankResult | null {
  const results = toRankedDocuments(answer['results'], request);
  if (results === null) return null;
  return { id: null, model: null, results, usage: null, searchUnits: null, rawUsage: null, upstream, warnings };
}

function isPlainText(document: JsonObject): boolean {
  return typeof document['text'] === 'string' && Object.keys(document).length === 1;
}

function toText(document: string | JsonObject): string {
  if (typeof document === 'string') return document;
  return isPlainText(document) ? (document['text'] as string) : JSON.stringify(document);
}
