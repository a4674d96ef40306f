import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** The place of one run: configs, logs, secrets, data. */
export interface RunDirectory {
  path: string;
  file(name: string): string;
  /** Writes a config. */
  write(name: string, text: string): Promise<string>;
  /** Writes a secret that only this user may read; without a text it is a fresh random token. */
  writeSecret(name: string, text?: string): Promise<string>;
  /** Removes all of it. */
  remove(): Promise<void>;
  /** Removes data and secrets; configs and logs stay until the next run, for whoever wants to know what went wrong. */
  clear(): Promise<void>;
}

const PID_FILE = 'pid';
const KEPT = ['logs', 'config'];

/** Makes a fresh run directory under `<cache>/run` and removes those of runs that are over. */
export async function createRunDirectory(cache: string): Promise<RunDirectory> {
  const runs = join(cache, 'run');
  await mkdir(runs, { recursive: true });
  await removeEndedRuns(runs);
  const time = new Date().toISOString().replace(/[:.]/g, '-');
  const path = await mkdtemp(join(runs, `${time}-${process.pid}-`));
  for (const folder of ['logs', 'config', 'data']) await mkdir(join(path, folder), { recursive: true });
  await mkdir(join(path, 'secrets'), { mode: 0o700 });
  await writeFile(join(path, PID_FILE), String(process.pid));
  return runDirectory(path);
}

function runDirectory(path: string): RunDirectory {
  const file = (name: string) => join(path, name);
  return {
    path,
    file,
    async write(name, text) {
      await mkdir(dirname(file(name)), { recursive: true });
      await writeFile(file(name), text);
      return file(name);
    },
    async writeSecret(name, text = randomBytes(32).toString('base64url')) {
      await writeFile(file(join('secrets', name)), `${text}\n`, { mode: 0o600 });
      return file(join('secrets', name));
    },
    async remove() {
      await rm(path, { recursive: true, force: true });
      // The place of all runs goes with the last one.
      await rmdir(dirname(path)).catch(() => undefined);
    },
    async clear() {
      const entries = await readdir(path);
      const gone = entries.filter((entry) => !KEPT.includes(entry) && entry !== PID_FILE);
      await Promise.all(gone.map((entry) => rm(file(entry), { recursive: true, force: true })));
    },
  };
}

async function removeEndedRuns(runs: string): Promise<void> {
  for (const name of await readdir(runs)) {
    const pid = Number(await readFile(join(runs, name, PID_FILE), 'utf8').catch(() => '0'));
    if (!isAlive(pid)) await rm(join(runs, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  if (pid === 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
