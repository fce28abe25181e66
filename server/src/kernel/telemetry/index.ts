export { createLogger, scrubText, type Logger, type LogLevel } from './logger.ts';
