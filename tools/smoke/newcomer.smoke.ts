import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createNewcomer, isRoot, startServer, type Newcomer, type StartedServer } from './newcomer.ts';
import { processTree, residentBytes } from './process-tree.ts';

const READY_WITHIN_MS = 10_000;
const IDLE_LIMIT_BYTES = 400e6;
const API_KEY = /antp_live_[0-9A-Za-z]{36}/;

/** What the first minute with Antiphon is like, on this machine, with the packages that are installed. */
const kinds = isRoot() ? (['same account', 'fresh plain account'] as const) : (['same account'] as const);

describe.each(kinds)('a newcomer (%s)', (kind) => {
  let newcomer: Newcomer;
  let ports: { port: number; opsPort: number };
  let server: StartedServer;
  let apiKey: string;
  let secondKey: string;
  let completionId: string;

  beforeAll(async () => {
    newcomer = await createNewcomer(kind);
    ports = { port: await freePort(), opsPort: await freePort() };
  }, 240_000);
  afterAll(async () => {
    await server?.interrupt();
    await newcomer?.[Symbol.asyncDispose]();
  }, 60_000);

  const graphql = async (key: string, query: string): Promise<Record<string, unknown>> => {
    const answer = await fetch(`http://127.0.0.1:${ports.port}/graphql`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    const { data, errors } = (await answer.json()) as { data?: Record<string, unknown>; errors?: unknown };
    if (data === undefined) throw new Error(JSON.stringify(errors));
    return data;
  };

  it('is answered by /readyz within 10 s of the first npm start', async () => {
    server = await startServer(newcomer, ports);
    report(`${newcomer.accountName}: ready ${(server.readyAfterMs / 1000).toFixed(1)} s after the first npm start`);
    expect(server.readyAfterMs).toBeLessThan(READY_WITHIN_MS);
    apiKey = API_KEY.exec(server.banner)?.[0] ?? expect.fail(`no key in the banner:\n${server.banner}`);
  });

  it('pastes the printed command and gets a completion', async () => {
    const command = server.banner.split('\n').find((line) => line.startsWith('curl ')) ?? expect.fail('no command in the banner');
    const answer = JSON.parse(await newcomer.run('sh', ['-c', command])) as { choices: { message: { content: string } }[] };
    expect(answer.choices[0]?.message.content).toContain('Hello, Antiphon');
  });

  it('is answered by GraphQL with no key of a vendor', async () => {
    const input = `{ model: "local/echo", messages: [{ user: { content: { text: "Hello, graph" } } }] }`;
    const { completionCreate } = (await graphql(
      apiKey,
      `mutation { completionCreate(input: ${input}) { completion { id output { text } } errors { __typename } } }`,
    )) as { completionCreate: { completion: { id: string; output: { text: string } }; errors: unknown[] } };
    expect(completionCreate.errors).toEqual([]);
    expect(completionCreate.completion.output.text).toBe('Hello, graph');
    completionId = completionCreate.completion.id;
  });

  it.skipIf(process.platform !== 'linux')('needs at most 400 MB while idle', async () => {
    const idleBytes = await residentBytes(await processTree(server.pid));
    report(`${newcomer.accountName}: ${(idleBytes / 1e6).toFixed(0)} MB resident, npm and PostgreSQL included`);
    expect(idleBytes).toBeGreaterThan(0);
    expect(idleBytes).toBeLessThan(IDLE_LIMIT_BYTES);
  });

  it('is told to stop the server before adding a key to its database', async () => {
    await expect(newcomer.run('npm', ['run', '--silent', 'key:create'])).rejects.toThrow('Stop it first');
  });

  it('stops it with Ctrl-C, and no process is left', async () => {
    const tree = await processTree(server.pid);
    await server.interrupt();
    expect(tree.length).toBeGreaterThan(2);
    expect(tree.filter((pid) => isAlive(pid))).toEqual([]);
  });

  it('adds a key to the stopped installation', async () => {
    secondKey = (await newcomer.run('npm', ['run', '--silent', 'key:create'])).trim();
    expect(secondKey).toMatch(new RegExp(`^${API_KEY.source}$`));
    expect(secondKey).not.toBe(apiKey);
  });

  it('sees no secret at the second start', async () => {
    server = await startServer(newcomer, ports);
    report(`${newcomer.accountName}: ready ${(server.readyAfterMs / 1000).toFixed(1)} s after the second npm start`);
    expect(server.readyAfterMs).toBeLessThan(READY_WITHIN_MS);
    expect(server.banner).not.toMatch(/antp_|token=/);
  });

  it('finds everything again, with both keys', async () => {
    for (const key of [apiKey, secondKey]) {
      const { completions } = (await graphql(key, '{ completions(first: 10) { nodes { id } } }')) as {
        completions: { nodes: { id: string }[] };
      };
      expect(completions.nodes).toHaveLength(2);
      expect(completions.nodes.map(({ id }) => id)).toContain(completionId);
    }
  });

  it('gets the second start as one line of JSON, without secrets', async () => {
    await server.interrupt();
    server = await startServer(newcomer, ports, ['--json']);
    expect(JSON.parse(server.banner)).toEqual({
      graphqlUrl: `http://127.0.0.1:${ports.port}/graphql`,
      openaiBaseUrl: `http://127.0.0.1:${ports.port}/v1`,
      opsUrl: `http://127.0.0.1:${ports.opsPort}`,
      apiKey: null,
      adminLoginUrl: null,
    });
  });
});

const report = (line: string): void => void process.stdout.write(`${line}\n`);

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
