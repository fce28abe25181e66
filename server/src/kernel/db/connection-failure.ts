/** Errors of the operating system that mean "nobody answers there (any more)". */
const SYSTEM_CODES: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
  'ENOTCONN',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

/**
 * SQLSTATE classes and codes that blame the server's state, not the statement: connection exceptions (08), refused log-in (28), database
 * gone (3D000), shutdown and start-up (57P), out of disk, memory or connections (53), input/output errors of the server (58) and a
 * fail-over that left a read-only server (25006).
 */
const SQL_STATE = /^(?:08...|28...|3D000|57P..|53...|58...|25006)$/;

/** `pg` reports these without any code. */
const MESSAGES =
  /^(?:Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Client was closed and is not queryable|Query read timeout)/;

const MAX_DEPTH = 5;

/**
 * Whether `error` says that the database is away or cannot work now, so that the same statement may succeed later.
 * False means that the statement itself was refused and will be refused again (or that the error is not the database's).
 * Looks through causes and aggregated errors.
 */
export function isConnectionFailure(error: unknown, depth = 0): boolean {
  if (!(error instanceof Error) || depth > MAX_DEPTH) return false;
  const { code, syscall } = error as { code?: unknown; syscall?: unknown };
  if (typeof code === 'string') {
    if (SYSTEM_CODES.has(code) || SQL_STATE.test(code)) return true;
    // A unix socket that is not there (ENOENT) or not ours yet (EACCES) is a server that is down; the same codes from a file are not.
    if (syscall === 'connect') return true;
  }
  if (MESSAGES.test(error.message)) return true;
  if (error instanceof AggregateError && error.errors.some((inner) => isConnectionFailure(inner, depth + 1))) return true;
  return isConnectionFailure(error.cause, depth + 1);
}
