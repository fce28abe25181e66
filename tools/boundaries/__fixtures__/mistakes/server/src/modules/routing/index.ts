import { providers } from '../providers/index.ts';
export const route = providers;
