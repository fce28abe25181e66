export type Completion = import('../../server/src/generated/schema.ts').Completion;
