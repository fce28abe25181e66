/** How long a response is kept, as OpenAI does. */
export const KEPT_MS = 30 * 24 * 3_600_000;
/** Input, answer and events of one response together. */
export const MAX_RESPONSE_BYTES = 8 * 1024 * 1024;
/** All responses together; the oldest go first. */
export const MAX_TOTAL_BYTES = 10 * 1024 * 1024 * 1024;
/** Responses that one may build on. */
export const MAX_CHAIN_LENGTH = 500;
/** What they may hold together. */
export const MAX_CHAIN_BYTES = 32 * 1024 * 1024;
/** A background response whose process has not been heard of for so long is lost. */
export const LEASE_MS = 60_000;
