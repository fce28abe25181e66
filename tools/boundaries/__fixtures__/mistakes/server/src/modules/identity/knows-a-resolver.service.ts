import { resolver } from './api-key.resolver.ts';
export const used = resolver;
