import { readFile, stat } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSetupError } from '../setup-error.ts';

/** The operating system's user that runs PostgreSQL and owns its files. */
export interface OsUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  /** Whether this process has to change its user for PostgreSQL, which refuses to run as root. */
  readonly isSwitched: boolean;
}

/** Tried in this order when Antiphon runs as root. */
const SERVICE_USERS = ['postgres', 'nobody'];

export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/** The user that runs this process. PostgreSQL looks its user up by number, so one without an entry in /etc/passwd cannot run it. */
export function currentUser(): OsUser {
  try {
    const { username, uid, gid } = userInfo();
    return { name: username, uid, gid, isSwitched: false };
  } catch (error) {
    const uid = process.getuid?.();
    throw new DatabaseSetupError(
      `The embedded PostgreSQL cannot run as user ${uid}, which has no entry in /etc/passwd. Add a line such as ` +
        `"antiphon:x:${uid}:${process.getgid?.()}::/tmp:/bin/false", run as a named user, or set DATABASE_URL.`,
      { cause: error },
    );
  }
}

/** The user to run a new database as: the current one, or for root `postgres`, else `nobody`. */
export async function chooseUser(): Promise<OsUser> {
  if (!isRoot()) return currentUser();
  const known = await readPasswd();
  const user = SERVICE_USERS.map((name) => known.find((entry) => entry.name === name)).find(
    (entry) => entry !== undefined && entry.uid !== 0,
  );
  if (user === undefined)
    throw new DatabaseSetupError(
      'PostgreSQL refuses to run as root, and there is neither a user "postgres" nor "nobody" to run it as. ' +
        'Create one (useradd --system postgres), start Antiphon as a plain user, or set DATABASE_URL.',
    );
  return user;
}

/** For root: the user with this number, if it has an entry. */
export async function findUser(uid: number): Promise<OsUser | undefined> {
  return (await readPasswd()).find((entry) => entry.uid === uid && uid !== 0);
}

async function readPasswd(): Promise<OsUser[]> {
  const text = await readFile('/etc/passwd', 'utf8').catch(() => '');
  return text
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .map((line) => line.split(':'))
    .filter((fields) => fields.length >= 4)
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid), isSwitched: true }));
}

/** The outermost folder on the way to `path` (itself included) that `user` may not enter; null when there is none. */
export async function findBarrier(path: string, user: OsUser): Promise<string | null> {
  const folders: string[] = [];
  for (let folder = path; ; folder = dirname(folder)) {
    folders.unshift(folder);
    if (folder === dirname(folder)) break;
  }
  for (const folder of folders) if (!(await canEnter(folder, user))) return folder;
  return null;
}

async function canEnter(folder: string, user: OsUser): Promise<boolean> {
  if (user.uid === 0) return true;
  const { mode, uid, gid } = await stat(folder);
  if (uid === user.uid) return (mode & 0o100) !== 0;
  if (gid === user.gid) return (mode & 0o010) !== 0;
  return (mode & 0o001) !== 0;
}

/** What `spawn` needs to run a program as `user`, with the least environment: nothing of ours is any business of PostgreSQL's. */
export function toSpawnOptions(user: OsUser): { uid?: number; gid?: number; cwd: string; env: Record<string, string> } {
  return {
    ...(user.isSwitched ? { uid: user.uid, gid: user.gid } : {}),
    // Our own working folder may be closed to that user.
    cwd: join('/'),
    env: { LC_ALL: 'C', TZ: 'UTC', PATH: '/usr/local/bin:/usr/bin:/bin' },
  };
}
