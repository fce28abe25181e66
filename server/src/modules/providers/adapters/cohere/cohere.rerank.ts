/** `POST /v2/rerank`: documents are texts, the bill counts searches. */
import type { JsonObject, RerankRequest, RerankResult, UpstreamResponse } from '../../contract.ts';
import { countOf, objectOf, stringOf } from '../../shared/json.ts';
import { toRankedDocuments } from '../../shared/rerank.ts';
import { Warnings } from '../../shared/warnings.ts';

const VENDOR_PARAMETERS = new Set(['max_tokens_per_doc', 'priority']);

/** An object goes as its `text` where it holds nothing else, otherwise as lines of `name: value`, the form the models are trained on. */
export function toRerankBody(model: string, request: RerankRequest): { readonly body: JsonObject; readonly warnings: readonly string[] } {
  const warnings = new Warnings('Cohere');
  const body = {
    ...warnings.pick(request.extra, VENDOR_PARAMETERS, 'request'),
    model,
    query: request.query,
    documents: request.documents.map((document) => (typeof document === 'string' ? document : toText(document))),
    ...(request.topN === undefined ? {} : { top_n: request.topN }),
  };
  return { body, warnings: warnings.list() };
}

function toText(document: JsonObject): string {
  const entries = Object.entries(document);
  if (entries.length === 1 && typeof document['text'] === 'string') return document['text'];
  return entries.map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`).join('\n');
}

/** The result of a parsed answer, or null when its rows are not about the documents that were sent. */
export function toRerankResult(
  answer: JsonObject | null,
  request: RerankRequest,
  upstream: UpstreamResponse,
  warnings: readonly string[],
): RerankResult | null {
  const results = toRankedDocuments(answer?.['results'], request);
  if (answer === null || results === null) return null;
  const billed = objectOf(objectOf(answer['meta'])?.['billed_units']);
  return {
    id: stringOf(answer['id']),
    model: null,
    results,
    usage: null,
    searchUnits: countOf(billed?.['search_units']),
    rawUsage: billed,
    upstream,
    warnings,
  };
}
