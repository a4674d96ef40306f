import { readdir, readFile, readlink } from 'node:fs/promises';
import { basename } from 'node:path';

const LISTENING = '0A';

export interface PortOwner {
  name: string;
  pid: number;
}

/**
 * The process that listens on a TCP port of this machine.
 *
 * @returns undefined where the system has no /proc, or when the process belongs to another user
 */
export async function findPortOwner(port: number): Promise<PortOwner | undefined> {
  const sockets = new Set([
    ...(await listeningSockets('tcp', port)),
    ...(await listeningSockets('tcp6', port)),
  ]);
  if (sockets.size === 0) return undefined;
  for (const pid of (await list('/proc')).filter((name) => /^\d+$/.test(name))) {
    if (await holdsAny(pid, sockets)) return { name: await commandName(pid), pid: Number(pid) };
  }
  return undefined;
}

async function listeningSockets(table: string, port: number): Promise<string[]> {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const lines = (await readFile(`/proc/net/${table}`, 'utf8').catch(() => '')).split('\n').slice(1);
  return lines
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields[1]?.endsWith(suffix) === true && fields[3] === LISTENING)
    .map((fields) => `socket:[${fields[9] ?? ''}]`);
}

async function holdsAny(pid: string, sockets: ReadonlySet<string>): Promise<boolean> {
  for (const fd of await list(`/proc/${pid}/fd`)) {
    const target = await readlink(`/proc/${pid}/fd/${fd}`).catch(() => '');
    if (sockets.has(target)) return true;
  }
  return false;
}

async function commandName(pid: string): Promise<string> {
  const program = await readlink(`/proc/${pid}/exe`).catch(() => undefined);
  if (program !== undefined) return basename(program);
  return (await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => 'unknown')).trim();
}

async function list(directory: string): Promise<string[]> {
  return readdir(directory).catch(() => []);
}
