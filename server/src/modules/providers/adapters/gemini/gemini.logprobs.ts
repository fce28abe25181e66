/** Log probabilities: Google's two lists of tokens <-> OpenAI's one, which is the neutral form. */
import type { JsonObject, JsonValue } from '../../contract.ts';
import { arrayOf, numberOf, objectOf, stringOf } from '../../shared/json.ts';

/** `logprobsResult` of a candidate as `{content: [...]}`; ids of tokens stay as `token_id`. Null when there is none. */
export function toLogprobs(result: JsonObject | null): JsonObject | null {
  if (result === null) return null;
  const alternatives = arrayOf(result['topCandidates']);
  const content = arrayOf(result['chosenCandidates']).map((value, position) => ({
    ...toToken(objectOf(value)),
    top_logprobs: arrayOf(objectOf(alternatives[position])?.['candidates']).map((candidate) => toToken(objectOf(candidate))),
  }));
  return { content, refusal: null };
}

function toToken(candidate: JsonObject | null): JsonObject {
  const tokenId = numberOf(candidate?.['tokenId']);
  return {
    token: stringOf(candidate?.['token']) ?? '',
    logprob: numberOf(candidate?.['logProbability']) ?? 0,
    bytes: null,
    ...(tokenId === null ? {} : { token_id: tokenId }),
  };
}

/** The neutral form as `logprobsResult`; null when it holds no tokens. */
export function fromLogprobs(logprobs: JsonValue): JsonObject | null {
  const content = arrayOf(objectOf(logprobs)?.['content']);
  if (content.length === 0) return null;
  return {
    topCandidates: content.map((value) => ({ candidates: arrayOf(objectOf(value)?.['top_logprobs']).map(fromToken) })),
    chosenCandidates: content.map(fromToken),
  };
}

function fromToken(value: JsonValue): JsonObject {
  const token = objectOf(value);
  const tokenId = numberOf(token?.['token_id']);
  return {
    token: stringOf(token?.['token']) ?? '',
    ...(tokenId === null ? {} : { tokenId }),
    logProbability: numberOf(token?.['logprob']) ?? 0,
  };
}
