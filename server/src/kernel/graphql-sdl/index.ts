/**
 * Joins the SDL with hand-written TypeGraphQL resolver classes.
 *
 * Owns the runtime of the generated decorators, the four custom scalars and the served schema. The schema that is served is the SDL
 * itself, with its directives and `@oneOf`; TypeGraphQL's own schema exists only to be compared with it.
 */
export { buildClassSchema, buildSdlSchema } from './build-schema.ts';
export type { ResolverContainer, SdlSchemaOptions } from './build-schema.ts';
export type { ResolverClass } from './dispatch.ts';
export { describeDrift, printComparable } from './drift.ts';
export type { SubscriptionSource, SubscriptionSourceData } from './sdl-runtime.ts';
