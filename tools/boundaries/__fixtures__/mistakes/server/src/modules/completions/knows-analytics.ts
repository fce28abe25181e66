import { analytics } from '../analytics/index.ts';
export const used = analytics;
