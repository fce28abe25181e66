import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AgentProgram, Assignment } from './agent-program.ts';

const PROGRAMS = fileURLToPath(new URL('node_modules/.bin', import.meta.url));
const NOWHERE = 'http://127.0.0.1:9';
/** Longer than a loaded machine needs for two turns. */
const RUN_LIMIT_MS = 90_000;

export interface AgentRun {
  readonly exitCode: number | null;
  readonly output: string;
}

export function isInstalled({ run }: AgentProgram): boolean {
  const nothing = { openAiUrl: '', rootUrl: '', apiKey: '', model: '', home: '', folder: '', prompt: '' };
  return existsSync(join(PROGRAMS, run(nothing).command));
}

/** A home and a folder of the agent's own, gone at the end of their scope. */
export async function makeDesk(): Promise<AsyncDisposable & Pick<Assignment, 'home' | 'folder'>> {
  const desk = await mkdtemp(join(tmpdir(), 'antiphon-agent-'));
  const [home, folder] = [join(desk, 'home'), join(desk, 'work')];
  await mkdir(home);
  await mkdir(folder);
  return { home, folder, [Symbol.asyncDispose]: () => rm(desk, { recursive: true, force: true, maxRetries: 5 }) };
}

/** Runs the agent to its end, or for as long as it may; whatever it has started ends with it. It sees nothing of our environment. */
export async function runAgent(agent: AgentProgram, assignment: Assignment): Promise<AgentRun> {
  const { command, parameters, env, files = {} } = agent.run(assignment);
  for (const [path, text] of Object.entries(files)) {
    const file = join(assignment.home, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  const child = spawn(join(PROGRAMS, command), parameters, {
    cwd: assignment.folder,
    env: {
      PATH: [dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'].join(delimiter),
      HOME: assignment.home,
      TMPDIR: assignment.home,
      LANG: 'C.UTF-8',
      NO_COLOR: '1',
      CI: '1',
      // Nobody listens there: what still asks for the world is refused at once.
      HTTP_PROXY: NOWHERE,
      HTTPS_PROXY: NOWHERE,
      NO_PROXY: '127.0.0.1,localhost',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  const kill = (): void => {
    try {
      process.kill(-(child.pid as number), 'SIGKILL');
    } catch {
      // All of them have ended.
    }
  };
  const timer = setTimeout(kill, RUN_LIMIT_MS);
  const [exitCode] = (await once(child, 'close')) as [number | null];
  clearTimeout(timer);
  kill();
  return { exitCode, output };
}
