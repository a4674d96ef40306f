import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { open } from 'node:fs/promises';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { EvenkeelError, type Logger, messageOf, portInUse, runMarks, type Secret } from '@evenkeel/toolkit';
import pg from 'pg';
import { findServerAccount } from './account.ts';
import { findBinaries } from './binaries.ts';
import { type Cluster, prepareCluster, readLogTail, SUPERUSER } from './cluster.ts';
import { start } from './program.ts';

export interface EmbeddedPostgresOptions {
  /** On 127.0.0.1. */
  port: number;
  /** Keeps the data there; without it they are in a temporary directory that goes at the stop. */
  directory?: string;
  /** `relaxed` may lose the last transactions when the machine goes down; nothing is lost when only PostgreSQL does. */
  durability?: 'full' | 'relaxed';
  /** The flag that moves the port, for the error's hint. */
  portFlag?: string;
  logger: Logger;
  /** Gives up starting. */
  signal?: AbortSignal;
}

export interface EmbeddedPostgres {
  /** With user, password and the database `warehouse`: a secret. */
  url: string;
  pid: number;
  /** Resolves when the server has ended, whoever ended it. */
  exited: Promise<void>;
  /** Ends the server, and removes its data if they were temporary. Safe to call again. */
  stop(): Promise<void>;
}

const HOST = '127.0.0.1';
const DATABASE = 'warehouse';
const START_DEADLINE_MS = 30_000;
const STOP_DEADLINE_MS = 10_000;
const CONNECT_PAUSE_MS = 50;

/**
 * Starts the PostgreSQL that npm installed, on loopback only, with a random password.
 *
 * As root it runs under an existing ordinary account. Works where the installation is in a directory that only root may
 * enter.
 *
 * @throws EvenkeelError PORT_IN_USE, or START_FAILED with the last lines of the server's log
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  await refuseTakenPort(options);
  const account = await findServerAccount();
  const binaries = await findBinaries(account, options.logger);
  const cluster = await prepareCluster({ directory: options.directory, account, binaries });
  const log = await open(cluster.logFile, 'a', 0o600);
  const args = serverArguments(cluster, options);
  const child = start({ program: binaries.postgres, args, cwd: cluster.dataDirectory, account }, log.fd);
  const exited = once(child, 'exit').then(() => undefined);
  // A program that cannot be started is told by waitUntilReady.
  exited.catch(() => undefined);
  const stop = stopOnce(async () => {
    await endProcess(child);
    await log.close();
    await cluster.release();
    await binaries.release();
  });
  try {
    await waitUntilReady({ child, cluster, options });
    options.logger.info({ port: options.port, pid: child.pid }, 'PostgreSQL is ready');
    return { url: urlOf(options.port, cluster.password, DATABASE), pid: child.pid!, exited, stop };
  } catch (error) {
    const explained = await explain(error, cluster);
    await stop();
    throw explained;
  }
}

async function refuseTakenPort({
  port,
  portFlag = '--postgres.port',
}: EmbeddedPostgresOptions): Promise<void> {
  const probe = createServer();
  probe.listen(port, HOST);
  try {
    await once(probe, 'listening');
  } catch (error) {
    throw await portInUse({ host: HOST, port }, portFlag, error);
  }
  probe.close();
  await once(probe, 'close');
}

function serverArguments(cluster: Cluster, options: EmbeddedPostgresOptions): string[] {
  const marks = runMarks();
  const settings = {
    listen_addresses: HOST,
    port: String(options.port),
    unix_socket_directories: '',
    max_connections: '60',
    shared_buffers: '128MB',
    jit: 'off',
    // In the titles of its processes, for it is given none of our environment.
    ...(marks === undefined ? {} : { cluster_name: marks }),
    // One query is to keep one core busy at most: the demo shares a small machine with all that watches it.
    max_parallel_workers_per_gather: '0',
    max_parallel_maintenance_workers: '0',
    max_wal_size: '2GB',
    ...(options.durability === 'relaxed' ? { synchronous_commit: 'off' } : {}),
  };
  return [
    '-D',
    cluster.dataDirectory,
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
}

interface Starting {
  child: ChildProcess;
  cluster: Cluster;
  options: EmbeddedPostgresOptions;
}

async function waitUntilReady({ child, cluster, options }: Starting): Promise<void> {
  let ended: Error | undefined;
  child.once('error', (error) => (ended = error));
  child.once('exit', (code) => (ended = new Error(`it exited with code ${code ?? 'none'}`)));
  const url = urlOf(options.port, cluster.password, 'postgres');
  const deadlineMs = performance.now() + START_DEADLINE_MS;
  for (;;) {
    options.signal?.throwIfAborted();
    if (ended !== undefined) throw ended;
    try {
      await createDatabase(url);
      return;
    } catch (error) {
      if (performance.now() > deadlineMs) throw error;
      await delay(CONNECT_PAUSE_MS);
    }
  }
}

async function createDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rowCount } = await client.query('select from pg_database where datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`create database ${DATABASE}`);
  } finally {
    await client.end();
  }
}

async function explain(error: unknown, cluster: Cluster): Promise<unknown> {
  if (error instanceof Error && error.name === 'AbortError') return error;
  const tail = await readLogTail(cluster.logFile);
  return new EvenkeelError('START_FAILED', `PostgreSQL did not start: ${messageOf(error)}\n${tail}`, {
    cause: error,
  });
}

// SIGINT is PostgreSQL's fast shutdown: it ends the sessions and leaves a clean data directory.
async function endProcess(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGINT');
  const timer = setTimeout(() => process.kill(-child.pid!, 'SIGKILL'), STOP_DEADLINE_MS);
  await exited;
  clearTimeout(timer);
}

function stopOnce(stop: () => Promise<void>): () => Promise<void> {
  let stopping: Promise<void> | undefined;
  return () => (stopping ??= stop());
}

function urlOf(port: number, password: Secret, database: string): string {
  return `postgres://${SUPERUSER}:${password.reveal()}@${HOST}:${port}/${database}`;
}
