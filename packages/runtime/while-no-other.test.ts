import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

const MODULE = join(import.meta.dirname, 'while-no-other.mjs');

describe('work that two processes must not do at once', () => {
  let directory: string;
  let lock: string;
  let told: string;
  beforeAll(async () => void (directory = await mkdtemp(join(tmpdir(), 'evenkeel-lock-'))));
  afterAll(() => rm(directory, { recursive: true }));
  beforeEach(async () => {
    lock = join(directory, 'lock');
    told = join(directory, 'told');
    await writeFile(told, '');
  });

  const run = (work: string) =>
    promisify(execFile)(process.execPath, [
      '--input-type=module',
      '--eval',
      `import { appendFileSync } from 'node:fs';
       import { whileNoOther } from ${JSON.stringify(MODULE)};
       const tell = (what) => appendFileSync(${JSON.stringify(told)}, what + ' ');
       import { setTimeout as work } from 'node:timers/promises';
       await whileNoOther(${JSON.stringify(lock)}, async () => { ${work} });`,
    ]);

  it('is done by one after the other', async () => {
    const work = `tell('begins'); await work(300); tell('ends');`;
    await Promise.all([run(work), run(work), run(work)]);
    expect(await readFile(told, 'utf8')).toBe('begins ends '.repeat(3));
    expect(existsSync(lock)).toBe(false);
  });

  it('is free again when it fails, whether by an error or by an exit', async () => {
    await expect(run(`throw new Error('no space left');`)).rejects.toMatchObject({
      stderr: expect.stringContaining('no space left'),
    });
    await expect(run('process.exit(1);')).rejects.toMatchObject({ code: 1 });
    expect(existsSync(lock)).toBe(false);
  });

  it('waits for nobody who was killed in the middle of it', async () => {
    await expect(run(`process.kill(process.pid, 'SIGKILL');`)).rejects.toMatchObject({ signal: 'SIGKILL' });
    expect(existsSync(lock)).toBe(true);
    await run(`tell('done');`);
    expect(await readFile(told, 'utf8')).toBe('done ');
  });
});
