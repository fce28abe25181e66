import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const run = promisify(execFile);
const cwd = fileURLToPath(new URL('../../sdk-python/', import.meta.url));

/** Whether what the suite of the Python SDK needs is installed. */
const isThere = await run('python3', ['-c', 'import sys, httpx, websockets, pytest, mypy; assert sys.version_info >= (3, 11)']).then(
  () => true,
  () => false,
);

describe.skipIf(!isThere)('the Python SDK (skipped without python3 >= 3.11 and the packages of its `test` group)', () => {
  it('passes its own suite', { timeout: 300_000 }, async () => {
    const { stdout } = await run('python3', ['-m', 'pytest', '--quiet'], { cwd, timeout: 280_000 });
    expect(stdout).toMatch(/\d+ passed in /);
  });

  it('is typed throughout', { timeout: 300_000 }, async () => {
    const { stdout } = await run('python3', ['-m', 'mypy'], { cwd, timeout: 280_000 });
    expect(stdout).toContain('Success: no issues found');
  });
});
