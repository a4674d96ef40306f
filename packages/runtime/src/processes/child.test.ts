import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Child } from './child.ts';
import { waitUntilReady } from './ready.ts';

const directory = mkdtempSync(join(tmpdir(), 'evenkeel-child-'));
let count = 0;

function start(script: string): Child {
  count += 1;
  const logFile = join(directory, `${count}.log`);
  return new Child({ name: 'worker', command: process.execPath, args: ['-e', script], logFile });
}

const alive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

describe('Child', () => {
  it('stops with everything that it started itself', async () => {
    const child = start(
      `const { spawn } = require('node:child_process');
       const inner = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
       console.log(inner.pid); setInterval(() => {}, 1000);`,
    );
    const inner = await pidInLog(child);
    expect(alive(inner)).toBe(true);
    await child.stop();
    await gone(inner);
    expect(alive(child.pid!)).toBe(false);
  });

  it('says how it ended by itself, with the last lines of its log', async () => {
    const child = start(`console.error('cannot open journal'); process.exitCode = 3;`);
    await expect(child.failure()).rejects.toMatchObject({
      code: 'PART_EXITED',
      message: 'worker ended by itself (exit code 3): cannot open journal',
      hint: expect.stringContaining(child.logFile),
    });
  });

  it('is not a failure when it was stopped', async () => {
    const child = start('setInterval(() => {}, 1000)');
    const failed = child.failure().then(
      () => 'resolved',
      () => 'failed',
    );
    await child.stop();
    expect(await Promise.race([failed, child.exited.then(() => 'ended')])).toBe('ended');
  });

  it('fails when its program does not exist', async () => {
    const child = new Child({
      name: 'ghost',
      command: '/nonexistent',
      args: [],
      logFile: join(directory, 'ghost.log'),
    });
    await expect(child.failure()).rejects.toMatchObject({ code: 'PART_EXITED' });
  });
});

describe('waitUntilReady', () => {
  it('does not wait for a process that has ended', async () => {
    const child = start(`console.error('bad config'); process.exitCode = 2;`);
    await expect(waitUntilReady(child, 'http://127.0.0.1:9/-/ready', 60_000)).rejects.toThrow('bad config');
  });

  it('returns once the URL answers 200', async () => {
    const child = start(
      `const server = require('node:http').createServer((_, response) => response.end('ok'));
       server.listen(0, '127.0.0.1', () => console.log(server.address().port));`,
    );
    const port = await pidInLog(child);
    await expect(waitUntilReady(child, `http://127.0.0.1:${port}/`, 10_000)).resolves.toBeUndefined();
    await child.stop();
  });
});

/** The number that a child prints first. */
async function pidInLog(child: Child): Promise<number> {
  for (;;) {
    const text = readLog(child);
    if (text.endsWith('\n')) return Number(text);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function readLog(child: Child): string {
  try {
    return readFileSync(child.logFile, 'utf8');
  } catch {
    return '';
  }
}

async function gone(pid: number): Promise<void> {
  while (alive(pid)) await new Promise((resolve) => setTimeout(resolve, 20));
}
