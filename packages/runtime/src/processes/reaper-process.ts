import { readdir, readFile, rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';

// The program of the reaper; reaper.ts starts it. It is in a process group of its own and has no marks: nobody ends it before its work is done.

const POLL_MS = 100;
/** After SIGKILL: a process that cannot end even then hangs in the kernel. */
const KILLED_DEADLINE_MS = 5_000;

const [mark = '', graceText = ''] = process.argv.slice(2);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined);

const directories: string[] = [];
let released = false;
for await (const line of createInterface({ input: process.stdin })) {
  if (line === 'release') released = true;
  else directories.push(line);
}
// The end of our input is the end of whoever started us.
if (!released && mark !== '') {
  await endAll('SIGTERM', Number(graceText));
  await endAll('SIGKILL', KILLED_DEADLINE_MS);
  for (const directory of directories) await rm(directory, { recursive: true, force: true });
}

/** Asks until nothing of the run is left: what is asked to end may still start something. */
async function endAll(signal: NodeJS.Signals, deadlineMs: number): Promise<void> {
  const asked = new Set<number>();
  const endsAtMs = performance.now() + deadlineMs;
  for (;;) {
    const left = await marked();
    if (left.length === 0 || performance.now() > endsAtMs) return;
    for (const pid of left) {
      if (!asked.has(pid)) send(pid, signal);
      asked.add(pid);
    }
    await delay(POLL_MS);
  }
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended already, or is not ours to end.
  }
}

/** The processes of the run: its mark is in their environment, or in the command line of what is given no environment. */
async function marked(): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const found = await Promise.all(pids.map(async (pid) => ((await isMarked(pid)) ? [pid] : [])));
  return found.flat().filter((pid) => pid !== process.pid);
}

async function isMarked(pid: number): Promise<boolean> {
  for (const name of ['environ', 'cmdline']) {
    const text = await readFile(`/proc/${pid}/${name}`, 'utf8').catch(() => '');
    if (text.includes(mark)) return true;
  }
  return false;
}
