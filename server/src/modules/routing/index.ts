/**
 * routing owns the choice of who serves a call.
 * It promises an order of candidates and a reason for every refusal. It does no I/O.
 */
export { Router, type Route } from './router.ts';
