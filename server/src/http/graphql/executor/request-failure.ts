import type { FormattedExecutionResult, GraphQLError, GraphQLFormattedError } from 'graphql';
import { AntiphonError, errorCatalogue, toAntiphonError, toGraphqlExtensions, type ErrorCode } from '../../../kernel/errors/index.ts';
import { toEntityId } from '../../entity-id.ts';

/** More would tell an attacker more than they help a caller. */
const MAX_REQUEST_ERRORS = 3;
const MAX_MESSAGE_LENGTH = 500;
const SUGGESTION = / ?Did you mean [^]+?\?$/;

/** A document or its variables do not fit the schema. `errors` is for the caller; the message repeats nothing of what was sent. */
export class DocumentError extends AntiphonError {
  readonly errors: readonly GraphQLFormattedError[];

  constructor(message: string, errors: readonly GraphQLError[]) {
    super('INVALID_INPUT', message);
    this.errors = errors.slice(0, MAX_REQUEST_ERRORS).map((error) => ({
      message: hideSchema(error.message),
      ...(error.locations === undefined ? {} : { locations: error.locations }),
    }));
  }
}

/** The message without names that the caller did not write, and of a bounded length. */
export function hideSchema(message: string): string {
  const text = message.replace(SUGGESTION, '');
  return text.length > MAX_MESSAGE_LENGTH ? `${text.slice(0, MAX_MESSAGE_LENGTH)}…` : text;
}

/** The answer to an operation that was not run: errors, no data. */
export function toRequestFailure(error: AntiphonError, requestId: string): FormattedExecutionResult {
  const extensions = extensionsOf(error, requestId);
  if (error instanceof DocumentError) return { errors: error.errors.map((one) => ({ ...one, extensions })) };
  return { errors: [{ message: error.message, extensions }] };
}

/** `extensions` of a top-level error; the request id as callers see it. */
export function extensionsOf(error: AntiphonError, requestId: string): Record<string, unknown> {
  return toGraphqlExtensions(error, toEntityId('completion', requestId));
}

/** Errors of a run as callers may see them: what was thrown on purpose as it is, anything else masked. */
export function maskErrors(
  errors: readonly GraphQLError[],
  requestId: string,
  report: (error: AntiphonError) => void,
): GraphQLFormattedError[] {
  const reported = new Set<unknown>();
  return errors.map((error) => {
    const cause = error.originalError ?? error;
    const known = toAntiphonError(cause);
    if (!reported.has(cause)) report(known);
    reported.add(cause);
    return {
      message: known.message,
      ...(error.locations === undefined ? {} : { locations: error.locations }),
      ...(error.path === undefined ? {} : { path: error.path }),
      extensions: extensionsOf(known, requestId),
    };
  });
}

/** HTTP status of an answer without data, by the code that it carries. */
export function statusOfFailure(result: FormattedExecutionResult): number {
  const code = result.errors?.[0]?.extensions?.['code'];
  return typeof code === 'string' && code in errorCatalogue ? errorCatalogue[code as ErrorCode].httpStatus : 500;
}
