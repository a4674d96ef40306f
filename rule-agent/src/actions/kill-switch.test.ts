import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { createKillSwitch } from './kill-switch.ts';

describe('the kill switch', () => {
  it('is engaged while the file exists', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'kill-'));
    const file = join(directory, 'STOP');
    const look = createKillSwitch(file);
    expect(await look()).toBeUndefined();
    writeFileSync(file, '');
    expect(await look()).toBe(`the file ${file} exists`);
    rmSync(directory, { recursive: true });
    expect(await look()).toBeUndefined();
  });

  it('is engaged when it cannot be told whether the file exists', async () => {
    const notADirectory = join(import.meta.filename, 'STOP');
    expect(await createKillSwitch(notADirectory)()).toMatch(/cannot tell/);
  });

  it('is never engaged where none is configured', async () => {
    expect(await createKillSwitch(undefined)()).toBeUndefined();
  });
});
