import { sdk } from '../../../sdk-js/src/index.ts';
export const used = sdk;
