import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
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
    rmSync(file);
    expect(await look()).toBeUndefined();
    // A link that leads nowhere is there all the same.
    symlinkSync(join(directory, 'nothing'), file);
    expect(await look()).toBe(`the file ${file} exists`);
    rmSync(directory, { recursive: true });
  });

  it('is engaged while its directory is missing, as before a file system is mounted', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'kill-'));
    const look = createKillSwitch(join(directory, 'mount', 'STOP'));
    expect(await look()).toMatch(/cannot tell whether .*STOP exists: its directory does not exist/);
    mkdirSync(join(directory, 'mount'));
    expect(await look()).toBeUndefined();
    rmSync(directory, { recursive: true });
  });

  it('is engaged when it cannot be told whether the file exists', async () => {
    const notADirectory = join(import.meta.filename, 'STOP');
    expect(await createKillSwitch(notADirectory)()).toMatch(/cannot tell/);
  });

  it('is never engaged where none is configured', async () => {
    expect(await createKillSwitch(undefined)()).toBeUndefined();
  });
});
