import type { Provider } from '../../contract.ts';
import { json } from '../../shared/json.ts';
import { base } from '../openai-compatible/index.ts';
import { wire } from './vendor.wire.ts';
export const vendor: [Provider | null, unknown] = [null, [json, base, wire]];
