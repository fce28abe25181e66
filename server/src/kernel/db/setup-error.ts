/**
 * The database cannot be used as it is, and only a person can change that. The message says what is wrong and what to do;
 * print it without a stack. It never contains a password.
 */
export class DatabaseSetupError extends Error {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options?.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'DatabaseSetupError';
  }
}

/** `error`'s own words, for use inside a longer sentence. Failed connections to several addresses give each of them. */
export function toReason(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return [...new Set(error.errors.map(toReason))].join('; ');
  if (!(error instanceof Error)) return String(error);
  const { code } = error as { code?: unknown };
  return error.message !== '' ? error.message : typeof code === 'string' ? code : error.name;
}
