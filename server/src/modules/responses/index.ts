/**
 * responses owns what callers of the Responses wire ask us to keep: responses with their input, so that later ones can build on them.
 * It promises that a project sees only its own, that each is bounded and goes after 30 days at the latest, and that a background response
 * whose process died is told as failed. It knows nothing of the wire: what it keeps is JSON.
 */
export { createResponses } from './create-responses.ts';
export { LEASE_MS, MAX_RESPONSE_BYTES } from './response.limits.ts';
export type { ResponseStore } from './response.store.ts';
export type * from './stored-response.ts';
