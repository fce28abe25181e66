import { chmod, chown, lstat, mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { SERVER_PORT } from './settings.ts';
import { exists, writeFileDurably } from './files.ts';
import type { OsUser } from './os-user.ts';

/** The kernel's limit on a socket's path: `sun_path` less its final zero. */
const MAX_SOCKET_PATH_BYTES = process.platform === 'darwin' ? 103 : 107;
/** Short by nature, unlike `TMPDIR`. */
const SHORT_ROOT = '/tmp';
/** Names the short folder of the last run, which a crash leaves behind. */
const NOTE_FILE = 'socket-folder';

export interface SocketFolder {
  readonly path: string;
  /** Removes it if it was made for this run. */
  remove(): Promise<void>;
}

/**
 * The folder for the server's unix socket: the cluster itself, which only its owner can enter; or, when the path of a socket in there
 * is longer than the kernel allows, a private one with a short name.
 */
export async function openSocketFolder(home: string, clusterDir: string, user: OsUser): Promise<SocketFolder> {
  await removePrevious(home, user);
  if (isShortEnough(clusterDir)) return { path: clusterDir, remove: () => Promise.resolve() };
  const path = await mkdtemp(join(SHORT_ROOT, 'antiphon-'));
  await chmod(path, 0o700);
  if (user.isSwitched) await chown(path, user.uid, user.gid);
  await writeFileDurably(join(home, NOTE_FILE), path);
  return {
    path,
    remove: async () => {
      await rm(path, { recursive: true, force: true });
      await rm(join(home, NOTE_FILE), { force: true });
    },
  };
}

/** Whether a socket in `folder` has a path that the kernel accepts. */
export function isShortEnough(folder: string): boolean {
  return Buffer.byteLength(join(folder, `.s.PGSQL.${SERVER_PORT}`)) <= MAX_SOCKET_PATH_BYTES;
}

async function removePrevious(home: string, user: OsUser): Promise<void> {
  const note = join(home, NOTE_FILE);
  if (!(await exists(note))) return;
  const path = await readFile(note, 'utf8');
  const status = await lstat(path).catch(() => null);
  // Only what we can have made: anybody may create a folder of that name after ours is gone.
  if (/^\/tmp\/antiphon-\w{6}$/.test(path) && status?.isDirectory() === true && status.uid === user.uid)
    await rm(path, { recursive: true, force: true });
  await rm(note, { force: true });
}
