import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { Secret } from '../../server/src/kernel/crypto/index.ts';
import { toDatabaseUrl } from '../../server/src/kernel/db/index.ts';
import { openRunFolder, removeAbandonedRuns, startEmbeddedTestServer, useTestServer, type TestServer } from './test-server.ts';

/** What a worker is told about the run's database server. */
export type TestServerAnswer =
  { readonly maintenanceUrl: string; readonly template: string; readonly prefix: string } | { readonly problem: string };

declare module 'vitest' {
  interface ProvidedContext {
    /** A unix socket; whoever connects is answered with one `TestServerAnswer` once the database server is up. */
    testServerSocket: string;
    /** A folder that embedded servers of the run share for their programs. */
    testBinariesRoot: string;
  }
}

/**
 * One database server for the whole run, started when the first test asks for a database, so that runs without such tests pay nothing.
 * The process that runs this owns it; when that was killed, the next run cleans up.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await openRunFolder();
  let starting: Promise<TestServer> | undefined;
  const start = async (): Promise<TestServer> => {
    await removeAbandonedRuns();
    const databaseUrl = process.env['DATABASE_URL'];
    return databaseUrl === undefined || databaseUrl === '' ? startEmbeddedTestServer(folder) : useTestServer(new Secret(databaseUrl));
  };
  const listener = await answerOn(join(folder.path, 'request.sock'), () => (starting ??= start()));
  project.provide('testServerSocket', join(folder.path, 'request.sock'));
  project.provide('testBinariesRoot', folder.binariesRoot);
  return async () => {
    await new Promise((resolve) => listener.close(resolve));
    const server = await starting?.catch(() => undefined);
    await server?.stop();
    await folder.remove();
  };
}

async function answerOn(path: string, start: () => Promise<TestServer>): Promise<Server> {
  const listener = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    void start().then(
      ({ maintenance, template, prefix }) => answer({ maintenanceUrl: toDatabaseUrl(maintenance).reveal(), template, prefix }),
      (error: unknown) => answer({ problem: error instanceof Error ? error.message : String(error) }),
    );
    const answer = (value: TestServerAnswer): void => void socket.end(JSON.stringify(value));
  });
  await new Promise<void>((resolve, reject) => listener.once('error', reject).listen(path, resolve));
  return listener;
}
