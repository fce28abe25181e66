import { analytics } from '../modules/analytics/index.ts';
export const used = analytics;
