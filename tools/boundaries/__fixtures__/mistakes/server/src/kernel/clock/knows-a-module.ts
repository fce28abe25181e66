import type { Provider } from '../../modules/providers/index.ts';
export type Known = Provider;
