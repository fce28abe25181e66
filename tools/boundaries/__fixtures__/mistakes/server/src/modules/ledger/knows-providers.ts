import { providers } from '../providers/index.ts';
export const used = providers;
