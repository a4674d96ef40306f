import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdir, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { delimiter, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { unpackDebianPackages } from '../../packages/runtime/src/parts/debian.ts';

const CACHE = join(import.meta.dirname, '../../.cache');
const LIBRARIES = ['libpcre2-8-0', 'libssl3', 'libcrypt1', 'zlib1g'] as const;
const READY_DEADLINE_MS = 20_000;

export interface NginxServer {
  /** Tells nginx to open its logs anew, as logrotate does after renaming them. */
  reopenLogs(): void;
  stop(): Promise<void>;
}

export interface NginxOptions {
  /** For its files. */
  directory: string;
  port: number;
  /** The inside of `http { }`. */
  http: string;
}

/** Starts an nginx of its own on loopback: the one on PATH, else Debian's, unpacked into the cache without being installed. */
export async function startNginx({ directory, port, http }: NginxOptions): Promise<NginxServer> {
  const { program, libraries } = await findNginx();
  const config = join(directory, 'nginx.conf');
  await mkdir(join(directory, 'temporary'), { recursive: true });
  await writeFile(config, configOf({ directory, port, http }));
  const server = spawn(program, ['-p', directory, '-c', config, '-e', join(directory, 'error.log')], {
    stdio: ['ignore', 'ignore', 'pipe'],
    ...(libraries !== undefined && { env: { ...process.env, LD_LIBRARY_PATH: libraries } }),
  });
  let log = '';
  server.stderr.on('data', (chunk: Buffer) => (log = `${log}${chunk.toString()}`.slice(-2_000)));
  await untilReady(server, port, () => log);
  return { reopenLogs: () => void server.kill('SIGUSR1'), stop: () => stop(server) };
}

function configOf({ directory, port, http }: NginxOptions): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((kind) => `${kind}_temp_path ${join(directory, 'temporary')};`)
    .join('\n');
  const user = process.getuid?.() === 0 ? 'user root;\n' : '';
  return `${user}daemon off;
worker_processes 1;
pid ${join(directory, 'nginx.pid')};
events { worker_connections 64; }
http {
${temporary}
${http}
}
`.replaceAll('PORT', String(port));
}

async function findNginx(): Promise<{ program: string; libraries?: string }> {
  for (const directory of [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin']) {
    const program = join(directory, 'nginx');
    if (await exists(program)) return { program };
  }
  const unpacked = await unpackDebianPackages({
    packages: ['nginx', ...LIBRARIES],
    cache: CACHE,
    prepare: async () => undefined,
  });
  const machine = `${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu`;
  const libraries = ['usr/lib', 'lib'].map((path) => join(unpacked, path, machine)).join(delimiter);
  return { program: join(unpacked, 'usr/sbin/nginx'), libraries };
}

async function untilReady(server: ChildProcess, port: number, log: () => string): Promise<void> {
  const deadlineMs = performance.now() + READY_DEADLINE_MS;
  while (performance.now() < deadlineMs && server.exitCode === null) {
    const socket = connect(port, '127.0.0.1');
    const isReady = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (isReady) return;
    await delay(50);
  }
  throw new Error(`nginx does not start: ${log()}`);
}

async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  server.kill('SIGTERM');
  await once(server, 'exit');
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
