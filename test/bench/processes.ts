import { freePort } from '@evenkeel/toolkit/testing';
import { type ChildProcess, spawn, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

const READY_DEADLINE_MS = 20_000;
const POLL_MS = 50;
const TICKS_PER_SECOND = 100;
/** Fields of /proc/<pid>/stat after the name in parentheses: user and system time are the 12th and 13th. */
const USER_TICKS = 11;
const SYSTEM_TICKS = 12;

export interface Server {
  url: string;
  pid: number;
  stop(): Promise<void>;
}

/** Starts a program on a free port of loopback and waits until it answers `/metrics`. `args` gets its address. */
export async function startServer(
  program: string,
  args: (address: string) => string[],
  options: Pick<SpawnOptions, 'cwd' | 'env'> = {},
): Promise<Server> {
  const address = `127.0.0.1:${await freePort()}`;
  const child = spawn(program, args(address), { ...options, stdio: ['ignore', 'ignore', 'pipe'] });
  let log = '';
  child.stderr.on('data', (chunk: Buffer) => (log = `${log}${chunk.toString()}`.slice(-2000)));
  child.once('error', (error) => (log += error.message));
  const url = `http://${address}/metrics`;
  const stop = () => end(child);
  if (await answers(url, child)) return { url, pid: child.pid!, stop };
  await stop();
  throw new Error(`${program} did not start: ${log.trim()}`);
}

/** CPU time, user and system, of a process and all its threads so far. */
export function cpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[USER_TICKS]) + Number(fields[SYSTEM_TICKS])) / TICKS_PER_SECOND;
}

async function answers(url: string, child: ChildProcess): Promise<boolean> {
  const deadlineMs = performance.now() + READY_DEADLINE_MS;
  while (performance.now() < deadlineMs && child.exitCode === null && child.pid !== undefined) {
    try {
      const response = await fetch(url);
      await response.arrayBuffer();
      if (response.ok) return true;
    } catch {
      // Not listening yet.
    }
    await delay(POLL_MS);
  }
  return false;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}
