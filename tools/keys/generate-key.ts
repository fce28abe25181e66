import { parseArgs } from 'node:util';
import { systemClock } from '../../server/src/kernel/clock/index.ts';
import { createIds } from '../../server/src/kernel/ids/index.ts';
import { generateApiKey } from '../../server/src/modules/identity/index.ts';

/** `npm run key:generate [-- --test]`: prints a new key for ANTIPHON_INIT_API_KEY. It is known to nobody until a server is started with it. */
const { values } = parseArgs({ options: { test: { type: 'boolean', default: false } } });
process.stdout.write(`${generateApiKey(createIds(systemClock), values.test ? 'test' : 'live').reveal()}\n`);
