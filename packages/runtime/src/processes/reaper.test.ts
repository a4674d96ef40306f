import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, expect, it } from '@jest/globals';

const REAPER = join(import.meta.dirname, 'reaper.ts');
const directory = mkdtempSync(join(tmpdir(), 'evenkeel-reaper-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** Started one inside the other: one that ends when it is asked, one that does not, each in a process group of its own. */
const LASTING = 'setInterval(() => {}, 1000); console.log(process.pid);';
const STUBBORN = `process.on('SIGTERM', () => {}); ${LASTING}`;

/** A process with a reaper that starts others and does what it is told to. */
function startParent(): ChildProcess {
  return spawn(
    process.execPath,
    [
      '--input-type=module',
      '--eval',
      `import { spawn } from 'node:child_process';
       import { startReaper } from ${JSON.stringify(REAPER)};
       const reaper = startReaper({ graceMs: 500 });
       reaper.removes(${JSON.stringify(join(directory, 'data'))});
       const options = { detached: true, stdio: ['ignore', 'inherit', 'ignore'] };
       const children = [${JSON.stringify(LASTING)}, ${JSON.stringify(STUBBORN)}].map((script) =>
         spawn(process.execPath, ['-e', script], options));
       process.stdin.once('data', async () => {
         for (const child of children) child.unref();
         await reaper.release();
         process.exit(0);
       });`,
    ],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
}

async function pidsOf(parent: ChildProcess): Promise<number[]> {
  let text = '';
  while (text.split('\n').length < 3) text += String((await once(parent.stdout!, 'data'))[0]);
  return text.trim().split('\n').map(Number);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

it('ends everything that a process leaves behind when it is killed, and removes its data', async () => {
  mkdirSync(join(directory, 'data'));
  const parent = startParent();
  const children = await pidsOf(parent);
  expect(children.map(isAlive)).toEqual([true, true]);
  parent.kill('SIGKILL');
  while (children.some(isAlive)) await delay(50);
  while (existsSync(join(directory, 'data'))) await delay(50);
});

it('ends nothing once it was released', async () => {
  const parent = startParent();
  const children = await pidsOf(parent);
  parent.stdin!.write('release\n');
  await once(parent, 'exit');
  expect(children.map(isAlive)).toEqual([true, true]);
  for (const pid of children) process.kill(pid, 'SIGKILL');
});
