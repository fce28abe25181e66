import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Wire } from '../../testkit/upstream.ts';
import { MODELS, startClientServer, type ClientServer, type Override } from '../client-server.ts';
import { AGENTS } from './agent-programs.ts';
import { isInstalled, makeDesk, runAgent } from './run-agent.ts';
import { scriptedModel } from './scripted-model.ts';

const CONTENT = 'Written by the agent.';
const END = 'The file is written.';
const RUN_LIMIT_MS = 120_000;

let stand: ClientServer;
let model: Override = () => false;
beforeAll(async () => {
  stand = await startClientServer((request, response) => model(request, response));
});
afterAll(() => stand[Symbol.asyncDispose]());

/** How many calls were begun and how each was settled. */
async function settlements(): Promise<{ begun: number; outcomes: readonly (string | null)[] }> {
  const { rows } = await stand.database.pools.general.query<{ outcome: string | null }>(
    'select s.outcome from completion_request r left join completion_settlement s on s.request_id = r.id order by r.started_at',
  );
  return { begun: rows.length, outcomes: rows.map(({ outcome }) => outcome) };
}

describe.each(AGENTS)('agent program $name', (agent) => {
  if (!isInstalled(agent)) {
    it.skip('is not installed', () => undefined);
    return;
  }

  it.each(['openai', 'anthropic'] satisfies Wire[])(
    'writes a file by a tool, over an upstream of the %s wire',
    { timeout: RUN_LIMIT_MS },
    async (wire) => {
      await using desk = await makeDesk();
      const path = join(desk.folder, 'note.txt');
      model = scriptedModel({ path, content: CONTENT, end: END });
      const before = await settlements();
      const { openaiBaseUrl, apiKey } = stand.server.banner;
      const { exitCode, output } = await runAgent(agent, {
        openAiUrl: openaiBaseUrl,
        rootUrl: new URL(openaiBaseUrl).origin,
        apiKey,
        model: MODELS[wire],
        prompt: 'Write the note.',
        home: desk.home,
        folder: desk.folder,
      });
      expect(await readFile(path, 'utf8').catch(() => output), stand.server.logText().slice(-3000)).toBe(CONTENT);
      expect(output).toContain(END);
      expect(exitCode).toBe(0);
      const outcomes = (await settlements()).outcomes.slice(before.begun);
      expect(outcomes.length).toBeGreaterThanOrEqual(2);
      expect(new Set(outcomes)).toEqual(new Set(['SUCCEEDED']));
    },
  );
});
