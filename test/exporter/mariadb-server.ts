import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdir, readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createConnection } from 'mysql2/promise';
import { unpackDebianPackages } from '../../packages/runtime/src/parts/debian.ts';

const CACHE = join(import.meta.dirname, '../../.cache');
const LIBRARIES = ['libaio1', 'libnuma1', 'liburing2'] as const;
const READY_DEADLINE_MS = 30_000;

export interface MariadbServer {
  url: string;
  stop(): Promise<void>;
}

interface Installation {
  mariadbd: string;
  share: string;
  /** For libraries that were unpacked with it. */
  libraries: string | undefined;
}

/**
 * Starts a MariaDB server of its own: the one on PATH, else Debian's, unpacked into the cache without being installed.
 *
 * @param directory for its files; it must not exist yet
 */
export async function startMariadb(directory: string, port: number): Promise<MariadbServer> {
  const installation = await findMariadb();
  await mkdir(directory, { recursive: true });
  const flags = serverFlags(installation, directory);
  await writeSystemTables(installation, flags);
  const server = spawn(
    installation.mariadbd,
    [...flags, '--bind-address=127.0.0.1', `--port=${port}`, `--socket=${join(directory, 'socket')}`],
    { stdio: ['ignore', 'ignore', 'pipe'], env: environment(installation) },
  );
  let log = '';
  server.stderr.on('data', (chunk: Buffer) => (log = `${log}${chunk.toString()}`.slice(-2_000)));
  const url = await untilReady(server, port, () => log);
  return { url, stop: () => stop(server) };
}

async function findMariadb(): Promise<Installation> {
  for (const directory of [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin']) {
    const mariadbd = join(directory, 'mariadbd');
    if (await exists(mariadbd)) return { mariadbd, share: '/usr/share/mysql', libraries: undefined };
  }
  const unpacked = await unpackDebianPackages({
    packages: ['mariadb-server-core', ...LIBRARIES],
    cache: CACHE,
    prepare: async () => undefined,
  });
  return {
    mariadbd: join(unpacked, 'usr/sbin/mariadbd'),
    share: join(unpacked, 'usr/share/mysql'),
    libraries: join(unpacked, 'usr/lib', `${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu`),
  };
}

function serverFlags({ share }: Installation, directory: string): string[] {
  return [
    '--no-defaults',
    `--datadir=${directory}`,
    `--lc-messages-dir=${share}`,
    `--character-sets-dir=${join(share, 'charsets')}`,
    // The tests' data are worth no disk.
    '--innodb-flush-log-at-trx-commit=0',
    '--innodb-buffer-pool-size=64M',
    ...(process.getuid?.() === 0 ? ['--user=root'] : []),
  ];
}

/** What mariadb-install-db does, without the shell. */
async function writeSystemTables(installation: Installation, flags: readonly string[]): Promise<void> {
  const files = ['mysql_system_tables.sql', 'mysql_performance_tables.sql', 'mysql_system_tables_data.sql'];
  const texts = await Promise.all(files.map((file) => readFile(join(installation.share, file), 'utf8')));
  const { status, stderr } = spawnSync(
    installation.mariadbd,
    [...flags, '--bootstrap', '--skip-networking'],
    {
      input: ['create database mysql;', 'use mysql;', ...texts].join('\n'),
      encoding: 'utf8',
      env: environment(installation),
    },
  );
  if (status !== 0) throw new Error(`mariadbd --bootstrap: ${stderr.slice(-500)}`);
}

async function untilReady(server: ChildProcess, port: number, log: () => string): Promise<string> {
  const options = { host: '127.0.0.1', port, user: 'root' };
  const deadlineMs = performance.now() + READY_DEADLINE_MS;
  while (performance.now() < deadlineMs && server.exitCode === null) {
    const connection = await createConnection(options).catch(() => undefined);
    if (connection !== undefined) {
      await connection.query('create database shop');
      await connection.end();
      return `mysql://root@127.0.0.1:${port}/shop`;
    }
    await delay(100);
  }
  throw new Error(`MariaDB does not start: ${log()}`);
}

async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return;
  server.kill('SIGTERM');
  await once(server, 'exit');
}

function environment({ libraries }: Installation): NodeJS.ProcessEnv {
  return libraries === undefined ? process.env : { ...process.env, LD_LIBRARY_PATH: libraries };
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
