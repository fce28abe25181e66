import { createHash, randomBytes } from 'node:crypto';
import { chmod, lstat, mkdir, readFile, readdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSetupError, toReason } from '../setup-error.ts';
import { chownTree, exists, writeFileDurably } from './files.ts';
import { chooseUser, currentUser, findBarrier, findUser, isRoot, type OsUser } from './os-user.ts';

/** Where one embedded database lives and who owns it. */
export interface Placement {
  /** The data folder, without symbolic links. */
  readonly dataDir: string;
  /** Belongs to this database alone: cluster, log, lock. The OS user can enter it. */
  readonly home: string;
  readonly clusterDir: string;
  /** Where the programs are copied to; shared by all databases of the machine when it is not `home`. */
  readonly binariesRoot: string;
  readonly user: OsUser;
  /** Set when `home` is outside the data folder; called once the cluster is there, so that its loss is noticed later. */
  readonly confirm: () => Promise<void>;
  /** Homes that deleted data folders of the same path left behind, with nothing that leads to them but their name. */
  readonly abandonedHomes: readonly string[];
}

/** What a data folder says about a database that had to be put elsewhere. */
interface Pointer {
  readonly note: string;
  readonly home: string;
  /** Whether the cluster has been there. One that is gone is never replaced by an empty one. */
  readonly isInitialized: boolean;
}

const POINTER_FILE = 'postgresql.location.json';
const NOTE = 'PostgreSQL cannot run as root, and its user may not enter this folder. The database of this data folder is in "home".';
const HASH_LENGTH = 12;

/** Creates the data folder, if it is not there, so that the user of PostgreSQL may pass through it, and returns its real path. */
export async function createDataDir(dataDir: string): Promise<string> {
  try {
    await createFolder(dataDir, isRoot() ? 0o711 : 0o700);
    return await realpath(dataDir);
  } catch (error) {
    throw new DatabaseSetupError(
      `Cannot create the data folder ${dataDir}: ${toReason(error)}. Choose a folder that this user may write to with ANTIPHON_DATA_DIR.`,
      { cause: error },
    );
  }
}

/**
 * Decides where the database of `dataDir` (a real path, locked by us) is or goes. What is there already always wins: the pointer first,
 * then a cluster in the folder itself. Only a new database is placed by what its user can reach.
 */
export async function placeDatabase(dataDir: string, systemDir: string): Promise<Placement> {
  const pointer = await readPointer(dataDir);
  if (pointer !== undefined) return placeElsewhere(dataDir, systemDir, pointer);
  const home = join(dataDir, 'postgresql');
  const isNew = !(await exists(join(home, 'data')));
  const user = await chooseUser();
  if (isNew && user.isSwitched && (await findBarrier(dataDir, user)) !== null) {
    const created = { note: NOTE, home: join(systemDir, `${hashPath(dataDir)}-${randomBytes(4).toString('hex')}`), isInitialized: false };
    await writePointer(dataDir, created);
    return placeElsewhere(dataDir, systemDir, created);
  }
  await createFolder(home, isRoot() ? 0o711 : 0o700);
  return { ...(await settle(dataDir, home)), binariesRoot: home, confirm: () => Promise.resolve(), abandonedHomes: [] };
}

async function placeElsewhere(dataDir: string, systemDir: string, pointer: Pointer): Promise<Placement> {
  const { home, isInitialized } = pointer;
  if (isInitialized && !(await exists(join(home, 'data', 'PG_VERSION'))))
    throw new DatabaseSetupError(
      `The database of ${dataDir} was kept in ${home} and is not there any more. Restore that folder (or mount its volume), ` +
        `or delete ${join(dataDir, POINTER_FILE)} to start with an empty database.`,
    );
  try {
    await createFolder(systemDir, 0o755);
    await createFolder(home, isRoot() ? 0o711 : 0o700);
  } catch (error) {
    throw new DatabaseSetupError(
      `The user that runs PostgreSQL may not enter ${dataDir}, and ${home} cannot be created for it: ${toReason(error)}. ` +
        'Set ANTIPHON_DATA_DIR to a folder that all users may pass through (chmod o+x), or start Antiphon as a plain user.',
      { cause: error },
    );
  }
  const siblings = await readdir(systemDir);
  return {
    ...(await settle(dataDir, home)),
    binariesRoot: systemDir,
    confirm: async () => {
      if (!isInitialized) await writePointer(dataDir, { ...pointer, isInitialized: true });
    },
    abandonedHomes: siblings
      .map((name) => join(systemDir, name))
      .filter((path) => path !== home && path.startsWith(join(systemDir, `${hashPath(dataDir)}-`))),
  };
}

/** The mode holds for a new folder only, and whatever the umask; the mode of one that is there was somebody's decision. */
async function createFolder(path: string, mode: number): Promise<void> {
  const created = await mkdir(path, { recursive: true });
  if (created !== undefined) await chmod(path, mode);
}

/** Finds the owner of what is there, and mends ownership and reach where root can. */
async function settle(dataDir: string, home: string): Promise<Pick<Placement, 'dataDir' | 'home' | 'clusterDir' | 'user'>> {
  const clusterDir = join(home, 'data');
  const owner = (await exists(clusterDir)) ? (await lstat(clusterDir)).uid : undefined;
  const user = isRoot() ? await ownerOrChosen(clusterDir, owner) : currentUser();
  if (!isRoot() && owner !== undefined && owner !== user.uid)
    throw new DatabaseSetupError(
      `The database in ${clusterDir} belongs to the user with number ${owner}, and this process runs as ${user.name} (${user.uid}). ` +
        `Start Antiphon as that user or as root, or change the owner: chown -R ${user.name} ${home}.`,
    );
  const barrier = await findBarrier(home, user);
  if (barrier !== null)
    throw new DatabaseSetupError(
      `The user ${user.name}, who runs PostgreSQL, may not enter ${barrier}, below which the database lies. Allow it with: chmod o+x ${barrier}.`,
    );
  return { dataDir, home, clusterDir, user };
}

/** Files that were copied or restored by root belong to root, or to a user of another machine; they are given to one that can run them. */
async function ownerOrChosen(clusterDir: string, owner: number | undefined): Promise<OsUser> {
  const known = owner === undefined ? undefined : await findUser(owner);
  if (known !== undefined) return known;
  const user = await chooseUser();
  if (owner !== undefined) await chownTree(clusterDir, user);
  return user;
}

function hashPath(path: string): string {
  return createHash('sha256').update(path).digest('hex').slice(0, HASH_LENGTH);
}

async function readPointer(dataDir: string): Promise<Pointer | undefined> {
  const path = join(dataDir, POINTER_FILE);
  if (!(await exists(path))) return undefined;
  const { home, isInitialized } = JSON.parse(await readFile(path, 'utf8')) as Partial<Pointer>;
  if (typeof home !== 'string' || typeof isInitialized !== 'boolean')
    throw new DatabaseSetupError(`${path} does not say where the database is. Restore it from a backup; it has {"home": "/folder", …}.`);
  return { note: NOTE, home, isInitialized };
}

function writePointer(dataDir: string, pointer: Pointer): Promise<void> {
  return writeFileDurably(join(dataDir, POINTER_FILE), `${JSON.stringify(pointer, null, 2)}\n`);
}
