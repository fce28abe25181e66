import { vendor } from '../adapters/vendor/index.ts';
export const used = vendor;
