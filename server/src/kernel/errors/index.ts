export { AntiphonError, toAntiphonError, type AttemptSummary, type ErrorCode, type ErrorDetails } from './antiphon-error.ts';
export { errorCatalogue, type ErrorDecision } from './catalogue.ts';
export {
  toErrorHeaders,
  toGraphqlExtensions,
  toLogFields,
  toOpenAiEnvelope,
  toUserError,
  type OpenAiErrorEnvelope,
  type UserErrorObject,
} from './renderings.ts';
