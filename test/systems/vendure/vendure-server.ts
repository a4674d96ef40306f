import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const MAIN = join(import.meta.dirname, 'server.mjs');
const READY_DEADLINE_MS = 600_000;
const POLL_MS = 100;

export interface VendureOptions {
  /** Where Vendure is installed. */
  home: string;
  port: number;
  /** For files that Vendure writes. */
  directory: string;
  /** TypeORM's options of an empty database. */
  connection: Readonly<Record<string, unknown>>;
}

export interface VendureServer {
  url: string;
  stop(): Promise<void>;
}

/** Starts a real Vendure server on an empty database, which it fills with its sample data. */
export async function startVendure(options: VendureOptions): Promise<VendureServer> {
  const { home, port, directory, connection } = options;
  const child = spawn(process.execPath, [MAIN], {
    cwd: directory,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      TZ: 'UTC',
      VENDURE_HOME: home,
      VENDURE_PORT: String(port),
      VENDURE_CONNECTION: JSON.stringify(connection),
      VENDURE_FILL: 'yes',
    },
  });
  let log = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (log = `${log}${chunk.toString()}`.slice(-4_000)));
  await untilReady(child, () => log);
  return { url: `http://127.0.0.1:${port}`, stop: () => stop(child) };
}

async function untilReady(child: ChildProcess, log: () => string): Promise<void> {
  const deadlineMs = performance.now() + READY_DEADLINE_MS;
  while (performance.now() < deadlineMs && child.exitCode === null) {
    if (/^ready$/m.test(log())) return;
    await delay(POLL_MS);
  }
  await stop(child);
  throw new Error(`Vendure is not ready: ${log()}`);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}
