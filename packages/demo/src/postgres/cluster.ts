import { randomBytes } from 'node:crypto';
import { chown, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { EvenkeelError, messageOf, readSecretFile, Secret } from '@evenkeel/toolkit';
import type { Account } from './account.ts';
import type { Binaries } from './binaries.ts';
import { runToEnd } from './program.ts';
import { isReachable } from './reach.ts';

/** The files of one PostgreSQL server. */
export interface Cluster {
  dataDirectory: string;
  logFile: string;
  password: Secret;
  /** Removes the files of a cluster that was not to be kept. */
  release(): Promise<void>;
}

export const SUPERUSER = 'evenkeel';

interface ClusterOptions {
  directory: string | undefined;
  account: Account | undefined;
  binaries: Binaries;
}

/** Makes a cluster in a fresh temporary directory, or uses and keeps the one in `directory`. */
export async function prepareCluster(options: ClusterOptions): Promise<Cluster> {
  const kept = options.directory !== undefined;
  const root = kept
    ? await openDirectory(resolve(options.directory!), options.account)
    : await makeTemporary(options.account);
  const release = () => (kept ? Promise.resolve() : rm(root, { recursive: true, force: true }));
  const cluster = { dataDirectory: join(root, 'data'), logFile: join(root, 'postgres.log'), release };
  try {
    return { ...cluster, password: await initialise(root, cluster.dataDirectory, options) };
  } catch (error) {
    await release();
    throw error;
  }
}

async function initialise(root: string, dataDirectory: string, options: ClusterOptions): Promise<Secret> {
  const passwordFile = join(root, 'password');
  if (await exists(join(dataDirectory, 'PG_VERSION'))) return readSecretFile(passwordFile);
  const password = randomBytes(24).toString('base64url');
  await rm(passwordFile, { force: true });
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600, flag: 'wx' });
  await give(passwordFile, options.account);
  await mkdir(dataDirectory, { mode: 0o700, recursive: true });
  await give(dataDirectory, options.account);
  const args = ['--auth=scram-sha-256', '--encoding=UTF8', '--locale=C', '--no-sync', '--no-instructions'];
  await runToEnd({
    program: options.binaries.initdb,
    args: [`--pgdata=${dataDirectory}`, `--username=${SUPERUSER}`, `--pwfile=${passwordFile}`, ...args],
    cwd: root,
    account: options.account,
  });
  return new Secret(password);
}

async function openDirectory(directory: string, account: Account | undefined): Promise<string> {
  await mkdir(directory, { recursive: true, mode: 0o755 });
  if (!(await exists(join(directory, 'data')))) await give(directory, account);
  if (await isReachable(directory, account)) return directory;
  throw new EvenkeelError('START_FAILED', `the account that PostgreSQL runs as cannot reach ${directory}`, {
    hint: 'PostgreSQL does not run as root: choose a directory whose parents everybody may enter',
  });
}

/** A fresh directory that the account of the server reaches. */
export async function makeTemporary(account: Account | undefined): Promise<string> {
  for (const place of [tmpdir(), '/var/tmp', '/tmp']) {
    if (!(await isReachable(place, account))) continue;
    const directory = await mkdtemp(join(place, 'evenkeel-postgres-'));
    await give(directory, account);
    return directory;
  }
  throw new EvenkeelError('START_FAILED', 'there is no temporary directory that PostgreSQL can use');
}

async function give(path: string, account: Account | undefined): Promise<void> {
  if (account !== undefined) await chown(path, account.uid, account.gid);
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** The last lines of the server's log, for an error message. */
export async function readLogTail(file: string, lines = 8): Promise<string> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => messageOf(error));
  return text.trim().split('\n').slice(-lines).join('\n');
}
