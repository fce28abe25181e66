import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Wire } from '../../testkit/upstream.ts';
import { startClientServer } from '../client-server.ts';
import { failAsAsked } from '../failures.ts';
import { answerResponses } from '../made-responses.ts';
import { BY_WIRE, SCENARIOS, type Scenario } from '../scenarios.ts';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));
const PYTHON = join(FOLDER, '.venv/bin/python');
const RUN_LIMIT_MS = 240_000;
/** As test_clients.py names them. */
const CLIENTS = [
  'openai',
  'anthropic',
  'google-genai',
  'mistralai',
  'groq',
  'ollama',
  'langchain-openai',
  'langchain-anthropic',
  'llama-index-llms-openai',
  'llama-index-llms-openai-like',
  'openai-agents',
  'openai-agents (chat)',
] as const;
/** Those without retries of their own. */
const NEVER_REPEAT: ReadonlySet<string> = new Set(['ollama']);
/** Those that refuse names of models that are not OpenAI's. */
const ONLY_OPENAI: ReadonlySet<string> = new Set(['llama-index-llms-openai']);

interface Result {
  readonly scenario: string;
  readonly client: string;
  readonly wire: Wire | null;
  readonly outcome: 'passed' | 'failed' | 'skipped';
  readonly message: string;
}

const results = new Map<string, Result>();
const keyOf = (client: string, scenario: string, wire: Wire | null): string => [client, scenario, wire ?? ''].join(' | ');
/** A function's name in Python. */
const toSnakeCase = (scenario: Scenario): string => scenario.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const scenariosOf = (client: string): Scenario[] =>
  (Object.keys(SCENARIOS) as Scenario[]).filter((scenario) => scenario !== 'repeats' || !NEVER_REPEAT.has(client));

const wiresOf = (client: string): Wire[] => (ONLY_OPENAI.has(client) ? ['openai'] : ['openai', 'anthropic']);

/** Runs every test of the Python suite once; how each went is in the file it writes. */
async function runSuite(): Promise<readonly Result[]> {
  const folder = await mkdtemp(join(tmpdir(), 'antiphon-python-'));
  const seen = new Map<string, number>();
  const fail = failAsAsked(seen);
  try {
    await using stand = await startClientServer((request, response) => fail(request, response) || answerResponses(request, response));
    const { openaiBaseUrl, apiKey } = stand.server.banner;
    const env = {
      PATH: process.env['PATH'],
      HOME: folder,
      PYTHONDONTWRITEBYTECODE: '1',
      ANTIPHON_TEST_BASE_URL: openaiBaseUrl,
      ANTIPHON_TEST_KEY: apiKey,
      ANTIPHON_TEST_RESULTS: join(folder, 'results.jsonl'),
    };
    const parameters = ['-m', 'pytest', '--quiet', '-p', 'no:cacheprovider', 'test_clients.py'];
    const child = spawn(PYTHON, parameters, { cwd: FOLDER, env, stdio: ['ignore', 'pipe', 'pipe'], timeout: RUN_LIMIT_MS });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    await once(child, 'close');
    const lines = await readFile(env.ANTIPHON_TEST_RESULTS, 'utf8').catch(() => expect.fail(output.slice(-4000)));
    return lines
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Result);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

describe.skipIf(!existsSync(PYTHON))('Python clients (skipped without test/clients/python/.venv)', () => {
  beforeAll(async () => {
    for (const result of await runSuite()) results.set(keyOf(result.client, result.scenario, result.wire), result);
  }, RUN_LIMIT_MS + 60_000);

  it('are those that the Python suite asks, in the scenarios named here', () => {
    const expected = CLIENTS.flatMap((client) =>
      scenariosOf(client).flatMap((scenario) =>
        (BY_WIRE.has(scenario) ? wiresOf(client) : [null]).map((wire) => keyOf(client, toSnakeCase(scenario), wire)),
      ),
    );
    expect([...results.keys()].sort()).toEqual(expected.sort());
  });

  describe.each(CLIENTS)('Python client %s', (client) => {
    const expectPassed = (scenario: Scenario, wire: Wire | null, skip: (note: string) => void): void => {
      const result = results.get(keyOf(client, toSnakeCase(scenario), wire));
      if (result?.outcome === 'skipped') skip(result.message);
      expect(result?.outcome, result?.message ?? 'it was not run').toBe('passed');
    };
    const scenarios = scenariosOf(client);

    describe.each(wiresOf(client))('over an upstream of the %s wire', (wire) => {
      for (const scenario of scenarios.filter((one) => BY_WIRE.has(one)))
        it(SCENARIOS[scenario], ({ skip }) => expectPassed(scenario, wire, skip));
    });

    describe('before an upstream', () => {
      for (const scenario of scenarios.filter((one) => !BY_WIRE.has(one)))
        it(SCENARIOS[scenario], ({ skip }) => expectPassed(scenario, null, skip));
    });
  });
});
