/**
 * routing owns the choice of who serves a call, and what is known about everyone who could.
 * It promises an order of candidates and a reason for every refusal; a decision can be made again from what was stored of it, bit for
 * bit. It does no I/O: it is told how calls went, and asked before the next one.
 */
export { createPolicy, createTarget } from './default-policy.ts';
export { Router, type Route } from './router.ts';
export * from './routing.types.ts';
