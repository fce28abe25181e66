/** Run by the suite as a server that holds a local model: prints the id of the model's process and waits to be killed. */
import { createLocalModel } from '../../server/src/modules/providers/adapters/local-smollm2/local-smollm2.model.ts';
import type { LoadOptions } from '../../server/src/modules/providers/adapters/local-smollm2/local-smollm2.protocol.ts';

const load = JSON.parse(process.argv[2] ?? '') as LoadOptions;
const model = createLocalModel({ load, waitingLimit: 1, idleStopMs: 60_000, startTimeoutMs: 20_000, cancelGraceMs: 5_000 });
await model.load(new AbortController().signal);
console.log(model.pid());
