/**
 * Run by the suite as a server in the middle of an answer: prints the id of the model's process and goes on until it is killed.
 * Arguments: what to load and what to ask, as JSON.
 */
import { createLocalModel } from '../../server/src/modules/providers/adapters/local-smollm2/local-smollm2.model.ts';
import type { GenerationRequest, LoadOptions } from '../../server/src/modules/providers/adapters/local-smollm2/local-smollm2.protocol.ts';

const [load = '', request = ''] = process.argv.slice(2);
const model = createLocalModel({
  load: JSON.parse(load) as LoadOptions,
  waitingLimit: 1,
  idleStopMs: 60_000,
  startTimeoutMs: 20_000,
  cancelGraceMs: 5_000,
});
let hasSaid = false;
for await (const { type } of model.generate(JSON.parse(request) as GenerationRequest, new AbortController().signal)) {
  if (!hasSaid && type === 'text') process.stdout.write(`${model.pid()}\n`);
  hasSaid = true;
}
