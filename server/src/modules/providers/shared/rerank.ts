/** What every rerank wire shares: its rows, checked against the documents that were asked about. */
import type { JsonValue, RerankedDocument, RerankRequest } from '../contract.ts';
import { arrayOf, countOf, numberOf, objectOf } from './json.ts';

/**
 * Rows of `results` (`index` and `relevance_score`) as ours, in the order they came; null when a row names no document of the request,
 * names one twice or has no score. Documents are the caller's own, not the provider's copy.
 */
export function toRankedDocuments(results: JsonValue | undefined, request: RerankRequest): readonly RerankedDocument[] | null {
  if (!Array.isArray(results)) return null;
  const seen = new Set<number>();
  const ranked: RerankedDocument[] = [];
  for (const value of arrayOf(results)) {
    const row = objectOf(value);
    const index = countOf(row?.['index']);
    const score = numberOf(row?.['relevance_score']) ?? numberOf(row?.['score']);
    const document = index === null ? undefined : request.documents[index];
    if (index === null || score === null || document === undefined || seen.has(index)) return null;
    seen.add(index);
    ranked.push({ index, score, document: request.returnDocuments === true ? document : null });
  }
  return ranked;
}
