import type { Completion } from '../../generated/schema.ts';
export type Resolved = Completion;
