import { tool } from '../../../../tools/tool.ts';
import { store } from './ledger.store.ts';
export const tested = [tool, store];
