import { door } from './http/door.ts';
import { completions } from './modules/completions/index.ts';
import { migrations } from '../migrations/index.ts';
export const app = [door, completions, migrations];
