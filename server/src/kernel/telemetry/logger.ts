import { pino, type DestinationStream, type Logger as PinoLogger } from 'pino';

/**
 * Structured log. Levels mean: `error` someone must act, `warn` heals itself, `info` a fact about the process, `debug` per request.
 * Secrets and prompts are `Secret` and `Confidential` values, which render as placeholders by their type.
 */
export type Logger = Pick<PinoLogger, 'debug' | 'info' | 'warn' | 'error' | 'child' | 'isLevelEnabled'>;

export type LogLevel = 'silent' | 'error' | 'warn' | 'info' | 'debug';

const MAX_TEXT_LENGTH = 2000;
/** Key shapes of the providers we know and of our own keys; the last wall, for texts that were not typed as secrets (an upstream's message). */
const KEY_SHAPES = /\b(?:sk-[A-Za-z0-9_-]{8,}|antp_(?:live|test)_[A-Za-z0-9]{8,}|Bearer\s+[A-Za-z0-9._~+/-]{8,}=*|AIza[A-Za-z0-9_-]{20,})/g;

/** Replaces anything in `text` that has the shape of a known credential and bounds its length. */
export function scrubText(text: string): string {
  const scrubbed = text.replace(KEY_SHAPES, '[redacted]');
  return scrubbed.length > MAX_TEXT_LENGTH ? `${scrubbed.slice(0, MAX_TEXT_LENGTH)}… (${scrubbed.length} characters)` : scrubbed;
}

interface LoggedError {
  readonly type: string;
  readonly message: string;
  readonly code?: unknown;
  readonly stack?: string;
  readonly cause?: LoggedError;
}

const MAX_CAUSES = 5;

/** Errors keep their chain of causes, without the own properties in which libraries keep whole requests. */
function toLoggedError(error: unknown, depth = 0): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, message: scrubText(String(error)) };
  const code = (error as { code?: unknown }).code;
  return {
    type: error.name,
    message: scrubText(error.message),
    ...(code === undefined ? {} : { code }),
    ...(error.stack === undefined ? {} : { stack: scrubText(error.stack) }),
    ...(error.cause === undefined || depth >= MAX_CAUSES ? {} : { cause: toLoggedError(error.cause, depth + 1) }),
  };
}

/** Writes one JSON object a line to `destination` (standard error by default; standard output belongs to the banner). */
export function createLogger(options: { level: LogLevel; destination?: DestinationStream }): Logger {
  return pino(
    {
      level: options.level,
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { error: (error: unknown) => toLoggedError(error), err: (error: unknown) => toLoggedError(error) },
    },
    options.destination ?? pino.destination({ dest: 2, sync: true }),
  );
}
