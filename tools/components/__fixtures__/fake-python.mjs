/**
 * Stands for `python3`, an outside program: `-m pip --version` and `-m pip download … --dest <folder> <requirement>`.
 * FAKE_PIP_WHEEL is the wheel it "downloads"; FAKE_PIP_FAILURE makes it fail with these words.
 * FAKE_LOG collects the calls.
 */
import { appendFileSync, copyFileSync } from 'node:fs';
import { join } from 'node:path';

const args = process.argv.slice(2);
if (args[2] === '--version') process.exit(process.env.FAKE_PIP_ABSENT ? 1 : 0);
appendFileSync(process.env.FAKE_LOG, `pip ${args.at(-1)}\n`);
if (process.env.FAKE_PIP_FAILURE) {
  console.error(process.env.FAKE_PIP_FAILURE);
  process.exit(1);
}
copyFileSync(process.env.FAKE_PIP_WHEEL, join(args[args.indexOf('--dest') + 1], 'weights-1-py3-none-any.whl'));
