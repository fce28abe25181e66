import { pools } from '../../../../kernel/db/index.ts';
export const used = pools;
