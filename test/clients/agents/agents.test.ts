import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Wire } from '../../testkit/upstream.ts';
import { MODELS, startClientServer, type ClientServer, type Override } from '../client-server.ts';
import type { AgentProgram } from './agent-program.ts';
import { AGENTS } from './agent-programs.ts';
import { isInstalled, makeDesk, runAgent } from './run-agent.ts';
import { idleModel, scriptedModel, type Script } from './scripted-model.ts';

const CONTENT = 'Written by the agent.';
const END = 'The file is written.';
const RUN_LIMIT_MS = 120_000;

let stand: ClientServer;
let model: Override = () => false;
beforeAll(async () => {
  stand = await startClientServer((request, response) => model(request, response));
});
afterAll(() => stand[Symbol.asyncDispose]());

/** How each call that was begun was settled; null: it was not. */
async function settlements(): Promise<readonly (string | null)[]> {
  const { rows } = await stand.database.pools.general.query<{ outcome: string | null }>(
    'select s.outcome from completion_request r left join completion_settlement s on s.request_id = r.id order by r.started_at',
  );
  return rows.map(({ outcome }) => outcome);
}

/** Lets an agent work until it ends: what it said, what it left in its folder, and how its calls were settled. */
async function letWork(agent: AgentProgram, wire: Wire, modelOf: (script: Script) => Override) {
  await using desk = await makeDesk();
  const path = join(desk.folder, 'note.txt');
  model = modelOf({ path, content: CONTENT, end: END });
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
  const written = await readFile(path, 'utf8').catch(() => null);
  return { exitCode, output, written, outcomes: (await settlements()).slice(before.length) };
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
      const { exitCode, output, written, outcomes } = await letWork(agent, wire, scriptedModel);
      expect(written, output).toBe(CONTENT);
      expect(output).toContain(END);
      expect(exitCode).toBe(0);
      expect(outcomes.length).toBeGreaterThanOrEqual(2);
      expect(new Set(outcomes)).toEqual(new Set(['SUCCEEDED']));
    },
  );

  it('writes nothing when the model asks for no tool', { timeout: RUN_LIMIT_MS }, async () => {
    const { output, written } = await letWork(agent, 'openai', idleModel);
    expect(written).toBeNull();
    expect(output).toContain(END);
  });
});
