import type { IncomingHttpHeaders } from 'node:http';
import type { OperationRequest } from '../executor/index.ts';
import { JSON_TYPE, RESPONSE_TYPE, type AnswerType } from './http-answer.ts';

/** `Accept` headers of ordinary clients, and what they are answered with. Anything else is negotiated by Apollo Server. */
const ORDINARY_ACCEPT: ReadonlyMap<string, AnswerType> = new Map([
  ['*/*', JSON_TYPE],
  ['application/json', JSON_TYPE],
  ['application/json, application/graphql-response+json', JSON_TYPE],
  ['application/graphql-response+json', RESPONSE_TYPE],
  ['application/graphql-response+json, application/json', RESPONSE_TYPE],
  ['application/graphql-response+json,application/json;q=0.9', RESPONSE_TYPE],
  ['application/graphql-response+json, application/json;q=0.9', RESPONSE_TYPE],
]);
const ORDINARY_CONTENT: ReadonlySet<string> = new Set([
  'application/json',
  'application/json; charset=utf-8',
  'application/json;charset=utf-8',
]);

/** The media type to answer with; null when the request's headers are unusual. */
export function ordinaryAnswerType({ accept, 'content-type': contentType }: IncomingHttpHeaders): AnswerType | null {
  if (accept === undefined || contentType === undefined || !ORDINARY_CONTENT.has(contentType)) return null;
  return ORDINARY_ACCEPT.get(accept) ?? null;
}

/** The parameters of a well-formed request; null for anything else. */
export function ordinaryRequest(body: unknown): OperationRequest | null {
  if (!isObject(body)) return null;
  const { query, variables = null, operationName = null, extensions = null } = body;
  if (typeof query !== 'string' || query === '') return null;
  if (variables !== null && !isObject(variables)) return null;
  if (operationName !== null && (typeof operationName !== 'string' || operationName === '')) return null;
  if (extensions !== null && (!isObject(extensions) || 'persistedQuery' in extensions)) return null;
  return { query, variables, operationName };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
