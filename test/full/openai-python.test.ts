import { execFile, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { startClientServer } from '../clients/client-server.ts';
import { failAsAsked } from '../clients/failures.ts';
import { answerResponses } from '../clients/made-responses.ts';

const SUITE = fileURLToPath(new URL('../clients/python/test_openai.py', import.meta.url));
const hasClient = spawnSync('python3', ['-c', 'import openai, pytest']).status === 0;

describe.skipIf(!hasClient)('the official Python client', () => {
  it('works over both wires: its own suite passes', { timeout: 120_000 }, async () => {
    const fail = failAsAsked(new Map());
    await using stand = await startClientServer((...exchange) => answerResponses(...exchange) || fail(...exchange));
    const { openaiBaseUrl, apiKey } = stand.server.banner;
    const env = {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      PYTHONDONTWRITEBYTECODE: '1',
      ANTIPHON_TEST_BASE_URL: openaiBaseUrl,
      ANTIPHON_TEST_KEY: apiKey,
    };
    const command = ['-m', 'pytest', '--quiet', '-p', 'no:cacheprovider', SUITE];
    const { stdout } = await promisify(execFile)('python3', command, { env }).catch((error: { stdout?: string }) => ({
      stdout: error.stdout ?? String(error),
    }));
    expect(stdout).toMatch(/^\d+ passed in /m);
  });
});
