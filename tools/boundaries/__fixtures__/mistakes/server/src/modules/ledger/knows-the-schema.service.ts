import type { Completion } from '../../generated/schema.ts';
export type Used = Completion;
