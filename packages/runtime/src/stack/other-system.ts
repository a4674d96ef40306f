import { readFile } from 'node:fs/promises';

/** The main program of npm start, as it stands in the command line of its process. */
const MAIN = /packages\/runtime\/src\/main\.ts(\0|$)/;

export type ReadProcess = (pid: number, file: 'cmdline' | 'stat') => Promise<string>;

/** The process id of the npm start, of any checkout, that has started one of these processes; undefined when none has. */
export async function findSystemOf(pids: readonly number[], read = readProcess): Promise<number | undefined> {
  for (const start of pids) {
    for (let pid = start; pid > 1; pid = await parentOf(pid, read)) {
      if (MAIN.test(await read(pid, 'cmdline'))) return pid;
    }
  }
  return undefined;
}

async function parentOf(pid: number, read: ReadProcess): Promise<number> {
  // After the name, which may hold anything, come the state and the parent.
  const [, parent = '0'] = /^.*\) \S (\d+)/.exec(await read(pid, 'stat')) ?? [];
  return Number(parent);
}

function readProcess(pid: number, file: 'cmdline' | 'stat'): Promise<string> {
  return readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '');
}
