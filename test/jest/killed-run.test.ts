import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, expect, it } from '@jest/globals';

const CHECKOUT = join(import.meta.dirname, '../..');
const directory = mkdtempSync(join(tmpdir(), 'evenkeel-killed-run-'));
const told = join(directory, 'told');
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** A test that starts a server as a group of its own, and is still at it. */
const TEST = `const { spawn } = require('node:child_process');
test('goes on', async () => {
  const server = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { detached: true, stdio: 'ignore' });
  require('node:fs').writeFileSync(${JSON.stringify(told)}, server.pid + ' ' + process.pid + ' .');
  await new Promise(() => {});
}, 600_000);
`;

async function pids(): Promise<number[]> {
  for (;;) {
    const text = readIfThere(told);
    if (text.endsWith('.')) return text.split(' ').slice(0, 2).map(Number);
    await delay(50);
  }
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function isAlive(pid: number): boolean {
  // A process that nobody has waited for yet is a zombie, and has ended.
  return !['', 'Z'].includes(/^.*\) (\S)/.exec(readIfThere(`/proc/${pid}/stat`))?.[1] ?? '');
}

it('leaves no server and no test behind, although nobody could clean up', async () => {
  writeFileSync(join(directory, 'lasting.test.cjs'), TEST);
  const config = {
    rootDir: CHECKOUT,
    roots: [directory],
    testMatch: ['**/lasting.test.cjs'],
    globalSetup: '<rootDir>/test/jest/setup.ts',
    globalTeardown: '<rootDir>/test/jest/tear-down.ts',
    transform: {},
  };
  const run = spawn(process.execPath, ['test/run.ts', '--config', JSON.stringify(config), 'lasting'], {
    cwd: CHECKOUT,
    stdio: 'ignore',
  });
  const started = await pids();
  expect(started.map(isAlive)).toEqual([true, true]);
  run.kill('SIGKILL');
  await once(run, 'exit');
  while (started.some(isAlive)) await delay(50);
}, 120_000);
